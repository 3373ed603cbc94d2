"""What an XML file is read as: starts, texts and ends, and small positioned trees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
Attributes: TypeAlias = tuple[tuple[str, str], ...]
"""Names and values in the order of the file. A name without a namespace stands as it is, one of the XML namespace as
`xml:lang`, any other as `{namespace}name`."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may hold: elements within one another, attributes of one element, characters of one tag or comment,
    characters and nodes of one element that is kept whole."""

    depth: int = 256
    attributes: int = 256
    token: int = 1 << 20
    text: int = 1 << 24
    nodes: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Text:
    """Characters that the file writes as `length` characters from `offset` on (-1 and 0 where places are not known)."""

    text: str
    offset: int = -1
    length: int = 0


@dataclass(frozen=True, slots=True)
class Start:
    """A start tag. `offset` is that of its "<"."""

    namespace: str
    name: str
    attributes: Attributes
    line: int
    column: int
    offset: int = -1

    def get(self, name: str, default: str = "") -> str:
        """The value of the attribute `name`."""
        return next((value for key, value in self.attributes if key == name), default)


@dataclass(frozen=True, slots=True)
class End:
    """An end tag, or the end of an empty element. `offset` is that of its "<", or of what follows the empty element."""

    namespace: str
    name: str
    line: int
    column: int
    offset: int = -1


@dataclass(frozen=True, slots=True)
class Element:
    """An element with all that is in it. Comments and processing instructions are left out.

    `start` and `end` are the offsets of its first character and after its last; `inner_start` and `inner_end` those
    between its tags (both equal `end` for an empty-element tag). They are -1 where places are not known.
    """

    namespace: str
    name: str
    attributes: Attributes
    children: tuple[Element | Text, ...]
    line: int
    column: int
    start: int = -1
    inner_start: int = -1
    inner_end: int = -1
    end: int = -1

    def get(self, name: str, default: str = "") -> str:
        """The value of the attribute `name`."""
        return next((value for key, value in self.attributes if key == name), default)

    @property
    def elements(self) -> tuple[Element, ...]:
        """The children that are elements."""
        return tuple(child for child in self.children if isinstance(child, Element))

    def named(self, *names: str) -> tuple[Element, ...]:
        """The child elements of one of the local `names`, whatever their namespace."""
        return tuple(child for child in self.children if isinstance(child, Element) and child.name in names)

    def child(self, name: str) -> Element | None:
        """The first child element of the local `name`."""
        return next(iter(self.named(name)), None)

    def texts(self) -> Iterator[Text]:
        """The texts in it, at any depth, in order."""
        return (node for node in _nodes(self) if isinstance(node, Text))

    def walk(self) -> Iterator[Element]:
        """The element itself and the elements in it, at any depth, in order."""
        yield self
        yield from (node for node in _nodes(self) if isinstance(node, Element))

    @property
    def text(self) -> str:
        """All text in it, at any depth."""
        return "".join(part.text for part in self.texts())


def _nodes(element: Element) -> Iterator[Element | Text]:
    # Not by recursion, which would hand each node up through all levels above it.
    waiting = [iter(element.children)]
    while waiting:
        node = next(waiting[-1], None)
        if node is None:
            waiting.pop()
            continue
        yield node
        if isinstance(node, Element):
            waiting.append(iter(node.children))


Event: TypeAlias = Start | Text | End | Element
