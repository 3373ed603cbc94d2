"""The parts of an Excel workbook that hold text: sheets, their rows and cells, read within bounds (ECMA-376).

Of a formula the saved result is read, of rich text the words without phonetic hints, of a date its ISO form.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import BinaryIO, cast
from zipfile import ZipFile

from bitext.errors import InputError
from bitext.formats.archives import DAMAGED, opened
from bitext.formats.xml import XmlReader
from bitext.formats.xml_nodes import Element
from bitext.model.findings import Message

MAX_PARTS = 10_000
PART_LIMIT = 128 * 1024 * 1024
"""Bytes of one part, unpacked: about a million cells."""
MAX_RATIO = 500
"""Bytes unpacked for a byte of the file, for parts above a megabyte. Sheets of words reach fifty."""
MAX_COLUMNS = 256
MAX_FILLED = 1_000_000
"""Cells that merged ones may fill."""
MAX_UNPACKED = 256 * 1024 * 1024
"""Bytes of all parts that are read, unpacked."""
MAX_CHARACTERS = 32_000_000
"""Characters of all cells; many of them may show one long string."""
_RATIO_COUNTS_FROM = 8 * 1024 * 1024
"""Bytes unpacked from which the ratio of the whole workbook counts."""

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_NOT_CODE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


@dataclass(slots=True)
class Rows:
    """The text of each cell of a sheet by row and column, from 1; which rows are hidden, and cells without result."""

    name: str
    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    unsaved: list[str] = field(default_factory=list)


def reference(row: int, column: int) -> str:
    """The name of a cell, such as B12."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def place_of(name: str) -> tuple[int, int] | None:
    """The row and the column of a cell's name, from 1; None if it is none."""
    match = _REFERENCE.fullmatch(name)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def sheets(data: bytes, path: str) -> tuple[list[Rows], list[str]]:
    """The visible sheets of the workbook in `data` with their cells, and the names of the hidden ones.

    Raises InputError for what is no workbook, is damaged, or unpacks to more than the bounds allow.
    """
    try:
        with opened(data) as archive:
            return _Workbook(archive, path, len(data)).sheets()
    except DAMAGED as error:
        raise InputError(Message.of("glossaries.xlsx.damaged"), path) from error


