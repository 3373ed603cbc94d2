"""How well the lengths agree, after Gale and Church (1993): in letters, words, clause marks and tokens.

The expected ratio of English to Chinese length is that of the whole document. The difference is measured three ways:
by its standard deviation (squared and plain) and as the logarithm of the ratio, each bounded so that no length alone
can overrule the words. Several measures of length err in different places; tokens are counted by the encoder's pieces,
so the fast profile does without them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from bitext.align.features.column import ADDITION, OMISSION, TWO_SIDED, Array, Column
from bitext.align.features.facts import facts
from bitext.align.features.resources import Resources
from bitext.align.grid import Grid, spread, spread_targets
from bitext.align.shapes import LARGEST_GROUP
from bitext.align.sides import Sides

_MEASURES: Final = ("length", "words", "clauses", "tokens")
COLUMNS = (
    *(f"{measure}-{column}" for measure in _MEASURES for column in ("squared", "plain", "ratio")),
    "length-added", "length-omitted",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Measure:
    """A length of every segment of both sides; `variance` is that of the target's length per unit of it, and
    `smoothing` is added to both sides of the ratio, so that "Yes." and "No." do not count as strong evidence."""

    source: Array
    target: Array
    variance: float
    smoothing: float


def columns(sides: Sides, grid: Grid, resources: Resources) -> Iterator[Column]:
    """Negative distances for beads of two sides, logarithms of the length for one-sided ones."""
    for name, measure in _measures(sides, resources):
        expected, found = _lengths(measure, sides, grid)
        for index, a, b in TWO_SIDED:
            yield from _distances(name, index, measure, expected[a][:, None], found[b])
        if name == "length":
            yield "length-added", ADDITION, np.log1p(found[1])
            yield "length-omitted", OMISSION, np.log1p(expected[1])[:, None]


def _distances(name: str, index: int, measure: _Measure, expected: Array, found: Array) -> Iterator[Column]:
    scale = expected + found
    scale *= np.float32(measure.variance / 2)
    scale += 1
    deviation = found - expected
    deviation /= np.sqrt(scale, out=scale)
    squared = np.multiply(deviation, deviation, out=scale)
    np.minimum(squared, 25.0, out=squared)
    squared *= np.float32(-0.5)
    yield f"{name}-squared", index, squared
    np.minimum(np.abs(deviation, out=deviation), 8.0, out=deviation)
    yield f"{name}-plain", index, np.negative(deviation, out=deviation)
    ratio = found + measure.smoothing
    ratio /= expected + measure.smoothing
    np.log(ratio, out=ratio)
    ratio *= ratio
    np.minimum(ratio, 4.0, out=ratio)
    yield f"{name}-ratio", index, np.negative(ratio, out=ratio)


def _lengths(measure: _Measure, sides: Sides, grid: Grid) -> tuple[list[Array], list[Array]]:
    """Lengths of groups of 0 to 5 segments: the source's, as the target's are expected to be, and the target's."""
    ratio = _ratio(sides, measure.source, measure.target)[grid.document]
    expected = [spread(grid, measure.source, a) * ratio for a in range(LARGEST_GROUP + 1)]
    return expected, [spread_targets(grid, measure.target, b) for b in range(LARGEST_GROUP + 1)]


def _measures(sides: Sides, resources: Resources) -> Iterator[tuple[str, _Measure]]:
    source, target = resources.facts or facts(sides, resources.lexicon)
    yield "length", _Measure(source.letters, target.letters, 6.0, 6.0)
    yield "words", _Measure(source.words, target.words, 1.0, 3.0)
    yield "clauses", _Measure(source.clauses, target.clauses, 1.0, 3.0)
    if resources.tokens is not None:
        yield "tokens", _Measure(*resources.tokens, 1.0, 3.0)


def _ratio(sides: Sides, source: Array, target: Array) -> Array:
    """English letters per Chinese letter of each document."""
    documents = len(sides.source.sizes)
    chinese = np.bincount(sides.source.document, source, minlength=documents)
    english = np.bincount(sides.target.document, target, minlength=documents)
    return (np.maximum(english, 1) / np.maximum(chinese, 1)).astype(np.float32)
