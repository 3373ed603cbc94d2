#!/usr/bin/env python3
"""Measures checks of a whole project: cold, warm, one page changed, growth with the pages, workers, share by stage.

    python scripts/bench_project.py [PROFILE] [PAIRS...]

The pages are a copy of a public site's documentation, `X.zh-CN.md` beside `X.en-US.md`. Each figure is one run of the
program as a process of its own: seconds by the clock, and seconds of CPU time of it and its workers, which other
programs on the machine disturb less. The stages are timed in this process over 40 pairs, page by page, after one page
has loaded what they need.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from bitext import pipeline
from bitext.model.glossary import Glossary
from bitext.project import codec
from bitext.project.store import Store
from bitext.project.work import Job, Task, judge

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "lint" / "ant-design"
HEAVY = ("numpy", "sentencepiece", "opencc", "rjieba", "pypinyin", "markdown_it", "ahocorasick_rs", "lxml", "rich")
"""What a run that judges nothing has no need of."""


@dataclass(frozen=True)
class Cost:
    """Seconds of one run."""

    wall: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.wall:7.2f} s by the clock {self.cpu:7.2f} s of CPU"


def check(site: Path, *options: str) -> Cost:
    """One run of `bitext check` in `site`."""
    environment = {name: value for name, value in os.environ.items() if name != "BITEXT_CACHE"}
    command = [sys.executable, "-P", "-m", "bitext", "check", "--fail-on", "never", "--format", "json", *options]
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=site, env=environment, stdout=subprocess.DEVNULL, check=True)
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def part(site: Path, folder: Path, count: int) -> Path:
    """A project of `count` pairs of `site`, spread evenly over them."""
    pages = sorted(site.rglob("*.zh-CN.md"))
    for index in range(count):
        page = pages[index * len(pages) // count]
        for one in (page, page.with_name(page.name.replace("zh-CN", "en-US"))):
            target = folder / one.relative_to(site)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(one, target)
    return folder


def growth(site: Path, folder: Path, counts: list[int], profile: str) -> None:
    print("one worker, nothing kept:")
    for count in counts:
        cost = check(part(site, folder / str(count), count), "--profile", profile, "--no-cache", "-j", "1")
        print(f"{count:4} pairs: {cost}  {count / cost.cpu:6.2f} pairs/s of CPU")


def runs(site: Path, profile: str) -> None:
    options = ("--profile", profile)
    print("a worker for each processor, results kept:")
    pairs = len(list(site.rglob("*.zh-CN.md")))
    cold = check(site, *options)
    warm = min((check(site, *options) for _ in range(3)), key=lambda cost: cost.cpu)
    page = sorted(site.rglob("*.en-US.md"))[pairs // 2]
    page.write_text(page.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")
    changed = check(site, *options)
    for name, cost in (("cold", cold), ("warm", warm), ("one changed", changed)):
        print(f"{name:12} {cost}  {pairs / cost.wall:7.1f} pairs/s  {cold.cpu / cost.cpu:6.1f} x less CPU than cold")


def stages(site: Path, folder: Path, profile: pipeline.Profile) -> None:
    """Where the time of judging goes."""
    spent: dict[str, float] = defaultdict(float)
    store = Store(folder)

    def timed(name: str, begun: float) -> None:
        spent[name] += time.process_time() - begun

    pages = sorted(site.rglob("*.zh-CN.md"))
    judge(Task(str(pages[0]), str(pages[0]).replace("zh-CN", "en-US")), Job(profile=profile))
    for page in pages:
        task = Task(str(page), str(page).replace("zh-CN", "en-US"))
        begun = time.process_time()
        documents = pipeline.read(task.source, "zh"), pipeline.read(str(task.target), "en")
        timed("read", begun)
        begun = time.process_time()
        for document in documents:
            pipeline.segmented(document)
        timed("segment", begun)
        begun = time.process_time()
        item = pipeline.pair_item(*documents, Glossary(), profile)
        timed("align", begun)
        begun = time.process_time()
        outcome = pipeline.judge(item, Glossary())
        timed("check", begun)
        begun = time.process_time()
        store.put(codec.encode(task).hex()[:64].ljust(64, "0"), outcome)
        timed("keep", begun)
    spent["align"] -= spent["segment"]  # an item is segmented and aligned at once
    total = sum(spent.values())
    for name, seconds in sorted(spent.items(), key=lambda row: -row[1]):
        print(f"{name:8} {seconds:6.2f} s {seconds / total:6.1%}")


def loaded(site: Path, profile: str) -> str:
    """What a warm run loads of the heavy packages."""
    program = f"""
import contextlib, io, sys
from bitext.cli.app import main
with contextlib.redirect_stdout(io.StringIO()):
    main(["check", "--profile", {profile!r}])
print(*(name for name in {HEAVY!r} if name in sys.modules))
"""
    done = subprocess.run([sys.executable, "-P", "-c", program], cwd=site, capture_output=True, text=True, check=True)
    return done.stdout.strip() or "none"


def main() -> int:
    if not DATA.is_dir():
        print(f"{DATA} is not there")
        return 1
    profile: pipeline.Profile = "fast" if "fast" in sys.argv[1:] else "accurate"
    counts = [int(word) for word in sys.argv[1:] if word.isdecimal()] or [10, 40, 185]
    with tempfile.TemporaryDirectory(prefix="bitext-bench-") as folder:
        site = Path(folder) / "site"
        shutil.copytree(DATA, site)
        print(f"profile {profile}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
        growth(site, Path(folder), counts, profile)
        runs(site, profile)
        print("a warm run loads of the heavy packages:", loaded(site, profile))
        stages(part(site, Path(folder) / "part", 40), Path(folder) / "kept", profile)
    return 0


if __name__ == "__main__":
    sys.exit(main())
