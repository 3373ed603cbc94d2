"""Measures the aligner: accuracy on each set, speed, memory, where the time goes, growth with length; beside others.

Usage: python scripts/bench_align.py [--set NAME]... [--aligner NAME]... [--quick] [--kinds] [--sizes N,N,...]
       python scripts/bench_align.py --anchors | --floors

The weights were fitted on mac-dev and on part of the documents of the line-aligned sets (with other omissions and
merges), so accuracy on them is in-sample: it shows whether a change does harm, not how good the aligner is on new
texts. Gale-Church is the package `galechurch` with the length ratio of each pair; hunalign runs where it is installed.

Speed is segments of both sides per second of processor time, one thread for the matrix products, loading apart.
Memory is the most that a process of its own held, the interpreter and all files loaded included. The data stays
outside the repository, beside the checkout.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
import tracemalloc
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

# One thread for the matrix products; it must be said before numpy is loaded.
os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"
os.environ["VECLIB_MAXIMUM_THREADS"] = os.environ["BLIS_NUM_THREADS"] = "1"
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.align_tasks import (
    LITERARY,
    LONG,
    SETS,
    Run,
    Task,
    aligners,
    books,
    data_digest,
    f1,
    joined,
    judged,
    measured,
    sure,
    task,
    tasks,
    warm,
)
from scripts.fit_data import DATA

from bitext.align.scoring import Score
from bitext.pipeline import PROFILES

_ASIDE = 3
"""Segments beside its bead at which an anchor still leads the right way."""
STAGES = {
    "reading": ("channels", "facts"),
    "anchors": ("_pieces",),
    "encoding": ("encoded",),
    "features": ("bead_scores",),
    "search": ("posteriors_by_row", "best_paths_by_row"),
    "learning": ("_learnt",),
}
"""Stages and the functions of `bitext.align.aligner` that are timed for them; what is left is the rest."""
TOGETHER = {"coverage": "coverage_groups", "parts": "add_groups"}
"""Features, or several of them, that a score counts by functions of `bitext.align.model` rather than by columns."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", action="append", default=[], choices=SETS, dest="sets", help="only this set")
    parser.add_argument("--aligner", "--profile", action="append", default=[], dest="names", help="only this aligner")
    parser.add_argument("--quick", action="store_true", help="every 8th document, every 3rd chapter; growth to 1,000")
    parser.add_argument("--kinds", action="store_true", help="strict figures by shape of bead, for mac-dev")
    parser.add_argument("--sizes", default="", help="Chinese segments of the joined documents, with commas; 0 for none")
    parser.add_argument("--floors", action="store_true", help="measure what tests/quality/floors_align.json keeps")
    parser.add_argument("--measure", nargs=2, metavar=("ALIGNER", "SIZE"), help=argparse.SUPPRESS)
    parser.add_argument("--anchors", action="store_true", help="how many pairs that could be anchors are right")
    options = parser.parse_args()
    if not DATA.is_dir():
        print(f"The development sets are not at {DATA}; nothing was measured.", file=sys.stderr)
        return 2
    if options.anchors:
        anchors()
        return 0
    if options.floors:
        floors()
        return 0
    if options.measure:
        print(json.dumps(measure(options.measure[0], int(options.measure[1]))))
        return 0
    known = aligners(options.names)
    if not known:
        print(f"No such aligner. Accepted: {', '.join(aligners())}.", file=sys.stderr)
        return 2
    every = 8 if options.quick else 1
    print(f"data {data_digest()}; loading: " + ", ".join(f"{n} {warm(a):.2f} s" for n, a in known.items()))
    accuracy(options.sets or SETS, list(known), every, kinds=options.kinds)
    sizes = options.sizes or ("100,300,1000" if options.quick else "100,300,1000,3000,10000")
    if sizes != "0":
        growth([int(size) for size in sizes.split(",")], list(known))
    return 0


def floors() -> None:
    """Prints measured figures in the form of the file of floors; the floors are to be a little lower."""
    figures = {profile: {name: round(f1(name, profile), 4) for name in SETS} for profile in PROFILES}
    sures = {profile: round(sure(profile), 4) for profile in PROFILES}
    print(json.dumps({"data": data_digest(), "f1": figures, "sure": sures}, indent=2))


def anchors() -> None:
    """Prints for each book how many pairs of segments offer themselves as anchors, and how many of them are kept."""
    import numpy as np

    from bitext.align.anchors import candidates, supported
    from bitext.align.batch import side
    from bitext.align.dictionary import dictionary
    from bitext.align.features.channels import channels
    from bitext.align.sides import Sides

    row("book", "right", "kept", "wrong", "kept")
    for book in books():
        pair = Sides(*(side([document]) for document in task(book).pair))
        source, target, _ = candidates(channels(pair, dictionary()))
        kept = supported(source, target)
        gold = {place: (region[2], region[3]) for region in book.regions for place in range(region[0], region[1])}
        right = np.array([_leads(gold.get(i), j) for i, j in zip(source.tolist(), target.tolist(), strict=True)])
        figures = [(part.sum(), (part & kept).sum()) for part in (right, ~right)]
        row(book.name, *(f"{figure}" for pair in figures for figure in pair))


def _leads(beside: tuple[int, int] | None, target: int) -> bool:
    """Whether an anchor at `target` leads the way of the target segments of its source segment's bead."""
    return beside is not None and beside[0] - _ASIDE <= target < beside[1] + _ASIDE


