"""Where a text that is read as tokens is parted into clauses: after the tokens that are clause marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from bitext.model.documents import Language

Bytes = npt.NDArray[np.uint8]

FINE, COARSE = 3, 7
"""Least length of a clause, in tokens. By likelihood in cross-validation, where 2 or 4 and 5 or 10 are hardly worse."""
USUAL: Final = 6
"""Tokens of a clause whose length counts as 1."""

MARK, CLOSER, SPACE, DASH, QUOTE = 1, 2, 4, 8, 16
"""What a piece may be: a clause mark; something that closes what stands before; what begins a word after a space; a
dash; a closing quotation mark, which ends a clause in Chinese."""

_MARKS = frozenset(",;:.!?、。…—")
_CLOSERS = frozenset("”’」』）)\"'")
_WORD_START = "\u2581"


def table(pieces: Iterable[str]) -> Bytes:
    """The kinds of each piece, as bits."""
    return np.fromiter(map(_kinds, pieces), dtype=np.uint8)


def _kinds(piece: str) -> int:
    bare = piece.lstrip(_WORD_START)
    kinds = SPACE if piece.startswith(_WORD_START) else 0
    if not bare:
        return kinds
    signs = set(bare)
    if signs & _MARKS and signs <= _MARKS | _CLOSERS:
        kinds |= MARK
    if signs <= _CLOSERS and not kinds & SPACE:
        kinds |= CLOSER
    if bare in ("”", "」"):
        kinds |= QUOTE
    return kinds | (DASH if signs == {"—"} else 0)


def clauses(kinds: Sequence[int], language: Language, least: int) -> list[tuple[int, int]]:
    """The clauses of a text as ranges of its tokens, which they cover in order; `kinds` are those of its tokens.

    A clause of under `least` tokens takes in the next one, and one of under half of it goes with that before.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for end in (*_ends(kinds, language), len(kinds)):
        if found and (found[-1][1] - found[-1][0] < least or end - start < least // 2):
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
        start = end
    return found


def _ends(kinds: Sequence[int], language: Language) -> list[int]:
    """Where a mark, and what closes after it, is followed by more; in English by a new word, or after a dash."""
    chinese = language == "zh"
    ending = MARK | QUOTE if chinese else MARK
    following = ending | CLOSER
    found, place, count = [], 0, len(kinds)
    while place < count:
        if kinds[place] & ending:
            while place + 1 < count and kinds[place + 1] & following:
                place += 1
            if place + 1 < count and (chinese or kinds[place + 1] & SPACE or kinds[place] & DASH):
                found.append(place + 1)
        place += 1
    return found
