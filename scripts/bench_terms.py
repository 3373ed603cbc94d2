#!/usr/bin/env python3
"""Measures the term matcher and the term rules: speed by size of glossary, and faults planted into clean text.

    python scripts/bench_terms.py [speed] [faults]

Speed is told in characters a second of CPU time for glossaries of 100, 3,000 and 28,620 terms, on pages of English
text, against a loop that asks of every term whether it is in the page. Faults are planted with a fixed seed into
translation units of the two corpora, one a unit, where the units' own text has no finding for that concept: a
rendering dropped, replaced by a variant, by another concept's, by the Chinese, written without its capitals, or
replaced by a deprecated term. Recall is the share that the rule meant for it reports there; precision is the share of
findings, beyond those of the clean text, that are at a planted fault.
"""

from __future__ import annotations

import csv
import html
import json
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bitext.checks.context import SIDES, Context
from bitext.checks.registry import RULES
from bitext.checks.renderings import Rendered
from bitext.checks.run import run
from bitext.model.alignment import Bead, Bitext, TranslationUnit
from bitext.model.documents import Block, Document, Language, OriginRun, Origins, Segment, SegmentedDocument, Span
from bitext.model.findings import Finding
from bitext.model.glossary import Concept, Glossary, Term, TermStatus
from bitext.terms.matcher import Matcher

DATA = Path(__file__).resolve().parents[1] / "../shared/data/terms"
SEED = 20220513
PAGE = 5_000
"""Characters of a page in the measurement of speed."""
Pair = tuple[str, str]
TERM_RULES = [rule for name, rule in RULES.items() if name.startswith("term-")]


def tico_units() -> list[Pair]:
    """Chinese and English of every unit of tico19."""
    text = (DATA / "tico19/all.en-zh.tmx").read_text(encoding="utf-8")
    rows = []
    for unit in re.findall(r"<tu .*?</tu>", text, re.DOTALL):
        sides = dict(re.findall(r'xml:lang="(\w+)">\s*<seg>(.*?)</seg>', unit, re.DOTALL))
        rows.append((html.unescape(sides["zh"]).strip(), html.unescape(sides["en"]).strip()))
    return [pair for pair in rows if all(pair)]


