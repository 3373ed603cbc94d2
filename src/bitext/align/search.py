"""Exact dynamic programming over beads in a band: all paths, their posteriors, and the best one.

A lattice cell (i, k) stands for the point before source segment i and target segment `low[i] + k`; the score of a
bead is stored at the cell where it begins. Rows (source segments) are taken in order; within a row everything is one
array operation over documents, columns and shapes, beads without a source segment being a cumulative sum. Several
documents are searched at once, each padded to the size of the largest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from bitext.align.shapes import LARGEST_GROUP, SHAPES

Doubles: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]

NEVER = -1e30
"""Score of what cannot be: finite, so that differences of it stay numbers."""


@dataclass(frozen=True, slots=True)
class Lattice:
    """Where paths may run: row i holds the target positions `low[d, i] ... low[d, i] + width - 1` of document d.

    `low` is (documents, rows) with rows = most source segments + 1 and never falls along a row index; `sources` and
    `targets` are the documents' numbers of segments. A path begins at (0, 0) and ends at (sources, targets).
    """

    low: Ints
    width: int
    sources: Ints
    targets: Ints

    @property
    def rows(self) -> int:
        """Most source segments of a document, and one."""
        return self.low.shape[1]


def forward(scores: Doubles, lattice: Lattice) -> Doubles:
    """Log-sum of the scores of all paths from the start to each cell, shape (documents, rows, width).

    `scores` is (documents, rows, width, shapes); impossible beads hold `NEVER`.
    """
    out, places = _blank(lattice), _Places(lattice)
    out[np.arange(len(out)), LARGEST_GROUP, LARGEST_GROUP - lattice.low[:, 0]] = 0.0
    arriving = _arriving(scores, lattice)
    for row in range(lattice.rows):
        cells = out[:, LARGEST_GROUP + row, LARGEST_GROUP:-LARGEST_GROUP]
        if row:
            _log_sum(places.before(out, row) + arriving[:, row], cells)
        _along_row(cells, scores[:, row, :, 0], np.logaddexp)
    return out[:, LARGEST_GROUP:-LARGEST_GROUP, LARGEST_GROUP:-LARGEST_GROUP]


def backward(scores: Doubles, lattice: Lattice) -> Doubles:
    """Log-sum of the scores of all paths from each cell to the end, shape (documents, rows, width)."""
    out, places = _blank(lattice), _Places(lattice)
    documents = np.arange(len(out))
    ends = lattice.targets - lattice.low[documents, lattice.sources]
    for row in range(lattice.rows - 1, -1, -1):
        cells = out[:, LARGEST_GROUP + row, LARGEST_GROUP:-LARGEST_GROUP]
        if row < lattice.rows - 1:
            _log_sum(places.after(out, row) + scores[:, row, :, 1:], cells)
        ending = np.flatnonzero(lattice.sources == row)
        cells[ending, ends[ending]] = 0.0
        # The bead that leaves column k arrives at k + 1; read from the right, that is the step into position k.
        steps = np.concatenate([scores[:, row, -2::-1, 0], np.full((len(out), 1), NEVER)], axis=1)
        _along_row(cells[:, ::-1], steps, np.logaddexp)
    return out[:, LARGEST_GROUP:-LARGEST_GROUP, LARGEST_GROUP:-LARGEST_GROUP]


def posteriors(scores: Doubles, lattice: Lattice) -> tuple[Doubles, Doubles]:
    """The probability of each bead, shaped as `scores`, and the log-sum of all paths of each document."""
    ahead, behind = forward(scores, lattice), backward(scores, lattice)
    documents = np.arange(len(scores))
    total = ahead[documents, lattice.sources, lattice.targets - lattice.low[documents, lattice.sources]]
    out = np.full(scores.shape, NEVER)
    for column, (a, b) in enumerate(SHAPES):
        if a >= lattice.rows:
            continue
        after = _shifted(behind, lattice, a, b)
        rows = lattice.rows - a
        out[:, :rows, :, column] = ahead[:, :rows] + scores[:, :rows, :, column] + after[:, :rows]
    out -= total[:, None, None, None]
    np.exp(np.minimum(out, 0.0, out=out), out=out)
    return out, total


def best_paths(scores: Doubles, lattice: Lattice) -> list[list[tuple[int, int, int]]]:
    """The path of the highest sum of scores of each document, as (row, column, shape) of its beads in order.

    Ties are broken by the order of the shapes.
    """
    best, places = _blank(lattice), _Places(lattice)
    best[np.arange(len(best)), LARGEST_GROUP, LARGEST_GROUP - lattice.low[:, 0]] = 0.0
    came = np.zeros(scores.shape[:3], dtype=np.int8)
    arriving = _arriving(scores, lattice)
    for row in range(lattice.rows):
        cells = best[:, LARGEST_GROUP + row, LARGEST_GROUP:-LARGEST_GROUP]
        if row:
            arrivals = places.before(best, row) + arriving[:, row]
            came[:, row] = arrivals.argmax(axis=2)
            arrivals.max(axis=2, out=cells)
            came[:, row] += 1
        improved = _along_row(cells, scores[:, row, :, 0], np.maximum)
        came[:, row][improved] = 0
    return [_trace(came[d], lattice, d) for d in range(len(scores))]


def _trace(came: npt.NDArray[np.int8], lattice: Lattice, document: int) -> list[tuple[int, int, int]]:
    low = lattice.low[document]
    row, target = int(lattice.sources[document]), int(lattice.targets[document])
    path: list[tuple[int, int, int]] = []
    while row > 0 or target > 0:
        shape = int(came[row, target - low[row]])
        a, b = SHAPES[shape]
        row, target = row - a, target - b
        path.append((row, target - int(low[row]), shape))
    return path[::-1]


def _along_row(row: Doubles, steps: Doubles, join: np.ufunc) -> npt.NDArray[np.bool_]:
    """Adds to `row` (documents, width), in place, the arrivals by beads of one target segment and no source.

    Returns the cells that this changed.
    """
    # With c the cumulative steps, x[k] = join(row[k], x[k-1] + step[k-1]) is an accumulation of row - c.
    cumulative = np.zeros_like(row)
    np.cumsum(np.maximum(steps[:, :-1], -1e6), axis=1, out=cumulative[:, 1:])
    row -= cumulative
    joined = join.accumulate(row, axis=1)
    changed: npt.NDArray[np.bool_] = joined > row
    np.add(joined, cumulative, out=row)
    return changed


def _blank(lattice: Lattice) -> Doubles:
    """Cells of all rows with a margin all round, so that every step of a bead lands on an element."""
    size = (len(lattice.low), lattice.rows + 2 * LARGEST_GROUP, lattice.width + 2 * LARGEST_GROUP)
    return np.full(size, NEVER)


class _Places:
    """Where the beads that arrive at, or leave from, a row's cells come from or go to."""

    def __init__(self, lattice: Lattice) -> None:
        self._low = lattice.low
        self._steps = np.array(SHAPES[1:])
        self._columns = np.arange(lattice.width)[:, None]
        self._width = lattice.width + 2 * LARGEST_GROUP
        self._depth = lattice.rows + 2 * LARGEST_GROUP
        self._layers = (np.arange(len(lattice.low)) * self._depth * self._width)[:, None, None]

    def before(self, cells: Doubles, row: int) -> Doubles:
        """Values of the cells from which each shape but 0-1 arrives: (documents, width, shapes - 1)."""
        return self._take(cells, row, -1)

    def after(self, cells: Doubles, row: int) -> Doubles:
        """Values of the cells at which each shape but 0-1 arrives from `row`: (documents, width, shapes - 1)."""
        return self._take(cells, row, 1)

    def _take(self, cells: Doubles, row: int, direction: int) -> Doubles:
        rows = row + direction * self._steps[:, 0]
        shift = self._low[:, row, None] - self._low[:, np.clip(rows, 0, self._low.shape[1] - 1)]
        shift = shift + direction * self._steps[:, 1] + LARGEST_GROUP
        column = np.clip(self._columns + shift[:, None, :], 0, self._width - 1)
        return cells.reshape(-1).take(self._layers + (rows + LARGEST_GROUP) * self._width + column)


