"""Fits a term into the place of another: number, capitals and the article before it agree as they did."""

from __future__ import annotations

import re

from bitext.model.documents import Span
from bitext.text.words import is_plural, plural, singular

_ARTICLE = re.compile(r"\b(an?)( +[\"“‘']?)$", re.IGNORECASE)
_LONG_WORD = re.compile(r"(?<![A-Za-z'’])[a-z](?=[a-z]{3})")
_VOWEL_LETTERS = frozenset("AEFHILMNORSX")
_CONSONANT_START = re.compile(r"(?:uni(?!n|m)|use|usu|eu|one\b|ubi|uto)", re.IGNORECASE)
_VOWEL_START = re.compile(r"(?:[aeiou]|hour|honou?r|honest|heir)", re.IGNORECASE)


def fitted(surface: str, term: str, replacement: str, *, headline: bool = False) -> str:
    """`replacement` in the number and the capitals that `surface`, a form of `term`, has.

    In a headline the capitals of the surface are followed word by word; elsewhere only its first letter's.
    """
    new = _in_number(surface, term, replacement)
    letters = [character for character in surface if character.isalpha()]
    if len(letters) > 8 and all(character.isupper() for character in letters):
        return new.upper()
    if headline and all(word[0].isupper() for word in re.findall(r"[A-Za-z]{4,}", surface)):
        return re.sub(
            r"(?<![A-Za-z'’])[a-z](?=[a-z]{3})", lambda match: match.group().upper(), new[:1].upper() + new[1:]
        )
    if surface[:1].isupper() and term[:1].islower():
        return new[:1].upper() + new[1:]
    return new


def _in_number(surface: str, term: str, replacement: str) -> str:
    ours, theirs = _head(surface), _head(term)
    if ours.lower() == theirs.lower() or is_plural(ours) == is_plural(theirs):
        return replacement
    head = _head(replacement)
    if not head.isascii() or not head:
        return replacement
    if head.isupper():
        changed = f"{head}s" if is_plural(ours) else head
    else:
        changed = (plural if is_plural(ours) else singular)(head.lower())
        changed = head[0] + changed[1:] if head[:1].lower() == changed[:1] else changed
    place = replacement.find(head)
    return replacement[:place] + changed + replacement[place + len(head) :]


def _head(name: str) -> str:
    """The noun that takes the plural: the word before the first "of" or "for", else the last word."""
    before = re.split(r"\s(?:of|for|in|on|to|with|and)\s", name, maxsplit=1)[0]
    words = re.findall(r"[A-Za-z]+(?=(?:['’]s)?\b)", before)
    return words[-1] if words else ""


def starts_with_vowel_sound(name: str) -> bool:
    """Whether English says "an" before `name`; acronyms are spelt out."""
    first = re.match(r"[^A-Za-z\d]*([A-Za-z\d]+)", name)
    if first is None:
        return False
    word = first.group(1)
    if len(word) > 1 and word.isupper():
        return word[0] in _VOWEL_LETTERS
    if word[0].isdigit():
        return word.startswith(("8", "11", "18"))
    return _VOWEL_START.match(word) is not None and _CONSONANT_START.match(word) is None


def with_article(text: str, span: Span, replacement: str) -> tuple[Span, str]:
    """`span` and `replacement`, both taking in an "a" or "an" before them if that has to change, or a doubled "the"."""
    before = text[max(0, span.start - 8) : span.start]
    article = _ARTICLE.search(before)
    if article is not None:
        right = "an" if starts_with_vowel_sound(replacement) else "a"
        if right != article.group(1).lower():
            right = right.capitalize() if article.group(1)[0].isupper() else right
            start = span.start - len(article.group())
            return Span(start, span.end), right + article.group(2) + replacement
    if replacement.lower().startswith("the ") and re.search(r"\bthe $", before, re.IGNORECASE):
        return span, replacement[4:]
    return span, replacement
