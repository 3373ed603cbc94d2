"""The files behind the pages of a report, for outputs that count columns as other programs do.

A document knows its places in characters. Editors that speak UTF-16 and tools that count bytes need the line itself up
to the place, markup and all; so they ask for the decoded file, once for all its findings.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Literal, TypeAlias

Read: TypeAlias = Callable[[str], str | None]
"""From the path of a page to the text of its file, a byte order mark left out; None where it is not to be had."""
Unit: TypeAlias = Literal["utf-8", "utf-16-le"]

_KEPT = 4
"""Files kept at a time: those of the pair at hand and of the one before."""
_STEP = 1024
"""Characters from one count that is kept to the next."""


def unread(path: str) -> None:  # noqa: ARG001
    """No file is to be had: columns are counted in characters then."""
    return


class Source:
    """The text of one file, which counts code units before any of its characters in constant time."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._counts: dict[Unit, list[int]] = {}

    def before(self, offset: int, unit: Unit) -> int:
        """Code units of `unit` before the character at `offset`."""
        counts = self._counts.get(unit)
        if counts is None:
            counts = self._counts[unit] = [0]
            for start in range(0, len(self.text), _STEP):
                counts.append(counts[-1] + _units(self.text[start : start + _STEP], unit))
        index = min(offset, len(self.text)) // _STEP
        return counts[index] + _units(self.text[index * _STEP : offset], unit)


def _units(text: str, unit: Unit) -> int:
    return len(text.encode(unit, errors="replace")) // (2 if unit == "utf-16-le" else 1)


class Sources:
    """The files of a report, the latest few of them kept."""

    def __init__(self, read: Read = unread) -> None:
        self._read = read
        self._kept: OrderedDict[str, Source | None] = OrderedDict()

    def get(self, path: str) -> Source | None:
        """The file at `path` as the document names it, or None if it is not to be had."""
        if path not in self._kept:
            text = self._read(path) if path else None
            self._kept[path] = None if text is None else Source(text)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(path)
        return self._kept[path]
