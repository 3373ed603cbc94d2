"""Whether beads respect the blocks: paragraphs, titles, captions and list items of the two pages.

Block edges say nothing about a document whose sides are not both cut into blocks of several segments, or whose blocks
are all single segments: there every bead of one segment respects the blocks. Kinds of blocks say something wherever
both sides have more than one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from bitext.align.features.column import TWO_SIDED, Array, Column
from bitext.align.features.resources import Resources
from bitext.align.grid import Grid, cells_of
from bitext.align.shapes import LARGEST_GROUP
from bitext.align.sides import Side, Sides

Ints: TypeAlias = npt.NDArray[np.int64]

COLUMNS = ("block-crossed", "block-starts", "block-ends", "kind-differs", "kind-mixed")


def columns(sides: Sides, grid: Grid, resources: Resources) -> Iterator[Column]:
    """Crossed block edges, disagreement of starts and ends; kinds that differ between the sides or within a group."""
    del resources
    yield from _kinds(sides, grid)
    informative = _informative(sides)
    if not informative.any():
        return
    active = informative[grid.document][:, None]
    source, target = _Edges(sides.source), _Edges(sides.target)
    first, starts = (cells_of(grid, values) for values in (target.block, target.starts))
    last = [(cells_of(grid, target.block[b:]), cells_of(grid, target.ends[b:])) for b in range(LARGEST_GROUP)]
    for index, a, b in TWO_SIDED:
        end = np.minimum(grid.source + a - 1, len(source.starts) - 1)
        block, ends = last[b - 1]
        crossed = (source.block[end] - source.block[grid.source])[:, None] + (block - first)
        yield "block-crossed", index, -np.minimum(crossed, 3.0) * active
        yield "block-starts", index, -np.abs(source.starts[grid.source][:, None] - starts) * active
        yield "block-ends", index, -np.abs(source.ends[end][:, None] - ends) * active


def _kinds(sides: Sides, grid: Grid) -> Iterator[Column]:
    """Titles, captions and the like go together, where the pages tell them from paragraphs."""
    active = (_varied(sides.source) & _varied(sides.target))[grid.document][:, None]
    if not active.any():
        return
    source, target = _padded(sides.source.kind), _padded(sides.target.kind)
    cells = np.minimum(grid.targets, len(target) - 1)
    for index, a, b in TWO_SIDED:
        differs = source[grid.source][:, None] != target[cells]
        yield "kind-differs", index, -(differs & active).astype(np.float32)
        if a + b > 2:
            mixed = np.zeros(differs.shape, dtype=bool)
            for step in range(1, a):
                mixed |= (source[grid.source] != source[np.minimum(grid.source + step, len(source) - 1)])[:, None]
            for step in range(1, b):
                mixed |= target[cells] != target[np.minimum(cells + step, len(target) - 1)]
            yield "kind-mixed", index, -(mixed & active).astype(np.float32)


def _varied(side: Side) -> npt.NDArray[np.bool_]:
    """Documents whose side has blocks of more than one kind."""
    starts = np.cumsum(side.sizes) - side.sizes
    if not len(side.kind):
        return np.zeros(len(side.sizes), dtype=bool)
    first = side.kind[np.minimum(starts, len(side.kind) - 1)][side.document]
    varied: npt.NDArray[np.bool_] = np.bincount(side.document, side.kind != first, minlength=len(side.sizes)) > 0
    return varied


class _Edges:
    """Of each segment the number of its block and whether it is the block's first or last, with padding."""

    def __init__(self, side: Side) -> None:
        first = np.diff(side.block, prepend=-1) != 0
        final = np.concatenate([first[1:], [True]])
        self.block = _padded(side.block)
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
