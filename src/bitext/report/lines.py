"""Lines of styled text: what a screen can show, and how words are wrapped by terminal cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bitext.model.documents import Span
from bitext.text.display import ELLIPSIS, cell_width, shorten
from bitext.text.scripts import HAN_CLASS

Style: TypeAlias = Literal["", "strong", "dim", "error", "warning", "info"]
Line: TypeAlias = tuple[tuple[str, Style], ...]
"""Stretches of text, each with its style. A line holds no line break."""

_PLAIN = {"…": "...", "·": "-", "→": "->", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "--"}
_WIDE = f"{HAN_CLASS}\u3000-\u303f\uff00-\uffef"
_CLOSERS = "，。、；：？！）》」』】”’"
# A word, or one wide character; closing marks stay with what they close, so that no line begins with one.
_PIECES = re.compile(rf" +|(?:[{_WIDE}]|[^ {_WIDE}]+)[{_CLOSERS}]*")
_LONGEST_PIECE = 24
_CUT_START = re.compile(rf"{ELLIPSIS} (?:[!-~]{{0,{_LONGEST_PIECE}}} )")
_CUT_END = re.compile(rf" [!-~]* {ELLIPSIS}$")


@dataclass(frozen=True, slots=True)
class Screen:
    """What is written to: its width in terminal cells and the character set that it can show."""

    width: int = 100
    encoding: str = "utf-8"

    def shown(self, text: str) -> str:
        """`text` as this screen can show it: one line, nothing that steers a terminal, escapes for what it lacks.

        A few typographic signs have a plain form, which is used where the screen lacks them.
        """
        safe = text if text.isprintable() else "".join(map(harmless, text))
        try:
            safe.encode(self.encoding)
        except UnicodeEncodeError:
            return "".join(map(self._encodable, safe))
        return safe

    def _encodable(self, character: str) -> str:
        try:
            character.encode(self.encoding)
        except UnicodeEncodeError:
            return _PLAIN.get(character) or character.encode("ascii", "backslashreplace").decode("ascii")
        return character

    def quoted(self, text: str, span: Span, indent: int) -> tuple[Line, ...]:
        """`text` cut to one line around the words of `span`, and carets under them unless they are all or nothing."""
        everything = len(span) == len(text)
        short, span = shorten(text, span, max(self.width - indent, 20))
        before, words, after = (
            self.shown(part)
            for part in (from_word(short[: span.start]), short[span.start : span.end], to_word(short[span.end :]))
        )
        margin = " " * indent
        line: Line = ((margin + before, ""), (words, "strong"), (after, ""))
        if not words or everything:
            return (line,)
        return line, ((margin + " " * cell_width(before), ""), ("^" * max(cell_width(words), 1), "error"))

    def wrapped(self, text: str, indent: int = 0) -> list[str]:
        """`text` in lines of this screen's width, each after `indent` spaces; words and paths are never cut."""
        lines, room = [""], max(self.width - indent, 20)
        for piece in _PIECES.findall(self.shown(text)):
            if cell_width(lines[-1]) + cell_width(piece) > room and lines[-1] and not piece.isspace():
                lines.append("")
            lines[-1] += piece if lines[-1] else piece.lstrip()
        return [(" " * indent + line).rstrip() for line in lines]


def from_word(before: str) -> str:
    """`before` without the piece of a word that a cut left at its start."""
    match = _CUT_START.match(before)
    return before if match is None else f"{ELLIPSIS} {before[match.end() :]}"


def to_word(after: str) -> str:
    """`after` without the piece of a word that a cut left at its end."""
    tail = after[-_LONGEST_PIECE:]
    match = _CUT_END.search(tail)
    return after if match is None else f"{after[: len(after) - len(tail) + match.start()]} {ELLIPSIS}"


def harmless(character: str) -> str:
    """`character` as it may be shown: a space for one that breaks lines or steers, nothing for one that is unseen."""
    # A page must not steer the reader's terminal: no escape sequences, no signs that turn the direction of writing.
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    return " " if category in {"Cc", "Zl", "Zp", "Cs"} else character


def plain(lines: Iterable[Line]) -> str:
    """The text of `lines` without style, no line ending in spaces, each with its line feed."""
    return "".join("".join(text for text, _ in line).rstrip() + "\n" for line in lines)
