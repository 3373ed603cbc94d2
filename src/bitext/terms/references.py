"""How English refers back to a name without repeating it: "the institute", "the company", "it"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bitext.text.words import FUNCTION_WORDS, content_words, singular, words

_LEGAL = frozenset({"co", "ltd", "limited", "inc", "corp", "llc", "corporation", "company", "plc", "group"})
_PRONOUNS = re.compile(
    r"\b(?:it|its|itself|they|their|them|theirs|themselves|both|which|whose|we|our|us|he|she|his|her|him|former|latter|"
    r"one|ones|those|this|these|that)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:we|our|ours|us|ourselves)\b", re.IGNORECASE)
_POINTERS = frozenset({"the", "this", "these", "that", "those", "its", "their", "our", "said", "such", "both", "each"})


def head_nouns(terms: Iterable[str]) -> frozenset[str]:
    """The nouns by which the bearers of English names are called: institute of "Institute of Technology".

    The word before the first "of", "for" or "in", else the last word; "company" where a legal form closes the name.
    """
    heads: set[str] = set()
    for term in terms:
        plain = re.sub(r"\([^)]*\)", " ", term)
        before = re.split(r"\b(?:of|for|in|on|to|at|by)\b", plain, maxsplit=1)[0]
        for part in (before, plain):
            content = content_words(part)
            if not content:
                continue
            if content[-1] in _LEGAL:
                heads |= {"company", "group", "firm", "corporation"}
            heads.add(content[-1])
    return frozenset(heads - {"co", "ltd", "inc", "corp", "llc", "plc"})


def refers_back(text: str, heads: frozenset[str]) -> bool:
    """Whether `text` has one of the nouns, at most two words after a word that points back.

    The noun must close its phrase ("the banking sector" is about a sector) and what stands between be no name.
    """
    pointer = -9
    rows = list(words(text))
    for index, (word, span) in enumerate(rows):
        low = word.lower()
        if low in _POINTERS:
            pointer = index
        elif index - pointer > 1 and rows[index - 1][0][:1].isupper():
            pointer = -9  # "the District Base" is another name, not a reference to the base
        elif index - pointer <= 3 and singular(re.sub(r"['’]s?$", "", low)) in heads:
            following = rows[index + 1] if index + 1 < len(rows) else None
            if following is None or _closes(text[span.end : following[1].start], following[0].lower()):
                return True
    return False


def _closes(gap: str, following: str) -> bool:
    """Whether a noun phrase ends before the word `following`: at a sign, a function word or what looks like a verb."""
    return bool(gap.strip()) or following in FUNCTION_WORDS or following.endswith(("ed", "s", "ly"))


def has_pronoun(text: str) -> bool:
    """Whether `text` has a pronoun that can stand for a name."""
    return _PRONOUNS.search(text) is not None


def speaks_for_itself(text: str) -> bool:
    """Whether `text` is in the first person plural, as when an institution reports on itself."""
    return _FIRST_PERSON.search(text) is not None
