"""Glossaries that people edit in a spreadsheet and save as CSV or TSV: columns in any order, told by their header."""

from __future__ import annotations

from collections.abc import Iterator

from bitext.errors import InputError
from bitext.formats.encoding import decode
from bitext.formats.frames import frame_at
from bitext.formats.glossaries.delimited import Field, Reader, delimiter_of
from bitext.formats.glossaries.reading import Reading, Written
from bitext.formats.glossaries.sheet import Sheet, read_sheets
from bitext.model.findings import Message
from bitext.model.glossary import Concept, Glossary, Term


def parse(data: bytes, path: str) -> Glossary:
    """The glossary of `read` without its notes."""
    return read(data, path).glossary


def read(data: bytes, path: str) -> Reading:
    """The glossary in the bytes of a CSV or TSV file; `path` names it in errors and in its terms.

    The first row names the columns, in English or Chinese and any order; columns that are not known are told of. An
    empty status is preferred, an empty kind full. Lines that begin with `# ` are comments. Raises InputError with line,
    column and a frame for the first thing that is wrong.
    """
    text = decode(data, path).text

    def place(message: Message, cell: Field) -> InputError:
        frame = frame_at(text, cell.line, cell.column, max(cell.length, 1))
        return InputError(message, path, cell.line, cell.column, frame)

    records = Reader(text, path, delimiter_of(text)).records()
    return read_sheets([Sheet(records, path, place)], path)


_ALWAYS = ("concept", "language", "term", "status", "kind", "note")
_WHERE_USED = (
    "domain",
    "scope",
    "definition",
    "concept note",
    "valid from",
    "valid until",
    "case",
    "translate",
    "source",
)


def rows(glossary: Glossary) -> Iterator[tuple[str, ...]]:
    """The header and one row a term, as a sheet holds them; columns that nothing uses are left out."""
    cells = [_cells(concept, term) for concept in glossary.concepts for term in concept.terms]
    used = [*_ALWAYS, *(name for name in _WHERE_USED if any(row[name] for row in cells))]
    yield tuple(used)
    for row in cells:
        yield tuple(row[name] for name in used)


def _cells(concept: Concept, term: Term) -> dict[str, str]:
    return {
        "concept": concept.id,
        "language": term.tag,
        "term": term.text,
        "status": term.status.value,
        "kind": term.kind.value,
        "note": term.note,
        "domain": concept.domain,
        "scope": concept.scope,
        "definition": concept.definition,
        "concept note": concept.note,
        "valid from": term.valid_from,
        "valid until": term.valid_until,
        "case": term.case.value if term.case is not None else "",
        "translate": "" if term.translate else "no",
        "source": term.source,
    }


def write(glossary: Glossary, delimiter: str = ",") -> Written:
    """The glossary as UTF-8 text, one term a row, quoted where needed; lines end with LF.

    Raises InputError for a NUL character, which no text file holds.
    """
    text = "".join(delimiter.join(_quoted(cell, delimiter) for cell in row) + "\n" for row in rows(glossary))
    if "\0" in text:
        raise InputError(Message.of("glossaries.write.nul"))
    return Written(text.encode("utf-8"))


def _quoted(cell: str, delimiter: str) -> str:
    # A row that begins with a sign would be a comment.
    if cell.startswith("#") or any(sign in cell for sign in (delimiter, '"', "\r", "\n")):
        return '"' + cell.replace('"', '""') + '"'
    return cell
