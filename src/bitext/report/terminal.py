"""The report that people read: each finding with both sentences, carets under the words, and what to write instead.

The lines are made for a width in terminal cells and carry styles; who prints them decides on colour.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from bitext.checks.weight import SURE
from bitext.model.alignment import Side, TranslationUnit
from bitext.model.documents import SegmentedDocument, Span
from bitext.model.findings import Finding, Item, Mark, Report, Severity
from bitext.model.glossary import Concept, Glossary
from bitext.report import many
from bitext.report.lines import Line, Screen, Style
from bitext.report.words import (
    Words,
    barely_judged,
    document_of,
    fixable,
    has_ready_units,
    item_notes,
    kind_of_items,
    place,
    shown_path,
)
from bitext.text.display import one_line

INDENT = 4
MOST_RELATED = 5
"""Related places listed for one finding; the others are counted."""
MOST_QUOTED = 3
"""Places quoted of findings that say the same; the others are listed."""
LONGEST_MENTION = 60
"""Characters of a related place's words that are shown."""

_STYLES: dict[Severity, Style] = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}
_SIDES: tuple[Side, Side] = ("target", "source")


def lines(
    report: Report,
    language: str = "en",
    screen: Screen = Screen(),  # noqa: B008
    glossary: Glossary = Glossary(),  # noqa: B008
    *,
    quiet: bool = False,
) -> Iterator[Line]:
    """The report in `language` ("en" or "zh") as lines for `screen`; `glossary` tells where its terms are listed.

    With `quiet` only what was found and what failed is told.
    """
    words, several = Words(language), many.is_many(report)
    concepts = {concept.id: concept for concept in glossary.concepts}
    found: dict[int, list[Finding]] = {}
    for finding in report.findings:
        found.setdefault(finding.item, []).append(finding)
    for index, item in enumerate(report.items):
        # Of many items, those with nothing to look at are a number in the summary.
        if (several or quiet) and index not in found and not barely_judged(item):
            continue
        writer = _Writer(item, {unit.id: unit for unit in item.bitext.units}, concepts, words, screen, report.places)
        yield from writer.head(brief=several or quiet)
        for group in _groups(found.get(index, ())):
            yield ()
            yield from writer.group(group)
        yield ()
    yield from many.failures(report, words, screen)
    if quiet:
        return
    yield from many.notes(report, words, screen)
    yield from many.summary(report, words, screen) if several else _summary(report, words, screen)
    yield from _explain(report, words, screen)