def accuracy(sets: Sequence[str], names: Sequence[str], every: int, *, kinds: bool) -> None:
    """Prints strict and lax figures and speed of each aligner on each set."""
    row("set", "aligner", "documents", "gold", "P", "R", "F1", "lax P", "lax R", "lax F1", "seg/s")
    for name in sets:
        given = tasks(name, min(every, 3) if name in (LITERARY, LONG) else every)
        for aligner in names:
            run = measured(aligners()[aligner], given)
            total = sum((judged(*pair) for pair in zip(given, run.found, strict=True)), Score())
            figures = [f"{v:.4f}" for c in (total.strict, total.lax) for v in (c.precision, c.recall, c.f1)]
            row(name, aligner, len(given), total.strict.gold, *figures, speed(given, run))
            if kinds and name == LITERARY:
                for kind, c in total.kinds:
                    row("", kind, "", c.gold, *(f"{v:.4f}" for v in (c.precision, c.recall, c.f1)))
    print()


def growth(sizes: Sequence[int], names: Sequence[str]) -> None:
    """Prints time, memory and stages on joined documents, each measured in a process of its own."""
    row("segments", "aligner", "CPU s", "seg/s", "MB", "F1", *STAGES, "rest")
    shares: dict[str, dict[str, float]] = {}
    for size in sizes:
        for name in names:
            if name == "galechurch" and size > 10_000:
                continue  # its table is quadratic
            command = [sys.executable, __file__, "--measure", name, str(size)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                row(f"{size}", name, "failed: " + (done.stderr.strip().splitlines() or ["?"])[-1][:90])
                continue
            got = json.loads(done.stdout)
            stages = [f"{100 * got['stages'].get(stage, 0):.0f} %" for stage in (*STAGES, "rest")]
            figures = (f"{got['seconds']:.2f}", f"{got['speed']:.0f}", f"{got['memory']:.0f}", f"{got['f1']:.4f}")
            row(got["size"], name, *figures, *(stages if got["stages"] else ()))
            shares[name] = got["features"]
    for name, features in shares.items():
        if features:
            print(
                f"\nfeatures, {name}, longest document: "
                + ", ".join(f"{k} {100 * v:.0f} %" for k, v in features.items())
            )


def measure(name: str, size: int) -> dict[str, Any]:
    """One aligner on one joined document, in this process."""
    aligner, given = aligners([name])[name], [joined(size)]
    warm(aligner)
    with timed() as (stages, features):
        run = measured(aligner, given)
    total = sum(stages.values())
    shares = {stage: value / run.seconds for stage, value in stages.items()}
    if shares:
        shares["rest"] = max(0.0, 1 - total / run.seconds)
    return {
        "size": "{} x {}".format(*given[0].sizes),
        "seconds": run.seconds,
        "speed": sum(given[0].sizes) / max(run.seconds, 1e-9),
        "memory": peak_memory(lambda: aligner(given)),
        "f1": judged(given[0], run.found[0]).strict.f1,
        "stages": shares,
        "features": {key: value / run.seconds for key, value in features.items()},
    }


@contextmanager
def timed() -> Iterator[tuple[dict[str, float], dict[str, float]]]:
    """Processor time by stage and by feature while the block runs; the functions are put back afterwards."""
    module, table = import_module("bitext.align.aligner"), import_module("bitext.align.features").FEATURES
    stages: dict[str, float] = defaultdict(float)
    features: dict[str, float] = defaultdict(float)
    kept = {name: getattr(module, name) for names in STAGES.values() for name in names if hasattr(module, name)}
    modules = dict(table)
    for stage, names in STAGES.items():
        for name in names:
            if name in kept:
                setattr(module, name, _clocked(kept[name], stages, stage))
    for name, feature in modules.items():
        table[name] = _ClockedFeature(feature, features, name)
    scoring = import_module("bitext.align.model")
    whole = {function: getattr(scoring, function) for function in TOGETHER.values()}
    for feature, function in TOGETHER.items():
        setattr(scoring, function, _clocked(whole[function], features, feature))
    try:
        yield stages, features
    finally:
        for name, function in kept.items():
            setattr(module, name, function)
        table.update(modules)
        for name, function in whole.items():
            setattr(scoring, name, function)


def _clocked(function: Callable[..., Any], clock: dict[str, float], key: str) -> Callable[..., Any]:
    def run(*given: Any, **named: Any) -> Any:
        began = time.process_time()
        try:
            return function(*given, **named)
        finally:
            clock[key] += time.process_time() - began

    return run


class _ClockedFeature:
    """A feature whose columns are timed as they are made."""

    def __init__(self, feature: Any, clock: dict[str, float], name: str) -> None:
        self.COLUMNS = feature.COLUMNS
        self._feature, self._clock, self._name = feature, clock, name

    def columns(self, *given: Any) -> Iterator[Any]:
        columns = self._feature.columns(*given)
        while True:
            began = time.process_time()
            column = next(columns, None)
            self._clock[self._name] += time.process_time() - began
            if column is None:
                return
            yield column


def peak_memory(again: Callable[[], object]) -> float:
    """Most megabytes that this process has held; where the system does not say, most that a second run allocates."""
    status = Path("/proc/self/status")
    if status.exists():  # the figure of `resource` counts there what the parent process held
        line = next(line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1e3
    try:
        import resource
    except ImportError:
        tracemalloc.start()
        again()
        return tracemalloc.get_traced_memory()[1] / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def speed(given: Sequence[Task], run: Run) -> str:
    return f"{sum(sum(task.sizes) for task in given) / max(run.seconds, 1e-9):.0f}"


def row(*cells: object) -> None:
    widths = (14, 11, *[9] * 20)
    parts = [str(cell) for cell in cells]
    print(
        "  ".join(
            part.ljust(w) if n < 2 else part.rjust(w) for n, (part, w) in enumerate(zip(parts, widths, strict=False))
        ),
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
