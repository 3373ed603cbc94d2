"""Records of tab-, comma- and semicolon-separated values as a stream, every cell with its place.

Cells are quoted as RFC 4180 has it and spreadsheets do. People's tab-separated files often are not quoted at all, so a
quote there is a mark of quotation unless the cell is closed as a quoted one is.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bitext.formats.bitexts.lines import Line, error_at
from bitext.model.documents import OriginRun
from bitext.model.findings import Message

LONGEST_RECORD = 1_000_000
"""Characters of one record."""
_LOOKAHEAD = 30
"""Lines that one cell of a file without sure quoting may run over."""

_CLOSE = re.compile(r'(?:[^"]++|"")*+(")?+')


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `runs` map offsets of `text` to the decoded file; `quoted` tells an empty text from none."""

    text: str
    runs: tuple[OriginRun, ...]
    quoted: bool


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one row, and the line that it begins on."""

    cells: tuple[Cell, ...]
    line: int


def delimiter_of(line: str) -> str:
    """The delimiter that `line` uses most outside quotes; a comma where it has none."""
    bare = re.sub(r'"[^"]*"', "", line[:10_000])
    return max(",;\t", key=bare.count)


class Records:
    """The records of `lines` that are not blank, one after the other.

    With `sure` quoting a cell that begins with a quote must be closed by one: InputError says where one is not.
    Without, such a cell is taken as it stands where reading it as quoted leaves the row wrong. `places` asks for runs.
    """

    def __init__(self, lines: Iterator[Line], path: str, delimiter: str, *, sure: bool, places: bool) -> None:
        self.sure = sure
        self.width = 0
        self._lines = lines
        self._back: deque[Line] = deque()
        self._path, self._delimiter, self._places = path, delimiter, places
        self._bare = re.compile(rf"[^{re.escape(delimiter)}\r\n]*+")

    def __iter__(self) -> Iterator[Record]:
        while (line := self._next()) is not None:
            if line.text.strip(" \r\n"):
                record = self._record(line)
                self.width = self.width or len(record.cells)
                yield record

    def push_back(self, lines: Iterable[Line]) -> None:
        """Puts `lines` before those that are still to come."""
        self._back.extendleft(reversed(list(lines)))

    def _next(self) -> Line | None:
        return self._back.popleft() if self._back else next(self._lines, None)

    def _record(self, line: Line) -> Record:
        cells: list[Cell] = []
        number, position = line.number, 0
        while True:
            found = self._quoted(line, position) if line.text.startswith('"', position) else None
            cell, line, position = found or self._plain(line, position)
            cells.append(cell)
            if not line.text.startswith(self._delimiter, position):
                return Record(tuple(cells), number)
            position += 1

    def _plain(self, line: Line, start: int) -> tuple[Cell, Line, int]:
        match = self._bare.match(line.text, start)
        text = match[0] if match else ""
        runs = (OriginRun(0, line.offset + start, len(text)),) if self._places and text else ()
        return Cell(text, runs, quoted=False), line, start + len(text)

    def _quoted(self, line: Line, start: int) -> tuple[Cell, Line, int] | None:
        """The quoted cell at `start`, the line that it ends on and the place behind it; None where it is not quoted."""
        parts: list[tuple[Line, int, int]] = []
        current, begin, size = line, start + 1, 0
        while True:
            match = _CLOSE.match(current.text, begin)
            end = match.end() if match else begin
            if match is not None and match[1]:
                parts.append((current, begin, end - 1))
                break
            parts.append((current, begin, end))
            size += end - begin
            following = None if self._too_far(parts, size) else self._next()
            if following is None:
                self._not_quoted(parts, "bitexts.table.unclosed-quote", line, start)
                return None
            current, begin = following, 0
        if current.text[end : end + 1] not in ("", "\r", "\n", self._delimiter):
            self._not_quoted(parts, "bitexts.table.text-after-quote", current, end)
            return None
        if not self.sure and self._are_rows(parts):
            self._not_quoted(parts, "", line, start)
            return None
        return self._cell(parts), current, end

    def _too_far(self, parts: list[tuple[Line, int, int]], size: int) -> bool:
        return size > LONGEST_RECORD or (not self.sure and len(parts) > _LOOKAHEAD)

    def _are_rows(self, parts: list[tuple[Line, int, int]]) -> bool:
        """Whether a cell takes in a delimiter or line end, and its lines are rows without that: quotes of the text."""
        wide = len(parts) > 1 or any(self._delimiter in line.text[start:end] for line, start, end in parts)
        return wide and all(line.text.count(self._delimiter) + 1 == max(self.width, 2) for line, _, _ in parts)

    def _not_quoted(self, parts: list[tuple[Line, int, int]], key: str, line: Line, place: int) -> None:
        if self.sure:
            raise error_at(Message.of(key), self._path, line, place)
        self.push_back(row for row, _, _ in parts[1:])

    def _cell(self, parts: list[tuple[Line, int, int]]) -> Cell:
        texts: list[str] = []
        runs: list[OriginRun] = []
        length = 0
        for line, start, end in parts:
            for begin, stop in _unescaped(line.text, start, end):
                texts.append(line.text[begin:stop])
                if self._places:
                    runs.append(OriginRun(length, line.offset + begin, stop - begin))
                length += stop - begin
        return Cell("".join(texts), tuple(runs), quoted=True)


def _unescaped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of `text` between `start` and `end` that are meant as they stand: one quote of two is left out."""
    while (pair := text.find('""', start, end)) >= 0:
        yield start, pair + 1
        start = pair + 2
    if start < end:
        yield start, end


def written(cells: Iterable[str | None], delimiter: str, end: str) -> str:
    """One row: a cell is quoted where it must be and where it is empty; None is an empty cell without quotes."""
    return delimiter.join("" if cell is None else _written(cell, delimiter) for cell in cells) + end


def _written(cell: str, delimiter: str) -> str:
    needed = (
        not cell or cell[0] in ' "' or cell[-1] == " " or any(sign in cell for sign in (delimiter, '"', "\n", "\r"))
    )
    return '"' + cell.replace('"', '""') + '"' if needed else cell
