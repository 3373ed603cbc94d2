#!/usr/bin/env python3
"""What the archive says of real collections: seven years of one institution's reports, sites of others, our own items.

    python scripts/bench_archive.py [--set NAME] [--show N]

Prints for each set the findings by rule and severity, the cost of observing in CPU time beside that of the four rules
that observe, and that of the comparison. Sets that are absent are left out.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from bitext import pipeline
from bitext.checks.archive import archive_findings
from bitext.checks.registry import RULES
from bitext.errors import BitextError
from bitext.glossaries import read_glossary
from bitext.messages import catalogue
from bitext.model.findings import Finding, Item
from bitext.model.glossary import Glossary

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "../shared/data"
SEED = 7
OBSERVING = [
    RULES[name] for name in ("term-inconsistent", "rendering-inconsistent", "english-variant", "name-romanisation")
]


def hkma() -> Iterator[tuple[Path, Path]]:
    for english in sorted((DATA / "terms/hkma/raw").glob("*/md/[0-9]*.md")):
        yield english.with_name(f"C{english.name}"), english


def institutions() -> Iterator[tuple[Path, Path]]:
    for chinese in sorted((DATA / "lint/institutions").glob("*/content/zh*/**/*.md")):
        folder = next(part for part in chinese.parts if part.startswith("zh"))
        for name in ("en", "en-us"):
            yield chinese, Path(*[name if part == folder else part for part in chinese.parts])


def own() -> Iterator[tuple[Path, Path]]:
    for chinese in sorted((ROOT / "aligned").glob("*/zh.html")):
        yield chinese, chinese.with_name("en.html")


def items(pairs: Iterator[tuple[Path, Path]], glossary: Glossary) -> Iterator[Item]:
    """The pairs that can be read, aligned by the fast profile."""
    for chinese, english in pairs:
        if chinese.is_file() and english.is_file():
            try:
                pages = pipeline.read(str(chinese), "zh"), pipeline.read(str(english), "en")
                yield pipeline.pair_item(*pages, glossary, "fast")
            except BitextError:
                continue


def measured(name: str, given: list[Item], glossary: Glossary, show: int) -> None:
    marks = [time.process_time()]
    for observe in (False, True):
        outcomes = [pipeline.judge(item, glossary, OBSERVING, observe=observe) for item in given]
        marks.append(time.process_time())
    found = list(archive_findings(outcomes))
    marks.append(time.process_time())
    seconds = [after - before for before, after in pairwise(marks)]
    print(f"{name}: {len(given)} items, {sum(len(one.observations) for one in outcomes):,} observations")
    print(f"  rules {seconds[0]:.2f} s, observing too {seconds[1]:.2f} s, comparison {seconds[2]:.3f} s of CPU time")
    for (rule, kind, severity), count in sorted(Counter(map(sort, found)).items()):
        print(f"  {rule} ({kind}, {severity}): {count}")
    random.Random(SEED).shuffle(found)  # noqa: S311
    for finding in found[:show]:
        print("  --", finding.rule, catalogue.render(finding.message))
        print("    ", finding.target.text if finding.target else "", "|", finding.related[0].text)


def sort(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.message.key.split(".")[-2], finding.severity.value


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", default="", help="only this one")
    parser.add_argument("--show", type=int, default=0, help="print so many findings")
    options = parser.parse_args()
    glossary = read_glossary([str(ROOT / "glossaries/sziit.csv")])
    sets = (("hkma", hkma, Glossary()), ("institutions", institutions, Glossary()), ("own", own, glossary))
    for name, pairs, terms in sets:
        given = list(items(pairs(), terms)) if options.set in ("", name) else []
        if given:
            measured(name, given, terms, options.show)
    return 0


if __name__ == "__main__":
    sys.exit(main())
