"""The chunks of a page that are kept: title, the lines about the text, and the main text without furniture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bitext.formats.documents import newslines
from bitext.formats.documents.html import hints, tags
from bitext.formats.documents.html.chunks import Chunk
from bitext.formats.documents.html.page import title_texts
from bitext.formats.documents.html.region import Region, value
from bitext.formats.documents.html.tree import Tree

_HEAD_ZONE = 30
_LONGEST_SUBTITLE = 160
_TAIL_ZONE = 5
_LIST_SHARE = 0.7
_LIST_ITEMS = 3


@dataclass(frozen=True, slots=True)
class Selection:
    """Indices of the chunks to keep, in order; `title` is one of them, or -1 where the page shows no title.

    `about` are those of the kept that are known to be lines about the text.
    """

    kept: tuple[int, ...]
    title: int = -1
    about: frozenset[int] = frozenset()


def everything(chunks: list[Chunk], tree: Tree) -> Selection:
    """All chunks: what a fragment of a page is made of."""
    title = next((i for i, chunk in enumerate(chunks) if tree.nodes[chunk.node].tag == "h1"), -1)
    return Selection(tuple(range(len(chunks))), title)


def main_text(region: Region, roots: Sequence[int] = ()) -> Selection:
    """The main text of a whole page, with its title and the lines that tell its date, source and authors.

    Where `roots` are known to hold the text, all in them is of it.
    """
    kept = [i for root in roots for i in region.within(root)]
    for root in () if roots else region.roots():
        kept += _within_root(region, root)
    while not roots and kept and newslines.is_imprint(region.chunks[kept[-1]].text):
        kept.pop()
    kept = kept or _within_root(region, 0)
    if not kept:
        return everything(region.chunks, region.tree)
    title = _title(region, kept)
    if title >= 0:
        kept = [i for i in kept if i > title or value(region.chunks[i]) > 0]
    head = _head_zone(region, title, kept[0] if kept else title + 1)
    tail = _tail_zone(region, kept[-1]) if kept else []
    return Selection(tuple(sorted({*head, *kept, *tail, *([title] if title >= 0 else [])})), title)


def _within_root(region: Region, root: int) -> list[int]:
    here = region.within(root)
    dropped = _in_furniture(region, root) | _in_link_lists(region, root) | _after_related(region, root)
    return [i for i in here if i not in dropped and not _is_no_text(region.chunks[i])]


def _is_no_text(chunk: Chunk) -> bool:
    """Whether the chunk alone tells that it is none of the text: a line of furniture, or the page's keywords."""
    return newslines.is_furniture(chunk.text) or (chunk.tags and chunk.linked > chunk.cells // 2)


def _in_furniture(region: Region, root: int) -> set[int]:
    return {i for node in region.furniture if region.tree.inside(node, root) for i in region.within(node)}


def _in_link_lists(region: Region, root: int) -> set[int]:
    """Chunks of lists, tables and groups of elements that are mostly links."""
    dropped: set[int] = set()
    end = 0
    for index in region.tree.subtree(root):
        node = region.tree.nodes[index]
        if index < end or index == root or node.tag not in tags.BLOCK:
            continue
        here = region.within(index)
        if len(here) >= _LIST_ITEMS and region.linked_share(index) > _LIST_SHARE and region.value(index) < 0:
            dropped.update(here)
            end = node.end
    return dropped


def _after_related(region: Region, root: int) -> set[int]:
    """Chunks from a heading such as "Related articles" to the end of the part of the page that it heads."""
    dropped: set[int] = set()
    limit = 0.5 * region.value(root)
    for i in region.within(root):
        if i in dropped or not newslines.begins_related(region.chunks[i].text):
            continue
        cut = _until_text(region, _headed_by(region, i, root))
        if sum(max(value(region.chunks[k]), 0) for k in cut) <= limit:
            dropped.update(cut)
    return dropped


def _until_text(region: Region, cut: range) -> range:
    """The part of `cut` before the text goes on: a paragraph beside those before the heading, after a list elsewhere.

    Sites put boxes with other items amid the text, and often only a script fills them.
    """
    chunks, nodes = region.chunks, region.tree.nodes
    before = cut.start - 1
    if before < 0 or value(chunks[before]) <= 0 or not newslines.heads_a_list(chunks[cut.start].text):
        return cut
    last = nodes[chunks[before].node]
    for k in cut[1:]:
        node = nodes[chunks[k].node]
        if node.parent == last.parent:
            goes_on = node.tag == last.tag and not chunks[k].linked and value(chunks[k]) > 0
            return range(cut.start, k) if goes_on else cut
    return cut


def _headed_by(region: Region, i: int, root: int) -> range:
    nodes = region.tree.nodes
    element = region.chunks[i].node
    while element not in (root, 0) and len(region.within(element)) == 1:
        element = nodes[element].parent
    stop = region.within(element if region.tree.inside(element, root) else root).stop
    rank = nodes[region.chunks[i].node].tag
    if rank in tags.HEADINGS:
        for k in range(i + 1, stop):
            tag = nodes[region.chunks[k].node].tag
            if tag in tags.HEADINGS and tag <= rank and not newslines.begins_related(region.chunks[k].text):
                return range(i, k)
    return range(i, stop)


def _title(region: Region, kept: list[int]) -> int:
    """The chunk that shows the page's title: a heading or an element named so, above or at the top of the text."""
    heads = [_letters(text) for text in title_texts(region.tree)]
    last = next((i for i in kept if value(region.chunks[i]) > 0), kept[0])
    best, most = -1, 0.0
    for i in range(min(last + 4, len(region.chunks))):
        score = _title_score(region, i, heads)
        # Of equals the later counts: pages repeat the title in a bar above the text.
        if score > 0 and (score >= most if i <= last else score > most):
            best, most = i, score
    if best < 0 and not heads and region.tree.nodes[region.chunks[kept[0]].node].tag in tags.HEADINGS:
        return kept[0]
    return best


def _title_score(region: Region, i: int, heads: list[str]) -> float:
    """How likely the chunk shows the title: how much of the head's title it says, and what element it is in."""
    chunk = region.chunks[i]
    node = region.tree.nodes[chunk.node]
    letters = _letters(chunk.text)
    if len(letters) < 2 or len(chunk.text) > 300:
        return 0.0
    named = node.tag in tags.HEADINGS or hints.is_title(node)
    if chunk.linked > chunk.cells // 2 and not named:
        return 0.0
    said = max((len(letters) / len(head) for head in heads if head and letters in head), default=0.0)
    longer = max((len(head) / len(letters) for head in heads if len(head) >= 4 and head in letters), default=0.0)
    rank = 3.0 if node.tag == "h1" else 1.0 if named else 0.0
    if max(said, longer) > 0.25 and len(letters) >= 4:
        return 10 * max(said, longer) + rank
    return 0.5 if node.tag == "h1" and not region.is_furniture(chunk.node) else 0.0


def _letters(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def _head_zone(region: Region, title: int, first: int) -> list[int]:
    """Lines between the title and the text that tell its date and source, and headings under the title."""
    furniture = _in_furniture(region, 0)
    start = title + 1 if title >= 0 else max(first - 6, 0)
    zone = range(start, first) if first - start <= _HEAD_ZONE else range(0)
    return [
        i
        for i in zone
        if newslines.is_metadata(region.chunks[i].text)
        or (title >= 0 and i not in furniture and _subtitle(region, i, title, first))
    ]


def _subtitle(region: Region, i: int, title: int, first: int) -> bool:
    """A heading, or the one line that stands between the title and what is said of the item."""
    chunk = region.chunks[i]
    if chunk.linked or newslines.is_furniture(chunk.text):
        return False
    between = i == title + 1 and i + 1 < first and newslines.is_metadata(region.chunks[i + 1].text)
    return region.tree.nodes[chunk.node].tag in tags.HEADINGS or (between and len(chunk.text) <= _LONGEST_SUBTITLE)


def _tail_zone(region: Region, last: int) -> list[int]:
    """Lines directly after the text that tell who wrote and edited it."""
    found: list[int] = []
    for i in range(last + 1, min(last + 1 + _TAIL_ZONE, len(region.chunks))):
        if not newslines.is_metadata(region.chunks[i].text):
            break
        found.append(i)
    return found
