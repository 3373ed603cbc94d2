"""What is known of a site's pages: which elements hold the text, the title and the lines about it, and what to drop."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bitext.formats.documents.html import tags
from bitext.formats.documents.html.chunks import Chunk
from bitext.formats.documents.html.selectors import Selector, parse_selector
from bitext.formats.documents.html.tree import Tree
from bitext.formats.documents.newsdates import date_in

ABOUT = ("date", "source", "author")
"""The fields whose elements are lines about the text."""


@dataclass(frozen=True, slots=True)
class SiteProfile:
    """Selectors for the pages of one site; what is None is found by the structure of the page.

    Only `body` is exclusive: where it matches, nothing but the title and the lines about the text stands outside it.
    """

    body: Selector | None = None
    title: Selector | None = None
    date: Selector | None = None
    source: Selector | None = None
    author: Selector | None = None
    drop: Selector | None = None

    @staticmethod
    def of(
        *, body: str = "", title: str = "", date: str = "", source: str = "", author: str = "", drop: str = ""
    ) -> SiteProfile:
        """A profile from CSS selectors; empty ones are left to the structure. Raises ConfigError."""
        given = (body, title, date, source, author, drop)
        return SiteProfile(*(parse_selector(text) if text.strip() else None for text in given))

    def dropped(self, tree: Tree) -> frozenset[int]:
        """The elements that are left out with all that is in them."""
        return frozenset(self.drop.select(tree)) if self.drop else frozenset()

    def about(self, tree: Tree, chunks: Sequence[Chunk]) -> frozenset[int]:
        """The indices of the chunks that are lines about the text."""
        selectors = (getattr(self, name) for name in ABOUT)
        return frozenset(
            i for selector in selectors if selector for node in selector.select(tree) for i in held(tree, chunks, node)
        )

    def shown_date(self, tree: Tree) -> str:
        """The date that the elements for it give, by an attribute or by their text, as ISO 8601; or nothing."""
        for index in self.date.select(tree) if self.date else ():
            node = tree.nodes[index]
            for text in (node.get("datetime"), node.get("content"), tree.raw_text(index)):
                if found := date_in(text):
                    return found
        return ""


def held(tree: Tree, chunks: Sequence[Chunk], node: int) -> Iterator[int]:
    """The chunks that have text of the element: those in it, and for an inline element the one around it."""
    first = bisect_left(chunks, node, key=lambda chunk: chunk.first)
    around = first - 1
    if around >= 0 and tree.nodes[node].tag not in tags.BLOCK and tree.inside(node, chunks[around].node):
        yield around
    yield from range(first, bisect_left(chunks, tree.nodes[node].end, key=lambda chunk: chunk.first))


def outermost(tree: Tree, chunks: Sequence[Chunk], selector: Selector | None) -> list[int]:
    """The elements that match, hold text and stand in no other one that does."""
    found: list[int] = []
    end = 0
    for index in selector.select(tree) if selector else ():
        if index >= end and next(held(tree, chunks, index), None) is not None:
            found.append(index)
            end = tree.nodes[index].end
    return found
