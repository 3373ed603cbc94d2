"""The bead shapes that the model knows: how many source and target segments a bead joins."""

from __future__ import annotations

from typing import Final

LARGEST_BEAD: Final = 6
"""Segments of both sides together in the largest bead."""

SHAPES: Final[tuple[tuple[int, int], ...]] = (
    (0, 1),
    (1, 0),
    *((a, b) for a in range(1, LARGEST_BEAD) for b in range(1, LARGEST_BEAD + 1 - a)),
)
"""(source, target) sizes, the two one-sided shapes first. The order is the order of the weights."""

LARGEST_GROUP: Final = LARGEST_BEAD - 1
"""Segments of one side in the largest group."""
