"""The gate on real projects: time and findings of whole projects, and of `--changed` over a repository's history.

    python scripts/bench_gate.py projects            each project of the data, with the settings given here
    python scripts/bench_gate.py history [COMMITS]   karmada's blog, commit by commit (30 of them without a number)

Each run is a process of its own, as in a hook or a CI job, and finds the model unpacked but no results. On a machine
that does other work too, the seconds of the processors say more than those of the clock.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias, cast

Report: TypeAlias = dict[str, list[dict[str, str]]]

DATA = Path(__file__).parents[2] / "shared" / "data" / "lint"
HISTORY = DATA / "karmada" / "karmada-blog-history.fast-export.gz"
SETTINGS = {
    "ant-design": 'pairs = "{path}.{language}.md"\n',
    "cncf-glossary": 'pairs = "content/{language}/**/*.md"\nexclude = "_index.md"\n',
    "institutions": 'pairs = "*/content/{language}/**/*.md"\nexclude = "_index.md"\n',
    "karmada": '[[pairs]]\nzh = "i18n/zh/docusaurus-plugin-content-blog/**/*.md"\nen = "blog/**/*.md"\n',
}


def check(folder: Path, *options: str) -> tuple[str, int, Report]:
    """Times, exit code and the report of `bitext check` in `folder`; the model stays unpacked, results are not kept."""
    command = [sys.executable, "-m", "bitext", "check", "--format", "json", *options]
    kept = folder.parent / "cache"
    shutil.rmtree(kept / "results", ignore_errors=True)
    environment = os.environ | {"BITEXT_CACHE": str(kept), "BITEXT_LANG": "en", "PYTHONIOENCODING": "utf-8"}
    begun, used = time.perf_counter(), os.times()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    seconds, after = time.perf_counter() - begun, os.times()
    processor = after.children_user + after.children_system - used.children_user - used.children_system
    if not done.stdout:
        sys.exit(done.stderr.decode("utf-8", "replace"))
    TIMES.append((seconds, processor))
    return f"{seconds:5.1f} s ({processor:5.1f} s CPU)", done.returncode, cast("Report", json.loads(done.stdout))


TIMES: list[tuple[float, float]] = []
"""Of each run: seconds that it took, and seconds of the processors that it used."""


def told(report: Report) -> str:
    """The number of items and of the findings of each rule."""
    items, findings = report.get("items", []), report.get("findings", [])
    rules = Counter(finding["rule"] for finding in findings)
    failed = f"  {len(report['failures'])} FAILED" if report.get("failures") else ""
    return f"{len(items):4} items{failed}  {len(findings):4} findings  " + ", ".join(
        f"{n} {rule}" for rule, n in rules.most_common()
    )


def projects(work: Path) -> None:
    """Every project once, from nothing."""
    for name, settings in SETTINGS.items():
        folder = work / name
        shutil.copytree(DATA / name, folder)
        (folder / "bitext.toml").write_text(settings, encoding="utf-8")
        times, code, report = check(folder)
        print(f"{name:14} {times}  exit {code}  {told(report)}", flush=True)


def git(folder: Path, *arguments: str, data: bytes | None = None) -> str:
    """What git prints."""
    done = subprocess.run(["git", *arguments], cwd=folder, input=data, capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def history(work: Path, count: int) -> None:
    """The last commits one after another, each checked against the one before it."""
    git(work, "init", "-q", ".")
    with gzip.open(HISTORY) as file:
        git(work, "fast-import", "--quiet", data=file.read())
    branch = git(work, "for-each-ref", "--format=%(refname)", "refs/heads").split()[0]
    commits = git(work, "rev-list", "--first-parent", f"--max-count={count + 1}", branch).split()[::-1]
    total = 0
    for before, commit in pairwise(commits):
        git(work, "checkout", "-q", "-f", commit)
        (work / "bitext.toml").write_text(SETTINGS["karmada"], encoding="utf-8")
        times, code, report = check(work, "--changed", before)
        findings = report.get("findings", [])
        total += len(findings)
        subject = git(work, "log", "-1", "--format=%cs %s", commit).strip()[:48]
        print(f"{commit[:8]} {subject:48} {times}  exit {code}  {told(report)}", flush=True)
    seconds, processor = (sorted(column) for column in zip(*TIMES, strict=True))
    middle = len(seconds) // 2
    print(f"{len(seconds)} commits: median {seconds[middle]:.1f} s ({processor[middle]:.1f} s CPU), ", end="")
    print(f"longest {seconds[-1]:.1f} s ({processor[-1]:.1f} s CPU), {total} findings")


def main() -> None:
    """Runs what the command line names."""
    if not DATA.is_dir():
        sys.exit(f"{DATA} is not there: the projects are not part of this repository")
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as work:
        folder = Path(work) / "project"
        folder.mkdir()
        if sys.argv[1:2] == ["projects"]:
            projects(folder)
        elif sys.argv[1:2] == ["history"]:
            history(folder, int(sys.argv[2]) if len(sys.argv) > 2 else 30)
        else:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
