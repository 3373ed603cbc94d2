"""Where the clauses of a segment are translated: does the bead hold the place that each of them points to?

Segments are cut into parts at their clause marks, finely and coarsely, and every part is given a vector. A part
points to the segments of the other side in proportion to exp(cosine / temperature) of the parts there. What counts
for a bead is the logarithm of the share that points into it, summed over its parts: a part whose translation stands
just outside speaks against the bead, however well the rest agrees. That is what tells a boundary shifted by one
short sentence, where whole groups are almost equally similar.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from bitext.align.features.column import ADDITION, OMISSION, TWO_SIDED, Array, Column
from bitext.align.features.coverage import source_reach
from bitext.align.features.groups import MARGIN, Groups
from bitext.align.features.resources import PartVectors, Resources
from bitext.align.grid import Grid
from bitext.align.shapes import LARGEST_GROUP, SHAPES
from bitext.align.sides import Sides

Ints: TypeAlias = npt.NDArray[np.int64]

GRAINS: Final = ("fine", "coarse")
_COLUMNS: Final = ("source", "source-long", "target", "target-long", "added", "omitted")
COLUMNS = tuple(f"{grain}-{column}" for grain in GRAINS for column in _COLUMNS)

TEMPERATURE: Final = 0.045
"""Differences of cosine that change a share by a factor of e; by likelihood in cross-validation on mac-dev, where
0.03 and 0.06 are hardly worse and 0.1 is."""
_FLOOR: Final = 0.02
"""Share that any bead has, so that one odd part cannot veto it."""
_BLOCK: Final = 32
"""Segments whose parts are compared with others at a time: more have more in reach that is in no one's reach."""


def columns(sides: Sides, grid: Grid, resources: Resources) -> Iterator[Column]:
    """Shares of the source's and the target's parts, plain and by length; for one-sided beads the number of parts."""
    shapes = (*[[index for index, _, _ in TWO_SIDED]] * 4, [ADDITION], [OMISSION])
    for grain in GRAINS:
        for column, of_shapes in zip(_COLUMNS, shapes, strict=True):
            name = f"{grain}-{column}"
            out = np.zeros((len(SHAPES), grid.rows, grid.width), dtype=np.float32)
            groups = Groups.empty(grid)
            if grain in resources.parts:
                add_groups(groups, {name: 1.0}, sides, grid, resources)
                groups.add_to(out, grid)
                yield from ((name, shape, out[shape]) for shape in of_shapes)


def add_groups(groups: Groups, weights: Mapping[str, float], sides: Sides, grid: Grid, resources: Resources) -> None:
    """Adds all columns, each by its weight; one without a weight is not counted."""
    for grain in GRAINS:
        parts = resources.parts.get(grain)
        if parts is not None:
            chosen = [weights.get(f"{grain}-{column}", 0.0) for column in _COLUMNS]
            _add_grain(groups, chosen, parts, sides, grid)


def _add_grain(
    groups: Groups, weights: Sequence[float], parts: tuple[PartVectors, PartVectors], sides: Sides, grid: Grid
) -> None:
    source, target = (
        _Located.of(part, len(side.texts)) for part, side in zip(parts, (sides.source, sides.target), strict=True)
    )
    if any(weights[0:2]):
        _add_sources(groups, source.weighted(*weights[0:2]), target, sides, grid)
    if any(weights[2:4]):
        _add_targets(groups, source, target.weighted(*weights[2:4]), sides, grid)
    for out, side, weight in ((groups.added, target, weights[4]), (groups.omitted, source, weights[5])):
        np.add(out, np.float32(weight) * np.diff(side.bounds), out=out, casting="unsafe")


@dataclass(frozen=True, slots=True)
class _Located:
    """Parts of one side: vectors, lengths, what each part counts, and the bounds of each segment's parts."""

    vectors: Array
    lengths: Array
    weights: Array
    bounds: Ints

    @staticmethod
    def of(parts: PartVectors, segments: int) -> _Located:
        bounds = np.searchsorted(parts.segment, np.arange(segments + 1))
        return _Located(parts.vectors, parts.lengths, np.ones_like(parts.lengths), bounds)

    def weighted(self, plain: float, by_length: float) -> _Located:
        """The parts, each counting `plain` and `by_length` times its length."""
        return replace(self, weights=np.float32(plain) + np.float32(by_length) * self.lengths)


