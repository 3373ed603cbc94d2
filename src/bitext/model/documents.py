"""Documents, their blocks and segments, and where each character stood in the file."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from bitext.model.findings import Message

Language: TypeAlias = Literal["zh", "en"]
"""The two languages of a bitext. Simplified and Traditional Chinese are both "zh"."""

PlaceUnit: TypeAlias = Literal["line", "paragraph"]
"""What the places in a file are counted by: the lines of a text, or the paragraphs of a word processor's file."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points [start, end) in the text of one document."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a file as people count: line and column from 1, columns in code points."""

    line: int
    column: int


class BlockKind(StrEnum):
    """What a block is to a reader of the page."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    CAPTION = "caption"
    TABLE_CELL = "table-cell"
    METADATA = "metadata"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that no segment crosses. `anchor` names it in the file (an element's id), or is empty.

    `language` is the one that the file says for this very passage, or None where it says nothing of it.
    """

    span: Span
    kind: BlockKind = BlockKind.PARAGRAPH
    anchor: str = ""
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class OriginRun:
    """Text from `text_start` on was read from the file from `file_start` on, `file_length` characters of it.

    Within a run the n-th text character stands at the n-th file character, and no further than the run's end:
    an entity such as `&amp;` is a run of one text character and five file characters.
    """

    text_start: int
    file_start: int
    file_length: int


@dataclass(frozen=True, slots=True)
class Origins:
    """Maps offsets in a document's text to places in the decoded file.

    `runs` are sorted by `text_start`; `line_starts` are the file offsets (code points, a byte order mark not
    counted) at which lines begin, the first being 0. A file that has no lines is counted by `unit` instead: its "file"
    is the texts of its paragraphs joined by line feeds, so that the n-th line is the n-th paragraph.
    """

    runs: tuple[OriginRun, ...]
    line_starts: tuple[int, ...] = (0,)
    unit: PlaceUnit = "line"

    def file_offset(self, text_offset: int) -> int:
        """The offset in the decoded file of the character at `text_offset`."""
        index = bisect_right(self.runs, text_offset, key=lambda run: run.text_start) - 1
        if index < 0:
            return self.runs[0].file_start if self.runs else text_offset
        run = self.runs[index]
        return run.file_start + min(text_offset - run.text_start, run.file_length)

    def position(self, text_offset: int) -> Position:
        """Line and column in the file of the character at `text_offset`."""
        offset = self.file_offset(text_offset)
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)


@dataclass(frozen=True, slots=True)
class Waiver:
    """What a comment in the page says: findings of these rules are accepted here, and why.

    A rule with the id of a concept in brackets, `term-missing(ascend-class)`, is for findings of that concept alone.
    `span` is the block it is for, or None for the whole page; `line` is where the comment stands in the file, from 1.
    One without rules or without a reason counts for nothing.
    """

    rules: tuple[str, ...]
    reason: str
    span: Span | None
    line: int


@dataclass(frozen=True, slots=True)
class Document:
    """One side of an item: its text in reading order, cut into blocks.

    Laws: blocks are in order and do not overlap; outside the blocks the text is white space only.
    `path` is the file as the user named it, or empty for text given from memory. `date` is the item's own date
    (ISO 8601, "2022-05-13"), or empty where the page does not say. `notes` tell what the user should know of how the
    file was read (a guessed encoding). `waivers` are those that stand in the page, in order.
    """

    path: str
    language: Language
    text: str
    blocks: tuple[Block, ...]
    origins: Origins
    date: str = ""
    notes: tuple[Message, ...] = ()
    waivers: tuple[Waiver, ...] = ()

    def slice(self, span: Span) -> str:
        """The text of `span`."""
        return self.text[span.start : span.end]

    def position(self, offset: int) -> Position:
        """Line and column in the file of the character at `offset` of the text."""
        return self.origins.position(offset)


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, headline or the like: the unit that is aligned. `block` is the index of its block."""

    span: Span
    text: str
    block: int


@dataclass(frozen=True, slots=True)
class SegmentedDocument:
    """A document and its segments.

    Laws: `document.slice(s.span) == s.text`; the segments of a block are in order, do not overlap and cover the
    block but for white space.
    """

    document: Document
    segments: tuple[Segment, ...]

    def span(self, indices: range) -> Span | None:
        """The span from the first to the last of the segments `indices`; None for an empty range."""
        if not indices:
            return None
        return Span(self.segments[indices[0]].span.start, self.segments[indices[-1]].span.end)

    def text(self, indices: range) -> str:
        """The text of the segments `indices` with what stands between them."""
        span = self.span(indices)
        return "" if span is None else self.document.slice(span)
