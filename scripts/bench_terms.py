#!/usr/bin/env python3
"""Measures the term matcher and the rules: speed by size of glossary, faults planted in clean items, clean items.

    python scripts/bench_terms.py [speed] [faults] [mentions] [random] [clean] [--rounds N] [--every N] [--show N]
        [--set NAME] [--seed N] [--rule PREFIX]

`speed` is told in characters a second of CPU time for glossaries of 100, 3,000 and 28,620 terms, on pages of English
text, against a loop that asks of every term whether it is in the page; and as the time that the rules on terms take
with each. `faults` plants faults of all kinds by a fixed seed, aligns and checks the pages anew, and tells recall by
kind and precision by rule, counted against all findings on the clean text. `mentions` does so for short forms and
their introductions. `random` measures the same as `faults` for the reports with control words, which are no terms,
added to the glossary. `clean` counts what is found in the clean text, of the rules whose ids begin with the prefix,
and shows some of it, drawn by the seed.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.mention_faults import MentionTally, measure_mentions
from scripts.term_faults import FIGURES, MEANT, NAMES, OMITTED, SEED, Tally, measure
from scripts.term_sets import DATA, SETS, Case, align, bitext, cases, concept, hkma_glossary, tico_units

from bitext.checks.registry import DEFAULT, RULES
from bitext.checks.run import run
from bitext.messages import catalogue
from bitext.model.findings import Finding
from bitext.model.glossary import Glossary
from bitext.terms.matcher import Matcher

PAGE = 5_000
"""Characters of a page in the measurement of speed."""
TERM_RULES = [rule for name, rule in RULES.items() if name.startswith("term-")]
GROUPS: dict[str, list[str]] = {
    "terms": [kind for kind, rules in MEANT.items() if any(rule.startswith("term-") for rule in rules)],
    "numbers and dates": [kind for kind, rules in MEANT.items() if rules == FIGURES],
    "names": [*NAMES, "other post"],
    "sentences": [OMITTED],
}
FAMILIES = {
    "terms": [rule.id for rule in TERM_RULES],
    "numbers and dates": sorted(FIGURES),
    "names": ["name-romanisation", "title-mismatch"],
    "sentences": ["segment-omitted", "segment-added"],
}


def bench_faults(sets: dict[str, list[Case]], rounds: int, show: int) -> None:
    together = Tally()
    for name, items in sets.items():
        tally = Tally()
        for case in items:
            for number in range(rounds):
                measure(case, tally, str(number))
        together.add(tally)
        tell(f"{name}: {len(items)} items, {sum(len(case.bitext.units) for case in items)} units", tally, show)
    if len(sets) > 1:
        tell("all sets", together, 0)


def tell(title: str, tally: Tally, show: int) -> None:
    """Prints recall by kind and precision by rule."""
    print(title)
    for group, kinds in GROUPS.items():
        for kind in kinds:
            if tally.planted[kind]:
                unsure = f"  told as unsure {tally.unsure[kind]}" if kind == OMITTED else ""
                print(f"  {kind:18} recall {ratio(tally.found[kind], tally.planted[kind])}{unsure}")
        if any(tally.planted[kind] for kind in kinds):
            print(f"  = {group}: recall {tally.recall(kinds):.3f}, precision {tally.precision(FAMILIES[group]):.3f}")
    for rule in sorted({*tally.right, *tally.wrong}):
        print(f"    {rule:24} precision {ratio(tally.right[rule], tally.right[rule] + tally.wrong[rule])}")
    for case, fault in tally.missed[:show]:
        print("   missed:", case.name, fault.kind, repr(fault.replacement), fault.concept)
        print("     ", *sides(case, fault.unit))
    for case, finding, near in tally.false[:show]:
        print("   wrong:", case.name, finding.rule, said(finding), "| near", near and (near.kind, near.replacement))


def sides(case: Case, unit: int) -> list[str]:
    spans = next((one.source, one.target) for one in case.bitext.units if one.id == unit)
    pages = case.bitext.source, case.bitext.target
    return [
        page.document.slice(span).replace("\n", " ")[:300]
        for page, span in zip(pages, spans, strict=True)
        if page is not None and span is not None
    ]


def said(finding: Finding) -> str:
    marks = [mark.text[:60].replace("\n", " ") for mark in (finding.source, finding.target) if mark is not None]
    return f"{finding.severity.value}: {catalogue.render(finding.message, 'en')} {marks}"


def bench_mentions(sets: dict[str, list[Case]], rounds: int, show: int) -> None:
    """Recall and precision of the rule on first mentions, in both languages."""
    for name, items in sets.items():
        tally = MentionTally()
        for case in items:
            for number in range(rounds):
                measure_mentions(case, tally, "source", str(number))
                measure_mentions(case, tally, "target", str(number))
        print(f"{name}: first mentions")
        for kind in sorted(tally.planted):
            print(f"  {kind:18} recall {ratio(tally.found[kind], tally.planted[kind])}")
        print(f"  = first mentions: recall {tally.recall():.3f}, precision {tally.precision:.3f}")
        for at, written in tally.missed[:show]:
            print("   missed:", at, written.kind, [fault.replacement for fault in written.faults[:3]])
        for at, finding, kind in tally.wrong[:show]:
            print("   wrong:", at, kind, said(finding))


def bench_random(every: int, rounds: int, show: int) -> None:
    """The reports with and without control words as concepts: what is told of the other concepts."""
    plain = cases("hkma", every)
    mixed = [with_control_words(case) for case in plain]
    for title, items in (("terms alone", plain), ("with control words", mixed)):
        tally, clean = Tally(), Counter[str]()
        for case in items:
            found = [f for f in run(case.bitext, case.glossary, TERM_RULES) if f.concept]
            clean += Counter("random" if f.concept.startswith("random:") else f.rule for f in found)
            for number in range(rounds):
                measure(case, tally, str(number))
        print(f"{title}: findings of the clean text {dict(clean)}")
        tell(title, tally, show)


def with_control_words(case: Case) -> Case:
    glossary, source, target = hkma_glossary(int(case.name[:4]), random=True), case.bitext.source, case.bitext.target
    assert source is not None  # noqa: S101
    assert target is not None  # noqa: S101  # a chapter has both
    return replace(case, glossary=glossary, bitext=align(source.document, target.document, glossary))


def bench_clean(sets: dict[str, list[Case]], show: int, seed: int, prefix: str) -> None:
    """What is found in the clean texts, by rule, and by a fixed seed some of it to judge by eye."""
    found = ((name, case, f) for name, items in sets.items() for case in items for f in told(case))
    rows = [(name, case, finding) for name, case, finding in found if finding.rule.startswith(prefix)]
    for name, items in sets.items():
        counts = Counter(finding.rule for at, _, finding in rows if at == name)
        print(f"{name}: {sum(len(case.bitext.units) for case in items)} units; clean text: {dict(counts)}")
    random.Random(seed).shuffle(rows)  # noqa: S311
    for name, case, finding in rows[:show]:
        print(f"-- {name} {case.name} {finding.rule} {said(finding)} ({finding.confidence:.2f})")
        print("    ", *([] if finding.unit is None else sides(case, finding.unit)), sep="\n       ")


def told(case: Case) -> tuple[Finding, ...]:
    return tuple(f for f in run(case.bitext, case.glossary, DEFAULT) if not f.rule.startswith("plain-"))


def ratio(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part}/{whole})" if whole else "-"


# --- speed ------------------------------------------------------------------------------------------------------------


def bench_speed() -> None:
    with (DATA / "microsoft/Termbase.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["en"], row["zh_CN"]) for row in csv.DictReader(file)]
    random.Random(SEED).shuffle(rows)  # noqa: S311
    english = "\n".join(pair[1] for pair in tico_units())
    pages = [english[start : start + PAGE] for start in range(0, 60 * PAGE, PAGE)]
    print(f"speed: {len(pages)} pages of {PAGE} characters, CPU time, one process")
    for size in (100, 3_000, len(rows)):
        glossary = Glossary(tuple(concept(str(i), [zh], [en]) for i, (en, zh) in enumerate(rows[:size])))
        started = time.process_time()
        matcher = Matcher(glossary, "en")
        built = time.process_time() - started
        ours, hits = timed(lambda page, m=matcher: len(m.occurrences(page)), pages)  # type: ignore[misc]
        terms = [en.lower() for en, _ in rows[:size]]
        theirs, _ = timed(lambda page, t=terms: sum(term in page.lower() for term in t), pages[:6])  # type: ignore[misc]
        naive = theirs / 6 * len(pages)
        total = len(pages) * PAGE
        item = bitext(tico_units()[:200])
        run(item, glossary, TERM_RULES)
        started = time.process_time()
        run(item, glossary, TERM_RULES)
        rules = time.process_time() - started
        print(
            f"  {size:6} terms: built in {1000 * built:4.0f} ms; {total / ours / 1e6:5.2f} M characters/s,"
            f" {1000 * ours / len(pages):6.2f} ms a page, {hits} hits; naive loop {total / naive / 1e6:6.3f} M/s;"
            f" rules on 200 units {1000 * rules:5.0f} ms"
        )


def timed(work: Callable[[str], int], pages: list[str]) -> tuple[float, int]:
    work(pages[0])  # the first call fills caches
    started = time.process_time()
    hits = sum(map(work, pages))
    return time.process_time() - started, hits


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "parts", nargs="*", help="speed, faults, mentions, random, clean; the first two if none is named"
    )
    parser.add_argument("--set", action="append", default=[], choices=SETS, dest="sets", help="only this set")
    parser.add_argument("--rounds", type=int, default=2, help="so many times faults are planted into each item")
    parser.add_argument("--every", type=int, default=1, help="every n-th item")
    parser.add_argument("--show", type=int, default=0, help="so many missed faults, wrong findings, clean findings")
    parser.add_argument("--seed", type=int, default=SEED, help="by which clean findings are drawn")
    parser.add_argument("--rule", default="", help="only clean findings of the rules whose ids begin so")
    options = parser.parse_args()
    parts = options.parts or ["speed", "faults"]
    needed = {"faults", "mentions", "clean"} & {*parts}
    sets = {name: cases(name, options.every) for name in options.sets or SETS} if needed else {}
    if "speed" in parts and DATA.is_dir():
        bench_speed()
    if "faults" in parts:
        bench_faults({name: items for name, items in sets.items() if items}, options.rounds, options.show)
    if "mentions" in parts:
        bench_mentions(sets, options.rounds, options.show)
    if "random" in parts:
        bench_random(options.every, options.rounds, options.show)
    if "clean" in parts:
        bench_clean(sets, options.show, options.seed, options.rule)
    return 0


if __name__ == "__main__":
    sys.exit(main())
