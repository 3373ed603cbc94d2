"""How well the lengths agree, after Gale and Church (1993): in letters, words, clause marks and tokens.

The expected ratio of English to Chinese length is that of the whole document. The difference is measured three ways:
by its standard deviation (squared and plain) and as the logarithm of the ratio, each bounded so that no length alone
can overrule the words. Several measures of length err in different places; tokens are counted by the encoder's pieces,
so the fast profile does without them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from bitext.align.features.column import ADDITION, OMISSION, TWO_SIDED, Array, Column
from bitext.align.features.lexicon import Lexicon
from bitext.align.features.resources import Resources
from bitext.align.features.text import chinese_words, joined
from bitext.align.grid import Grid, spread, spread_targets
from bitext.align.shapes import LARGEST_GROUP
from bitext.align.sides import Side, Sides

_MEASURES: Final = ("length", "words", "clauses", "tokens")
COLUMNS = (
    *(f"{measure}-{column}" for measure in _MEASURES for column in ("squared", "plain", "ratio")),
    "length-added", "length-omitted",
)  # fmt: skip

_ENGLISH_WORD = re.compile(r"[A-Za-z']+|\d+")
_CHINESE_CLAUSE = re.compile(r"[，、；：。！？…]")
_ENGLISH_CLAUSE = re.compile(r"[,;:.!?—]")


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
            x, y = expected[a][:, None], found[b]
            deviation = (y - x) / np.sqrt(np.float32(measure.variance / 2) * (x + y) + 1)
            yield f"{name}-squared", index, -np.minimum(deviation * deviation, 25.0) / 2
            yield f"{name}-plain", index, -np.minimum(np.abs(deviation), 8.0)
            ratio = np.log((y + measure.smoothing) / (x + measure.smoothing))
            yield f"{name}-ratio", index, -np.minimum(ratio * ratio, 4.0)
        if name == "length":
            yield "length-added", ADDITION, np.log1p(found[1])
            yield "length-omitted", OMISSION, np.log1p(expected[1])[:, None]


def _lengths(measure: _Measure, sides: Sides, grid: Grid) -> tuple[list[Array], list[Array]]:
    """Lengths of groups of 0 to 5 segments: the source's, as the target's are expected to be, and the target's."""
    ratio = _ratio(sides, measure.source, measure.target)[grid.document]
    expected = [spread(grid, measure.source, a) * ratio for a in range(LARGEST_GROUP + 1)]
    return expected, [spread_targets(grid, measure.target, b) for b in range(LARGEST_GROUP + 1)]


def _measures(sides: Sides, resources: Resources) -> Iterator[tuple[str, _Measure]]:
    source, target = sides.source, sides.target
    yield "length", _Measure(letters(source), letters(target), 6.0, 6.0)
    english = _counted([len(_ENGLISH_WORD.findall(text)) for text in target.texts])
    yield "words", _Measure(_chinese_counts(source, resources.lexicon), english, 1.0, 3.0)
    marks = (
        _counted([len(_CHINESE_CLAUSE.findall(text)) for text in source.texts]),
        _counted([len(_ENGLISH_CLAUSE.findall(text)) for text in target.texts]),
    )
    yield "clauses", _Measure(*marks, 1.0, 3.0)
    if resources.tokens is not None:
        yield "tokens", _Measure(*resources.tokens, 1.0, 3.0)


def _counted(numbers: list[int]) -> Array:
    return np.array(numbers, dtype=np.float32) + np.float32(0.5)


def _chinese_counts(side: Side, lexicon: Lexicon) -> Array:
    words = chinese_words(joined(side.texts), lexicon)
    return np.bincount(words.segment, minlength=len(side.texts)).astype(np.float32) + np.float32(0.5)


def letters(side: Side) -> Array:
    """The length of each segment without white space."""
    return np.array([len(text) - text.count(" ") for text in side.texts], dtype=np.float32)


def _ratio(sides: Sides, source: Array, target: Array) -> Array:
    """English letters per Chinese letter of each document."""
    documents = len(sides.source.sizes)
    chinese = np.bincount(sides.source.document, source, minlength=documents)
    english = np.bincount(sides.target.document, target, minlength=documents)
    return (np.maximum(english, 1) / np.maximum(chinese, 1)).astype(np.float32)
