"""Where a stop ends an English segment.

Policy:
- . ! ? and ellipses end a segment with the quotes, brackets and footnote marks that close after them, if what follows
  can begin a sentence. A lower-case word cannot after ? ! or closing quotes ("Go!" he said); a plain word before a
  full stop can end one before anything.
- Abbreviations, initials, numbers and names with stops are kept together by the word before and the word after.
- A stop without white space after it ends a segment only between a word and a capitalised word (practice.The next).
- : and ; end nothing. A number or letter that numbers a list item (1. a) iv.) belongs to it.
"""

from __future__ import annotations

import re

from bitext.segment import abbreviations as words
from bitext.segment.context import Candidate
from bitext.text.marks import ELLIPSES
from bitext.text.scripts import is_han

_NUMBERING = re.compile(r"[\W_]*(?:[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}|[A-Za-z]|[ivxlIVXL]{1,5})\Z")
_LAST_WORD = re.compile(r"[^\W_]+(?:[.&'’°-][^\W_]+)*°?\Z")
_FIRST_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]\Z")
_ADDRESS = re.compile(r"[/@\\_=]|www\.|:\S", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_ENDS_INSIDE = ",;:-–)]"


def ends_at_mark(place: Candidate) -> bool:
    """Whether a run with ! or ? ends the segment."""
    if place.attached:
        return _ends_attached(place)
    following = place.following
    if not following or following[0].isdigit():
        return True
    if following[0].islower():
        return False
    return not _is_marked_name(place)


def _is_marked_name(place: Candidate) -> bool:
    return not place.closed and last_word(place.before).lower() in words.MARKED_NAMES and place.run == "!"


def ends_at_ellipsis(place: Candidate) -> bool:
    """Whether ... or … ends the segment."""
    if place.attached:
        return place.attached.isupper() and first_word(place.following).lower() in words.STARTERS
    following = place.following
    return not following or not (following[0].islower() or following[0].isdigit() or following[0] in _ENDS_INSIDE)


def ends_at_period(place: Candidate) -> bool:
    """Whether a single full stop ends the segment."""
    if place.attached:
        return _ends_attached(place)
    following = place.following
    if not following:
        return True
    if following[0] in _ENDS_INSIDE and not place.after.lstrip()[0] in "-–":
        return False
    if place.closed:
        return not following[0].islower()
    if _NUMBERING.match(place.text[place.sentence : place.start]) if place.start - place.sentence < 14 else False:
        return False
    return _ends_after(last_word(place.before), place, following)


def _ends_after(word: str, place: Candidate, following: str) -> bool:
    """By the class of the word before the stop; `word` is what stands there, `following` what comes."""
    folded = word.lower()
    if folded in words.TITLES or folded in words.INNER:
        return False
    number = following[0].isdigit()
    if folded in words.BEFORE_NUMBER and (number or _names_a_part(following)):
        return False
    if following[0].islower():
        return _is_plain(word) and folded not in _MAY_CONTINUE
    starter = first_word(following).lower() in words.STARTERS and not following[1:2] == "."
    if _INITIALS.match(word) and not word.isdigit():
        return _ends_after_initial(word, place, following, starter)
    if folded in words.MONTHS_AND_DAYS or folded in words.NAME_ENDS:
        return starter and not number
    if folded in words.MEASURES:
        return not number
    return True


_MAY_CONTINUE = words.BEFORE_NUMBER | words.MONTHS_AND_DAYS | words.NAME_ENDS | words.MEASURES


def _ends_after_initial(word: str, place: Candidate, following: str, starter: bool) -> bool:
    if word.lower() in ("a.m", "p.m"):
        words_before = place.text[place.sentence : place.start].split(None, 5)
        return len(words_before) > 4 and first_word(following).lower() not in words.MONTHS_AND_DAYS
    if word == "I":
        previous = last_word(place.before[: -len(word)].rstrip())
        return previous[:1].islower()
    return starter


def _names_a_part(following: str) -> bool:
    word = first_word(following)
    return len(word) == 1 and word.isalpha() and word not in "AI" or bool(re.fullmatch("[IVXLC]+", word)) and word != "I"


def _is_plain(word: str) -> bool:
    """Whether the word is an ordinary one, which no stop abbreviates."""
    return len(word) > 3 and word.isalpha()


def _ends_attached(place: Candidate) -> bool:
    """A stop with no white space after it."""
    attached = place.attached
    if is_han(attached):
        return place.closed
    if not (attached.isupper() or attached in "“‘\"'([") or place.text[place.start] in ELLIPSES:
        return False
    following = first_word(place.following)
    word = last_word(place.before)
    if len(word) < 2 or len(following) > 1 and not following[1:].islower():
        return False
    token = _SPACES.split(place.before)[-1] + _SPACES.split(place.after)[0]
    if _ADDRESS.search(token):
        return False
    return word.islower() and word.isalpha() or following.lower() in words.STARTERS and "." not in word


def last_word(before: str) -> str:
    """The word that `before` ends with, with the stops inside it (U.S), or nothing."""
    piece = before[-24:]
    match = _LAST_WORD.search(piece)
    return match.group() if match else ""


def first_word(following: str) -> str:
    """The word that `following` begins with, or nothing."""
    match = _FIRST_WORD.match(following)
    return match.group() if match else ""
