"""Runs the program, kills it at each of its dealings with files that it writes, and looks at what is left.

As a program of its own this file loads what a run needs once and then forks for each run, which makes hundreds of them
a matter of seconds: `killing.py FOLDER MOST SEED SCENARIO...` prints what was wrong after the kills, as JSON lines.
"""

import json
import os
import random
import resource
import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass
from pathlib import Path

from bitext.project.store import NAME as CACHE

Snapshot = dict[str, bytes]
_EVENTS = ("open", "os.rename", "os.mkdir", "os.remove")


@dataclass(frozen=True)
class Scenario:
    """`before` makes the project as the run finds it; the run is `bitext` with these arguments."""

    before: Callable[[Path], None]
    arguments: tuple[str, ...]


@dataclass(frozen=True)
class Ended:
    """How a run ended: its exit code, or less than 0 the signal; what it printed; its steps on files."""

    code: int
    out: bytes
    err: bytes
    steps: int


def watched(die_at: int | None, count: list[int]) -> None:
    """Counts what this process does to files, and kills it right before the `die_at`-th time."""

    def watch(event: str, details: tuple[object, ...]) -> None:
        if event not in _EVENTS:
            return
        if event == "open" and not (isinstance(details[2], int) and details[2] & (os.O_WRONLY | os.O_RDWR)):
            return
        count[0] += 1
        if count[0] == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


def forked(project: Path, arguments: tuple[str, ...], prepare: Callable[[], None], die_at: int | None = None) -> Ended:
    """A run in `project` in a process of its own, with what this one has loaded already."""
    pipes = [os.pipe() for _ in range(3)]
    child = os.fork()
    if child == 0:
        code = 70
        with suppress(BaseException):
            code = _run(project, arguments, [write for _, write in pipes], prepare, die_at)
        os._exit(code)
    for _, write in pipes:
        os.close(write)
    streams = [open(read, "rb") for read, _ in pipes]  # noqa: PTH123, SIM115
    out, err, steps = (stream.read() for stream in streams)
    for stream in streams:
        stream.close()
    return Ended(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), out, err, int(steps or b"0"))


def _run(
    project: Path, arguments: tuple[str, ...], pipes: list[int], prepare: Callable[[], None], die_at: int | None
) -> int:
    from bitext.cli.app import main

    os.chdir(project)
    for number, pipe in enumerate(pipes[:2], 1):
        os.dup2(pipe, number)
    sys.stdout, sys.stderr = open(1, "w", encoding="utf-8"), open(2, "w", encoding="utf-8")  # noqa: SIM115
    prepare()
    count = [0]
    watched(die_at, count)
    code = int(main(arguments))
    steps = count[0]
    sys.stdout.flush()
    os.write(pipes[2], str(steps).encode())
    return code


def snapshot(project: Path) -> Snapshot:
    """All files of `project`, less halves that were never moved into place."""
    paths = (path for path in sorted(project.rglob("*")) if path.is_file() and not path.name.endswith(".part"))
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in paths}


def faults(left: Snapshot, before: Snapshot, after: Snapshot) -> list[str]:
    """The files that are neither as they were before the run nor as a whole run leaves them."""
    names = sorted({*left, *before, *after})
    return [name for name in names if left.get(name) not in (before.get(name), after.get(name))]


class Bench:
    """One scenario, tried again and again from the same beginning."""

    def __init__(self, folder: Path, scenario: Scenario) -> None:
        self.start, self.project = folder / "start", folder / "project"
        self.scenario = scenario
        self.start.mkdir(parents=True)
        scenario.before(self.start)
        self.whole = self.run()
        self.before, self.after = snapshot(self.start), snapshot(self.project)

    def reset(self) -> None:
        shutil.rmtree(self.project, ignore_errors=True)
        shutil.copytree(self.start, self.project)

    def run(self, die_at: int | None = None, prepare: Callable[[], None] = lambda: None) -> Ended:
        """A run from the beginning."""
        self.reset()
        return forked(self.project, self.scenario.arguments, prepare, die_at)

    def again(self) -> Ended:
        """A run in what the last one left."""
        return forked(self.project, self.scenario.arguments, lambda: None)

    def killed(self, step: int) -> list[str]:
        """What is wrong after a kill at `step`, and after an ordinary run that follows."""
        ended = self.run(step)
        wrong = [] if ended.code == -signal.SIGKILL else [f"ended with {ended.code} and not by the kill"]
        wrong += faults(snapshot(self.project), self.before, self.after)
        following = self.again()
        if following.code != self.whole.code or following.err:
            wrong.append(f"then ended with {following.code}: {following.err.decode()}")
        wrong += [f"then {name}" for name in faults(snapshot(self.project), self.after, self.after)]
        return [f"step {step}: {fault}" for fault in wrong]


