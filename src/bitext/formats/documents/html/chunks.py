"""The running text of a page cut at its block-level elements: what may become blocks, before anything is chosen."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass

from bitext.errors import InputError
from bitext.formats.carried import Flow, Piece, text_of
from bitext.formats.documents.html import tags
from bitext.formats.documents.html.hidden import is_hidden
from bitext.formats.documents.html.notemarks import is_note_mark
from bitext.formats.documents.html.tokens import RAW_ELEMENTS, references
from bitext.formats.documents.html.tree import Node, Tree
from bitext.model.documents import Language
from bitext.model.findings import Message
from bitext.text.display import cell_width

_INDENT = re.compile(r"[ \t\r\n]*+(?:(?:&nbsp;|&ensp;|&#160;|[\u00a0\u2002]){2}|&emsp;|&#12288;|[\u2003\u3000])")
"""What CMS editors write at the beginning of a paragraph instead of an indent."""

_LINE_END = re.compile(r"[。！？；：…!?.;:][”’」』）)\]】\"']*$")
"""A line that ends so before `<br>` is a paragraph; any other goes on in the next line."""

LIMIT = 3_000_000
"""Characters of text of a page, markup and scripts not counted."""

_LANG = re.compile(r"\slang\s*=|xml:lang", re.IGNORECASE)
_WHOLE = frozenset({"html", "body"})
"""What these declare is the page's language, which sites often copy wrongly."""
_BY_TAG: Mapping[str, Language] = {"zh": "zh", "en": "en"}

_SPACES = " \t\n\r\f"


@dataclass(slots=True)
class Chunk:
    """A stretch of running text. `node` is the innermost block-level element around it, `first` its first text node.

    `cells` is its width in terminal cells, which weighs Chinese and English alike, and `linked` the part in links.
    `after_image` when an image and nothing else stands before it in its block or the blocks before, `bold` when all
    of it is in `b` or `strong`, `tags` when all its links lead to the page's keywords. `language` is that of a
    `lang` attribute inside the page around all of it.
    """

    node: int
    first: int
    pieces: list[Piece]
    text: str
    cells: int
    linked: int
    after_image: bool
    bold: bool
    tags: bool = False
    language: Language | None = None


def chunks_of(tree: Tree, path: str = "", dropped: Container[int] = ()) -> list[Chunk]:
    """All visible chunks of the page in order, without those in the elements `dropped`.

    Raises InputError for a page with more text than LIMIT.
    """
    size = sum(node.stop - node.start for node in tree.nodes if not node.tag and _is_text_of(tree, node))
    if size > LIMIT:
        raise InputError(Message.of("formats.document.too-long", size=size, limit=LIMIT, format="HTML"), path)
    return _Chunker(tree, dropped).run()


def _is_text_of(tree: Tree, node: Node) -> bool:
    return tree.nodes[node.parent].tag not in RAW_ELEMENTS


class _Chunker:
    def __init__(self, tree: Tree, dropped: Container[int]) -> None:
        self.tree = tree
        self.dropped = dropped
        self.chunks: list[Chunk] = []
        self.flow = Flow()
        self.linked = 0
        self.first = 0
        self.block = 0
        self.image = False
        self.breaks = 0
        self.link_end = 0
        self.bold_end = 0
        self.bold = True
        self.links = 0
        self.tags = 0
        self.languages = _languages(tree)
        self.language: Language | None = None

    def run(self) -> list[Chunk]:
        nodes = self.tree.nodes
        closing: list[int] = []  # block-level elements that are open; a chunk ends where one of them does
        index = 1
        while index < len(nodes):
            while closing and nodes[closing[-1]].end <= index:
                self._flush()
                closing.pop()
                self.block = closing[-1] if closing else 0
            node = nodes[index]
            if not node.tag:
                self._text(node, index)
            elif self._left_out(node, index):
                index = node.end
                continue
            elif node.tag in tags.BLOCK:
                self._flush()
                closing.append(index)
                self.block = index
            else:
                self._inline(node)
            index += 1
        self._flush()
        return self.chunks

    def _left_out(self, node: Node, index: int) -> bool:
        return node.tag in tags.LEFT_OUT or is_hidden(node) or index in self.dropped or is_note_mark(self.tree, index)

    def _inline(self, node: Node) -> None:
        if node.tag == "br":
            self.breaks += 1
        elif node.tag == "hr":
            self._flush()
        elif node.tag == "img":
            self.image = True
        elif node.tag == "a" and node.get("href"):
            self.link_end = node.end
            self.links += 1
            self.tags += "tag" in node.get("rel").lower().split()
        elif node.tag in ("b", "strong"):
            self.bold_end = max(self.bold_end, node.end)

    def _text(self, node: Node, index: int) -> None:
        source = self.tree.source
        raw = source[node.start : node.stop]
        if self.breaks and not raw.isspace():
            self._break(raw, node.start)
        declared = self.languages[index] if self.languages else None
        if not self.flow.pieces:
            self.first = index
            self.language = declared
        before = len(self.flow.pieces)
        feed_html(self.flow, raw, node.start)
        if len(self.flow.pieces) > before and declared != self.language:
            self.language = None
        if len(self.flow.pieces) > before and index >= self.bold_end:
            self.bold = self.bold and raw.isspace()
        if index < self.link_end:
            self.linked += sum(cell_width(piece[0]) for piece in self.flow.pieces[before:])

    def _break(self, raw: str, start: int) -> None:
        breaks, self.breaks = self.breaks, 0
        line = text_of(self.flow.pieces[-8:])
        heading = self.tree.nodes[self.block].tag in tags.HEADINGS
        if not heading and (breaks > 1 or _INDENT.match(raw) or _LINE_END.search(line)):
            self._flush()
        else:
            self.flow.force_space(start)

    def _flush(self) -> None:
        self.breaks = 0
        pieces = self.flow.finish()
        linked, self.linked = self.linked, 0
        bold, self.bold = self.bold, True
        tags, self.links, self.tags = 0 < self.links == self.tags, 0, 0
        if not pieces:
            return
        text = text_of(pieces)
        width = cell_width(text)
        linked = min(linked, width)
        self.chunks.append(
            Chunk(self.block, self.first, pieces, text, width, linked, self.image, bold, tags, self.language)
        )
        self.image = False


def _languages(tree: Tree) -> list[Language | None]:
    """Of each node the language of the nearest `lang` attribute below the body; nothing where the page has none."""
    if _LANG.search(tree.source) is None:
        return []
    found: list[Language | None] = []
    for node in tree.nodes:
        value = node.get("lang") or node.get("xml:lang") if node.tag and node.tag not in _WHOLE else ""
        above = found[node.parent] if node.parent >= 0 else None
        found.append(_BY_TAG.get(value.lower()[:2]) if value else above)
    return found


def feed_html(flow: Flow, raw: str, start: int) -> None:
    """Feed the source text `raw`, its character references decoded, each with the place where it stands."""
    if "&" not in raw:
        flow.feed(raw, start)
        return
    position = 0
    for begin, end, value in references(raw):
        flow.feed(raw[position:begin], start + position)
        flow.reference(value, start + begin, end - begin)
        position = end
    flow.feed(raw[position:], start + position)
