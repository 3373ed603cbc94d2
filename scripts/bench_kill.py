"""Kills checks of a project at random moments and looks at what is left.

    .venv/bin/python scripts/bench_kill.py [KILLS] [SEED]

Each run is a process of its own with two workers, killed by SIGKILL after a random part of the time that a whole one
takes, sometimes with a second run beside it over the same cache. After each kill every file is as it was before or as a
whole run leaves it, no worker lives on, and an ordinary run ends as ever. Then kills at each single step of the writing
(`tests/project/killing.py`), and a full disk: a small one in memory, where this user may mount it.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.project.killing import PROJECT_CHECK, Snapshot, faults, snapshot
from tests.project.sites import site

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, "-m", "bitext", *PROJECT_CHECK, "-j", "2"]
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "BITEXT_CACHE"} | {
    "BITEXT_LANG": "en",
    "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
}


def started(project: Path) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    return subprocess.Popen(COMMAND, cwd=project, env=ENVIRONMENT, stdout=quiet, stderr=quiet)


def large(project: Path) -> None:
    """Makes the pages so long that two workers are worth their start."""
    for page in project.rglob("*.md"):
        sentence = (
            "学校将继续推进教学改革。"
            if page.name.endswith("zh.md")
            else "The school will go on with its reform of teaching. "
        )
        with page.open("a", encoding="utf-8") as file:
            file.writelines(f"\n{n}. {sentence * 2}\n" for n in range(1, 21))


def whole(project: Path) -> tuple[int, Snapshot]:
    """The exit code of an ordinary run and what it leaves."""
    return started(project).wait(), snapshot(project)


def workers(project: Path) -> list[int]:
    """The worker processes of runs in `project`."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if (folder / "cwd").samefile(project):
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def random_kills(folder: Path, kills: int, seed: str) -> list[str]:
    chance = random.Random(seed)  # noqa: S311
    start, project = folder / "start", folder / "project"
    large(site(start, wrong=range(2, 30, 3), count=24))
    shutil.copytree(start, project)
    begun = time.perf_counter()
    code, after = whole(project)
    length = time.perf_counter() - begun
    before = snapshot(start)
    wrong: list[str] = []
    ended = 0
    number = -1
    while number + 1 - ended < kills:
        number += 1
        if number % 4 == 0:  # else the run goes on from what the last kill left
            shutil.rmtree(project)
            shutil.copytree(start, project)
        beside = started(project) if number % 5 == 0 else None
        run = started(project)
        time.sleep(chance.random() * length)
        run.kill()
        ended += run.wait() >= 0
        left = faults(snapshot(project), before, after)
        if beside is not None:
            if beside.wait() != code:
                wrong.append(f"kill {number}: the run beside ended with {beside.returncode}")
            left += faults(snapshot(project), after, after)
        deadline = time.monotonic() + 3
        while workers(project) and time.monotonic() < deadline:
            time.sleep(0.02)
        if workers(project):
            left.append("workers live on")
        if number % 4 == 3 and (whole(project)[0] != code or faults(snapshot(project), after, after)):
            left.append("an ordinary run afterwards differs")
        wrong += [f"kill {number}: {fault}" for fault in left]
        print(f"\r{number + 1 - ended} kills, {ended} too late, {len(wrong)} faults", end="", flush=True)
    print(f"\na whole run takes {length:.1f} s")
    return wrong


def every_step(folder: Path) -> list[str]:
    program = ROOT / "tests" / "project" / "killing.py"
    names = ["check", "baseline", "prune", "fix", "full:check", "full:baseline", "full:fix", "full:show"]
    command = [sys.executable, str(program), str(folder), "10000", "1", *names]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=True)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    for row in rows:
        print(f"{row['name']:15} {row.get('kills', '')} {row.get('err', '').strip()} {len(row['wrong'])} faults")
    return [f"{row['name']}: {fault}" for row in rows for fault in row["wrong"]]


def small_disk(folder: Path) -> list[str]:
    """A check on a disk that has no room left for its cache and its report."""
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(folder)], check=False).returncode:
        print("no disk can be mounted here")
        return []
    try:
        project = site(folder / "site", count=20)
        with (folder / "filler").open("wb") as file:
            room = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
            file.write(b"x" * (room - 40_000))
        before = snapshot(project)
        done = subprocess.run(COMMAND, cwd=project, env=ENVIRONMENT, capture_output=True, check=False)
        print(f"full disk: exit code {done.returncode}, {done.stderr.decode().strip()}")
        left = {name: data for name, data in snapshot(project).items() if not name.startswith(".bitext-cache")}
        wrong = [f"full disk: {name}" for name in faults(left, before, before)]
        return wrong if done.returncode == 2 and done.stderr.count(b"\n") == 1 else [*wrong, "full disk: not one error"]
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def main() -> int:
    kills, seed = int(sys.argv[1]) if len(sys.argv) > 1 else 100, sys.argv[2] if len(sys.argv) > 2 else "1"
    with tempfile.TemporaryDirectory(prefix="bitext-kill-") as folder:
        here = Path(folder)
        wrong = [*every_step(here / "steps"), *small_disk(here / "disk"), *random_kills(here / "random", kills, seed)]
    print("\n".join(wrong) or "nothing was broken")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
