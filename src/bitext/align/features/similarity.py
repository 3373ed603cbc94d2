"""Cosine of the two groups' vectors, and how it changes when the groups grow or shrink by a segment.

The vectors are centred by the mean of their side's segments, which takes away what all segments of a document share.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from bitext.align.features.column import ADDITION, OMISSION, TWO_SIDED, Array, Column
from bitext.align.features.facts import letters
from bitext.align.features.resources import Resources, Vectors
from bitext.align.grid import Grid, spread, spread_targets
from bitext.align.shapes import LARGEST_GROUP
from bitext.align.sides import Side, Sides

Ints: TypeAlias = npt.NDArray[np.int64]

COLUMNS = (
    "similarity", "similarity-merged", "centred", "centred-merged", "centred-length",
    "grow-target", "grow-source", "grow-target-left", "grow-source-left", "shrink-target", "shrink-source",
    "lone-added", "lone-omitted",
)  # fmt: skip

_BOUND = 0.5
_NEUTRAL = 0.05
"""What growing is taken to cost where there is nothing to grow into."""
_CLOSE = 0.01
"""Squared distance from the mean below which a difference is computed by itself."""
_EPSILON = 1e-6
_ROWS = 64
"""Rows whose bands are multiplied together."""


def columns(sides: Sides, grid: Grid, resources: Resources) -> Iterator[Column]:
    """Similarities of beads of two sides; for one-sided ones the best similarity that the segment has near by."""
    vectors = resources.vectors
    if vectors is None:
        return
    plain, centred = _cosines(vectors, sides, grid)
    lengths = _Lengths(sides, grid)
    for index, a, b in TWO_SIDED:
        here = centred[a - 1, b - 1]
        yield "similarity", index, plain[a - 1, b - 1]
        yield "centred", index, here
        if a + b > 2:
            yield "similarity-merged", index, plain[a - 1, b - 1]
            yield "centred-merged", index, here
        yield "centred-length", index, here * lengths(a, b)
        yield from _growth(centred, grid, index, a, b)
        yield from _shrinkage(centred, grid, index, a, b)
    single = np.where(grid.valid(1, 1), centred[0, 0], -1.0)
    yield "lone-omitted", OMISSION, np.maximum(single.max(axis=1), -0.2)[:, None]
    best = np.full(int(grid.targets.max()) + 1, -1.0, dtype=np.float32)
    np.maximum.at(best, grid.targets.ravel(), single.ravel())
    yield "lone-added", ADDITION, np.maximum(best[grid.targets], -0.2)


@dataclass(frozen=True, slots=True)
class _Centring:
    """What turns products of one side's vectors into those of unit vectors of the differences from a mean.

    `mean` is that of each document's single segments; `scale`, (sizes, segments), is one over the difference's length.
    `close` are the documents in which differences are so small that rounding would show.
    """

    mean: Array
    scale: Array
    close: npt.NDArray[np.bool_]

    @staticmethod
    def of(vectors: Array, side: Side) -> _Centring:
        starts = np.cumsum(side.sizes) - side.sizes
        mean = (np.add.reduceat(vectors[0], starts, axis=0) / side.sizes[:, None]).astype(np.float32)
        along = np.empty(vectors.shape[:2], dtype=np.float32)
        for start, size, centre in zip(starts.tolist(), side.sizes.tolist(), mean, strict=True):
            along[:, start : start + size] = vectors[:, start : start + size] @ centre
        own = np.einsum("ij,ij->i", mean, mean)[side.document]
        squared = np.einsum("gij,gij->gi", vectors, vectors) - 2 * along + own
        close = np.minimum.reduceat(squared.min(axis=0), starts) < _CLOSE
        return _Centring(mean, 1 / (np.sqrt(np.maximum(squared, 0)) + np.float32(_EPSILON)), close)


def _cosines(vectors: Vectors, sides: Sides, grid: Grid) -> tuple[Array, Array]:
    """Cosines of all groups, (source sizes, target sizes, rows, width), plain and of the differences from the means of
    their documents; zero where a size is larger than any bead."""
    centring = _Centring.of(vectors.source, sides.source), _Centring.of(vectors.target, sides.target)
    plain, centred = np.zeros((2, LARGEST_GROUP, LARGEST_GROUP, grid.rows, grid.width), dtype=np.float32)
    last_source, last_target = vectors.source.shape[1] - 1, vectors.target.shape[1] - 1
    for first, last in _spans(grid):
        low, high = int(grid.low[first]), min(int(grid.low[last - 1]) + grid.width, last_target + 1)
        left = np.minimum(grid.source[first:last], last_source)
        right = np.arange(min(low, last_target), max(high, min(low, last_target) + 1))
        cells = np.clip(grid.targets[first:last] - low, 0, len(right) - 1)
        cells += np.arange(last - first)[:, None] * len(right)
        found = _products(vectors, centring, int(grid.document[first]), left, right)
        for a, b, product, difference in found:
            plain[a, b, first:last] = product.take(cells)
            centred[a, b, first:last] = difference.take(cells)
    return plain, centred


def _products(
    vectors: Vectors, centring: tuple[_Centring, _Centring], document: int, left: Ints, right: Ints
) -> Iterator[tuple[int, int, Array, Array]]:
    """Products of the groups from each of `left` with those from each of `right` on, by their sizes less one: of the
    vectors, and of the unit vectors of their differences from the means."""
    source, target = vectors.source[:, left], vectors.target[:, right]
    own, other = (side.mean[document] for side in centring)
    across = target @ own - own @ other
    close = any(side.close[document] for side in centring)
    for a in range(LARGEST_GROUP):
        against = source[a] @ other
        for b in range(LARGEST_GROUP - a):
            product = source[a] @ target[b].T
            if close:
                yield a, b, product, _units(source[a] - own) @ _units(target[b] - other).T
            else:
                # (u - m)(v - n) = uv - un - (vm - mn)
                difference = product - against[:, None]
                difference -= across[b]
                difference *= centring[0].scale[a, left, None]
                difference *= centring[1].scale[b, right]
                yield a, b, product, difference


def _units(vectors: Array) -> Array:
    out: Array = vectors / (np.sqrt(np.einsum("ij,ij->i", vectors, vectors)) + np.float32(_EPSILON))[:, None]
    return out


def _spans(grid: Grid) -> Iterator[tuple[int, int]]:
    """Runs of rows of one document, short enough that their bands overlap."""
    edges = np.flatnonzero(np.diff(grid.document, prepend=-1, append=-1))
    for first, last in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        for start in range(first, last, _ROWS):
            yield start, min(start + _ROWS, last)


class _Lengths:
    """How much text the smaller of two groups has: the logarithm of its expected English letters, bounded."""

    def __init__(self, sides: Sides, grid: Grid) -> None:
        self._source, self._target, self._grid = letters(sides.source) * 3.0, letters(sides.target), grid

    def __call__(self, a: int, b: int) -> Array:
        small = np.minimum(spread(self._grid, self._source, a)[:, None], spread_targets(self._grid, self._target, b))
        return np.minimum(np.log1p(small), 5.0)


def _growth(centred: Array, grid: Grid, index: int, a: int, b: int) -> Iterator[Column]:
    """How much the similarity falls when a group takes one more segment, on the right and on the left."""
    here = centred[a - 1, b - 1]
    if a + b > LARGEST_GROUP:
        return
    nothing = np.full_like(here, _NEUTRAL)
    wider, taller = centred[a - 1, b], centred[a, b - 1]
    yield "grow-target", index, np.where(grid.valid(a, b + 1), _bounded(here - wider), nothing)
    yield "grow-source", index, np.where(grid.valid(a + 1, b), _bounded(here - taller), nothing)
    before = grid.targets > grid.target_starts[grid.document][:, None]
    left = np.roll(wider, 1, axis=1)
    before[:, 0] = False
    yield "grow-target-left", index, np.where(before, _bounded(here - left), nothing)
    above, inside = _row_above(taller, grid)
    yield "grow-source-left", index, np.where(inside, _bounded(here - above), nothing)


def _shrinkage(centred: Array, grid: Grid, index: int, a: int, b: int) -> Iterator[Column]:
    """How much the similarity exceeds that of the better of the groups with the first or last segment left out."""
    here = centred[a - 1, b - 1]
    if b > 1:
        narrower = centred[a - 1, b - 2]
        shifted = np.zeros_like(narrower)
        shifted[:, :-1] = narrower[:, 1:]
        yield "shrink-target", index, _bounded(here - np.maximum(narrower, shifted))
    if a > 1:
        shorter = centred[a - 2, b - 1]
        below = _row_below(shorter, grid)
        yield "shrink-source", index, _bounded(here - np.maximum(shorter, below))


def _bounded(values: Array) -> Array:
    return np.clip(values, -_BOUND, _BOUND)


def _row_above(values: Array, grid: Grid) -> tuple[Array, npt.NDArray[np.bool_]]:
    """For each cell the value one source segment earlier at the same target, and whether there is one."""
    columns = np.arange(grid.width) + (grid.low[1:] - grid.low[:-1])[:, None]
    same = (grid.document[1:] == grid.document[:-1])[:, None]
    inside = np.zeros(values.shape, dtype=bool)
    inside[1:] = (columns >= 0) & (columns < grid.width) & same
    out = np.zeros_like(values)
    out[1:] = np.take_along_axis(values[:-1], np.clip(columns, 0, grid.width - 1), axis=1)
    return out, inside


def _row_below(values: Array, grid: Grid) -> Array:
    """For each cell the value one source segment later at the same target, zero where there is none."""
    columns = np.arange(grid.width) - (grid.low[1:] - grid.low[:-1])[:, None]
    inside = (columns >= 0) & (columns < grid.width) & (grid.document[1:] == grid.document[:-1])[:, None]
    out = np.zeros_like(values)
    out[:-1] = np.where(inside, np.take_along_axis(values[1:], np.clip(columns, 0, grid.width - 1), axis=1), 0.0)
    return out
