"""Text that is built forward with the place of every character in the file carried along.

A piece is `(text, start, length)`: `text` was read from `length` characters of the file from offset `start` on. Where
`len(text) == length` it is the file's own text; otherwise it stands for something written differently (an entity).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TypeAlias
from unicodedata import east_asian_width

from bitext.errors import InputError
from bitext.model.documents import Block, BlockKind, Document, Language, OriginRun, Origins, Span
from bitext.model.findings import Message

Piece: TypeAlias = tuple[str, int, int]

_LINE_END = re.compile(r"\r\n?|\n")

_BREAKS = "\n\r\f\x0b\x1c\x1d\x1e\x85\u2028\u2029"
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
"""Soft hyphen, zero-width space, word joiner, stray byte order mark: editors leave them inside words."""

_TOKEN = re.compile(
    rf"(?P<plain>[^\s{_INVISIBLE}]++(?:[ \u00a0\u3000][^\s{_INVISIBLE}]++)*+)"
    rf"|(?P<space>[ \t{_BREAKS}]++)"
    rf"|(?P<invisible>[{_INVISIBLE}]++)"
    r"|(?P<wide>\s++)"
)


def line_starts(text: str) -> tuple[int, ...]:
    """The offsets at which the lines of `text` begin; CR LF, LF and CR end a line."""
    return (0, *(match.end() for match in _LINE_END.finditer(text)))


def is_wide(char: str) -> bool:
    """Whether `char` is wide in the sense of Unicode's East Asian Width (Han, kana, full-width marks)."""
    return east_asian_width(char) in "WF"


class Flow:
    """One line of running text as a browser would show it: white space collapsed, edges trimmed.

    A line break in the file becomes a space, or nothing between two wide characters (the segment break rule of CSS
    Text), so that a Chinese word broken over two lines of the file stays whole.
    """

    __slots__ = ("_breaks", "_gap", "pieces")

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._gap = -1
        self._breaks = False

    def feed(self, raw: str, start: int) -> None:
        """Take `raw`, the file's own text from offset `start` on."""
        for match in _TOKEN.finditer(raw):
            kind, text = match.lastgroup, match[0]
            if kind == "plain":
                self.put(text, start + match.start(), len(text))
            elif kind == "space":
                self.space(start + match.start(), any(char in _BREAKS for char in text))
            elif kind == "wide":
                self._wide(text, start + match.start())

    def put(self, text: str, start: int, length: int) -> None:
        """Take visible `text` that the file writes as `length` characters from `start` on."""
        self._close_gap(text[0])
        self.pieces.append((text, start, length))

    def reference(self, text: str, start: int, length: int) -> None:
        """Take `text` that the file writes as a character reference of `length` characters from `start` on."""
        if all(char in " \t" or char in _BREAKS for char in text):
            self.space(start, any(char in _BREAKS for char in text))
        elif any(char not in _INVISIBLE for char in text):
            self.put(text, start, length)

    def space(self, start: int, breaks: bool = False) -> None:
        """Take white space that stands at `start`; `breaks` when it holds a line break of the file."""
        if self._gap < 0:
            self._gap = start
            self._breaks = breaks
        else:
            self._breaks = self._breaks or breaks

    def force_space(self, start: int) -> None:
        """Take a break that is shown (`<br>`): a space between wide characters also."""
        self.space(start)
        self._breaks = False

    @property
    def last(self) -> str:
        """The last visible character, or nothing."""
        return self.pieces[-1][0][-1] if self.pieces else ""

    def finish(self) -> list[Piece]:
        """The pieces of the line without white space at its edges; the flow is empty afterwards."""
        pieces, self.pieces, self._gap, self._breaks = self.pieces, [], -1, False
        return _trimmed(pieces)

    def _wide(self, text: str, start: int) -> None:
        # No-break and ideographic spaces do not collapse, but other white space mixed with them does.
        for offset, char in enumerate(text):
            if char in " \t" or char in _BREAKS:
                self.space(start + offset, char in _BREAKS)
            else:
                self.put(char, start + offset, 1)

    def _close_gap(self, following: str) -> None:
        if self._gap < 0:
            return
        if self.pieces and not (self._breaks and is_wide(self.last) and is_wide(following)):
            self.pieces.append((" ", self._gap, 1))
        self._gap = -1
        self._breaks = False


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    # A piece is white space as a whole or has none at its edges.
    first, last = 0, len(pieces)
    while first < last and pieces[first][0].isspace():
        first += 1
    while last > first and pieces[last - 1][0].isspace():
        last -= 1
    return pieces[first:last]


def text_of(pieces: list[Piece]) -> str:
    """The text of `pieces`."""
    return "".join(piece[0] for piece in pieces)


class TextBuilder:
    """Puts blocks together to a Document: blocks parted by one line break each, origins of all characters kept."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._runs: list[OriginRun] = []
        self._blocks: list[Block] = []
        self._length = 0
        self._joinable = False

    def block(self, pieces: list[Piece], kind: BlockKind, anchor: str = "", language: Language | None = None) -> None:
        """Append a block; one without text is left out."""
        if not pieces:
            return
        if self._blocks:
            self._parts.append("\n")
            self._length += 1
        start = self._length
        self._joinable = False
        for text, file_start, file_length in pieces:
            self._append(text, file_start, file_length)
        self._blocks.append(Block(Span(start, self._length), kind, anchor, language))

    def _append(self, text: str, file_start: int, file_length: int) -> None:
        plain = len(text) == file_length
        last = self._runs[-1] if self._runs else None
        if self._joinable and plain and last and last.file_start + last.file_length == file_start:
            self._runs[-1] = OriginRun(last.text_start, last.file_start, last.file_length + file_length)
        else:
            self._runs.append(OriginRun(self._length, file_start, file_length))
        self._joinable = plain
        self._parts.append(text)
        self._length += len(text)

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def document(self, source: str, path: str, language: Language, date: str = "") -> Document:
        """The document; `source` is the decoded file. Raises InputError when there is no text at all."""
        if not self._blocks:
            raise InputError(Message.of("formats.document.no-text"), path)
        origins = Origins(tuple(self._runs), line_starts(source))
        return Document(path, language, self.text, tuple(self._blocks), origins, date)


def lines_with_offsets(text: str) -> list[tuple[str, int]]:
    """The lines of `text` without their ends, each with its offset."""
    starts = (*line_starts(text), len(text))
    return [(text[start:end].rstrip("\r\n"), start) for start, end in pairwise(starts)]
