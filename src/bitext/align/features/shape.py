"""How many segments a bead joins: one weight for each shape, which the fit turns into its prior.

The prior depends on the kind of text through two numbers of the document: how many English segments there are to a
Chinese one (a translator of novels cuts long sentences up, one of news does not), and how long the English ones are.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bitext.align.features.column import Array, Column
from bitext.align.features.resources import Resources
from bitext.align.grid import Grid
from bitext.align.shapes import SHAPES
from bitext.align.sides import Sides

_PRIORS = tuple(f"shape-{a}-{b}" for a, b in SHAPES)
COLUMNS = (
    *_PRIORS,
    "ratio-lean", "ratio-single", "ratio-merged", "ratio-lone", "brief-single", "brief-merged", "brief-lone",
)  # fmt: skip

_USUAL = 100.0
"""English characters of a usual segment."""


def columns(sides: Sides, grid: Grid, resources: Resources) -> Iterator[Column]:
    """One for the beads of each shape, and its products with the document's numbers."""
    del resources
    one = np.ones((1, 1), dtype=np.float32)
    ratio, brief = (values[grid.document][:, None] for values in _numbers(sides))
    for index, (a, b) in enumerate(SHAPES):
        yield _PRIORS[index], index, one
        kind = "lone" if not (a and b) else "single" if a == b == 1 else "merged"
        yield f"ratio-{kind}", index, np.abs(ratio)
        yield f"brief-{kind}", index, brief * (a + b - 2 if kind == "merged" else 1)
        if a and b and a != b:
            yield "ratio-lean", index, ratio * (b - a)


def _numbers(sides: Sides) -> tuple[Array, Array]:
    """Logarithms, by document, of English segments to Chinese ones and of the length of the English ones."""
    source, target = sides.source.sizes, sides.target.sizes
    lengths = np.array([len(text) for text in sides.target.texts], dtype=np.float64)
    total = np.bincount(sides.target.document, lengths, minlength=len(target))
    ratio = np.log(np.maximum(target, 1) / np.maximum(source, 1))
    brief = np.log(np.maximum(total, 1.0) / np.maximum(target, 1) / _USUAL)
    return ratio.astype(np.float32), brief.astype(np.float32)
