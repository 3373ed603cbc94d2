"""Folds away differences that matching should not see, and maps what was matched back to the text.

Match in `normalise(text).text`, report at `normalise(text).original(span)`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from bitext.model.documents import Span
from bitext.text.marks import DASHES, DOUBLE_QUOTES, IGNORABLES, SINGLE_QUOTES
from bitext.text.scripts import is_han

_ASCII_OR_NOT = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]+")
_MARKS = {
    **dict.fromkeys(DOUBLE_QUOTES, '"'),
    **dict.fromkeys(SINGLE_QUOTES, "'"),
    **dict.fromkeys(DASHES, "-"),
    **dict.fromkeys(IGNORABLES, ""),
}
# GB 2312 is a list of simplified characters, save for these that the mainland standard also keeps as variants. With
# them a text in GB 2312 is known to be simplified without loading the converter.
_TRADITIONAL_IN_GB2312 = frozenset("乾菸薹拚捱摺吒後徵夥榘於袷麴醣麽")

_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FFF
"""The block of the common Chinese characters."""


@dataclass(frozen=True, slots=True)
class Run:
    """From `start` of the normalised text on, characters come one by one from `origin` of the original on.

    `length` is how many original characters the run has; normalised ones beyond it belong to the last of them.
    """

    start: int
    origin: int
    length: int


@dataclass(frozen=True, slots=True)
class Normalised:
    """A folded text and where each of its characters came from. `runs` is empty where offsets are the same."""

    text: str
    runs: tuple[Run, ...] = ()

    def original(self, span: Span) -> Span:
        """The span of the original text that `span` of the normalised text came from.

        A character that folded to several is covered whole if one of them is.
        """
        if not self.runs:
            return span
        start = self._origin(span.start)
        return Span(start, self._origin(span.end - 1) + 1 if span.end > span.start else start)

    def _origin(self, offset: int) -> int:
        index = max(bisect_right(self.runs, offset, key=lambda run: run.start) - 1, 0)
        run = self.runs[index]
        return run.origin + min(offset - run.start, max(run.length - 1, 0))


def normalise(text: str, *, width: bool = True, case: bool = True, script: bool = True) -> Normalised:
    """Folds `text` for matching; each fold can be turned off, marks and white space are always folded.

    Width: full-width forms to half width, half-width kana to full. Case: Unicode case folding. Script: Traditional
    to Simplified, character by character (so 於 is 于 and 著 may be 着), compatibility ideographs to unified ones.
    Always: dashes and hyphens to "-", quotes to straight ones, every white space to " ", invisible characters away.
    """
    folding = _folding(width, case, script)
    # `translate` takes ASCII a hundred times faster than the rest, so the two are parted.
    folded = "".join([piece.translate(folding) for piece in _ASCII_OR_NOT.findall(text)])
    return Normalised(folded, () if text.isascii() else _runs(text, folding))


def folded(text: str) -> str:
    """The text of `normalise(text)`, for those who do not ask where its characters came from."""
    return text.translate(_folding(True, True, True))


def fold_character(character: str, width: bool = True, case: bool = True, script: bool = True) -> str:
    """What `normalise` makes of one character: none, one or several characters."""
    folded = _folding(width, case, script)[ord(character)]
    return folded if isinstance(folded, str) else chr(folded)


def simplified(text: str) -> str:
    """`text` with Simplified characters for Traditional ones, one for one: offsets hold. Nothing else is changed."""
    return text if text.isascii() else text.translate(_SIMPLE)


class _Simple(dict[int, int]):
    """The Simplified form of each character met so far, for `str.translate`."""

    def __missing__(self, code: int) -> int:
        character = chr(code)
        folded = _simplified(character) if is_han(character) else character
        self[code] = ord(folded) if len(folded) == 1 else code
        return self[code]


_SIMPLE = _Simple()


class _Folding(dict[int, int | str]):
    """The folding of each character met so far, for `str.translate`; one a process and combination of folds.

    A folding to one character is held as its code point, which `translate` takes twice as fast as a string.
    """

    def __init__(self, width: bool, case: bool, script: bool) -> None:
        super().__init__()
        self._folds = (width, case, script)
        self._changing: set[str] = set()

    def __missing__(self, code: int) -> int | str:
        character = chr(code)
        if _FIRST_HAN <= code <= _LAST_HAN and _is_simplified(character):
            self[code] = code  # what most characters of a Chinese text are; no fold concerns them
            return code
        folded = _fold(character, *self._folds)
        if len(folded) != 1:
            self._changing.add(character)
        self[code] = ord(folded) if len(folded) == 1 else folded
        return self[code]

    def changes(self, text: str) -> list[tuple[int, int]]:
        """Offset and folded length of each character of `text` that does not fold to exactly one."""
        lengths = {character: len(_fold(character, *self._folds)) for character in self._changing}
        found = re.finditer(f"[{re.escape(''.join(sorted(lengths)))}]", text) if lengths else ()
        return [(match.start(), lengths[match.group()]) for match in found]


@cache
def _folding(width: bool, case: bool, script: bool) -> _Folding:
    return _Folding(width, case, script)


def _fold(character: str, width: bool, case: bool, script: bool) -> str:
    if character.isspace():
        return " "
    if character in _MARKS:
        return _MARKS[character]
    if width and unicodedata.decomposition(character).startswith(("<wide>", "<narrow>")):
        character = unicodedata.normalize("NFKC", character)
    if script and is_han(character):
        character = _simplified(unicodedata.normalize("NFC", character))
    return character.casefold() if case else character


def _runs(text: str, folding: _Folding) -> tuple[Run, ...]:
    changes = folding.changes(text)
    if not changes:
        return ()
    runs: list[Run] = []
    start = origin = 0
    for offset, length in changes:
        if offset > origin:
            runs.append(Run(start, origin, offset - origin))
            start += offset - origin
        if length:
            runs.append(Run(start, offset, 1))
            start += length
        origin = offset + 1
    # One character longer than the text, so that the last run also answers for the offset at its very end.
    runs.append(Run(start, origin, len(text) - origin + 1))
    return tuple(runs)


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _converter() -> _Converter:
    from opencc import OpenCC  # 40 ms, and only Traditional text needs it

    converter: _Converter = OpenCC("t2s")
    return converter


def _simplified(character: str) -> str:
    return character if _is_simplified(character) else _converter().convert(character)


def _is_simplified(character: str) -> bool:
    return _in_gb2312(character) and character not in _TRADITIONAL_IN_GB2312


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
