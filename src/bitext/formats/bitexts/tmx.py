"""Translation memories in TMX 1.4b, read as a stream and written as one; older versions are read too.

Inline codes are kept: `bpt` and `ept` as codes that open and close, `it` as one without its partner, `ph` and `ut` as
codes that stand alone, `hi` as marks, `sub` as sub-flows of a code's data. Where a memory has more than two languages,
its Chinese and English variants are taken. Attributes and `prop` elements of a unit are its properties; those of a
variant have "source:" or "target:" before their name.

Source: TMX 1.4b specification (LISA OSCAR, 2005).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import chain, islice
from typing import BinaryIO

from bitext.formats.bitexts.inline import ContentBuilder, is_mark, mark_type, native
from bitext.formats.bitexts.own import confidence
from bitext.formats.bitexts.tags import best, folded, pair_of
from bitext.formats.bitexts.tmx_write import DEFAULTS, OWN_TOOL, SIDES, write
from bitext.formats.carried import line_starts
from bitext.formats.xml import Element, End, Event, Start, Text, XmlReader
from bitext.formats.xml_source import decoded
from bitext.model.findings import Message
from bitext.model.memory import Content, Entry, Header, Properties, TranslationMemory

__all__ = ["read", "write"]

_PEEKED = 100
"""Units by whose variants the two languages are chosen."""
_HEADER_OWN = frozenset({"segtype", "srclang", "x-original", "x-signature", "targetlang"})
_SEGMENTATIONS = frozenset({"sentence", "paragraph", "phrase", "block"})


def read(stream: BinaryIO, path: str, *, places: bool = False) -> TranslationMemory:
    """The memory in `stream`. Its entries are a stream themselves unless `places` are asked for.

    Raises InputError with line and column, most of it while entries are taken from a stream.
    """
    text = decoded(stream.read(), path).text if places else None
    source = stream if text is None else BytesIO()
    reader = XmlReader(source, path, whole=("header", "tu"), places=places, text=text)
    elements = _Elements(reader)
    head = elements.header()
    peeked = list(islice(elements, _PEEKED))
    header = _header(head, peeked)
    entries = _entries(chain(peeked, elements), header, reader)
    if text is None:
        return TranslationMemory(header, entries)
    return TranslationMemory(header, tuple(entries), line_starts(text))


class _Elements:
    """The units of a file; the header before them is asked for first."""

    def __init__(self, reader: XmlReader) -> None:
        self._reader = reader
        self._events = iter(reader)
        self._waiting: list[Element] = []

    def header(self) -> Element | None:
        """The header, or None where there is none."""
        root = next(event for event in self._events if isinstance(event, Start | Element))
        if root.name != "tmx":
            raise self._reader.error(Message.of("tmx.not-tmx", name=root.name[:60]), root)
        found = next((event for event in self._events if _is_part(event)), None)
        if isinstance(found, Element) and found.name == "header":
            return found
        if isinstance(found, Element):
            self._waiting.append(found)
        return None

    def __iter__(self) -> Iterator[Element]:
        return self

    def __next__(self) -> Element:
        if self._waiting:
            return self._waiting.pop()
        for event in self._events:
            if isinstance(event, Element) and event.name == "tu":
                return event
        raise StopIteration


def _is_part(event: Event) -> bool:
    return isinstance(event, Element) or (isinstance(event, End) and event.name == "tmx")


def _language(variant: Element) -> str:
    return variant.get("xml:lang") or variant.get("lang")


def _header(head: Element | None, units: Sequence[Element]) -> Header:
    found = [_language(variant) for unit in units for variant in unit.named("tuv")]
    seen = [tag for tag in dict.fromkeys(found) if tag]
    if head is None:
        return Header(*pair_of("", "", seen))
    declared = head.get("srclang")
    props = _props(head)
    told = dict(props)
    source, target = pair_of("" if declared == "*all*" else declared, told.get("targetlang", ""), seen)
    segmentation = head.get("segtype")
    return Header(
        source,
        target,
        segmentation if segmentation in _SEGMENTATIONS else "sentence",
        told.get("x-original", ""),
        told.get("x-signature", ""),
        _notes(head),
        tuple(row for row in (*_foreign(head), *props) if row[0] not in _HEADER_OWN),
    )


def _foreign(head: Element) -> Properties:
    """The header's attributes, but for what we write for want of anything to tell."""
    own = head.get("creationtool") == OWN_TOOL
    usual = {**DEFAULTS, "creationtoolversion": head.get("creationtoolversion")} if own else DEFAULTS
    return tuple(row for row in head.attributes if row[0] not in usual or usual[row[0]] != row[1])


