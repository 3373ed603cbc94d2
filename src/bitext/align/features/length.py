"""How well the lengths agree, after Gale and Church (1993), in letters that are not white space.

The expected ratio of English to Chinese letters is that of the whole document. The difference is measured three ways:
by its standard deviation (squared and plain) and as the logarithm of the ratio, each bounded so that no length alone
can overrule the words.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bitext.align.features.column import ADDITION, OMISSION, TWO_SIDED, Array, Column
from bitext.align.features.resources import Resources
from bitext.align.grid import Grid, spread, spread_targets
from bitext.align.shapes import LARGEST_GROUP
from bitext.align.sides import Side, Sides

COLUMNS = ("length-squared", "length-plain", "length-ratio", "length-added", "length-omitted")

_VARIANCE = 6.0
"""Variance of the target's length per letter; Gale and Church's 6.8 for letters, which the weights rescale."""
_SMOOTHING = 6.0
"""Letters added to both sides of the ratio, so that "Yes." and "No." do not count as strong evidence."""


def columns(sides: Sides, grid: Grid, resources: Resources) -> Iterator[Column]:
    """Negative distances for beads of two sides, logarithms of the length for one-sided ones."""
    del resources
    source, target = letters(sides.source), letters(sides.target)
    ratio = _ratio(sides, source, target)[grid.document]
    expected = [spread(grid, source, a) * ratio for a in range(LARGEST_GROUP + 1)]
    found = [spread_targets(grid, target, b) for b in range(LARGEST_GROUP + 1)]
    for index, a, b in TWO_SIDED:
        x, y = expected[a][:, None], found[b]
        deviation = (y - x) / np.sqrt(_VARIANCE * (x + y) / 2 + 1)
        yield "length-squared", index, -np.minimum(deviation * deviation, 25.0) / 2
        yield "length-plain", index, -np.minimum(np.abs(deviation), 8.0)
        yield "length-ratio", index, -np.minimum(np.log((y + _SMOOTHING) / (x + _SMOOTHING)) ** 2, 4.0)
    yield "length-added", ADDITION, np.log1p(found[1])
    yield "length-omitted", OMISSION, np.log1p(expected[1])[:, None]


def letters(side: Side) -> Array:
    """The length of each segment without white space."""
    return np.array([len(text) - text.count(" ") for text in side.texts], dtype=np.float32)


def _ratio(sides: Sides, source: Array, target: Array) -> Array:
    """English letters per Chinese letter of each document."""
    documents = len(sides.source.sizes)
    chinese = np.bincount(sides.source.document, source, minlength=documents)
    english = np.bincount(sides.target.document, target, minlength=documents)
    return (np.maximum(english, 1) / np.maximum(chinese, 1)).astype(np.float32)
