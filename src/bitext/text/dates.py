"""Dates and times of day in running text, Chinese and English, as fields that can be compared.

A mention holds what the text says and no more: 11日 has a day only, May 2022 a year and a month. Two mentions agree
where every field that both have is equal; mentions without a common field neither agree nor differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from bitext.model.documents import Language, Span

DateKind: TypeAlias = Literal["date", "time", "academic-year", "decade", "century", "quarter", "relative"]
Meridiem: TypeAlias = Literal["", "am", "pm", "24"]

FIELDS = ("year", "month", "day", "weekday", "hour", "minute", "decade", "century", "quarter")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date, or a part of one, as the text gives it. Fields that the text does not give are None.

    `span` is relative to the text searched. `weekday` counts from 1, Monday; `hour` is of 24 where `meridiem` says
    so, else of 12; `decade` is its first year (1990, or 90 where the century is left open); `part` is "early", "mid" or
    "late". `end_year` closes an academic year.
    """

    span: Span
    kind: DateKind = "date"
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    hour: int | None = None
    minute: int | None = None
    meridiem: Meridiem = ""
    decade: int | None = None
    century: int | None = None
    quarter: int | None = None
    end_year: int | None = None
    part: str = ""

    @property
    def fields(self) -> tuple[tuple[str, int], ...]:
        """The given fields, coarse before fine."""
        return tuple((name, value) for name in FIELDS if (value := getattr(self, name)) is not None)

    def common(self, other: DateMention) -> tuple[str, ...]:
        """The names of the fields that both mentions give."""
        return tuple(name for name in FIELDS if getattr(self, name) is not None and getattr(other, name) is not None)

    def differing(self, other: DateMention) -> tuple[str, ...]:
        """The names of the common fields in which the two mentions differ."""
        return tuple(name for name in self.common(other) if not _same(name, self, other))

    def agrees(self, other: DateMention) -> bool:
        """Whether the mentions have a field in common and differ in none."""
        return bool(self.common(other)) and not self.differing(other)


def _same(name: str, one: DateMention, other: DateMention) -> bool:
    first, second = getattr(one, name), getattr(other, name)
    if name == "hour" and not (one.meridiem and other.meridiem):
        return bool(first % 12 == second % 12)
    if name == "year" and (one.end_year is None) != (other.end_year is None):
        return first in (second, other.end_year) or second == one.end_year
    if name == "decade" and min(first, second) < 100:
        return bool(first % 100 == second % 100)
    return bool(first == second)


def dates(text: str, language: Language) -> tuple[DateMention, ...]:
    """The dates and times of day in `text`, in order, without overlap. Linear in the length of `text`."""
    if language == "zh":
        from bitext.text.dates_zh import mentions
    else:
        from bitext.text.dates_en import mentions
    return mentions(text)
