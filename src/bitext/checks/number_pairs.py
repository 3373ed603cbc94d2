"""Which of the numbers that are left over on the two sides are a slip of each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bitext.text.figures import Sameness, factor, one_digit_apart, sameness
from bitext.text.numerals import Number

MOST = 60
"""Beyond so many leftovers a side (tables, score lists) near matches are not sought: that cost grows by the square."""
SMALL = 10
_FIRST_YEAR, _LAST_YEAR = 1500, 2100
_OPENERS, _CLOSERS = frozenset("“「『《"), frozenset("”」』》")
_DIGIT = re.compile(r"\d", re.ASCII)
_JOINED = re.compile(r"[A-Z][A-Za-z]?[-‐-―]?$|[a-z]$")
_ORDINAL_BEFORE = re.compile(r"(?:第|\b[Nn]o\.?)\s?$")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Numbers without an answer: a pair that differs where both are given, else one that is missing or added.

    `factor` is the power of ten between them, if there is one; `related` says whether one looks like a slip of the
    other.
    """

    source: Number | None
    target: Number | None
    factor: Decimal | None = None
    related: bool = False


def slips(ask: tuple[list[Number], list[Number]], free: tuple[list[Number], list[Number]]) -> list[Mismatch]:
    """Pairs of leftovers of which one looks like a slip of the other; one of them at least asks for an answer.

    `free` are the leftovers of either side, and `ask` those among them that nothing else on the other side answers.
    """
    (asking_left, asking_right), (free_left, free_right) = ask, free
    if len(free_left) > MOST or len(free_right) > MOST:
        return []
    asking = {id(number) for number in (*asking_left, *asking_right)}
    pairs: list[Mismatch] = []
    used: set[int] = set()
    for related in (_by_factor, _by_digit, _by_unit):
        for first in free_left:
            for second in free_right:
                pair = None if {id(first), id(second)} & used else related(first, second)
                if pair is not None and {id(first), id(second)} & asking:
                    pairs.append(pair)
                    used |= {id(first), id(second)}
    rest_left = [number for number in asking_left if id(number) not in used]
    rest_right = [number for number in asking_right if id(number) not in used]
    if len(rest_left) == len(rest_right) == 1:
        pair = _by_being_alone(rest_left[0], rest_right[0])
        pairs += [pair] if pair is not None else []
    return pairs


def _by_factor(first: Number, second: Number) -> Mismatch | None:
    ratio = factor(first, second)
    return None if ratio is None else Mismatch(first, second, ratio, related=True)


def _by_digit(first: Number, second: Number) -> Mismatch | None:
    return Mismatch(first, second, related=True) if one_digit_apart(first, second) else None


def _by_unit(first: Number, second: Number) -> Mismatch | None:
    same = first.kind == second.kind and first.unit == second.unit and first.currency == second.currency
    marked = first.kind == "percent" or first.unit or first.currency
    return Mismatch(first, second) if same and marked else None


def _by_being_alone(first: Number, second: Number) -> Mismatch | None:
    """The only numbers that are left on either side, of one sort: both amounts, both small, or neither."""
    if first.currency != second.currency or (first.kind == "percent") != (second.kind == "percent"):
        return None
    low, high = sorted((first.value, second.value))
    return Mismatch(first, second) if high <= SMALL or (low > 0 and high <= 10 * low) else None


def of_change(
    left_over: Sequence[Number], right_over: Sequence[Number], left: Sequence[Number], right: Sequence[Number]
) -> bool:
    """Whether all that is left over says one change in two ways: 2.7%，扩大0.2个百分点 and 2.7 per cent, from 2.5."""
    if len(left_over) != 1 or len(right_over) != 1:
        return False
    change, former = sorted((left_over[0], right_over[0]), key=lambda number: not number.points)
    if not change.points or former.points or former.kind != "percent" or len(left) > MOST or len(right) > MOST:
        return False
    said = {number.value for number in left} & {number.value for number in right}
    return bool(said & {former.value + change.value, former.value - change.value})


Leftovers = tuple[str, Sequence[Number]]
"""The text of one side and the numbers of it that have no equal, those that may go without one too."""


def single(source: Leftovers, target: Leftovers) -> list[Mismatch]:
    """The only ordinals that are left over on either side, and the only figures.

    What stands in the other text once more than it should is taken there for said twice, and names and small numbers
    are not asked for at all. But where the two sides have one such number each, one stands in place of the other.
    """
    pairs: list[Mismatch] = []
    for kind in (_is_ordinal, _is_figure):
        left, right = (
            [_as_ordinal(number) for number in numbers if kind(text, number) and not _used(pairs, number)]
            for text, numbers in (source, target)
        )
        if len(left) == len(right) == 1 and _is_other(left[0], right[0]):
            ratio = factor(left[0], right[0])
            related = ratio is not None or one_digit_apart(left[0], right[0])
            # One and ten may well be two counts.
            sure = min(left[0].value, right[0].value) >= SMALL
            pairs.append(Mismatch(left[0], right[0], ratio if sure else None, related))
    return pairs


def _is_other(first: Number, second: Number) -> bool:
    return sameness(first, second) is Sameness.DIFFERENT and not _is_footnote(first, second)


def _is_footnote(first: Number, second: Number) -> bool:
    """Whether one number is the other, a year, with the number of a footnote: 20092."""
    year, noted = sorted((first.value, second.value))
    return _FIRST_YEAR <= year <= _LAST_YEAR and noted // 10 == year


def _used(pairs: Sequence[Mismatch], number: Number) -> bool:
    return any(number is pair.source or number is pair.target for pair in pairs)


def _is_ordinal(text: str, number: Number) -> bool:
    if number.kind == "ordinal" or _as_ordinal(number) is not number:
        return text[number.span.start] not in "首头双頭雙"
    return _ORDINAL_BEFORE.search(text, max(0, number.span.start - 5), number.span.start) is not None


def _as_ordinal(number: Number) -> Number:
    """A number that may be a share or an ordinal, "a third", as an ordinal; others as they are."""
    if number.kind != "fraction" or number.other is None:
        return number
    return replace(number, value=number.other, kind="ordinal", other=None)


def _is_figure(text: str, number: Number) -> bool:
    """Whether a number is written in digits and is a word of its own."""
    if _DIGIT.search(text, number.span.start, number.span.end) is None or _within_name(text, number):
        return False
    # A figure that is quoted by itself is a name: 「3060」目标.
    around = text[number.span.start - 1 : number.span.start], text[number.span.end : number.span.end + 1]
    return around[0] not in _OPENERS or around[1] not in _CLOSERS


def _within_name(text: str, number: Number) -> bool:
    """Whether digits are joined to a capital: COVID-19, ACE2; but interleukin-6."""
    joined = _JOINED.search(text, max(0, number.span.start - 3), number.span.start)
    return joined is not None and not number.currency
