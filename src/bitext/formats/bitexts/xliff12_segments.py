"""Segments of units in XLIFF 1.2: the elements around them are kept as fragments whose segments are empty."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

from bitext.formats.bitexts.fragments import XLIFF_1, attributes, inner, written
from bitext.formats.xml import Element, Text


def is_segment(element: Element) -> bool:
    """Whether `element` holds a segment of its unit."""
    return element.name == "mrk" and element.get("mtype") == "seg"


def keys_in(element: Element) -> list[str]:
    """The names of the segments in `element`, in order."""
    return [part.get("mid") for part in element.walk() if is_segment(part)]


def emptied(element: Element, keys: Container[str | None] | None = None) -> Element:
    """`element` without attributes and without what stands in its segments, those of `keys` if they are given."""

    def empty(node: Element | Text) -> Element | Text:
        if isinstance(node, Text):
            return node
        read = is_segment(node) and (keys is None or node.get("mid") in keys)
        return replace(node, children=() if read else tuple(map(empty, node.children)))

    return replace(element, attributes=(), children=tuple(map(empty, element.children)))


def is_skeleton(element: Element) -> bool:
    """Whether the segments in `element` are there, empty, and have names that differ."""
    keys = keys_in(element)
    named = bool(keys) and all(keys) and len(set(keys)) == len(keys)
    return named and not any(part.children for part in element.walk() if is_segment(part))


def is_same(parted: Element, source: Element) -> bool:
    """Whether `source` is what `parted` is without the marks of its segments."""
    home = parted.namespace

    def flat(element: Element) -> str | None:
        return inner(element, home, flat) if is_segment(element) else None

    return inner(parted, home, flat) == inner(source, home)


def filled(skeleton: Element, texts: Mapping[str, str]) -> str:
    """The inside of `skeleton` with `texts` (XML, by the names of the segments) in it; empty segments are left out."""
    used: set[str] = set()

    def fill(element: Element) -> str | None:
        if not is_segment(element):
            return None
        key = element.get("mid")
        used.add(key)
        if key in texts:
            return _segment(element, texts[key])
        return None if element.children else ""

    return inner(skeleton, XLIFF_1, fill) + "".join(_new(key, told) for key, told in texts.items() if key not in used)


def _segment(element: Element, told: str) -> str:
    if not told:
        return written(element, XLIFF_1)
    empty = written(replace(element, children=()), XLIFF_1)
    return f"{empty.removesuffix('/>')}>{told}</mrk>"


def _new(key: str, told: str) -> str:
    return f"<mrk{attributes((('mtype', 'seg'), ('mid', key)))}>{told}</mrk>"


def joined(keys: Sequence[str], texts: Mapping[str, str]) -> str:
    """A target of the segments `keys`, as far as there are `texts` of them."""
    return "".join(_new(key, texts[key]) for key in keys if key in texts)


def unmarked(skeleton: Element, texts: Mapping[str, str]) -> str:
    """The inside of `skeleton` with `texts` and without the marks of its segments."""
    return inner(skeleton, XLIFF_1, lambda part: texts.get(part.get("mid"), "") if is_segment(part) else None)
