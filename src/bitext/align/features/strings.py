"""Latin strings and figures that stand in both texts: abbreviations, addresses, foreign names, codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from bitext.align.features.channel import Channel, Words
from bitext.align.features.column import Column
from bitext.align.features.coverage import column_names, coverage_columns
from bitext.align.features.resources import Resources
from bitext.align.grid import Grid
from bitext.align.sides import Sides

COLUMNS = column_names("string")

_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[.\-][A-Za-z0-9]+)*")


def columns(sides: Sides, grid: Grid, resources: Resources) -> Iterator[Column]:
    """Coverage by equal strings, letter case aside."""
    del sides
    yield from coverage_columns("string", resources.channels, grid)


def string_channel(sides: Sides) -> Channel:
    """The Latin strings of both sides, each linked to itself."""
    texts = sides.source.texts, sides.target.texts
    return equal_words(*([_LATIN.findall(text.lower()) for text in side] for side in texts))


def equal_words(source: Sequence[Sequence[str]], target: Sequence[Sequence[str]]) -> Channel:
    """A channel in which a word is linked to itself; each side is a list of words for each segment."""
    keys: dict[str, int] = {}
    sides: list[Words] = []
    for side in (source, target):
        segment = [index for index, words in enumerate(side) for _ in words]
        key = [keys.setdefault(word, len(keys)) for words in side for word in words]
        sides.append(Words(np.array(segment, dtype=np.int64), np.array(key, dtype=np.int64)))
    # Only what both sides have can explain anything.
    links = np.intersect1d(sides[0].key, sides[1].key)
    return Channel(sides[0], sides[1], np.stack([links, links], axis=1))
