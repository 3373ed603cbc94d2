"""Reads Markdown (CommonMark with tables), as site generators such as Hugo and Docusaurus keep their pages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bitext.errors import InputError
from bitext.formats.carried import Flow, Piece, TextBuilder, lines_with_offsets, text_of
from bitext.formats.documents import newslines
from bitext.formats.documents.markdown_source import Source, source_of
from bitext.formats.documents.newsdates import date_in
from bitext.formats.documents.signed import signed
from bitext.formats.documents.waivers import with_waivers
from bitext.model.documents import BlockKind, Document, Language
from bitext.model.findings import Message

if TYPE_CHECKING:
    from markdown_it.token import Token

LIMIT = 500_000
"""Characters. The parser takes up to ten seconds for as many on purpose, two for a text."""

_LINE_END = re.compile(r"[。！？；：…!?.;:][”’」』）)\]】\"']*$")
_FILE_NAME = re.compile(r"[\w%./+-]+")
_NAME_PART = re.compile(r"[\d_./%-]|img|image|picture|photo|alt|logo|screenshot", re.IGNORECASE)
_PARTING = re.compile(r"[\r\n]")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_SHOWN = re.compile(r"<code\s[^>]*\bsrc\s*=", re.IGNORECASE)
"""A program that the page shows by its file; what stands in the element is its title."""


def parse(text: str, path: str, language: Language) -> Document:
    """The document in the Markdown `text`: headings, paragraphs, list items, table cells, images' texts as captions.

    Left out are code blocks, HTML, link addresses, shortcodes, MDX components and front matter, of which the title
    and the summary are kept.
    Raises InputError where there is no text, and for what is longer than LIMIT or nested too deeply.
    """
    if len(text) > LIMIT:
        message = Message.of("formats.document.too-long", size=len(text), limit=LIMIT, format="Markdown")
        raise InputError(message, path)
    source = source_of(lines_with_offsets(text), path)
    writer = _Writer(source)
    try:
        writer.write(_tokens(source.text))
    except RecursionError as error:
        raise InputError(Message.of("formats.document.too-deep"), path) from error
    document = writer.builder.document(text, path, language, source.date or writer.date)
    if not writer.bodied:
        # The summary of a page without other text is its text.
        kinds = {BlockKind.METADATA: BlockKind.PARAGRAPH}
        blocks = tuple(replace(block, kind=kinds.get(block.kind, block.kind)) for block in document.blocks)
        document = replace(document, blocks=blocks)
    return with_waivers(document, text, [*source.comments, *writer.comments], _PARTING)


def _tokens(text: str) -> list[Token]:
    from bitext.formats.documents.markdown_positions import parser

    return parser().parse(text)


def _begins_title(tag: str) -> bool:
    return _SHOWN.match(tag) is not None and not tag.endswith("/>")


class _Writer:
    """Turns the tokens of the parser to blocks."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.builder = TextBuilder()
        self.date = ""
        self.comments: list[tuple[str, int]] = []
        self.flow = Flow()
        self.captions: list[list[Piece]] = []
        self.content = ""
        self.bare_address = False
        self.bodied = False
        self.titled = bool(source.title)
        lengths = [0]
        for line in source.lines:
            lengths.append(lengths[-1] + len(line) + 1)
        self.source_starts = lengths
        self._front(source.title, BlockKind.TITLE)
        self._front(source.summary, BlockKind.METADATA)

    def write(self, tokens: Sequence[Token]) -> None:
        containers: list[str] = []
        for token in tokens:
            if token.type == "inline":
                self._inline(token, containers)
            elif token.type == "html_block":
                self._comments(token)
            elif token.nesting > 0:
                containers.append(token.tag)
            elif token.nesting < 0:
                containers.pop()

    def _inline(self, token: Token, containers: list[str]) -> None:
        pairs = token.meta.get("map", [(0, 0)])
        kind = self._kind(containers)
        self.content = token.content
        shown = False
        for child in token.children or ():
            if child.type == "html_inline" and (child.content == "</code>" if shown else _begins_title(child.content)):
                self._end(BlockKind.CAPTION if shown else kind)
                shown = not shown
            elif child.type == "hardbreak" or (child.type == "html_inline" and _BREAK.fullmatch(child.content)):
                self._hard_break(kind)
            elif child.type == "note":
                self._end(kind)
            else:
                self._child(self.flow, child, pairs)
        self.bodied = self.bodied or bool(self.flow.pieces)
        self._end(BlockKind.CAPTION if shown else kind)
        captions, self.captions = self.captions, []
        for pieces in captions:
            text = text_of(pieces)
            if not (_FILE_NAME.fullmatch(text) and _NAME_PART.search(text)):
                self.builder.block(pieces, BlockKind.CAPTION)

    def _child(self, flow: Flow, child: Token, pairs: list[tuple[int, int]]) -> None:
        at = child.meta.get("at", 0)
        if child.type in ("link_open", "link_close"):
            # `<https://...>` shows nothing but its address.
            self.bare_address = child.type == "link_open" and child.markup == "autolink"
        elif child.type == "text":
            if not self.bare_address:
                self._feed(flow, child.content, at, pairs)
        elif child.type == "text_special":
            self._special(flow, child, self._file_offset(at, pairs))
        elif child.type == "softbreak":
            flow.space(self._file_offset(at, pairs), breaks=True)
        elif child.type == "code_inline":
            self._code(flow, child, at, pairs)
        elif child.type == "image":
            self._image(child, pairs)
        elif child.type == "html_inline" and child.content.startswith("<!--"):
            self.comments.append((child.content, self._file_offset(at, pairs)))

    def _comments(self, token: Token) -> None:
        """The comments of a block of HTML, each with the place where its line begins."""
        text, line, position = token.content, token.map[0] if token.map else 0, 0
        while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
            line += text.count("\n", position, start)
            self.comments.append((text[start : end + 3], self.source.starts[min(line, len(self.source.starts) - 1)]))
            line += text.count("\n", start, end)
            position = end

    def _special(self, flow: Flow, child: Token, start: int) -> None:
        """An entity, or an escaped character, which stands after its backslash, or a backslash that escapes nothing."""
        if child.info == "entity":
            flow.reference(child.content, start, len(child.markup))
        else:
            flow.feed(child.content, start + len(child.markup) - len(child.content))

    def _code(self, flow: Flow, child: Token, at: int, pairs: list[tuple[int, int]]) -> None:
        # The parser takes one space off either side of a code span where both sides have one.
        start = at + len(child.markup)
        raw = self.content[start : start + len(child.content)].replace("\n", " ")
        self._feed(flow, child.content, start if raw == child.content else start + 1, pairs)

    def _image(self, image: Token, pairs: list[tuple[int, int]]) -> None:
        flow = Flow()
        for child in image.children or ():
            self._child(flow, child, pairs)
        self.captions.append(flow.finish())

    def _hard_break(self, kind: BlockKind) -> None:
        ended = _LINE_END.search(text_of(self.flow.pieces[-8:]))
        if ended and kind is BlockKind.PARAGRAPH:
            self._end(kind)
        elif self.flow.pieces:
            last = self.flow.pieces[-1]
            self.flow.force_space(last[1] + last[2])

    def _feed(self, flow: Flow, text: str, at: int, pairs: list[tuple[int, int]]) -> None:
        """Feed content that stands from content offset `at` on, cut where the map of its block has a new pair."""
        following = bisect_right(pairs, at, key=lambda pair: pair[0])
        position = 0
        while position < len(text):
            limit = pairs[following][0] - at if following < len(pairs) else len(text)
            end = min(max(limit, position), len(text))
            flow.feed(text[position:end], self._file_offset(at + position, pairs))
            position = end
            following += 1

    def _file_offset(self, at: int, pairs: list[tuple[int, int]]) -> int:
        content, source = pairs[max(bisect_right(pairs, at, key=lambda pair: pair[0]) - 1, 0)]
        offset = source + max(at - content, 0)
        line = bisect_right(self.source_starts, offset) - 1
        return self.source.starts[min(line, len(self.source.starts) - 1)] + offset - self.source_starts[line]

    def _front(self, pieces: Sequence[Piece], kind: BlockKind) -> None:
        """A block of the front matter: the title or the summary."""
        for text, start, length in pieces:
            if len(text) == length:
                self.flow.feed(text, start)
            else:
                self.flow.put(text, start, length)
        self.builder.block(self.flow.finish(), kind)

    def _kind(self, containers: list[str]) -> BlockKind:
        if containers[-1:] == ["h1"] and not self.titled:
            self.titled = True
            return BlockKind.TITLE
        for tag in reversed(containers):
            if tag[0] == "h" and tag[1:].isdigit():
                return BlockKind.HEADING
            if tag in ("td", "th"):
                return BlockKind.TABLE_CELL
            if tag == "li":
                return BlockKind.LIST_ITEM
        return BlockKind.PARAGRAPH

    def _end(self, kind: BlockKind) -> None:
        pieces = self.flow.finish()
        text = text_of(pieces)
        if kind is BlockKind.PARAGRAPH and newslines.is_metadata(text):
            kind = BlockKind.METADATA
            self.date = self.date or date_in(text)
        elif kind is BlockKind.PARAGRAPH and newslines.is_caption(text):
            kind = BlockKind.CAPTION
        for part, part_kind in signed(pieces, kind):
            self.builder.block(part, part_kind)
