"""What the readers of all versions of XLIFF share: the way from file to file and from unit to unit."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from bitext.formats.bitexts.fragments import named
from bitext.formats.bitexts.own import Scopes
from bitext.formats.bitexts.xliff_around import Around
from bitext.formats.bitexts.xliff_parts import ROOT, in_order
from bitext.formats.xml import Element, End, Event, Start, XmlReader
from bitext.model.findings import Message
from bitext.model.memory import Entry, Header, Properties

_MOST_SAID = 250_000
"""Notes and properties that the segments of one unit may have, each of them counted for each segment."""
_SCOPES = frozenset({"file", "group"})


class FilesReader(ABC):
    """Reads the events of a file after its root: `header()` first, then `entries()`."""

    space: ClassVar[str]
    """The namespace of fragments."""

    def __init__(self, events: Iterator[Event], reader: XmlReader, root: Start | Element) -> None:
        self._events = events
        self._reader = reader
        self._root = root
        self._around = Around(root.namespace, self.space, reader)
        self._head: Start | None = None
        self._file: Start | None = None
        self._first: Element | None = None
        self._scopes = Scopes()
        self._count = 0

    @abstractmethod
    def header(self) -> Header:
        """What the first file says of itself. Raises InputError where there is no file."""

    def entries(self) -> Iterator[Entry]:
        """The segments of all files. Those of files of another name have it as their property "original"."""
        first = self._head.get("original") if self._head else ""
        unit = self._first
        while unit is not None:
            original = self._file.get("original") if self._file else ""
            named_ = (("original", original),) if original != first else ()
            held = [
                replace(entry, properties=in_order((*entry.properties, *named_))) if named_ else entry
                for entry in self._unit(unit, *self._around.claimed())
            ]
            unit = self._next_unit()
            after = self._around.after()
            if after and held:
                held[-1] = replace(held[-1], properties=in_order((*held[-1].properties, *after)))
            yield from held

    def _next_unit(self) -> Element | None:
        """The next unit; what stands on the way there is kept."""
        for event in self._events:
            if (
                isinstance(event, Start | End)
                and event.name in _SCOPES
                and event.namespace in (self._root.namespace, "")
            ):
                self._scope(event)
            unit = self._around.take(event)
            if unit is not None:
                return unit
        return None

    def _scope(self, event: Start | End) -> None:
        if isinstance(event, End):
            self._scopes.close()
            return
        if event.name == "file":
            self._opened(event)
            self._head = self._head or event
            self._file = event
        self._scopes.open(event.get("translate"))

    @abstractmethod
    def _opened(self, file: Start) -> None:
        """A file begins. Raises InputError where it cannot go with the others."""

    @abstractmethod
    def _unit(self, unit: Element, path: Properties, frames: Properties) -> Iterator[Entry]:
        """The segments of a unit, which stands in groups by the property `path` and carries `frames`."""

    def _require_bounds(self, unit: Element, segments: int, said: int) -> None:
        """Raises InputError where what is `said` of a unit would be said of each of too many segments."""
        if segments > 1 and segments * said > _MOST_SAID:
            fields = {"segments": segments, "said": said, "limit": _MOST_SAID}
            raise self._reader.error(Message.of("bounds.xliff.said", **fields), unit)

    def _fragment(self, element: Element) -> tuple[str, str]:
        return named(element.name), self._around.fragment(element)

    def _outermost(self) -> Properties:
        """What the outermost element says."""
        plain = {"version", "srcLang", "trgLang", "xml:lang", "xml:space"}
        rows = ((f"{ROOT}{name}", told) for name, told in self._root.attributes if name not in plain)
        parts = map(self._fragment, self._around.before)
        return (*rows, *((f"{ROOT}{name}", told) for name, told in parts))
