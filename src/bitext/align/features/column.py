"""What a feature is: named columns of numbers over the beads of a grid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from bitext.align.features.resources import Resources
from bitext.align.grid import Grid
from bitext.align.shapes import SHAPES
from bitext.align.sides import Sides

Array: TypeAlias = npt.NDArray[np.float32]

Column: TypeAlias = tuple[str, int, Array]
"""A column's name, a shape's index, and the column's values for beads of that shape, broadcasting to (rows, width)."""


class Feature(Protocol):
    """A module that yields columns; `COLUMNS` are their names, each a weight of the model."""

    @property
    def COLUMNS(self) -> tuple[str, ...]:  # noqa: N802 - a module's constant
        """The names of the feature's columns."""
        ...

    def columns(self, sides: Sides, grid: Grid, resources: Resources) -> Iterator[Column]:
        """The values of all columns for all shapes for which they are not zero."""
        ...


TWO_SIDED = tuple((index, a, b) for index, (a, b) in enumerate(SHAPES) if a and b)
"""Index and sizes of the shapes that have segments on both sides."""
ADDITION, OMISSION = SHAPES.index((0, 1)), SHAPES.index((1, 0))
