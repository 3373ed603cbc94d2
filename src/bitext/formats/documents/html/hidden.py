"""Which elements a page hides, by their attributes alone."""

from __future__ import annotations

import re

from bitext.formats.documents.html.tree import Node
from bitext.formats.tables import word_set

_HIDING_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)

_HIDING_CLASSES = word_set(
    """sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only screenreader element-invisible
    a11y-hidden skip-link skiplink skip-to-content skip-nav"""
)


def is_hidden(node: Node) -> bool:
    """Whether the element is hidden: `hidden`, `aria-hidden`, an inline style, a class that always means it."""
    if node.stop - node.start <= len(node.tag) + 2:
        return False
    values = node.attributes
    if "hidden" in values and values["hidden"].lower() != "until-found":
        return True
    if values.get("aria-hidden", "").lower() == "true":
        return True
    style = values.get("style", "")
    if style and _HIDING_STYLE.search(style):
        return True
    return not _HIDING_CLASSES.isdisjoint(values.get("class", "").lower().split())
