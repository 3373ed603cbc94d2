"""What SDLXLIFF and MQXLIFF share: bilingual files of CAT tools, XLIFF 1.2 with data of their own.

They are read segment by segment and never made anew: translations are written back into the file as it came, and every
other byte stays as it was, because the tool finds its own data by it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO
from itertools import chain, islice
from typing import BinaryIO, TypeAlias

from bitext.errors import InputError
from bitext.formats.bitexts import xliff12
from bitext.formats.bitexts.own import Names, Scopes
from bitext.formats.bitexts.rebuilt import Inventory, rebuilt
from bitext.formats.bitexts.tags import pair_of
from bitext.formats.carried import line_starts
from bitext.formats.xml import Element, End, Start, Text, Tree, XmlReader, parse
from bitext.formats.xml_source import decoded
from bitext.model.findings import Message
from bitext.model.memory import Content, Entry, Header, TranslationMemory

_PEEKED = 1
_ANY_ID = re.compile(".+", re.DOTALL)


class Unit:
    """A `trans-unit`, and what each of its segments needs of it, looked for once: there may be thousands of them."""

    def __init__(self, element: Element) -> None:
        self.element = element

    @cached_property
    def definitions(self) -> Mapping[str, Element]:
        """What stands in `seg-defs` of the segments, by their ids; the first of an id counts."""
        rows = [row for part in self.element.named("seg-defs") for row in part.named("seg")]
        return {row.get("id"): row for row in reversed(rows)}

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """The notes and comments in the unit that say something."""
        found = (part.text.strip() for part in self.element.walk() if part.name in ("note", "comment"))
        return tuple(filter(None, found))


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment of a `trans-unit`: its id in the whole file, its `mid` (empty where the unit is one segment), the
    elements that hold its texts, and the unit. `target` is None where the file has no place for it yet."""

    id: str
    mid: str
    source: Element
    target: Element | None
    unit: Unit


