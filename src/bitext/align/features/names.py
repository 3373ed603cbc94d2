"""Names in pinyin: an English word in capitals that is the reading of one to three characters of the Chinese text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from bitext.align.features.channel import Channel, Words
from bitext.align.features.column import Column
from bitext.align.features.coverage import column_names, coverage_columns
from bitext.align.features.lexicon import Lexicon, hash_text
from bitext.align.features.resources import Resources
from bitext.align.features.stems import STOPWORDS
from bitext.align.features.text import Ints, JoinedText, joined
from bitext.align.grid import Grid
from bitext.align.sides import Sides

COLUMNS = column_names("name")

_CAPITALISED = re.compile(r"[A-Z][a-z]+(?:['’-][a-z]+)?")
_LONGEST_SYLLABLE = 6
_MOST_SYLLABLES = 3


def columns(sides: Sides, grid: Grid, resources: Resources) -> Iterator[Column]:
    """Coverage by readings."""
    del sides
    yield from coverage_columns("name", resources.channels, grid)


def name_channel(sides: Sides, lexicon: Lexicon) -> Channel:
    """Words in capitals of the English side, and the places where the Chinese side can be read so."""
    segments, words = _capitalised(sides.target.texts)
    distinct = sorted(set(words))
    text = joined(sides.source.texts)
    place, name = _read(text, distinct, lexicon)
    order = np.lexsort((name, place))
    # A source word of the channel is a place where some name can be read; its key is the name.
    source = Words(text.segment[place[order]], name[order])
    number = {word: index for index, word in enumerate(distinct)}
    target = Words(np.array(segments, dtype=np.int64), np.array([number[word] for word in words], dtype=np.int64))
    links = np.unique(name)
    return Channel(source, target, np.stack([links, links], axis=1))


def _capitalised(texts: Sequence[str]) -> tuple[list[int], list[str]]:
    segments: list[int] = []
    words: list[str] = []
    for index, text in enumerate(texts):
        for match in _CAPITALISED.findall(text):
            word = re.sub("[^a-z]", "", match.lower())
            if len(word) > 1 and word not in STOPWORDS:
                segments.append(index)
                words.append(word)
    return segments, words


def _read(text: JoinedText, words: list[str], lexicon: Lexicon) -> tuple[Ints, Ints]:
    """Places of the text at which a word can be read, and the word's index."""
    characters, where = np.unique(text.codes, return_inverse=True)
    first = np.searchsorted(lexicon.characters, characters)
    last = np.searchsorted(lexicon.characters, characters, side="right")
    order = np.argsort(where, kind="stable")
    bounds = np.searchsorted(where[order], np.arange(len(characters) + 1))
    spoken: dict[int, list[Ints]] = {}
    for index in np.flatnonzero(last > first).tolist():
        here = order[bounds[index] : bounds[index + 1]]
        for reading in set(lexicon.readings[first[index] : last[index]].tolist()):
            spoken.setdefault(reading, []).append(here)
    syllables = {reading: np.unique(np.concatenate(places)) for reading, places in spoken.items()}
    places: list[Ints] = [np.zeros(0, dtype=np.int64)]
    names: list[Ints] = [np.zeros(0, dtype=np.int64)]
    known = _syllables(lexicon)
    for index, word in enumerate(words):
        for split in _splits(word, known):
            here = _sequence(split, syllables)
            places.append(here)
            names.append(np.full(len(here), index))
    found = np.unique(np.stack([np.concatenate(places), np.concatenate(names)], axis=1), axis=0)
    return found[:, 0], found[:, 1]


def _sequence(split: tuple[int, ...], syllables: dict[int, Ints]) -> Ints:
    """Places at which characters with these readings follow one another."""
    here = syllables.get(split[0])
    for step, reading in enumerate(split[1:], start=1):
        following = syllables.get(reading)
        if here is None or following is None or not len(here):
            break
        here = here[np.isin(here + step, following, assume_unique=True)]
    else:
        return here if here is not None else np.zeros(0, dtype=np.int64)
    return np.zeros(0, dtype=np.int64)


@lru_cache(maxsize=2)
def _syllables(lexicon: Lexicon) -> frozenset[int]:
    """The hashes of all syllables that a character is read as."""
    return frozenset(lexicon.readings.tolist())


@lru_cache(maxsize=65536)
def _splits(word: str, known: frozenset[int]) -> tuple[tuple[int, ...], ...]:
    """The ways to cut a word into at most three syllables of those `known`, as hashes."""
    if len(word) > _MOST_SYLLABLES * _LONGEST_SYLLABLE:
        return ()
    return tuple(_parts(word, _MOST_SYLLABLES, known))


def _parts(word: str, most: int, known: frozenset[int]) -> Iterator[tuple[int, ...]]:
    if not word:
        yield ()
    elif most:
        for length in range(1, min(len(word), _LONGEST_SYLLABLE) + 1):
            if (syllable := hash_text(word[:length])) in known:
                for rest in _parts(word[length:], most - 1, known):
                    yield (syllable, *rest)
