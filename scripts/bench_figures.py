"""False alarms and recall of the rules on numbers, dates and names: findings per 1,000 sentence pairs, planted faults.

Usage: python scripts/bench_figures.py [--show N] [--missed N] [--set NAME] [--kind KIND] [--per-kind N]
The data sets are looked for beside the checkout; what is absent is left out.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.quality.figure_faults import CHANGES, Pair
from tests.quality.figures_bench import FIGURES, NAMES, SEED, datasets, findings, found, plant

from bitext.messages import catalogue

ALL = "all sets"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", type=int, default=0, help="print so many findings on the clean text")
    parser.add_argument("--missed", type=int, default=0, help="print so many planted faults that were not found")
    parser.add_argument("--set", default="", help="only this data set")
    parser.add_argument("--kind", default="", help="only faults of this kind")
    parser.add_argument("--per-kind", type=int, default=150, help="so many faults of each kind and set")
    options = parser.parse_args()
    sets = {name: pairs for name, pairs in datasets().items() if not options.set or name == options.set}
    if not sets:
        print("no data set is there")
        return 1
    clean = {name: _clean(name, pairs, options.show) for name, pairs in sets.items()}
    _recall(sets, clean, options.per_kind, options.missed, options.kind)
    return 0


def _clean(name: str, pairs: list[Pair], show: int) -> frozenset[int]:
    start = time.perf_counter()
    rows = list(findings(pairs, page=20))
    seconds = time.perf_counter() - start
    counts = Counter(finding.rule for _, finding in rows)
    figures = sum(counts[rule] for rule in FIGURES)
    letters = sum(len(pair.source) + len(pair.target) for pair in pairs)
    print(
        f"{name:13} {len(pairs):6,} pairs  numbers {counts['number-mismatch']:4}  dates {counts['date-mismatch']:4}"
        f"  names {counts['name-romanisation']:4}  numbers and dates per 1,000: {1000 * figures / len(pairs):5.2f}"
        f"  {letters / seconds / 1e6:.2f} M characters/s"
    )
    random.Random(SEED).shuffle(rows)  # noqa: S311
    for index, finding in rows[:show]:
        print("  --", finding.rule, catalogue.render(finding.message, "en"))
        print("    ", pairs[index].source, "\n    ", pairs[index].target)
    return frozenset(range(len(pairs))) - {index for index, _ in rows}


def _recall(
    sets: dict[str, list[Pair]], clean: dict[str, frozenset[int]], per_kind: int, missed: int, kind: str
) -> None:
    totals: Counter[tuple[str, str]] = Counter()
    hits: Counter[tuple[str, str]] = Counter()
    for name, pairs in sets.items():
        for fault in plant(pairs, clean[name], per_kind):
            if kind not in ("", fault.kind):
                continue
            hit = found(fault)
            for key in ((name, fault.kind), (ALL, fault.kind)):
                totals[key] += 1
                hits[key] += hit
            if not hit and missed:
                missed -= 1
                print("  missed", name, fault.kind, repr(fault.pair.target[fault.span.start : fault.span.end]))
                print("    ", fault.pair.source, "\n    ", fault.pair.target)
    _table([*sets, ALL], totals, hits)
    figures = [kind for kind in CHANGES if kind not in NAMES]
    total = sum(totals[ALL, kind] for kind in figures)
    print(
        f"numbers and dates together: recall {sum(hits[ALL, kind] for kind in figures) / max(total, 1):.3f} of {total}"
    )


def _table(names: list[str], totals: Counter[tuple[str, str]], hits: Counter[tuple[str, str]]) -> None:
    """Recall by kind and set, with the number of the faults that were planted."""
    print(f"{'':14}" + "".join(f"{name:>17}" for name in names))
    for kind in (kind for kind in CHANGES if totals[ALL, kind]):
        cells = (
            f"{hits[name, kind] / totals[name, kind]:.3f} of {totals[name, kind]:4}" if totals[name, kind] else "-"
            for name in names
        )
        print(f"{kind:14}" + "".join(f"{cell:>17}" for cell in cells))


if __name__ == "__main__":
    sys.exit(main())
