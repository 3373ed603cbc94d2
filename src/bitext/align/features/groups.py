"""What parts of the segments (words, clauses) say of the groups that explain them, added up over beads.

A bead's score from its parts is a sum over the segments of one side of what a group of the other side says of each.
So there is a table for each size of the explaining group, and beads take sums of it. All features of this kind add
their weighted tables first, and the sums over beads are taken once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from bitext.align.features.column import ADDITION, OMISSION
from bitext.align.grid import Grid, spread, spread_targets
from bitext.align.shapes import LARGEST_GROUP, SHAPES

Ints: TypeAlias = npt.NDArray[np.int64]
Array: TypeAlias = npt.NDArray[np.float32]
_Number = TypeVar("_Number", np.float32, np.float64)

MARGIN: Final = LARGEST_GROUP
"""Columns on either side of the band that beads inside the band can reach in a later row."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Tables for explaining groups of 1 to 5 segments, (5, rows, MARGIN + width + MARGIN).

    `target[a - 1]` is of the target segments by column, the groups beginning with the row's source segment;
    `source[b - 1]` of the row's source segment, the groups beginning with the column's target segment. Column
    `MARGIN` is that of the band's first target. Outside of what beads of the band can reach, the values are any.
    `added` and `omitted` are what beads of one target or one source segment get, by segment.
    """

    target: Array
    source: Array
    added: Array
    omitted: Array

    @staticmethod
    def empty(grid: Grid) -> Groups:
        """Tables of zeros."""
        shape = (LARGEST_GROUP, grid.rows, table_width(grid))
        sides = (int(grid.target_ends[-1]), int(grid.source_ends[-1]))
        return Groups(*(np.zeros(size, dtype=np.float32) for size in (shape, shape, *sides)))

    def add_to(self, scores: Array, grid: Grid) -> None:
        """Adds what beads get to `scores`, (shapes, rows, width)."""
        scores[ADDITION] += spread_targets(grid, self.added, 1)
        scores[OMISSION] += spread(grid, self.omitted, 1)[:, None]
        steps, width = row_steps(grid), grid.width
        for size in range(1, LARGEST_GROUP + 1):
            others = range(1, LARGEST_GROUP + 2 - size)
            table, flat = self.target[size - 1], padded(self.source[size - 1])
            of_targets, of_sources = np.zeros((2, grid.rows, width), dtype=np.float32)
            for other in others:
                of_targets += table[:, MARGIN + other - 1 : MARGIN + other - 1 + width]
                of_sources += flat.take(steps[other - 1][:, :width])
                scores[SHAPES.index((size, other))] += of_targets
                scores[SHAPES.index((other, size))] += of_sources


def table_width(grid: Grid) -> int:
    """Columns of the tables."""
    return grid.width + 2 * MARGIN


def row_steps(grid: Grid) -> list[Ints]:
    """For 0 to 4 rows further on, where in a table the cells of the band, and of five columns more, are.

    Indices are into the flat table; one past its end stands for what is not in it.
    """
    rows, width = grid.rows, table_width(grid)
    columns = np.arange(grid.width + MARGIN) + MARGIN
    steps = []
    for step in range(LARGEST_GROUP):
        later = np.minimum(np.arange(rows) + step, rows - 1)
        place = columns + (grid.low - grid.low[later])[:, None]
        inside = (place >= 0) & (place < width)
        place += (later * width)[:, None]
        place[~inside] = rows * width
        steps.append(place)
    return steps


def padded(table: npt.NDArray[_Number]) -> npt.NDArray[_Number]:
    """A table as `row_steps` points into it: flat, with a zero behind."""
    return np.concatenate([table.ravel(), np.zeros(1, dtype=table.dtype)])
