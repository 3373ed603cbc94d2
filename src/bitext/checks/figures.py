"""The numbers and dates of translation units, extracted once for all rules that compare them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bitext.checks.context import Context
from bitext.checks.weight import SURE
from bitext.model.alignment import Side, TranslationUnit
from bitext.model.documents import Language, Span
from bitext.text.dates import DateMention, dates
from bitext.text.numerals import Number, numbers


@dataclass(frozen=True, slots=True)
class Figures:
    """What one side of a unit holds; spans are relative to the unit's text on that side."""

    text: str
    numbers: tuple[Number, ...]
    dates: tuple[DateMention, ...]


@lru_cache(maxsize=2048)
def extracted(text: str, language: Language) -> Figures:
    """The figures of `text`."""
    mentions = dates(text, language)
    return Figures(text, numbers(text, language, mentions), mentions)


def figures(context: Context, unit: TranslationUnit, side: Side) -> Figures:
    """The figures of one side of `unit`."""
    return extracted(context.text(unit, side), context.document(side).language)


def around(context: Context, unit: TranslationUnit, side: Side) -> tuple[Figures, ...]:
    """The figures of the neighbouring units on `side` where the unit's bead is unsure; nothing where it is sure."""
    if unit.confidence >= SURE:
        return ()
    return tuple(figures(context, other, side) for other in context.neighbours(unit))


def shifted(context: Context, unit: TranslationUnit, side: Side, span: Span) -> Span:
    """A span of the unit's text as a span of the page."""
    whole = context.span(unit, side)
    start = 0 if whole is None else whole.start
    return Span(start + span.start, start + span.end)
