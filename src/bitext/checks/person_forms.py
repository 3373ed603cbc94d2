"""The persons of an item and the Latin forms that the translation gives their names, unit by unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bitext.checks.context import SIDES, Context
from bitext.checks.weight import DOUBTFUL, SURE
from bitext.model.alignment import Side, TranslationUnit
from bitext.model.documents import Span
from bitext.text.names import NameForm, Words, forms, is_no_name, joined, person_names, split_readings, words
from bitext.text.normal import simplified
from bitext.text.pinyin_names import (
    SURE_LENGTH,
    has_name_before,
    is_two_syllables,
    names_by_forms,
    pinyin_names,
    read_so,
)

_LONGEST = 4_000
"""Characters of a unit up to which every surname of one side is compared with the words of the other."""
_BODIES = tuple("部局处院会办厅委校系社所团台厂市省县区")
"""What ends in one of these may be an institution: 宣传部 begins with a surname."""


@dataclass(frozen=True, slots=True)
class Use:
    """A name in one unit with the form that its translation gives it."""

    name: str
    unit: TranslationUnit
    place: Span
    form: NameForm


@dataclass(frozen=True, slots=True)
class Exchanged:
    """A name in one unit and another person's name that stands where it should."""

    name: str
    unit: TranslationUnit
    place: Span
    form: NameForm


