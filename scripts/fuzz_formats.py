"""Tries every reader with broken and hostile files: each must end in a value or in an error for users, and soon.

    python scripts/fuzz_formats.py [--reader NAME] [--seconds 600] [--jobs 2] [--seed 1] [--folder FOLDER] [--plain]

Inputs are seeds with changes, chosen by what code they reach (atheris, the dependency group `fuzz`) or, without it or
with --plain, by chance alone. More than 2 seconds of processor time for 100 kB or 512 MB of memory are findings too. A
finding is confirmed in a process of its own without instrumentation, made small, and kept in FOLDER/READER. One seed
tries the same inputs in the same order each time. Exit code 1 if anything was found. For Linux.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scripts.fuzz_readers import READERS  # noqa: E402

_WORKER = [sys.executable, str(ROOT / "scripts" / "fuzz_worker.py")]
_GRACE = 120
"""Seconds that a process may take beyond its time to begin and to end on a busy machine."""


@dataclass(slots=True)
class Row:
    """What came of one reader. `base` and `peak` are megabytes after the seeds and at most, `slowest` seconds."""

    reader: str
    seconds: float = 0.0
    inputs: int = 0
    slowest: float = 0.0
    base: int = 0
    peak: int = 0
    findings: list[str] = field(default_factory=list)

    def add(self, state: dict[str, float]) -> None:
        """Count what a process wrote down."""
        self.inputs += int(state.get("inputs", 0))
        self.slowest = max(self.slowest, state.get("slowest", 0.0))
        self.base = max(self.base, int(state.get("base", 0)))
        self.peak = max(self.peak, int(state.get("peak", 0)))

    def __str__(self) -> str:
        hangs = sum(finding.startswith(("TooLong", "killed")) for finding in self.findings)
        memory = sum(finding.startswith("MemoryError") for finding in self.findings)
        crashes = len(self.findings) - hangs - memory
        numbers = f"{self.seconds:8.0f} {self.inputs:9} {crashes:7} {hangs:6} {memory:8} {self.slowest:9.2f}"
        return f"{self.reader:13} {numbers} {self.base:7} {self.peak:7}"


HEAD = "reader        seconds    inputs crashes  hangs blow-ups slowest s base MB peak MB"


def tried(reader: str, seconds: int, seed: int, folder: Path, *, plain: bool) -> Row:
    """Try one reader. A process that dies leaves a finding and is followed by another, with the next seed."""
    row, begun, dead = Row(reader), time.monotonic(), 0
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    while (left := int(seconds - (time.monotonic() - begun))) > 0:
        command = [*_WORKER, "try", reader, str(left), str(seed + dead), str(folder), *(["--plain"] if plain else [])]
        code = _ended(command, folder, left + _GRACE)
        state = folder / "state.json"
        if state.exists():
            row.add(json.loads(state.read_text()))
            state.unlink()
        if code != 0:
            dead += 1
            shutil.copy(folder / "current", folder / f"raw-killed{-code}-{dead}")
        if dead > 5:
            break
    row.seconds = time.monotonic() - begun
    row.findings = sorted(_confirmed(reader, folder))
    return row


def _ended(command: list[str], folder: Path, seconds: float) -> int:
    """Run a process in an empty folder of its own with its output in a log, and give its exit code."""
    work = folder / "work"
    work.mkdir(exist_ok=True)
    with (folder / "log.txt").open("ab") as log:
        try:
            return subprocess.run(command, cwd=work, stdout=log, stderr=log, check=False, timeout=seconds).returncode
        except subprocess.TimeoutExpired:
            return -9


def _confirmed(reader: str, folder: Path) -> Iterator[str]:
    """The findings that show without instrumentation too, each kept as FINDING and FINDING.txt."""
    seen: set[str] = set()
    for file in sorted(folder.glob("raw-*")):
        if file.suffix == ".txt":
            continue
        done = subprocess.run(
            [*_WORKER, "judge", reader, str(file)], cwd=folder / "work", capture_output=True, check=False
        )
        if done.returncode:
            found = {
                "kind": f"killed{-done.returncode}",
                "where": file.name,
                "told": done.stderr.decode("utf-8", "replace"),
            }
        else:
            found = json.loads(done.stdout.splitlines()[-1])
        if found is None or f"{found['kind']} {found['where']}" in seen:
            continue
        seen.add(f"{found['kind']} {found['where']}")
        kept = folder / f"finding-{len(seen)}"
        file.replace(kept)
        kept.with_suffix(".txt").write_text(found["told"], "utf-8", "backslashreplace")
        yield f"{found['kind']} {found['where']} {kept}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", action="append", choices=list(READERS), help="one reader; all without it")
    parser.add_argument("--seconds", type=int, default=600, help="for each reader")
    parser.add_argument("--jobs", type=int, default=2, help="readers at a time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "fuzz", help="for findings and logs")
    parser.add_argument("--plain", action="store_true", help="by chance alone, without atheris")
    options = parser.parse_args()
    os.nice(19)
    print(HEAD, flush=True)
    found = 0
    with ThreadPoolExecutor(options.jobs) as pool:
        names = options.reader or list(READERS)
        folder = options.folder.resolve()
        rows = [pool.submit(tried, n, options.seconds, options.seed, folder / n, plain=options.plain) for n in names]
        for future in rows:
            row = future.result()
            print(row, *(f"    {finding}" for finding in row.findings), sep="\n", flush=True)
            found += len(row.findings)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
