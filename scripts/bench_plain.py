#!/usr/bin/env python3
"""What the plain rules find in published text, by rule and data set, with a sample to judge by eye.

    python scripts/bench_plain.py [--rule RULE] [--show N]

Line-aligned sets are read forty lines a page, a line a paragraph, so that quotations over several lines look unpaired
at the edges of those pages; folders of pages are read as they are. Sets that are absent are left out.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.quality.figure_faults import Pair
from tests.quality.figures_bench import DATA, bitext, datasets

from bitext import pipeline
from bitext.checks.context import Context
from bitext.checks.registry import RULES
from bitext.errors import BitextError
from bitext.messages import catalogue
from bitext.model.alignment import Bitext
from bitext.model.findings import Finding
from bitext.model.glossary import Glossary

PAGE = 40
SEED = 7
PLAIN = [rule for name, rule in RULES.items() if name.startswith("plain-")]


def pages() -> Iterator[tuple[str, Bitext]]:
    """Every page or pair of pages with the name of its set."""
    for name, pairs in datasets().items():
        turned = [pair if pair.languages[0] == "zh" else Pair(pair.target, pair.source) for pair in pairs]
        for start in range(0, len(turned), PAGE):
            yield name, bitext(turned[start : start + PAGE])
    for name, chinese, english in files():
        try:
            source, target = pipeline.read(str(chinese), "zh"), pipeline.read(str(english), "en")
            yield name, Bitext(pipeline.segmented(source), pipeline.segmented(target), ())
        except BitextError:
            continue


def files() -> Iterator[tuple[str, Path, Path]]:
    for chinese in sorted((DATA / "lint/ant-design").rglob("*.zh-CN.md")):
        yield "ant-design", chinese, chinese.with_name(chinese.name.replace("zh-CN", "en-US"))
    for english in sorted((DATA / "terms/hkma/raw").glob("*/md/[0-9]*.md")):
        yield "hkma", english.with_name(f"C{english.name}"), english
    for chinese in sorted((Path(__file__).resolve().parents[1] / "aligned").glob("*/zh.html")):
        yield "own", chinese, chinese.with_name("en.html")


def shown(context: Context, finding: Finding) -> str:
    mark = finding.source or finding.target
    if mark is None:
        return ""
    text, span = context.document(mark.side).text, mark.span
    around = f"{text[max(0, span.start - 30) : span.start]}<<{mark.text}>>{text[span.end : span.end + 30]}"
    return around.replace("\n", "⏎")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rule", default="", help="only this one")
    parser.add_argument("--show", type=int, default=0, help="print so many findings of each rule")
    options = parser.parse_args()
    rules = [rule for rule in PLAIN if options.rule in ("", rule.id)]
    found: dict[str, list[tuple[str, Finding, str]]] = {rule.id: [] for rule in rules}
    letters, seconds = 0, 0.0
    for name, item in pages():
        context = Context(item, Glossary())
        letters += sum(len(page.text) for _, page in context.documents)
        start = time.process_time()
        rows = [finding for rule in rules for finding in rule.check(context)]
        seconds += time.process_time() - start
        for finding in rows:
            found[finding.rule].append((name, finding, shown(context, finding)))
    print(f"{letters / 1e6:.1f} M characters, {letters / max(seconds, 1e-9) / 1e6:.2f} M a second of CPU time")
    for rule in rules:
        rows_of = found[rule.id]
        counts = Counter(name for name, _, _ in rows_of)
        print(f"{rule.id}: {len(rows_of)}  " + ", ".join(f"{name} {n}" for name, n in counts.items()))
        random.Random(SEED).shuffle(rows_of)  # noqa: S311
        for name, finding, text in rows_of[: options.show]:
            print("  --", name, catalogue.render(finding.message), text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
