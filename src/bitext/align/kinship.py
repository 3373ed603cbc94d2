"""Finds the words of a batch whose vectors are near each other (see `features.kin`)."""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from bitext.align.encoders.protocol import Encoder
from bitext.align.features.lexicon import Hashes, Lexicon
from bitext.align.features.resources import KinWords
from bitext.align.features.text import chinese_words, english_surfaces, joined
from bitext.align.sides import Sides

Array: TypeAlias = npt.NDArray[np.float32]
Ints: TypeAlias = npt.NDArray[np.int64]

_CLOSE: Final = 0.72
_NEAR: Final = 0.58
"""Cosines from which words are kin, and near. In a chapter of mac-dev, of random pairs of words two in a thousand
reach the first and one in fifty the second."""
_ROWS: Final = 2_000


def kin_words(sides: Sides, encoder: Encoder, lexicon: Lexicon) -> KinWords:
    """The pairs of a Chinese dictionary word and an English word (by its stem) that are near."""
    text = joined(sides.source.texts)
    found = chinese_words(text, lexicon)
    source, first = np.unique(found.key, return_index=True)
    chinese = [
        text.text[start : start + length]
        for start, length in zip(found.start[first].tolist(), found.length[first].tolist(), strict=True)
    ]
    surfaces = english_surfaces(sides.target.texts)
    target, stem = np.unique(np.array(list(surfaces.values()), dtype=np.uint64), return_inverse=True)
    left, right = _vectors(chinese, encoder), _vectors(list(surfaces), encoder)
    pairs, close = _near(left, right, stem, len(target))
    return _compact(source, target, pairs, close)


def _vectors(words: list[str], encoder: Encoder) -> Array:
    ones = np.arange(len(words))
    return encoder.encode(words, np.stack([ones, ones + 1], axis=1))


def _near(left: Array, right: Array, stem: Ints, stems: int) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """Rows (word, stem) of which some surface form is near, and whether one is close."""
    keys: list[Ints] = [np.zeros(0, dtype=np.int64)]
    values: list[Array] = [np.zeros(0, dtype=np.float32)]
    for first in range(0, len(left), _ROWS):
        cosine = left[first : first + _ROWS] @ right.T
        row, column = np.nonzero(cosine >= _NEAR)
        keys.append((row + first) * stems + stem[column])
        values.append(cosine[row, column])
    pair, index = np.unique(np.concatenate(keys), return_inverse=True)
    best = np.zeros(len(pair), dtype=np.float32)
    np.maximum.at(best, index, np.concatenate(values))
    return np.stack(np.divmod(pair, max(stems, 1)), axis=1), best >= _CLOSE


def _compact(source: Hashes, target: Hashes, pairs: Ints, close: npt.NDArray[np.bool_]) -> KinWords:
    """Only the words that have kin."""
    used_source, left = np.unique(pairs[:, 0], return_inverse=True)
    used_target, right = np.unique(pairs[:, 1], return_inverse=True)
    return KinWords(source[used_source], target[used_target], np.stack([left, right], axis=1), close)
