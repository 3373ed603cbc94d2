"""Glossaries in the rows of a sheet, wherever its cells come from: one term a row, or one concept a row.

In a sheet of one concept a row, the terms of a cell are parted by semicolons or line breaks. What the row says of
status, type and the like holds for the language of its last column of terms, as the others are what is translated.
Rows without an id that begin with the same term, and agree in domain, scope and definition, are one concept.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Protocol, TypeVar

from bitext.errors import InputError
from bitext.formats.glossaries.delimited import Field, Record
from bitext.formats.glossaries.headers import Layout, TextColumn, layout_of
from bitext.formats.glossaries.ids import Ids
from bitext.formats.glossaries.reading import Reading
from bitext.formats.glossaries.vocabulary import (
    CASES,
    KINDS,
    LANGUAGES,
    REQUIRED,
    STATUSES,
    TRANSLATED,
    folded,
    region_of,
)
from bitext.model.documents import Language
from bitext.model.findings import Message
from bitext.model.glossary import CasePolicy, Concept, Glossary, Term, TermKind, TermStatus
from bitext.text.languages import han_share

_T = TypeVar("_T")
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_PARTS = re.compile(r"[^;；\r\n]+")
_OF_CONCEPT = ("domain", "scope", "definition", "concept_note")
TITLE_ROWS = 10
"""So many rows may stand above the header: a title, who keeps the sheet, empty ones."""
_LETTERS = 10_000
"""So many characters of a column tell its language."""


class Place(Protocol):
    """Makes the error for a cell, with its place as the format shows it."""

    def __call__(self, message: Message, cell: Field) -> InputError:
        """The error that says `message` of `cell`."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a sheet without the empty ones, header included, and how to show a place in it."""

    records: Iterable[Record]
    path: str
    place: Place


def read_sheets(sheets: Iterable[Sheet], path: str) -> Reading:
    """The glossary in those of `sheets` that have a header. Raises InputError for the first thing that is wrong."""
    builder = _Builder()
    refused: list[InputError] = []
    for sheet in sheets:
        records = iter(sheet.records)
        headed = _headed(sheet, records)
        if isinstance(headed, InputError):
            refused.append(headed)
            continue
        layout, rest = headed
        _Rows(sheet, layout, builder).read(rest)
    if not builder.terms:
        raise refused[0] if refused else InputError(Message.of("glossary.csv.no-terms"), path)
    return Reading(builder.glossary(), tuple(builder.notes))


def _headed(sheet: Sheet, records: Iterator[Record]) -> tuple[Layout, Iterator[Record]] | InputError:
    """The layout of the first row that is a header, and the rows below it; the error to raise if there is none."""
    above: list[Record] = []

    def twice(cell: Field) -> InputError:
        return sheet.place(Message.of("glossary.csv.column-twice", value=cell.value), cell)

    for record in records:
        layout = layout_of(record, twice)
        if layout is not None:
            return layout, records
        above.append(record)
        if len(above) > TITLE_ROWS:
            break
    if not above:
        return InputError(Message.of("glossary.csv.no-terms"), sheet.path)
    return _missing_column(sheet, above[0])


def _missing_column(sheet: Sheet, header: Record) -> InputError:
    names = [folded(cell.value) for cell in header]
    name = next((name for name in REQUIRED if name not in names), REQUIRED[0])
    close = difflib.get_close_matches(name, [other for other in names if other not in REQUIRED], n=1, cutoff=0.6)
    if close:
        cell = header[names.index(close[0])]
        return sheet.place(Message.of("glossary.csv.column-similar", name=name, value=cell.value), cell)
    end = header[-1].end
    whole = Field("", header[0].line, 1, max(end[1] - 1, 1), end)
    return sheet.place(Message.of("glossary.csv.column-missing", name=name), whole)


class _Builder:
    """Concepts as they grow row by row, over all sheets of a file."""

    def __init__(self) -> None:
        self.terms: dict[str, list[Term]] = {}
        self.told: dict[tuple[str, str], Field] = {}
        self.listed: set[tuple[str, Term]] = set()
        self.preferred: set[tuple[str, Language]] = set()
        self.ids = Ids()
        self.notes: list[Message] = []

    def glossary(self) -> Glossary:
        return Glossary(tuple(self._concept(name, self.terms[name]) for name in sorted(self.terms)))

    def _concept(self, name: str, terms: list[Term]) -> Concept:
        domain, scope, definition, note = (
            cell.value if (cell := self.told.get((name, column))) else "" for column in _OF_CONCEPT
        )
        return Concept(name, tuple(terms), domain, scope, definition, note)


