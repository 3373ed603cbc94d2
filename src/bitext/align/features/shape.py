"""How many segments a bead joins: one weight for each shape, which the fit turns into its prior."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bitext.align.features.column import Column
from bitext.align.features.resources import Resources
from bitext.align.grid import Grid
from bitext.align.shapes import SHAPES
from bitext.align.sides import Sides

COLUMNS = tuple(f"shape-{a}-{b}" for a, b in SHAPES)


def columns(sides: Sides, grid: Grid, resources: Resources) -> Iterator[Column]:
    """One for the beads of each shape."""
    del sides, grid, resources
    one = np.ones((1, 1), dtype=np.float32)
    for index, name in enumerate(COLUMNS):
        yield name, index, one
