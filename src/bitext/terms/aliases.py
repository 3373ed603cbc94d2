"""Short forms that a page makes for itself: "the Backing Portfolio (BP)" and, from there on, "the BP".

The glossary need not list them. Only a form whose letters the name has, given in brackets directly after the name, is
one: in "the Ascend Class (Shenzhen)" the brackets hold something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bitext.model.documents import Span
from bitext.terms.assign import Mention
from bitext.text.words import FUNCTION_WORDS

_BRACKETS = re.compile(
    r"(?:['’]s)?\s?[(（]\s?(?:(?:the|hereinafter|abbreviated as|or)\s){0,2}(?P<quote>[“\"‘'])?"
    r"(?P<form>[A-Z][A-Za-z0-9&/-]{1,11})[”\"’']?\s?[)）]"
)
_ACRONYM = re.compile(r"\s[(（][“\"]?(?P<form>[A-Z][A-Za-z&/-]{1,9})[”\"]?[)）]")
_INITIAL = re.compile(r"[A-Za-z]+")
_BEFORE = 100
"""Characters before an acronym that are looked through for its words."""
_FORM = re.compile(r"(?<![\w-])[A-Z][A-Za-z0-9&/-]{1,11}(?![\w])")


def expansions(text: str) -> dict[str, str]:
    """The acronyms that `text` introduces in brackets after the words whose initials they are, each with those words.

    The glossary need not know either: "climate risk stress test (CRST)". Of several introductions the first counts.
    """
    found: dict[str, str] = {}
    for match in _ACRONYM.finditer(text):
        letters = [letter for letter in _bare(match["form"]).lower() if letter.isalpha()]
        words = list(_INITIAL.finditer(text, max(0, match.start() - _BEFORE), match.start()))
        start = _spelt(letters, words)
        if start is not None and "\n" not in text[start : match.start()]:
            found.setdefault(_bare(match["form"]), text[start : match.start()].strip())
    return found


def _spelt(letters: list[str], words: Sequence[re.Match[str]]) -> int | None:
    """Where the words begin that end a text and whose initials are `letters`, small words passed over."""
    left = list(letters)
    for word in reversed(words):
        low = word.group().lower()
        if left and low[0] == left[-1]:
            left.pop()
            if not left:
                return word.start()
        elif low not in FUNCTION_WORDS:
            return None
    return None


def expanded(text: str, known: Mapping[str, str]) -> str:
    """`text` with the acronyms of `known`, in the plural too, written out."""
    return _FORM.sub(lambda match: known.get(_bare(match.group()), match.group()), text) if known else text


def first_uses(text: str) -> dict[str, int]:
    """Where each acronym of `text` stands first, introduced or not."""
    found: dict[str, int] = {}
    for match in _FORM.finditer(text):
        found.setdefault(_bare(match.group()), match.start())
    return found


def aliases(text: str, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Where `text` uses the short forms that it introduces after some of its `mentions`, in order.

    The places of the introductions themselves are left out: a name and its short form beside it are one mention. So is
    what a longer mention covers. A short form that the glossary has for something else may mean either.
    """
    known = sorted(mentions, key=lambda mention: mention.span)
    forms: dict[str, Mention] = {}
    introductions: set[int] = set()
    for mention in known:
        found = _BRACKETS.match(text, mention.span.end)
        if found is not None and _is_made_of(found["form"], _words(text, mention.span), bool(found["quote"])):
            introductions.add(found.start("form"))
            forms.setdefault(_bare(found["form"]), mention)
    if not forms:
        return ()
    rows = []
    for match in _FORM.finditer(text):
        mention_of = forms.get(_bare(match.group()))
        if mention_of is not None and match.start() not in introductions:
            span = Span(*match.span())
            rows.append(Mention(span, tuple(replace(one, span=span) for one in mention_of.occurrences)))
    return tuple(_outside(rows, known))


def _words(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _bare(form: str) -> str:
    """`form` in the singular: AIs as AI."""
    return form[:-1] if len(form) > 2 and form[-1] == "s" and form[-2].isupper() else form


def _is_made_of(form: str, name: str, quoted: bool) -> bool:
    """Whether an acronym's letters stand in `name` in their order, or a quoted word is one of its words."""
    if sum(map(str.isupper, form)) < 2:
        return quoted and form in name.split() and form != name
    letters = iter(name.lower())
    bare = [letter for letter in _bare(form).lower() if letter.isalnum()]
    return len(bare) < len(name) and name[:1].lower() == bare[0] and all(letter in letters for letter in bare)


def _outside(rows: Iterable[Mention], known: Sequence[Mention]) -> Iterable[Mention]:
    """The rows, in order, that no mention of `known`, in order too, overlaps but at the very same place."""
    index = 0
    for row in rows:
        while index < len(known) and known[index].span.end <= row.span.start:
            index += 1
        if index == len(known) or known[index].span == row.span or not known[index].span.overlaps(row.span):
            yield row
