"""Values of numbers written in Han numerals: 一百二十三, 两千零五, 二〇二二, 廿八, 十几."""

from __future__ import annotations

from decimal import Decimal

ONES = {
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    **dict(zip("〇壹贰叁肆伍陆柒捌玖", range(10), strict=True)),
    "○": 0,
    "两": 2,
    "兩": 2,
    "俩": 2,
    "貳": 2,
    "參": 3,
    "陸": 6,
}
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
TENS = {"廿": 20, "卅": 30}

DIGITS = "".join(ONES)
MAGNITUDES = "".join([*SMALL, *LARGE])
HAN = r"[\u3400-\u9fff]"
"""A regular-expression class of common Chinese characters."""
LONGEST = 40
"""Longer runs of numerals are not numbers."""
CLASS = f"[{DIGITS}{''.join(TENS)}{MAGNITUDES}]"
"""A regular-expression class of every Han numeral."""


def magnitude(text: str) -> int:
    """The product of the magnitudes in `text`: 千万 is 10,000,000; the empty text is 1."""
    product = 1
    for character in text:
        product *= SMALL.get(character) or LARGE.get(character) or 1
    return product


def value(text: str) -> int | None:
    """The value of a Han numeral, or None where the characters do not make one (亿十, 三四)."""
    if not text or len(text) > LONGEST:
        return None
    if all(character in ONES for character in text):
        return _positional(text)
    return _composed(text)


def _positional(text: str) -> int | None:
    if len(text) == 1:
        return ONES[text]
    if len(text) == 2 and not set(text) & set("零〇○"):
        return None
    return int("".join(str(ONES[character]) for character in text))


def _composed(text: str) -> int | None:
    total, section, digit = 0, 0, -1
    for character in text:
        if character in ONES:
            if digit > 0:
                return None
            digit = ONES[character]
        elif character in TENS:
            section, digit = section + TENS[character], -1
        elif character in SMALL:
            section += (1 if digit <= 0 else digit) * SMALL[character]
            digit = -1
        else:
            section += max(digit, 0)
            # 三亿五千万: the 万 closes its own section; 三万亿: the 亿 multiplies everything so far.
            factor = LARGE.get(character, 0)
            if not factor:
                return None
            if total and total % factor and total < factor:
                total, section = (total + section) * factor, 0
            else:
                total, section = total + (section or (0 if total else 1)) * factor, 0
            digit = -1
    return total + section + max(digit, 0)


def span_of_two(text: str) -> tuple[int, int] | None:
    """Both bounds of a number in two neighbouring digits: 三四 is 3 to 4, 十七八 17 to 18, 二三百 200 to 300."""
    for index in range(len(text) - 1):
        first, second = ONES.get(text[index], 0), ONES.get(text[index + 1], 0)
        if first and second == first + 1:
            bounds = [value(text[:index] + digit + text[index + 2 :]) for digit in text[index : index + 2]]
            if bounds[0] is not None and bounds[1] is not None:
                return bounds[0], bounds[1]
    return None


def decimal(text: str) -> Decimal | None:
    """The value of a Han numeral with an optional 点: 三点五 is 3.5."""
    whole, _, places = text.partition("点")
    number = value(whole)
    if number is None:
        return None
    if not places:
        return Decimal(number)
    if any(character not in ONES for character in places):
        return None
    return Decimal(f"{number}.{''.join(str(ONES[character]) for character in places)}")
