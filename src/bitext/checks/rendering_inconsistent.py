"""One Chinese name or sentence is rendered in several ways on the English page, though no glossary lists it.

Why: a course, a title or a partner that is new to the glossary gets a name with every sentence, and the reader counts
two of them. The rule needs no glossary: it pairs quoted names and titles, and names of institutions, where both sides
of a surely paired sentence have equally many, and compares the wordings across the item. Case, number, hyphens and
"the" do not count, nor does a wording that only leaves out words of the other. It also reports an acronym that is
written out in two ways, and identical sentences that are translated differently; headlines may differ. What the
glossary covers is left to term-inconsistent. In a project all items are compared: a name that most of them render in
one way, and as a note a sentence that several of them translate in one way.

How to mend: choose one wording and use it throughout; put it into the glossary.

How to waive: `<!-- bitext-ignore rendering-inconsistent: reason -->` before the first of the places.

Fires:

    zh: 师生合唱了《匠心筑梦》。
    en: Teachers and students sang “Dreams of Craft”.
    zh: 校庆晚会以《匠心筑梦》作结。
    en: The gala closed with “Ingenuity Builds Dreams”.
    marks: Dreams of Craft
    marks: Ingenuity Builds Dreams

    zh: 代表团来到星海软件学院。
    en: The delegation came to Xinghai School of Software.
    zh: 星海软件学院介绍了课程。
    en: Xinghai Software Institute presented its courses.
    marks: Xinghai School of Software

    zh: 参赛队伍须在五月三十日前报名。
    en: Teams must enter by May 30.
    zh: 参赛队伍须在五月三十日前报名。
    en: The entry deadline for all is May 30.
    marks: The entry deadline for all is May 30.

    en: The Vocational Education Alliance (VEA) was founded in May.
    en: It is the third Vocational Training Alliance (VEA) in the city.
    marks: Vocational Training Alliance

Silent:

    zh: 师生合唱了《匠心筑梦》。
    en: Teachers and students sang “Dreams of Craft”.
    zh: 校庆晚会以《匠心筑梦》作结。
    en: The gala closed with “Dreams of Craft.”

    glossary: 匠心筑梦 = Dreams of Craft
    zh: 师生合唱了《匠心筑梦》。
    en: Teachers and students sang “Dreams of Craft”.
    zh: 校庆晚会以《匠心筑梦》作结。
    en: The gala closed with “Ingenuity Builds Dreams”.

    confidence: 0.6
    zh: 师生合唱了《匠心筑梦》。
    en: Teachers and students sang “Dreams of Craft”.
    zh: 校庆晚会以《匠心筑梦》作结。
    en: The gala closed with “Ingenuity Builds Dreams”.

    zh: 双方强调“稳定”。
    en: The two sides stressed “stability”.
    zh: 关系保持“稳定”。
    en: Relations remained “stable”.

    zh: 代表团来到星海软件学院。
    en: The delegation came to Xinghai School of Software Engineering.
    zh: 星海软件学院介绍了课程。
    en: Xinghai School of Software presented its courses.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bitext.checks.context import Context
from bitext.checks.named import (
    Named,
    bodies_in_chinese,
    bodies_in_english,
    named,
    paired,
    quoted_in_chinese,
    quoted_in_english,
)
from bitext.checks.rule import Rule
from bitext.checks.weight import SURE
from bitext.model.alignment import Side, TranslationUnit
from bitext.model.documents import BlockKind, Span
from bitext.model.findings import Finding, Mark, Message, Observation, Severity
from bitext.terms.forms import keys
from bitext.text.scripts import is_han

REACH = 16
"""Characters before a name from which on a term of the glossary may cover it."""
SHOWN = 4
"""So many wordings are quoted in the message; all places are in the finding."""
MOST_WORDINGS = 20
"""Wordings of one name that are compared with each other; further ones add nothing to the finding."""
SENTENCE = (8, 6)
"""Chinese characters and English words from which on a sentence that is repeated should be repeated in translation."""
_EXEMPT = (BlockKind.TITLE, BlockKind.HEADING, BlockKind.METADATA, BlockKind.TABLE_CELL)
_INTRODUCTION = re.compile(
    r"((?:[A-Z][\w’'-]{0,30}(?: (?:of|for|and|the|in|on)){0,2} ){2,8})[(（][\"“]?([A-Z]{2,8})[\"”]?[)）]"
)
_Finder = Callable[[str], "list[Named] | None"]


@dataclass(frozen=True, slots=True)
class _Place:
    """A name of the Chinese page and what stands for it on the English one."""

    unit: TranslationUnit | None
    chinese: Span | None
    english: Span
    wording: Named


def check(context: Context) -> Iterator[Finding]:
    """One finding for each name, acronym or sentence with several wordings."""
    english = context.side_in("en")
    if english is None:
        return
    yield from _acronyms(context, english)
    chinese = context.side_in("zh")
    if chinese is None:
        return
    units = [unit for unit in context.units if _is_sure(context, unit, english)]
    seen: set[Span] = set()
    for kind, finders in _FINDERS.items():
        for key, places in _places(context, units, finders, (chinese, english)).items():
            wordings = _wordings([place for place in places if place.english not in seen])
            if len(wordings) > 1 and (kind == "quoted" or _akin(wordings)):
                seen.update(place.english for place in places)
                yield _finding(context, "found", key, wordings, (chinese, english))
    yield from _sentences(context, units, (chinese, english))


def observe(context: Context) -> Iterator[Observation]:
    """One observation for each wording of a name, acronym or sentence, at its first place."""
    english, chinese = context.side_in("en"), context.side_in("zh")
    if english is None:
        return
    for acronym, places in _written_out(context, english).items():
        yield from _observed(context, f"acronym:{acronym}", _wordings(places), (english, english), acronym)
    if chinese is None:
        return
    units = [unit for unit in context.units if _is_sure(context, unit, english)]
    sides = (chinese, english)
    for kind, finders in _FINDERS.items():
        for key, places in _places(context, units, finders, sides).items():
            yield from _observed(context, f"{kind}:{key.strip()}", _wordings(places), sides)
    yield from _observed_sentences(context, units, sides)


def _observed(
    context: Context, key: str, wordings: Sequence[Sequence[_Place]], sides: tuple[Side, Side], name: str = ""
) -> Iterator[Observation]:
    chinese, english = sides
    for group in wordings:
        place = group[0]
        unit = place.unit or context.unit_at(english, place.english.start)
        other = None if place.chinese is None else context.mark(chinese, place.chinese)
        yield Observation(
            rule=RULE.id,
            key=key,
            rendering=place.wording.key.strip(),
            mark=context.mark(english, place.english),
            other=other,
            unit=None if unit is None else unit.id,
            confidence=1.0 if unit is None else unit.confidence,
            name=name or ("" if other is None else other.text),
        )


def _observed_sentences(
    context: Context, units: Sequence[TranslationUnit], sides: tuple[Side, Side]
) -> Iterator[Observation]:
    """Sentences and their translations, both as digests: an archive has as many of them as it has sentences."""
    texts = {side: keys([context.text(unit, side) for unit in units]) for side in sides}
    for index, unit in enumerate(units):
        spans = [context.span(unit, side) for side in sides]
        if spans[0] is None or spans[1] is None or not _tells(context.text(unit, sides[0]), chinese=True):
            continue
        marks = [context.mark(side, span) for side, span in zip(sides, spans, strict=True) if span is not None]
        key, rendering = (_digest(texts[side][index]) for side in sides)
        yield Observation(RULE.id, f"sentence:{key}", rendering, marks[1], marks[0], unit.id, unit.confidence)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:20]


_FINDERS: dict[str, tuple[_Finder, _Finder]] = {
    "quoted": (quoted_in_chinese, quoted_in_english),
    "body": (bodies_in_chinese, bodies_in_english),
}


def _is_sure(context: Context, unit: TranslationUnit, english: Side) -> bool:
    span = context.span(unit, english)
    if span is None or unit.source is None or unit.target is None or unit.confidence < SURE:
        return False
    return context.kind_at(english, span.start) not in _EXEMPT


def _places(
    context: Context, units: Sequence[TranslationUnit], finders: tuple[_Finder, _Finder], sides: tuple[Side, Side]
) -> dict[str, list[_Place]]:
    """What stands for each Chinese name, in order, by the name as it stands at its first place."""
    rows: dict[str, list[_Place]] = {}
    for unit in units:
        found = [finder(context.text(unit, side)) for finder, side in zip(finders, sides, strict=True)]
        if not found[0] or not found[1]:
            continue
        starts = [span.start for side in sides if (span := context.span(unit, side)) is not None]
        for source, target in paired(found[0], found[1]):
            chinese, english = (_moved(one.span, start) for one, start in zip((source, target), starts, strict=True))
            if target.is_name and not _covered(context, sides[0], chinese):
                rows.setdefault(source.key, []).append(_Place(unit, chinese, english, target))
    return rows


def _moved(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


def _covered(context: Context, side: Side, span: Span) -> bool:
    """Whether the glossary has the name, or its last part, which then decides how it is rendered."""
    around = Span(max(0, span.start - REACH), span.end)
    return any(mention.span.end >= span.end for mention in context.mentions(side, around))


def _wordings(places: Sequence[_Place]) -> list[list[_Place]]:
    """The places by wording, in order of their first places; a wording that leaves out words joins the longer one."""
    groups: list[list[_Place]] = []
    for place in places:
        same = (group for group in groups if _same(group[0].wording, place.wording))
        group = next(same, None)
        if group is not None:
            group.append(place)
        elif len(groups) < MOST_WORDINGS:
            groups.append([place])
    return groups


def _same(one: Named, other: Named) -> bool:
    return one.key == other.key or one.content <= other.content or other.content <= one.content


def _akin(wordings: Sequence[Sequence[_Place]]) -> bool:
    """Whether every wording shares a word with the first one: else the pairing by order was wrong."""
    first = wordings[0][0].wording.content
    return all(first & wording[0].wording.content for wording in wordings[1:])


def _sentences(context: Context, units: Sequence[TranslationUnit], sides: tuple[Side, Side]) -> Iterator[Finding]:
    """Identical Chinese sentences with different translations, and as a note the reverse."""
    texts = {side: keys([context.text(unit, side) for unit in units]) for side in sides}
    for way, severity in (("sentence", RULE.severity), ("merged", Severity.INFO)):
        here, there = sides if way == "sentence" else sides[::-1]
        rows: dict[str, dict[str, list[_Place]]] = {}
        for index, unit in enumerate(units):
            text = context.text(unit, here)
            spans = {side: context.span(unit, side) for side in sides}
            english = spans[sides[1]]
            if english is not None and _tells(text, here == sides[0]):
                place = _Place(unit, spans[sides[0]], english, Named(english, texts[there][index]))
                rows.setdefault(texts[here][index], {}).setdefault(texts[there][index], []).append(place)
        for key, groups in rows.items():
            if len(groups) > 1:
                yield _finding(context, way, key, list(groups.values()), sides, severity)


def _tells(text: str, chinese: bool) -> bool:
    """Whether a sentence is long enough for its repetition to be no chance."""
    return sum(map(is_han, text)) >= SENTENCE[0] if chinese else len(text.split()) >= SENTENCE[1]


def _acronyms(context: Context, side: Side) -> Iterator[Finding]:
    """Acronyms that the English page itself writes out in more than one way."""
    for acronym, places in _written_out(context, side).items():
        wordings = _wordings(places)
        if len(wordings) > 1 and _akin(wordings):
            yield _finding(context, "acronym", acronym, wordings, (side, side))


def _written_out(context: Context, side: Side) -> dict[str, list[_Place]]:
    """The names that stand before the acronyms which the English page introduces."""
    rows: dict[str, list[_Place]] = {}
    page = context.document(side)
    for block in page.blocks:
        for match in _INTRODUCTION.finditer(page.slice(block.span)):
            span = _initials(match, block.span.start)
            if span is None or _covered(context, side, span):
                continue
            found = named([(page.slice(span), span)])
            rows.setdefault(match.group(2), []).extend(_Place(None, None, span, one) for one in found)
    return rows


def _initials(match: re.Match[str], offset: int) -> Span | None:
    """The words before an acronym from its first letter on, as many as it has letters, or None."""
    words = list(re.finditer(r"[A-Z][\w’'-]*", match.group(1)))
    wanted = len(match.group(2))
    if len(words) < 2 or wanted > len(words):
        return None
    first = words[-wanted]
    if first.group()[0] != match.group(2)[0]:
        return None
    end = match.start(1) + words[-1].end()
    note = len(words[-1].group()) - len(words[-1].group().rstrip("0123456789"))  # the number of a footnote: Board1
    return Span(offset + match.start(1) + first.start(), offset + end - note)


def _finding(
    context: Context,
    key: str,
    name: str,
    wordings: Sequence[Sequence[_Place]],
    sides: tuple[Side, Side],
    severity: Severity = Severity.WARNING,
) -> Finding:
    """A finding at the rarest wording, the last of them; the others are related."""
    chinese, english = sides
    odd = max(wordings, key=lambda group: (-len(group), group[0].english))[0]
    usual = max(wordings, key=len)
    page = context.document(english)
    marks: dict[Side, Mark] = {english: context.mark(english, odd.english)}
    if odd.chinese is not None and chinese != english:
        marks[chinese] = context.mark(chinese, odd.chinese)
        name = marks[chinese].text
    places = sorted(place.english for group in wordings for place in group if place is not odd)
    unit = odd.unit or context.unit_at(english, odd.english.start)
    quoted = [f"“{page.slice(group[0].english)}”" for group in wordings]
    return Finding(
        rule=RULE.id,
        message=Message.of(
            f"rules.rendering-inconsistent.{key}",
            name=name,
            ways=len(wordings),
            wordings=", ".join(quoted[:SHOWN]) + (" …" if len(quoted) > SHOWN else ""),
        ),
        severity=severity,
        unit=None if unit is None else unit.id,
        source=marks.get("source"),
        target=marks.get("target"),
        related=tuple(context.mark(english, span) for span in places),
        suggestion=page.slice(usual[0].english) if len(usual) > 1 and key != "merged" else "",
    )


RULE: Rule = Rule("rendering-inconsistent", "page", Severity.WARNING, check)
