"""What may stand where in TBX. Names are those of ISO 30042:2019; those of 2008 are turned into them first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bitext.errors import InputError
from bitext.formats.glossaries.tbx_words import ELEMENTS, LEVELS, PICKLISTS
from bitext.formats.xml_nodes import Element, Start, Text
from bitext.model.findings import Message

RENAMED: Mapping[str, str] = {
    "martif": "tbx",
    "martifHeader": "tbxHeader",
    "termEntry": "conceptEntry",
    "langSet": "langSec",
    "tig": "termSec",
    "ntig": "ntermSec",
    "refObjectList": "refObjectSec",
}
_AUXILIARY = ("descrip", "descripGrp", "admin", "adminGrp", "transacGrp", "note", "ref", "xref")
_INLINE = ("hi", "foreign", "sc", "ec", "ph", "bpt", "ept", "it", "ut")
_LINKS = ("admin", "adminGrp", "transacGrp", "note", "ref", "xref")
_RUNNING = ("descrip", "admin", "note", "termNote", "adminNote", "descripNote", "transac", "transacNote", "ref", "xref")
_CHILDREN: Mapping[str, tuple[str, ...]] = {
    "tbx": ("tbxHeader", "text"),
    "tbxHeader": ("fileDesc", "encodingDesc", "revisionDesc"),
    "fileDesc": ("titleStmt", "publicationStmt", "sourceDesc"),
    "titleStmt": ("title", "note"),
    "publicationStmt": ("p",),
    "sourceDesc": ("p",),
    "encodingDesc": ("p", "ude"),
    "revisionDesc": ("change",),
    "change": ("p",),
    "text": ("front", "body", "back"),
    "body": ("conceptEntry",),
    "conceptEntry": (*_AUXILIARY, "langSec"),
    "langSec": (*_AUXILIARY, "termSec", "ntermSec"),
    "termSec": ("term", "termNote", "termNoteGrp", *_AUXILIARY),
    "ntermSec": ("termGrp", *_AUXILIARY),
    "termGrp": ("term", "termNote", "termNoteGrp", "termCompList"),
    "descripGrp": ("descrip", "descripNote", *_LINKS),
    "adminGrp": ("admin", "adminNote", "note", "ref", "xref"),
    "transacGrp": ("transac", "transacNote", "date", "note", "ref", "xref"),
    "termNoteGrp": ("termNote", *_LINKS),
    "term": _INLINE,
    "p": _INLINE,
    "title": (),
    "date": (),
    **dict.fromkeys(_RUNNING, _INLINE),
}
"""Elements that may stand in one; what is not listed here may hold anything."""
_FIRST: Mapping[str, str] = {
    "termSec": "term",
    "ntermSec": "termGrp",
    "termGrp": "term",
    "descripGrp": "descrip",
    "adminGrp": "admin",
    "transacGrp": "transac",
    "termNoteGrp": "termNote",
}
"""What must be there exactly once and before all else."""
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "conceptEntry": ("langSec",),
    "langSec": ("termSec", "ntermSec"),
    "fileDesc": ("sourceDesc",),
    "sourceDesc": ("p",),
}
_TYPED = ("descrip", "admin", "termNote", "transac", "transacNote", "adminNote", "descripNote")
_TEXT = frozenset((*_RUNNING, "term", "p", "title", "date"))
_GROUPS = frozenset(("descripGrp", "adminGrp", "transacGrp", "termNoteGrp", "termGrp"))

Fault = Callable[[Message, Element | Start], InputError]


@dataclass(frozen=True, slots=True)
class Rules:
    """How to judge a file: by its dialect as far as that is a public one, and whether elements may be categories."""

    dialect: str
    style: str
    edition: int
    namespace: str
    fault: Fault

    def name(self, element: Element | Start) -> str:
        """The name of `element` in the words of 2019; the element of the category for one of another namespace."""
        if element.namespace != self.namespace:
            return ELEMENTS.get(element.name, "")
        return RENAMED.get(element.name, element.name)

    def category(self, element: Element | Start) -> str:
        """The data category of `element`, or nothing."""
        return element.get("type") if element.namespace == self.namespace else element.name

    def check(self, element: Element, parents: tuple[str, ...]) -> None:
        """Raises InputError for the first thing in `element` that may not be. `parents` are the names around it."""
        name = self.name(element)
        self._check_category(element, name, parents)
        if name not in _CHILDREN:
            return
        self._check_children(element, name)
        for child in element.elements:
            self.check(child, (*parents, name))
        if name == "langSec" and not element.get("xml:lang"):
            raise self.fault(Message.of("glossaries.tbx.no-language"), element)

    def check_child(self, parent: str, child: Element | Start) -> None:
        """Raises InputError if `child` may not stand in an element named `parent`."""
        if child.namespace != self.namespace:
            if self.style == "dca" or self.edition == 2008:
                raise self.fault(Message.of("glossaries.tbx.foreign-element", name=child.name), child)
            return
        allowed = _CHILDREN.get(parent, ())
        name = self.name(child)
        if parent in _CHILDREN and name not in allowed:
            accepted = ", ".join(self._spelt(other) for other in allowed) or "–"
            message = Message.of(
                "glossaries.tbx.misplaced", name=child.name, parent=self._spelt(parent), accepted=accepted
            )
            raise self.fault(message, child)

    def _spelt(self, name: str) -> str:
        """The name in the words of the file's edition."""
        if self.edition == 2008:
            return next((old for old, new in RENAMED.items() if new == name), name)
        return name

    def _check_children(self, element: Element, name: str) -> None:
        if name not in _TEXT:
            self.require_no_text(element.children, name, element)
        first = _FIRST.get(name)
        names = []
        for child in element.elements:
            self.check_child(name, child)
            names.append(self.name(child))
            if first and ((len(names) == 1) != (names[-1] == first)) and names[-1]:
                key = "twice" if names[-1] == first and first in names[:-1] else "not-first"
                fields = {"name": self._spelt(first), "parent": element.name}
                raise self.fault(Message.of(f"glossaries.tbx.{key}", **fields), child)
        needed = (first,) if first else _NEEDED.get(name, ())
        if needed and not any(one in names for one in needed):
            message = Message.of("glossaries.tbx.lacks", name=element.name, needed=self._spelt(needed[0]))
            raise self.fault(message, element)
        if name == "term" and not element.text.strip():
            raise self.fault(Message.of("glossaries.tbx.empty-term"), element)

    def require_no_text(self, children: Iterable[Element | Text], name: str, element: Element | Start) -> None:
        """Raises InputError if there is text right in an element that holds elements only."""
        if name in _CHILDREN and any(isinstance(child, Text) and child.text.strip() for child in children):
            accepted = ", ".join(self._spelt(other) for other in _CHILDREN[name])
            message = Message.of("glossaries.tbx.bare-text", name=element.name, accepted=accepted)
            raise self.fault(message, element)

    def _check_category(self, element: Element, name: str, parents: tuple[str, ...]) -> None:
        """Whether the category is given, known to the dialect, at its level, and has a value of its picklist."""
        category = self.category(element)
        if name in _TYPED and not category:
            raise self.fault(Message.of("glossaries.tbx.no-type", name=element.name), element)
        if not category or (name not in _TYPED and name not in ("ref", "xref")):
            return
        levels = LEVELS.get(self.dialect) if self.edition == 2019 else None
        if levels is not None:
            fields = {"category": category, "dialect": self.dialect}
            if category not in levels or ELEMENTS[category] != name:
                known = ", ".join(sorted(one for one in levels if ELEMENTS[one] == name)) or "–"
                message = Message.of("glossaries.tbx.unknown-category", name=element.name, accepted=known, **fields)
                raise self.fault(message, element)
            around = {parents[-1] if parents else "", _level(parents)}
            if not around & levels[category]:
                accepted = ", ".join(sorted(levels[category]))
                raise self.fault(Message.of("glossaries.tbx.wrong-level", accepted=accepted, **fields), element)
        value = " ".join(element.text.split())
        if category in PICKLISTS and value not in PICKLISTS[category]:
            accepted = ", ".join(sorted(PICKLISTS[category]))
            message = Message.of("glossaries.tbx.bad-value", category=category, value=value[:60], accepted=accepted)
            raise self.fault(message, element)


def _level(parents: tuple[str, ...]) -> str:
    """The innermost of `parents` that is no group."""
    return next((name for name in reversed(parents) if name not in _GROUPS), "")
