"""Words of segments as keys: English stems and Chinese dictionary words, with their places in the joined text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from bitext.align.features.lexicon import LONGEST_WORD, Hashes, Lexicon, hash_ngrams, hash_text
from bitext.align.features.stems import STOPWORDS, stem
from bitext.text.normal import normalise

Ints: TypeAlias = npt.NDArray[np.int64]

_ENGLISH = re.compile(r"[A-Za-z]+")
_SEPARATOR = "\n"


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


@lru_cache(maxsize=4)
def joined(texts: tuple[str, ...]) -> JoinedText:
    """The texts folded (width, case, script) and joined."""
    folded = [normalise(text).text.replace(_SEPARATOR, " ") for text in texts]
    text = _SEPARATOR.join([*folded, ""])
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    breaks = np.flatnonzero(codes == ord(_SEPARATOR))
    return JoinedText(text, codes, np.searchsorted(breaks, np.arange(len(codes)), side="left"))


@lru_cache(maxsize=4)
def english_words(texts: tuple[str, ...]) -> FoundWords:
    """Content words by their stems; places are not kept."""
    segments: list[int] = []
    keys: list[int] = []
    known: dict[str, int] = {}
    for index, text in enumerate(texts):
        for word in _ENGLISH.findall(text):
            key = known.get(word)
            if key is None:
                key = known[word] = _english_key(word.lower())
            if key:
                segments.append(index)
                keys.append(key)
    none = np.zeros(len(segments), dtype=np.int64)
    return FoundWords(np.array(segments, dtype=np.int64), np.array(keys, dtype=np.uint64), none, none)


def _english_key(word: str) -> int:
    return 0 if len(word) < 2 or word in STOPWORDS else hash_text(stem(word))


@lru_cache(maxsize=4)
def chinese_words(text: JoinedText, lexicon: Lexicon) -> FoundWords:
    """Dictionary words by forward longest match."""
    longest = np.zeros(len(text.codes), dtype=np.int64)
    hashes = np.zeros(len(text.codes), dtype=np.uint64)
    for length, values in enumerate(hash_ngrams(text.codes, LONGEST_WORD), start=1):
        found, _ = lookup(lexicon.words, values)
        longest[found] = length
        hashes[found] = values[found]
    at = np.array(_longest_match(longest.tolist()), dtype=np.int64)
    return FoundWords(text.segment[at], hashes[at], at, longest[at])


def _longest_match(longest: list[int]) -> list[int]:
    starts: list[int] = []
    place, end = 0, len(longest)
    while place < end:
        length = longest[place]
        if length:
            starts.append(place)
        place += length or 1
    return starts


def lookup(table: Hashes, values: Hashes) -> tuple[Ints, Ints]:
    """Indices of the values that the sorted table holds, and the rows that hold them."""
    if not len(table):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    row = np.minimum(np.searchsorted(table, values), len(table) - 1)
    found = np.flatnonzero(table[row] == values)
    return found, row[found]
