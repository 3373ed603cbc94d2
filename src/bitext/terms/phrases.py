"""English phrases that look like names, found by their form alone, with a signature that their variants share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bitext.model.documents import Span
from bitext.text.words import FUNCTION_WORDS, singular

# Repeats are bounded, so that no text makes the search quadratic.
_CAPITAL = r"[A-Z][A-Za-z0-9’']{0,30}(?:-[A-Za-z0-9]{1,30}){0,4}"
_LINK = r"(?:of|for)(?: the)?"
_MORE = (
    rf" {_CAPITAL}",
    rf" \({_CAPITAL}\)(?= [A-Za-z])(?: [a-z]+)?",
    rf" {_LINK} {_CAPITAL}(?: {_CAPITAL}){{0,3}}(?: and {_CAPITAL})?",
)
_NAME = re.compile(rf"\b{_CAPITAL}(?:{'|'.join(_MORE)}){{1,6}}")
"""Capitalised words in a row, "of" and "for" among them, and a word in brackets inside them but not after them."""
_COMPOUND = re.compile(r"\b[A-Za-z]{3,30}-[A-Za-z]{3,30} [a-z]{4,30}\b")
_OF_BOTH = re.compile(r"\b[A-Za-z]{4,30} (?:of|between) [a-z]{3,30} (?:and|with) [a-z]{3,30}\b")
_QUOTED = re.compile(r"“([^“”\n]{4,60})”|\"([^\"\n]{4,60})\"")
_BRACKETS = re.compile(r"\([^()]*\)")
_ACRONYM = re.compile(r" ?\((?=[^)]{0,30}[A-Z][^)]{0,30}[A-Z])[A-Z][A-Za-z0-9-]{1,40}\)")
"""An acronym that the page introduces is no part of the wording."""
_WORD = re.compile(r"[A-Za-z0-9]+")
_POSTS = frozenset(
    (
        *("president", "vice", "deputy", "director", "secretary", "dean", "professor", "chairman", "chairwoman"),
        *("minister", "manager", "mayor", "head", "chief", "officer", "leader", "member", "general", "executive"),
        *("governor", "premier", "commissioner", "spokesman", "spokesperson", "ambassador", "doctor", "mr", "mrs"),
        *("ms", "dr", "prof", "reporter", "editor", "correspondent", "senator", "judge", "king", "queen", "prince"),
        *("captain", "coach"),
    )
)
"""Of people one says both "President of SZIIT" and "SZIIT President": no variants of a name."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase and where it stands. `signature`: its content words in the singular, sorted, less those in brackets.

    `wording` is the same in order and with what stands in brackets: two phrases are variants of each other if they
    share the signature and not the wording.
    """

    span: Span
    signature: tuple[str, ...]
    wording: tuple[str, ...]


def phrases(text: str) -> Iterator[Phrase]:
    """The phrases of `text` that may be names.

    These are capitalised or quoted, or of the shape of "school-enterprise cooperation" or "union of A and B". Of a name
    with an "of" what follows that comes too: in "Teachers of the Software School" only the latter is a name.
    """
    for pattern in (_NAME, _COMPOUND, _OF_BOTH, _QUOTED):
        for match in pattern.finditer(text):
            group = match.lastindex or 0
            surface, start = match.group(group), match.start(group)
            link = re.search(rf" {_LINK} ", surface) if pattern is _NAME else None
            parts = (
                [(surface, start)] if link is None else [(surface, start), (surface[link.end() :], start + link.end())]
            )
            yield from (phrase for part in parts if (phrase := _phrase(*part)) is not None)


def _phrase(surface: str, start: int) -> Phrase | None:
    words = list(_WORD.finditer(surface))
    while words and words[0].group().lower() in FUNCTION_WORDS:
        words.pop(0)
    while words and words[-1].group().lower() in FUNCTION_WORDS:
        words.pop()
    if not words:
        return None
    low, high = words[0].start(), words[-1].end() + (surface[words[-1].end() : words[-1].end() + 1] == ")")
    body = surface[low:high]
    plain = _content(_BRACKETS.sub(" ", body))
    if not 2 <= len(plain) <= 7 or _POSTS & {*plain} or len({*plain}) < len(plain):
        return None
    named = _ACRONYM.sub("", body)
    structured = len(plain) > 2 or named != _BRACKETS.sub("", named) or bool(re.search(r"\b(?:of|for)\b|-", body))
    signature = tuple(sorted(plain))
    return (
        Phrase(Span(start + low, start + high), signature, _content(named)) if structured or body[0].isupper() else None
    )


def _content(text: str) -> tuple[str, ...]:
    lowered = (word.lower() for word in _WORD.findall(text))
    return tuple(singular(word) for word in lowered if word not in FUNCTION_WORDS and len(word) > 1)
