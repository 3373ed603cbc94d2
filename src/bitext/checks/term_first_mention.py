"""An acronym is used in running text before the full name was given, or it is introduced a second time.

Why: a reader who comes from outside does not know what NVSSC is. The first mention in running text gives the full name
with the acronym in brackets, and from there on the acronym is enough. Only acronyms whose full name the glossary has
are held to this, and only in news texts of three paragraphs or more. Headlines, captions and tables may use what they
like. Any earlier place with the full name counts, and so does an introduction in the text's own words. Acronyms that
every reader knows (AI, CPC) are silent, and so are those that the glossary prefers to the name. Where the
Chinese page has no full name either, only the short form or 学校, the English page may follow it. A second
introduction is no more than a note. On Chinese pages a short form that stands before its own introduction (简称) is
reported, and so is a Latin acronym of the glossary whose name the page never gives.

How to mend: write the full name with the acronym in brackets at the first mention, and the acronym alone afterwards.

How to waive: `<!-- bitext-ignore term-first-mention: reason -->` before the sentence, or by concept.

Fires:

    glossary: 全国职业院校技能大赛 = National Vocational Students Skills Competition; NVSSC
    zh: 全国职业院校技能大赛闭幕。
    en: The NVSSC came to its end.
    zh: 学生表现出色。
    en: The students did well.
    zh: 学校表示祝贺。
    en: The school congratulated them.
    marks: NVSSC

    glossary: 深圳大学 = Shenzhen University; SZU
    en: A team of SZU came to the campus.
    en: Shenzhen University sent ten students.
    en: They stayed for a week.
    marks: SZU

    glossary: 深圳大学 = Shenzhen University; SZU
    en: Shenzhen University (SZU) sent ten students.
    en: They stayed for a week.
    en: The students of Shenzhen University (SZU) were happy.
    marks: SZU

    glossary: 深圳信息职业技术学院; short 深信院 = Shenzhen Institute of Information Technology; SZIIT
    zh: 深信院师生参加了活动。
    zh: 活动由深圳信息职业技术学院（以下简称“深信院”）主办。
    zh: 活动持续一天。
    marks: 深信院

    glossary: 成果导向教育 = outcome-based education; OBE
    zh: 专业按照OBE理念修订了方案。
    zh: 教师参加了研讨。
    zh: 新方案九月实施。
    marks: OBE

Silent:

    glossary: 深圳大学 = Shenzhen University; SZU
    kind: title
    en: SZU students come to the campus
    kind: paragraph
    en: Shenzhen University (“SZU”) sent ten students.
    en: They stayed for a week.
    en: SZU thanked the teachers.

    glossary: 深圳大学 = Shenzhen University; SZU
    en: SZU (Shenzhen University) sent ten students.
    en: They stayed for a week.
    en: SZU thanked the teachers.

    glossary: 人工智能 = artificial intelligence; AI
    en: A course in AI began.
    en: It lasts for a week.
    en: Forty students take part.

    glossary: 深圳大学 = Shenzhen University; SZU
    en: SZU sent ten students.
    en: They stayed for a week.

    glossary: 深圳大学; short 深大 = Shenzhen University; SZU
    zh: 深大派出十名学生。
    en: SZU sent ten students.
    zh: 他们停留了一周。
    en: They stayed for a week.
    zh: 深大感谢教师。
    en: SZU thanked the teachers.

    glossary: 深圳信息职业技术学院; short 深信院 = Shenzhen Institute of Information Technology; SZIIT
    kind: title
    zh: 深信院师生参加活动
    kind: paragraph
    zh: 活动由深圳信息职业技术学院（以下简称“深信院”）主办。
    zh: 活动持续一天。
    zh: 深信院感谢各界。

    glossary: 成果导向教育 = outcome-based education; OBE
    zh: 专业按照成果导向教育（OBE）理念修订了方案。
    zh: 教师参加了研讨。
    zh: OBE方案九月实施。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bitext.checks.context import Context
from bitext.checks.introductions import in_chinese
from bitext.checks.rule import Rule
from bitext.model.alignment import Side
from bitext.model.documents import BlockKind, Document, Span
from bitext.model.findings import Finding, Mark, Message, Severity
from bitext.model.glossary import Concept, Occurrence, Term, TermKind, TermStatus
from bitext.terms.household import HOUSEHOLD
from bitext.terms.matcher import is_acronym

PARAGRAPHS = 3
"""With fewer paragraphs a page is no news text: a notice or a list has no first mention."""
_BRIEF = {TermKind.SHORT, TermKind.ACRONYM}
_RUNNING = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_OPENED = re.compile(r"[\w)”\"’]\s{0,2}[(（]\s?[\"“‘']?(?:the |hereinafter |abbreviated as |or )?$")
_GLOSS = re.compile(r"[^.!?\n]{0,40}")
"""What may stand between an acronym and the name that explains it: "SZU, that is, Shenzhen University"."""


def check(context: Context) -> Iterator[Finding]:
    """At most one finding for an acronym too early, and one for each introduction after the first."""
    yield from _in_english(context)
    yield from _in_chinese(context)


def _in_chinese(context: Context) -> Iterator[Finding]:
    """What the Chinese page leaves unexplained, or explains too late or twice."""
    side = context.side_in("zh")
    if side is None or _paragraphs(context.document(side)) < PARAGRAPHS:
        return
    for told in in_chinese(context, side):
        one, places = told.use, () if told.place is None else (context.mark(side, told.place),)
        if one.term.text in HOUSEHOLD:
            continue
        severity = Severity.INFO if told.key == "again" else RULE.severity
        suggestion = one.term.text if told.key == "again" else f"{told.name}（{one.term.text}）"
        yield _at(context, side, one, f"zh-{told.key}", severity, told.name, suggestion, places)


def _paragraphs(page: Document) -> int:
    return sum(block.kind is BlockKind.PARAGRAPH for block in page.blocks)


def _in_english(context: Context) -> Iterator[Finding]:
    side = context.side_in("en")
    if side is None:
        return
    page = context.document(side)
    if _paragraphs(page) < PARAGRAPHS:
        return
    chinese = _kinds_in_chinese(context)
    for uses, names in _acronyms(context, side, page):
        early = _early(context, side, uses, names)
        if early is not None:
            kinds = None if chinese is None else chinese.get(early.concept.id, set())
            yield from _told(context, side, early, names, kinds)
        else:
            yield from _twice(context, side, uses, names)


def _acronyms(context: Context, side: Side, page: Document) -> Iterator[tuple[list[Occurrence], list[Occurrence]]]:
    """For each concept with an acronym on the page: the uses of the acronym, and the places of the name."""
    whole = Span(0, len(page.text))
    uses: dict[str, list[Occurrence]] = {}
    for mention in context.mentions(side, whole):
        if len(mention.occurrences) == 1 and _demands_name(mention.occurrences[0]):
            uses.setdefault(mention.occurrences[0].concept.id, []).append(mention.occurrences[0])
    if not uses:
        return
    names: dict[str, list[Occurrence]] = {}
    for nested in (False, True):
        for mention in context.mentions(side, whole, nested=nested):
            for one in mention.occurrences:
                if one.concept.id in uses and not is_acronym(one.term.text):
                    names.setdefault(one.concept.id, []).append(one)
    for concept, group in uses.items():
        yield group, sorted(names.get(concept, []), key=lambda one: one.span)


def _demands_name(one: Occurrence) -> bool:
    """Whether a term is an acronym that has to be introduced by a name of the glossary."""
    if not is_acronym(one.term.text) or one.term.text in HOUSEHOLD or not one.term.status.licensed:
        return False
    full = _full(one.concept)
    preferred = one.term.status is TermStatus.PREFERRED
    return full is not None and not (preferred and full.status is not TermStatus.PREFERRED)


def _full(concept: Concept) -> Term | None:
    rows = (term for term in concept.licensed("en") if term.kind is TermKind.FULL and not is_acronym(term.text))
    return next(rows, None)


def _early(context: Context, side: Side, uses: Sequence[Occurrence], names: Sequence[Occurrence]) -> Occurrence | None:
    """The first use in running text if neither the name nor an introduction in other words stands before it."""
    first = next((one for one in uses if context.kind_at(side, one.span.start) in _RUNNING), None)
    text = context.document(side).text
    if first is None or (names and _before_or_beside(text, names[0].span, first.span)):
        return None
    before = (one for one in uses if one.span.start <= first.span.start)
    return None if any(_introduced(text, one.span) for one in before) else first


def _before_or_beside(text: str, name: Span, acronym: Span) -> bool:
    """Whether a name stands before an acronym, or after it in the same sentence and near."""
    return name.start < acronym.end or _GLOSS.fullmatch(text, acronym.end, name.start) is not None


def _introduced(text: str, span: Span) -> bool:
    """Whether an acronym stands in brackets after a word, or has words in brackets after it."""
    after = text[span.end : span.end + 4].lstrip('”"’ ')
    return _OPENED.search(text[max(0, span.start - 40) : span.start]) is not None or after[:1] in ("(", "（")


def _told(
    context: Context, side: Side, one: Occurrence, names: Sequence[Occurrence], kinds: set[TermKind] | None
) -> Iterator[Finding]:
    """The finding; none where the Chinese page has the short form alone or only 学校, and the English follows it."""
    full = _full(one.concept)
    name = "" if full is None else full.text
    places = tuple(context.mark(side, name.span) for name in names[:1])
    if names or kinds is None or kinds - _BRIEF:
        key = "late" if names else "found"
        yield _at(context, side, one, key, RULE.severity, name, f"{name} ({one.term.text})", places)


def _kinds_in_chinese(context: Context) -> dict[str, set[TermKind]] | None:
    """In what forms the Chinese page names each concept; None without such a page."""
    chinese = context.side_in("zh")
    if chinese is None:
        return None
    kinds: dict[str, set[TermKind]] = {}
    for mention in context.mentions(chinese, Span(0, len(context.document(chinese).text))):
        for one in mention.occurrences:
            kinds.setdefault(one.concept.id, set()).add(one.term.kind)
    return kinds


def _twice(context: Context, side: Side, uses: Sequence[Occurrence], names: Sequence[Occurrence]) -> Iterator[Finding]:
    """Introductions after the first: a name with the acronym in brackets directly after it."""
    text = context.document(side).text
    ends = {one.span.end for one in names}
    known: Occurrence | None = None
    for one in uses:
        gap = re.search(r"\s{0,2}[(（]\s?[\"“‘']?$", text[max(0, one.span.start - 6) : one.span.start])
        if gap is None or context.kind_at(side, one.span.start) not in _RUNNING:
            continue
        if one.span.start - len(gap.group()) not in ends:
            continue
        if known is not None:
            place = (context.mark(side, known.span),)
            yield _at(context, side, one, "again", Severity.INFO, names[0].term.text, one.term.text, place)
        known = known or one


def _at(
    context: Context,
    side: Side,
    one: Occurrence,
    key: str,
    severity: Severity,
    name: str,
    suggestion: str,
    related: tuple[Mark, ...],
) -> Finding:
    mark = context.mark(side, one.span)
    unit = context.unit_at(side, one.span.start)
    return Finding(
        rule=RULE.id,
        message=Message.of(f"rules.term-first-mention.{key}", term=one.term.text, full=name),
        severity=severity,
        unit=None if unit is None else unit.id,
        source=mark if side == "source" else None,
        target=mark if side == "target" else None,
        related=related,
        suggestion=suggestion,
        concept=one.concept.id,
    )


RULE = Rule("term-first-mention", "page", Severity.WARNING, check)
