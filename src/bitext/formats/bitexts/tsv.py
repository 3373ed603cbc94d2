"""Translation units as a table for spreadsheets: tab-separated (.tsv) or, in `csv`, comma-separated values.

What is written has a header: `id`, the tags of both languages (the source first), `state`, `confidence`, `notes`. What
is read may have any header that names two languages or source and target, in English or Chinese, or none; then the
first two columns are the texts. An empty cell in quotes is an empty text, one without is none at all.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import BinaryIO

from bitext.errors import InputError
from bitext.formats.bitexts.delimited import Cell, Record, Records, delimiter_of, written
from bitext.formats.bitexts.headers import Columns, columns_of, is_tag, told_languages
from bitext.formats.bitexts.lines import Line, Lines, error_at, read_lines
from bitext.formats.bitexts.text import encoded, pieces
from bitext.model.findings import Message
from bitext.model.memory import Content, Entry, Header, TranslationMemory

_TOLD_BY = 50
"""Rows by whose letters the languages of unnamed columns are told."""
_LAST = ("state", "confidence", "notes")


def read(stream: BinaryIO, path: str, *, places: bool = False) -> TranslationMemory:
    """The units of a tab-separated table. Raises InputError with line and column, some of it while units are taken."""
    return read_table(read_lines(stream, path, places=places), path, "\t", places=places)


def write(memory: TranslationMemory) -> Iterator[bytes]:
    """The table as UTF-8 with line feeds. Inline codes and properties are left out."""
    return write_table(memory, "\t", "\n")


def read_table(lines: Lines, path: str, delimiter: str, *, places: bool) -> TranslationMemory:
    """The units of a table. `delimiter` "" stands for comma, semicolon or tab, whichever the first line uses most."""
    first = next(lines.rows, None)
    while first is not None and not first.text.strip(" \r\n"):
        first = next(lines.rows, None)
    if first is None:
        raise InputError(Message.of("bitexts.no-units"), path)
    delimiter = delimiter or delimiter_of(first.text)
    records = Records(lines.rows, path, delimiter, sure=delimiter != "\t", places=places)
    records.push_back([first])
    table = _Table(records, path)
    entries = table.entries()
    if places:
        return TranslationMemory(table.header, tuple(entries), lines.starts)
    return TranslationMemory(table.header, entries)


class _Table:
    """A table whose header and first rows are read: its columns and languages are known."""

    def __init__(self, records: Records, path: str) -> None:
        self._path = path
        self._records = iter(records)
        first = next(self._records)
        names = [cell.text for cell in first.cells]
        found = columns_of(names)
        self._width = len(names)
        self._rows: Iterable[Record] = self._records
        if found is None:
            self._require_two(first)
            self._columns = Columns(0, 1, others=tuple((index, "") for index in range(2, len(names))))
            self._rows = chain((first,), self._records)
        else:
            self._columns = found
            records.sure = records.sure or _is_ours(names)
        ahead = list(islice(self._rows, _TOLD_BY)) if self._columns.languages is None else []
        self._rows = chain(ahead, self._records)
        source, target = self._columns.languages or told_languages(
            (row.cells[self._columns.source].text for row in ahead if len(row.cells) > self._columns.source),
            (row.cells[self._columns.target].text for row in ahead if len(row.cells) > self._columns.target),
        )
        self.header = Header(source, target)

    def entries(self) -> Iterator[Entry]:
        for number, record in enumerate(self._rows, start=1):
            if len(record.cells) > self._width:
                raise self._error("bitexts.table.too-many", record, n=len(record.cells), wanted=self._width)
            yield self._entry(record, number)

    def _entry(self, record: Record, number: int) -> Entry:
        columns = self._columns
        if len(record.cells) <= min(columns.source, columns.target):
            raise self._error("bitexts.table.too-few", record, n=len(record.cells), wanted=self._width)
        notes = _text(record, columns.notes)
        named = tuple((name, text) for index, name in columns.others if name and (text := _text(record, index)))
        unnamed = tuple(text for index, name in columns.others if not name and (text := _text(record, index)))
        return Entry(
            id=str(number) if columns.id is None else _text(record, columns.id),
            source=_content(record, columns.source),
            target=_content(record, columns.target),
            state=_text(record, columns.state),
            notes=(*(notes.split("\n") if notes else ()), *unnamed),
            properties=named,
            confidence=self._confidence(record),
        )

    def _confidence(self, record: Record) -> float | None:
        text = _text(record, self._columns.confidence).strip()
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise self._error("bitexts.table.confidence", record, value=text[:40])
        return value

    def _require_two(self, record: Record) -> None:
        if len(record.cells) < 2:
            raise self._error("bitexts.table.one-column", record)

    def _error(self, key: str, record: Record, **fields: str | int) -> InputError:
        cells = "\t".join(cell.text for cell in record.cells)
        return error_at(Message.of(key, **fields), self._path, Line(cells, record.line, 0))


def _is_ours(names: list[str]) -> bool:
    return len(names) == 6 and names[0] == "id" and tuple(names[3:]) == _LAST


def _text(record: Record, index: int | None) -> str:
    return record.cells[index].text if index is not None and index < len(record.cells) else ""


def _content(record: Record, index: int) -> Content | None:
    cell: Cell | None = record.cells[index] if index < len(record.cells) else None
    if cell is None or not (cell.text or cell.quoted):
        return None
    return Content(cell.text, runs=cell.runs)


def write_table(memory: TranslationMemory, delimiter: str, end: str) -> Iterator[bytes]:
    """The rows of `memory`, its header first, in pieces of UTF-8. Raises InputError for what no text file can hold."""
    return pieces(encoded(_rows(memory, delimiter, end)))


def _rows(memory: TranslationMemory, delimiter: str, end: str) -> Iterator[str]:
    header = memory.header
    tags = (header.source_language, header.target_language)
    if not (all(map(is_tag, tags)) and tags[0] != tags[1]):
        tags = ("source", "target")
    yield written(("id", *tags, *_LAST), delimiter, end)
    for entry in memory.entries:
        yield written(_cells(entry), delimiter, end)


def _cells(entry: Entry) -> Iterator[str | None]:
    yield entry.id or None
    yield None if entry.source is None else entry.source.text
    yield None if entry.target is None else entry.target.text
    yield entry.state or None
    yield None if entry.confidence is None else repr(entry.confidence)
    yield "\n".join(note.replace("\n", " ") for note in entry.notes if note) or None
