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
from bitext.text.scripts import is_han

_NUMBERING = re.compile(r"[\W_]*(?:[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}|[A-Za-z]|[ivxlIVXL]{1,5})\Z")
_LETTERS = r"(?:[^\W_]|[\u0300-\u036f])++"
# Read from right to left, so that one match finds it.
_LAST_WORD = re.compile(rf"°?{_LETTERS}(?:[.&'’°/-]{_LETTERS})*+")
_FIRST_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]\Z")
_ADDRESS = re.compile(r"[/@\\_=]|www\.|:\S", re.IGNORECASE)
# A and I are words of their own too often to be counted.
_PART = re.compile(r"(?:[B-HJ-Z]|[IVXLC]{2,})\b(?!['’.])")
_TITLE = re.compile(r"[A-Z][a-z]{1,4}\.|[^\W\d_]+(?:[-'’][^\W\d_]+)+")
_ALWAYS_CAPITAL = ("I", "I'm", "I'd", "I've", "I'll", "I’m", "I’d", "I’ve", "I’ll")
_LONGEST_WORD = 24
_VOWEL = re.compile("[aeiouy]", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_ENDS_INSIDE = ",;:-–)]"


def ends_at_mark(place: Candidate) -> bool:
    """Whether a run with ! or ? ends the segment."""
    if place.attached:
        return _ends_attached(place)
    following = place.following
    if not following or following[0].isdigit():
        return True
    if _is_lower(following):
        # One ! in a sentence is an outcry (Oh! what a day) or a name (Yahoo!) more often than an end.
        return not place.closed and "?" in place.run and _many_words(place) and not _ties_to_speaker(place)
    return not _is_marked_name(place) and not (place.closed and _ties_to_speaker(place))


def ends_at_ellipsis(place: Candidate) -> bool:
    """Whether ... or … ends the segment."""
    following = place.following
    if place.attached:
        return place.attached.isupper() and following[1:2].islower() and not _stammers(place)
    if not following:
        return True
    if _is_lower(following) or following[0].isdigit() or following[0] in _ENDS_INSIDE:
        return False
    # Three spaced dots stand for words left out; with the stop of the sentence they are four.
    if place.run == ". . ." and place.before[-1:].isspace() and first_word(following) in _ALWAYS_CAPITAL:
        return False
    return not _stammers(place) and not (place.closed and _ties_to_speaker(place))


def ends_at_period(place: Candidate) -> bool:
    """Whether a single full stop ends the segment."""
    if _is_numbering(place):
        return False
    if place.attached:
        return _ends_attached(place)
    following = place.following
    if not following:
        return True
    if following[0] in _ENDS_INSIDE and following[0] not in "-–":
        return False
    if place.closed:
        if _is_abbreviated(last_word(place.before)):
            starts = first_word(following).lower() in words.STARTERS and following[0].isupper()
            return starts or place.after.lstrip()[0] in "\"'“‘"
        return not (_is_lower(following) or _ties_to_speaker(place))
    return _ends_after(last_word(place.before), place, following)


def _is_lower(following: str) -> bool:
    """Whether what follows begins with a small letter, after a dash too: "Go!" — he said."""
    return following.lstrip("-–— ")[:1].islower()


def _is_numbering(place: Candidate) -> bool:
    """Whether the run belongs to the number of a list item, at the beginning of a segment."""
    return place.start - place.sentence < 14 and bool(_NUMBERING.match(place.opening))


def _many_words(place: Candidate) -> bool:
    return len(place.opening.split(None, 4)) > 3


def _is_marked_name(place: Candidate) -> bool:
    named = not place.closed and place.run == "!" and last_word(place.before) in words.MARKED_NAMES
    return named and first_word(place.following).lower() not in words.STARTERS


def _ties_to_speaker(place: Candidate) -> bool:
    """Whether what follows a quotation is no more than its speaker: Mr. Li said. Wang Miao asked softly, ..."""
    early = place.after.split(None, 6)[:6]
    for index, word in enumerate(early[:5]):
        if index and word.rstrip(".,;") in words.SPEECH:
            return any(word[-1] in ".,;" for word in early[index : index + 2])
        if not (word.isalpha() or _TITLE.fullmatch(word)) or not (index == 0 or word[0].isupper()):
            return False
    return False


def _stammers(place: Candidate) -> bool:
    """Whether the words around an ellipsis are the same: I... I can't."""
    word = last_word(place.before).lower()
    return bool(word) and first_word(place.following).lower().startswith(word)


def _ends_after(word: str, place: Candidate, following: str) -> bool:
    """By the class of the word before the stop; `word` is what stands there, `following` what comes."""
    folded = word.lower()
    if _goes_on(word, folded):
        return False
    number = following[0].isdigit()
    numbered = folded in words.BEFORE_NUMBER or word in words.PARTS_OF_TEXTS
    if numbered and (number or _PART.match(following)):
        return False
    first = first_word(following)
    if following[0].islower():
        return _is_plain(word, first) and folded not in _MAY_CONTINUE and word not in _CAPITALS_THAT_MAY_END
    starter = first.lower() in words.STARTERS and following[1:2] != "."
    if _INITIALS.match(word) and not word.isdigit():
        return _ends_after_initial(word, place, first, starter)
    if (folded in words.NAME_ENDS and word not in _ACRONYMS) or word in _CAPITALS_THAT_MAY_END:
        return starter and not number
    return not (folded in words.MEASURES and number)


_MAY_CONTINUE = words.BEFORE_NUMBER | words.NAME_ENDS | words.MEASURES
_CAPITALS_THAT_MAY_END = words.MONTHS_AND_DAYS | words.STATES
# In capitals these are names of their own.
_ACRONYMS = ("FT", "AL", "AV", "ST")
_NEVER_END = words.INNER | words.TITLES


def _goes_on(word: str, folded: str) -> bool:
    """Whether `word` is an abbreviation that always has more behind it."""
    if word.isupper() and len(word) > 1:
        return word.capitalize() in words.TITLES or word in words.INNER
    return word in _NEVER_END or folded in words.ADDRESSES or (folded in words.INNER and not word.isupper())


def _is_abbreviated(word: str) -> bool:
    """Whether the stop after `word` is a part of it, whatever else it is."""
    dotted = "." in word and not word[-1].isdigit()
    return dotted or _goes_on(word, word.lower()) or word.lower() in words.NAME_ENDS


def _ends_after_initial(word: str, place: Candidate, first: str, starter: bool) -> bool:
    if word.lower() in ("a.m", "p.m"):
        return _many_words(place) and bool(first) and first.lower() not in words.TIME_ZONES
    previous = last_word(place.before[: -len(word)].rstrip())
    if word == "I":
        return previous[:1].islower()
    return starter or (len(word) == 1 and previous.lower() in words.LETTERED)


def _is_plain(word: str, first: str) -> bool:
    """Whether the word is an ordinary one, which no stop abbreviates; a short one, if `first` begins sentences."""
    starts = first in words.STARTERS
    if not (_VOWEL.search(word) and word.isalpha()):
        return word.isdigit() and starts
    return len(word) > 3 or (len(word) == 3 and starts)


def _ends_attached(place: Candidate) -> bool:
    """Whether a stop with no white space after it ends the segment."""
    attached = place.attached
    if is_han(attached):
        return place.closed
    if not (attached.isupper() or attached in "“‘\"'(["):
        return False
    following = first_word(place.following)
    word = last_word(place.before)
    if not following[:1].isupper() or (len(following) > 1 and not following[1:].islower()):
        return False
    token = _SPACES.split(place.before)[-1] + place.run + _SPACES.split(place.after)[0]
    if _ADDRESS.search(token):
        return False
    starter = len(following) > 1 and following.lower() in words.STARTERS
    if word.isdigit():
        return starter
    return len(word) > 1 and word.isalpha() and (word.islower() or starter)


def last_word(before: str) -> str:
    """The word that `before` ends with, with the stops inside it (U.S), or nothing."""
    match = _LAST_WORD.match(before[: -_LONGEST_WORD - 1 : -1])
    return match.group()[::-1] if match else ""


def first_word(following: str) -> str:
    """The word that `following` begins with, or nothing."""
    match = _FIRST_WORD.match(following)
    return match.group() if match else ""
