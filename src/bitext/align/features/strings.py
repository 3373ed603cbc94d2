"""Latin strings and figures that stand in both texts: abbreviations, addresses, foreign names, codes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bitext.align.features.channel import Channel, Words
from bitext.align.features.column import Column
from bitext.align.features.coverage import column_names, coverage_columns
from bitext.align.features.resources import Resources
from bitext.align.features.text import tokens
from bitext.align.grid import Grid
from bitext.align.sides import Sides

CHANNELS = ("string",)
COLUMNS = column_names("string")


def columns(sides: Sides, grid: Grid, resources: Resources) -> Iterator[Column]:
    """Coverage by equal strings, letter case aside."""
    del sides
    yield from coverage_columns("string", resources.channels, grid)


def string_channel(sides: Sides) -> Channel:
    """The Latin strings of both sides, each linked to itself."""
    source, target = tokens(sides.source.texts), tokens(sides.target.texts)
    numbers = {string: number for number, string in enumerate(target.distinct)}
    links = [(number, numbers[string]) for number, string in enumerate(source.distinct) if string in numbers]
    words = Words(source.segment, source.number), Words(target.segment, target.number)
    return Channel(*words, np.array(links, dtype=np.int64).reshape(-1, 2))
