"""Units of XLIFF 2 beside the texts of their segments: what is kept as fragments, and metadata as properties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from bitext.formats.bitexts.fragments import attributes, written
from bitext.formats.bitexts.own import OWN
from bitext.formats.xml import Element
from bitext.formats.xml_write import text
from bitext.model.memory import Properties

METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"

_CATEGORY = re.compile(r"[A-Za-z0-9_.-]+")

_RESERVED = frozenset({"bitext", "xliff", "source", "target"})
"""What stands before a colon in names of properties and is no category."""
_STATES = ("state", "subState")


def keys_in(unit: Element) -> list[str]:
    """The names of the segments of `unit`: their ids, or their numbers from 1 on."""
    return [segment.get("id") or str(number) for number, segment in enumerate(unit.named("segment"), start=1)]


def skeletons(unit: Element) -> Iterator[Element]:
    """What is kept of `unit`: its segments, empty, with what stands between them, where it is more than one segment;
    and its original data where these are more than the codes in the segments refer to."""
    segments, others = unit.named("segment"), unit.named("ignorable")
    empty = [_emptied(part) if part.name == "segment" else part for part in unit.named("segment", "ignorable")]
    if others or len(segments) > 1 or any(part.attributes for part in empty):
        yield replace(unit, attributes=(), children=tuple(empty))
    referred = {told for part in segments for told in _references(part)}
    for data in unit.named("originalData"):
        kept = {row.get("id") for row in data.elements}
        plain = all(name == "id" for row in data.elements for name, _ in row.attributes)
        if not plain or kept - referred or any(True for part in others for _ in _references(part)):
            yield replace(data, children=data.elements)


def _emptied(segment: Element) -> Element:
    rows = tuple(row for row in segment.attributes if row[0] not in _STATES)
    return replace(segment, attributes=rows, children=())


def _references(part: Element) -> Iterator[str]:
    return (told for code in part.walk() for name, told in code.attributes if name.startswith("dataRef"))


def properties_of(elements: Iterable[Element]) -> Properties:
    """The metadata among `elements` as properties; those of other tools have their category before their name."""
    rows: list[tuple[str, str]] = []
    for group in (group for part in elements if _is_metadata(part) for group in part.elements if _is_simple(group)):
        category = group.get("category")
        prefix = "" if category == OWN else f"{category}:"
        rows += [(f"{prefix}{row.get('type')}", row.text) for row in group.elements]
    return tuple(rows)


def beyond_properties(part: Element) -> Element | None:
    """`part` without the metadata in it that are properties; None where nothing is left."""
    if not _is_metadata(part):
        return part
    groups = tuple(group for group in part.elements if not _is_simple(group))
    return replace(part, children=groups) if groups or part.attributes else None


def _is_metadata(part: Element) -> bool:
    return (part.namespace, part.name) == (METADATA, "metadata")


def _is_simple(group: Element) -> bool:
    """Whether `group` is told in full by a category, names and values."""
    category = group.get("category")
    of_others = _CATEGORY.fullmatch(category) is not None and category not in _RESERVED
    rows = group.elements
    told = bool(rows) and all(row.name == "meta" and [name for name, _ in row.attributes] == ["type"] for row in rows)
    return told and group.name == "metaGroup" and len(group.attributes) == 1 and (category == OWN or of_others)


def metadata(rows: Properties, unit: str, more: Element | None, space: str) -> str:
    """`rows` as metadata, after the groups of `more`: one group for those in a row that have the same category."""
    if not rows and more is None:
        return ""
    groups: list[str] = [written(part, space) + "\n" for part in more.elements] if more else []
    for category, told in groupby(rows, lambda row: _category(row[0])):
        cut = len(category) + 1 if category != OWN else 0
        inner = "".join(
            f"<mda:meta{attributes((('type', name[cut:]),), unit)}>{text(value, unit)}</mda:meta>\n"
            for name, value in told
        )
        groups.append(f"<mda:metaGroup{attributes((('category', category),))}>\n{inner}</mda:metaGroup>\n")
    head = attributes(more.attributes) if more else ""
    return f"<mda:metadata{head}>\n{''.join(groups)}</mda:metadata>\n"


def _category(name: str) -> str:
    category, colon, rest = name.partition(":")
    simple = _CATEGORY.fullmatch(category) and category not in _RESERVED
    return category if colon and rest and simple else OWN
