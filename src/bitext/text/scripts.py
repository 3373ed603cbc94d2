"""The script of a character: Han, Latin, digit or other.

Han takes in the extensions, the compatibility ideographs, radicals and 々〇; Latin takes in full-width letters.
`HAN_CLASS` and `LATIN_CLASS` are the insides of a character class for `re` ("[" + HAN_CLASS + "]").
"""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum
from functools import cache

from bitext.text.unicode_ranges import HAN, LATIN


class Script(StrEnum):
    """The script class of one character."""

    HAN = "han"
    LATIN = "latin"
    DIGIT = "digit"
    OTHER = "other"


def _char_class(ranges: tuple[tuple[int, int], ...]) -> str:
    return "".join(f"\\U{first:08X}-\\U{last:08X}" for first, last in ranges)


HAN_CLASS = _char_class(HAN)
LATIN_CLASS = _char_class(LATIN)

_RANGES = [(first, last, script) for script, rows in ((Script.HAN, HAN), (Script.LATIN, LATIN)) for first, last in rows]
# The code points at which the script changes; where two ranges touch, the later one's start wins.
_EDGES = sorted(({last + 1: Script.OTHER for _, last, _ in _RANGES} | {row[0]: row[2] for row in _RANGES}).items())


@cache
def script_of(character: str) -> Script:
    """The script class of one character. Decimal digits of any script, full-width ones too, are DIGIT."""
    if character.isdecimal():
        return Script.DIGIT
    index = bisect_right(_EDGES, ord(character), key=lambda edge: edge[0]) - 1
    return _EDGES[index][1] if index >= 0 else Script.OTHER


def is_han(character: str) -> bool:
    """Whether the character is a Chinese one."""
    return script_of(character) is Script.HAN


def is_latin(character: str) -> bool:
    """Whether the character is a Latin letter, of full width or with marks too."""
    return script_of(character) is Script.LATIN


def is_digit(character: str) -> bool:
    """Whether the character is a decimal digit, of full width too. 一 and 〇 are Han."""
    return script_of(character) is Script.DIGIT