def _groups(findings: Iterable[Finding]) -> Iterable[list[Finding]]:
    """Findings that say the same of different places, together where the first of them stands."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        key = (finding.rule, finding.severity, finding.message, finding.suggestion, finding.concept)
        groups.setdefault(key, []).append(finding)
    return groups.values()


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the findings of one item."""

    item: Item
    units: dict[int, TranslationUnit]
    concepts: dict[str, Concept]
    words: Words
    screen: Screen
    items: Sequence[Item] = ()
    """All items of the report and those of the archive, for places in another one."""

    def _wrapped(self, text: str, style: Style = "", indent: int = 0) -> Iterator[Line]:
        for line in self.screen.wrapped(text, indent):
            yield ((line, style),)

    def head(self, *, brief: bool = False) -> Iterator[Line]:
        documents = (document_of(self.item, "source"), document_of(self.item, "target"))
        paths = [shown_path(document) for document in documents if document is not None and document.path]
        if paths:
            yield ((self.screen.shown("  ·  ".join(dict.fromkeys(paths))), "strong"),)
        if not brief:
            yield from self._wrapped(_extent(self.item, self.words))
        elif barely_judged(self.item):
            pair = self.words.counted("items.pair", 1)
            yield from self._wrapped(self.words.say("summary.barely-judged", items=pair), "warning")
        for note in item_notes(self.item, self.words):
            yield from self._wrapped(self.words.say("notes.label", note=note), "info")

    def group(self, group: list[Finding]) -> Iterator[Line]:
        finding = group[0]
        label = self.screen.shown(self.words.say(f"severity.{finding.severity}"))
        times = f"  {self.words.counted('times', len(group))}" if len(group) > 1 else ""
        yield ((label, _STYLES[finding.severity]), ("  ", ""), (finding.rule, "strong"), (self.screen.shown(times), ""))
        message = self.words.message(finding.message)
        yield from self._wrapped(message, "", INDENT)
        if finding.suggestion and finding.suggestion not in message:
            yield from self._wrapped(self.words.say("finding.write", suggestion=finding.suggestion), "strong", INDENT)
        if entry := self._entry(finding):
            yield from self._wrapped(self.words.say("finding.glossary", place=entry), "dim", INDENT)
        for one in group[:MOST_QUOTED]:
            for side in _sides(one):
                yield from self._quote(one, side)
            yield from self._related(one)
        others = [one.target or one.source for one in group[MOST_QUOTED:]]
        yield from self._places("finding.also", [mark for mark in others if mark is not None], len(others))

    def _entry(self, finding: Finding) -> str:
        """Where the glossary rules on the marked words; if it does not list them, where it lists those to write."""
        concept = self.concepts.get(finding.concept)
        if concept is None or not concept.terms:
            return ""
        # The term to write, where the words lack: on the side that is marked to be mended, or not marked at all.
        page = self.item.bitext.side("target" if finding.edit is None else finding.edit.side)
        licensed = concept.licensed(page.document.language) if page is not None else ()
        mark = finding.target if finding.edit is None or finding.edit.side == "target" else finding.source
        marked = mark.text.casefold() if mark is not None and finding.edit is not None else ""
        wanted = next(
            (term for term in concept.terms if term.text == finding.suggestion), (licensed or concept.terms)[0]
        )
        term = next((term for term in concept.terms if term.text.casefold() == marked), wanted)
        return f"{PurePath(term.path).as_posix()}:{term.line}" if term.path else ""

    def _quote(self, finding: Finding, side: Side) -> Iterator[Line]:
        page = self.item.bitext.side(side)
        mark = finding.source if side == "source" else finding.target
        unit = None if finding.unit is None else self.units.get(finding.unit)
        if page is None or (mark is None and unit is None):
            return
        stretch = None if unit is None else (unit.source if side == "source" else unit.target)
        label = " " * INDENT + self.screen.shown(self.words.say(f"language.{page.document.language}")) + "  "
        if mark is None and stretch is None:
            yield ((label + self.screen.shown(self.words.say("finding.nothing")), "dim"),)
            return
        around = surroundings(page, mark, stretch)
        focus = mark.span if mark is not None else Span(around.start, around.start)
        yield ((label, ""), (self.screen.shown(place(page.document, focus, self.words)), "dim"))
        local = Span(focus.start - around.start, focus.end - around.start)
        yield from self.screen.quoted(page.document.slice(around), local, INDENT + 4)

    def _related(self, finding: Finding) -> Iterator[Line]:
        return self._places("finding.related", finding.related[:MOST_RELATED], len(finding.related))

    def _places(self, key: str, marks: Sequence[Mark], count: int) -> Iterator[Line]:
        """A list of places under a heading, and how many of `count` there are that it leaves out."""
        if marks:
            yield ((" " * INDENT + self.screen.shown(self.words.say(key)), "dim"),)
        for mark in marks:
            yield ((" " * (INDENT + 4) + self.screen.shown(self._mention(mark)), ""),)
        if marks and count > len(marks):
            yield ((" " * (INDENT + 4) + self.screen.shown(self.words.counted("more", count - len(marks))), "dim"),)

    def _mention(self, mark: Mark) -> str:
        document = document_of(self.item if mark.item is None else self.items[mark.item], mark.side)
        where = "" if document is None else place(document, mark.span, self.words)
        words = one_line(mark.text) if len(mark.text) <= LONGEST_MENTION else f"{mark.text[:LONGEST_MENTION]}…"
        note = "" if mark.note is None else self.words.message(mark.note)
        return "  ".join(filter(None, (where, self.words.say("finding.words", words=words), note)))