def mended(project: Path) -> None:
    """A project that was checked and has a baseline, and then had one page mended and one made wrong."""
    from tests.project.sites import site

    site(project)
    for arguments in (("baseline",), ("check", "--format", "json=report.json")):
        forked(project, arguments, lambda: None)
    site(project, wrong=(3, 5))


def fixable(project: Path) -> None:
    """A project with a glossary and a page that has a deprecated term."""
    from tests.project.sites import site

    site(project, wrong=(), count=2)
    glossary = "concept,language,term,status\nc,zh,技能大赛,preferred\nc,en,Skills Competition,preferred\n"
    (project / "glossaries").mkdir()
    (project / "glossaries" / "g.csv").write_text(f"{glossary}c,en,skills contest,deprecated\n", encoding="utf-8")


PROJECT_CHECK = ("check", "--format", "json=report.json", "--format", "sarif=report.sarif")
SCENARIOS = {
    "show": Scenario(mended, ("check",)),
    "check": Scenario(mended, PROJECT_CHECK),
    "baseline": Scenario(mended, ("baseline",)),
    "prune": Scenario(mended, ("baseline", "--prune")),
    "fix": Scenario(fixable, ("check", "--fix", "news")),
}


def warmed(folder: Path) -> None:
    """Loads what the runs need, so that each fork has it already; the program stays the same while it is worked on."""
    from bitext.cli.app import main
    from bitext.project.keys import program

    program()
    SCENARIOS["fix"].before(folder)
    os.chdir(folder)
    with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):  # noqa: PTH123
        main(["check", "--format", "json", "--no-cache"])
        main(["check", "--fix", "--no-cache"])


def full_disk() -> None:
    """Files can grow to a hundred bytes and no further."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))


def read_only() -> None:
    """Nothing in the current folder can be written by this process."""
    for path in (Path(), *Path().rglob("*")):
        path.chmod(path.stat().st_mode & ~0o222)
    if os.getuid() == 0:
        os.setuid(65534)  # rights do not bind a superuser


HINDRANCES = {"full": full_disk, "read-only": read_only}


def hindered(bench: Bench, how: str) -> dict[str, object]:
    """A run that cannot write, and an ordinary one after it."""
    ended = bench.run(prepare=HINDRANCES[how])
    allowed = {f"{CACHE}/.gitignore"}
    wrong = [f"changed {name}" for name in faults(snapshot(bench.project), bench.before, bench.before)]
    wrong = [fault for fault in wrong if fault.removeprefix("changed ") not in allowed]
    wrong += [path.name for path in bench.project.rglob("*.part")]
    for path in (bench.project, *bench.project.rglob("*")):
        path.chmod(path.stat().st_mode | 0o200)
    following = bench.again()
    if following.code != bench.whole.code or following.err:
        wrong.append(f"then ended with {following.code}: {following.err.decode()}")
    return {"code": ended.code, "out": ended.out.decode(), "err": ended.err.decode(), "wrong": wrong}


def killed(bench: Bench, most: int, seed: str) -> dict[str, object]:
    """Runs that are killed at `most` of their steps, or at each if there are no more."""
    steps = list(range(1, bench.whole.steps + 1))
    chosen = steps if len(steps) <= most else sorted(random.Random(seed).sample(steps, most))  # noqa: S311
    wrong = [fault for step in chosen for fault in bench.killed(step)]
    changed = [path for path, data in bench.after.items() if bench.before.get(path) != data and CACHE not in path]
    return {"changed": changed, "steps": len(steps), "kills": len(chosen), "wrong": wrong}


def main(folder: str, most: str, seed: str, *names: str) -> None:
    """Tries scenarios, such as `check`; and hindered ones, such as `full:check`."""
    here = Path(folder).resolve()
    warmed(here / "warm")
    for name in names:
        how, _, scenario = name.rpartition(":")
        bench = Bench(here / name.replace(":", "-"), SCENARIOS[scenario])
        found = hindered(bench, how) if how else killed(bench, int(most), seed)
        print(json.dumps({"name": name, **found}), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
