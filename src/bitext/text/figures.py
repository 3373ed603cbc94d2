"""When two numbers say the same, and how one slipped from another."""

from __future__ import annotations

from decimal import Decimal
from enum import IntEnum

from bitext.text.numerals import Number
from bitext.text.units import DIMENSIONS

_CONVERTED = Decimal("0.03")
"""Relative difference that a converted and rounded measure may show (6,000 mu as 400 hectares)."""
_NEAR = Decimal("0.02")
"""Relative difference between a fraction and the percentage that stands for it (a third, 33 %)."""
_ROUNDED = Decimal("0.15")
"""Relative difference that rounding may make (over 500 for 570)."""
_DOZEN = 12
_ROUND_UNIT = 100
"""From hundreds on a number that is itself vague may be rounded again."""
_POWERS = tuple(Decimal(10) ** exponent for exponent in (1, 2, 3, 4, 5, 6, 8))


class Sameness(IntEnum):
    """How far two numbers say the same."""

    DIFFERENT = 0
    NEAR = 1
    EQUAL = 2


def readings(number: Number) -> tuple[Decimal, ...]:
    """The values that a number without a range may stand for: 30 % is 0.3 and, where the sign is left out, 30."""
    values = [number.ratio]
    if number.kind == "percent":
        values.append(number.value)
    if number.other is not None:
        values.append(number.other)
    return tuple(values)


def _pairs(first: Number, second: Number) -> list[tuple[Decimal, Decimal]]:
    """The readings of two numbers that may be compared: percentages with each other and with counts by their value."""
    kinds = {first.kind, second.kind}
    if kinds == {"percent"} or ("percent" in kinds and any(map(_is_count, (first, second)))):
        return [(first.value, second.value)]
    return [(one, two) for one in readings(first) for two in readings(second)]


def _is_count(number: Number) -> bool:
    """Whether a number cannot be a share: 一 is not 100 %."""
    return number.kind in ("plain", "ordinal") and number.other is None and number.value == number.value.to_integral()


def sameness(first: Number, second: Number) -> Sameness:
    """How far two numbers without ranges say the same, whatever words they are written in."""
    pairs = _pairs(first, second)
    if any(one == two for one, two in pairs):
        return Sameness.EQUAL
    if converted(first, second) or _vague(first, second) or _vague(second, first) or _multiplied(first, second):
        return Sameness.NEAR
    if any(_rounded(one, two, first, second) for one, two in pairs):
        return Sameness.NEAR
    return Sameness.DIFFERENT


def converted(first: Number, second: Number) -> bool:
    """The same measure in two units: 6,000 mu and 400 hectares, 两周 and 14 days."""
    if not first.unit or not second.unit or first.unit == second.unit:
        return False
    (dimension, factor), (other, other_factor) = DIMENSIONS[first.unit], DIMENSIONS[second.unit]
    if dimension != other:
        return False
    if dimension == "heat":
        # Plain degrees may be of either scale.
        pairs = ((first.value, second.value), (second.value, first.value))
        return any(abs(celsius * 9 / 5 + 32 - fahrenheit) <= 2 for celsius, fahrenheit in pairs)
    one, two = first.value * factor, second.value * other_factor
    return abs(one - two) <= _CONVERTED * max(one, two)


def _vague(round_word: Number, number: Number) -> bool:
    """Dozens, hundreds, 数百 answer any number of their size that is itself not exact."""
    if round_word.exact or round_word.firm or number.exact or round_word.value < 10:
        return False
    if _digits(round_word.value) > 1 and (round_word.unit or round_word.value % _DOZEN):
        return False
    if round_word.value <= number.value < 10 * round_word.value:
        return True
    return abs(round_word.value - number.value) <= round_word.value / 4


