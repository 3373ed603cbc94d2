"""A term is used that the glossary lists as deprecated or superseded.

Why: such variants are in the glossary because they were used, and will be again: in old pages, machine translation and
memory. The rule reads both languages, and also one page alone. A variant inside a longer name that is right is silent.
Where the glossary says until when a name was in use (`valid_until`), the item's own date decides: before that day a
superseded name is right, after it even a preferred one is not. In an item of the former name's time, a name that came
later (`valid_from`) is a warning.

How to mend: write the preferred term. The edit offered keeps the number, the capitals and the article of the place; it
is safe to apply unseen where the pairing is sure and the Chinese beside it names the same thing.

How to waive: `<!-- bitext-ignore term-deprecated: reason -->` before the sentence, for instance in a quotation.

Fires:

    glossary: 腾飞班 = Ascend Class; not Ascend (Tengfei) Class; not Tengfei Class
    zh: 腾飞班入选典型案例。
    en: The Ascend (Tengfei) class was selected as a typical case.
    marks: Ascend (Tengfei) class

    glossary: 腾飞班 = Ascend Class; not Tengfei Class
    en: Two Tengfei Classes were opened.
    marks: Tengfei Classes

    glossary: 深信院; not 深信学院 = SZIIT
    zh: 深信学院举行了开学典礼。
    en: SZIIT held the opening ceremony.
    marks: 深信学院

Silent:

    glossary: 腾飞班 = Ascend Class; not Tengfei Class
    zh: 腾飞班入选典型案例。
    en: The Ascend Class was selected as a typical case.

    glossary: 学校 = school; not college
    glossary: 腾讯高级工程师学院 = Tencent College of Senior Engineers
    zh: 双方共建腾讯高级工程师学院。
    en: The two sides build the Tencent College of Senior Engineers.
"""

from __future__ import annotations

from collections.abc import Iterator

from bitext.checks.context import SIDES, Context
from bitext.checks.renderings import counterpart
from bitext.checks.rule import Rule
from bitext.checks.weight import SURE
from bitext.model.alignment import Side, TranslationUnit
from bitext.model.documents import BlockKind, Document, Span
from bitext.model.findings import Edit, Finding, Mark, Message, Severity
from bitext.model.glossary import Occurrence, Term, TermStatus
from bitext.terms.assign import Mention
from bitext.terms.effective import too_early
from bitext.terms.fit import fitted, with_article

_HEADLINES = (BlockKind.TITLE, BlockKind.HEADING)


def check(context: Context) -> Iterator[Finding]:
    """One finding for each place where such a term stands."""
    for side, page in context.documents:
        for mention in context.mentions(side, Span(0, len(page.text))):
            if all(one.term.status.licensed for one in mention.occurrences):
                continue
            unit = context.unit_at(side, mention.span.start)
            across = _across(context, side, unit)
            occurrence = _meant(mention, across)
            if occurrence is not None:
                yield _finding(context, side, unit, occurrence, across)


def _across(context: Context, side: Side, unit: TranslationUnit | None) -> tuple[Mention, ...]:
    """What the other side of the unit names."""
    other = SIDES[side == "source"]
    span = None if unit is None else context.span(unit, other)
    return () if span is None else context.mentions(other, span)


def _meant(mention: Mention, across: tuple[Mention, ...]) -> Occurrence | None:
    """The deprecated term that stands there; None if the words are a licensed term of something else."""
    named = {name for other in across for name in other.concepts}
    bad = [one for one in mention.occurrences if not one.term.status.licensed and not _other_word(one)]
    good = [one for one in mention.occurrences if one.term.status.licensed]
    if not bad or any(one.concept.id in named for one in good):
        return None
    likely = [one for one in bad if one.concept.id in named]
    return likely[0] if likely else None if good else bad[0]


def _other_word(one: Occurrence) -> bool:
    """A name of one word, found without its capital, is more likely an ordinary word."""
    return "case" in one.how and " " not in one.term.text and one.term.text[:1].isupper()


def _finding(
    context: Context, side: Side, unit: TranslationUnit | None, one: Occurrence, across: tuple[Mention, ...]
) -> Finding:
    page = context.document(side)
    licensed = one.concept.licensed(page.language)
    counter = next((other for other in across if one.concept.id in other.concepts), None)
    sure = unit is not None and counter is not None and unit.confidence >= SURE and side == "target"
    sure = sure and not too_early(one.term, context.date)
    here = context.mark(side, one.span)
    there = None if counter is None else context.mark(SIDES[side == "source"], counter.span)
    marks: dict[Side, Mark | None] = {side: here, SIDES[side == "source"]: there}
    edit = _edit(context, side, page, one, counterpart(one.term, licensed), sure) if licensed else None
    key = "superseded" if one.term.status is TermStatus.SUPERSEDED else "found"
    early = too_early(one.term, context.date)
    if early:
        key = "too-early"
    elif key == "superseded" and one.term.valid_until and context.date:
        key = "superseded-since"
    return Finding(
        rule=RULE.id,
        message=Message.of(
            f"rules.term-deprecated.{key if licensed else 'none'}",
            term=here.text,
            preferred=counterpart(one.term, licensed).text if licensed else "",
            until=one.term.valid_until,
            since=one.term.valid_from,
            date=context.date,
        ),
        severity=Severity.WARNING if early or (unit is not None and counter is None) else RULE.severity,
        unit=None if unit is None else unit.id,
        source=marks["source"],
        target=marks["target"],
        edit=edit,
        suggestion=_fitted(context, side, page, one, counterpart(one.term, licensed)) if licensed else "",
        concept=one.concept.id,
        confidence=1.0 if unit is None else unit.confidence,
    )


def _edit(context: Context, side: Side, page: Document, one: Occurrence, preferred: Term, sure: bool) -> Edit:
    span, replacement = one.span, _fitted(context, side, page, one, preferred)
    if page.language == "en":
        span, replacement = with_article(page.text, span, replacement)
    plain = not {"quotes", "closed"} & set(one.how)
    return Edit(side, span, replacement, safe=sure and plain)


def _fitted(context: Context, side: Side, page: Document, one: Occurrence, preferred: Term) -> str:
    """What to write in place of the marked words: the preferred term in their number and capitals."""
    if page.language != "en":
        return preferred.text
    headline = context.kind_at(side, one.span.start) in _HEADLINES
    return fitted(page.slice(one.span), one.term.text, preferred.text, headline=headline)


RULE = Rule("term-deprecated", "page", Severity.ERROR, check)
