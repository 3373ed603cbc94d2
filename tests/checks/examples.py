"""Reads the examples of a rule's manual and makes items of them; the layout is told in `bitext.checks.rule`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from bitext.checks.facts import Facts, Stale
from bitext.model.alignment import Bead, Bitext, TranslationUnit
from bitext.model.documents import (
    Block,
    BlockKind,
    Document,
    Language,
    OriginRun,
    Origins,
    Segment,
    SegmentedDocument,
    Span,
    Waiver,
)
from bitext.model.glossary import Concept, Glossary, Term, TermKind, TermStatus

FIRES, SILENT = ("Fires:", "报告："), ("Silent:", "不报告：")
HAN = re.compile(r"[㐀-鿿]")


@dataclass
class Example:
    """Lines of one example: sides of the units with their confidence and kind, concepts, and what must be marked."""

    fires: bool
    rows: list[tuple[str, str]] = field(default_factory=list)

    @property
    def marks(self) -> list[str]:
        return [value for key, value in self.rows if key == "marks"]

    def __str__(self) -> str:
        return " | ".join(value for key, value in self.rows if key in ("zh", "en"))


def parse(manual: str) -> list[Example]:
    """The examples of a manual, in order."""
    examples: list[Example] = []
    fires: bool | None = None
    inside = False
    for line in manual.splitlines():
        if line.strip() in FIRES + SILENT:
            fires, inside = line.strip() in FIRES, False
        elif fires is not None and line.startswith("    "):
            if not inside:
                examples.append(Example(fires))
            key, _, value = line.strip().partition(":")
            examples[-1].rows.append((key, value.strip()))
            inside = True
        else:
            inside = False
    return examples


def term(text: str, language: Language, first: bool) -> Term:
    status = TermStatus.PREFERRED if first else TermStatus.ADMITTED
    kind = TermKind.ACRONYM if re.fullmatch(r"[A-Z]{2,}", text) else TermKind.FULL
    if text.startswith("not "):
        text, status, kind = text[4:], TermStatus.DEPRECATED, TermKind.VARIANT
    elif text.startswith("short "):
        text, kind = text[6:], TermKind.SHORT
    return Term(text, language, status, kind)


def concept(line: str) -> Concept:
    """`腾飞班 = Ascend Class; not Tengfei Class` as a concept."""
    terms: list[Term] = []
    sides: tuple[tuple[Language, str], ...] = (("zh", line.partition("=")[0]), ("en", line.partition("=")[2]))
    for language, part in sides:
        for index, text in enumerate(part.split(";")):
            if text.strip():
                terms.append(term(text.strip(), language, index == 0))
    return Concept(terms[0].text, tuple(terms))


def page(sides: list[tuple[str, BlockKind]], language: Language, date: str = "") -> SegmentedDocument:
    """A page of one block and one segment for each text."""
    text = ""
    blocks: list[Block] = []
    segments: list[Segment] = []
    for piece, kind in sides:
        span = Span(len(text), len(text) + len(piece))
        segments.append(Segment(span, piece, len(blocks)))
        blocks.append(Block(span, kind))
        text += f"{piece}\n"
    origins = Origins((OriginRun(0, 0, len(text)),))
    return SegmentedDocument(Document("", language, text, tuple(blocks), origins, date), tuple(segments))


def item(example: Example) -> tuple[Bitext, Glossary]:
    """The item and the glossary that an example describes."""
    pairs: list[tuple[str, str, float, BlockKind]] = []
    confidence, kind, date, waiting = 1.0, BlockKind.PARAGRAPH, "", False
    for key, value in example.rows:
        match key:
            case "confidence":
                confidence = float(value)
            case "kind":
                kind = BlockKind(value)
            case "date":
                date = value
            case "zh":
                pairs.append((value, "", confidence, kind))
                waiting = True
            case "en" if waiting:
                pairs[-1] = (pairs[-1][0], value, *pairs[-1][2:])
                waiting = False
            case "en":
                pairs.append(("", value, confidence, kind))
    concepts = [concept(value) for key, value in example.rows if key == "glossary"]
    waivers = tuple(waiver(value) for key, value in example.rows if key == "waiver")
    return waiving(bitext(pairs, date), waivers), Glossary(tuple(sorted(concepts, key=lambda entry: entry.id)))


def facts(example: Example) -> Facts:
    """What a project knows of the item that an example describes."""
    rows = dict(example.rows)
    stale = None
    if "stale" in rows:
        side, since, changed, commits = rows["stale"].split()
        stale = Stale("source" if side == "source" else "target", since, changed.strip("-"), int(commits))
    return Facts(rows.get("partner", ""), stale)


def waiver(line: str) -> Waiver:
    """`term-missing: reason` as a waiver of the whole page."""
    rules, _, reason = line.partition(":")
    return Waiver(tuple(rules.replace(",", " ").split()), reason.strip(), None, 1)


def waiving(item: Bitext, waivers: tuple[Waiver, ...]) -> Bitext:
    """`item` with `waivers` in its first page."""
    source, target = item.source, item.target
    if source is not None:
        return replace(item, source=replace(source, document=replace(source.document, waivers=waivers)))
    assert target is not None
    return replace(item, target=replace(target, document=replace(target.document, waivers=waivers)))


def bitext(pairs: list[tuple[str, str, float, BlockKind]], date: str = "") -> Bitext:
    """A Chinese and an English page of these pairs of texts; one page alone if the other has no text at all."""
    source = page([(zh, kind) for zh, _, _, kind in pairs if zh], "zh", date)
    target = page([(en, kind) for _, en, _, kind in pairs if en], "en", date)
    if not source.segments or not target.segments:
        return Bitext(source if source.segments else None, target if target.segments else None, ())
    units: list[TranslationUnit] = []
    i = j = 0
    for zh, en, confidence, _ in pairs:
        left, right = range(i, i + bool(zh)), range(j, j + bool(en))
        i, j = left.stop, right.stop
        bead = Bead(left, right, confidence)
        units.append(TranslationUnit(len(units), source.span(left), target.span(right), bead))
    return Bitext(source, target, tuple(units))
