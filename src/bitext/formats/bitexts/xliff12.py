"""Reading XLIFF 1.0 to 1.2: one unit a `trans-unit`, or one for each segment of a segmented one.

`g`, `bx`/`ex`, `bpt`/`ept` and `it` are codes that open and close, `x` and `ph` codes that stand alone, `mrk` marks,
`sub` sub-flows. Translations proposed in `alt-trans` are no targets and are left out, and so is what stands between the
segments of a unit. Attributes of a `trans-unit` are properties.

Source: XLIFF Version 1.2, OASIS Standard, 1 February 2008.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from bitext.formats.bitexts.code_attributes import attributes_read
from bitext.formats.bitexts.fragments import XLIFF_1, fragment, named
from bitext.formats.bitexts.inline import ContentBuilder, is_mark, mark_type, native
from bitext.formats.bitexts.own import OWN, QUALIFIER, carried
from bitext.formats.bitexts.tags import folded, pair_of
from bitext.formats.bitexts.xliff_files import FilesReader
from bitext.formats.xml import Element, End, Start, Text
from bitext.model.findings import Message
from bitext.model.memory import Content, Entry, Header

WHOLE = ("trans-unit", "note", "property")
"""Elements that are read as a whole; of the last two, those outside units are said of the file."""


class Reader(FilesReader):
    """Reads the events of a file after its root: `header()` first, then `entries()`."""

    def header(self) -> Header:
        """What the first file says of itself. Raises InputError where there is no file."""
        self._first = self._next_unit()
        head = self._head
        if head is None:
            raise self._reader.error(Message.of("xliff.no-file"), self._root)
        attributes = tuple(row for row in head.attributes if row[0] in _OF_FILE and row != ("datatype", "plaintext"))
        header = Header(*pair_of(*_languages(head), []), original=head.get("original"), notes=tuple(self._notes))
        return carried(header, (*attributes, *self._properties))

    def _next_unit(self) -> Element | None:
        for event in self._events:
            if isinstance(event, Start) and event.name == "file":
                self._open(event)
            elif isinstance(event, Start) and event.name == "group":
                self._scopes.open(event.get("translate"))
            elif isinstance(event, End) and event.name == "group":
                self._scopes.close()
            elif isinstance(event, Element) and event.name == "trans-unit":
                return event
            elif not isinstance(event, Element) or self._file is not self._head:
                continue
            elif event.name == "note":
                self._notes.append(event.text)
            elif event.namespace == OWN:
                self._properties.append((event.get("name"), event.text))
        return None

    def _open(self, file: Start) -> None:
        if not file.get("source-language"):
            raise self._reader.error(Message.of("xliff.no-language", name="source-language"), file)
        self._head = self._head or file
        if not _agree(_languages(file), _languages(self._head)):
            raise self._reader.error(Message.of("xliff.languages"), file)
        self._file = file

    def _unit(self, unit: Element) -> Iterator[Entry]:
        self._count += 1
        source, target = unit.child("source"), unit.child("target")
        if source is None:
            raise self._reader.error(Message.of("xliff.no-source"), unit)
        state = _state(target) if target is not None else ""
        notes = tuple(note.text for note in unit.named("note"))
        own = tuple((row.get("name"), row.text) for row in unit.named("property") if row.namespace == OWN)
        plain = tuple(row for row in unit.attributes if not row[0].startswith(("{", "xml:")) and row[0] != "id")
        name = unit.get("id") or str(self._count)
        for key, left, right in _segments(unit.child("seg-source") or source, source, target):
            yield carried(
                Entry(f"{name}.{key}" if key else name, left, right, state, notes), (*self._scopes.applied(plain), *own)
            )


_OF_FILE = frozenset({"datatype", "category", "date", "product-name", "product-version", "build-num"})


def _languages(file: Start) -> tuple[str, str]:
    return file.get("source-language"), file.get("target-language")


def _agree(first: tuple[str, str], second: tuple[str, str]) -> bool:
    return all(folded(a) == folded(b) or not a or not b for a, b in zip(first, second, strict=True))


def _state(target: Element) -> str:
    qualifier = target.get("state-qualifier")
    return _kind(qualifier if qualifier.startswith(QUALIFIER) else target.get("state"))


def _kind(told: str) -> str:
    """The word that `told` stands for; words that XLIFF does not know have a prefix of ours."""
    return unquote(told.removeprefix(QUALIFIER)) if told.startswith(QUALIFIER) else told


def _segments(
    parted: Element, source: Element, target: Element | None
) -> Iterator[tuple[str, Content, Content | None]]:
    """The key, source and target of each segment; the key is empty where the unit is one segment."""
    left = {key: content for key, content in Parts(parted).segments if key is not None}
    right = {key: content for key, content in Parts(target).segments if key is not None} if target else {}
    unparted = target is not None and not right and target.text.strip() != ""
    if not left or unparted:
        yield "", whole(source), whole(target) if target is not None else None
        return
    for key, content in left.items():
        yield key if len(left) > 1 else "", content, right.get(key)


def whole(element: Element) -> Content:
    """The content of `element`, segments or not."""
    return Parts(element, segmented=False).segments[0][1]


class Parts:
    """Takes a `source` or `target` apart. `segments` are the contents by the `mid` of their `mrk`; what stands outside
    of any comes first, with the key None."""

    def __init__(self, element: Element, *, segmented: bool = True) -> None:
        self._segmented = segmented
        self._builder = ContentBuilder()
        self._builders: list[tuple[str | None, ContentBuilder]] = [(None, self._builder)]
        self._marks = 0
        self._kinds: dict[str, str] = {}
        self._fill(element)
        self.segments = [(key, builder.content()) for key, builder in self._builders]

    def _fill(self, element: Element) -> None:
        for child in element.children:
            if isinstance(child, Text):
                self._builder.text(child)
            elif child.name == "mrk":
                self._mark(child)
            elif child.name == "g":
                more = attributes_read(child, _USED)
                self._builder.code("open", child.get("id"), type_=_kind(child.get("ctype")), attributes=more)
                self._fill(child)
                self._builder.code("close", child.get("id"))
            elif child.name in _CODES:
                self._code(child)
            else:
                self._fill(child)

    def _mark(self, element: Element) -> None:
        kind = _kind(element.get("mtype"))
        if element.get("mtype") == "seg":
            self._segment(element)
            return
        self._marks += 1
        name = element.get("mid") or element.get(_TARGET_MARK) or f"m{self._marks}"
        data = element.get("comment")
        self._builder.code("open", name, data, mark_type(kind), attributes=attributes_read(element, _USED))
        self._fill(element)
        self._builder.code("close", name, type_=mark_type(kind))

    def _segment(self, element: Element) -> None:
        if self._segmented:
            outer, self._builder = self._builder, ContentBuilder()
            self._builders.append((element.get("mid") or str(len(self._builders)), self._builder))
            self._fill(element)
            self._builder = outer
        else:
            self._fill(element)

    def _code(self, element: Element) -> None:
        data, subflows = native(element)
        name, kind = element.get("id"), _kind(element.get("ctype"))
        pair = element.get("rid") or name
        more = attributes_read(element, _USED if pair == name else _USED - {"id"})
        if any(child.attributes or child.elements for child in element.elements):
            more = (*more, (named(element.name), fragment(element, element.namespace, XLIFF_1)))
        if element.name in ("bx", "bpt"):
            self._kinds[pair] = kind if is_mark(kind) else ""
            self._builder.code("open", pair, data, kind, subflows, more)
        elif element.name in ("ex", "ept"):
            self._builder.code("close", pair, data, self._kinds.get(pair, kind), subflows, more)
        elif element.name == "it":
            ends = element.get("pos") in ("close", "end")
            self._builder.code("close" if ends else "open", name, data, kind, subflows, more)
        else:
            self._builder.code("alone", name, data, kind, subflows, more)


_TARGET_MARK = f"{{{OWN}}}mid"
_USED = frozenset({"id", "rid", "ctype", "pos", "mtype", "mid", "comment"})
_CODES = frozenset({"x", "bx", "ex", "bpt", "ept", "ph", "it"})
