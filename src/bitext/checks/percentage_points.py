"""Percentages of two texts of which one is a difference of percentages: 提高3个百分点 and "rose by 3 percent".

From 50 % to 53 % is three percentage points and six percent: the two are not the same. A sign that may mean either in
the text's own usage is not told: only a number that stands once on each side is.
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
    left, right = _once(source.numbers), _once(target.numbers)
    pairs = ((number, right[value]) for value, number in left.items() if value in right)
    return [PointSlip(one, other) for one, other in pairs if one.points != other.points]


def _once(numbers: Iterable[Number]) -> dict[Decimal, Number]:
    """The percentages by their value that stand there once."""
    rows: dict[Decimal, list[Number]] = {}
    for number in numbers:
        for value in number.bounds if number.kind == "percent" else ():
            rows.setdefault(value, []).append(number)
    return {value: same[0] for value, same in rows.items() if len(same) == 1}
