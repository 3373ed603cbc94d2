"""Parts a block that is a list run together (• one • two, 1) One 2) Two) into its items."""

from __future__ import annotations

import re

from bitext.segment.abbreviations import PARTS
from bitext.text.marks import CLAUSE_STOPS, CLOSERS, SENTENCE_STOPS
from bitext.text.scripts import HAN_CLASS

_BULLETS = "•◦▪■●◆⁃‣◇►▶"
_BULLET = re.compile(rf"\s*([{_BULLETS}])")
_FIRST = re.compile(rf"\s*(1|a)(\.\)|\.|\))\s+[A-Z{HAN_CLASS}]")
_MARKER = re.compile(rf"(?<=\s)([0-9]{{1,3}}|[a-z])(\.\)|\.|\))(?=\s+[A-Z{HAN_CLASS}])")
_LINE_MARKER = re.compile(
    rf"\n[ \t\u3000]*(?:[{_BULLETS}*-][ \t]|[0-9]{{1,2}}(?:\.\)|[.．)）])(?=[ \t{HAN_CLASS}])|[0-9]{{1,2}}、"
    r"|[(（][0-9一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、)"
)
_WORD_BEFORE = 16
# A line that its writer broke at the margin is longer than this; what follows it may be a number that is no marker.
_SHORT_LINE = 50
_LINE_ENDS = SENTENCE_STOPS + CLAUSE_STOPS + CLOSERS


def starts_item(text: str, line_break: int) -> bool:
    """Whether the line after `line_break` begins with a list marker and the one before it is whole."""
    if not _LINE_MARKER.match(text, line_break):
        return False
    before = text[max(line_break - _SHORT_LINE, 0) : line_break].rstrip()
    return line_break < _SHORT_LINE or "\n" in before or before[-1:] in _LINE_ENDS


def item_starts(text: str) -> list[int]:
    """The offsets at which items after the first begin; none where the text does not begin with a list marker.

    Numbers must count on from 1 or a in one style; a number that follows such a word as "section" is none.
    """
    bullet = _BULLET.match(text)
    if bullet:
        return [
            match.start() for match in re.finditer(rf"(?<=\s){bullet.group(1)}", text) if match.start() > bullet.end()
        ]
    first = _FIRST.match(text)
    return _numbered(text, first.group(1), first.group(2)) if first else []


def _numbered(text: str, number: str, style: str) -> list[int]:
    starts: list[int] = []
    for match in _MARKER.finditer(text):
        if match.group(2) == style and match.group(1) == _next(number) and not _follows_part(text, match.start()):
            starts.append(match.start())
            number = match.group(1)
    return starts


def _next(number: str) -> str:
    return str(int(number) + 1) if number.isdigit() else chr(ord(number) + 1)


def _follows_part(text: str, at: int) -> bool:
    before = text[max(at - _WORD_BEFORE, 0) : at].split()
    return bool(before) and before[-1].lower() in PARTS