def tico_glossary() -> Glossary:
    """The term lists of tico19 in simplified Chinese; entries that share a term stay apart."""
    concepts = []
    for name in ("g_en_zh-CN", "f_en-zh_CN", "g_zh-CN_en"):
        with (DATA / f"tico19/{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.DictReader(file)):
                sides = [[text.strip() for text in row[key].split(" : ")] for key in ("sourceString", "targetString")]
                english, chinese = sides if name != "g_zh-CN_en" else sides[::-1]
                concepts.append(concept(f"{name}-{number:04}", chinese, english))
    return Glossary(tuple(concepts))


def concept(name: str, chinese: list[str], english: list[str]) -> Concept:
    """A concept whose first terms are preferred and whose others are admitted."""
    sides: tuple[tuple[Language, list[str]], ...] = (("zh", chinese), ("en", english))
    return Concept(
        name,
        tuple(
            Term(text, language, TermStatus.ADMITTED if index else TermStatus.PREFERRED)
            for language, texts in sides
            for index, text in enumerate(texts)
            if text
        ),
    )


def hkma_chapters(year: int) -> Iterator[list[Pair]]:
    """Chapters of an annual report as paragraph pairs, where both languages have the same number of blocks."""
    folder = DATA / f"hkma/raw/{year}/md"
    for path in sorted(folder.glob("C*.md")):
        chinese, english = (
            [block.strip() for block in file.read_text(encoding="utf-8").split("\n\n")]
            for file in (path, folder / path.name[1:])
        )
        if len(chinese) == len(english):
            yield [pair for pair in zip(chinese, english, strict=True) if all(pair)]


def hkma_glossary(year: int) -> Glossary:
    """The terms that were mined from one year's report. Odd years are keyed in English, even ones in Chinese."""
    terms: defaultdict[str, set[str]] = defaultdict(set)
    for line in (DATA / f"hkma/full_data_{year}.jsonl").read_text(encoding="utf-8").splitlines():
        for key, values in json.loads(line)["proper"].items():
            terms[key] |= set(values)
    rows = ((key, sorted(values)) for key, values in sorted(terms.items()))
    return Glossary(tuple(concept(k, [k], v) if year % 2 == 0 else concept(k, v, [k]) for k, v in rows))


def bitext(pairs: list[Pair]) -> Bitext:
    """An item of these pairs, each a block, a segment and a unit."""
    source, target = side([pair[0] for pair in pairs], "zh"), side([pair[1] for pair in pairs], "en")
    units = (
        TranslationUnit(i, one.span, other.span, Bead(range(i, i + 1), range(i, i + 1), 1.0))
        for i, (one, other) in enumerate(zip(source.segments, target.segments, strict=True))
    )
    return Bitext(source, target, tuple(units))


def side(texts: list[str], language: Language) -> SegmentedDocument:
    """A page with a block and a segment for each text."""
    spans, start = [], 0
    for text in texts:
        spans.append(Span(start, start + len(text)))
        start += len(text) + 1
    whole = "\n".join(texts)
    document = Document("", language, whole, tuple(map(Block, spans)), Origins((OriginRun(0, 0, len(whole)),)))
    segments = (Segment(span, text, index) for index, (span, text) in enumerate(zip(spans, texts, strict=True)))
    return SegmentedDocument(document, tuple(segments))


# --- faults -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fault:
    """A fault to plant: the unit, the words to replace, by what, and what the glossary has to list as deprecated."""

    unit: int
    concept: str
    source: Span
    span: Span
    replacement: str
    deprecated: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of fault: the rules that may report it and how the words of a rendering become it."""

    name: str
    rules: frozenset[str]
    spoil: Callable[[str, Rendered, random.Random, Glossary], tuple[str, str] | None]


def dropped(____: str, _: Rendered, __: random.Random, ___: Glossary) -> tuple[str, str] | None:
    return "", ""


def variant(words: str, _: Rendered, rng: random.Random, __: Glossary) -> tuple[str, str] | None:
    """One word of several replaced by one that means something else, or a letter of a single word swapped."""
    parts = words.split(" ")
    long = [index for index, part in enumerate(parts) if len(part) > 4 and part.isalpha()]
    if not long:
        return None
    index = rng.choice(long)
    if len(parts) > 1:
        parts[index] = rng.choice(["Arrangement", "District", "Operations", "Vehicle", "Gathering"])
    else:
        parts[index] = parts[index][:2] + parts[index][3] + parts[index][2] + parts[index][4:]
    return (" ".join(parts), "") if " ".join(parts) != words else None


def other(words: str, pair: Rendered, rng: random.Random, glossary: Glossary) -> tuple[str, str] | None:
    """The rendering of another concept."""
    chosen = rng.choice(glossary.concepts)
    english = chosen.licensed("en")
    if not english or chosen.id in pair.source.concepts or english[0].text.lower() in words.lower():
        return None
    return english[0].text, ""


def chinese(_: str, pair: Rendered, __: random.Random, ___: Glossary) -> tuple[str, str] | None:
    """The Chinese term itself."""
    return pair.source.occurrences[0].term.text, ""


def lower(words: str, pair: Rendered, _: random.Random, __: Glossary) -> tuple[str, str] | None:
    """The capitals of a name of several words lost, but for the first."""
    occurrence = pair.target.occurrences[0]
    capitals = [part for part in words.split() if part[0].isupper()]
    if occurrence.how or len(capitals) < 3 or words.isupper():
        return None
    parts = words.split(" ")
    return " ".join([parts[0], *(part.lower() if part[1:].islower() else part for part in parts[1:])]), ""


def deprecated(words: str, pair: Rendered, rng: random.Random, __: Glossary) -> tuple[str, str] | None:
    """A variant that the glossary lists as deprecated, in the plural and the capitals of the place."""
    occurrence = pair.target.occurrences[0]
    term = occurrence.term.text
    if len(term.split()) < 2 or not words.startswith(term.split()[0]):
        return None
    first, rest = term.split(" ", 1)
    bad = f"{first} {rng.choice(['Joint', 'Grand', 'Common'])} {rest}"
    return (bad + ("s" if words == f"{term}s" else ""), bad)


KINDS = (
    Kind("dropped", frozenset({"term-missing"}), dropped),
    Kind("variant", frozenset({"term-missing"}), variant),
    Kind("other concept", frozenset({"term-missing"}), other),
    Kind("left in Chinese", frozenset({"term-untranslated"}), chinese),
    Kind("capitals lost", frozenset({"term-case"}), lower),
    Kind("deprecated", frozenset({"term-deprecated"}), deprecated),
)


def candidates(item: Bitext, glossary: Glossary, findings: tuple[Finding, ...]) -> list[Rendered]:
    """Renderings that are the only ones of their concept in their unit, where nothing is amiss with the concept."""
    context = Context(item, glossary)
    amiss = {(finding.unit, finding.concept) for finding in findings}
    rows = []
    for pair in context.renderings.rendered:
        if len(pair.source.occurrences) > 1 or len(pair.target.occurrences) > 1:
            continue
        name = pair.source.occurrences[0].concept.id
        counts = [
            sum(name in one.concepts for nested in (False, True) for one in context.mentions(side, span, nested=nested))
            for side in SIDES
            if (span := context.span(pair.unit, side)) is not None
        ]
        if counts == [1, 1] and (pair.unit.id, name) not in amiss:
            rows.append(pair)
    return rows


def plant(item: Bitext, pairs: list[Pair], faults: list[Fault]) -> list[Pair]:
    """The pairs with the faults in them."""
    spoilt = list(pairs)
    for fault in faults:
        start = item.units[fault.unit].target.start  # type: ignore[union-attr]
        source, text = pairs[fault.unit]
        a, b = fault.span.start - start, fault.span.end - start
        spoilt[fault.unit] = (source, text[:a] + fault.replacement + text[b:])
    return spoilt


def with_deprecated(glossary: Glossary, faults: list[Fault]) -> Glossary:
    """The glossary with the variants of the faults listed as deprecated."""
    bad: defaultdict[str, list[Term]] = defaultdict(list)
    for fault in faults:
        if fault.deprecated:
            bad[fault.concept].append(Term(fault.deprecated, "en", TermStatus.DEPRECATED))
    return Glossary(tuple(replace(c, terms=(*c.terms, *dict.fromkeys(bad[c.id]))) for c in glossary.concepts))


def try_kind(kind: Kind, items: list[tuple[list[Pair], Glossary]], show: int = 0) -> Counter[str]:
    """Plants faults of one kind into all items and counts what is found."""
    rng = random.Random(f"{SEED} {kind.name}")  # noqa: S311
    counts: Counter[str] = Counter()
    for pairs, glossary in items:
        item = bitext(pairs)
        clean = run(item, glossary, TERM_RULES)
        faults: dict[int, Fault] = {}
        for pair in candidates(item, glossary, clean):
            text = item.target.document.slice(pair.target.span)  # type: ignore[union-attr]
            spoilt = kind.spoil(text, pair, rng, glossary)
            if spoilt is not None and rng.random() < 0.5:
                name = pair.source.occurrences[0].concept.id
                faults.setdefault(pair.unit.id, Fault(pair.unit.id, name, pair.source.span, pair.target.span, *spoilt))
        chosen = list(faults.values())
        listed = with_deprecated(glossary, chosen)
        before = {(f.rule, f.unit, f.concept) for f in run(item, listed, TERM_RULES)}
        planted = bitext(plant(item, pairs, chosen))
        new = [f for f in run(planted, listed, TERM_RULES) if (f.rule, f.unit, f.concept) not in before]
        counts += score(kind, faults, new, pairs, show)
    return counts


def score(kind: Kind, faults: dict[int, Fault], new: list[Finding], pairs: list[Pair], show: int) -> Counter[str]:
    """Planted and found faults, and findings at a fault and elsewhere."""
    found = {f.unit for f in new if f.rule in kind.rules and f.unit in faults and f.concept == faults[f.unit].concept}
    right = [f for f in new if (f.unit in faults and concerns(f, faults[f.unit])) or follows(f, faults)]
    wrong = [f for f in new if f not in right]
    for fault in [fault for unit, fault in faults.items() if unit not in found][:show]:
        print("   missed:", fault, pairs[fault.unit][1][:300].replace("\n", " "))
    for finding in wrong[:show]:
        print("   wrong:", finding.rule, finding.message.fields, faults.get(finding.unit or 0))
    return Counter(planted=len(faults), found=len(found), right=len(right), wrong=len(wrong))


def concerns(finding: Finding, fault: Fault) -> bool:
    """Whether a finding in the unit of a fault is about it: about its concept or about the same words of the source."""
    same_words = finding.source is not None and finding.source.span.overlaps(fault.source)
    return finding.concept in ("", fault.concept) or same_words


def follows(finding: Finding, faults: dict[int, Fault]) -> bool:
    """Whether a finding of the whole item is about a concept with a fault somewhere."""
    return finding.rule == "term-inconsistent" and finding.concept in {fault.concept for fault in faults.values()}


def bench_faults(show: int = 0) -> None:
    tico = (tico_units(), tico_glossary())
    hkma = [(pairs, hkma_glossary(year)) for year in range(2015, 2022) for pairs in hkma_chapters(year)]
    for name, items in (("tico19", [tico]), ("hkma", hkma)):
        clean: Counter[str] = Counter()
        for pairs, glossary in items:
            clean += Counter(finding.rule for finding in run(bitext(pairs), glossary, TERM_RULES))
        print(f"{name}: {sum(len(pairs) for pairs, _ in items)} units; findings of the clean text: {dict(clean)}")
        for kind in KINDS:
            counts = try_kind(kind, items, show)
            print(
                f"  {kind.name:16} planted {counts['planted']:5}  recall {ratio(counts['found'], counts['planted'])}"
                f"  precision {ratio(counts['right'], counts['right'] + counts['wrong'])}"
            )


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
        print(
            f"  {size:6} terms: built in {1000 * built:4.0f} ms; {total / ours / 1e6:5.2f} M characters/s,"
            f" {1000 * ours / len(pages):6.2f} ms a page, {hits} hits; naive loop {total / naive / 1e6:6.3f} M/s"
        )


def timed(work: Callable[[str], int], pages: list[str]) -> tuple[float, int]:
    work(pages[0])  # the first call fills caches
    started = time.process_time()
    hits = sum(map(work, pages))
    return time.process_time() - started, hits


def main(arguments: list[str]) -> int:
    if not DATA.exists():
        print(f"no data at {DATA}")
        return 1
    wanted = [word for word in arguments if word != "-v"] or ["speed", "faults"]
    if "speed" in wanted:
        bench_speed()
    if "faults" in wanted:
        bench_faults(6 if "-v" in arguments else 0)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
