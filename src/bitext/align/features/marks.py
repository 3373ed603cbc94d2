"""Whether the punctuation agrees: how the two groups end, their questions and exclamations, their quotation marks."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bitext.align.features.column import TWO_SIDED, Column
from bitext.align.features.facts import CLAUSE, QUESTION, STOP, Facts, facts
from bitext.align.features.resources import Resources
from bitext.align.grid import Grid, cells_of, spread, spread_targets
from bitext.align.shapes import LARGEST_GROUP
from bitext.align.sides import Sides

COLUMNS = ("ends-alike", "question-end", "questions", "exclamations", "opens", "closes", "clause-end", "quoted")

_GROUPS = range(1, LARGEST_GROUP + 1)
_COUNTED = (("questions", 1, np.inf, 3.0), ("exclamations", 2, np.inf, 3.0), ("quoted", 5, 1.0, 1.0))
"""Columns, the row of `Facts.marks` that is added up over a group, and bounds of the sum and of the difference."""


def columns(sides: Sides, grid: Grid, resources: Resources) -> Iterator[Column]:
    """Agreements and (negative) disagreements of beads of two sides."""
    source, target = resources.facts or facts(sides, resources.lexicon)
    yield from _edges(source, target, grid)
    for name, row, most, bound in _COUNTED:
        own, other = (side.marks[row].astype(np.float32) for side in (source, target))
        if own.any() or other.any():
            expected = [np.minimum(spread(grid, own, a), most)[:, None] for a in _GROUPS]
            found = [np.minimum(spread_targets(grid, other, b), most) for b in _GROUPS]
            for index, a, b in TWO_SIDED:
                yield name, index, -np.minimum(np.abs(expected[a - 1] - found[b - 1]), np.float32(bound))


def _edges(source: Facts, target: Facts, grid: Grid) -> Iterator[Column]:
    """How the first segments begin and the last ones end."""
    own, other = (np.pad(side.marks.astype(np.int8), ((0, 0), (0, LARGEST_GROUP + 1))) for side in (source, target))
    opens = -np.abs(own[3][grid.source][:, None] - cells_of(grid, other[3])).astype(np.float32)
    ends = [(cells_of(grid, other[0][b - 1 :]), cells_of(grid, other[4][b - 1 :])) for b in _GROUPS]
    for index, a, b in TWO_SIDED:
        own_end, (end, closes) = own[0][grid.source + a - 1][:, None], ends[b - 1]
        yield "ends-alike", index, (own_end == end).astype(np.float32)
        yield "question-end", index, -((own_end == QUESTION) != (end == QUESTION)).astype(np.float32)
        differ = ((own_end == CLAUSE) & (end == STOP)) | ((own_end == STOP) & (end == CLAUSE))
        yield "clause-end", index, -differ.astype(np.float32)
        yield "opens", index, opens
        yield "closes", index, -np.abs(own[4][grid.source + a - 1][:, None] - closes).astype(np.float32)
