"""From a Word file's bytes to its Document.

Places are counted in paragraphs that have text: those of the body in the order of reading, cells of tables too, then
the notes that the text refers to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bitext.formats.carried import Flow, Piece, TextBuilder, text_of
from bitext.formats.documents import newslines
from bitext.formats.documents.docx.events import walk
from bitext.formats.documents.docx.package import Package
from bitext.formats.documents.docx.paragraphs import Paragraph
from bitext.formats.documents.docx.story import PAGE_BREAK, Story
from bitext.formats.documents.docx.styles import BODY_LEVEL, Styles, read_styles, role_of
from bitext.formats.documents.newsdates import date_in
from bitext.formats.documents.signed import signed
from bitext.model.documents import BlockKind, Document, Language
from bitext.text.display import cell_width
from bitext.text.marks import BULLETS, CLOSERS, SENTENCE_STOPS, STRAIGHT_QUOTES

_KINDS = {"title": BlockKind.HEADING, "heading": BlockKind.HEADING, "caption": BlockKind.CAPTION}
_BREAKS = re.compile("[\x0b\x0c]")
_LINE_END = re.compile(rf"[{re.escape(SENTENCE_STOPS)}：:；;][{re.escape(CLOSERS + STRAIGHT_QUOTES)}]*$")
_BULLET = re.compile(rf"[{BULLETS}*+-]\s")
_SHORT_CELLS = 120
_TITLE_CELLS = (8, 300)
_TITLE_ZONE = 5
"""Paragraphs with text among which the title is looked for."""
_LAYOUT = (3, 200)
"""Paragraphs and characters from which on a cell holds a part of the text and not a datum."""


def parse(data: bytes, path: str, language: Language) -> Document:
    """The document in the Word file `data`, tracked changes accepted; comments, headers and footers are left out.

    Raises InputError where there is no text, and for a file that is damaged, locked or larger than can be meant.
    """
    paragraphs, styles = _paragraphs(Package(data, path), path)
    texts = [paragraph.text for paragraph in paragraphs]
    kinds = _kinds(paragraphs, texts, styles)
    builder = TextBuilder()
    start, date = 0, ""
    for text, kind in zip(texts, kinds, strict=True):
        for pieces in _blocks(text, start):
            for part, part_kind in signed(pieces, kind):
                builder.block(part, part_kind)
        if kind is BlockKind.METADATA:
            date = date or date_in(text)
        start += len(text) + 1
    document = builder.document("\n".join(texts), path, language, date)
    return replace(document, origins=replace(document.origins, unit="paragraph"))


def _paragraphs(package: Package, path: str) -> tuple[list[Paragraph], Styles]:
    """The paragraphs of the text and of its notes that have text; those of tables of contents are left out."""
    name = package.related("styles")
    styles = read_styles(package.opened(name), path) if name else Styles({})
    body = _story(package, package.main, styles, path)
    found = body.paragraphs
    wanted: dict[str, list[str]] = {}
    for kind, identifier in body.notes:
        wanted.setdefault(kind, []).append(identifier)
    for kind in sorted(wanted, reverse=True):
        if name := package.related(kind):
            found = [*found, *_notes(_story(package, name, styles, path), wanted[kind])]
    return [one for one in found if role_of(styles.of(one.style)) != "contents"], styles


def _story(package: Package, part: str, styles: Styles, path: str) -> Story:
    story = Story(styles, path)
    walk(package.opened(part), path, story.start, story.end, story.text)
    story.finish()
    return story


def _notes(story: Story, order: Sequence[str]) -> list[Paragraph]:
    """The paragraphs of the notes in the order in which the text refers to them."""
    notes: dict[str, list[Paragraph]] = {}
    for paragraph in story.paragraphs:
        notes.setdefault(paragraph.note, []).append(paragraph)
    return [paragraph for identifier in dict.fromkeys(order) for paragraph in notes.get(identifier, ())]


def _blocks(text: str, start: int) -> list[list[Piece]]:
    """The blocks of a paragraph: a line break ends one where a sentence ends before it, a page break always."""
    blocks: list[list[Piece]] = []
    flow = Flow()
    position, broken = 0, ""
    for end in [*(match.start() for match in _BREAKS.finditer(text)), len(text)]:
        if broken == PAGE_BREAK or (broken and _LINE_END.search(text_of(flow.pieces[-8:]))):
            blocks.append(flow.finish())
        elif broken:
            flow.force_space(start + position - 1)
        flow.feed(text[position:end], start + position)
        position, broken = end + 1, text[end : end + 1]
    return [*blocks, flow.finish()]


def _kinds(paragraphs: Sequence[Paragraph], texts: Sequence[str], styles: Styles) -> list[BlockKind]:
    kinds = [_kind(paragraph, text.strip(), styles) for paragraph, text in zip(paragraphs, texts, strict=True)]
    title = _title(paragraphs, texts, kinds, styles)
    return [BlockKind.TITLE if index == title else kind for index, kind in enumerate(kinds)]


def _kind(paragraph: Paragraph, text: str, styles: Styles) -> BlockKind:
    """By the style's name, then by the words, then by how the paragraph looks."""
    style = styles.of(paragraph.style)
    role = role_of(style)
    level = style.level if paragraph.level is None else paragraph.level
    if role in _KINDS or (level is not None and level < BODY_LEVEL):
        return _KINDS.get(role, BlockKind.HEADING)
    if newslines.is_metadata(text):
        return BlockKind.METADATA
    if newslines.is_caption(text):
        return BlockKind.CAPTION
    cell = paragraph.cell
    if cell is not None and not (cell.paragraphs >= _LAYOUT[0] and cell.characters > _LAYOUT[1]):
        return BlockKind.TABLE_CELL
    numbered = style.numbered if paragraph.numbered is None else paragraph.numbered
    if numbered or role == "list" or _BULLET.match(text):
        return BlockKind.LIST_ITEM
    return _of_short_line(paragraph, text, style.centred) if cell_width(text) <= _SHORT_CELLS else BlockKind.PARAGRAPH


def _of_short_line(paragraph: Paragraph, text: str, centred: bool | None) -> BlockKind:
    """Bold or centred lines without a stop are headings; under a picture they are captions."""
    if paragraph.note:
        return BlockKind.PARAGRAPH
    stopped = bool(_LINE_END.search(text))
    centred = bool(centred if paragraph.centred is None else paragraph.centred)
    if paragraph.after_image and (centred or not stopped):
        return BlockKind.CAPTION
    return BlockKind.HEADING if not stopped and (paragraph.bold or centred) else BlockKind.PARAGRAPH


def _title(paragraphs: Sequence[Paragraph], texts: Sequence[str], kinds: Sequence[BlockKind], styles: Styles) -> int:
    """The number of the title: one of that style, else a heading at the top, else an opening headline; or -1."""
    zone = range(min(_TITLE_ZONE, len(kinds)))
    for index in zone:
        if role_of(styles.of(paragraphs[index].style)) == "title":
            return index
    for index in zone:
        if kinds[index] is BlockKind.HEADING:
            return index
        if kinds[index] is BlockKind.PARAGRAPH:
            low, high = _TITLE_CELLS
            text = texts[index].strip()
            headline = low <= cell_width(text) <= high and not _LINE_END.search(text)
            return index if headline and index + 1 < len(kinds) else -1
    return -1
