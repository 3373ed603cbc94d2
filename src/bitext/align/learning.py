"""Words learnt from a document's own beads: what the dictionary does not have, above all names.

After a first pass, Chinese strings and English stems that keep meeting in probable beads, and seldom stand elsewhere,
are linked for the second pass. A Chinese string is a dictionary word or any two to four characters that recur.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from bitext.align.features.arrays import distinct, expand
from bitext.align.features.learnt import english_occurrences, string_occurrences
from bitext.align.features.lexicon import Hashes, Lexicon
from bitext.align.features.resources import LearntWords
from bitext.align.grid import Grid
from bitext.align.search import Doubles
from bitext.align.shapes import SHAPES
from bitext.align.sides import Sides

Ints: TypeAlias = npt.NDArray[np.int64]

FEWEST_SEGMENTS: Final = 60
"""Segments, both sides together, that a pair of documents needs for words to recur in it."""
_FEWEST_MEETINGS: Final = 2.5
"""Expected number of beads in which two words must meet."""
_LEAST_AGREEMENT: Final = 0.3
"""Meetings squared over the product of the two words' frequencies: 1 for words that only ever stand together."""
_LEAST_PROBABILITY: Final = 0.1
"""Beads less probable than this do not count."""


def meetings(grid: Grid, probability: npt.NDArray[np.floating]) -> tuple[Ints, Ints, Doubles]:
    """Pairs of segments (numbered in the grid's batch) and the probability that a bead joins them.

    `probability` is (rows, width, shapes), the posteriors of the beads.
    """
    rows, columns, shapes = np.nonzero(probability > _LEAST_PROBABILITY)
    value = probability[rows, columns, shapes].astype(np.float64)
    size = np.array(SHAPES)[shapes]
    source, target = grid.source[rows], grid.low[rows] + columns
    left, a = expand(np.zeros(len(rows), dtype=np.int64), size[:, 0])
    right, b = expand(np.zeros(len(left), dtype=np.int64), size[left, 1])
    bead = left[right]
    return source[bead] + a[right], target[bead] + b, value[bead]


def learn(sides: Sides, source: Ints, target: Ints, value: Doubles, lexicon: Lexicon) -> LearntWords | None:
    """The words that `sides` teach, given pairs of segments that meet with a probability; None if there are none."""
    sizes = sides.source.sizes + sides.target.sizes
    enough = sizes >= FEWEST_SEGMENTS
    if not enough.any():
        return None
    strings = _recurring(*string_occurrences(sides.source, lexicon), enough[sides.source.pair])
    stems = _recurring(*english_occurrences(sides.target), enough[sides.target.pair])
    if not (len(strings[0]) and len(stems[0])):
        return None
    return _linked(strings, stems, source, target, value)


def _recurring(segment: Ints, key: Hashes, usable: npt.NDArray[np.bool_]) -> tuple[Ints, Ints, Hashes, Ints]:
    """Keys that stand in enough segments: segment and key number of each, once a segment; the keys; their segments."""
    kept = usable[segment]
    keys, number = np.unique(key[kept], return_inverse=True)
    pairs = distinct(segment[kept] * max(len(keys), 1) + number)
    segment, number = np.divmod(pairs, max(len(keys), 1))
    count = np.bincount(number, minlength=len(keys))
    often = count >= _FEWEST_MEETINGS
    place = np.cumsum(often) - 1
    chosen = often[number]
    return segment[chosen], place[number[chosen]], keys[often], count[often]


def _linked(
    strings: tuple[Ints, Ints, Hashes, Ints],
    stems: tuple[Ints, Ints, Hashes, Ints],
    source: Ints,
    target: Ints,
    value: Doubles,
) -> LearntWords | None:
    bounds = [
        np.searchsorted(side[0], np.stack([where, where + 1])) for side, where in ((strings, source), (stems, target))
    ]
    pair, at = expand(*bounds[0])
    inner, there = expand(bounds[1][0][pair], bounds[1][1][pair])
    left, right = strings[1][at[inner]], stems[1][there]
    keys, index = np.unique(left * len(stems[2]) + right, return_inverse=True)
    met = np.bincount(index, value[pair[inner]])
    left, right = np.divmod(keys, len(stems[2]))
    agreement = met * met / (strings[3][left] * stems[3][right])
    good = (met >= _FEWEST_MEETINGS) & (agreement >= _LEAST_AGREEMENT)
    left, right, agreement = left[good], right[good], agreement[good]
    best = (agreement >= _most(left, agreement)[left]) | (agreement >= _most(right, agreement)[right])
    if not best.any():
        return None
    rows = np.stack([strings[2][left[best]], stems[2][right[best]]], axis=1)
    return LearntWords(np.unique(rows, axis=0))


def _most(index: Ints, value: Doubles) -> Doubles:
    out = np.zeros(int(index.max(initial=0)) + 1)
    np.maximum.at(out, index, value)
    return out
