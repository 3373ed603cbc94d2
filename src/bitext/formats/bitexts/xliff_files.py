"""What the readers of all versions of XLIFF share: the way from file to file and from unit to unit."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import replace

from bitext.formats.bitexts.own import Scopes
from bitext.formats.xml import Element, Event, Start, XmlReader
from bitext.model.memory import Entry, Header


class FilesReader(ABC):
    """Reads the events of a file after its root: `header()` first, then `entries()`."""

    def __init__(self, events: Iterator[Event], reader: XmlReader, root: Start | Element) -> None:
        self._events = events
        self._reader = reader
        self._root = root
        self._head: Start | None = None
        self._file: Start | None = None
        self._first: Element | None = None
        self._scopes = Scopes()
        self._count = 0
        self._notes: list[str] = []
        self._properties: list[tuple[str, str]] = []

    @abstractmethod
    def header(self) -> Header:
        """What the first file says of itself. Raises InputError where there is no file."""

    def entries(self) -> Iterator[Entry]:
        """The segments of all files. Those of files of another name have it as their property "original"."""
        first = self._head.get("original") if self._head else ""
        unit = self._first
        while unit is not None:
            original = self._file.get("original") if self._file else ""
            named = (("original", original),) if original != first else ()
            yield from (replace(entry, properties=(*entry.properties, *named)) for entry in self._unit(unit))
            unit = self._next_unit()

    @abstractmethod
    def _next_unit(self) -> Element | None:
        """The next unit; what is said of the files on the way there is kept."""

    @abstractmethod
    def _unit(self, unit: Element) -> Iterator[Entry]:
        """The segments of a unit."""
