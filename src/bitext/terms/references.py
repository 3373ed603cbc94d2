"""How English refers back to a name without repeating it: "the institute", "the company", "it"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bitext.model.documents import Span
from bitext.text.words import FUNCTION_WORDS, content_words, singular, words

_LEGAL = frozenset({"co", "ltd", "limited", "inc", "corp", "llc", "corporation", "company", "plc", "group"})
_PRONOUNS = re.compile(
    r"\b(?:it|its|itself|they|their|them|theirs|themselves|both|which|whose|we|our|us|he|she|his|her|him|former|latter|"
    r"one|ones|those|this|these|that)\b",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"\b(?:it|its|itself|they|their|them|theirs|themselves|both|we|our|us|he|she|his|her|him)\b"
    r"|\b(?:this|these|those|one|ones|former|latter)\b(?=\s*[,.;:)]|\s+(?:is|are|was|were|has|have|had|will|would|can|may)\b)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"[\s,)）]*(?:which|who|whose|whom|where)\b", re.IGNORECASE)
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
        elif low in FUNCTION_WORDS or _parted(text, rows[index - 1 : index + 1]):
            pointer = -9  # "the board, under its authority" does not say "the authority"
        elif index - pointer > 1 and rows[index - 1][0][:1].isupper():
            pointer = -9  # "the District Base" is another name, not a reference to the base
        elif index - pointer <= 3 and singular(re.sub(r"['’]s?$", "", low)) in heads:
            following = rows[index + 1] if index + 1 < len(rows) else None
            if _another_name(text, rows, index):
                pointer = -9  # "the School of Software" is not the school that was named
            elif following is None or _closes(text[span.end : following[1].start], following[0].lower()):
                return True
    return False


def _parted(text: str, pair: list[tuple[str, Span]]) -> bool:
    """Whether a comma, a stop or a bracket stands between two words."""
    return len(pair) == 2 and any(sign in ",.;:()" for sign in text[pair[0][1].end : pair[1][1].start])


def _another_name(text: str, rows: list[tuple[str, Span]], index: int) -> bool:
    """Whether a noun with a capital begins a name of its own: "School of Software"."""
    head, rest = rows[index][0], rows[index + 1 : index + 4]
    if not head[0].isupper() or len(rest) < 2 or rest[0][0] not in ("of", "for"):
        return False
    name = next((word for word, _ in rest[1:] if word.lower() not in FUNCTION_WORDS), "")
    return name[:1].isupper() and not _parted(text, rows[index : index + 2])


def _closes(gap: str, following: str) -> bool:
    """Whether a noun phrase ends before the word `following`: at a sign, a function word or what looks like a verb."""
    return bool(gap.strip()) or following in FUNCTION_WORDS or following.endswith(("ed", "s", "ly"))


def has_pronoun(text: str, *, named_before: bool = False) -> bool:
    """Whether `text` has a pronoun that can stand for a name; for one of the sentence before, if it was `named_before`.

    A relative pronoun, and "this" and the like before a noun, do not go back across a stop.
    """
    return (_PERSONAL if named_before else _PRONOUNS).search(text) is not None


def goes_on(text: str) -> bool:
    """Whether `text`, which follows a name, begins with a relative pronoun."""
    return _RELATIVE.match(text) is not None


def speaks_for_itself(text: str) -> bool:
    """Whether `text` is in the first person plural, as when an institution reports on itself."""
    return _FIRST_PERSON.search(text) is not None
