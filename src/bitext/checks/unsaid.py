"""What a translation may leave unsaid of the names of its source, and what says nothing by itself."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from bitext.model.documents import Span
from bitext.terms.assign import Mention
from bitext.terms.matcher import AMBIGUOUS
from bitext.terms.references import has_tacit_agent, is_body
from bitext.text.normal import simplified
from bitext.text.words import chinese_words

if TYPE_CHECKING:
    from bitext.checks.context import Context

AROUND = 12
"""Characters on both sides of a term that its words are looked up in."""
_OPENED = re.compile(r"[（(](?:以?下?[简簡]?[称稱])?[“「『]?$")
_CLOSED = re.compile("[”」』]?[）)]")


def all_terms(mention: Mention) -> list[str]:
    """The terms of the concepts that may be meant, in both languages."""
    return [term.text for one in mention.occurrences for term in one.concept.terms]


def has_no_agent(context: Context, mention: Mention, text: str, before: AbstractSet[str]) -> bool:
    """Whether the name of an institution that the item knows is the agent of what English says in the passive.

    `text` is the translation, `before` the concepts that the item has rendered so far.
    """
    if context.document("target").language != "en" or not before & mention.concepts:
        return False
    return has_tacit_agent(text) and is_body(all_terms(mention))


def in_longer_word(context: Context, mention: Mention) -> bool:
    """Whether a short Chinese term is part of a longer word of the dictionary: 血压 in 高血压, hypertension."""
    page, span = context.document("source"), mention.span
    if page.language != "zh" or len(span) > AMBIGUOUS:
        return False
    start = max(0, span.start - AROUND)
    place = Span(span.start - start, span.end - start)
    whole = chinese_words(simplified(page.text[start : span.end + AROUND]))
    return any(word.contains(place) and word != place for word in whole)


def is_gloss(context: Context, mention: Mention) -> bool:
    """Whether a name is all that stands in brackets, as a short form does beside its name: 大湾区理财通（理财通）."""
    text, span = context.document("source").text, mention.span
    opened = _OPENED.search(text, max(0, span.start - 8), span.start)
    return opened is not None and _CLOSED.match(text, span.end) is not None
