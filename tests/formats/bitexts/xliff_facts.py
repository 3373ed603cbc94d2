"""What an XLIFF file says, as facts that can be counted: each element, attribute and text by the place it has in it.

Inline elements count as what they are (something opens, closes or stands alone), since they can be written in several
ways. Names by which the elements of one file refer to each other are no facts, and neither is what holds by default.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import TypeAlias
from urllib.parse import unquote

from lxml import etree

Fact: TypeAlias = tuple[str, str, str]
"""A place, what is there, and its value."""

_XML = "{http://www.w3.org/XML/1998/namespace}"
_OWN = "urn:bitext:properties:1"
_INLINE = {
    **dict.fromkeys(("g", "pc"), "open close"),
    **dict.fromkeys(("bx", "bpt", "sc"), "open"),
    **dict.fromkeys(("ex", "ept", "ec"), "close"),
    **dict.fromkeys(("x", "ph"), "alone"),
    "mrk": "mark end",
    "sm": "mark",
    "em": "end",
    "cp": "character",
    "sub": "sub-flow",
}
_REFERENCES = frozenset(
    ["id", "rid", "i", "pos", "startRef", "isolated", "dataRef", "dataRefStart", "dataRefEnd", "mid"]
)
_TYPES = frozenset({"ctype", "type", "subType"})


def facts(data: bytes) -> Counter[Fact]:
    """The facts of the file `data`."""
    return Counter(_of(etree.fromstring(data), "", {}))


def _name(node: etree._Element) -> str:
    name = etree.QName(node)
    own = not name.namespace or "xliff:document" in name.namespace
    return name.localname if own else f"{{{name.namespace}}}{name.localname}"


def _of(node: etree._Element, path: str, languages: dict[str, str]) -> Iterator[Fact]:
    name = _name(node)
    if _OWN in name or node.get("category") == _OWN:
        return
    if name in ("file", "xliff"):
        told = {"source": ("source-language", "srcLang"), "target": ("target-language", "trgLang")}
        languages = {
            **languages,
            **{side: str(node.get(key)) for side, keys in told.items() for key in keys if node.get(key)},
        }
    kinds = _INLINE.get(name, "close" if node.get("pos") in ("close", "end") else "open").split()
    inline = name in _INLINE or name == "it"
    here = path if inline else f"{path}/{name}"
    yield from ((path, "inline", kind) for kind in kinds) if inline else [(here, "element", "")]
    for key, value in map(_pair, node.items()):
        usual = (
            (f"{_XML}space", "preserve"),
            (f"{_XML}lang", languages.get(name, value)),
            ("version", "1.0"),
            ("version", "1.1"),
        )
        if (key, value) not in usual and not key.startswith(f"{{{_OWN}}}") and not (inline and key in _REFERENCES):
            yield here, "type" if inline and key in _TYPES else f"@{key}", value
    for text in (node.text, *(child.tail for child in node)):
        if text and text.strip():
            yield here, "text", text.strip()
    for child in node.iterchildren(etree.Element):
        yield from _of(child, here, languages)


def _pair(row: tuple[str | bytes, str | bytes]) -> tuple[str, str]:
    return str(row[0]), str(row[1])


def carried(data: bytes) -> Counter[str]:
    """The values of what stands in elements of ours in the file `data`, and in types that we spell."""
    root = etree.fromstring(data)
    rows = [*root.iter(f"{{{_OWN}}}property"), *root.iter("{urn:oasis:names:tc:xliff:metadata:2.0}meta")]
    found = Counter(str(row.text or "") for row in rows)
    for node in root.iter(etree.Element):
        spelled = (value for key, value in map(_pair, node.items()) if key in ("ctype", "subType", "mtype", "subState"))
        found.update(told for row in json.loads(node.get(f"{{{_OWN}}}attributes", "[]")) for told in row)
        found.update(unquote(value.removeprefix("x-bitext-").removeprefix("bitext:")) for value in spelled)
    return found


def lost(before: bytes, after: bytes) -> list[Fact]:
    """The facts of the file `before` that the file `after` has neither as they were nor in an element of ours."""
    kept = carried(after)
    missing = (facts(before) - facts(after)).elements()
    return [fact for fact in missing if not kept[fact[2]]]
