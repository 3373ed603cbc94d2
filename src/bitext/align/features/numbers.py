"""Numbers that stand in both texts, by value: 1.2亿 and 120 million, 5月 and May, 三十 and thirty.

A quick reading for many segments; the rule that compares numbers reads them with far more care.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from bitext.align.features.channel import Channel
from bitext.align.features.column import Column
from bitext.align.features.coverage import column_names, coverage_columns
from bitext.align.features.resources import Resources
from bitext.align.features.strings import equal_words
from bitext.align.grid import Grid
from bitext.align.sides import Sides
from bitext.text import hannumerals

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
_FIGURE = r"\d[\d,]*(?:\.\d+)?"
_SPELLED = "|".join(sorted(_WORDS, key=len, reverse=True))
_ENGLISH = re.compile(
    rf"({_FIGURE}|{_SPELLED})(?:st|nd|rd|th)?\b(?:[\s-]+(hundred|thousand|million|billion|trillion)\b)?"
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
    source = [_chinese(text) for text in sides.source.texts]
    target = [_english(text) for text in sides.target.texts]
    return equal_words(source, target)


@lru_cache(maxsize=65536)
def _english(text: str) -> list[str]:
    return [_value(figure, scale) for figure, scale in _ENGLISH.findall(text.lower())]


@lru_cache(maxsize=65536)
def _chinese(text: str) -> list[str]:
    found = []
    for figure, scale, numeral in _CHINESE.findall(text):
        value = hannumerals.value(numeral) if numeral else None
        if figure or value is not None:
            found.append(_value(figure, scale) if figure else _written(Decimal(value or 0)))
    return found


def _value(figure: str, scale: str) -> str:
    value = _WORDS[figure] if figure in _WORDS else Decimal(figure.replace(",", ""))
    return _written(value.scaleb(_SCALES[scale]) if scale else value)


def _written(value: Decimal) -> str:
    return f"{value.normalize():f}" if value.adjusted() < 40 else str(value)
