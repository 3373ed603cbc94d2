"""Names in pinyin: an English word in capitals that is the reading of one to three characters of the Chinese text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from bitext.align.features.arrays import Numbered, distinct, expand, in_order, marked
from bitext.align.features.channel import Channel, Words
from bitext.align.features.column import Column
from bitext.align.features.coverage import column_names, coverage_columns
from bitext.align.features.lexicon import Hashes, Lexicon, hash_ngrams
from bitext.align.features.resources import Resources
from bitext.align.features.stems import STOPWORDS
from bitext.align.features.text import MARK, Ints, JoinedText, joined, lookup, marked_text
from bitext.align.grid import Grid
from bitext.align.sides import Sides

CHANNELS = ("name",)
COLUMNS = column_names("name")

_CAPITALISED = re.compile(rf"[A-Z{MARK}](?:(?<={MARK})|[a-z]+(?:['’-][a-z]+)?)")
"""A word in capitals, or the mark before a text; begins with a set, which is searched fast."""
_LONGEST_SYLLABLE = 6
_MOST_SYLLABLES = 3
_PASSED_OVER, _NEXT_TEXT = -1, -2


def columns(sides: Sides, grid: Grid, resources: Resources) -> Iterator[Column]:
    """Coverage by readings."""
    del sides
    yield from coverage_columns("name", resources.channels, grid)


def name_channel(sides: Sides, lexicon: Lexicon) -> Channel:
    """Words in capitals of the English side, and the places where the Chinese side can be read so."""
    segment, number, words = _capitalised(sides.target.texts)
    text = joined(sides.source.texts)
    place, name = _read(text, words, lexicon)
    # A source word of the channel is a place where some name can be read; its key is the name.
    links = distinct(name)
    return Channel(Words(text.segment[place], name), Words(segment, number), np.stack([links, links], axis=1))


def _capitalised(texts: tuple[str, ...]) -> tuple[Ints, Ints, list[str]]:
    """Words in capitals: the segment and the number of each, and the distinct ones in small letters."""
    found = _CAPITALISED.findall(marked_text(texts))
    words: dict[str, int] = {}
    numbers = {}
    for match in dict.fromkeys(found):
        word = re.sub("[^a-z]", "", match.lower())
        wanted = len(word) > 1 and word not in STOPWORDS
        numbers[match] = words.setdefault(word, len(words)) if wanted else _PASSED_OVER
    numbers[MARK] = _NEXT_TEXT
    number = np.fromiter(map(numbers.__getitem__, found), dtype=np.int64, count=len(found))
    kept = np.flatnonzero(number >= 0)
    return (np.cumsum(number == _NEXT_TEXT) - 1)[kept], number[kept], list(words)


def _read(text: JoinedText, words: Sequence[str], lexicon: Lexicon) -> tuple[Ints, Ints]:
    """Places of the text at which a word can be read, and the word's index; in order."""
    spoken, (name, syllables) = _Spoken.of(text, lexicon), _splits(words, lexicon)
    count = len(_syllables(lexicon)[0])
    # Where something may be read, and the number of the syllables that have been read there.
    begun, read, path = spoken.place, np.zeros(len(spoken.place), dtype=np.int64), np.zeros(len(name), dtype=np.int64)
    found = [np.zeros(0, dtype=np.int64)]
    for step in range(_MOST_SYLLABLES):
        wanted = Numbered.of(path * count + syllables[:, step])
        path = wanted.number(path * count + syllables[:, step])
        owner, at = spoken.following(begun, step)
        read = wanted.number(read[owner] * count + spoken.syllable[at])
        begun, read = begun[owner][read >= 0], read[read >= 0]
        ending = syllables[:, step + 1] < 0
        order = in_order(path[ending])
        bounds = np.searchsorted(path[ending][order], np.arange(len(wanted.values) + 1))
        owner, at = expand(bounds[read], bounds[read + 1])
        found.append(begun[owner] * len(words) + name[ending][order][at])
        name, syllables, path = name[~ending], syllables[~ending], path[~ending]
        going_on = marked(len(wanted.values), path)[read]
        begun, read = begun[going_on], read[going_on]
    place, index = np.divmod(distinct(np.concatenate(found)), max(len(words), 1))
    return place, index


@dataclass(frozen=True, slots=True)
class _Spoken:
    """The readings of a text's characters: place and number of the syllable of each, and the first at each place."""

    place: Ints
    syllable: Ints
    first: Ints

    @staticmethod
    def of(text: JoinedText, lexicon: Lexicon) -> _Spoken:
        codes = text.codes.astype(np.int64)
        characters = Numbered.of(codes)
        first, last = (
            np.searchsorted(lexicon.characters, characters.values.astype(np.uint64), side=side)
            for side in ("left", "right")
        )
        number = characters.number(codes)
        place, row = expand(first[number], last[number])
        ends = np.cumsum((last - first)[number])
        return _Spoken(place, _syllables(lexicon)[1][row], np.append(0, ends))

    def following(self, places: Ints, step: int) -> tuple[Ints, Ints]:
        """The readings of the characters `step` behind the places: the index of the place, and the reading."""
        return expand(self.first[places + step], self.first[places + step + 1])


@lru_cache(maxsize=2)
def _syllables(lexicon: Lexicon) -> tuple[Hashes, Ints]:
    """The sorted hashes of all syllables that a character is read as, and the number of each row's reading."""
    keys, number = np.unique(lexicon.readings, return_inverse=True)
    return keys, number


def _splits(words: Sequence[str], lexicon: Lexicon) -> tuple[Ints, Ints]:
    """The ways to cut words into at most three syllables: the word's index, and a row of syllables, ended by -1."""
    text = "".join(words)
    codes = np.frombuffer(text.encode("ascii"), dtype=np.uint8).astype(np.uint64)
    # At each place of the joined words the number of the syllable of each length, or -1.
    numbers = np.full((_LONGEST_SYLLABLE + 1, len(codes) + 1), -1, dtype=np.int64)
    for length, hashes in enumerate(hash_ngrams(codes, _LONGEST_SYLLABLE), start=1):
        at, number = lookup(_syllables(lexicon)[0], hashes)
        numbers[length, at] = number
    left = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
    name, place = np.arange(len(words)), np.cumsum(left) - left
    rows = np.full((len(words), 0), -1, dtype=np.int64)
    found: list[tuple[Ints, Ints]] = []
    for step in range(_MOST_SYLLABLES):
        cuts = []
        for length in range(1, _LONGEST_SYLLABLE + 1):
            fits = np.flatnonzero((left >= length) & (numbers[length, place] >= 0))
            row = np.concatenate([rows[fits], numbers[length, place[fits], None]], axis=1)
            cuts.append((name[fits], row, left[fits] - length, place[fits] + length))
        name, rows, left, place = (np.concatenate(column) for column in zip(*cuts, strict=True))
        whole = left == 0
        found.append((name[whole], np.pad(rows[whole], ((0, 0), (0, _MOST_SYLLABLES - step)), constant_values=-1)))
        name, rows, left, place = name[~whole], rows[~whole], left[~whole], place[~whole]
    return np.concatenate([row for row, _ in found]), np.concatenate([row for _, row in found])
