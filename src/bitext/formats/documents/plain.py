"""Reads plain text: articles as editors save them, and web pages as people copy them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bitext.errors import InputError
from bitext.formats.carried import Flow, TextBuilder, line_starts, lines_with_offsets
from bitext.formats.documents import newslines
from bitext.formats.documents.newsdates import date_in
from bitext.formats.documents.signed import signed
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
)
from bitext.model.findings import Message
from bitext.text.display import cell_width
from bitext.text.marks import BULLETS, CLOSERS, SENTENCE_STOPS, STRAIGHT_QUOTES

LIMIT = 2_000_000
"""Characters of a file, several times the longest novel."""

_STOPPED = re.compile(rf"[{re.escape(SENTENCE_STOPS)}：:；;][{re.escape(CLOSERS + STRAIGHT_QUOTES)}]*$")
_BULLET = re.compile(rf"[{BULLETS}*+-]\s")
_NUMBERED = re.compile(
    r"(?:\(?\d{1,3}[.)、．]|[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、)\s?\S"
)
_WRAP_CELLS = (50, 132)
_TITLE_CELLS = (8, 300)
_BREADCRUMB = re.compile(r"[^>»›]{1,40}(?:\s?[>»›]\s?[^>»›]{1,40}){1,6}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its text without white space at the edges, its offset, and what stood before it.

    `kind` is what the line alone looks like, `related` whether it begins what other items follow.
    """

    text: str
    start: int
    indented: bool
    gap: bool
    cells: int
    kind: BlockKind
    related: bool


def parse(text: str, path: str, language: Language) -> Document:
    """The document in the plain text `text`: what a copied web page shows around the article is left out.

    Lines of a hard-wrapped paragraph are joined. Raises InputError where there is no text.
    """
    if len(text) > LIMIT:
        message = Message.of("formats.document.too-long", size=len(text), limit=LIMIT, format="text")
        raise InputError(message, path)
    lines = _lines(text)
    paragraphs = _without_furniture(_paragraphs(lines))
    builder = TextBuilder()
    date = ""
    for paragraph, kind in _with_kinds(paragraphs):
        flow = Flow()
        for line in paragraph:
            flow.space(line.start, breaks=True)
            flow.feed(line.text, line.start)
        for pieces, part_kind in signed(flow.finish(), kind):
            builder.block(pieces, part_kind)
        if kind is BlockKind.METADATA and not date:
            date = date_in(paragraph[0].text)
    return builder.document(text, path, language, date)


def document_from_text(text: str, language: Language, path: str = "") -> Document:
    """A document of `text` as it is: its offsets are those of `text`, and nothing is left out.

    Raises InputError where there is nothing but white space.
    """
    blocks = [
        Block(Span(paragraph[0].start, paragraph[-1].start + len(paragraph[-1].text)), kind)
        for paragraph, kind in _with_kinds(_paragraphs(_lines(text)))
    ]
    if not blocks:
        raise InputError(Message.of("formats.document.no-text"), path)
    return Document(path, language, text, tuple(blocks), _identity(text))


def document_from_segments(segments: Sequence[str], language: Language) -> tuple[Document, SegmentedDocument]:
    """A document with one block for each of `segments`, joined by line breaks, and the same with the segments given.

    A segment may be empty or hold line breaks; its block is exactly it.
    """
    blocks: list[Block] = []
    found: list[Segment] = []
    start = 0
    for index, segment in enumerate(segments):
        span = Span(start, start + len(segment))
        blocks.append(Block(span))
        found.append(Segment(span, segment, index))
        start = span.end + 1
    text = "\n".join(segments)
    document = Document("", language, text, tuple(blocks), _identity(text))
    return document, SegmentedDocument(document, tuple(found))