def _log_sum(values: Doubles, out: Doubles) -> None:
    """Log-sum of `values` (documents, width, shapes) over the shapes, into `out`; `values` is used up."""
    top = values.max(axis=2)
    values -= top[:, :, None]
    np.exp(values, out=values)
    np.log(values.sum(axis=2), out=out)
    out += top


def _arriving(scores: Doubles, lattice: Lattice) -> Doubles:
    """Scores of the shapes but 0-1, stored at the cell where the bead ends."""
    out = np.full((*scores.shape[:3], len(SHAPES) - 1), NEVER)
    for column, (a, b) in enumerate(SHAPES[1:]):
        if a >= lattice.rows:
            continue
        rows = lattice.rows - a
        columns = np.arange(lattice.width) + (lattice.low[:, a:] - lattice.low[:, :rows])[:, :, None] - b
        inside = (columns >= 0) & (columns < lattice.width)
        taken = np.take_along_axis(scores[:, :rows, :, column + 1], np.clip(columns, 0, lattice.width - 1), axis=2)
        out[:, a:, :, column] = np.where(inside, taken, NEVER)
    return out


def _shifted(cells: Doubles, lattice: Lattice, a: int, b: int) -> Doubles:
    """For each cell, the value in `cells` where a bead of a source and b target segments from it arrives."""
    out = np.full(cells.shape, NEVER)
    rows = lattice.rows - a
    columns = np.arange(lattice.width) + (lattice.low[:, :rows] - lattice.low[:, a:])[:, :, None] + b
    inside = (columns >= 0) & (columns < lattice.width)
    taken = np.take_along_axis(cells[:, a:], np.clip(columns, 0, lattice.width - 1), axis=2)
    out[:, :rows] = np.where(inside, taken, NEVER)
    return out
