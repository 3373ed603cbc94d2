"""Which part of a page is its main text.

Each chunk has a value: running text counts for its width, links, lone words and furniture count against. The main
text is the element whose chunks have the largest sum (the largest subtree sum), unless the page names its body as
the common content management systems do. The same values tell what to leave out inside it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from itertools import accumulate

from bitext.formats.documents import newslines
from bitext.formats.documents.html import hints, tags
from bitext.formats.documents.html.chunks import Chunk
from bitext.formats.documents.html.tree import Node, Tree

_STOPS = re.compile(r"[。！？；…!?.;][”’」』）)】\]\"']*$")

_CHUNK_CAP = 600
"""Cells of one chunk that count, so that one long legal notice does not outweigh an article."""
_PROSE_CELLS = 80
_LINK_COST = 20
_SHORT_COST = 2

_MOST = 0.5
"""The main text is at least this share of a page's running text; a page of many lists has it scattered."""
_SMALL_PAGE = 600
"""Cells of running text up to which a page's main text is all of it: too little to tell parts apart."""
_FURNITURE_SHARE = 0.3
"""What calls itself furniture and holds more than this share of a page's value is not believed."""
_HINT_SHARE = 0.3
_PARTS = frozenset({"p", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "figure", "tr", "tbody", "table"})
"""Elements that are parts of a text and not the whole of it."""
_TYPED = frozenset({"", "text", "email", "tel", "checkbox", "radio", "password", "search"})
_WHOLE_SHARE = 0.7


class Region:
    """The chunks of a page with their values, and sums of them over subtrees in logarithmic time."""

    def __init__(self, tree: Tree, chunks: list[Chunk]) -> None:
        self.tree = tree
        self.chunks = chunks
        self._firsts = [chunk.first for chunk in chunks]
        self._cells = [0, *accumulate(chunk.cells for chunk in chunks)]
        self._linked = [0, *accumulate(chunk.linked for chunk in chunks)]
        values = [value(chunk) for chunk in chunks]
        self._prose = [0, *accumulate(max(worth, 0) for worth in values)]
        self.furniture = self._furniture()
        for root in self.furniture:
            here = self.within(root)
            values[here.start : here.stop] = [-_SHORT_COST] * len(here)
        self._values = [0, *accumulate(values)]

    def within(self, node: int) -> range:
        """The indices of the chunks below the node."""
        return range(bisect_left(self._firsts, node), bisect_left(self._firsts, self.tree.nodes[node].end))

    def value(self, node: int) -> int:
        """The sum of the values of the chunks below the node."""
        here = self.within(node)
        return self._values[here.stop] - self._values[here.start]

    def prose(self, node: int) -> int:
        """The sum of what speaks for the chunks below the node, furniture or not."""
        here = self.within(node)
        return self._prose[here.stop] - self._prose[here.start]

    def linked_share(self, node: int) -> float:
        """The share of the text below the node that stands in links."""
        here = self.within(node)
        linked = self._linked[here.stop] - self._linked[here.start]
        return linked / max(self._cells[here.stop] - self._cells[here.start], 1)

    def is_furniture(self, node: int) -> bool:
        """Whether the node stands inside furniture."""
        index = bisect_left(self.furniture, node + 1) - 1
        return index >= 0 and self.tree.inside(node, self.furniture[index])

    def roots(self) -> list[int]:
        """The elements that hold the main text, in order."""
        scored = self._widened(self._best())
        most = self.value(scored)
        bodies = self._outermost(hints.is_cms_body)
        if bodies and sum(map(self.value, bodies)) >= _HINT_SHARE * most:
            return bodies
        for test in (hints.is_article_body, hints.is_article):
            found = self._outermost(test)
            largest = max(found, key=self.value, default=0)
            if found and self.value(largest) >= _WHOLE_SHARE * most:
                return [largest]
            if len(found) > 1 and sum(map(self.value, found)) >= _WHOLE_SHARE * most:
                return found
        return [scored]

    def _furniture(self) -> list[int]:
        """Outermost elements that call themselves furniture and do not hold much of the page's running text."""
        found: list[int] = []
        small = _FURNITURE_SHARE * max(self.prose(0), 1)
        end = 0
        for index, node in enumerate(self.tree.nodes):
            if index < end or node.tag not in tags.BLOCK or node.tag in ("html", "body", "main"):
                continue
            if (hints.is_furniture(node) or self._is_form(index)) and (
                self.prose(index) < small or self._is_comments(index)
            ):
                found.append(index)
                end = node.end
        return found

    def _is_form(self, index: int) -> bool:
        """Whether the element is a form to be filled in, and not one that some systems put around the whole page."""
        nodes = self.tree.nodes
        if nodes[index].tag != "form":
            return False
        fields = sum(
            nodes[i].tag in ("select", "textarea") or (nodes[i].tag == "input" and nodes[i].get("type") in _TYPED)
            for i in self.tree.subtree(index)
        )
        return fields > 1

    def _is_comments(self, index: int) -> bool:
        """Whether the element holds readers' comments, which may be longer than the text, and not the text also."""
        if not hints.is_comments(self.tree.nodes[index]):
            return False
        nodes = self.tree.nodes
        return not any(nodes[i].tag == "h1" or hints.is_article_body(nodes[i]) for i in self.tree.subtree(index))

    def _best(self) -> int:
        """The element with the largest value; the innermost of equals."""
        best, most = 0, self.value(0)
        for index, node in enumerate(self.tree.nodes):
            if node.tag in tags.BLOCK and node.tag not in tags.HEADINGS:
                here = self.value(index)
                if here >= most:
                    best, most = index, here
        return best

    def _widened(self, root: int) -> int:
        """The innermost element at or around `root` that holds most of the page's running text outside furniture."""
        total = self._own_prose(0)
        enough = total if total <= _SMALL_PAGE else _MOST * total
        nodes = self.tree.nodes
        while root and (self._own_prose(root) < enough or nodes[root].tag in _PARTS):
            root = self.tree.nodes[root].parent
        return root

    def _own_prose(self, root: int) -> int:
        first = bisect_left(self.furniture, root)
        last = bisect_left(self.furniture, self.tree.nodes[root].end)
        return self.prose(root) - sum(map(self.prose, self.furniture[first:last]))

    def _outermost(self, test: Callable[[Node], bool]) -> list[int]:
        found: list[int] = []
        end = 0
        for index, node in enumerate(self.tree.nodes):
            if index >= end and node.tag in tags.BLOCK and test(node) and self.within(index):
                found.append(index)
                end = node.end
        return found


def value(chunk: Chunk) -> int:
    """What the chunk says for (positive) or against (negative) its surroundings being running text."""
    free = chunk.cells - chunk.linked
    if chunk.linked > free:
        return -(_LINK_COST + min(chunk.linked, _LINK_COST) // 2)
    if newslines.is_imprint(chunk.text) or newslines.is_furniture(chunk.text):
        return -_LINK_COST
    if free >= _PROSE_CELLS or _STOPS.search(chunk.text):
        return min(free, _CHUNK_CAP)
    return -_SHORT_COST
