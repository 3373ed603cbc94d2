"""What a conversion leaves out, counted while the units pass."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bitext.formats.bitexts.registry import FEATURES, Feature, Kind
from bitext.formats.bitexts.xliff_around import LEFT_OUT
from bitext.model.memory import Content, Entry, Header, TranslationMemory

INNER = ("source-segments", "target-segments")
"""Properties that tell where the segments of an alignment met; nobody misses them in a table of texts."""

_BREAK = re.compile(r"[\t\r\n]")


class Losses:
    """Passes units on and counts those with something that a format does not hold."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.units = 0
        self._counts: Counter[Feature] = Counter()
        self._large: set[str] = set()

    def counted(self, memory: TranslationMemory) -> TranslationMemory:
        """`memory`, its units counted as they are taken."""
        if "header" not in self.kind.holds and _says_more(memory.header):
            self._counts["header"] += 1
        self._note_large(memory.header)
        return replace(memory, entries=self._entries(memory.entries))

    def _entries(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        for entry in entries:
            self.units += 1
            self._note_large(entry)
            self._counts.update(feature for feature in _features(entry) if self._loses(feature))
            yield entry

    def _note_large(self, row: Header | Entry) -> None:
        self._large.update(told for name, told in row.properties if name == LEFT_OUT)

    @property
    def large(self) -> tuple[str, ...]:
        """The names of elements that were too large to be read along, in order."""
        return tuple(sorted(self._large))

    def _loses(self, feature: Feature) -> bool:
        # Where there are no codes, nobody asks for their attributes.
        return feature not in self.kind.holds and (feature != "attributes" or "codes" in self.kind.holds)

    @property
    def found(self) -> tuple[tuple[Feature, int], ...]:
        """What was left out, in how many units (for the header: 1), in a fixed order."""
        return tuple((feature, self._counts[feature]) for feature in FEATURES if self._counts[feature])


def _features(entry: Entry) -> Iterator[Feature]:
    sides = [side for side in (entry.source, entry.target) if side is not None]
    if any(side.codes for side in sides):
        yield "codes"
    if any(code.attributes for side in sides for code in side.codes):
        yield "attributes"
    if any(map(_breaks, sides)):
        yield "breaks"
    if entry.state:
        yield "states"
    if entry.notes:
        yield "notes"
    if any(name not in INNER for name, _ in entry.properties):
        yield "properties"
    if entry.confidence is not None:
        yield "confidences"


def _breaks(side: Content) -> bool:
    return _BREAK.search(side.text) is not None


def _says_more(header: Header) -> bool:
    return bool(header.original or header.signature or header.notes or header.properties)
