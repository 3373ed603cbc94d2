"""What a page says of itself in its head: title and date."""

from __future__ import annotations

import re

from bitext.formats.documents.html.tree import Tree
from bitext.formats.documents.newsdates import date_in

_DATE_NAMES = (
    *("article:published_time", "pubdate", "publishdate", "publish_date", "publishtime", "og:published_time"),
    *("publication_date", "dc.date.issued", "dc.date", "dcterms.issued", "dcterms.created", "date", "datepublished"),
    *("firstcreatetime", "sailthru.date"),
)
"""Names of meta elements, the surest first."""

_TITLE_BREAK = re.compile(r"\s*(?:\s[-–—|·:@]\s|::|[|_丨»]|--|——|-(?=[\u4e00-\u9fff]))\s*")


def head_title(tree: Tree) -> int:
    """The index of the page's title element, or 0."""
    return next((index for index, node in enumerate(tree.nodes) if node.tag == "title"), 0)


def title_texts(tree: Tree) -> list[str]:
    """The item's titles that the head gives: the item's own part of the title element, and those of meta elements."""
    index = head_title(tree)
    whole = tree.raw_text(index) if index else ""
    start, end = own_part(whole)
    found = [whole[start:end]]
    for node in tree.nodes:
        if node.tag == "meta":
            name = (node.get("property") or node.get("name")).lower()
            if name in ("og:title", "twitter:title", "articletitle"):
                found.append(" ".join(node.get("content").split()))
    return [text for text in found if text]


def own_part(title: str) -> tuple[int, int]:
    """The part [start, end) of a head title that is the item's own, without the names of the site around it.

    Sites put their name after the item's title, parted by a mark; the first part counts unless it is much shorter
    than another.
    """
    parts: list[tuple[int, int]] = []
    start = 0
    for match in _TITLE_BREAK.finditer(title):
        parts.append((start, match.start()))
        start = match.end()
    parts.append((start, len(title)))
    first = next((part for part in parts if part[1] > part[0]), (0, len(title)))
    longest = max(parts, key=lambda part: part[1] - part[0])
    return longest if longest[1] - longest[0] > 2 * (first[1] - first[0]) else first


def head_date(tree: Tree) -> str:
    """The date of the item that a meta or time element gives, as ISO 8601, or nothing."""
    best = len(_DATE_NAMES)
    date = ""
    for node in tree.nodes:
        if node.tag != "meta":
            continue
        name = (node.get("property") or node.get("name") or node.get("itemprop")).lower()
        if name in _DATE_NAMES[:best]:
            found = date_in(node.get("content"))
            if found:
                best, date = _DATE_NAMES.index(name), found
    return date