def _extent(item: Item, words: Words) -> str:
    """How much text there is and how surely it was aligned."""
    sentences = [
        words.counted("chinese" if side.document.language == "zh" else "english", len(side.segments))
        for side in (item.bitext.source, item.bitext.target)
        if side is not None
    ]
    if len(sentences) == 1:
        return words.say("head.page", sentences=sentences[0])
    units = item.bitext.units
    if has_ready_units(item) and item.bitext.source is not None:
        into = "to-english" if item.bitext.source.document.language == "zh" else "to-chinese"
        return words.say(f"head.{into}", units=words.counted("units", len(units) + item.unjudged))
    return words.say(
        "head.pair",
        source=sentences[0],
        target=sentences[1],
        beads=words.counted("beads", len(units)),
        sure=sum(unit.confidence >= SURE for unit in units),
    )


def _sides(finding: Finding) -> tuple[Side, ...]:
    """The side to be mended first: the one that the edit changes, else the translation if it is marked."""
    first: Side = "target" if finding.target is not None else "source"
    if finding.edit is not None:
        first = finding.edit.side
    return _SIDES if first == "target" else _SIDES[::-1]


def surroundings(page: SegmentedDocument, mark: Mark | None, stretch: Span | None) -> Span:
    """The text to quote: the unit's, or the segments that hold the mark where it lies outside the unit."""
    if mark is None:
        return stretch or Span(0, 0)
    if stretch is not None and stretch.contains(mark.span):
        return stretch
    first = bisect_right(page.segments, mark.span.start, key=lambda segment: segment.span.start) - 1
    last = bisect_right(page.segments, max(mark.span.end - 1, 0), key=lambda segment: segment.span.start) - 1
    held = page.span(range(max(first, 0), max(last, 0) + 1)) or mark.span
    return held if held.contains(mark.span) else mark.span


def _summary(report: Report, words: Words, screen: Screen) -> Iterator[Line]:
    kind = kind_of_items(report)
    items = words.counted(f"items.{kind}", len(report.items))
    counts = [words.counted(severity.value, report.count(severity)) for severity in Severity if report.count(severity)]
    found = words.say("summary.found", counts=words.say("summary.join").join(counts), items=items)
    if any(map(barely_judged, report.items)):
        barely = words.say("summary.barely-translated" if kind == "file" else "summary.barely-judged", items=items)
        text = words.say("summary.space").join([found, barely] if counts else [barely])
    else:
        text = found if counts else words.say("summary.clean", items=items)
    if kind != "page":
        unjudged = sum(item.unjudged for item in report.items)
        text += words.say("summary.space") + _judged(unjudged, kind, words)
    for what, n in (("fixable", fixable(report)), ("waived", len(report.waived))):
        text += words.say("summary.space") + words.counted(what, n) if n else ""
    for line in screen.wrapped(text):
        yield ((line, "strong"),)


def _judged(unjudged: int, kind: str, words: Words) -> str:
    if kind == "file":
        return words.counted("untranslated", unjudged) if unjudged else words.say("summary.units-judged")
    return words.counted("unjudged", unjudged) if unjudged else words.say("summary.judged")


def _explain(report: Report, words: Words, screen: Screen) -> Iterator[Line]:
    """How to be told more of the gravest finding."""
    if report.findings:
        gravest = min(report.findings, key=lambda finding: finding.severity.rank)
        command = words.say("summary.explain", rule=gravest.rule)
        yield ((f"{command}   ", ""), (screen.shown(words.say("summary.explain-why")), "dim"))
