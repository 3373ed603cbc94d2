"""The search, the coverage of words and the score once more, plainly and slowly, as what the fast versions must equal.

A lattice here is a band of one document: `low[i] <= j < low[i] + width` for the points (i, j) that a path may visit.
Scores are a function of (i, j, shape); beads that leave the band or the document do not exist.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bitext.align.search import NEVER
from bitext.align.shapes import SHAPES

Point = tuple[int, int]
Score = Callable[[int, int, int], float]
Step = tuple[int, int, int]


@dataclass(frozen=True)
class Band:
    """The points of one document that paths may visit."""

    low: Sequence[int]
    width: int
    sources: int
    targets: int

    def holds(self, i: int, j: int) -> bool:
        inside = 0 <= i <= self.sources and 0 <= j <= self.targets
        return inside and self.low[i] <= j < self.low[i] + self.width

    def points(self) -> list[Point]:
        """All points in an order in which beads go forward."""
        return [
            (i, j)
            for i in range(self.sources + 1)
            for j in range(self.low[i], self.low[i] + self.width)
            if self.holds(i, j)
        ]


def log_sum(values: Sequence[float]) -> float:
    top = max(values, default=NEVER)
    if top <= NEVER / 2:
        return NEVER
    return top + math.log(sum(math.exp(value - top) for value in values))


def forward(score: Score, band: Band) -> dict[Point, float]:
    """Log-sum of all paths from the start to each point."""
    out: dict[Point, float] = {}
    for i, j in band.points():
        arrivals = [
            out[i - a, j - b] + score(i - a, j - b, shape)
            for shape, (a, b) in enumerate(SHAPES)
            if band.holds(i - a, j - b) and score(i - a, j - b, shape) > NEVER / 2
        ]
        out[i, j] = 0.0 if (i, j) == (0, 0) else log_sum(arrivals)
    return out


def backward(score: Score, band: Band) -> dict[Point, float]:
    """Log-sum of all paths from each point to the end."""
    out: dict[Point, float] = {}
    for i, j in reversed(band.points()):
        leaving = [
            out[i + a, j + b] + score(i, j, shape)
            for shape, (a, b) in enumerate(SHAPES)
            if band.holds(i + a, j + b) and score(i, j, shape) > NEVER / 2
        ]
        out[i, j] = 0.0 if (i, j) == (band.sources, band.targets) else log_sum(leaving)
    return out


def posteriors(score: Score, band: Band) -> dict[Step, float]:
    """The probability of each bead (i, j, shape) of the band that has any."""
    ahead, behind = forward(score, band), backward(score, band)
    total = ahead[band.sources, band.targets]
    out: dict[Step, float] = {}
    for i, j in band.points():
        for shape, (a, b) in enumerate(SHAPES):
            if band.holds(i + a, j + b) and score(i, j, shape) > NEVER / 2:
                out[i, j, shape] = math.exp(ahead[i, j] + score(i, j, shape) + behind[i + a, j + b] - total)
    return out


def best_score(score: Score, band: Band) -> float:
    """The highest sum of scores of a path from the start to the end."""
    out: dict[Point, float] = {(0, 0): 0.0}
    for i, j in band.points():
        arrivals = [
            out[i - a, j - b] + score(i - a, j - b, shape)
            for shape, (a, b) in enumerate(SHAPES)
            if band.holds(i - a, j - b) and score(i - a, j - b, shape) > NEVER / 2
        ]
        if (i, j) != (0, 0):
            out[i, j] = max(arrivals, default=NEVER)
    return out[band.sources, band.targets]


Keyed = Sequence[Sequence[int]]
"""The keys of the words of each segment of one side of one document."""
Links = frozenset[tuple[int, int]]
"""Keys (explaining, explained)."""


def explains(group: Keyed, key: int, links: Links) -> bool:
    return any((word, key) in links for segment in group for word in segment)


def information(explaining: Keyed, key: int, links: Links) -> float:
    """-ln of the chance that a random segment of the explaining side explains a word; 0 if none does."""
    frequency = sum(explains([segment], key, links) for segment in explaining)
    return max(-math.log((frequency + 0.5) / (len(explaining) + 1.0)), 0.0) if frequency else 0.0


def coverage(
    explaining: Keyed, group: tuple[int, int], explained: Keyed, words: tuple[int, int], links: Links
) -> tuple[float, int]:
    """Information and number of the words of segments [words) that segments [group) explain."""
    weight, count = 0.0, 0
    for segment in explained[slice(*words)]:
        for key in segment:
            if explains(explaining[slice(*group)], key, links):
                weight += information(explaining, key, links) - math.log(group[1] - group[0])
                count += 1
    return weight, count


def linkable(explaining: Keyed, segment: Sequence[int], links: Links) -> int:
    """How many words of a segment anything on the other side explains."""
    return sum(explains(explaining, key, links) for key in segment)


Beads = Sequence[tuple[tuple[int, ...], tuple[int, ...]]]


def agreement(gold: Beads, auto: Beads) -> tuple[tuple[int, int, int, int], tuple[int, int, int, int]]:
    """Beads found, right, wanted and recalled: by the strict and by the lax count."""
    wanted, found = ({bead for bead in beads if any(bead)} for beads in (gold, auto))
    two_sided, found_two_sided = ({bead for bead in beads if all(bead)} for beads in (wanted, found))
    counts = []
    for agrees in (_same, _alike):
        right = sum(any(agrees(bead, other) for other in wanted) for bead in found)
        recalled = sum(any(agrees(bead, other) for other in found_two_sided) for bead in two_sided)
        counts.append((len(found), right, len(two_sided), recalled))
    return counts[0], counts[1]


def _same(bead: tuple[tuple[int, ...], tuple[int, ...]], other: tuple[tuple[int, ...], tuple[int, ...]]) -> bool:
    return bead == other


def _alike(bead: tuple[tuple[int, ...], tuple[int, ...]], other: tuple[tuple[int, ...], tuple[int, ...]]) -> bool:
    """Whether two beads are the same or share a segment on either side."""
    return bead == other or all(set(bead[side]) & set(other[side]) for side in (0, 1))
