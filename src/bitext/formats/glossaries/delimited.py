"""Comma-, semicolon- and tab-separated values with the place of every field (RFC 4180 as spreadsheets write it)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bitext.errors import InputError
from bitext.formats.carried import line_starts
from bitext.formats.frames import frame_at
from bitext.model.findings import Message

_DELIMITERS = ",;\t，；"
_LINE_END = re.compile(r"\r\n?|\n")
_LINE_ENDS = re.compile(r"[\r\n]++")
_COMMENT = re.compile(r"#[ \u3000][^\r\n]*+")
"""A comment: a sign and a gap. `#hashtag` may be a term; alone in its row it is a comment too."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its value, and where it stands: line and column from 1, and its length in the file's characters.

    `end` is the line and column after it, which may be some lines below.
    """

    value: str
    line: int
    column: int
    length: int
    end: tuple[int, int]


Record = tuple[Field, ...]


def delimiter_of(text: str) -> str:
    """The delimiter that the first line uses most outside quotes, blank lines and comments apart; else a comma."""
    lines = _LINE_END.split(text[:10_000])
    first = next((line for line in lines if line.strip() and not _COMMENT.match(line)), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max(_DELIMITERS, key=bare.count)


class Reader:
    """Reads the records of `text` one after the other."""

    def __init__(self, text: str, path: str, delimiter: str) -> None:
        self._text = text
        self._path = path
        self._delimiter = delimiter
        self._starts = line_starts(text)
        self._line = 1
        self._bare = re.compile(rf"[^{re.escape(delimiter)}\r\n]*+")
        self._quoted = re.compile(r'"((?:[^"]|"")*+)"')

    def records(self) -> Iterator[Record]:
        """The records, blank ones and comments apart.

        Raises InputError for a quote that is not closed or not at the edges.
        """
        position = 0
        while (position := self._after_blank_lines(position)) < len(self._text):
            fields: list[Field] = []
            while True:
                field, position = self._field(position)
                fields.append(field)
                if position >= len(self._text) or self._text[position] != self._delimiter:
                    break
                position += 1
            end = _LINE_END.match(self._text, position)
            position = end.end() if end else len(self._text)
            filled = [field for field in fields if field.value]
            # A quoted field is longer than its value.
            note = len(filled) == 1 and filled[0].value.startswith("#") and filled[0].length == len(filled[0].value)
            if filled and not note:
                yield tuple(fields)

    def _after_blank_lines(self, position: int) -> int:
        while True:
            skipped = _LINE_ENDS.match(self._text, position) or _COMMENT.match(self._text, position)
            if skipped is None or skipped.end() == position:
                return position
            position = skipped.end()

    def _field(self, start: int) -> tuple[Field, int]:
        bare = self._bare.match(self._text, start)
        raw = bare[0] if bare else ""
        if raw.lstrip(" ").startswith('"'):
            return self._quoted_field(start + len(raw) - len(raw.lstrip(" ")))
        lead = len(raw) - len(raw.lstrip())
        line, column = self._place(start + lead)
        value = raw.strip()
        return Field(value, line, column, len(value), (line, column + len(value))), start + len(raw)

    def _quoted_field(self, start: int) -> tuple[Field, int]:
        line, column = self._place(start)
        quoted = self._quoted.match(self._text, start)
        if quoted is None:
            raise InputError(
                Message.of("glossary.csv.unclosed-quote"),
                self._path,
                line,
                column,
                frame_at(self._text, line, column, 1),
            )
        after = self._bare.match(self._text, quoted.end())
        rest = after[0] if after else ""
        if rest.strip():
            line, column = self._place(quoted.end())
            frame = frame_at(self._text, line, column, len(rest.rstrip()))
            raise InputError(Message.of("glossary.csv.text-after-quote"), self._path, line, column, frame)
        value = quoted[1].replace('""', '"').strip()
        end = self._place(quoted.end())
        return Field(value, line, column, len(quoted[0]), end), quoted.end() + len(rest)

    def _place(self, offset: int) -> tuple[int, int]:
        # Offsets come in order, so the line only ever moves on.
        while self._line < len(self._starts) and self._starts[self._line] <= offset:
            self._line += 1
        return self._line, offset - self._starts[self._line - 1] + 1
