"""Which numbers of two texts answer each other, and which are left without an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bitext.checks.figures import Figures
from bitext.text.figures import Sameness, factor, one_digit_apart, readings, sameness
from bitext.text.numerals import Number

_MOST = 60
"""Beyond so many leftovers a side (tables, score lists) near matches are not sought: that cost grows by the square."""
_SMALL = 10
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*")


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


def mismatches(source: Figures, target: Figures, near: tuple[Sequence[Figures], Sequence[Figures]]) -> list[Mismatch]:
    """The numbers of `source` and `target` that nothing answers, slips paired.

    `near` are the figures around the unit on either side where the pairing is unsure: what stands there answers too.
    """
    left, right = _parts(source.numbers), _parts(target.numbers)
    free_left, free_right = unmatched(left, right)
    asking_left = [number for number in free_left if number.firm and not _answered(number, right, target, near[1])]
    asking_right = [number for number in free_right if number.firm and not _answered(number, left, source, near[0])]
    pairs = _slips(asking_left, asking_right, free_left, free_right)
    paired = {id(number) for pair in pairs for number in (pair.source, pair.target)}
    rest_left = [number for number in asking_left if id(number) not in paired]
    rest_right = [number for number in asking_right if id(number) not in paired]
    if len(rest_left) == len(rest_right) == 1 and _comparable(rest_left[0], rest_right[0]):
        return [*pairs, Mismatch(rest_left[0], rest_right[0])]
    missing = [Mismatch(number, None) for number in rest_left if _weighty(number) and not _exchanged(number, right)]
    added = [Mismatch(None, number) for number in rest_right if _weighty(number) and not _exchanged(number, left)]
    added = [mismatch for mismatch in added if mismatch.target is not None and mismatch.target.kind != "ordinal"]
    return [*pairs, *missing, *added]


def _parts(numbers: Iterable[Number]) -> list[Number]:
    """The numbers with ranges taken apart into their bounds."""
    return [replace(number, value=value, high=None) for number in numbers for value in number.bounds]


def unmatched(left: list[Number], right: list[Number]) -> tuple[list[Number], list[Number]]:
    """The numbers of either side that remain when as many as possible are matched one to one, equal ones first."""
    places: dict[Decimal, list[int]] = {}
    for index, number in enumerate(right):
        for value in readings(number):
            places.setdefault(value, []).append(index)
    used: set[int] = set()
    free_left: list[Number] = []
    for number in left:
        choices = [index for value in readings(number) for index in places.get(value, ()) if index not in used]
        if choices:
            used.add(min(choices))
        else:
            free_left.append(number)
    free_right = [number for index, number in enumerate(right) if index not in used]
    return _without_near(free_left, free_right)


def _without_near(left: list[Number], right: list[Number]) -> tuple[list[Number], list[Number]]:
    """Removes a maximum one-to-one matching of numbers that say nearly the same (augmenting paths)."""
    if not left or not right or len(left) > _MOST or len(right) > _MOST:
        return left, right
    holder: dict[int, int] = {}

    def assign(index: int, seen: set[int]) -> bool:
        for other in range(len(right)):
            if other in seen or sameness(left[index], right[other]) < Sameness.NEAR:
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


def _answered(number: Number, others: Sequence[Number], side: Figures, near: Sequence[Figures]) -> bool:
    """Whether an equal stands on the other side in whatever role: said once for twice, part of a date, raw digits."""
    return any(_says(number, figures) for figures in (side, *near)) or any(sameness(number, other) for other in others)


def _says(number: Number, figures: Figures) -> bool:
    values = set(readings(number))
    if any(value in values for mention in figures.dates for _, value in mention.fields):
        return True
    if any(mention.end_year in values for mention in figures.dates):
        return True
    if any(not values.isdisjoint(readings(other)) for other in _parts(figures.numbers)):
        return True
    return any(Decimal(token) in values for token in _tokens(figures.text))


def _tokens(text: str) -> list[str]:
    return [
        plain for token in _TOKEN.findall(text) if len(plain := token.replace(",", "")) < 20 and plain.count(".") < 2
    ]


def _slips(
    asking_left: list[Number], asking_right: list[Number], free_left: list[Number], free_right: list[Number]
) -> list[Mismatch]:
    """Pairs of leftovers of which one looks like a slip of the other; one of them at least asks for an answer."""
    if len(free_left) > _MOST or len(free_right) > _MOST:
        return []
    asking = {id(number) for number in (*asking_left, *asking_right)}
    pairs: list[Mismatch] = []
    used: set[int] = set()
    for related in (_by_factor, _by_digit, _by_unit):
        for first in free_left:
            for second in free_right:
                if id(first) in used or id(second) in used or not {id(first), id(second)} & asking:
                    continue
                if not (first.firm and second.firm):
                    continue
                pair = related(first, second)
                if pair is not None:
                    pairs.append(pair)
                    used |= {id(first), id(second)}
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


def _comparable(first: Number, second: Number) -> bool:
    return not (first.currency and second.currency and first.currency != second.currency)


def _weighty(number: Number) -> bool:
    """Whether a number is missed when it is gone: small counts and 24 hours are often put in words or left out."""
    if number.kind == "percent" or number.currency:
        return True
    return number.value > _SMALL and not (number.value == 24 and number.unit in ("hour", ""))


def _exchanged(number: Number, others: Iterable[Number]) -> bool:
    """Whether an amount may be another one converted: the other side has an amount in another currency or unit."""
    return bool(number.currency) and any(other.currency and other.currency != number.currency for other in others)
