"""What properties say of a unit and its place in an XLIFF file, sorted by where it is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from bitext.formats.bitexts.fragments import XLIFF_2, fits, headed, is_attribute, is_foreign, named, parsed
from bitext.formats.bitexts.own import OWN
from bitext.formats.bitexts.xliff_around import AFTER, GROUP, MOST_GROUPS, OUTSIDE
from bitext.formats.bitexts.xliff_names import ANY, USER_DEFINED_2, Allowed, Names
from bitext.formats.xml import Element
from bitext.model.memory import Properties

NOTE = "xliff:note:"
"""Before the number of a note (from 1) and the name of one of its attributes."""
SUB_STATE = "xliff:sub-state"
"""How far a segment is, in words of a tool beside the standard ones."""
ROOT = "xliff:root:"
"""Before what the outermost element says."""

_ONCE = frozenset({"source", "seg-source", "target", "unit", "originalData", "metadata"})
"""Elements that a unit or the head of a file has once."""
_GROUPS = frozenset({"group", "bin-unit"})
_SCHEMAS = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
_PATH = re.compile(rf"[0-9]{{1,9}}(?:\.[0-9]{{1,9}}){{0,{MOST_GROUPS - 1}}}+")
_NOTE = re.compile(rf"{NOTE}([0-9]{{1,6}}):(.+)", re.DOTALL)
_AFTER = re.compile(rf"{AFTER}(/|[0-9.]*):<(.+)>", re.DOTALL)


Parser: TypeAlias = Callable[[str], Element | None]
"""Gives the element of a fragment, or None where it is none."""


@dataclass(slots=True)
class Parts:
    """The properties of a unit, or of a file, that have places of their own, and the `rest`.

    `labels` are groups as the other line of versions has them; they are among the rest too. `notes` are the attributes
    of each note by its number from 0 on; `after` what follows, with the path of its group.
    `root` are the attributes of the outermost element, `before` what stands in it before the first file; `placed` are
    the properties with a place as they were given.
    """

    parse: Parser
    path: tuple[int, ...] = ()
    sub_state: str = ""
    files: list[Element] = field(default_factory=list)
    groups: list[Element] = field(default_factory=list)
    labels: list[Element] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    notes: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    source: list[tuple[str, str]] = field(default_factory=list)
    target: list[tuple[str, str]] = field(default_factory=list)
    after: list[tuple[str, Element]] = field(default_factory=list)
    root: list[tuple[str, str]] = field(default_factory=list)
    before: list[Element] = field(default_factory=list)
    placed: list[tuple[str, str]] = field(default_factory=list)
    rest: list[tuple[str, str]] = field(default_factory=list)
    _names: set[str] = field(default_factory=set)

    def is_new(self, name: str) -> bool:
        """Whether this property, of which there may be one, comes for the first time."""
        fresh = name not in self._names
        self._names.add(name)
        return fresh

    def element(self, name: str, space: str) -> Element | None:
        """The first of the elements that is called `name` in the namespace `space`."""
        return next((part for part in self.elements if (part.name, part.namespace) == (name, space)), None)


def parts_of(
    properties: Properties, names: Names, *, notes: int, sides: tuple[bool, bool], parse: Parser = parsed
) -> Parts:
    """`properties` of a unit with so many `notes` and the `sides` (source, target), sorted."""
    found = Parts(parse)
    for name, told in properties:
        if name == "original":
            continue
        placed = _placed(found, name, told, names, notes) or _of_side(found, name, told, names, sides)
        (found.placed if placed else found.rest).append((name, told))
    surplus = len(found.groups) - len(found.path)
    if surplus > 0:
        # More groups begin here than the unit is in: who knows which of them it is.
        groups = [index for index, row in enumerate(found.placed) if row[0][1:-1] in names.groups][:surplus]
        found.groups = found.groups[surplus:]
        found.rest += [found.placed[index] for index in groups]
        homeless = set(groups)
        found.placed = [row for index, row in enumerate(found.placed) if index not in homeless]
    return found


def _placed(found: Parts, name: str, told: str, names: Names, notes: int) -> bool:
    if name[:1] == "<":
        return _element(found, name, told, names)
    if name == GROUP and not names.outermost and not found.path and _PATH.fullmatch(told):
        found.path = tuple(map(int, told.split(".")))
    elif name == SUB_STATE and USER_DEFINED_2.fullmatch(told) and names.space == XLIFF_2 and not found.sub_state:
        found.sub_state = told
    elif name.startswith(NOTE):
        return _of_note(found, name, told, names, notes)
    elif name.startswith(ROOT) and names.outermost:
        return _outermost(found, name.removeprefix(ROOT), told, names)
    else:
        return name.startswith(AFTER) and _after(found, name, told, names)
    return True


def _of_note(found: Parts, name: str, told: str, names: Names, notes: int) -> bool:
    match = _NOTE.fullmatch(name)
    if match is None or not 0 < int(match[1]) <= notes or not allows(names.note, match[2], told):
        return False
    number = int(match[1])
    if not found.is_new(f"{NOTE}{number}:{match[2]}"):
        return False
    found.notes.setdefault(number - 1, []).append((match[2], told))
    return True


def _after(found: Parts, name: str, told: str, names: Names) -> bool:
    match, element = _AFTER.fullmatch(name), found.parse(told)
    if match is None or element is None or element.name != match[2] or not fits(element, names.space):
        return False
    if match[1] == OUTSIDE and element.name != "file" and not names.extended:
        return False
    found.after.append((match[1], element))
    return True


def _outermost(found: Parts, name: str, told: str, names: Names) -> bool:
    element = found.parse(told) if name[:1] == "<" else None
    if element is not None and named(element.name) == name and fits(element, names.space) and names.extended:
        found.before.append(element)
        return True
    if name == _SCHEMAS and names.space not in told:
        return False
    if is_foreign(name) and OWN not in name and found.is_new(f"{ROOT}{name}"):
        found.root.append((name, told))
        return True
    return False


def _element(found: Parts, name: str, told: str, names: Names) -> bool:
    element = found.parse(told)
    if element is None or named(element.name) != name:
        return False
    if not fits(element, names.space):
        found.labels += [element] if element.name in _GROUPS else []
        return False
    if element.name in _ONCE and found.element(element.name, element.namespace) is not None:
        return False
    if element.namespace != names.space or element.name in names.own:
        found.elements.append(element)
    elif element.name in names.groups:
        found.groups.append(element)
    elif element.name == "file" and not found.files and not names.outermost:
        found.files.append(element)
    else:
        return False
    return True


def _of_side(found: Parts, name: str, told: str, names: Names, sides: tuple[bool, bool]) -> bool:
    for prefix, rows, allowed, there in (
        ("source:", found.source, names.source, sides[0]),
        ("target:", found.target, names.target, sides[1]),
    ):
        own = name.removeprefix(prefix)
        fits_ = allows(allowed, own, told) and (names.extended or not is_foreign(own))
        if there and own != name and fits_ and found.is_new(name):
            rows.append((own, told))
            return True
    return False


def allows(allowed: Allowed, name: str, told: str) -> bool:
    """Whether an element that has the attributes `allowed`, and any of other namespaces, may have this one."""
    if is_foreign(name):
        return not name.startswith(f"{{{OWN}}}")
    return is_attribute(name) and name in allowed and allowed[name].fullmatch(told) is not None


def with_foreign(allowed: Allowed, properties: Iterable[tuple[str, str]]) -> Allowed:
    """`allowed`, and those attributes of other namespaces that are among `properties`."""
    return {**allowed, **{name: ANY for name, _ in properties if is_foreign(name) and OWN not in name}}


def sorted_attributes(rows: Properties, allowed: Allowed) -> tuple[Properties, Properties]:
    """The attributes `rows` of an element as it is read: first those that are written as attributes, then others."""
    first = tuple(row for row in rows if allows(allowed, *row))
    return first, tuple(row for row in rows if not allows(allowed, *row))


def canonical(properties: Properties, names: Names, *, notes: int, sides: tuple[bool, bool]) -> Properties:
    """`properties` as they are read, in the order in which they are read again once they were written."""
    parts = parts_of(properties, names, notes=notes, sides=sides, parse=headed)
    return in_order((*parts.placed, *parts.rest))


def in_place(properties: Properties, names: Names, notes: int) -> Properties:
    """`properties` of a file, with those last that its header has no place for."""
    return canonical(properties, names, notes=notes, sides=(False, False))


def in_order(properties: Properties) -> Properties:
    """`properties` with those of the source and then those of the target at the end, as other formats keep them."""
    prefixes = ("source:", "target:")
    shared = tuple(row for row in properties if not row[0].startswith(prefixes))
    return (*shared, *(row for prefix in prefixes for row in properties if row[0].startswith(prefix)))


def note_rows(notes: Iterable[Element]) -> Properties:
    """The attributes of `notes` as properties."""
    return tuple(
        (f"{NOTE}{number}:{name}", told) for number, note in enumerate(notes, start=1) for name, told in note.attributes
    )


_RANKS = {"skl": 0, "phase-group": 1}


def ranked(elements: Iterable[Element], home: str) -> list[Element]:
    """`elements` in the order in which they must stand: those of XLIFF, whose namespace is `home`, before others."""
    return sorted(elements, key=lambda part: (part.namespace not in (home, ""), _RANKS.get(part.name, 2)))


def merged(given: Iterable[tuple[str, str]], rows: Iterable[tuple[str, str]]) -> Properties:
    """The attributes `given` that `rows` do not tell, then `rows`."""
    told = tuple(rows)
    names = {name for name, _ in told}
    return (*(row for row in given if row[0] not in names), *told)
