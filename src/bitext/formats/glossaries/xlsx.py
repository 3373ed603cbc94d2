"""Reads glossaries from Excel workbooks: every visible sheet with a header, its columns told by their names."""

from __future__ import annotations

from collections.abc import Iterator

from bitext.errors import InputError
from bitext.formats.glossaries.delimited import Field, Record
from bitext.formats.glossaries.reading import Reading
from bitext.formats.glossaries.sheet import Sheet, read_sheets
from bitext.formats.glossaries.workbook import Rows, reference, sheets
from bitext.model.documents import Span
from bitext.model.findings import Message
from bitext.text.display import carets, one_line, shorten

_CELLS = 100
_SHOWN = 5


class CellError(InputError):
    """A mistake in a cell. `line` and `column` are those of the cell; the place shows it as people know it."""

    def __init__(
        self,
        message: Message,
        path: str = "",
        line: int = 0,
        column: int = 0,
        frame: tuple[str, ...] = (),
        sheet: str = "",
    ) -> None:
        super().__init__(message, path, line, column, frame)
        self.sheet = sheet

    @property
    def place(self) -> str:
        """The file, the sheet and the cell, as in `terms.xlsx, Sheet1!B12`."""
        return f"{self.path}, {self.sheet}!{reference(self.line, self.column)}"


def read(data: bytes, path: str) -> Reading:
    """The glossary in the bytes of a workbook; `line` and `column` of its terms are those of their cells.

    Hidden rows are read, hidden sheets are not; both are told, and so are formulas without a saved result. Raises
    InputError for a damaged or oversized workbook, and CellError with sheet, row and column for a mistake in a cell.
    """
    found, hidden = sheets(data, path)
    if not any(rows.cells for rows in found):
        raise InputError(Message.of("glossary.csv.no-terms"), path)
    reading = read_sheets([_sheet(rows, path) for rows in found if rows.cells], path)
    return Reading(reading.glossary, (*_notes(found, hidden, path), *reading.notes))


def _notes(found: list[Rows], hidden: list[str], path: str) -> Iterator[Message]:
    if hidden:
        yield Message.of("glossaries.xlsx.hidden-sheets", path=path, sheets=", ".join(hidden))
    for rows in found:
        if any(number in rows.cells for number in rows.hidden):
            count = sum(number in rows.cells for number in rows.hidden)
            yield Message.of("glossaries.xlsx.hidden-rows", path=path, sheet=rows.name, n=count)
        if rows.unsaved:
            cells = ", ".join(rows.unsaved[:_SHOWN]) + (" …" if len(rows.unsaved) > _SHOWN else "")
            yield Message.of("glossaries.xlsx.no-result", path=path, sheet=rows.name, cells=cells)


def _sheet(rows: Rows, path: str) -> Sheet:
    def place(message: Message, cell: Field) -> InputError:
        return CellError(message, path, cell.line, cell.column, _frame(rows, cell), rows.name)

    return Sheet(_records(rows), path, place)


def _records(rows: Rows) -> Iterator[Record]:
    for number, cells in sorted(rows.cells.items()):
        if len(cells) == 1 and next(iter(cells.values())).startswith("#"):
            continue
        yield tuple(_field(cells.get(column, ""), number, column) for column in range(1, max(cells) + 1))


def _field(value: str, row: int, column: int) -> Field:
    return Field(value, row, column, len(value), (row, column + 1))


def _frame(rows: Rows, cell: Field) -> tuple[str, ...]:
    """The cells of the row side by side, with carets under the one."""
    cells = rows.cells.get(cell.line, {})
    text, start, end = "", 0, 0
    for column in range(1, max([*cells, cell.column]) + 1):
        value = one_line(cells.get(column, ""))
        if column == cell.column:
            start, end = len(text), len(text) + max(len(value), 1)
        text += f"{value} | "
    shown, span = shorten(text.removesuffix(" | ") or " ", Span(min(start, len(text)), min(end, len(text))), _CELLS)
    label = f"{cell.line:>4} | "
    return (f"{label}{shown}", f"{'':>4} | {carets(shown, (span,))}")
