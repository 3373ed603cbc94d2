"""A name stands in running English text with other capitals than the glossary gives it.

Why: capitals tell a name from a description: "Ascend Class" is one class, "ascend class" is nothing. Headlines, text in
capitals throughout and small words such as "of" are exempt, and so are capitals that the glossary does not have, since
a term may be part of a longer name. A term with one capital alone is reported only if the page mostly writes it so,
one with a capital inside a word, such as WeChat, always. Where the whole glossary writes its terms one way, all with
capitals or all without, its capitals say nothing: then only names written half with and half without are reported.
Terms listed in capitals throughout say nothing either. What has lost all its capitals is silent after "a" and in the
plural, where it speaks of any such thing, and a note on a page that never writes the name with them.
A term whose column `case` says "exact" must have the capitals of the glossary everywhere, in headlines too; "first"
leaves its first letter free, and "any" all of them.

How to mend: write the name as the glossary has it.

How to waive: `<!-- bitext-ignore term-case: reason -->` before the sentence.

Fires:

    glossary: 腾飞班 = Ascend Class
    glossary: 校企合作 = school-enterprise cooperation
    zh: 腾飞班入选典型案例。
    en: The Ascend class was selected as a typical case.
    marks: Ascend class

    glossary: 腾飞班 = Ascend Class
    glossary: 校企合作 = school-enterprise cooperation
    glossary: 产教融合 = industry-education integration
    zh: 腾飞班入选典型案例。
    en: The ascend class was selected as a typical case.
    marks: ascend class

    glossary: 微信公众号 = WeChat official account
    en: Follow our Wechat official account.
    marks: Wechat official account

Silent:

    glossary: 腾飞班 = Ascend Class
    kind: title
    zh: 腾飞班开班
    en: Ascend class opens

    glossary: 校企合作 = school-enterprise cooperation
    zh: 校企合作成果丰硕。
    en: School-enterprise cooperation has borne fruit.

    glossary: 金融科技 = Fintech
    glossary: 校企合作 = school-enterprise cooperation
    zh: 金融科技发展迅速。银行重视金融科技。
    en: Growth in fintech is fast. Banks value fintech highly.
    zh: 年刊《金融科技》出版。
    en: The yearbook Fintech was published.

    glossary: 国际金融中心 = International Financial Centre
    glossary: 校企合作 = school-enterprise cooperation
    zh: 深圳是国际金融中心，其他国际金融中心也派员参加。
    en: Shenzhen is an international financial centre, and other international financial centres sent people too.

    glossary: 债券 = Debt Securities
    zh: 银行发行债券。
    en: Banks issue debt securities.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bitext.checks.context import Context
from bitext.checks.rule import Rule
from bitext.model.alignment import Side
from bitext.model.documents import BlockKind
from bitext.model.findings import Edit, Finding, Message, Severity
from bitext.model.glossary import CasePolicy, Glossary, Occurrence
from bitext.terms.matcher import is_acronym
from bitext.text.words import FUNCTION_WORDS, is_plural, words

TELLING = 0.1
"""The share of terms without any capital from which on a glossary's capitals are taken to be meant."""
_INDEFINITE = re.compile(r"\b[Aa]n? $")
_EXEMPT = (BlockKind.TITLE, BlockKind.HEADING, BlockKind.METADATA, BlockKind.TABLE_CELL)


def check(context: Context) -> Iterator[Finding]:
    """One finding for each name with a capital too few."""
    side = context.side_in("en")
    if side is None:
        return
    telling = capitals_tell(context.glossary)
    page = context.document(side)
    seen = _as_listed(context, side, page.text)
    for one in context.occurrences(side):
        if "case" not in one.how or not one.term.status.licensed:
            continue
        surface = page.slice(one.span)
        if one.term.case is not None:
            if _breaks(surface, one, context.kind_at(side, one.span.start) in _EXEMPT):
                yield _finding(context, side, one, surface)
            continue
        if context.kind_at(side, one.span.start) in _EXEMPT:
            continue
        if _shouted(one.term.text) or _has_exact_sibling(one, surface):
            continue
        known = one.term.text in seen
        capitals = _capitals(surface, one.term.text, _opens(page.text, one.span.start))
        if not _wrong(capitals, telling, known) or (not capitals.kept and _generic(page.text, one, surface)):
            continue
        # A page that never has the capitals of a name may well speak of the thing and not of the name.
        plain = capitals.kept or known or capitals.inner
        yield _finding(context, side, one, surface, RULE.severity if plain else Severity.INFO)


