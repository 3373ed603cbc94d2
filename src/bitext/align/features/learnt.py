"""Words that the document itself has taught in a first pass (see `learning`): coverage by them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from bitext.align.features.channel import Channel, Words
from bitext.align.features.column import Column
from bitext.align.features.coverage import column_names, coverage_columns
from bitext.align.features.lexicon import Hashes, Lexicon, hash_ngrams
from bitext.align.features.resources import LearntWords, Resources
from bitext.align.features.text import chinese_words, english_words, first_bits, joined, lookup
from bitext.align.grid import Grid
from bitext.align.sides import Side, Sides

Ints: TypeAlias = npt.NDArray[np.int64]

CHANNELS = ("learnt",)
COLUMNS = column_names("learnt")

_LONGEST: Final = 4
_PAIR: Final = np.uint64(0xD6E8FEB86659FD93)
"""Multiplied by the number of the pair of documents and added to a key, so that pairs do not learn from one another."""


def columns(sides: Sides, grid: Grid, resources: Resources) -> Iterator[Column]:
    """Coverage by learnt words; nothing in the first pass."""
    del sides
    yield from coverage_columns("learnt", resources.channels, grid)


def learnt_channel(sides: Sides, learnt: LearntWords, lexicon: Lexicon) -> Channel:
    """The words of both sides that were learnt, and what was learnt of them."""
    words = []
    links = []
    for column, (segment, key) in enumerate(
        (string_occurrences(sides.source, lexicon), english_occurrences(sides.target))
    ):
        table, number = np.unique(learnt.pairs[:, column], return_inverse=True)
        found, row = lookup(table, key, first_bits(table))
        order = np.argsort(segment[found], kind="stable")
        words.append(Words(segment[found][order], row[order]))
        links.append(number)
    return Channel(words[0], words[1], np.stack(links, axis=1))


def string_occurrences(side: Side, lexicon: Lexicon) -> tuple[Ints, Hashes]:
    """Segment and key of all dictionary words and of all strings of two to four characters of the Chinese side."""
    text = joined(side.texts)
    words = chinese_words(text, lexicon)
    segments, keys = [words.segment], [words.key]
    han = text.codes >= np.uint64(0x3400)
    for length, hashes in enumerate(hash_ngrams(text.codes, _LONGEST), start=1):
        if length > 1:
            whole = np.logical_and.reduce([han[step : step + len(hashes)] for step in range(length)])
            segments.append(text.segment[: len(hashes)][whole])
            keys.append(hashes[whole])
    segment = np.concatenate(segments)
    return segment, _of_pair(np.concatenate(keys), side.pair[segment])


def english_occurrences(side: Side) -> tuple[Ints, Hashes]:
    """Segment and key of all content words of the English side."""
    words = english_words(side.texts)
    return words.segment, _of_pair(words.keys[words.number], side.pair[words.segment])


def _of_pair(key: Hashes, pair: Ints) -> Hashes:
    return key + pair.astype(np.uint64) * _PAIR
