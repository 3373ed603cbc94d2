"""Exact dynamic programming over beads in a band: all paths, their posteriors, and the best one.

A lattice cell (i, k) stands for the point before source segment i and target segment `low[i] + k`; the score of a
bead is stored at the cell where it begins. Rows (source segments) are taken in order; within a row everything is one
array operation over shapes, documents and columns, beads without a source segment being an accumulation. Several
documents are searched at once, each padded to the size of the largest.

Sums of probabilities stay logarithms: a chapter left out is many improbable beads in a row, which is less than the
smallest number there is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from bitext.align.shapes import LARGEST_GROUP, SHAPES

Doubles: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]

NEVER = -1e30
"""Score of what cannot be: finite, so that differences of it stay numbers."""
_STEPS: Final = np.array(SHAPES[1:])
"""Sizes of all shapes but the first, the bead of one target segment and no source, which stays in its row."""
_KEPT: Final = LARGEST_GROUP + 1
"""Rows that are within reach of one another."""
_REMEMBERED: Final = 64
_TOGETHER: Final = 8
"""Rows that are worked on at a time where rows do not depend on one another: they stay in the processor's cache."""
_LEAST: Final = -700.0
"""Logarithm below which a probability counts as this one: exponentials that underflow take several times as long."""


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
        return int(self.low.shape[1])

    @property
    def first_rows(self) -> Ints:
        """Row at which each document begins where their rows stand under one another without padding."""
        rows = self.sources + 1
        first: Ints = np.cumsum(rows) - rows
        return first

    @property
    def ends(self) -> tuple[Ints, Ints, Ints]:
        """Document, row and column of the last point of each document."""
        documents = np.arange(len(self.low))
        return documents, self.sources, self.targets - self.low[documents, self.sources]


def forward(scores: Doubles, lattice: Lattice) -> Doubles:
    """Log-sum of the scores of all paths from the start to each cell, shape (documents, rows, width).

    `scores` is (documents, rows, width, shapes); impossible beads hold `NEVER`.
    """
    return _forward(_by_row(scores), lattice).swapaxes(0, 1)


def backward(scores: Doubles, lattice: Lattice) -> Doubles:
    """Log-sum of the scores of all paths from each cell to the end, shape (documents, rows, width)."""
    by_row = _by_row(scores)
    return _backward(by_row, lattice, np.empty_like(by_row)).swapaxes(0, 1)


def posteriors(scores: Doubles, lattice: Lattice) -> tuple[Doubles, Doubles]:
    """The probability of each bead, shaped as `scores`, and the log-sum of all paths of each document."""
    through, total = posteriors_by_row(np.array(scores.transpose(1, 3, 0, 2), order="C"), lattice)
    return np.ascontiguousarray(through.transpose(2, 0, 3, 1)), total


def posteriors_by_row(by_row: Doubles, lattice: Lattice) -> tuple[Doubles, Doubles]:
    """As `posteriors`, from and to (rows, shapes, documents, width); the posteriors take the place of the scores."""
    ahead = _forward(by_row, lattice)
    documents, rows, columns = lattice.ends
    total = ahead[rows, documents, columns]
    _backward(by_row, lattice, by_row)
    ahead -= total[:, None]
    for first in range(0, len(by_row), _TOGETHER):
        some = by_row[first : first + _TOGETHER]
        some += ahead[first : first + _TOGETHER, None]
        np.exp(np.clip(some, _LEAST, 0.0, out=some), out=some)
        some -= np.exp(_LEAST)  # what cannot be has probability zero
    return by_row, total


def best_paths(scores: Doubles, lattice: Lattice) -> list[list[tuple[int, int, int]]]:
    """The path of the highest sum of scores of each document, as (row, column, shape) of its beads in order.

    Ties are broken by the order of the shapes.
    """
    return best_paths_by_row(_by_row(scores), lattice)


def best_paths_by_row(by_row: Doubles, lattice: Lattice) -> list[list[tuple[int, int, int]]]:
    """As `best_paths`, from (rows, shapes, documents, width)."""
    leaving = _Ring(lattice, -1, len(_STEPS))
    along = _along(by_row[:, 0, :, :-1])
    came = np.zeros((len(by_row), *by_row.shape[2:]), dtype=np.int8)
    for row, scored in enumerate(by_row):
        if row:
            arriving = leaving.joined(row)
            came[row] = arriving.argmax(axis=0)
            came[row] += 1
            cells = arriving.max(axis=0)
        else:
            cells = _start(lattice)
        cells -= along[row]
        joined = np.maximum.accumulate(cells, axis=1)
        came[row][joined > cells] = 0
        joined += along[row]
        np.add(joined, scored[1:], out=leaving.of(row))
    return [_trace(came[:, document], lattice, document) for document in range(by_row.shape[2])]


def _trace(came: npt.NDArray[np.int8], lattice: Lattice, document: int) -> list[tuple[int, int, int]]:
    low = lattice.low[document].tolist()
    row, target = int(lattice.sources[document]), int(lattice.targets[document])
    path: list[tuple[int, int, int]] = []
    while row > 0 or target > 0:
        shape = int(came[row, target - low[row]])
        a, b = SHAPES[shape]
        row, target = row - a, target - b
        path.append((row, target - low[row], shape))
    return path[::-1]


