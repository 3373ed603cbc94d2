"""Percentages of two texts of which one is a difference of percentages: 提高3个百分点 and "rose by 3 percent".

From 50 % to 53 % is three percentage points and six percent: the two are not the same. Only what one text never writes
and the other does is told: where a number is both in one text, any of its places may be meant.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from bitext.checks.figures import Figures
from bitext.text.numerals import Number


@dataclass(frozen=True, slots=True)
class PointSlip:
    """The same number on either side, percent on one and percentage points on the other."""

    source: Number
    target: Number


def of_points(source: Figures, target: Figures) -> list[PointSlip]:
    """The percentages that are differences on one side alone."""
    left, right = _by_value(source.numbers), _by_value(target.numbers)
    return [slip for value, ours in left.items() if value in right for slip in _slips(ours, right[value])]


def _slips(ours: list[Number], theirs: list[Number]) -> list[PointSlip]:
    """The first percentage of one value that is written as its equals on the other side never are."""
    said = [{number.points for number in side} for side in (ours, theirs)]
    # Where there are more of them on one side, a rate may be one as well: by 75 basis points, from 0.50 to 0.75 %.
    if said[0] == said[1] or (said[0] & said[1] and len(ours) != len(theirs)):
        return []
    one = next((number for number in ours if number.points not in said[1]), ours[0])
    return [PointSlip(one, next((number for number in theirs if number.points is not one.points), theirs[0]))]


def _by_value(numbers: Iterable[Number]) -> dict[Decimal, list[Number]]:
    rows: dict[Decimal, list[Number]] = {}
    for number in numbers:
        for value in number.bounds if number.kind == "percent" else ():
            rows.setdefault(value, []).append(number)
    return rows