def _add_sources(groups: Groups, source: _Located, target: _Located, sides: Sides, grid: Grid) -> None:
    """Adds the shares of source parts in groups of 1 to 5 targets."""
    document = sides.source.document
    rows = grid.row_of(np.arange(len(document)), document)
    first = np.maximum(grid.low[rows] - 1, grid.target_starts[document])
    last = np.minimum(grid.low[rows] + grid.width + 1, grid.target_ends[document])
    # Where the table's first column lies among the target segments.
    edges = (grid.low[rows] - MARGIN).tolist()
    for (start, stop), (low, _), shares in _blocks(source, target, first, last, document):
        bounds = zip(edges[start:stop], first[start:stop].tolist(), last[start:stop].tolist(), strict=True)
        for place, (edge, begin, end) in enumerate(bounds):
            table = groups.source[:, rows[start + place], begin - edge : end - edge]
            table += shares[:, place, begin - low : end - low]


def _add_targets(groups: Groups, source: _Located, target: _Located, sides: Sides, grid: Grid) -> None:
    """Adds the shares of target parts in groups of 1 to 5 sources."""
    document = sides.target.document
    first, last = source_reach(grid, document)
    first = np.maximum(first - 1, grid.source_starts[document])
    last = np.minimum(last + 1, grid.source_ends[document])
    width = groups.target.shape[2]
    for (start, stop), (low, high), shares in _blocks(target, source, first, last, document):
        for place, row in enumerate(range(low + document[start], high + document[start])):
            edge = int(grid.low[row]) - MARGIN
            begin, end = max(start, edge), min(stop, edge + width)
            if begin < end:
                groups.target[:, row, begin - edge : end - edge] += shares[:, begin - start : end - start, place]


def _blocks(
    left: _Located, right: _Located, first: Ints, last: Ints, document: Ints
) -> Iterator[tuple[tuple[int, int], tuple[int, int], Array]]:
    """Runs of left segments, the run of right segments within their reach, and the logarithms of the shares.

    Shares are (5, left, right), of groups of 1 to 5 right segments from each on.
    """
    edges = np.flatnonzero(np.diff(document, prepend=-1, append=-1))
    for begin, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        for start in range(begin, end, _BLOCK):
            stop = min(start + _BLOCK, end)
            low, high = int(first[start:stop].min()), int(last[start:stop].max())
            if low < high:
                yield (start, stop), (low, high), _shares(left, right, (start, stop), (low, high), first, last)


def _shares(
    left: _Located, right: _Located, own: tuple[int, int], other: tuple[int, int], first: Ints, last: Ints
) -> Array:
    (begin, end), (start, stop) = left.bounds[list(own)], right.bounds[list(other)]
    points = left.vectors[begin:end] @ right.vectors[start:stop].T
    points -= 1.0
    points *= 1.0 / TEMPERATURE
    np.exp(points, out=points)
    share = np.add.reduceat(points, right.bounds[other[0] : other[1]] - start, axis=1)
    owner = np.repeat(np.arange(*own), np.diff(left.bounds[own[0] : own[1] + 1]))
    segments = np.arange(*other)
    share *= (segments >= first[owner][:, None]) & (segments < last[owner][:, None])
    share /= share.sum(axis=1, keepdims=True) + 1e-20
    bounds = left.bounds[own[0] : own[1]] - begin
    weights = left.weights[begin:end, None]
    out = np.empty((LARGEST_GROUP, own[1] - own[0], other[1] - other[0]), dtype=np.float32)
    total, value = np.full_like(share, _FLOOR), np.empty_like(share)
    for size in range(LARGEST_GROUP):
        if size < share.shape[1]:
            total[:, : share.shape[1] - size] += share[:, size:]
        np.log(total, out=value)
        value *= weights
        np.add.reduceat(value, bounds, axis=0, out=out[size])
    return out
