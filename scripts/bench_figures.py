"""False alarms and recall of the rules on numbers, dates and names: findings per 1,000 sentence pairs, planted faults.

Usage: python scripts/bench_figures.py [--show N] [--set NAME] [--rule RULE]
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

from tests.quality.figures_bench import CHANGES, FIGURES, SEED, Pair, datasets, findings, found, plant

from bitext.messages import catalogue


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", type=int, default=0, help="print so many findings on the clean text")
    parser.add_argument("--missed", type=int, default=0, help="print so many planted faults that were not found")
    parser.add_argument("--set", default="", help="only this data set")
    parser.add_argument("--per-kind", type=int, default=150)
    options = parser.parse_args()
    sets = {name: pairs for name, pairs in datasets().items() if not options.set or name == options.set}
    if not sets:
        print("no data set is there")
        return 1
    clean = {name: _clean(name, pairs, options.show) for name, pairs in sets.items()}
    _recall(sets, clean, options.per_kind, options.missed)
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


def _recall(sets: dict[str, list[Pair]], clean: dict[str, frozenset[int]], per_kind: int, missed: int) -> None:
    totals: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    for name, pairs in sets.items():
        for fault in plant(pairs, clean[name], per_kind):
            totals[fault.kind] += 1
            hit = found(fault)
            hits[fault.kind] += hit
            if not hit and missed:
                missed -= 1
                print("  missed", fault.kind, repr(fault.pair.target[fault.span.start : fault.span.end]))
                print("    ", fault.pair.source, "\n    ", fault.pair.target)
    for kind in CHANGES:
        if totals[kind]:
            print(f"planted {kind:14} {totals[kind]:5}  found {hits[kind]:5}  recall {hits[kind] / totals[kind]:.3f}")
    figures = [kind for kind in CHANGES if kind not in ("name", "person")]
    total = sum(totals[kind] for kind in figures)
    print(f"numbers and dates together: recall {sum(hits[kind] for kind in figures) / max(total, 1):.3f} of {total}")


if __name__ == "__main__":
    sys.exit(main())