class _Rows:
    def __init__(self, sheet: Sheet, layout: Layout, builder: _Builder) -> None:
        self.sheet = sheet
        self.layout = layout
        self.builder = builder
        self.regions = {column.index: column.region for column in layout.texts}

    def read(self, records: Iterator[Record]) -> None:
        if self.layout.unused:
            columns = ", ".join(self.layout.unused)
            self.builder.notes.append(Message.of("glossaries.read.columns", columns=columns, path=self.sheet.path))
        if not self.layout.texts:
            for record in records:
                self._require_width(record)
                self._term_row(record)
            return
        rows = list(records)
        texts = _told_by_letters(self.layout.texts, rows)
        ruled = [(column, column.language or _language_of(column.index, rows)) for column in self.layout.ruled]
        for record in rows:
            self._require_width(record)
            name = self._concept_row(record, texts)
            for column, language in ruled:
                for part in self._parts(record, column.index):
                    term = self._term(record, part, language, column.status, False)
                    self._list(name, replace(term, status=column.status))

    def _require_width(self, record: Record) -> None:
        width = self.layout.width
        if len(record) > width and any(cell.value for cell in record[width:]):
            raise self._error("too-many-fields", record[width], count=len(record), columns=width)

    def _term_row(self, record: Record) -> None:
        concept = self._required(record, "concept")
        text = self._required(record, "term")
        told = self._required(record, "language").value
        region, primary = region_of(told), told.replace("_", "-").partition("-")[0].lower()
        index = self.layout.columns.get("language")
        if region and primary in ("zh", "en"):
            language = LANGUAGES[primary]
        else:
            language = self._value(record, "language", LANGUAGES, ("zh", "en"), "zh", index)
        self._tell(record, concept.value)
        term = replace(self._term(record, text, language, TermStatus.PREFERRED, True), region=region)
        self.builder.terms.setdefault(concept.value, []).append(term)

    def _concept_row(self, record: Record, texts: Sequence[tuple[int, Language]]) -> str:
        """Takes the terms of a row that is a concept, whose id is returned."""
        cells = [(part, language, index) for index, language in texts for part in self._parts(record, index)]
        parts = [(part, language) for part, language, _ in cells]
        if not parts:
            cell = self._cell(record, texts[0][0]) or record[0]
            raise self._error("empty-term", cell)
        name = self._id(record, parts)
        self._tell(record, name)
        for part, language, index in cells:
            usual = TermStatus.ADMITTED if (name, language) in self.builder.preferred else TermStatus.PREFERRED
            term = self._term(record, part, language, usual, language == texts[-1][1])
            if term.status is TermStatus.PREFERRED:
                self.builder.preferred.add((name, language))
            self._list(name, replace(term, region=self.regions.get(index, "")))
        return name

    def _list(self, name: str, term: Term) -> None:
        """Adds a term: the same words in several rows of a concept are one, unless more is said of them."""
        status = TermStatus.PREFERRED if term.status.licensed else term.status
        said = name, replace(term, line=0, column=0, status=status)
        if said not in self.builder.listed:
            self.builder.listed.add(said)
            self.builder.terms.setdefault(name, []).append(term)

    def _id(self, record: Record, parts: Sequence[tuple[Field, Language]]) -> str:
        given = self._text(record, "concept")
        if given:
            return given
        key = (parts[0][0].value, *(self._text(record, name) for name in _OF_CONCEPT[:3]))
        english = next((part.value for part, language in parts if language == "en"), "")
        return self.builder.ids.of(key, english)

    def _parts(self, record: Record, index: int) -> Iterator[Field]:
        """The terms of a cell, each with its own place as far as the file has the cell's text as it is."""
        cell = self._cell(record, index)
        if cell is None:
            return
        lead = 1 if cell.length == len(cell.value) + 2 else 0
        exact = cell.length - 2 * lead == len(cell.value) and cell.end[0] == cell.line
        for match in _PARTS.finditer(cell.value):
            value = match[0].strip()
            if value and exact:
                column = cell.column + lead + match.start() + len(match[0]) - len(match[0].lstrip())
                yield Field(value, cell.line, column, len(value), (cell.line, column + len(value)))
            elif value:
                yield replace(cell, value=value)

    def _term(self, record: Record, text: Field, language: Language, usual: TermStatus, of_row: bool) -> Term:
        """The term `text`; what is said of the row holds for it only if `of_row`."""

        def index(name: str) -> int | None:
            own = self.layout.own.get((language, name))
            return own if own is not None or not of_row else self.layout.columns.get(name)

        valid_from, valid_until = self._validity(record, index("valid_from"), index("valid_until"))
        cases: Mapping[str, CasePolicy | None] = CASES
        return Term(
            text.value,
            language,
            self._value(record, "status", STATUSES, tuple(TermStatus), usual, index("status")),
            self._value(record, "kind", KINDS, tuple(TermKind), TermKind.FULL, index("kind")),
            self._at(record, index("note")),
            self.sheet.path,
            text.line,
            text.column,
            valid_from,
            valid_until,
            self._value(record, "case", cases, tuple(CasePolicy), None, index("case")),
            self._value(record, "translate", TRANSLATED, ("yes", "no"), True, index("translate")),
            self._at(record, index("source")),
        )

    def _tell(self, record: Record, concept: str) -> None:
        """Keeps what a row says of its whole concept. Raises InputError if another row says otherwise."""
        for name in _OF_CONCEPT:
            cell = self._cell(record, self.layout.columns.get(name))
            if cell is None or not cell.value:
                continue
            first = self.builder.told.setdefault((concept, name), cell)
            if first.value != cell.value:
                raise self._error(
                    "differs", cell, name=name, value=cell.value, concept=concept, first=first.value, line=first.line
                )

    def _validity(self, record: Record, first_index: int | None, last_index: int | None) -> tuple[str, str]:
        cells = [self._cell(record, index) for index in (first_index, last_index)]
        for cell in cells:
            if cell is not None and cell.value and not is_date(cell.value):
                raise self._error("bad-date", cell, value=cell.value)
        first, last = (cell.value if cell is not None else "" for cell in cells)
        # A year or a month is as long as it lasts: 2023 to 2023-05 is no contradiction.
        length = min(len(first), len(last))
        if cells[1] is not None and first[:length] > last[:length]:
            raise self._error("dates-reversed", cells[1], first=first, value=last)
        return first, last

    def _required(self, record: Record, name: str) -> Field:
        cell = self._cell(record, self.layout.columns[name])
        if cell is None:
            end = record[-1].end
            raise self._error("too-few-fields", Field("", *end, 1, end), name=name)
        if not cell.value:
            raise self._error(f"empty-{name}", cell)
        return cell

    def _value(
        self,
        record: Record,
        name: str,
        accepted: Mapping[str, _T],
        shown: Sequence[str],
        default: _T,
        index: int | None,
    ) -> _T:
        cell = self._cell(record, index)
        if cell is None or not cell.value:
            return default
        found = accepted.get(cell.value.lower().replace("_", "-"))
        if found is None:
            raise self._unknown(name, cell, accepted, shown)
        return found

    def _unknown(self, name: str, cell: Field, accepted: Mapping[str, object], shown: Sequence[str]) -> InputError:
        close = difflib.get_close_matches(cell.value.lower(), list(accepted), n=1, cutoff=0.5)
        choices = ", ".join(shown)
        if close:
            return self._error(f"unknown-{name}-similar", cell, value=cell.value, accepted=choices, similar=close[0])
        return self._error(f"unknown-{name}", cell, value=cell.value, accepted=choices)

    def _text(self, record: Record, name: str) -> str:
        return self._at(record, self.layout.columns.get(name))

    def _at(self, record: Record, index: int | None) -> str:
        cell = self._cell(record, index)
        return cell.value if cell is not None else ""

    @staticmethod
    def _cell(record: Record, index: int | None) -> Field | None:
        return record[index] if index is not None and index < len(record) else None

    def _error(self, key: str, cell: Field, **fields: str | int) -> InputError:
        return self.sheet.place(Message.of(f"glossary.csv.{key}", **fields), cell)