def _identity(text: str) -> Origins:
    return Origins((OriginRun(0, 0, len(text)),), line_starts(text))


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    gap = True
    for raw, start in lines_with_offsets(text):
        bare = raw.strip("\ufeff").strip()
        if bare:
            offset = raw.index(bare[0])
            related = newslines.begins_related(bare)
            lines.append(Line(bare, start + offset, offset > 0, gap, cell_width(bare), _kind(bare), related))
        gap = not bare
    return lines


def _paragraphs(lines: list[Line]) -> list[list[Line]]:
    paragraphs: list[list[Line]] = []
    for line in lines:
        if paragraphs and _goes_on(paragraphs[-1], line):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs


def _goes_on(paragraph: list[Line], line: Line) -> bool:
    """Whether `line` continues a hard-wrapped paragraph: the line before it is as full as wrapped lines are.

    A line that could have taken the next line's first word, within the width of the paragraph's lines, was ended on
    purpose.
    """
    last = paragraph[-1]
    if line.gap or _starts_block(line) or line.indented:
        return False
    if last.kind in (BlockKind.METADATA, BlockKind.CAPTION):
        return False
    low, high = _WRAP_CELLS
    if not low <= last.cells <= high:
        return False
    width = max(member.cells for member in paragraph)
    word = cell_width(line.text.split(maxsplit=1)[0][:40]) if line.text[0].isascii() else 4
    if _STOPPED.search(last.text):
        return len(paragraph) > 1 and last.cells + word + 1 > width and line.text[0].isascii()
    return last.cells + word + 1 >= width - 2 and line.cells <= max(high, width)


def _starts_block(line: Line) -> bool:
    return line.kind is not BlockKind.PARAGRAPH or line.related or bool(_NUMBERED.match(line.text))


def _without_furniture(paragraphs: list[list[Line]]) -> list[list[Line]]:
    """The paragraphs without the menu above the title and without what follows a heading such as "Related articles"."""
    first = next((i for i, paragraph in enumerate(paragraphs[:40]) if _is_breadcrumb(paragraph)), -1)
    kept = paragraphs[first + 1 :]
    end = next((i for i, paragraph in enumerate(kept) if i and paragraph[0].related), len(kept))
    # A heading so near the top heads the text itself.
    if sum(len(paragraph[0].text) for paragraph in kept[:end]) < 200 and end < len(kept):
        end = len(kept)
    kept = [paragraph for paragraph in kept[:end] if not newslines.is_furniture(paragraph[0].text)]
    return kept or paragraphs


def _is_breadcrumb(paragraph: list[Line]) -> bool:
    text = paragraph[0].text
    return len(paragraph) == 1 and len(text) <= 120 and _BREADCRUMB.fullmatch(text) is not None


def _with_kinds(paragraphs: list[list[Line]]) -> list[tuple[list[Line], BlockKind]]:
    kinds: list[tuple[list[Line], BlockKind]] = []
    titled = False
    for index, paragraph in enumerate(paragraphs):
        kind = paragraph[0].kind
        if not titled and kind in (BlockKind.PARAGRAPH, BlockKind.HEADING):
            titled = True
            if _is_title(paragraph, index, paragraphs):
                kind = BlockKind.TITLE
        kinds.append((paragraph, kind))
    return kinds


def _kind(text: str) -> BlockKind:
    if newslines.is_metadata(text):
        return BlockKind.METADATA
    if newslines.is_caption(text):
        return BlockKind.CAPTION
    if _BULLET.match(text):
        return BlockKind.LIST_ITEM
    return BlockKind.PARAGRAPH


def _is_title(paragraph: list[Line], index: int, paragraphs: list[list[Line]]) -> bool:
    """Whether the first running text is a headline: one or two lines without a stop, with more text after it."""
    low, high = _TITLE_CELLS
    cells = sum(line.cells for line in paragraph)
    headline = len(paragraph) <= 2 and low <= cells <= high and not _STOPPED.search(paragraph[-1].text)
    return headline and index + 1 < len(paragraphs)
