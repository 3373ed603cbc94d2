"""Words learnt from a document's own beads: what the dictionary does not have, above all names.

After a first pass, Chinese strings and English stems that keep meeting in probable beads, and seldom stand elsewhere,
are linked for the second pass. A Chinese string is a dictionary word or any two to four characters that recur.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from bitext.align.features.arrays import distinct, expand, summed
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
_BITS: Final = 18
_MIX: Final = 40_503
"""Spreads a number over bits that its last ones do not tell."""
_ROUNDING: Final = 1e-6
_LEAST_PROBABILITY: Final = 0.1
"""Beads less probable than this do not count."""


def meetings(grid: Grid, probability: npt.NDArray[np.floating]) -> tuple[Ints, Ints, Doubles]:
    """Pairs of segments (numbered in the grid's batch) and the probability that a bead joins them.

    `probability` is (rows, width, shapes), the posteriors of the beads.
    """
    # Looked through in the order in which they lie, and put in that of the beads' starts.
    shapes, rows, columns = np.nonzero(probability.transpose(2, 0, 1) > _LEAST_PROBABILITY)
    order = np.lexsort((shapes, columns, rows))
    shapes, rows, columns = shapes[order], rows[order], columns[order]
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
    if not (len(strings.keys) and len(stems.keys)):
        return None
    return _linked(strings, stems, source, target, value)


@dataclass(frozen=True, slots=True)
class _Words:
    """Words that stand in several segments: segment and number of each, once a segment, by segment and then the
    rarest first; the words' keys, and in how many segments they stand."""

    segment: Ints
    number: Ints
    keys: Hashes
    count: Ints


def _recurring(segment: Ints, key: Hashes, usable: npt.NDArray[np.bool_]) -> _Words:
    """The keys that stand in enough segments."""
    kept = np.flatnonzero(usable[segment])
    # Most strings come once; where few have the same first bits, none of those comes often.
    beginning = (key[kept] >> np.uint64(64 - _BITS)).astype(np.int64)
    kept = kept[np.bincount(beginning, minlength=1 << _BITS)[beginning] >= _FEWEST_MEETINGS]
    keys, number = np.unique(key[kept], return_inverse=True)
    size = max(len(keys), 1)
    segment, number = np.divmod(distinct(segment[kept] * size + number), size)
    count = np.bincount(number, minlength=len(keys))
    often = count >= _FEWEST_MEETINGS
    chosen = often[number]
    segment, number = segment[chosen], (np.cumsum(often) - 1)[number[chosen]]
    order = np.lexsort((count[often][number], segment))
    return _Words(segment, number[order], keys[often], count[often])


def _linked(strings: _Words, stems: _Words, source: Ints, target: Ints, value: Doubles) -> LearntWords | None:
    left, right, met = _met(strings, stems, source, target, value)
    agreement = met * met / (strings.count[left] * stems.count[right])
    good = (met >= _FEWEST_MEETINGS) & (agreement >= _LEAST_AGREEMENT)
    left, right, agreement = left[good], right[good], agreement[good]
    best = (agreement >= _most(left, agreement)[left]) | (agreement >= _most(right, agreement)[right])
    if not best.any():
        return None
    rows = np.stack([strings.keys[left[best]], stems.keys[right[best]]], axis=1)
    return LearntWords(np.unique(rows, axis=0))


def _met(strings: _Words, stems: _Words, source: Ints, target: Ints, value: Doubles) -> tuple[Ints, Ints, Doubles]:
    """Pairs of words and the expected number of beads in which they meet; all that may agree, and some more.

    Words whose numbers of segments are too different cannot agree, however often the one meets anything: of the stems
    of a segment only the rarest are paired with a string.
    """
    pair, at = expand(*_bounds(strings, source))
    most_left = _partners(strings, pair, at, value)
    pair_right, at_right = expand(*_bounds(stems, target))
    most_right = _partners(stems, pair_right, at_right, value)
    left, size = strings.number[at], int(stems.count.max(initial=0)) + 1
    packed = stems.segment * size + stems.count[stems.number]
    begin = np.searchsorted(packed, target * size)[pair]
    end = np.searchsorted(packed, target[pair] * size + np.minimum(most_left[left], size - 1), side="right")
    end = np.maximum(end, begin)
    right = stems.number[expand(begin, end)[1]]
    count, weight = strings.count[left].repeat(end - begin), value[pair].repeat(end - begin)
    left = left.repeat(end - begin)
    kept = np.flatnonzero(most_right[right] >= count)
    left, right, weight = left[kept], right[kept], weight[kept]
    keys = left * len(stems.keys) + right
    # Most pairs meet too seldom, as do all that share some bits of their numbers.
    for mixed in (1, _MIX):
        bits = (keys * mixed >> mixed.bit_length() - 1) & ((1 << _BITS) - 1)
        often = np.flatnonzero(np.bincount(bits, weight, minlength=1 << _BITS)[bits] > _FEWEST_MEETINGS - _ROUNDING)
        keys, weight = keys[often], weight[often]
    keys, met = summed(keys, weight)
    return keys // len(stems.keys), keys % len(stems.keys), met


def _bounds(words: _Words, segments: Ints) -> tuple[Ints, Ints]:
    return np.searchsorted(words.segment, segments), np.searchsorted(words.segment, segments, side="right")


def _partners(words: _Words, pair: Ints, at: Ints, value: Doubles) -> Ints:
    """For each word how many segments a word may stand in, at most, that agrees with it; 0 if it meets too little."""
    met = np.bincount(words.number[at], value[pair], minlength=len(words.keys)) + _ROUNDING
    most = np.floor(met * met / (_LEAST_AGREEMENT * words.count) + _ROUNDING)
    return np.where(met < _FEWEST_MEETINGS, 0, most).astype(np.int64)


def _most(index: Ints, value: Doubles) -> Doubles:
    out = np.zeros(int(index.max(initial=0)) + 1)
    np.maximum.at(out, index, value)
    return out
