"""Words of segments as keys: English stems and Chinese dictionary words, with their places in the joined text.

A text is read as a whole, not segment by segment: what is done at a time is one call for all of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from bitext.align.features.arrays import Numbered, expand, marked
from bitext.align.features.lexicon import LONGEST_WORD, Hashes, Lexicon, hash_ngrams, hash_texts
from bitext.align.features.stems import STOPWORDS, stem
from bitext.text.normal import folded

Ints: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]

_ENGLISH: Final = re.compile(r"[a-z]+")
_SEPARATOR: Final = "\n"
MARK: Final = "\0"
"""Stands before each segment where texts are searched for strings; it is part of none."""
_BLANK: Final = "\x01"
"""Follows the mark, and goes with nothing either."""
_TOKEN: Final = re.compile(rf"[a-z{MARK}][a-z0-9]*+(?:[.\-][a-z0-9]++)*+")
"""A Latin string, or the mark by itself, since what follows it goes with nothing."""
_SPARSE: Final = 16
"""Beginnings that a table of hashes could have to one that it has."""


@dataclass(frozen=True, slots=True, eq=False)
class JoinedText:
    """Folded segments joined by line ends: code points and, for each, the segment it stands in."""

    text: str
    codes: Hashes
    segment: Ints


@dataclass(frozen=True, slots=True)
class FoundWords:
    """Words in order: the segment, the key (a hash), and the place and length in the joined text."""

    segment: Ints
    key: Hashes
    start: Ints
    length: Ints


@dataclass(frozen=True, slots=True)
class Stems:
    """Content words in order: the segment and the number of the stem; the stems' hashes, sorted."""

    segment: Ints
    number: Ints
    keys: Hashes


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """Latin strings in small letters, in order: the segment and the number among the distinct ones."""

    segment: Ints
    number: Ints
    distinct: list[str]


@lru_cache(maxsize=4)
def joined(texts: tuple[str, ...]) -> JoinedText:
    """The texts folded (width, case, script) and joined."""
    lines = [folded(text).replace(_SEPARATOR, " ") + _SEPARATOR for text in texts]
    text = "".join(lines)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    lengths = np.fromiter(map(len, lines), dtype=np.int64, count=len(lines))
    return JoinedText(text, codes, np.repeat(np.arange(len(lines)), lengths))


def marked_text(texts: Sequence[str]) -> str:
    """The texts in one; before each stand a mark and a sign that goes with nothing, so that no string crosses over."""
    return "".join([f"{MARK}{_BLANK}{text.replace(MARK, _BLANK)}" for text in texts])


@lru_cache(maxsize=8)
def tokens(texts: tuple[str, ...]) -> Tokens:
    """The Latin strings of the texts: letters and figures, joined by dots and hyphens, from a letter on."""
    found = _TOKEN.findall(marked_text(texts).lower())
    numbers = {token: number for number, token in enumerate(dict.fromkeys([MARK, *found]))}
    number = np.fromiter(map(numbers.__getitem__, found), dtype=np.int64, count=len(found))
    segment = np.cumsum(number == 0) - 1
    kept = np.flatnonzero(number)
    return Tokens(segment[kept], number[kept] - 1, list(numbers)[1:])


@lru_cache(maxsize=4)
def english_words(texts: tuple[str, ...]) -> Stems:
    """Content words by their stems."""
    found = tokens(texts)
    stems: dict[str, int] = {}
    words: list[int] = []
    counts: list[int] = []
    for token in found.distinct:
        parts = (token,) if token.isalpha() else _ENGLISH.findall(token)
        own = [stems.setdefault(stem(word), len(stems)) for word in parts if len(word) > 1 and word not in STOPWORDS]
        words += own
        counts.append(len(own))
    keys, place = np.unique(hash_texts(list(stems)), return_inverse=True)
    ends = np.cumsum(np.array(counts, dtype=np.int64))
    owner, at = expand(np.append(0, ends)[found.number], ends[found.number])
    return Stems(found.segment[owner], place[np.array(words, dtype=np.int64)][at], keys)


@lru_cache(maxsize=4)
def chinese_words(text: JoinedText, lexicon: Lexicon) -> FoundWords:
    """Dictionary words by forward longest match."""
    longest = np.zeros(len(text.codes), dtype=np.int64)
    hashes = np.zeros(len(text.codes), dtype=np.uint64)
    for length, values in enumerate(hash_ngrams(text.codes, LONGEST_WORD), start=1):
        found = _known_characters(text.codes, lexicon) if length == 1 else known_words(lexicon, values)[0]
        longest[found] = length
        hashes[found] = values[found]
    at = np.array(_steps(np.maximum(longest, 1).tolist()), dtype=np.int64)
    at = at[longest[at] > 0]
    return FoundWords(text.segment[at], hashes[at], at, longest[at])


def _known_characters(codes: Hashes, lexicon: Lexicon) -> Ints:
    """Where characters stand that are words, each distinct one being looked up once."""
    characters = Numbered.of(codes.astype(np.int64))
    (hashes,) = hash_ngrams(characters.values.astype(np.uint64), 1)
    words = marked(len(hashes), known_words(lexicon, hashes)[0])
    return np.flatnonzero(words[characters.number(codes.astype(np.int64))])


def _steps(lengths: list[int]) -> list[int]:
    """The places that one comes to from the first on by going on by the length at each."""
    places: list[int] = []
    add, place, end = places.append, 0, len(lengths)
    while place < end:
        add(place)
        place += lengths[place]
    return places


def known_words(lexicon: Lexicon, values: Hashes) -> tuple[Ints, Ints]:
    """Indices of the values that are words of the lexicon, and the rows of the words."""
    return lookup(lexicon.words, values, _first_bits_of_words(lexicon))


@lru_cache(maxsize=4)
def _first_bits_of_words(lexicon: Lexicon) -> Bools:
    return first_bits(lexicon.words)


def first_bits(table: Hashes) -> Bools:
    """Which beginnings the hashes of a table have: a few percent of all that there are, so that most others differ."""
    bits = max(_SPARSE * len(table), 2).bit_length()
    out = np.zeros(1 << bits, dtype=bool)
    out[table >> np.uint64(64 - bits)] = True
    return out


def lookup(table: Hashes, values: Hashes, beginnings: Bools | None = None) -> tuple[Ints, Ints]:
    """Indices of the values that the sorted table holds, and the rows that hold them.

    With the `beginnings` of the table (see `first_bits`), what it does not hold is passed over fast.
    """
    if not len(table):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    perhaps = None
    if beginnings is not None:
        perhaps = np.flatnonzero(beginnings[values >> np.uint64(65 - len(beginnings).bit_length())])
        values = values[perhaps]
    row = np.minimum(np.searchsorted(table, values), len(table) - 1)
    found = np.flatnonzero(table[row] == values)
    return found if perhaps is None else perhaps[found], row[found]
