"""Which numbers of two texts answer each other, and which are left without an answer."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

from bitext.checks.date_matching import unmatched as unmatched_dates
from bitext.checks.figures import Figures
from bitext.checks.number_pairs import MOST, SMALL, Mismatch, of_change, single, slips
from bitext.text.dates import DateMention
from bitext.text.figures import Sameness, converted, readings, sameness
from bitext.text.numerals import Number

_ALL = 100
_CHOICES = 8
"""Of so many equal numbers the one with the same unit is taken."""
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*")


def mismatches(source: Figures, target: Figures, near: tuple[Sequence[Figures], Sequence[Figures]]) -> list[Mismatch]:
    """The numbers of `source` and `target` that nothing answers, slips paired.

    `near` are the figures around the unit on either side where the pairing is unsure: what stands there answers too.
    """
    left, right = _parts(source.numbers), _parts(target.numbers)
    rest_left, rest_right = unmatched(left, right)
    if not rest_left and not rest_right:
        return []
    dates_left, dates_right = unmatched_dates(source.dates, target.dates)
    free_left, free_right = _firm(rest_left), _firm(rest_right)
    said_left, said_right = _said(source, dates_left, near[0]), _said(target, dates_right, near[1])
    asking_left = [number for number in free_left if not said_right.answers(number)]
    asking_right = [number for number in free_right if not said_left.answers(number)]
    if of_change(asking_left, asking_right, left, right):
        return []
    free_left, free_right = [*free_left, *_years(dates_left)], [*free_right, *_years(dates_right)]
    pairs = slips((asking_left, asking_right), (free_left, free_right))
    paired = {id(number) for pair in pairs for number in (pair.source, pair.target)}
    years = _years(dates_left), _years(dates_right)
    if years[0] and years[1]:
        years = [], []  # what differs in the years is for the rule on dates to say
    rest = [
        [number for number in (*rows, *dates) if id(number) not in paired and not _is_day(number, other)]
        for rows, dates, other in ((rest_left, years[0], target), (rest_right, years[1], source))
    ]
    pairs += single((source.text, rest[0]), (target.text, rest[1]))
    paired = {id(number) for pair in pairs for number in (pair.source, pair.target)}
    missing = [
        Mismatch(number, None)
        for number in asking_left
        if id(number) not in paired and _weighty(number) and not _exchanged(number, right)
    ]
    added = [
        Mismatch(None, number)
        for number in asking_right
        if id(number) not in paired and _weighty(number) and number.kind != "ordinal" and not _exchanged(number, left)
    ]
    return [*pairs, *missing, *added]


def _years(mentions: Iterable[DateMention]) -> list[Number]:
    """Unmatched years alone as numbers: "2000 people" may have been taken for one."""
    return [
        Number(mention.span, Decimal(mention.year))
        for mention in mentions
        if mention.year is not None and len(mention.fields) == 1 and mention.end_year is None
    ]


def _is_day(number: Number, other: Figures) -> bool:
    """Whether an ordinal is the day that the other side gives: on the 25th, 25日."""
    return number.kind == "ordinal" and any(number.value == mention.day for mention in other.dates)


def _firm(numbers: Iterable[Number]) -> list[Number]:
    return [number for number in numbers if number.firm]


def _parts(numbers: Iterable[Number]) -> list[Number]:
    """The numbers with ranges taken apart into their bounds."""
    return [replace(number, value=value, high=None) for number in numbers for value in number.bounds]


def unmatched(left: list[Number], right: list[Number]) -> tuple[list[Number], list[Number]]:
    """The numbers of either side that remain when as many as possible are matched one to one, equal ones first.

    Of equal ones those that are alike are matched, then those that stand in about the same place of the sentence, so
    that what is left over is what most likely has no equal.
    """
    places: dict[Decimal, deque[int]] = {}
    for index, number in enumerate(right):
        for value in readings(number):
            places.setdefault(value, deque()).append(index)
    matched: dict[int, int] = {}
    taken: set[int] = set()
    # Figures of names first, so that what is left over is what most needs an answer; ordinals with ordinals.
    order = sorted(range(len(left)), key=lambda place: left[place].firm)
    for alike in (True, False):
        for place in order:
            number = left[place]
            if place not in matched:
                choices = [
                    (_unlike(number, right[index]), abs(index * len(left) - place * len(right)), index)
                    for value in readings(number)
                    for index in _first_free(places.get(value), taken)
                    if _may_answer(number, right[index], alike=alike)
                ]
                if choices:
                    matched[place] = min(choices)[2]
                    taken.add(matched[place])
    free_left = [number for place, number in enumerate(left) if place not in matched]
    return _without_near(free_left, [number for index, number in enumerate(right) if index not in taken])


def _first_free(indices: deque[int] | None, taken: set[int]) -> list[int]:
    """The first few of `indices` that are not `taken`; those before them that are, are dropped for good."""
    free: list[int] = []
    while indices and len(free) < _CHOICES:
        index = indices.popleft()
        if index not in taken:
            free.append(index)
    if indices is not None:
        indices.extendleft(reversed(free))
    return free


def _is_near(first: Number, second: Number) -> bool:
    return _may_mix(first, second) and sameness(first, second) >= Sameness.NEAR


def _may_mix(first: Number, second: Number) -> bool:
    """Whether an ordinal may answer the other number: words that only imply one do not, both is not the second."""
    mixed = (first.kind == "ordinal") != (second.kind == "ordinal")
    return not mixed or all(number.kind == "ordinal" or number.exact or number.firm for number in (first, second))


def _may_answer(first: Number, second: Number, *, alike: bool) -> bool:
    """Whether two numbers are equal and both ordinals or both none, or, if not `alike`, an ordinal and a count."""
    if sameness(first, second) is not Sameness.EQUAL:
        return False
    return _may_mix(first, second) and not (alike and (first.kind == "ordinal") != (second.kind == "ordinal"))


def _unlike(first: Number, second: Number) -> tuple[int, bool]:
    """In how many respects two equal numbers differ, and whether one alone is firm."""
    unlike = (first.unit != second.unit) + (first.currency != second.currency) + (first.kind != second.kind)
    return unlike, first.firm != second.firm


def _without_near(left: list[Number], right: list[Number]) -> tuple[list[Number], list[Number]]:
    """Removes a maximum one-to-one matching of numbers that say nearly the same (augmenting paths)."""
    if not left or not right or len(left) > MOST or len(right) > MOST:
        return left, right
    holder: dict[int, int] = {}

    def assign(index: int, seen: set[int]) -> bool:
        for other in range(len(right)):
            if other in seen or not _is_near(left[index], right[other]):
                continue
            seen.add(other)
            if other not in holder or assign(holder[other], seen):
                holder[other] = index
                return True
        return False

    for index in range(len(left)):
        assign(index, set())
    matched = set(holder.values())
    return (
        [number for index, number in enumerate(left) if index not in matched],
        [number for index, number in enumerate(right) if index not in holder],
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """What one side says: its numbers by value, percentages apart, its measures, and figures that are no numbers.

    `multiples` are the values of doubled, 两倍 and the like, which are among the numbers too.
    """

    plain: frozenset[Decimal]
    percent: frozenset[Decimal]
    measures: tuple[Number, ...]
    bare: frozenset[Decimal]
    multiples: frozenset[Decimal]

    def answers(self, number: Number) -> bool:
        """Whether an equal stands there in whatever role: said once for twice, part of a date, raw digits."""
        values = frozenset(readings(number))
        if values & self.bare or values & self.plain:
            return True
        if number.kind == "percent":
            return number.value in self.percent or (number.value >= 100 and number.ratio + 1 in self.multiples)
        if any(value in self.percent or value.scaleb(2) in self.percent for value in values):
            return True
        return bool(number.unit) and any(converted(number, other) for other in self.measures)


def _said(figures: Figures, free: Iterable[DateMention], near: Sequence[Figures]) -> _Said:
    numbers = _parts(figures.numbers)
    plain = frozenset(value for number in numbers if number.kind != "percent" for value in readings(number))
    percent = frozenset(number.value for number in numbers if number.kind == "percent")
    measures = tuple(islice((number for number in numbers if number.unit), MOST))
    multiples = frozenset(number.value for number in numbers if number.kind == "multiple")
    return _Said(plain, percent, measures, _unnumbered(figures, free, near), multiples)


def _unnumbered(figures: Figures, free: Iterable[DateMention], near: Sequence[Figures]) -> frozenset[Decimal]:
    """Figures that are no numbers of the text and may answer one: of unmatched dates, in names, close by."""
    mentions = [*free, *(mention for other in near for mention in other.dates)]
    values = {Decimal(value) for mention in mentions for _, value in mention.fields}
    # A year with the number of its footnote: 19943.
    values |= {Decimal(10 * mention.year + note) for mention in mentions if mention.year for note in range(1, 10)}
    # In their 50s: 50-60岁.
    values |= {Decimal(mention.decade + step) for mention in mentions if mention.decade for step in (9, 10)}
    values |= {Decimal(mention.end_year) for mention in mentions if mention.end_year is not None}
    values |= {value for other in near for number in _parts(other.numbers) for value in readings(number)}
    return frozenset(values | _bare(figures))


def _bare(figures: Figures) -> set[Decimal]:
    """Digits of the text that belong to no number and no date: 24/7, 9/11, those of addresses."""
    spans = sorted([*(number.span for number in figures.numbers), *(mention.span for mention in figures.dates)])
    values: set[Decimal] = set()
    index = 0
    for match in _TOKEN.finditer(figures.text):
        while index < len(spans) and spans[index].end <= match.start():
            index += 1
        digits = match[0].replace(",", "")
        covered = index < len(spans) and spans[index].start < match.end()
        if not covered and len(digits) < 20 and digits.count(".") < 2:
            values.add(Decimal(digits))
    return values


def _weighty(number: Number) -> bool:
    """Whether a number is missed when it is gone: small counts and 24 hours are often put in words or left out."""
    if number.kind == "percent" and number.value == _ALL:
        return False  # 全数, all of them
    if number.kind == "percent" or number.currency:
        return number.value > 1
    if 1900 <= number.value <= 2099 and not number.unit and number.kind == "plain":
        return False  # it may be a year
    return number.value > SMALL and not (number.value == 24 and number.unit in ("hour", ""))


def _exchanged(number: Number, others: Iterable[Number]) -> bool:
    """Whether an amount may be another one converted: the other side has an amount in another currency or unit."""
    return bool(number.currency) and any(other.currency and other.currency != number.currency for other in others)
