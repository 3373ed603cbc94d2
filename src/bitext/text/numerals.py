"""Numbers in running text, Chinese and English: 1.2万, 三成, 两倍, 12,000, twelve thousand, 30 per cent, RMB 5 million.

Precision comes first: numerals inside ordinary words (统一, 三明治, everyone) are not numbers, nor are those of dates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

from bitext.model.documents import Language, Span
from bitext.text.dates import DateMention, dates

NumberKind: TypeAlias = Literal["plain", "percent", "ordinal", "multiple", "fraction"]

VERSIONS = r"(?<![A-Za-z\d.])(?:\d{1,9}(?:\.\d{1,9}){2,9}(?!\.?\d)|#\d{3,12}(?![A-Za-z\d]))"
"""Figures that are names: 5.14.0 of a version or a section, #17678 of an issue."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as the text gives it.

    `span` is relative to the text searched and covers the numeral with its magnitude, not its unit. `value` is the
    number itself, the lower bound where `high` is the upper one of a range; a percentage of 30 has the value 30 and
    a half the value 0.5. `unit` is a canonical unit of `units.DIMENSIONS` or empty; `currency` an ISO 4217 code or
    empty. `exact` is False beside words such as 约, 多, about, over. A number is `firm` where it is written so that a
    translation must keep it (digits, 一百二十三); not firm are small or vague ones (两, 数百, a couple, dozens) and
    those inside names (5G, Boeing 737): they may answer a number of the other side and never ask for one.
    `other` is a second reading where the form has one (50m). `points` says of a percentage that it is the difference of
    two others: percentage points, 个百分点, basis points.
    """

    span: Span
    value: Decimal
    high: Decimal | None = None
    kind: NumberKind = "plain"
    unit: str = ""
    currency: str = ""
    exact: bool = True
    firm: bool = True
    other: Decimal | None = None
    points: bool = False

    @property
    def bounds(self) -> tuple[Decimal, ...]:
        """The value, or both ends of the range."""
        return (self.value,) if self.high is None else (self.value, self.high)

    @property
    def ratio(self) -> Decimal:
        """The value as a pure number: 30 % is 0.3."""
        return self.value.scaleb(-2) if self.kind == "percent" else self.value


def numbers(text: str, language: Language, mentions: Iterable[DateMention] | None = None) -> tuple[Number, ...]:
    """The numbers of `text` in order, those within dates left out. Linear in the length of `text`.

    `mentions` are the text's dates where the caller has them already (as `dates(text, language)` gives them).
    """
    spans = [mention.span for mention in (dates(text, language) if mentions is None else mentions)]
    if language == "zh":
        from bitext.text.numerals_zh import found
    else:
        from bitext.text.numerals_en import found
    return tuple(found(text, spans))


def fraction(numerator: int | Decimal, denominator: int | Decimal) -> Decimal:
    """A fraction as a decimal of six places, so that equal ones compare equal."""
    return Decimal(round(Fraction(numerator) / Fraction(denominator) * 10**6)).scaleb(-6).normalize()


def outside(rows: Iterable[Number], dates: Sequence[Span], start: int) -> Iterator[Number]:
    """The numbers from `start` on that overlap no span of `dates`; both are in order."""
    index = 0
    for row in rows:
        while index < len(dates) and dates[index].end <= row.span.start:
            index += 1
        if row.span.start >= start and not (index < len(dates) and dates[index].overlaps(row.span)):
            yield row


def ranges(rows: Iterable[Number], join: Callable[[Number, Number], Number | None]) -> Iterator[Number]:
    """The numbers with neighbours made one where `join` finds that they are the ends of a range."""
    held: Number | None = None
    for row in rows:
        joined = None if held is None else join(held, row)
        if held is not None and joined is None:
            yield held
        held = row if joined is None else joined
    if held is not None:
        yield held
