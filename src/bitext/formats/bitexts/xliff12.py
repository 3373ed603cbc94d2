"""Reading XLIFF 1.0 to 1.2: one unit a `trans-unit`, or one for each segment of a segmented one.

`g`, `bx`/`ex`, `bpt`/`ept` and `it` are codes that open and close, `x` and `ph` codes that stand alone, `mrk` marks,
`sub` sub-flows. Attributes of a `trans-unit` are properties; what stands in it beside texts and notes, such as the
translations proposed in `alt-trans`, is kept as fragments, and so is what stands around and between its segments.

Source: XLIFF Version 1.2, OASIS Standard, 1 February 2008.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeAlias
from urllib.parse import unquote

from bitext.formats.bitexts.code_attributes import attributes_read
from bitext.formats.bitexts.fragments import XLIFF_1, fragment, named
from bitext.formats.bitexts.inline import ContentBuilder, is_mark, mark_type, native
from bitext.formats.bitexts.own import OWN, PREFIX, QUALIFIER, carried
from bitext.formats.bitexts.tags import folded, pair_of
from bitext.formats.bitexts.xliff12_segments import emptied, is_same, is_skeleton, keys_in
from bitext.formats.bitexts.xliff_around import names_in
from bitext.formats.bitexts.xliff_files import FilesReader
from bitext.formats.bitexts.xliff_names import HEAD_1, NAMES_1
from bitext.formats.bitexts.xliff_parts import canonical, in_place, note_rows, ranked, sorted_attributes
from bitext.formats.xml import Element, Start, Text
from bitext.model.findings import Message
from bitext.model.memory import Content, Entry, Header, Properties

WHOLE = ("trans-unit", "note", "property")
"""Elements that are read as a whole."""


class Reader(FilesReader):
    """Reads the events of a file after its root: `header()` first, then `entries()`."""

    space = XLIFF_1
    _tags: tuple[str, ...] = ()

    def header(self) -> Header:
        """What the first file says of itself. Raises InputError where there is no file."""
        self._first = self._next_unit()
        head = self._head
        if head is None:
            raise self._reader.error(Message.of("xliff.no-file"), self._root)
        languages = pair_of(*_languages(head), [])
        self._tags = tuple(map(folded, languages))
        home, parts = self._root.namespace, self._around.head
        notes = names_in(parts, home, "note")
        own = own_rows(parts)
        known, others = sorted_attributes(self._around.of_file(head), NAMES_1.file)
        said = (part for part in parts if part not in notes and part.namespace != OWN)
        around = (*map(self._fragment, ranked(said, home)), *self._outermost())
        rows = (*known, *note_rows(notes), *around, *others, *own)
        header = Header(*languages, original=head.get("original"), notes=tuple(note.text for note in notes))
        return carried(header, (*in_place(rows, HEAD_1, len(notes)), *self._around.after()))

    def _opened(self, file: Start) -> None:
        if not file.get("source-language"):
            raise self._reader.error(Message.of("xliff.no-language", name="source-language"), file)
        if self._head is not None and not _agree(_languages(file), _languages(self._head)):
            raise self._reader.error(Message.of("xliff.languages"), file)

    def _unit(self, unit: Element, path: Properties, frames: Properties) -> Iterator[Entry]:
        self._count += 1
        source, target = unit.child("source"), unit.child("target")
        if source is None:
            raise self._reader.error(Message.of("xliff.no-source"), unit)
        notes = names_in(unit.elements, self._root.namespace, "note")
        own = own_rows(unit.elements)
        name = dict(own).get(f"{PREFIX}id") or unit.get("id") or str(self._count)
        own = tuple(row for row in own if row[0] != f"{PREFIX}id")
        rows = tuple(row for row in unit.attributes if row[0] != "id" and row != ("xml:space", "preserve"))
        known, others = sorted_attributes(self._scopes.applied(rows), NAMES_1.unit)
        found, around = _segments(unit.child("seg-source"), source, target)
        once = (*frames, *map(self._fragment, around), *map(self._fragment, ranked(_beside(unit), unit.namespace)))
        sides = (*self._of_side("source", source, 0), *self._of_side("target", target, 1))
        said = tuple(note.text for note in notes)
        state = _state(target) if target is not None else ""
        there = f"{PREFIX}no-source" not in dict(own), target is not None
        shared = (*known, *note_rows(notes), *path), (*sides, *others, *own)
        self._require_bounds(unit, len(found), len(said) + sum(map(len, shared)))
        first, rest = (
            canonical((*shared[0], *around_it, *shared[1]), NAMES_1, notes=len(said), sides=there)
            for around_it in (once, ())
        )
        for number, (key, left, right) in enumerate(found):
            yield carried(Entry(f"{name}.{key}" if key else name, left, right, state, said), rest if number else first)

    def _of_side(self, name: str, element: Element | None, side: int) -> Properties:
        """What a `source` or `target` says beside its text, but for the language that all of them have."""
        if element is None or not element.attributes:
            return ()
        usual = {("xml:space", "preserve"), *((("state", element.get("state")),) if side else ())}
        rows = tuple(row for row in element.attributes if row not in usual)
        tag = self._tags[side]
        return tuple(
            (f"{name}:{key}", told)
            for key, told in rows
            if not (key == "xml:lang" and folded(told) == tag) and not told.startswith(QUALIFIER)
        )


_READ = frozenset({"source", "seg-source", "target", "note"})


def _beside(unit: Element) -> Iterator[Element]:
    """What stands in a unit beside its texts, its notes and what is ours."""
    return (
        part
        for part in unit.elements
        if part.namespace != OWN and not (part.namespace in (unit.namespace, "") and part.name in _READ)
    )


def own_rows(elements: Iterable[Element]) -> Properties:
    """The properties that we write in elements of our own."""
    return tuple((row.get("name"), row.text) for row in elements if row.namespace == OWN and row.name == "property")


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


Found: TypeAlias = list[tuple[str, Content, Content | None]]


def _segments(parted: Element | None, source: Element, target: Element | None) -> tuple[Found, list[Element]]:
    """The key, source and target of each segment, and the elements around them; the key is empty where the unit is one
    segment."""
    model = parted or source
    left = {key: content for key, content in Parts(model).segments if key is not None}
    right = {key: content for key, content in Parts(target).segments if key is not None} if target else {}
    unparted = target is not None and not right and target.text.strip() != ""
    if not left or unparted:
        return [("", whole(source), whole(target) if target is not None else None)], [parted] if parted else []
    found: Found = [(key if len(left) > 1 else "", content, right.get(key)) for key, content in left.items()]
    around = [emptied(model)]
    if parted is None or not is_skeleton(around[0]) or keys_in(model) != list(left):
        return found, [model, *([target] if target else [])]
    around += [] if is_same(parted, source) else [replace(source, attributes=())]
    return found, [*around, *([emptied(target, left)] if target else [])]


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
