"""Where the clauses of a segment are translated: does the bead hold the place that each of them points to?

Segments are cut into parts at their clause marks, finely and coarsely, and every part is given a vector. A part
points to the segments of the other side in proportion to exp(cosine / temperature) of the parts there. What counts
for a bead is the logarithm of the share that points into it, summed over its parts: a part whose translation stands
just outside speaks against the bead, however well the rest agrees. That is what tells a boundary shifted by one
short sentence, where whole groups are almost equally similar.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from bitext.align.features.column import ADDITION, OMISSION, TWO_SIDED, Array, Column
from bitext.align.features.coverage import over_sources, over_targets, source_reach
from bitext.align.features.resources import PartVectors, Resources
from bitext.align.grid import Grid
from bitext.align.shapes import LARGEST_GROUP
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
_BLOCK: Final = 64
_MARGIN: Final = 16


def columns(sides: Sides, grid: Grid, resources: Resources) -> Iterator[Column]:
    """Shares of the source's and the target's parts, plain and by length; for one-sided beads the number of parts."""
    for grain in GRAINS:
        parts = resources.parts.get(grain)
        if parts is not None:
            yield from _of_grain(grain, parts, sides, grid)


def _of_grain(grain: str, parts: tuple[PartVectors, PartVectors], sides: Sides, grid: Grid) -> Iterator[Column]:
    names = {column: f"{grain}-{column}" for column in _COLUMNS}
    source, target = (
        _Located.of(part, len(side.texts)) for part, side in zip(parts, (sides.source, sides.target), strict=True)
    )
    by_source, by_target = _source_tables(source, target, sides, grid), _target_tables(source, target, sides, grid)
    for index, a, b in TWO_SIDED:
        for column, table in zip(("source", "source-long"), by_source, strict=True):
            yield names[column], index, over_sources(table[b - 1], _MARGIN, a, grid)
        for column, table in zip(("target", "target-long"), by_target, strict=True):
            yield names[column], index, over_targets(table[a - 1], b)
    counts = np.append(np.diff(target.bounds), 0).astype(np.float32)
    yield names["added"], ADDITION, counts[np.minimum(grid.targets, len(counts) - 1)]
    own = np.append(np.diff(source.bounds), 0).astype(np.float32)
    yield names["omitted"], OMISSION, own[grid.source][:, None]


@dataclass(frozen=True, slots=True)
class _Located:
    """Parts of one side: vectors, lengths, and the bounds of each segment's parts."""

    vectors: Array
    lengths: Array
    bounds: Ints

    @staticmethod
    def of(parts: PartVectors, segments: int) -> _Located:
        return _Located(parts.vectors, parts.lengths, np.searchsorted(parts.segment, np.arange(segments + 1)))


def _source_tables(source: _Located, target: _Located, sides: Sides, grid: Grid) -> tuple[Array, Array]:
    """Shares of source parts in groups of 1 to 5 targets, (5, rows, margin + width), plain and by length."""
    out = np.zeros((2, LARGEST_GROUP, grid.rows, _MARGIN + grid.width), dtype=np.float32)
    row = grid.row_of(np.arange(len(sides.source.texts)), sides.source.document)
    first = np.maximum(grid.low[row] - 1, grid.target_starts[sides.source.document])
    last = np.minimum(grid.low[row] + grid.width + 1, grid.target_ends[sides.source.document])
    for left, right, shares in _blocks(source, target, first, last, sides.source.document):
        rows = row[left][:, None]
        columns = right[None, :] - grid.low[rows] + _MARGIN
        inside = (columns >= 0) & (columns < out.shape[3])
        at = np.broadcast_to(rows, columns.shape)[inside], columns[inside]
        out[:, :, at[0], at[1]] = shares[:, :, inside]
    return out[0], out[1]


def _target_tables(source: _Located, target: _Located, sides: Sides, grid: Grid) -> tuple[Array, Array]:
    """Shares of target parts in groups of 1 to 5 sources, (5, rows, width + 5), plain and by length."""
    out = np.zeros((2, LARGEST_GROUP, grid.rows, grid.width + LARGEST_GROUP), dtype=np.float32)
    document = sides.target.document
    first, last = source_reach(grid, document)
    first = np.maximum(first - 1, grid.source_starts[document])
    last = np.minimum(last + 1, grid.source_ends[document])
    row = grid.row_of(np.arange(len(sides.source.texts)), sides.source.document)
    for left, right, shares in _blocks(target, source, first, last, document):
        rows = row[right][None, :]
        columns = left[:, None] - grid.low[rows]
        inside = (columns >= 0) & (columns < out.shape[3])
        at = np.broadcast_to(rows, columns.shape)[inside], columns[inside]
        out[:, :, at[0], at[1]] = shares[:, :, inside]
    return out[0], out[1]


def _blocks(
    left: _Located, right: _Located, first: Ints, last: Ints, document: Ints
) -> Iterator[tuple[Ints, Ints, Array]]:
    """Blocks of left segments, the right segments within their reach, and the logarithms of the shares.

    Shares are (2, 5, left, right): plain and weighted by length, of groups of 1 to 5 right segments from each on.
    """
    edges = np.flatnonzero(np.diff(document, prepend=-1, append=-1))
    for begin, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        for start in range(begin, end, _BLOCK):
            stop = min(start + _BLOCK, end)
            low, high = int(first[start:stop].min()), int(last[start:stop].max())
            if low < high:
                segments = np.arange(start, stop), np.arange(low, high)
                yield *segments, _shares(left, right, segments, first, last)


def _shares(left: _Located, right: _Located, segments: tuple[Ints, Ints], first: Ints, last: Ints) -> Array:
    begin, end = left.bounds[segments[0][0]], left.bounds[segments[0][-1] + 1]
    start, stop = right.bounds[segments[1][0]], right.bounds[segments[1][-1] + 1]
    points = left.vectors[begin:end] @ right.vectors[start:stop].T
    points -= 1.0
    points *= 1.0 / TEMPERATURE
    np.exp(points, out=points)
    share = np.add.reduceat(points, right.bounds[segments[1]] - start, axis=1)
    owner = np.repeat(segments[0], np.diff(left.bounds)[segments[0]])
    reach = (segments[1] >= first[owner][:, None]) & (segments[1] < last[owner][:, None])
    share *= reach
    share /= share.sum(axis=1, keepdims=True) + 1e-20
    own = left.bounds[segments[0]] - begin
    lengths = left.lengths[begin:end, None]
    out = np.empty((2, LARGEST_GROUP, len(segments[0]), len(segments[1])), dtype=np.float32)
    total = np.zeros_like(share)
    for size in range(LARGEST_GROUP):
        if size < share.shape[1]:
            total[:, : share.shape[1] - size] += share[:, size:]
        value = np.log(total + _FLOOR)
        out[0, size] = np.add.reduceat(value, own, axis=0)
        out[1, size] = np.add.reduceat(value * lengths, own, axis=0)
    return out
