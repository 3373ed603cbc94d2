"""Reading XLIFF 2.0 to 2.2: one entry a segment.

`pc` and `sc`/`ec` are codes that open and close, `ph` codes that stand alone, `mrk` and `sm`/`em` marks, `cp` the
characters that XML cannot hold. What stands in `ignorable` elements between segments is left out. Metadata of a unit
are properties.

Source: XLIFF Version 2.1, OASIS Standard, 13 February 2018; Version 2.2 adds nothing that is read here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from urllib.parse import unquote

from bitext.formats.bitexts.code_attributes import attributes_read
from bitext.formats.bitexts.inline import ContentBuilder, mark_type
from bitext.formats.bitexts.own import OWN, PREFIX, carried
from bitext.formats.bitexts.tags import pair_of
from bitext.formats.bitexts.xliff_files import FilesReader
from bitext.formats.xml import Element, End, Start, Text
from bitext.model.findings import Message
from bitext.model.memory import Content, Entry, Header, Properties

WHOLE = ("unit", "notes", "metadata")
"""Elements that are read as a whole; of the last two, those that stand in a `file` itself are said of it."""

_MOST_SAID = 250_000
"""Notes and metadata that the segments of one unit may have, each of them counted for each segment."""

Fail = Callable[[str, Element], Exception]


class Reader(FilesReader):
    """Reads the events of a file after its root: `header()` first, then `entries()`."""

    def header(self) -> Header:
        """What the root and the first file say. Raises InputError where there is no file."""
        if not self._root.get("srcLang"):
            raise self._reader.error(Message.of("xliff.no-language", name="srcLang"), self._root)
        self._first = self._next_unit()
        if self._head is None:
            raise self._reader.error(Message.of("xliff.no-file"), self._root)
        languages = pair_of(self._root.get("srcLang"), self._root.get("trgLang"), [])
        header = Header(*languages, original=self._head.get("original"), notes=tuple(self._notes))
        return carried(header, tuple(self._properties))

    def _next_unit(self) -> Element | None:
        for event in self._events:
            if isinstance(event, Start) and event.name == "file":
                self._file = event
                self._head = self._head or event
                self._scopes.open(event.get("translate"))
            elif isinstance(event, Start) and event.name == "group":
                self._scopes.open(event.get("translate"))
            elif isinstance(event, End) and event.name in ("file", "group"):
                self._scopes.close()
            elif isinstance(event, Element) and event.name == "unit":
                return event
            elif isinstance(event, Element) and self._scopes.depth == 1 and self._file is self._head:
                self._notes += _notes(event) if event.name == "notes" else ()
                self._properties += _metadata(event) if event.name == "metadata" else ()
        return None

    def _unit(self, unit: Element) -> Iterator[Entry]:
        self._count += 1
        data = {row.get("id"): _plain(row, self._fail) for part in unit.named("originalData") for row in part.elements}
        notes = tuple(note for part in unit.named("notes") for note in _notes(part))
        rows = tuple(row for part in unit.named("metadata") for row in _metadata(part))
        attributes = tuple((name, told) for name, told in unit.attributes if name in _OF_UNIT)
        name = unit.get("id") or str(self._count)
        segments = unit.named("segment")
        if len(segments) * (len(notes) + len(rows)) > _MOST_SAID:
            said = {"segments": len(segments), "said": len(notes) + len(rows), "limit": _MOST_SAID}
            raise self._reader.error(Message.of("bounds.xliff.said", **said), unit)
        for number, segment in enumerate(segments, start=1):
            source, target = segment.child("source"), segment.child("target")
            if source is None:
                raise self._reader.error(Message.of("xliff.no-source"), segment)
            yield carried(
                Entry(
                    f"{name}.{segment.get('id') or number}" if len(segments) > 1 else name,
                    self._content(source, data),
                    self._content(target, data) if target is not None else None,
                    _state(segment),
                    notes,
                ),
                (*self._scopes.applied(attributes), *rows),
            )

    def _content(self, element: Element, data: Mapping[str, str]) -> Content:
        return _Side(element, data, self._fail).builder.content()

    def _fail(self, key: str, element: Element) -> Exception:
        return self._reader.error(Message.of(key), element)


_OF_UNIT = frozenset({"name", "translate", "type"})


def _notes(element: Element) -> tuple[str, ...]:
    return tuple(note.text for note in element.named("note"))


def _metadata(element: Element) -> Properties:
    """The metadata in `element`; those of other tools have their category before their name."""
    rows: list[tuple[str, str]] = []
    for group in element.walk():
        category = group.get("category")
        own = not category or category == OWN
        rows += [(row.get("type") if own else f"{category}:{row.get('type')}", row.text) for row in group.named("meta")]
    return tuple(rows)


def _state(segment: Element) -> str:
    own = segment.get("subState")
    return unquote(own.removeprefix(PREFIX)) if own.startswith(PREFIX) else segment.get("state")


def _type(element: Element) -> str:
    kind, own = element.get("type"), element.get("subType")
    if own.startswith(PREFIX):
        return unquote(own.removeprefix(PREFIX))
    return f"{kind} {own}" if own else kind


def _plain(element: Element, fail: Fail) -> str:
    return "".join(child.text if isinstance(child, Text) else _character(child, fail) for child in element.children)


def _character(element: Element, fail: Fail) -> str:
    """The character that a `cp` element stands for; nothing for another element."""
    if element.name != "cp":
        return ""
    try:
        code = int(element.get("hex"), 16)
    except ValueError:
        code = -1
    if not 0 <= code < 0x110000 or 0xD800 <= code < 0xE000:
        raise fail("xliff.bad-character", element)
    return chr(code)


class _Side:
    """Takes a `source` or `target` apart."""

    def __init__(self, element: Element, data: Mapping[str, str], fail: Fail) -> None:
        self.builder = ContentBuilder()
        self._data = data
        self._fail = fail
        self._marks: dict[str, str] = {}
        self._fill(element)

    def _fill(self, element: Element) -> None:
        take = _handlers()
        for child in element.children:
            if isinstance(child, Text):
                self.builder.text(child)
            elif child.name in take:
                take[child.name](self, child)
            else:
                self._fill(child)

    def character(self, element: Element) -> None:
        self.builder.char(_character(element, self._fail), element.start, element.end)

    def alone(self, element: Element) -> None:
        data = self._data.get(element.get("dataRef"), "")
        self.builder.code("alone", element.get("id"), data, _type(element), (), attributes_read(element, _USED))

    def pair(self, element: Element) -> None:
        name, data = element.get("id"), self._data
        start = attributes_read(element, _USED | set(ENDS), STARTS)
        end = tuple((ENDS[name], value) for name, value in element.attributes if name in ENDS)
        self.builder.code("open", name, data.get(element.get("dataRefStart"), ""), _type(element), (), start)
        self._fill(element)
        self.builder.code("close", name, data.get(element.get("dataRefEnd"), ""), attributes=end)

    def start(self, element: Element) -> None:
        data = self._data.get(element.get("dataRef"), "")
        self.builder.code("open", element.get("id"), data, _type(element), (), attributes_read(element, _USED))

    def end(self, element: Element) -> None:
        name, data = element.get("startRef") or element.get("id"), self._data.get(element.get("dataRef"), "")
        self.builder.code("close", name, data, _type(element), (), attributes_read(element, _USED))

    def mark(self, element: Element) -> None:
        kind = self.mark_start(element)
        self._fill(element)
        self.builder.code("close", element.get("id"), type_=kind)

    def mark_start(self, element: Element) -> str:
        told = element.get("type")
        if told.startswith(PREFIX):
            kind = unquote(told.removeprefix(PREFIX))
        elif told in ("", "generic"):
            kind = "protected" if element.get("translate") == "no" else ""
        else:
            kind = told
        self._marks[element.get("id")] = mark_type(kind)
        more = attributes_read(element, _USED | ({"translate"} if kind == "protected" else set()))
        self.builder.code("open", element.get("id"), element.get("value"), mark_type(kind), attributes=more)
        return mark_type(kind)

    def mark_end(self, element: Element) -> None:
        name = element.get("startRef")
        self.builder.code("close", name, type_=self._marks.get(name, mark_type("")))


STARTS: Mapping[str, str] = {"dispStart": "disp", "equivStart": "equiv", "subFlowsStart": "subFlows"}
ENDS: Mapping[str, str] = {"dispEnd": "disp", "equivEnd": "equiv", "subFlowsEnd": "subFlows"}
"""What an element around text says of each of its two codes, and how a code by itself says it."""
_USED = frozenset({"id", "startRef", "isolated", "dataRef", "dataRefStart", "dataRefEnd", "type", "subType", "value"})


@cache
def _handlers() -> Mapping[str, Callable[[_Side, Element], object]]:
    return {
        "cp": _Side.character,
        "ph": _Side.alone,
        "pc": _Side.pair,
        "sc": _Side.start,
        "ec": _Side.end,
        "mrk": _Side.mark,
        "sm": _Side.mark_start,
        "em": _Side.mark_end,
    }
