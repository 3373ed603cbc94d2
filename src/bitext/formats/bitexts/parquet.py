"""Translation units as a Parquet table, with everything that is known of them. Needs the extra `parquet` (pyarrow).

What is written has a column for each part of an entry, and the header as JSON among the metadata of the file. Tables
that other tools wrote are read by the names of their columns, as `tsv` reads them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice
from types import ModuleType
from typing import TYPE_CHECKING, Any, BinaryIO

from bitext.errors import InputError, MissingExtra
from bitext.formats.bitexts.headers import Columns, columns_of, told_languages
from bitext.formats.bitexts.segments import in_order
from bitext.model.documents import Span
from bitext.model.findings import Message
from bitext.model.memory import Code, Content, Entry, Header, Properties, TranslationMemory

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

_ROWS = 1024
_LARGEST = 1 << 28
"""Bytes of that many rows in memory: a few kilobytes of a file can stand for a great many."""
_KEY = b"bitext"
_TOLD_BY = 50


def _extra() -> tuple[ModuleType, ModuleType]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise MissingExtra(Message.of("bitexts.parquet.extra")) from None
    return pyarrow, pyarrow.parquet


def read(stream: BinaryIO, path: str, *, places: bool = False) -> TranslationMemory:
    """The units of a table, in batches. Raises InputError for what is no such table, MissingExtra without pyarrow.

    A table has no places, so contents have no runs.
    """
    arrow, parquet = _extra()
    try:
        table: pq.ParquetFile = parquet.ParquetFile(stream)
        schema = table.schema_arrow
        metadata = (schema.metadata or {}).get(_KEY) if schema.equals(_schema(arrow)) else None
    except (arrow.ArrowException, OSError, ValueError, TypeError) as error:
        raise _bad(error, path) from None
    if metadata is not None:
        entries: Iterator[Entry] = (_checked_entry(row, path) for row in _rows(table, path))
        header = _header(metadata, path)
    else:
        header, entries = _foreign(table, list(schema.names), path)
    return TranslationMemory(header, tuple(entries) if places else entries)


def _bad(error: Exception, path: str) -> InputError:
    reason = (str(error).splitlines() or [type(error).__name__])[0][:200]
    return InputError(Message.of("bitexts.parquet.bad", reason=reason), path)


def _rows(table: pq.ParquetFile, path: str) -> Iterator[dict[str, Any]]:
    arrow, _ = _extra()
    try:
        for batch in table.iter_batches(batch_size=_ROWS):
            if batch.nbytes > _LARGEST:
                raise InputError(Message.of("bitexts.parquet.large", limit=f"{_LARGEST >> 20} MB"), path)
            yield from batch.to_pylist()
    except (arrow.ArrowException, OSError, ValueError, TypeError) as error:
        raise _bad(error, path) from None


def _header(metadata: bytes, path: str) -> Header:
    try:
        row = json.loads(metadata)
        row["notes"] = tuple(row["notes"])
        row["properties"] = tuple((name, value) for name, value in row["properties"])
        return Header(**row)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise _bad(error, path) from None


def _checked_entry(row: dict[str, Any], path: str) -> Entry:
    try:
        return _entry(row)
    except (ValueError, TypeError) as error:  # nothing where there must be something, a span that is none
        raise _bad(error, path) from None


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(
        id=row["id"] or "",
        source=_content(row["source"], row["source_codes"]),
        target=_content(row["target"], row["target_codes"]),
        state=row["state"] or "",
        notes=tuple(note or "" for note in row["notes"]),
        properties=tuple((pair["name"], pair["value"]) for pair in row["properties"]),
        confidence=row["confidence"],
    )


def _content(text: str | None, codes: list[dict[str, Any]]) -> Content | None:
    if text is None:
        return None
    found = tuple(map(_code, codes))
    if not in_order(found, len(text)):
        raise ValueError("inline codes out of order")
    return Content(text, found)


def _code(row: dict[str, Any]) -> Code:
    attributes = tuple((pair["name"], pair["value"]) for pair in row.get("attributes") or ())
    return Code(**(row | {"subflows": tuple(Span(**span) for span in row["subflows"]), "attributes": attributes}))


def _foreign(table: pq.ParquetFile, names: list[str], path: str) -> tuple[Header, Iterator[Entry]]:
    columns = columns_of(names)
    if columns is None:
        raise InputError(Message.of("bitexts.parquet.columns", found=", ".join(names)[:200]), path)
    source, target = names[columns.source], names[columns.target]
    languages = columns.languages
    if languages is None:
        head = list(islice(_rows(table, path), _TOLD_BY))
        languages = told_languages(*([str(row[name] or "") for row in head] for name in (source, target)))
    entries = (_named_entry(row, names, columns, number) for number, row in enumerate(_rows(table, path), start=1))
    return Header(*languages), entries


def _named_entry(row: dict[str, Any], names: list[str], columns: Columns, number: int) -> Entry:
    def text(index: int | None) -> str:
        value = None if index is None else row[names[index]]
        return "" if value is None else str(value)

    sides = (None if row[names[index]] is None else Content(text(index)) for index in (columns.source, columns.target))
    source, target = sides
    confidence = None if columns.confidence is None else row[names[columns.confidence]]
    return Entry(
        id=text(columns.id) if columns.id is not None else str(number),
        source=source,
        target=target,
        state=text(columns.state),
        notes=tuple(filter(None, (text(columns.notes),))),
        properties=tuple((name, text(index)) for index, name in columns.others if text(index)),
        confidence=float(confidence) if isinstance(confidence, (int, float)) else None,
    )


class _Sink:
    """A file that hands on what was written to it."""

    closed = False

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self._size = 0

    def write(self, data: Any) -> int:
        piece = bytes(data)
        self._held.append(piece)
        self._size += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self._size

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        self.closed = True

    def taken(self) -> bytes:
        held, self._held = self._held, []
        return b"".join(held)


def _schema(arrow: Any) -> pa.Schema:
    text = arrow.string()
    number = arrow.int64()
    span = arrow.struct([("start", number), ("end", number)])
    texts = ((name, text) for name in ("kind", "id", "data", "type"))
    pair = arrow.struct([("name", text), ("value", text)])
    more = (("subflows", arrow.list_(span)), ("attributes", arrow.list_(pair)))
    code = arrow.struct([("offset", number), *texts, *more])
    return arrow.schema(
        [
            ("id", text),
            ("source", text),
            ("target", text),
            ("state", text),
            ("confidence", arrow.float64()),
            ("notes", arrow.list_(text)),
            ("properties", arrow.list_(pair)),
            ("source_codes", arrow.list_(code)),
            ("target_codes", arrow.list_(code)),
        ]
    )


def write(memory: TranslationMemory) -> Iterator[bytes]:
    """The file in pieces, a group of rows at a time. Raises MissingExtra without pyarrow."""
    arrow, parquet = _extra()
    header = json.dumps(asdict(memory.header), ensure_ascii=False).encode()
    schema = _schema(arrow).with_metadata({_KEY: header})
    sink = _Sink()
    entries = iter(memory.entries)
    number = 0
    try:
        with parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
            while group := list(islice(entries, _ROWS)):
                writer.write_table(arrow.Table.from_pylist([_row(entry) for entry in group], schema=schema))
                number += len(group)
                yield sink.taken()
    except UnicodeEncodeError as error:
        code = f"U+{ord(error.object[error.start]):04X}"
        raise InputError(Message.of("bitexts.unwritable", code=code, row=number + 1)) from None
    yield sink.taken()


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "source": None if entry.source is None else entry.source.text,
        "target": None if entry.target is None else entry.target.text,
        "state": entry.state,
        "confidence": entry.confidence,
        "notes": list(entry.notes),
        "properties": _pairs(entry.properties),
        "source_codes": _codes(entry.source),
        "target_codes": _codes(entry.target),
    }


def _codes(content: Content | None) -> list[dict[str, Any]]:
    return [] if content is None else [asdict(code) | {"attributes": _pairs(code.attributes)} for code in content.codes]


def _pairs(properties: Properties) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in properties]
