"""Places of a report as other programs name them: a path, and a region from a line and column to another."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from bitext.model.documents import Document, Position, Span
from bitext.model.findings import Message
from bitext.report.sources import Sources, Unit
from bitext.report.words import shown_path


@dataclass(frozen=True, slots=True)
class Region:
    """Lines and columns from 1; the end is just after the last character."""

    start: Position
    end: Position


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a page. `span` is None for the page as a whole, `note` what is to be said of the place."""

    document: Document
    span: Span | None = None
    note: Message | None = None

    @property
    def path(self) -> str:
        """The path as the user gave it, with "/"."""
        return shown_path(self.document)

    @property
    def text(self) -> str:
        """The words as the page's text has them."""
        return "" if self.span is None else self.document.slice(self.span)


def region(place: Place) -> Region | None:
    """Where `place` is in its file, columns in characters; None for a whole page, and for a file without lines."""
    offsets = _offsets(place)
    return None if offsets is None else Region(*(_position(place.document, offset) for offset in offsets))


def counted_region(place: Place, sources: Sources, unit: Unit) -> Region | None:
    """Like `region`, but columns in code units of `unit`. None if the file cannot be read."""
    offsets, source = _offsets(place), sources.get(place.document.path)
    if offsets is None or source is None or offsets[1] > len(source.text):
        return None
    starts = place.document.origins.line_starts
    ends = []
    for offset in offsets:
        position = _position(place.document, offset)
        line = source.before(starts[position.line - 1], unit)
        ends.append(Position(position.line, source.before(offset, unit) - line + 1))
    return Region(*ends)


def verbatim(place: Place, sources: Sources) -> bool:
    """Whether the file has the words of `place` in one piece as they are, without markup or references among them."""
    offsets, source = _offsets(place), sources.get(place.document.path)
    return (
        offsets is not None
        and source is not None
        and bool(place.text)
        and source.text[slice(*offsets)] == place.text
        and offsets[1] - offsets[0] == len(place.text)
    )


def _offsets(place: Place) -> tuple[int, int] | None:
    """Offsets in the file of the first character, and just after the last one."""
    span, origins = place.span, place.document.origins
    if span is None or origins.unit != "line":
        return None
    start = origins.file_offset(span.start)
    if not len(span):
        return start, start
    # After the last character, which is not before the next one: markup may stand in between.
    index = bisect_right(origins.runs, span.end - 1, key=lambda run: run.text_start) - 1
    if index < 0:
        return start, max(origins.file_offset(span.end - 1) + 1, start)
    run = origins.runs[index]
    following = origins.runs[index + 1].text_start if index + 1 < len(origins.runs) else -1
    length = run.file_length if following == span.end else min(span.end - run.text_start, run.file_length)
    return start, max(run.file_start + length, start)


def _position(document: Document, offset: int) -> Position:
    starts = document.origins.line_starts
    line = bisect_right(starts, offset)
    return Position(line, offset - starts[line - 1] + 1)
