"""What a kept chunk is to a reader: heading, caption, list item, table cell, metadata or paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bitext.formats.documents import newslines
from bitext.formats.documents.html import hints, tags
from bitext.formats.documents.html.chunks import Chunk
from bitext.formats.documents.html.tree import Node, Tree
from bitext.model.documents import BlockKind

_CAPTION_CELLS = 120
_CELL_CELLS = 200
_LEVELS = 6

_STOP = re.compile(r"[。！？；…!?;.]$")
_DATELINE = re.compile(r"\d{1,2}\s?[月/.-]\s?\d{1,2}\s?日?\s?(?:[电電讯訊]|[报報]道|消息)$")
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_BY_TAG = {
    **dict.fromkeys(tags.HEADINGS, BlockKind.HEADING),
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
    "li": BlockKind.LIST_ITEM,
    "dt": BlockKind.LIST_ITEM,
    "dd": BlockKind.LIST_ITEM,
    "td": BlockKind.TABLE_CELL,
    "th": BlockKind.TABLE_CELL,
}


def kinds_of(tree: Tree, chunks: Sequence[Chunk]) -> list[BlockKind]:
    """The kinds of the kept chunks. On a page where most would be captions by their looks they are its text."""
    kinds = [kind_of(tree, chunk) for chunk in chunks]
    looks = [
        kind is BlockKind.CAPTION and not newslines.is_caption(chunk.text) and _by_elements(tree, chunk) is not kind
        for kind, chunk in zip(kinds, chunks, strict=True)
    ]
    if sum(looks) <= len(looks) // 2:
        return kinds
    return [BlockKind.PARAGRAPH if look else kind for look, kind in zip(looks, kinds, strict=True)]


def kind_of(tree: Tree, chunk: Chunk) -> BlockKind:
    """The kind of the chunk by its words, then by the elements around it."""
    if newslines.is_metadata(chunk.text):
        return BlockKind.METADATA
    if newslines.is_caption(chunk.text):
        return BlockKind.CAPTION
    kind = _by_elements(tree, chunk)
    if kind is BlockKind.PARAGRAPH and chunk.cells <= _CAPTION_CELLS:
        return _of_short_line(tree, chunk)
    return kind


def _of_short_line(tree: Tree, chunk: Chunk) -> BlockKind:
    """Bold lines without a stop are headings; lines under an image, and centred ones without a stop, captions."""
    stopped = bool(_STOP.search(chunk.text))
    if not stopped and chunk.bold:
        return BlockKind.HEADING
    if _DATELINE.search(chunk.text):
        return BlockKind.PARAGRAPH
    centred = _is_centred(tree.nodes[chunk.node])
    if centred + (not stopped) + chunk.after_image >= 2:
        return BlockKind.CAPTION
    return BlockKind.PARAGRAPH


def _by_elements(tree: Tree, chunk: Chunk) -> BlockKind:
    for level, index in enumerate(tree.ancestors(chunk.node)):
        node = tree.nodes[index]
        kind = _BY_TAG.get(node.tag)
        if kind is BlockKind.TABLE_CELL and _is_layout(tree, index):
            return BlockKind.PARAGRAPH
        if kind or level > _LEVELS:
            return kind or BlockKind.PARAGRAPH
        if level < 2 and "caption" in hints.words(node):
            return BlockKind.CAPTION
    return BlockKind.PARAGRAPH


def _is_layout(tree: Tree, cell: int) -> bool:
    """Whether a table cell holds a part of the page and not a datum: long, with paragraphs of its own."""
    end = tree.nodes[cell].end
    inner = sum(tree.nodes[i].tag in ("p", "div", "table") for i in range(cell + 1, min(end, cell + 400)))
    return inner > 2 and tree.nodes[end - 1].stop - tree.nodes[cell].start > _CELL_CELLS


def _is_centred(node: Node) -> bool:
    return node.tag == "center" or node.get("align").lower() == "center" or bool(_CENTRED.search(node.get("style")))