@dataclass(frozen=True, slots=True)
class Facts:
    """What a tool says of a segment beside its texts."""

    state: str = ""
    notes: tuple[str, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    locked: bool = False


Comments: TypeAlias = dict[str, str]
"""Comments that stand elsewhere in the file, by id."""
Teller: TypeAlias = Callable[[Segment, Comments], Facts]


@dataclass(frozen=True, slots=True)
class Dialect:
    """A tool's form: what it tells of a segment, the `mtype` of text that was deleted but is still in the file, and
    the element that holds its comments, if any."""

    facts: Teller
    deleted: str = ""
    comments: str = ""


def read_package(stream: BinaryIO, path: str, dialect: Dialect, *, places: bool) -> TranslationMemory:
    """The segments of a file that are to be translated, as a stream unless with `places`. Raises InputError."""
    text = decoded(stream.read(), path).text if places else None
    whole = ("trans-unit", dialect.comments) if dialect.comments else ("trans-unit",)
    reader = XmlReader(stream if text is None else BytesIO(), path, whole=whole, places=places, text=text)
    walk = _Walk(reader, dialect)
    entries = walk.entries()
    first = list(islice(entries, _PEEKED))
    header = walk.header()
    entries = chain(first, entries)
    if text is None:
        return TranslationMemory(header, entries)
    return TranslationMemory(header, tuple(entries), line_starts(text))


class _Walk:
    """Goes through the events of a file once; its header is known as soon as the first entry is."""

    def __init__(self, reader: XmlReader, dialect: Dialect) -> None:
        self._reader, self._dialect = reader, dialect
        self._files: list[Start] = []
        self._comments: Comments = {}
        self._names, self._scopes = Names(_ANY_ID), Scopes()

    def header(self) -> Header:
        """What the first file says of itself. Raises InputError where there is no file."""
        if not self._files:
            raise InputError(Message.of("bitexts.package.no-file"), self._reader.path)
        first = self._files[0]
        languages = pair_of(first.get("source-language"), first.get("target-language"), [])
        return Header(*languages, original=first.get("original"))

    def entries(self) -> Iterator[Entry]:
        for event in self._reader:
            if isinstance(event, Start):
                self._files += [event] if event.name == "file" else []
                self._scopes.open(event.get("translate"))
            elif isinstance(event, End):
                self._scopes.close()
            elif isinstance(event, Element) and event.name == "trans-unit":
                for segment in segments(event, self._scopes.told, len(self._files), self._names):
                    yield self._entry(segment)
            elif isinstance(event, Element):
                self._comments |= {found.get("id"): found.text.strip() for found in event.named("cmt-def")}

    def _entry(self, segment: Segment) -> Entry:
        facts = self._dialect.facts(segment, self._comments)
        source, target = (
            None if element is None else content_of(element, self._dialect)
            for element in (segment.source, segment.target)
        )
        return Entry(segment.id, source, target, facts.state, facts.notes, facts.properties)


def segments(unit: Element, told: str, number: int, names: Names) -> Iterator[Segment]:
    """The segments of `unit`, which stands in the file `number` (from 1) of the package; none if it is not to be
    translated, as the unit says, or else `told`, which is what its groups say. Ids are that of the unit and, in a
    segmented one, of the segment; later files have their number before. Some tools give an id more than once, or none:
    `names` makes them differ, if it is asked in the order of the file.
    """
    source = unit.child("source")
    if source is None or (unit.get("translate") or told) == "no":
        return
    name = unit.get("id") if number < 2 else f"{number}/{unit.get('id')}"
    parted, target = unit.child("seg-source"), unit.child("target")
    left = marked(parted) if parted is not None else {}
    right = marked(target) if target is not None else {}
    whole = Unit(unit)
    if not left:
        yield Segment(names.of(name), "", parted if parted is not None else source, target, whole)
        return
    for mid, element in left.items():
        yield Segment(names.of(f"{name}.{mid}"), mid, element, right.get(mid), whole)


def marked(element: Element) -> dict[str, Element]:
    """The elements of the segments in `element` by their `mid`."""
    found = (part for part in element.walk() if part.name == "mrk" and part.get("mtype") == "seg")
    return {part.get("mid"): part for part in found}


def content_of(element: Element, dialect: Dialect) -> Content:
    """The text and codes in `element`, as it reads once all tracked changes are accepted."""
    return xliff12.whole(_accepted(element, dialect.deleted) if dialect.deleted else element)


def _accepted(element: Element, deleted: str) -> Element:
    kept: list[Element | Text] = []
    for child in element.children:
        if isinstance(child, Text):
            kept.append(child)
        elif not (child.name == "mrk" and child.get("mtype") == deleted):
            kept.append(_accepted(child, deleted))
    return replace(element, children=tuple(kept))


def written_back(
    original: bytes,
    targets: Mapping[str, Content],
    dialect: Dialect,
    path: str = "",
    refused: dict[str, str] | None = None,
) -> bytes:
    """The file `original` with `targets` (by the ids of the entries) as translations; all other bytes stay.

    Translations that the file has already are left as they are written. Raises InputError for an id that the file does
    not have, a locked segment, codes that its segment does not have, and a character that XML or the file's encoding
    cannot hold. With `refused`, the ids of segments that are locked, or whose codes are not theirs, are put there with
    the reason ("locked" or "codes"), and these segments stay as they are.
    """
    file = decoded(original, path)
    tree = parse(original, path)
    edits = sorted(_edits(tree, targets, dialect, path, refused))
    body = file.text.encode(file.encoding)
    mark = original[: len(original) - len(body)]
    if original != mark + body:
        raise InputError(Message.of("bitexts.package.encoding", encoding=file.encoding.upper()), path)
    parts: list[str] = []
    at = 0
    for start, end, new in edits:
        parts += [file.text[at:start], new]
        at = end
    try:
        return mark + "".join((*parts, file.text[at:])).encode(file.encoding)
    except UnicodeEncodeError:
        raise InputError(Message.of("bitexts.package.encoding", encoding=file.encoding.upper()), path) from None


def _edits(
    tree: Tree, targets: Mapping[str, Content], dialect: Dialect, path: str, refused: dict[str, str] | None
) -> Iterator[tuple[int, int, str]]:
    """The replacements to be made: from, to, new text."""
    wanted, names = dict(targets), Names(_ANY_ID)
    for number, unit, told in _units(tree.root):
        parts = segments(unit, told, number, names)
        found = [(part, wanted.pop(part.id)) for part in parts if part.id in wanted]
        changed = [(part, content) for part, content in found if not _same(part.target, content, dialect)]
        new: dict[str, str] = {}
        free: list[Segment] = []
        for segment, content in changed:
            inner = None if dialect.facts(segment, {}).locked else _rebuilt(tree, segment, content)
            if inner is not None:
                free.append(segment)
                new[segment.mid] = inner
                continue
            reason = "locked" if dialect.facts(segment, {}).locked else "codes"
            if refused is None:
                raise _error(reason, segment, path)
            refused[segment.id] = reason
        if free:
            yield from _unit_edits(tree, unit, free, new)
    if wanted:
        raise InputError(Message.of("bitexts.package.unknown", id=min(wanted)[:80]), path)


def _units(root: Element) -> Iterator[tuple[int, Element, str]]:
    """The units in order, as they are read, with the number of their file and what the elements around them say of
    whether they are to be translated; what stands within a unit is none."""
    number, waiting = 0, [(root, "")]
    while waiting:
        element, told = waiting.pop()
        number += element.name == "file"
        if element.name == "trans-unit":
            yield number, element, told
        else:
            told = element.get("translate") or told
            waiting += [(child, told) for child in reversed(element.elements)]


def _same(target: Element | None, content: Content, dialect: Dialect) -> bool:
    if target is None:
        return False
    return is_same(content_of(target, dialect), content)


def is_same(old: Content, new: Content) -> bool:
    """Whether two contents have the same text with the same codes at the same places."""
    return old.text == new.text and _places(old) == _places(new)


def _places(content: Content) -> list[tuple[int, str, str]]:
    # Other formats do not carry all that a package says of a code; its tags are taken from the package itself.
    return [(code.offset, code.kind, code.id) for code in content.codes]


def _rebuilt(tree: Tree, segment: Segment, content: Content) -> str | None:
    """`content` as XML with the tags of the segment; None where it has other codes."""
    inventory = Inventory(tree.text, [part for part in (segment.target, segment.source) if part is not None])
    return rebuilt(content, inventory, segment.id)


def _unit_edits(
    tree: Tree, unit: Element, changed: Sequence[Segment], new: Mapping[str, str]
) -> Iterator[tuple[int, int, str]]:
    if all(segment.target is not None for segment in changed):
        for segment in changed:
            if segment.target is not None:
                yield _filled(tree.text, segment.target, new[segment.mid])
        return
    yield _new_target(tree.text, unit, new)


def _filled(text: str, element: Element, inner: str) -> tuple[int, int, str]:
    """The edit that makes `inner` all there is in `element`."""
    if element.inner_start < element.end:
        return element.inner_start, element.inner_end, inner
    tag = text[element.start : element.end]
    return element.start, element.end, f"{tag[:-2].rstrip()}>{inner}</{_tag_name(tag)}>"


def _tag_name(tag: str) -> str:
    return tag[1:-2].split(None, 1)[0]


def _new_target(text: str, unit: Element, new: Mapping[str, str]) -> tuple[int, int, str]:
    """The edit that puts a target with all segments into `unit`, made as its segmented source is."""
    target = unit.child("target")
    model = next(part for part in (unit.child("seg-source"), unit.child("source")) if part is not None)
    have = marked(target) if target is not None else {}
    parts: list[str] = []
    at = model.inner_start
    for mid, element in marked(model).items():
        old = have.get(mid)
        inner = new.get(mid, text[old.inner_start : old.inner_end] if old is not None else "")
        start, end, filled = _filled(text, element, inner)
        parts += [text[at:start], filled]
        at = end
    inner = "".join((*parts, text[at : model.inner_end])) if parts else new[""]
    if target is not None:
        return _filled(text, target, inner)
    opening = text[model.start : model.inner_start]
    prefix = opening[1 : opening.index(model.name)]
    return model.end, model.end, f"<{prefix}target>{inner}</{prefix}target>"


def _error(key: str, segment: Segment, path: str) -> InputError:
    unit = segment.unit.element
    return InputError(Message.of(f"bitexts.package.{key}", id=segment.id[:80]), path, unit.line, unit.column)
