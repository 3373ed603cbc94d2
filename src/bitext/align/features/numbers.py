"""Numbers that stand in both texts, by value: 1.2亿 and 120 million, 5月 and May, 三十 and thirty.

A quick reading for many segments; the rule that compares numbers reads them with far more care.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from functools import lru_cache
from typing import Final

import numpy as np

from bitext.align.features.channel import Channel, Words
from bitext.align.features.column import Column
from bitext.align.features.coverage import column_names, coverage_columns
from bitext.align.features.resources import Resources
from bitext.align.features.text import marked_text
from bitext.align.grid import Grid
from bitext.align.sides import Sides
from bitext.text import hannumerals

CHANNELS = ("number",)
COLUMNS = column_names("number")

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_UNITS = (
    "one two three four five six seven eight nine ten "
    "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"
_WORDS = (
    {word: Decimal(value) for value, word in enumerate(_UNITS.split(), start=1)}
    | {word: Decimal(10 * value) for value, word in enumerate(_TENS.split(), start=2)}
    | {word: Decimal(value) for value, word in enumerate(_ORDINALS.split(), start=1)}
    | {month: Decimal(value) for value, month in enumerate(_MONTHS, start=1)}
    | {month[:3]: Decimal(value) for value, month in enumerate(_MONTHS, start=1) if month != "may"}
)
_SCALES = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "万": 4, "亿": 8, "萬": 4, "億": 8}
_FIGURE = r"\d(?<!\d\d)\d*+(?:,++\d++)*,*(?:\.\d++)?"
"""Figures are taken whole: of a run of them that a letter ends, each beginning and each end would be tried else."""
_ANY_SIZE: Final = Context(Emax=MAX_EMAX, Emin=MIN_EMIN)
"""In which a page full of figures, times a million, is a number still."""


def _spelled() -> str:
    """The number words by their first letters, the longest first: where a letter begins none, none is tried."""
    words = sorted(_WORDS, key=len, reverse=True)
    first = sorted({word[0] for word in words})
    return "|".join(f"{letter}(?:{'|'.join(word[1:] for word in words if word[0] == letter)})" for letter in first)


_ENGLISH = re.compile(
    rf"({_FIGURE}|{_spelled()})(?:st|nd|rd|th)?\b(?:[\s-]+(hundred|thousand|million|billion|trillion)\b)?"
)
_CHINESE = re.compile(
    rf"({_FIGURE})\s*([万亿萬億])?|([〇零一二三四五六七八九十百千万亿两]{{2,12}}|[二三四五六七八九十])"
)


def columns(sides: Sides, grid: Grid, resources: Resources) -> Iterator[Column]:
    """Coverage by equal values."""
    del sides
    yield from coverage_columns("number", resources.channels, grid)


def number_channel(sides: Sides) -> Channel:
    """The numbers of both sides, each linked to itself."""
    numbers: dict[str, int] = {}
    source = _words(sides.source.texts, _CHINESE, _chinese, numbers)
    target = _words(tuple([text.lower() for text in sides.target.texts]), _ENGLISH, _value, numbers)
    # Only what both sides have can explain anything.
    links = np.intersect1d(source.key, target.key)
    return Channel(source, target, np.stack([links, links], axis=1))


def _words(
    texts: tuple[str, ...], pattern: re.Pattern[str], value: Callable[..., str | None], numbers: dict[str, int]
) -> Words:
    """What the pattern finds, each with the number of its value among `numbers`, to which new ones are added."""
    text = marked_text(texts)
    ends = np.cumsum(np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + len(marked_text([""])))
    found = [(match.start(), value(*match.groups())) for match in pattern.finditer(text)]
    kept = [(start, numbers.setdefault(written, len(numbers))) for start, written in found if written is not None]
    rows = np.array(kept, dtype=np.int64).reshape(-1, 2)
    return Words(np.searchsorted(ends, rows[:, 0], side="right"), rows[:, 1])


@lru_cache(maxsize=65536)
def _chinese(figure: str | None, scale: str | None, numeral: str | None) -> str | None:
    if figure:
        return _value(figure, scale)
    value = hannumerals.value(numeral or "")
    return None if value is None else _written(Decimal(value))


@lru_cache(maxsize=65536)
def _value(figure: str, scale: str | None) -> str:
    value = _WORDS[figure] if figure in _WORDS else Decimal(figure.replace(",", ""))
    return _written(value.scaleb(_SCALES[scale], _ANY_SIZE) if scale else value)


def _written(value: Decimal) -> str:
    return f"{value.normalize(_ANY_SIZE):f}" if value.adjusted() < 40 else str(value)