def all_uses(context: Context, names: frozenset[str], chinese: Side, english: Side) -> Iterator[Use]:
    """The names of the item with the forms that the translations give them, unit by unit."""
    if not names:
        return
    finder = re.compile("|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name))))
    for unit in context.units:
        if unit.source is not None and unit.target is not None and unit.confidence >= DOUBTFUL:
            yield from _uses(context, unit, finder, chinese, english)


def person_names_of(context: Context, chinese: Side, english: Side) -> frozenset[str]:
    """The names of persons in the item that the glossary does not rule on.

    A name is known by the post, the title or the verb beside it, or by its form in the translation.
    """
    text = context.document(chinese).text
    known = {simplified(term.text) for concept in context.glossary.concepts for term in concept.in_language("zh")}
    names = {text[span.start : span.end] for span in person_names(text)}
    for unit in context.units:
        if unit.source is not None and unit.target is not None and unit.confidence >= SURE:
            names |= set(_told_by_forms(context, unit, chinese, english))
    return frozenset(name for name in names if simplified(name) not in known)


def _told_by_forms(context: Context, unit: TranslationUnit, chinese: Side, english: Side) -> Iterator[str]:
    if _is_long(context, unit):
        return
    page = words(context.text(unit, english))
    strangers: frozenset[Span] | None = None
    told = -1
    for name, place, found in names_by_forms(context.text(unit, chinese), page):
        # 王立武 is not 王立 as well.
        if is_no_name(name) or place.start == told:
            continue
        kinds = {form.kind for form in found}
        # Wen Hui Bao is a newspaper: syllables that stand apart do not tell a person.
        if "standard" in kinds or (len(name) > 2 and kinds & {"order", "hyphen"}):
            told = place.start
            yield name
        elif "misspelt" in kinds:
            if strangers is None:
                strangers = frozenset(form.span for form in _strangers(context, unit, page, chinese))
            if any(form.kind == "misspelt" and (_is_sure(name, form) or form.span in strangers) for form in found):
                yield name


def _is_long(context: Context, unit: TranslationUnit) -> bool:
    """Whether a unit, or a neighbour that may explain its names, is too long to be searched."""
    near_units = (unit, *context.neighbours(unit))
    spans = (context.span(one, side) for one in near_units for side in SIDES)
    return any(span is not None and len(span) > _LONGEST for span in spans)


def _is_sure(name: str, form: NameForm) -> bool:
    """Whether a form with a slip can be no other word: three characters, and a given name of some length."""
    return len(name) > 2 and len(form.text.split()[-1]) >= SURE_LENGTH


def _uses(
    context: Context, unit: TranslationUnit, finder: re.Pattern[str], chinese: Side, english: Side
) -> Iterator[Use]:
    """The forms that the translation gives each name of the unit: standard ones, slips for the mentions without."""
    places: dict[str, list[Span]] = {}
    for match in finder.finditer(context.text(unit, chinese)):
        places.setdefault(match[0], []).append(Span(*match.span()))
    if not places:
        return
    page = words(context.text(unit, english))
    for name, spans in places.items():
        found = forms(name, page)
        standard = [form for form in found if form.kind == "standard"]
        slips = [form for form in found if form.kind != "standard"]
        if len(standard) >= len(spans) or (not standard and _said_nearby(context, unit, name, english)):
            slips = []
        slips = [form for form in slips if not _of_another(context, unit, name, form, chinese, page)]
        for form in (*standard, *slips[: len(spans) - len(standard)]):
            yield Use(name, unit, spans[0], form)


def _of_another(context: Context, unit: TranslationUnit, name: str, form: NameForm, chinese: Side, page: Words) -> bool:
    """Whether a slip is none: another name's form, 王磊 beside 王雷, or part of a longer one, Irene Yuan Sun."""
    if form.kind == "order" and has_name_before(page, form):
        return True
    return form.kind == "misspelt" and _explained(context, unit, name, form, chinese)


def _said_nearby(context: Context, unit: TranslationUnit, name: str, side: Side) -> bool:
    if unit.confidence >= SURE:
        return False
    near_pages = (words(context.text(other, side)) for other in context.neighbours(unit))
    return any(form.kind == "standard" for page in near_pages for form in forms(name, page))


def _explained(context: Context, unit: TranslationUnit, name: str, form: NameForm, side: Side) -> bool:
    """Whether a form is the right one of another name than `name` close by."""
    text = "\n".join(context.text(other, side) for other in (unit, *context.neighbours(unit)))
    return any(other != name and not (name and name.startswith(other)) for other in _read(text, form.text))


@lru_cache(maxsize=512)
def _read(text: str, form: str) -> frozenset[str]:
    """What in a Chinese text is read as a Latin form, which one unit may have many times."""
    return frozenset(read_so(text, form))


def _strangers(context: Context, unit: TranslationUnit, page: Words, chinese: Side) -> list[NameForm]:
    """What looks like the name of a Chinese person in the translation and is that of nobody in the source."""
    return [form for form in pinyin_names(page) if not _explained(context, unit, "", form, chinese)]


def exchanged(context: Context, names: frozenset[str], chinese: Side, english: Side) -> Iterator[Exchanged]:
    """The names in whose place another person's stands: the only ones of either side that nothing answers."""
    for unit in context.units if names else ():
        if unit.source is None or unit.target is None or unit.confidence < SURE or _is_long(context, unit):
            continue
        text = context.text(unit, chinese)
        # Only in the sentence itself is it sure that a person is meant: by the post or the verb beside the name.
        places = {text[span.start : span.end]: span for span in person_names(text)}
        page = words(context.text(unit, english)) if places else None
        strangers = _strangers(context, unit, page, chinese) if page is not None else []
        if page is None or len(strangers) != 1:
            continue
        persons = [name for name in places if not simplified(name).endswith(_BODIES)]
        lost = _lost(persons, text, page, strangers)
        if lost in names and not _may_be(lost, strangers[0], page):
            yield Exchanged(lost, unit, places[lost], strangers[0])


def _may_be(name: str, stranger: NameForm, page: Words) -> bool:
    """Whether what looks like another's name is a slip of this one, or its surname with a foreign name: Annie Hou."""
    if any(form.span.overlaps(stranger.span) for form in forms(name, page)):
        return True
    return stranger.text.lower().split()[-1] in split_readings(name)[0]


def _lost(persons: Sequence[str], text: str, page: Words, strangers: Sequence[NameForm]) -> str:
    """The only one of `persons` whom the translation names nowhere, or less often than the source; else empty."""
    answers = {name: _answers(name, page, strangers) for name in persons}
    missing = [name for name in persons if not answers[name]] or [
        name for name in persons if answers[name] < text.count(name)
    ]
    return missing[0] if len(missing) == 1 else ""


def _answers(name: str, page: Words, strangers: Sequence[NameForm]) -> int:
    """How often a text has the surname of a person with a capital, or the given name, other than in a stranger's."""
    families, givens = split_readings(name)
    whole = {form for given in givens for form in (*joined(given), "-".join(given)) if is_two_syllables(form)}
    counts = [0, 0]
    for word, span in zip(page.folded, page.spans, strict=True):
        if page.text[span.start].isupper() and not any(span.overlaps(other.span) for other in strangers):
            counts[0] += word in families
            counts[1] += word in whole
    return max(counts)
