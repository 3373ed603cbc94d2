"""What each segment has of length and of marks, counted once for all segments of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_letters
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from bitext.align.features.arrays import distinct
from bitext.align.features.lexicon import Lexicon
from bitext.align.features.text import MARK, chinese_words, joined, marked_text
from bitext.align.sides import Side, Sides

Array: TypeAlias = npt.NDArray[np.float32]
Ints: TypeAlias = npt.NDArray[np.int64]

STOP, QUESTION, EXCLAMATION, ELLIPSIS, COLON, CLAUSE, NONE = range(7)
"""How a segment may end."""
_OPENERS, _CLOSERS = "“\"「『‘'", "”\"」』’'"
_QUOTES: Final = '“"「『'
_SPACES: Final = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
_ENDING: Final = f"。！？…!?.;；:：,，—-\"”’」』）)》'{_SPACES}"
"""What may stand behind the last word of a segment."""
_TAIL: Final = 12
"""Characters at the end of a segment that are looked at."""
_CLAUSE_MARKS: Final = "，、；：。！？…", ",;:.!?—"
"""What ends a clause in Chinese and in English."""
_LETTER, _FIGURE = 1, 2
_KINDS: Final = np.array(
    [_LETTER if chr(c) in f"{ascii_letters}'" else _FIGURE * chr(c).isdecimal() for c in range(128)], dtype=np.int8
)


@dataclass(frozen=True, slots=True)
class Facts:
    """Of each segment of one side: letters, words and clause marks; how it ends; its questions and exclamations;
    whether quotes open it, close it and occur in it."""

    letters: Array
    words: Array
    clauses: Array
    marks: Ints

    def of(self, index: Ints) -> Facts:
        """The facts of the segments `index`, in that order."""
        return Facts(self.letters[index], self.words[index], self.clauses[index], self.marks[:, index])


def facts(sides: Sides, lexicon: Lexicon) -> tuple[Facts, Facts]:
    """The facts of both sides of a batch."""
    source, target = sides.source.texts, sides.target.texts
    chinese = np.bincount(chinese_words(joined(source), lexicon).segment, minlength=len(source))
    return _facts(sides.source, chinese, _CLAUSE_MARKS[0]), _facts(sides.target, _words(target), _CLAUSE_MARKS[1])


def _facts(side: Side, words: Ints, clause_marks: str) -> Facts:
    clauses = [sum(map(text.count, clause_marks)) for text in side.texts]
    marks = np.array([_marks(text) for text in side.texts], dtype=np.int64).reshape(-1, 6).T
    return Facts(letters(side), _counted(words), _counted(clauses), marks)


def _counted(numbers: Sequence[int] | Ints) -> Array:
    return np.array(numbers, dtype=np.float32) + np.float32(0.5)


def letters(side: Side) -> Array:
    """The length of each segment without its spaces (no-break spaces, tabs and the like count)."""
    return np.array([len(text) - text.count(" ") for text in side.texts], dtype=np.float32)


def _words(texts: tuple[str, ...]) -> Ints:
    """Runs of Latin letters and apostrophes, and of figures, in each text."""
    text = marked_text(texts)
    if not text:
        return np.zeros(0, dtype=np.int64)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds = np.where(codes < len(_KINDS), _KINDS[np.minimum(codes, len(_KINDS) - 1)], np.int8(0))
    for code in [] if text.isascii() else distinct(codes[codes >= len(_KINDS)].astype(np.int64)).tolist():
        if chr(code).isdecimal():
            kinds[codes == code] = _FIGURE
    begins = (kinds > 0) & (np.diff(kinds, prepend=np.int8(0)) != 0)
    out: Ints = np.add.reduceat(begins, np.flatnonzero(codes == ord(MARK)), dtype=np.int64)
    return out


def _marks(text: str) -> tuple[int, int, int, bool, bool, bool]:
    """The kind of end, numbers of questions and exclamations, whether quotes open, close and occur."""
    end = text[-_TAIL:]
    questions, exclamations = text.count("?") + text.count("？"), text.count("!") + text.count("！")
    quoted = any(mark in text for mark in _QUOTES)
    return _end(end[len(end.rstrip(_ENDING)) :]), questions, exclamations, *_quotes(text[:1], text[-1:]), quoted


def _quotes(first: str, last: str) -> tuple[bool, bool]:
    return first in _OPENERS, last in _CLOSERS


@lru_cache(maxsize=65536)
def _end(tail: str) -> int:
    """The kind of end that a segment with these signs behind its last word has."""
    if "?" in tail or "？" in tail:
        return QUESTION
    if "!" in tail or "！" in tail:
        return EXCLAMATION
    if "…" in tail or "..." in tail:
        return ELLIPSIS
    last = tail.rstrip(_CLOSERS + "）)》 \n")[-1:]
    return {"": NONE, ".": STOP, "。": STOP, ":": COLON, "：": COLON}.get(last, CLAUSE)
