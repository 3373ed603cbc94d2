"""Files and groups of an XLIFF file, opened and closed around its units while it is written."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from bitext.formats.bitexts.xliff_around import AFTER, LEFT_OUT, OUTSIDE
from bitext.formats.bitexts.xliff_parts import Parts
from bitext.formats.xml import Element
from bitext.model.memory import Entry, Header


class Framing(ABC):
    """Knows which file and which groups are open, and whether the file is still `empty`. A version says how they begin
    and end. `original` is the name of the first file, which is open from the beginning.
    """

    def __init__(self, original: str) -> None:
        self._original = original
        self._open: list[tuple[int, str]] = []
        self._closed = False
        self.empty = True

    @abstractmethod
    def file(self, original: str, element: Element | None) -> str:
        """The beginning of another file, of which `element` tells more."""

    @abstractmethod
    def end_file(self) -> str:
        """The end of a file."""

    @abstractmethod
    def group(self, element: Element | None, label: Element | None) -> tuple[str, str]:
        """The beginning of a group, of which `element` tells more, and its end; `label` is it in other versions."""

    @abstractmethod
    def as_written(self, element: Element) -> str:
        """A fragment as this version writes it."""

    def enter(self, original: str, parts: Parts) -> str:
        """All that ends and begins before a unit that stands where `parts` say."""
        made: list[str] = []
        if parts.files or original != self._original or self._closed:
            made += [self._close(), self.file(original, parts.files[-1] if parts.files else None)]
            self._original, self._closed = original, False
        told = parts.groups[-len(parts.path) :] if parts.path else []
        common = 0
        while common < min(len(self._open), len(parts.path) - len(told)):
            if self._open[common][0] != parts.path[common]:
                break
            common += 1
        made.append(self._leave(common))
        new = parts.path[common:]
        for number, element, label in zip(new, _last(told, len(new)), _last(parts.labels, len(new)), strict=True):
            start, end = self.group(element, label)
            self._open.append((number, end))
            made.append(start)
        self.empty = False
        return "".join(made)

    def follow(self, parts: Parts) -> str:
        """What follows the unit that was just written."""
        made: list[str] = []
        for where, element in parts.after:
            if where == OUTSIDE:
                made += [self._close(), self.as_written(element), "\n"]
                continue
            depth = len(where.split(".")) if where else 0
            made += [self._leave(min(depth, len(self._open))), self.as_written(element), "\n"]
        return "".join(made)

    def end(self) -> str:
        """The end of all that is open."""
        return self._close()

    def _close(self) -> str:
        ended = "" if self._closed else self._leave(0) + self.end_file()
        self._closed, self.empty = True, True
        return ended

    def _leave(self, depth: int) -> str:
        ends = [end for _, end in reversed(self._open[depth:])]
        del self._open[depth:]
        return "".join(ends)


def _last(found: list[Element], n: int) -> list[Element | None]:
    """The last `n` of what was `found`, with None for what is not there before them."""
    kept = found[-n:] if n else []
    return [*[None] * (n - len(kept)), *kept]


def original_of(entry: Entry, header: Header) -> str:
    """The name of the file that `entry` is of."""
    return next((told for name, told in entry.properties if name == "original"), header.original)


def is_of_first(name: str) -> bool:
    """Whether a property of this name is not said of all segments of a unit: it stands with the first or the last."""
    return name.startswith(("<", AFTER, LEFT_OUT))


Unit: TypeAlias = tuple[str, tuple[Entry, ...], bool]
"""The id of a unit, its entries, and whether they are the segments that the first one tells of."""


def joined(
    entries: Iterable[Entry],
    keys_of: Callable[[Entry], tuple[str, ...]],
    shared: Callable[[Entry], tuple[object, ...]],
) -> Iterator[Unit]:
    """`entries` as the units that they were read from, as far as they still belong together.

    `keys_of` an entry are the names of the segments of the unit that begins with it; the ids of its entries are that of
    the unit, a stop and the name. `shared` is what all of them must agree in.
    """
    stream = iter(entries)
    waiting: deque[Entry] = deque()
    while (first := waiting.popleft() if waiting else next(stream, None)) is not None:
        keys = keys_of(first)
        if len(keys) < 2 or not first.id.endswith(f".{keys[0]}"):
            yield first.id, (first,), len(keys) == 1 and first.source is not None
            continue
        base, common = first.id.removesuffix(f".{keys[0]}"), shared(first)
        held = [first]
        for key in keys[1:]:
            entry = waiting.popleft() if waiting else next(stream, None)
            if entry is None:
                break
            if entry.id != f"{base}.{key}" or not _go_together(first, entry) or common != shared(entry):
                waiting.appendleft(entry)
                break
            held.append(entry)
        if len(held) == len(keys):
            yield base, tuple(held), True
            continue
        # They are told apart from here on: what they say of their unit is kept, but not written as one.
        yield first.id, (first,), False
        waiting.extendleft(reversed(held[1:]))


def _go_together(first: Entry, entry: Entry) -> bool:
    begins = any(name.startswith("<") for name, _ in entry.properties)
    return not begins and first.source is not None and entry.source is not None
