"""Whether beads respect the blocks: paragraphs, titles, captions and list items of the two pages.

Says nothing about a document whose sides are not both cut into blocks of several segments, or whose blocks are all
single segments: there every bead of one segment respects the blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from bitext.align.features.column import TWO_SIDED, Array, Column
from bitext.align.features.resources import Resources
from bitext.align.grid import Grid
from bitext.align.shapes import LARGEST_GROUP
from bitext.align.sides import Side, Sides
from bitext.model.documents import BlockKind

Ints: TypeAlias = npt.NDArray[np.int64]

COLUMNS = ("block-crossed", "block-starts", "block-ends", "kind-differs")

_PLAIN = tuple(BlockKind).index(BlockKind.PARAGRAPH)


def columns(sides: Sides, grid: Grid, resources: Resources) -> Iterator[Column]:
    """Crossed block edges, disagreement of starts and ends, and of the kinds of the first segments' blocks."""
    del resources
    informative = _informative(sides)
    if not informative.any():
        return
    active = informative[grid.document][:, None]
    source, target = _Edges(sides.source), _Edges(sides.target)
    cells = np.minimum(grid.targets, len(target.starts) - 1)
    for index, a, b in TWO_SIDED:
        last = np.minimum(cells + b - 1, len(target.starts) - 1)
        end = np.minimum(grid.source + a - 1, len(source.starts) - 1)
        crossed = (source.block[end] - source.block[grid.source])[:, None] + (target.block[last] - target.block[cells])
        yield "block-crossed", index, -np.minimum(crossed, 3.0) * active
        starts = source.starts[grid.source][:, None] - target.starts[cells]
        yield "block-starts", index, -np.abs(starts) * active
        ends = source.ends[end][:, None] - target.ends[last]
        yield "block-ends", index, -np.abs(ends) * active
        kinds = source.kind[grid.source][:, None] != target.kind[cells]
        yield "kind-differs", index, -kinds.astype(np.float32) * active


class _Edges:
    """Of each segment the number and kind of its block and whether it is the block's first or last, with padding."""

    def __init__(self, side: Side) -> None:
        first = np.diff(side.block, prepend=-1) != 0
        final = np.concatenate([first[1:], [True]])
        self.block = _padded(side.block)
        self.kind = _padded(side.kind)
        self.starts = _padded(first)
        self.ends = _padded(final)


def _padded(values: npt.NDArray[np.generic]) -> Array:
    return np.concatenate([values.astype(np.float32), np.zeros(LARGEST_GROUP + 1, dtype=np.float32)])


def _informative(sides: Sides) -> npt.NDArray[np.bool_]:
    """Documents of which both sides have blocks of several segments, and more than one block."""
    found = np.ones(len(sides.source.sizes), dtype=bool)
    for side in (sides.source, sides.target):
        documents = len(side.sizes)
        first = np.diff(side.block, prepend=-1) != 0
        blocks = np.bincount(side.document[first], minlength=documents)
        found &= (blocks > 1) & (side.sizes > blocks)
    return found