def _told_by_letters(texts: Sequence[TextColumn], rows: Sequence[Record]) -> list[tuple[int, Language]]:
    """The columns of terms with their languages: the one with most Han letters is Chinese, unless another one is."""
    known = [column.language for column in texts if column.language is not None]
    open_ones = [column for column in texts if column.language is None]
    found: dict[int, Language] = {column.index: column.language for column in texts if column.language is not None}
    if len(texts) == 2 and known and open_ones:
        found[open_ones[0].index] = "en" if known[0] == "zh" else "zh"
        return [(column.index, found[column.index]) for column in texts]
    for column in open_ones:
        found[column.index] = _language_of(column.index, rows)
    return [(column.index, found[column.index]) for column in texts]


def _language_of(index: int, rows: Sequence[Record]) -> Language:
    """The language of a column by its letters."""
    cells = (record[index].value for record in rows if index < len(record))
    return "zh" if han_share("".join(_first(cells, _LETTERS))) > 0.3 else "en"


def _first(cells: Iterable[str], limit: int) -> Iterator[str]:
    for cell in chain(cells):
        yield cell
        limit -= len(cell)
        if limit < 0:
            return


def is_date(value: str) -> bool:
    """Whether `value` is a year, a month or a day of the calendar in ISO 8601."""
    if not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except ValueError:
        return False
    return True