def _by_row(scores: Doubles) -> Doubles:
    """Scores as (rows, shapes, documents, width): what is done at a time lies together, in long runs."""
    return np.ascontiguousarray(scores.transpose(1, 3, 0, 2))


def _start(lattice: Lattice) -> Doubles:
    cells = np.full((len(lattice.low), lattice.width), NEVER)
    cells[np.arange(len(cells)), -lattice.low[:, 0]] = 0.0
    return cells


def _forward(by_row: Doubles, lattice: Lattice) -> Doubles:
    """As `forward`, but (rows, documents, width)."""
    # By shape, how far paths have come that leave a row by a bead of that shape.
    leaving = _Ring(lattice, -1, len(_STEPS))
    along = _along(by_row[:, 0, :, :-1])
    out = np.empty((len(by_row), *by_row.shape[2:]))
    for row, scored in enumerate(by_row):
        cells = _log_sum(leaving.joined(row)) if row else _start(lattice)
        cells -= along[row]
        np.logaddexp.accumulate(cells, axis=1, out=out[row])
        out[row] += along[row]
        np.add(out[row], scored[1:], out=leaving.of(row))
    return out


def _backward(by_row: Doubles, lattice: Lattice, through: Doubles) -> Doubles:
    """As `backward`, but (rows, documents, width); `through`, like `by_row` or the same, gets the score of each bead
    and all that can follow it.
    """
    behind = _Ring(lattice, 1, 1)
    along = _along(by_row[:, 0, :, -2::-1])[:, :, ::-1]
    out = np.empty((len(by_row), *by_row.shape[2:]))
    documents, rows, columns = lattice.ends
    last_rows = frozenset(rows.tolist())
    for row in range(len(by_row) - 1, -1, -1):
        following = np.add(behind.joined(row), by_row[row, 1:], out=through[row, 1:])
        cells = _log_sum(following.copy())
        if row in last_rows:
            ending = np.flatnonzero(rows == row)
            cells[documents[ending], columns[ending]] = 0.0
        cells -= along[row]
        np.logaddexp.accumulate(cells[:, ::-1], axis=1, out=out[row, :, ::-1])
        out[row] += along[row]
        behind.of(row)[0] = out[row]
    through[:, 0, :, :-1] = by_row[:, 0, :, :-1] + out[:, :, 1:]
    through[:, 0, :, -1] = NEVER
    return out


def _along(steps: Doubles) -> Doubles:
    """Along the last axis, the sums of the steps into the cells up to each, of which the first has none.

    `steps` are the scores of the beads of one target segment and no source, by the cell that they leave in the order
    in which the row is gone through. With c these sums, x[k] = join(row[k], x[k-1] + step[k-1]) is an accumulation of
    row - c.
    """
    out = np.zeros((*steps.shape[:-1], steps.shape[-1] + 1))
    np.cumsum(np.maximum(steps, -1e6), axis=-1, out=out[..., 1:])
    return out


class _Ring:
    """Cells of the rows within reach of one another, and where in them a row's beads come from or go to.

    Beads arrive at the cells of a row from rows before it (direction -1) or leave from them to rows behind (1). There
    is one layer of cells, or one for each shape but the first. A margin of cells that hold `NEVER` on either side
    makes every step of a bead land on an element.
    """

    def __init__(self, lattice: Lattice, direction: int, layers: int) -> None:
        low, self._width = lattice.low, lattice.width
        documents, rows = low.shape
        others = np.arange(rows)[:, None] + direction * _STEPS[:, 0]
        shift = low[:, :, None] - low[:, np.clip(others, 0, rows - 1)] + direction * _STEPS[:, 1]
        self._margin = min(int(np.abs(shift).max(initial=0)), self._width)
        self._cells = np.full((_KEPT, layers, documents, self._width + 2 * self._margin), NEVER)
        # A step further than the margin is wide comes from outside the band, as do all from the margin.
        column = np.clip(shift, -self._margin, self._margin).transpose(1, 2, 0) + self._margin
        layer = (others % _KEPT) * layers + np.arange(len(_STEPS)) % layers
        self._first = (layer[:, :, None] * documents + np.arange(documents)) * self._cells.shape[3] + column
        self._known: dict[bytes, Ints] = {}

    def of(self, row: int) -> Doubles:
        """The cells of a row without margins, (layers, documents, width), to be written to."""
        return self._cells[row % _KEPT, :, :, self._margin : self._margin + self._width]

    def joined(self, row: int) -> Doubles:
        """For each shape but the first the cell at its other end, (shapes - 1, documents, width)."""
        return self._cells.take(self._index(row))

    def _index(self, row: int) -> Ints:
        # Bands mostly go on as they did: rows whose cells lie alike share their indices.
        key = self._first[row].tobytes()
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            found = self._known[key] = self._first[row][:, :, None] + np.arange(self._width)
        return found


def _log_sum(values: Doubles) -> Doubles:
    """Log-sum of `values` over the first axis; `values` is used up."""
    top = np.maximum.reduce(values, axis=0)
    values -= top
    np.maximum(values, _LEAST, out=values)
    np.exp(values, out=values)
    out: Doubles = np.add.reduce(values, axis=0)
    np.log(out, out=out)
    out += top
    return out
