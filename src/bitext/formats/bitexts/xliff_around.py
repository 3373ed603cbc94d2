"""What stands around the units of an XLIFF file, followed while it is read: files, groups, and what is said of them.

A unit tells by a path of numbers in which groups it stands ("2.3", the property GROUP). The first unit of a group or of
a later file carries it as a fragment, without the units in it. What stands between units is carried by the unit before
it, under AFTER, the path of the group that it is in ("/" outside of files), and its name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bitext.formats.bitexts.fragments import XLIFF_1, fragment, named
from bitext.formats.xml import Element, End, Event, Start, Text, XmlReader
from bitext.model.findings import Message
from bitext.model.memory import Properties

GROUP = "xliff:group"
AFTER = "xliff:after:"
LEFT_OUT = "xliff:left-out"
"""Names an element that is too large to be kept."""
MOST_GROUPS = 100
"""Groups within one another."""
OUTSIDE = "/"
NOTHING = (("id", "empty"),)
"""The attributes of the group that we write into a file without units, which XLIFF 2 does not allow."""

_MOST = 1 << 20
"""Characters around units that are kept from one unit to the next."""
_MOST_NAMES = 100
"""Names of elements that are told to be too large, from one unit to the next."""
_CONTAINERS = frozenset({"file", "group", "bin-unit"})
_THROUGH = frozenset({"header", "body"})
_UNITS = frozenset({"trans-unit", "unit"})


@dataclass(slots=True)
class _Frame:
    """A file or group that is open; `claimed` once a unit in it was seen, or for the first file its head."""

    start: Start
    head: list[Element] = field(default_factory=list)
    number: int = 0
    claimed: bool = False
    previous: str | None = None
    """The name of the file before."""


class Around:
    """Takes the events between units."""

    def __init__(self, home: str, space: str, reader: XmlReader) -> None:
        self._home, self._space, self._reader = home, space, reader
        self._frames: list[_Frame] = []
        self._collecting: list[tuple[Start, list[Element | Text]]] = []
        self._after: list[tuple[str, str]] = []
        self._size = self._numbers = self._files = 0
        self._large: set[str] = set()
        self._original: str | None = None
        self.before: list[Element] = []
        self.first: _Frame | None = None

    @property
    def head(self) -> tuple[Element, ...]:
        """What the first file says of itself."""
        return tuple(self.first.head) if self.first else ()

    def take(self, event: Event) -> Element | None:
        """The unit that `event` is, if it is one; anything else is remembered."""
        if isinstance(event, Element) and event.name in _UNITS and self._is_own(event):
            return event
        if self._collecting:
            self._collect(event)
        elif isinstance(event, Element):
            self._size += _size(event)
            self._loose(event)
        elif isinstance(event, Start):
            self._start(event)
        elif isinstance(event, End) and event.name in _CONTAINERS and self._is_own(event):
            self._end(self._frames.pop())
        return None

    def _is_own(self, event: Start | End | Element) -> bool:
        return event.namespace in (self._home, "")

    def _start(self, event: Start) -> None:
        self._size += _of_tags(event)
        if not self._is_own(event) or event.name not in _CONTAINERS | _THROUGH:
            self._collecting = [(event, [])]
        elif event.name in _CONTAINERS:
            if len(self._frames) > MOST_GROUPS:
                raise self._reader.error(Message.of("xml.too-deep", limit=MOST_GROUPS), event)
            if event.name != "file" and self._frames and self._frames[0] is self.first:
                self.first.claimed = True
            self._frames.append(_Frame(event, previous=self._original))
            if event.name == "file":
                self._original = event.get("original")
                self._files += 1
                self._frames[-1].number = self._files
            self.first = self.first or self._frames[-1]
        elif event.name == "body" and self._frames and self._frames[-1] is self.first:
            self.first.claimed = True

    def _end(self, frame: _Frame) -> None:
        if frame is self.first:
            frame.claimed = True
        if not frame.claimed and not (frame.start.attributes == NOTHING and not frame.head):
            self._loose(self._whole_file(frame) if frame.start.name == "file" else self._element(frame))

    def _collect(self, event: Event) -> None:
        if isinstance(event, Start):
            self._size += _of_tags(event)
            self._collecting.append((event, []))
        elif isinstance(event, End):
            start, children = self._collecting.pop()
            element = Element(start.namespace, start.name, start.attributes, tuple(children), start.line, start.column)
            if not self._collecting:
                self._loose(element)
            elif self._size <= _MOST:
                self._collecting[-1][1].append(element)
        else:
            self._size += len(event.text) if isinstance(event, Text) else _size(event)
            if self._size <= _MOST:
                self._collecting[-1][1].append(event)

    def _loose(self, element: Element) -> None:
        """Something that is no unit and stands where one might, or says something of what it stands in."""
        if self._size > _MOST:
            self._left_out(element.name)
        elif not self._frames and self.first is None:
            self.before.append(element)
        elif self._frames and not self._frames[-1].claimed:
            self._frames[-1].head.append(element)
        else:
            where = self._path() if self._frames else OUTSIDE
            self._after.append((f"{AFTER}{where}:{named(element.name)}", self.fragment(element)))

    def _left_out(self, name: str) -> None:
        if name not in self._large and len(self._large) < _MOST_NAMES:
            self._large.add(name)
            self._after.append((LEFT_OUT, name))

    def fragment(self, element: Element) -> str:
        """`element` as a fragment."""
        return fragment(element, self._home, self._space)

    def _path(self) -> str:
        return ".".join(str(frame.number) for frame in self._frames if frame.start.name != "file")

    def claimed(self) -> tuple[Properties, Properties]:
        """What the unit that was just taken says of its place: its path, and what it is the first one in."""
        self._size = 0
        self._large.clear()
        rows: list[tuple[str, str]] = []
        for frame in self._frames:
            if frame.start.name == "file":
                rows += self._file(frame)
            elif not frame.claimed:
                self._numbers += 1
                frame.number = self._numbers
                rows.append((named(frame.start.name), self.fragment(self._element(frame))))
            frame.claimed = True
        path = self._path()
        return ((GROUP, path),) if path else (), tuple(rows)

    def _file(self, frame: _Frame) -> Properties:
        """The file as a fragment, where it is not the first and its name does not say it all."""
        if frame.claimed or frame is self.first:
            return ()
        element = self._element(frame)
        says = element.attributes or element.children or frame.start.get("original") == frame.previous
        return ((named("file"), self.fragment(element)),) if says else ()

    def of_file(self, start: Start, number: int = 1) -> Properties:
        """The attributes of the file `number` that its units do not say."""
        usual = {"original", "source-language", "target-language"}
        told = {("datatype", "plaintext"), ("xml:space", "preserve"), ("id", f"f{number}")}
        return tuple(row for row in start.attributes if row[0] not in usual and row not in told)

    def _element(self, frame: _Frame) -> Element:
        start, children = frame.start, tuple(frame.head)
        attributes = start.attributes
        if start.name == "file":
            attributes = self.of_file(start, frame.number)
            if children and self._space == XLIFF_1:
                children = (Element(start.namespace, "header", (), children, start.line, start.column),)
        return Element(start.namespace, start.name, attributes, children, start.line, start.column)

    def _whole_file(self, frame: _Frame) -> Element:
        """A file that has no units."""
        element = self._element(frame)
        body = Element(element.namespace, "body", (), (), element.line, element.column)
        children = (*element.children, body) if self._space == XLIFF_1 else element.children
        return replace(element, attributes=frame.start.attributes, children=children)

    def after(self) -> Properties:
        """What followed the unit before, taken."""
        rows, self._after = tuple(self._after), []
        return rows


def _size(element: Element) -> int:
    return sum(len(part.text) for part in element.texts()) + sum(map(_of_tags, element.walk()))


def _of_tags(element: Start | Element) -> int:
    """The characters of the tags of `element` alone: elements that hold nothing are kept in memory too."""
    return 2 * len(element.name) + 5 + sum(len(name) + len(value) for name, value in element.attributes)


def names_in(elements: Iterable[Element], home: str, name: str) -> tuple[Element, ...]:
    """Those of `elements` that are called `name` in XLIFF."""
    return tuple(part for part in elements if part.name == name and part.namespace in (home, ""))
