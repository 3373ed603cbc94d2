"""A Chinese name or term was left in Chinese, or in pinyin, where the translation should have it in English.

Why: Chinese characters in running English, and pinyin where there is an English name, are what an editor notices first;
they are usually what is left of a draft. The same goes for English terms left in Chinese text. Acronyms may stay, and
so may Chinese in brackets after the English name, or as the name of a language in a menu.

How to mend: write the rendering that the glossary has, or translate the words.

How to waive: `<!-- bitext-ignore term-untranslated: reason -->` before the sentence.

Fires:

    glossary: 腾飞班 = Ascend Class
    zh: 腾飞班入选典型案例。
    en: The 腾飞班 was selected as a typical case.
    marks: 腾飞班

    glossary: 腾飞班 = Ascend Class
    zh: 腾飞班入选典型案例。
    en: The Tengfei programme was selected as a typical case.
    marks: Tengfei

    zh: 双方还参观了揽月楼。
    en: The two sides also visited 揽月楼.
    marks: 揽月楼

    glossary: 国际金融中心 = International Financial Centre
    zh: 详见“国际金融中心”一章。
    en: It has two parts (see the part on payments in the chapter on 国际金融中心 for more).
    marks: 国际金融中心

Silent:

    zh: 学创杯决赛在深圳举行。
    en: The final of the Xuechuang Cup (学创杯) was held in Shenzhen.

    glossary: 深圳大学 = Shenzhen University
    zh: 活动在深圳大学举行。
    en: The event was held at Shenzhen University.

    kind: metadata
    zh: 中文
    en: 中文
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bitext.checks.context import Context
from bitext.checks.renderings import Unrendered, counterpart, in_brackets
from bitext.checks.rule import Rule
from bitext.model.alignment import TranslationUnit
from bitext.model.documents import BlockKind, Span
from bitext.model.findings import Edit, Finding, Message, Severity
from bitext.terms.matcher import is_acronym
from bitext.text.scripts import HAN_CLASS

_HAN = re.compile(f"[{HAN_CLASS}]+(?:[·、，][{HAN_CLASS}]+)*")


def check(context: Context) -> Iterator[Finding]:
    """First the terms of the glossary, then whatever else was left in Chinese."""
    marked: dict[int, list[Span]] = {}
    for one in (*_terms_left(context), *context.renderings.unrendered):
        place = one.place if one.instead in ("untranslated", "pinyin") else None
        if place is not None and place not in marked.get(one.unit.id, []):
            marked.setdefault(one.unit.id, []).append(place)
            yield _finding(context, one, place)
    if context.document("target").language == "en":
        for unit in context.units:
            yield from _han_left(context, unit, marked.get(unit.id, []))


def _terms_left(context: Context) -> Iterator[Unrendered]:
    """Terms that stand in the target as they are in the source, whether or not they are rendered beside."""
    language = context.document("target").language
    for unit in context.units:
        if unit.source is None or unit.target is None:
            continue
        text, named = context.text(unit, "target"), context.mentions("source", unit.source)
        for mention in context.left_over(unit.target):
            place = Span(mention.span.start - unit.target.start, mention.span.end - unit.target.start)
            source = next((one for one in named if one.concepts & mention.concepts), None)
            licensed = mention.occurrences[0].concept.licensed(language)
            if source is None or not licensed or is_acronym(text[place.start : place.end]):
                continue
            if not in_brackets(text, place.start) and not context.mentions("target", mention.span):
                preferred = counterpart(mention.occurrences[0].term, licensed)
                concept = mention.occurrences[0].concept
                yield Unrendered(unit, source, concept, "untranslated", mention.span, preferred, again=False)


def _finding(context: Context, one: Unrendered, place: Span) -> Finding:
    source, target = context.mark("source", one.mention.span), context.mark("target", place)
    return Finding(
        rule=RULE.id,
        message=Message.of(
            f"rules.term-untranslated.{'pinyin' if one.instead == 'pinyin' else 'found'}",
            left=target.text,
            term=source.text,
            preferred=one.preferred.text,
        ),
        severity=RULE.severity,
        unit=one.unit.id,
        source=source,
        target=target,
        edit=Edit("target", target.span, one.preferred.text),
        suggestion=one.preferred.text,
        concept=one.concept.id,
    )


def _han_left(context: Context, unit: TranslationUnit, marked: list[Span]) -> Iterator[Finding]:
    """Chinese in the English of `unit` that its source has too."""
    if unit.source is None or unit.target is None:
        return
    if context.kind_at("target", unit.target.start) is BlockKind.METADATA:
        return
    text, source = context.text(unit, "target"), context.text(unit, "source")
    for match in _HAN.finditer(text):
        span = Span(unit.target.start + match.start(), unit.target.start + match.end())
        if any(span.overlaps(other) for other in marked) or in_brackets(text, match.start()):
            continue
        if context.mentions("target", span):  # Chinese that the glossary wants to stand in English
            continue
        place = source.find(match.group())
        if place < 0:
            continue
        start = unit.source.start + place
        yield Finding(
            rule=RULE.id,
            message=Message.of("rules.term-untranslated.han", left=match.group()),
            severity=Severity.WARNING,
            unit=unit.id,
            source=context.mark("source", Span(start, start + len(match.group()))),
            target=context.mark("target", span),
        )


RULE = Rule("term-untranslated", "unit", Severity.ERROR, check)
