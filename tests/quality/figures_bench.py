"""Faults planted in clean sentence pairs, and how many of them the rules on numbers, dates and names find."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.quality.figure_faults import CHANGES, Pair

from bitext.checks import date_mismatch, name_romanisation, number_mismatch
from bitext.checks.context import Context
from bitext.checks.rule import Rule
from bitext.model.alignment import Bitext, TranslationUnit
from bitext.model.documents import Block, Document, Language, Origins, Segment, SegmentedDocument, Span
from bitext.model.findings import Finding
from bitext.model.glossary import Glossary

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
RULES: tuple[Rule, ...] = (number_mismatch.RULE, date_mismatch.RULE, name_romanisation.RULE)
FIGURES = ("number-mismatch", "date-mismatch")
NAMES = ("name", "name alone", "person")
"""Kinds of faults that the rule on names is to find; the others are of numbers and dates."""
SEED = 20240511


@dataclass(frozen=True, slots=True)
class Planted:
    """A pair with one fault: the span of the target text that was changed."""

    kind: str
    pair: Pair
    span: Span


def datasets() -> dict[str, list[Pair]]:
    """The sets of sentence pairs; a set whose files are absent is left out."""
    readers: dict[str, Callable[[], list[Pair]]] = {
        "wmt21 zh-en": lambda: _parallel("wmt21/newstest2021.zh-en.src.zh", "wmt21/newstest2021.zh-en.ref.A.en"),
        "wmt21 en-zh": lambda: [
            Pair(pair.target, pair.source, ("en", "zh"))
            for pair in _parallel("wmt21/newstest2021.en-zh.ref.A.zh", "wmt21/newstest2021.en-zh.src.en")
        ],
        "ntrex": _ntrex,
        "pdc": lambda: _parallel("pdc-sample/pdc.zh.sample", "pdc-sample/pdc.en.sample"),
        "institutions": _institutions,
        "tico19": _tico19,
    }
    sets = {}
    for name, read in readers.items():
        try:
            sets[name] = [pair for pair in read() if pair.source.strip() and pair.target.strip()]
        except FileNotFoundError:
            continue
    return {name: pairs for name, pairs in sets.items() if pairs}


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")


def _parallel(zh: str, en: str) -> list[Pair]:
    chinese, english = _lines(DATA / "align" / zh), _lines(DATA / "align" / en)
    return [Pair(a, b) for a, b in zip(chinese, english, strict=False)]


def _ntrex() -> list[Pair]:
    rows = [line.split("\t") for line in _lines(DATA / "align" / "ntrex" / "ntrex.tsv")[1:] if line]
    return [Pair(row[2], row[1]) for row in rows]


def _tico19() -> list[Pair]:
    path = DATA / "terms" / "tico19" / "all.en-zh.tmx"
    if not path.is_file():
        raise FileNotFoundError(path)
    from lxml import etree

    units = (
        ["".join(str(text) for text in seg.itertext()) for seg in unit.iter("seg")]
        for unit in etree.parse(path).iter("tu")
    )
    return [Pair(row[0], row[1], ("en", "zh")) for row in units if len(row) == 2]


def _institutions() -> list[Pair]:
    """Pages of the same number of lines that are not empty, line by line."""
    pairs: list[Pair] = []
    root = DATA / "lint" / "institutions"
    for chinese in sorted(root.glob("*/content/zh*/**/*.md")):
        folder = next(part for part in chinese.parts if part.startswith("zh"))
        for name in ("en", "en-us"):
            english = Path(*[name if part == folder else part for part in chinese.parts])
            if english.is_file():
                sides = [[line for line in _lines(path) if line.strip()] for path in (chinese, english)]
                if len(sides[0]) == len(sides[1]):
                    pairs += [Pair(a, b) for a, b in zip(*sides, strict=True)]
    return pairs


def bitext(pairs: Sequence[Pair]) -> Bitext:
    """One item of which each pair is a unit of full confidence."""
    language, other = pairs[0].languages
    source = _document([pair.source for pair in pairs], language)
    target = _document([pair.target for pair in pairs], other)
    units = tuple(
        TranslationUnit(index, a.span, b.span)
        for index, (a, b) in enumerate(zip(source.segments, target.segments, strict=True))
    )
    return Bitext(source, target, units)


def _document(lines: Sequence[str], language: Language) -> SegmentedDocument:
    segments, blocks, start = [], [], 0
    for index, line in enumerate(lines):
        span = Span(start, start + len(line))
        segments.append(Segment(span, line, index))
        blocks.append(Block(span))
        start = span.end + 1
    return SegmentedDocument(Document("", language, "\n".join(lines), tuple(blocks), Origins(())), tuple(segments))


def findings(pairs: Sequence[Pair], rules: Sequence[Rule] = RULES, page: int = 1) -> Iterator[tuple[int, Finding]]:
    """What `rules` find, with the index of the pair; so many pairs as `page` says make one item."""
    for start in range(0, len(pairs), page):
        context = Context(bitext(pairs[start : start + page]), Glossary())
        for rule in rules:
            for finding in rule.check(context):
                yield start + (finding.unit or 0), finding


def plant(pairs: Sequence[Pair], clean: frozenset[int], per_kind: int) -> list[Planted]:
    """Up to `per_kind` faults of each kind, one a pair, in pairs that are `clean` of findings."""
    chooser = random.Random(SEED)  # noqa: S311
    order = [index for index in range(len(pairs)) if index in clean]
    planted: list[Planted] = []
    for kind, change in CHANGES.items():
        chooser.shuffle(order)
        made = 0
        for index in order:
            fault = change(pairs[index], chooser)
            if fault is not None and made < per_kind:
                planted.append(Planted(kind, *fault))
                made += 1
    return planted


def found(fault: Planted) -> bool:
    """Whether a finding of the fault's family marks the changed words."""
    wanted = ("name-romanisation",) if fault.kind in NAMES else FIGURES
    rules = [rule for rule in RULES if rule.id in wanted]
    return any(
        finding.target is not None
        and (finding.target.span.overlaps(fault.span) or fault.span.contains(finding.target.span))
        for _, finding in findings([fault.pair], rules)
    )