def _multiplied(first: Number, second: Number) -> bool:
    """增长两倍 is "tripled" to one writer and "doubled" to another; the rule does not decide between them."""
    if "multiple" not in (first.kind, second.kind):
        return False
    if "percent" in (first.kind, second.kind):
        # Doubled is by 100 % or to 200 %; less than that is no multiple.
        percent, times = (first, second) if first.kind == "percent" else (second, first)
        return percent.value >= 100 and times.value in (percent.ratio, percent.ratio + 1)
    return abs(first.value - second.value) == 1 and max(first.value, second.value) < 10


def _rounded(one: Decimal, two: Decimal, first: Number, second: Number) -> bool:
    """Whether the shorter of two values is the longer one rounded, where the wording allows for that."""
    if one <= 0 or two <= 0:
        return False
    if "fraction" in (first.kind, second.kind):
        return abs(one - two) <= _NEAR * max(one, two)
    coarse, fine = (one, two) if _digits(one) < _digits(two) else (two, one)
    if _digits(coarse) == _digits(fine):
        return False
    unit = _last_place(coarse)
    numbers = (first, second) if coarse == one else (second, first)
    if not _allows_rounding(*numbers, unit) and (_digits(coarse) < 2 or unit < 1000):
        return False
    if coarse < 10 and coarse < fine < coarse + unit:
        return True
    return coarse - unit / 2 <= fine < coarse + unit and abs(fine - coarse) <= _ROUNDED * coarse


def _allows_rounding(coarse: Number, fine: Number, unit: Decimal) -> bool:
    """Whether the wording allows for rounding: over 20 for 23, about 500 for about 530, not about 30 for about 32."""
    return not coarse.exact and (fine.exact or unit >= _ROUND_UNIT)


def _digits(value: Decimal) -> int:
    """The number of significant digits, zeros at the end not counted."""
    return len(value.normalize().as_tuple().digits)


def _last_place(value: Decimal) -> Decimal:
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(0)


def factor(first: Number, second: Number) -> Decimal | None:
    """The power of ten (10 or more) by which one number is the other, upwards or downwards; None where there is none.

    The result is above 1 where `second` is the larger and below 1 where it is the smaller.
    """
    for one, two in _pairs(first, second):
        if one > 0 and two > 0:
            ratio = two / one
            for power in _POWERS:
                if ratio in (power, 1 / power):
                    return ratio
    return None


def one_digit_apart(first: Number, second: Number) -> bool:
    """Whether the numerals differ in one digit, in the order of two neighbours, or in one digit left out."""
    one, two = (f"{number.value.normalize():f}" for number in (first, second))
    if one == two or max(len(one), len(two)) < 2 or max(len(one), len(two)) > 30:
        return False
    if len(one) == len(two):
        differing = [index for index in range(len(one)) if one[index] != two[index]]
        low, high = differing[0], differing[-1]
        swapped = len(differing) == 2 and high == low + 1 and one[low] == two[high] and one[high] == two[low]
        return len(differing) == 1 or swapped
    longer, shorter = (one, two) if len(one) > len(two) else (two, one)
    gap = len(longer) - len(shorter) == 1 and len(longer) > 3
    return gap and any(longer[:index] + longer[index + 1 :] == shorter for index in range(len(longer)))


_WORDS = ((10**12, " trillion"), (10**9, " billion"), (10**6, " million"))
_SIGNS = ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"))


def in_english(number: Number) -> str:
    """The number as English figures: 120 million, 12,000, 30%."""
    return _worded(number, _WORDS, grouped=True)


def in_chinese(number: Number) -> str:
    """The number as Chinese figures: 1.2亿, 1.2万, 30%."""
    return _worded(number, _SIGNS, grouped=False)


def _worded(number: Number, words: tuple[tuple[int, str], ...], *, grouped: bool) -> str:
    parts = []
    for value in number.bounds:
        size, word = next(((size, word) for size, word in words if abs(value) >= size), (1, ""))
        shown = (value / size).normalize()
        parts.append(f"{shown:,f}{word}" if grouped else f"{shown:f}{word}")
    return "–".join(parts) + ("%" if number.kind == "percent" else "")
