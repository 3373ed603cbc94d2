"""Where Chinese pages introduce short forms and acronyms: 深圳信息职业技术学院（以下简称“深信院”）."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bitext.checks.context import Context
from bitext.model.alignment import Side
from bitext.model.documents import BlockKind, Document, Span
from bitext.model.glossary import Occurrence, Term, TermKind, TermStatus
from bitext.terms.matcher import is_acronym, matcher

_BRIEF = (TermKind.SHORT, TermKind.ACRONYM)
_RUNNING = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_CALLED = re.compile(r"[（(，,](?:以?下文?)?[简簡统統]?[称稱](?:为|為|作|之为)?[：:]?\s?[“\"「『‘]?$")
"""Before a short form: “（以下简称”, “（下称”, “，简称”."""
_BRACKET = re.compile(r"\s?[（(]\s?[“\"「『‘]?$")
_REACH = 12


@dataclass(frozen=True, slots=True)
class Told:
    """A use of a short form or an acronym that is not as it should be.

    `key` is "late" where the introduction stands at `place` behind it, "again" where it is introduced anew after
    `place`, "bare" where the page never says what the acronym is. `name` is the full name.
    """

    use: Occurrence
    key: str
    name: str
    place: Span | None = None


def in_chinese(context: Context, side: Side) -> Iterator[Told]:
    """The short forms of a Chinese page used before their introduction or introduced twice, and bare acronyms."""
    page = context.document(side)
    whole = Span(0, len(page.text))
    uses: dict[str, list[Occurrence]] = {}
    names: dict[str, list[Occurrence]] = {}
    for mention in context.mentions(side, whole):
        for one in mention.occurrences if len(mention.occurrences) == 1 else ():
            (uses if one.term.kind in _BRIEF else names).setdefault(one.concept.id, []).append(one)
    for mention in context.mentions(side, whole, nested=True):
        for one in mention.occurrences:
            if one.term.kind not in _BRIEF:
                names.setdefault(one.concept.id, []).append(one)
    for concept, group in uses.items():
        yield from _of_one(context, side, page, group, names.get(concept, ()))
    yield from _bare(context, side, page, {*uses, *names})


def _of_one(
    context: Context, side: Side, page: Document, uses: Sequence[Occurrence], names: Sequence[Occurrence]
) -> Iterator[Told]:
    """What is wrong with the uses of the short forms of one concept, form by form."""
    ends = {one.span.end for one in names}
    full = _full(uses[0])
    known: dict[str, Occurrence] = {}
    early: dict[str, Occurrence] = {}
    for one in uses:
        if full is None or context.kind_at(side, one.span.start) not in _RUNNING:
            continue
        if not _introduces(page.text, one.span, ends):
            early.setdefault(one.term.text, one)
        elif one.term.text in known:
            yield Told(one, "again", full.text, known[one.term.text].span)
        else:
            known[one.term.text] = one
            first = early.get(one.term.text)
            if first is not None and not any(name.span.start < first.span.start for name in names):
                yield Told(first, "late", full.text, one.span)


def _introduces(text: str, span: Span, ends: set[int]) -> bool:
    """Whether a short form stands where it is introduced: after 简称, or in brackets directly after the full name."""
    before = text[max(0, span.start - _REACH) : span.start]
    if _CALLED.search(before):
        return True
    bracket = _BRACKET.search(before)
    return bracket is not None and span.start - len(bracket[0]) in ends


def _full(one: Occurrence) -> Term | None:
    rows = (term for term in one.concept.licensed("zh") if term.kind is TermKind.FULL and not is_acronym(term.text))
    return next(rows, None)


def _bare(context: Context, side: Side, page: Document, named: set[str]) -> Iterator[Told]:
    """Latin acronyms in the Chinese text whose concept the page names in no other way; the first use of each."""
    told = set(named)
    for one in matcher(context.glossary, "en").occurrences(page):
        # An acronym that the glossary prefers to the name is how everybody calls it.
        if one.concept.id in told or not is_acronym(one.term.text) or one.term.status is not TermStatus.ADMITTED:
            continue
        if context.kind_at(side, one.span.start) not in _RUNNING:
            continue
        told.add(one.concept.id)
        full = _full(one)
        if full is not None and not _explained(page.text, one.span):
            yield Told(one, "bare", full.text)


def _explained(text: str, span: Span) -> bool:
    """Whether brackets or an explanation stand beside an acronym, or it is part of a longer Latin name."""
    before, after = text[max(0, span.start - _REACH) : span.start], text[span.end : span.end + 3].lstrip(' ”"’')
    if _BRACKET.search(before) or _CALLED.search(before) or after[:1] in ("(", "（"):
        return True
    beside = text[max(0, span.start - 2) : span.start].strip()[-1:] + text[span.end : span.end + 2].strip()[:1]
    return any(one.isascii() and (one.isalnum() or one in "-/_.@") for one in beside)
