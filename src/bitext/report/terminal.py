"""The report that people read: each finding with both sentences, carets under the words, and what to write instead.

The lines are made for a width in terminal cells and carry styles; who prints them decides on colour.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from bitext.checks.run import SURE
from bitext.model.alignment import Side, TranslationUnit
from bitext.model.documents import SegmentedDocument, Span
from bitext.model.findings import Finding, Item, Mark, Report, Severity
from bitext.report.lines import Line, Screen, Style
from bitext.report.words import Words, barely_judged, document_of, place, shown_path
from bitext.text.display import one_line

INDENT = 4
MOST_RELATED = 5
"""Related places listed for one finding; the others are counted."""
LONGEST_MENTION = 60
"""Characters of a related place's words that are shown."""

_STYLES: dict[Severity, Style] = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}
_SIDES: tuple[Side, Side] = ("target", "source")


def lines(report: Report, language: str = "en", screen: Screen = Screen()) -> Iterator[Line]:  # noqa: B008
    """The report in `language` ("en" or "zh") as lines for `screen`."""
    words = Words(language)
    for index, item in enumerate(report.items):
        writer = _Writer(item, {unit.id: unit for unit in item.bitext.units}, words, screen)
        yield from writer.head()
        for finding in report.findings:
            if finding.item == index:
                yield ()
                yield from writer.finding(finding)
        yield ()
    yield from _summary(report, words, screen)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the findings of one item."""

    item: Item
    units: dict[int, TranslationUnit]
    words: Words
    screen: Screen

    def _wrapped(self, text: str, style: Style = "", indent: int = 0) -> Iterator[Line]:
        for line in self.screen.wrapped(text, indent):
            yield ((line, style),)

    def head(self) -> Iterator[Line]:
        documents = (document_of(self.item, "source"), document_of(self.item, "target"))
        paths = [shown_path(document) for document in documents if document is not None and document.path]
        if paths:
            yield ((self.screen.shown("  ·  ".join(paths)), "strong"),)
        yield from self._wrapped(_extent(self.item, self.words))
        for note in self.item.notes:
            yield from self._wrapped(self.words.say("notes.label", note=self.words.message(note)), "info")

    def finding(self, finding: Finding) -> Iterator[Line]:
        label = self.screen.shown(self.words.say(f"severity.{finding.severity}"))
        yield ((label, _STYLES[finding.severity]), ("  ", ""), (finding.rule, "strong"))
        yield from self._wrapped(self.words.message(finding.message), "", INDENT)
        if finding.suggestion:
            yield from self._wrapped(self.words.say("finding.write", suggestion=finding.suggestion), "strong", INDENT)
        for side in _sides(finding):
            yield from self._quote(finding, side)
        yield from self._related(finding)

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
        around = _around(page, mark, stretch)
        focus = mark.span if mark is not None else Span(around.start, around.start)
        yield ((label, ""), (self.screen.shown(place(page.document, focus)), "dim"))
        local = Span(focus.start - around.start, focus.end - around.start)
        yield from self.screen.quoted(page.document.slice(around), local, INDENT + 4)

    def _related(self, finding: Finding) -> Iterator[Line]:
        if finding.related:
            yield ((" " * INDENT + self.screen.shown(self.words.say("finding.related")), "dim"),)
        for mark in finding.related[:MOST_RELATED]:
            yield ((" " * (INDENT + 4) + self.screen.shown(self._mention(mark)), ""),)
        if (more := len(finding.related) - MOST_RELATED) > 0:
            yield ((" " * (INDENT + 4) + self.screen.shown(self.words.counted("more", more)), "dim"),)

    def _mention(self, mark: Mark) -> str:
        document = document_of(self.item, mark.side)
        where = "" if document is None else place(document, mark.span)
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


def _around(page: SegmentedDocument, mark: Mark | None, stretch: Span | None) -> Span:
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
    kind = "pair" if any(item.bitext.source and item.bitext.target for item in report.items) else "page"
    items = words.counted(f"items.{kind}", len(report.items))
    counts = [words.counted(severity.value, report.count(severity)) for severity in Severity if report.count(severity)]
    verdict = words.say("summary.found", counts=words.say("summary.join").join(counts), items=items)
    text = verdict if counts else words.say("summary.clean", items=items)
    if not counts and any(map(barely_judged, report.items)):
        text = words.say("summary.barely-judged", items=items)
    if kind == "pair":
        unjudged = sum(item.unjudged for item in report.items)
        text += words.say("summary.space")
        text += words.counted("unjudged", unjudged) if unjudged else words.say("summary.judged")
    for line in screen.wrapped(text):
        yield ((line, "strong"),)
    if report.findings:
        gravest = min(report.findings, key=lambda finding: finding.severity.rank)
        command = words.say("summary.explain", rule=gravest.rule)
        yield ((f"{command}   ", ""), (screen.shown(words.say("summary.explain-why")), "dim"))
