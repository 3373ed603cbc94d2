"""Two columns parted by a tab, without header or quotes: what InterText and LF Aligner export and hunalign writes.

The first column is the source, the second the target; columns after them are read as notes. The languages are told by
the letters. A blank cell has no counterpart.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import BinaryIO

from bitext.errors import InputError
from bitext.formats.bitexts.headers import told_languages
from bitext.formats.bitexts.lines import Line, error_at, read_lines
from bitext.formats.bitexts.text import encoded, pieces
from bitext.model.documents import OriginRun
from bitext.model.findings import Message
from bitext.model.memory import Content, Entry, Header, TranslationMemory
from bitext.text.display import unbroken

_TOLD_BY = 50


def read(stream: BinaryIO, path: str, *, places: bool = False) -> TranslationMemory:
    """The units, one a line. Raises InputError for a line without a tab, while units are taken."""
    lines = read_lines(stream, path, places=places)
    rows = (_entry(line, path, places=places) for line in lines.rows if line.bare)
    ahead = list(islice(rows, _TOLD_BY))
    if not ahead:
        raise InputError(Message.of("bitexts.no-units"), path)
    languages = told_languages(
        (entry.source.text for entry in ahead if entry.source), (entry.target.text for entry in ahead if entry.target)
    )
    entries = chain(ahead, rows)
    return TranslationMemory(Header(*languages), tuple(entries) if places else entries, lines.starts)


def _entry(line: Line, path: str, *, places: bool) -> Entry:
    cells = line.bare.split("\t")
    if len(cells) < 2:
        raise error_at(Message.of("bitexts.columns.no-tab"), path, line, len(line.bare))
    starts = (line.offset, line.offset + len(cells[0]) + 1)
    source, target = (_content(cell, start if places else -1) for cell, start in zip(cells[:2], starts, strict=True))
    return Entry(str(line.number), source, target, notes=tuple(filter(None, cells[2:])))


def _content(cell: str, start: int) -> Content | None:
    if not cell:
        return None
    return Content(cell, runs=(OriginRun(0, start, len(cell)),) if start >= 0 else ())


def write(memory: TranslationMemory) -> Iterator[bytes]:
    """The two columns as UTF-8 with line feeds; tabs and line breaks within a text become spaces."""
    return pieces(encoded(_rows(memory)))


def _rows(memory: TranslationMemory) -> Iterator[str]:
    for entry in memory.entries:
        yield "\t".join("" if side is None else unbroken(side.text) for side in (entry.source, entry.target)) + "\n"
