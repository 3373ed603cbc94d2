"""Which elements are the marks of notes: the number in a text that leads to a footnote, and the one that leads back."""

from __future__ import annotations

import re

from bitext.formats.documents.html.tree import Tree
from bitext.formats.tables import word_set

_MARK = re.compile(r"[\[(（〔【]?\s?(?:[0-9]{1,3}|[ivxlc]{1,5}|[a-z]|[*†‡§¶①-⑳↩↑^\ufe0e]{1,3})\s?[\])）〕】]?")
_BRACKETED = re.compile(r"[\[〔【][0-9]{1,3}[\]〕】]")
_TARGET = re.compile(r"#(?:_?ftn|_?edn|fn|sdfootnote|sdendnote|footnote|endnote|cite_(?:note|ref))", re.IGNORECASE)
_CLASSES = word_set(
    """footnote-ref footnote-backref footnote-back footnote-reference footnote footnoteref noteref
    sdfootnoteanc sdfootnotesym sdendnoteanc sdendnotesym reversefootnote data-footnote-backref"""
)
_MOST_NODES = 8
"""Nodes within a mark; what has more is text."""


def is_note_mark(tree: Tree, index: int) -> bool:
    """Whether the element `index` holds nothing but the mark of a note.

    That is a link within the page whose text is a number or a sign, raised, named or addressed as links to notes are;
    or a raised number in brackets, which may lead nowhere.
    """
    node = tree.nodes[index]
    if node.tag not in ("a", "sup") or node.end - index > _MOST_NODES:
        return False
    if node.tag == "sup":
        return _BRACKETED.fullmatch(tree.raw_text(index)) is not None
    target = node.get("href")
    if not target.startswith("#") or _MARK.fullmatch(tree.raw_text(index)) is None:
        return False
    named = not _CLASSES.isdisjoint(node.get("class").lower().split()) or node.get("role").startswith("doc-")
    return named or _TARGET.match(target) is not None or _raised(tree, index)


def _raised(tree: Tree, index: int) -> bool:
    parent = tree.nodes[tree.nodes[index].parent]
    return parent.tag == "sup" or any(tree.nodes[inner].tag == "sup" for inner in tree.subtree(index))