class _Workbook:
    def __init__(self, archive: ZipFile, path: str, size: int) -> None:
        self.archive = archive
        self.path = path
        self.size = size
        if len(archive.infolist()) > MAX_PARTS:
            raise self.refused("bomb")
        self.names = {name.lower(): name for name in archive.namelist()}
        self.epoch = date(1899, 12, 30)
        self.strings: list[str] = []
        self.unpacked = 0
        self.characters = 0
        self.dates: frozenset[int] = frozenset()

    def refused(self, key: str, **fields: str | int) -> InputError:
        return InputError(Message.of(f"glossaries.xlsx.{key}", **fields), self.path)

    def elements(self, part: str, *whole: str) -> Iterator[Element]:
        """The elements named one of `whole` in a part, one after the other; none if there is no such part."""
        name = self.names.get(part.lower())
        if name is None:
            return
        info = self.archive.getinfo(name)
        large = info.file_size > 1 << 20 and info.file_size > MAX_RATIO * max(info.compress_size, 1)
        self.unpacked += info.file_size
        most = min(MAX_UNPACKED, max(_RATIO_COUNTS_FROM, MAX_RATIO * self.size))
        if info.file_size > PART_LIMIT or large or self.unpacked > most:
            raise self.refused("bomb")
        if info.flag_bits & 1:
            raise self.refused("protected")
        with self.archive.open(info) as stream:
            # What the archive says of a part's size is a bound: no more than that is unpacked.
            for event in XmlReader(cast("BinaryIO", stream), self.path, whole=whole):
                if isinstance(event, Element):
                    yield event

    def sheets(self) -> tuple[list[Rows], list[str]]:
        main = next((name for name in ("xl/workbook.xml",) if name in self.names), "")
        if not main:
            raise self.refused("no-workbook")
        targets = {
            element.get("Id"): posixpath.normpath(posixpath.join("xl", element.get("Target"))).lstrip("/")
            if not element.get("Target").startswith("/")
            else element.get("Target").lstrip("/")
            for element in self.elements("xl/_rels/workbook.xml.rels", "Relationship")
        }
        listed: list[tuple[str, str]] = []
        hidden: list[str] = []
        for element in self.elements(main, "sheet", "workbookPr"):
            if element.name == "workbookPr":
                self.epoch = date(1904, 1, 1) if element.get("date1904") in ("1", "true") else self.epoch
            elif element.get("state") in ("hidden", "veryHidden"):
                hidden.append(element.get("name"))
            else:
                ids = [value for name, value in element.attributes if name.endswith("}id")]
                listed.append((element.get("name"), targets.get(ids[0] if ids else "", "")))
        self.strings = [_words(element).strip() for element in self.elements("xl/sharedStrings.xml", "si")]
        self.dates = self._date_styles()
        # Programs list each sheet once; one that is listed a thousand times would be read as often.
        parts: dict[str, str] = {}
        for name, part in listed:
            parts.setdefault(part, name)
        return [self._rows(name, part) for part, name in parts.items()], hidden

    def _date_styles(self) -> frozenset[int]:
        """The numbers of the cell styles that show a number as a date."""
        own: dict[str, str] = {}
        found: set[int] = set()
        for element in self.elements("xl/styles.xml", "numFmt", "cellXfs"):
            if element.name == "numFmt":
                own[element.get("numFmtId")] = _NOT_CODE.sub("", element.get("formatCode")).lower()
                continue
            for index, style in enumerate(element.named("xf")):
                number = style.get("numFmtId")
                code = own.get(number, "")
                if "y" in code or "d" in code or (number.isdecimal() and int(number) in _DATE_FORMATS):
                    found.add(index)
        return frozenset(found)

    def _rows(self, name: str, part: str) -> Rows:
        rows = Rows(name)
        merged: list[str] = []
        number = 0
        for element in self.elements(part, "row", "mergeCell"):
            if element.name == "mergeCell":
                merged.append(element.get("ref"))
                continue
            given = element.get("r")
            number = int(given) if given.isdecimal() and len(given) < 8 else number + 1
            if element.get("hidden") in ("1", "true"):
                rows.hidden.append(number)
            cells = self._cells(element, number, rows)
            if cells:
                rows.cells[number] = cells
        _fill(rows, merged)
        return rows

    def _cells(self, row: Element, number: int, rows: Rows) -> dict[int, str]:
        cells: dict[int, str] = {}
        column = 0
        for cell in row.named("c"):
            place = place_of(cell.get("r"))
            column = place[1] if place else column + 1
            value = self._value(cell)
            if value is None:
                rows.unsaved.append(reference(number, column))
            elif value:
                if column > MAX_COLUMNS:
                    raise self.refused("too-wide", sheet=rows.name, cell=reference(number, column), limit=MAX_COLUMNS)
                self.characters += len(value)
                if self.characters > MAX_CHARACTERS:
                    raise self.refused("bomb")
                cells[column] = value
        return cells

    def _value(self, cell: Element) -> str | None:
        """The text of a cell, stripped; None for a formula without a result and for one with an error as its result."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = cell.child("is")
            return _words(inline).strip() if inline is not None else ""
        stored = cell.child("v")
        raw = stored.text if stored is not None else ""
        if kind == "e" or (not raw and cell.child("f") is not None and kind != "str"):
            return None
        if kind == "s":
            index = int(raw) if raw.strip().isdecimal() and len(raw) < 10 else -1
            if not 0 <= index < len(self.strings):
                raise self.refused("damaged")
            return self.strings[index]
        if kind == "str":
            return _unescaped(raw).strip()
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(raw, raw)
        return self._number(raw.strip(), cell.get("s"))

    def _days(self) -> int:
        """The number of the day after the last one that there is."""
        return (date.max - self.epoch).days + 1

    def _number(self, raw: str, style: str) -> str:
        try:
            value = float(raw)
        except ValueError:
            return raw
        if style.isdecimal() and len(style) < 7 and int(style) in self.dates and 0 < value < self._days():
            return (self.epoch + timedelta(days=int(value))).isoformat()
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else raw


def _words(element: Element) -> str:
    """The text of a string: its own, or that of its runs, without the readings of characters."""
    parts = [
        part.text
        for child in element.elements
        for part in ([child] if child.name == "t" else child.named("t") if child.name == "r" else [])
    ]
    return _unescaped("".join(parts))


def _unescaped(text: str) -> str:
    if "_x" not in text:
        return text
    # What is escaped are code units of UTF-16; halves of pairs are no characters.
    units = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _fill(rows: Rows, merged: list[str]) -> None:
    """Gives the rows that a merged cell covers its text, in its first column."""
    filled = 0
    for area in merged:
        first, _, last = area.partition(":")
        begin, end = place_of(first), place_of(last)
        if begin is None or end is None:
            continue
        text = rows.cells.get(begin[0], {}).get(begin[1], "")
        below = range(begin[0] + 1, min(end[0], begin[0] + MAX_FILLED) + 1)
        for number in below if text else ():
            filled += 1
            if filled > MAX_FILLED:
                return
            if number in rows.cells:
                rows.cells[number].setdefault(begin[1], text)
