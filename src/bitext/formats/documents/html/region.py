"""Which part of a page is its main text.

Each chunk has a value: running text counts for its width, links, lone words and furniture count against. The main
text is the element whose chunks have the largest sum (the largest subtree sum), unless the page names its body as
the common content management systems do. The same values tell what to leave out inside it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate

from bitext.formats.documents.html import hints, tags
from bitext.formats.documents.html.chunks import Chunk
from bitext.formats.documents.html.tree import Tree

_STOPS = re.compile(r"[。！？；…!?.;:：][”’」』）)\]\"']*$")
_CHUNK_CAP = 600
_PROSE_CELLS = 80
_LINK_COST = 30
_SHORT_COST = 6


class Region:
    """The chunks of a page with their values, and sums of them over subtrees in logarithmic time."""

    def __init__(self, tree: Tree, chunks: list[Chunk]) -> None:
        self.tree = tree
        self.chunks = chunks
        self._firsts = [chunk.first for chunk in chunks]
        self._cells = [0, *accumulate(chunk.cells for chunk in chunks)]
        self._linked = [0, *accumulate(chunk.linked for chunk in chunks)]
        values = [value(chunk) for chunk in chunks]
        self._values = [0, *accumulate(values)]
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

    def cells(self, node: int) -> int:
        """The width of all text below the node."""
        here = self.within(node)
        return self._cells[here.stop] - self._cells[here.start]

    def linked_share(self, node: int) -> float:
        """The share of the text below the node that stands in links."""
        here = self.within(node)
        linked = self._linked[here.stop] - self._linked[here.start]
        return linked / max(self._cells[here.stop] - self._cells[here.start], 1)

    def _furniture(self) -> list[int]:
        """Elements that call themselves furniture and do not hold most of the page's running text."""
        found: list[int] = []
        total = max(self.value(0), 1)
        end = 0
        for index, node in enumerate(self.tree.nodes):
            if index < end or node.tag not in tags.BLOCK or node.tag in ("html", "body", "main"):
                continue
            if hints.is_furniture(node) and self.value(index) < 0.3 * total:
                found.append(index)
                end = node.end
        return found

    def best(self, root: int = 0) -> int:
        """The element at or below `root` with the largest value; the innermost of equals."""
        best, most = root, self.value(root)
        for index in self.tree.subtree(root):
            node = self.tree.nodes[index]
            if node.tag in tags.BLOCK and node.tag not in tags.HEADINGS:
                sum_here = self.value(index)
                if sum_here >= most:
                    best, most = index, sum_here
        return best

    def roots(self) -> list[int]:
        """The elements that hold the main text, in order."""
        scored = self.best()
        floor = 0.3 * self.value(scored)
        for test in (hints.is_cms_body, hints.is_article_body):
            found = self._outermost(test)
            if found and sum(self.value(index) for index in found) >= floor:
                largest = max(found, key=self.value)
                if test is hints.is_cms_body or len(found) == 1 or self.value(largest) > 0.5 * floor / 0.3:
                    return found if test is hints.is_cms_body else [largest]
        found = self._outermost(hints.is_article)
        if found:
            largest = max(found, key=self.value)
            if self.value(largest) >= 2 * floor:
                return [largest]
        return [scored]

    def _outermost(self, test: object) -> list[int]:
        assert callable(test)
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
    if free >= _PROSE_CELLS or (free >= 20 and _STOPS.search(chunk.text)):
        return min(free, _CHUNK_CAP)
    return -_SHORT_COST
