"""Precision, recall and F1 of an alignment against a gold one, as vecalign and Bertalign count them.

A bead is strictly right if the gold has the same bead, and laxly right if some gold bead shares a segment with it on
both sides. Precision is over the beads found, those of one side included; recall is over the gold beads of two sides
(with the roles exchanged for the lax count), among beads found of two sides. A bead that is listed twice counts once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from bitext.model.alignment import IndexPair

Beads: TypeAlias = frozenset[IndexPair]


@dataclass(frozen=True, slots=True)
class Counts:
    """Beads `found`, those of them that are `right`, the `gold` beads and those of them that were `recalled`."""

    found: int = 0
    right: int = 0
    gold: int = 0
    recalled: int = 0

    @property
    def precision(self) -> float:
        """Of the beads found, those that are right; 0 if none was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Of the gold beads, those that were recalled; 0 if there are none."""
        return self.recalled / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.found + other.found, self.right + other.right, self.gold + other.gold, self.recalled + other.recalled
        )


@dataclass(frozen=True, slots=True)
class Score:
    """The counts of one alignment, or of several added up.

    `kinds` are the strict counts of each shape of bead ("1-2") that either alignment has, sorted by segments. There
    one-sided gold beads are counted too; in `strict` and `lax` they are not.
    """

    strict: Counts = Counts()
    lax: Counts = Counts()
    kinds: tuple[tuple[str, Counts], ...] = ()

    def __add__(self, other: Score) -> Score:
        kinds = dict(self.kinds)
        for kind, counts in other.kinds:
            kinds[kind] = kinds.get(kind, Counts()) + counts
        return Score(self.strict + other.strict, self.lax + other.lax, _sorted(kinds))


def score(gold: Iterable[IndexPair], auto: Iterable[IndexPair]) -> Score:
    """The score of the alignment `auto` against `gold`; beads are (source, target) tuples of segment numbers.

    Beads without any segment are passed over. The order of the beads does not matter, and the numbers of a bead need
    not follow one another: golds made by hand hold such beads.
    """
    wanted, found = _beads(gold), _beads(auto)
    two_sided, found_two_sided = _two_sided(wanted), _two_sided(found)
    strict = Counts(len(found), len(found & wanted), len(two_sided), len(two_sided & found))
    lax = Counts(len(found), _laxly_right(found, wanted), len(two_sided), _laxly_right(two_sided, found_two_sided))
    return Score(strict, lax, _by_kind(wanted, found))


def _beads(beads: Iterable[IndexPair]) -> Beads:
    return frozenset((tuple(source), tuple(target)) for source, target in beads if source or target)


def _two_sided(beads: Beads) -> Beads:
    return frozenset((source, target) for source, target in beads if source and target)


def _laxly_right(beads: Beads, against: Beads) -> int:
    """How many of `beads` are among `against` or overlap one of them on both sides."""
    partners: defaultdict[int, list[frozenset[int]]] = defaultdict(list)
    for source, target in _two_sided(against):
        group = frozenset(target)
        for segment in source:
            partners[segment].append(group)
    return sum(
        (source, target) in against
        or any(not group.isdisjoint(target) for segment in source for group in partners.get(segment, ()))
        for source, target in beads
    )


def _by_kind(wanted: Beads, found: Beads) -> tuple[tuple[str, Counts], ...]:
    golds, founds, rights = (Counter(map(_kind, beads)) for beads in (wanted, found, wanted & found))
    kinds = {kind: Counts(founds[kind], rights[kind], golds[kind], rights[kind]) for kind in golds | founds}
    return _sorted(kinds)


def _kind(bead: IndexPair) -> str:
    return f"{len(bead[0])}-{len(bead[1])}"


def _sorted(kinds: dict[str, Counts]) -> tuple[tuple[str, Counts], ...]:
    def size(kind: str) -> tuple[int, int]:
        source, _, target = kind.partition("-")
        return int(source) + int(target), int(source)

    return tuple((kind, kinds[kind]) for kind in sorted(kinds, key=size))
