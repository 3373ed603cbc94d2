"""Reading XLIFF 2.0 to 2.2: one entry a segment.

`pc` and `sc`/`ec` are codes that open and close, `ph` codes that stand alone, `mrk` and `sm`/`em` marks, `cp` the
characters that XML cannot hold. Metadata of a unit are properties. What stands in a unit beside its segments and notes,
such as the elements of modules, is kept as fragments, and so is what stands between its segments.

Source: XLIFF Version 2.1, OASIS Standard, 13 February 2018; Version 2.2 adds nothing that is read here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from urllib.parse import unquote

from bitext.formats.bitexts.code_attributes import attributes_read, with_told_subflows
from bitext.formats.bitexts.fragments import XLIFF_2
from bitext.formats.bitexts.inline import ContentBuilder, mark_type, partners
from bitext.formats.bitexts.own import PREFIX, carried
from bitext.formats.bitexts.tags import pair_of
from bitext.formats.bitexts.xliff2_units import beyond_properties, keys_in, properties_of, skeletons
from bitext.formats.bitexts.xliff_around import names_in
from bitext.formats.bitexts.xliff_files import FilesReader
from bitext.formats.bitexts.xliff_names import HEAD_2, NAMES_2
from bitext.formats.bitexts.xliff_parts import SUB_STATE, canonical, in_place, note_rows, sorted_attributes
from bitext.formats.xml import Element, Start, Text
from bitext.model.findings import Message
from bitext.model.memory import Code, Content, Entry, Header, Properties

WHOLE = ("unit", "notes", "metadata")
"""Elements that are read as a whole."""

Fail = Callable[[str, Element], Exception]


class Reader(FilesReader):
    """Reads the events of a file after its root: `header()` first, then `entries()`."""

    space = XLIFF_2

    def header(self) -> Header:
        """What the root and the first file say. Raises InputError where there is no file."""
        if not self._root.get("srcLang"):
            raise self._reader.error(Message.of("xliff.no-language", name="srcLang"), self._root)
        self._first = self._next_unit()
        if self._head is None:
            raise self._reader.error(Message.of("xliff.no-file"), self._root)
        languages = pair_of(self._root.get("srcLang"), self._root.get("trgLang"), [])
        parts = self._around.head
        notes = _notes(parts, self._root.namespace)
        known, others = sorted_attributes(self._around.of_file(self._head), NAMES_2.file)
        said = (*known, *note_rows(notes), *self._beside(parts, frozenset()), *self._outermost(), *others)
        header = Header(*languages, original=self._head.get("original"), notes=tuple(note.text for note in notes))
        rows = in_place((*said, *properties_of(parts)), HEAD_2, len(notes))
        return carried(header, (*rows, *self._around.after()))

    def _opened(self, file: Start) -> None:
        """All files are in the languages of the root."""

    def _unit(self, unit: Element, path: Properties, frames: Properties) -> Iterator[Entry]:
        self._count += 1
        data = {row.get("id"): _plain(row, self._fail) for part in unit.named("originalData") for row in part.elements}
        notes = _notes(unit.elements, unit.namespace)
        own = properties_of(unit.elements)
        name = dict(own).get(f"{PREFIX}id") or unit.get("id") or str(self._count)
        own = tuple(row for row in own if row[0] != f"{PREFIX}id")
        rows = tuple(row for row in unit.attributes if row[0] != "id" and row != ("xml:space", "preserve"))
        known, others = sorted_attributes(self._scopes.applied(rows), NAMES_2.unit)
        segments = unit.named("segment")
        said = tuple(note.text for note in notes)
        once = (*frames, *map(self._fragment, skeletons(unit)), *self._beside(unit.elements, _READ))
        shared = (*known, *note_rows(notes), *path)
        self._require_bounds(unit, len(segments), len(said) + len(shared) + len(others) + len(own))
        there = f"{PREFIX}no-source" not in dict(own)
        for number, (key, segment) in enumerate(zip(keys_in(unit), segments, strict=True)):
            source, target = segment.child("source"), segment.child("target")
            if source is None:
                raise self._reader.error(Message.of("xliff.no-source"), segment)
            sides = (*self._of_side("source", source), *self._of_side("target", target))
            sub_state = segment.get("subState")
            if sub_state and not sub_state.startswith(PREFIX):
                sides = ((SUB_STATE, sub_state), *sides)
            told = (*shared, *(() if number else once), *sides, *others, *own)
            yield carried(
                Entry(
                    f"{name}.{key}" if len(segments) > 1 else name,
                    self._content(source, data),
                    self._content(target, data) if target is not None else None,
                    _state(segment),
                    said,
                ),
                canonical(told, NAMES_2, notes=len(said), sides=(there, target is not None)),
            )

    def _beside(self, elements: Iterable[Element], read: frozenset[str]) -> Iterator[tuple[str, str]]:
        """What stands among `elements` beside what is `read`, notes, and metadata that are properties."""
        for part in sorted(elements, key=lambda part: part.name != "metadata"):
            own = part.namespace in (self._root.namespace, "")
            kept = None if own and part.name in (*read, "notes") else beyond_properties(part)
            if kept is not None:
                yield self._fragment(kept)

    def _of_side(self, name: str, element: Element | None) -> Properties:
        """What a `source` or `target` says beside its text, but for the language that all of them have."""
        tag = self._root.get("srcLang" if name == "source" else "trgLang")
        usual = {("xml:space", "preserve"), ("xml:lang", tag)}
        rows = element.attributes if element is not None else ()
        return tuple((f"{name}:{key}", told) for key, told in rows if (key, told) not in usual)

    def _content(self, element: Element, data: Mapping[str, str]) -> Content:
        content = _Side(element, data, self._fail).builder.content()
        found = zip(content.codes, partners(content.codes), strict=True)
        plain = (_without_marker(code) if partner >= 0 else code for code, partner in found)
        return replace(content, codes=tuple(map(with_told_subflows, plain)))

    def _fail(self, key: str, element: Element) -> Exception:
        return self._reader.error(Message.of(key), element)


def _without_marker(code: Code) -> Code:
    return replace(code, attributes=code.attributes[:-1]) if code.attributes[-1:] == (SPANNING,) else code


_READ = frozenset({"segment", "ignorable", "originalData"})


def _notes(elements: Iterable[Element], home: str) -> tuple[Element, ...]:
    return tuple(note for part in names_in(elements, home, "notes") for note in part.named("note"))


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
        self.builder.code("open", element.get("id"), data, _type(element), (), _half(element))

    def end(self, element: Element) -> None:
        name, data = element.get("startRef") or element.get("id"), self._data.get(element.get("dataRef"), "")
        self.builder.code("close", name, data, _type(element), (), _half(element))

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


def _half(element: Element) -> Properties:
    """What half of a pair says, with the mark that the other half is to be found."""
    rows = attributes_read(element, _USED)
    return rows if element.get("isolated") == "yes" else (*rows, SPANNING)


SPANNING = ("isolated", "no")
"""What half of a pair says, the other half of which is in another segment of its unit."""
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