def _props(element: Element) -> Properties:
    return tuple((prop.get("type"), prop.text) for prop in element.named("prop"))


def _notes(element: Element) -> tuple[str, ...]:
    return tuple(note.text for note in element.named("note"))


def _entries(units: Iterator[Element], header: Header, reader: XmlReader) -> Iterator[Entry]:
    for number, unit in enumerate(units, start=1):
        entry = _entry(unit, number, header, reader)
        if entry is not None:
            yield entry


def _entry(unit: Element, number: int, header: Header, reader: XmlReader) -> Entry | None:
    """The unit's variants in the two languages; None where it has neither."""
    variants = unit.named("tuv")
    tags = [_language(variant) for variant in variants]
    if "" in tags:
        raise reader.error(Message.of("tmx.no-language"), variants[tags.index("")])
    first = best(header.source_language, tags, _exactly(header.target_language, tags))
    second = best(header.target_language, tags, {first, *_exactly(header.source_language, tags)})
    if first < 0 and second < 0:
        return None
    chosen = [variants[index] if index >= 0 else None for index in (first, second)]
    attributes = tuple(row for row in unit.attributes if row[0] != "tuid")
    properties = [*attributes, *_props(unit)]
    notes = list(_notes(unit))
    for side, variant in zip(SIDES, chosen, strict=True):
        if variant is not None:
            notes += _notes(variant)
            own = tuple(row for row in variant.attributes if row[0] not in ("xml:lang", "lang"))
            properties += [(f"{side}{name}", value) for name, value in (*own, *_props(variant))]
    contents = [_content(variant, reader) if variant is not None else None for variant in chosen]
    told = dict(properties)
    return Entry(
        unit.get("tuid") or str(number),
        contents[0],
        contents[1],
        told.get("x-state", ""),
        tuple(notes),
        tuple(row for row in properties if row[0] not in ("x-state", "x-confidence")),
        confidence(told.get("x-confidence", "")),
    )


def _exactly(language: str, tags: Sequence[str]) -> set[int]:
    return {index for index, tag in enumerate(tags) if folded(tag) == folded(language)}


def _content(variant: Element, reader: XmlReader) -> Content:
    segment = variant.child("seg")
    if segment is None:
        raise reader.error(Message.of("tmx.no-segment", language=_language(variant)[:40]), variant)
    return _Segment(segment).builder.content()


class _Segment:
    """Takes a `seg` apart; codes are paired by `i` within it and go by `x`, which pairs them with the other side."""

    def __init__(self, segment: Element) -> None:
        self.builder = ContentBuilder()
        self._names: dict[str, tuple[str, str]] = {}
        self._marks = 0
        self._fill(segment)

    def _fill(self, element: Element) -> None:
        for child in element.children:
            if isinstance(child, Text):
                self.builder.text(child)
            elif child.name == "hi":
                self._mark(child)
            elif child.name in ("bpt", "ept", "it", "ph", "ut"):
                self._code(child)
            else:
                self._fill(child)

    def _mark(self, element: Element) -> None:
        self._marks += 1
        name, kind = element.get("x") or f"hi{self._marks}", mark_type(element.get("type"))
        self.builder.code("open", name, type_=kind)
        self._fill(element)
        self.builder.code("close", name, type_=kind)

    def _code(self, element: Element) -> None:
        data, subflows = native(element)
        name, number, kind = element.get("x"), element.get("i"), element.get("type")
        if element.name == "bpt":
            self._names[number] = name or number, kind if is_mark(kind) else ""
            self.builder.code("open", name or number, data, kind, subflows)
        elif element.name == "ept":
            name, kind = self._names.get(number, (number, kind))
            self.builder.code("close", name, data, kind, subflows)
        elif element.name == "it":
            self.builder.code("close" if element.get("pos") == "end" else "open", name, data, kind, subflows)
        else:
            self.builder.code("alone", name, data, kind, subflows)