def _as_listed(context: Context, side: Side, text: str) -> set[str]:
    """The terms that the page's running text mostly writes as the glossary does, and more than once."""
    exact: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for one in context.occurrences(side):
        if not _opens(text, one.span.start) and context.kind_at(side, one.span.start) not in _EXEMPT:
            exact[one.term.text] += not one.how
            other[one.term.text] += "case" in one.how
    return {term for term, times in exact.items() if times > max(1, other[term])}


@dataclass(frozen=True, slots=True)
class _Capitals:
    """How many content words lack a capital that they have in the term, how many have it, and how many should.

    `inner` is whether a capital inside a word, as in WeChat, is not as the term has it. A first capital that any word
    has at the beginning of a sentence is not counted as kept.
    """

    missing: int
    kept: int
    asked: int
    inner: bool


def _wrong(found: _Capitals, telling: bool, seen: bool) -> bool:
    """Whether the capitals are of a name: one capital alone may be the habit of the list unless the page has it too."""
    if not found.missing:
        return found.inner
    return found.inner or (seen if found.asked < 2 else found.kept > 0 or telling)


def _capitals(surface: str, term: str, opens: bool) -> _Capitals:
    pairs = [(one, other) for (one, _), (other, _) in zip(words(surface), words(term), strict=False)]
    asked = [
        (one, index)
        for index, (one, other) in enumerate(pairs)
        if other[0].isupper() and other.lower() not in FUNCTION_WORDS
    ]
    missing = sum(not one[0].isupper() for one, _ in asked)
    kept = sum(one[0].isupper() and not (opens and index == 0) for one, index in asked)
    inner = any(
        other[1:].lower() != other[1:] and not one.isupper() and one != other and one.lower() == other.lower()
        for one, other in pairs
    )
    return _Capitals(missing, kept, len(asked), inner)


def _breaks(surface: str, one: Occurrence, exempt: bool) -> bool:
    """Whether capitals differ from what the glossary lays down for the term.

    "exact" holds everywhere, in headlines too; "first" leaves the first letter free, and headlines altogether.
    """
    if one.term.case is CasePolicy.ANY or (one.term.case is CasePolicy.FIRST and exempt):
        return False
    licensed = {term.text for term in one.concept.in_language("en") if term.status.licensed}
    if surface in licensed:
        return False
    pairs = zip(words(surface), words(one.term.text), strict=False)
    differing = [
        (index, place)
        for index, ((written, _), (wanted, _)) in enumerate(pairs)
        for place, (a, b) in enumerate(zip(written, wanted, strict=False))
        if a != b and a.lower() == b.lower()
    ]
    return any(place != (0, 0) or one.term.case is CasePolicy.EXACT for place in differing)


def _opens(text: str, offset: int) -> bool:
    """Whether a sentence or a line begins there."""
    before = text[:offset][-8:].rstrip(" \"“‘'(")
    return not before or before[-1] in ".!?:;\n…。"


def _shouted(term: str) -> bool:
    """Whether a term is listed in capitals throughout, as a heading is, and is no acronym."""
    return term.isupper() and not is_acronym(term)


def _generic(text: str, one: Occurrence, surface: str) -> bool:
    """Whether the words speak of any such thing: "an international financial centre", "external auditors"."""
    if _INDEFINITE.search(text, max(0, one.span.start - 4), one.span.start):
        return True
    ours, theirs = [word for word, _ in words(surface)], [word for word, _ in words(one.term.text)]
    return any(is_plural(a) and not is_plural(b) for a, b in zip(ours, theirs, strict=False))


def _has_exact_sibling(one: Occurrence, surface: str) -> bool:
    """Whether the concept licenses this very spelling, or the term's own capitals are of an acronym."""
    texts = {term.text for term in one.concept.in_language("en") if term.status.licensed}
    return surface in texts or is_acronym(one.term.text)


def capitals_tell(glossary: Glossary) -> bool:
    """Whether the glossary writes some English terms with capitals and some without, so that either is meant."""
    rows = [term.text for concept in glossary.concepts for term in concept.terms if term.language == "en"]
    lower = sum(text == text.lower() for text in rows)
    return TELLING <= lower / len(rows) <= 1 - TELLING if rows else False


def _finding(
    context: Context, side: Side, one: Occurrence, surface: str, severity: Severity = Severity.WARNING
) -> Finding:
    unit = context.unit_at(side, one.span.start)
    mark = context.mark(side, one.span)
    plain = one.how == ("case",)
    return Finding(
        rule=RULE.id,
        message=Message.of("rules.term-case.found", term=surface, preferred=one.term.text),
        severity=severity,
        unit=None if unit is None else unit.id,
        source=mark if side == "source" else None,
        target=mark if side == "target" else None,
        edit=Edit(side, one.span, one.term.text) if plain else None,
        suggestion=one.term.text,
        concept=one.concept.id,
    )


RULE = Rule("term-case", "page", Severity.WARNING, check)
