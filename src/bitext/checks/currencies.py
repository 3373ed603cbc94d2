"""Amounts of two texts that are the same number in two currencies: 1.2亿元 and 120 million dollars.

Only what cannot be meant is told, and a converted amount is another number. A plain $ may be the dollar of any country,
¥ the yen, and 元 the dollar of Hong Kong or Taiwan on a page from there. An amount that stands more than once is not
judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bitext.checks.figures import Figures
from bitext.model.documents import Language
from bitext.text.numerals import Number

_DOLLARS = frozenset({"USD", "HKD", "AUD", "CAD", "SGD", "TWD", "MOP", "NZD"})
_LOCAL = frozenset({"CNY", "HKD", "TWD", "MOP", "SGD"})
"""What 元 alone may be on a page from outside the mainland."""
_YEN = frozenset({"CNY", "JPY"})
_OUTSIDE = re.compile(
    "本[港澳]|[港澳台臺新]元|[港澳台臺]幣|[港澳台臺]币|新加坡元|澳门元|澳門元|[萬億國會與來時個學這為們]"
)
"""Words and Traditional characters of a page from outside the mainland."""
_PLAIN_DOLLAR = re.compile(r"(?<![A-Za-z])\$\s?$")
_NAMED_DOLLAR = re.compile(r"\s?(?:[Dd]ollars?|[Cc]ents?)\b")
_WIDE_YEN = re.compile(r"[¥￥]\s?$")
_PLAIN_YUAN = re.compile(r"\s?(?:[多余]\s?)?(?:元(?!人民[币幣])|块|塊)")
_FEWEST = 2
"""Amounts below this are figures of speech."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One amount on either side, and the currency that either is in (ISO 4217)."""

    source: Number
    target: Number


def is_local(text: str) -> bool:
    """Whether a Chinese page may mean another currency than the yuan by 元."""
    return _OUTSIDE.search(text) is not None


def slips(source: Figures, target: Figures, languages: tuple[Language, Language], *, local: bool) -> Iterator[Slip]:
    """The amounts of one number that are in different currencies, one on either side."""
    left, right = _amounts(source, languages[0], local=local), _amounts(target, languages[1], local=local)
    for value, ours in left.items():
        theirs = right.get(value, [])
        if len(ours) != 1 or len(theirs) != 1:
            continue
        (one, codes), (other, others) = ours[0], theirs[0]
        if not codes & others:
            yield Slip(one, other)


def _amounts(
    figures: Figures, language: Language, *, local: bool
) -> dict[Decimal, list[tuple[Number, frozenset[str]]]]:
    rows: dict[Decimal, list[tuple[Number, frozenset[str]]]] = {}
    for number in figures.numbers:
        # Of 6000万元和2亿元 and "60 million and 200 million yuan" the second is read as the end of a range.
        for value in number.bounds if number.currency and number.kind == "plain" else ():
            if value >= _FEWEST:
                rows.setdefault(value, []).append((number, _codes(figures.text, number, language, local=local)))
    return rows


def _codes(text: str, number: Number, language: Language, *, local: bool) -> frozenset[str]:
    """The currencies that an amount may be in."""
    before, after = text[max(0, number.span.start - 3) : number.span.start], number.span.end
    if _WIDE_YEN.search(before):
        return _YEN
    if number.currency == "USD" and (_PLAIN_DOLLAR.search(before) or _NAMED_DOLLAR.match(text, after)):
        return _DOLLARS
    if language == "zh" and local and number.currency == "CNY" and _PLAIN_YUAN.match(text, after):
        return _LOCAL
    return frozenset({number.currency})
