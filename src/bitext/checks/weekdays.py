"""Weekdays that the calendar contradicts: Thursday, May 11, 2022 was a Wednesday."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bitext.checks.figures import Figures
from bitext.text.dates import DateMention

NEAR = 60
"""Days around the date of the page within which a date without a year is of that year."""
_MARKS = " ,，、()（）\u00a0"


@dataclass(frozen=True, slots=True)
class Wrong:
    """A weekday beside the date whose weekday it is not; spans are in the unit's text."""

    weekday: DateMention
    day: DateMention


def wrong_weekdays(side: Figures, other: Figures, published: str) -> Iterator[Wrong]:
    """The weekdays of one side that the other side does not have too and that are not those of the dates beside them.

    `published` is the date of the page (ISO 8601) or empty: without a year on either side it tells which one is meant.
    """
    said = {mention.weekday for mention in other.dates} - {None}
    for first, second in pairwise(side.dates):
        if side.text[first.span.end : second.span.start].strip(_MARKS):
            continue
        weekday, day = (first, second) if first.weekday is not None else (second, first)
        if weekday.weekday is None or day.weekday is not None or weekday.weekday in said:
            continue
        meant = _date(day, other.dates, published)
        if meant is not None and meant.isoweekday() != weekday.weekday:
            yield Wrong(weekday, day)


def _date(day: DateMention, others: Sequence[DateMention], published: str) -> date | None:
    if day.month is None or day.day is None:
        return None
    years = {other.year for other in others if other.year is not None and other.agrees(day)}
    if day.year is not None:
        return _valid(day.year, day.month, day.day)
    if len(years) == 1:
        return _valid(years.pop(), day.month, day.day)
    page = _iso(published)
    meant = None if page is None else _valid(page.year, day.month, day.day)
    return meant if page is not None and meant is not None and abs((meant - page).days) <= NEAR else None


def _valid(year: int | None, month: int, day: int) -> date | None:
    try:
        return date(year or 0, month, day)
    except ValueError:
        return None


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
