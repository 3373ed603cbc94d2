"""Translation units as JSON lines: everything that is known of them, and the form in which reviewed items are kept.

The first line tells of the whole: `format`, `version`, the paths `source` and `target`, `signature`, and what differs
from the usual (`source_language`, `target_language`, `segmentation`, `notes`). Each other line is a unit: `source` and
`target` are lists of segments (none: no counterpart), then `confidence`, `id` (where it is not the unit's number),
`state`, `notes`, `properties`, `source_codes` and `target_codes`, as far as there are such. Unknown keys are kept as
properties.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import BinaryIO, TypeAlias, cast

from bitext.errors import InputError
from bitext.formats.bitexts.jsonplaces import runs_of, string_places
from bitext.formats.bitexts.lines import Line, error_at, read_lines
from bitext.formats.bitexts.segments import in_order, join, segments_of
from bitext.formats.bitexts.text import encoded, pieces
from bitext.model.documents import OriginRun, Span
from bitext.model.findings import Message
from bitext.model.memory import Code, CodeKind, Content, Entry, Header, Properties, TranslationMemory

FORMAT = "bitext-alignment"
VERSION = 1

_HEADER_KEYS = ("source_language", "target_language", "segmentation", "signature")
_RESERVED = frozenset({"format", "version", "source", "notes", "properties", *_HEADER_KEYS})
_UNIT_KEYS = frozenset(
    {"source", "target", "confidence", "id", "state", "notes", "properties", "source_codes", "target_codes"}
)
_KINDS = ("open", "close", "alone")
Row: TypeAlias = Mapping[str, object]


def read(stream: BinaryIO, path: str, *, places: bool = False) -> TranslationMemory:
    """The units of a file. Raises InputError with line and column, most of it while units are taken."""
    lines = read_lines(stream, path, places=places)
    rows = (line for line in lines.rows if line.text.strip())
    first = next(rows, None)
    if first is None:
        raise InputError(Message.of("bitexts.no-units"), path)
    reader = _Reader(path, places)
    head = reader.parsed(first)
    header = reader.header(head, first) if "format" in head else Header()
    reader.joiners = (_joiner(header.source_language), _joiner(header.target_language))
    units = rows if "format" in head else chain((first,), rows)
    entries = (reader.entry(line, number) for number, line in enumerate(units, start=1))
    return TranslationMemory(header, tuple(entries) if places else entries, lines.starts)


def _joiner(language: str) -> str:
    """What stands between two segments of a text in `language`."""
    return "" if language.casefold().startswith(("zh", "ja", "th")) else " "


class _Reader:
    def __init__(self, path: str, places: bool) -> None:
        self._path, self._places = path, places
        self.joiners = ("", " ")

    def error(self, key: str, line: Line, column: int = 0, **fields: str | int) -> InputError:
        return error_at(Message.of(key, **fields), self._path, line, column)

    def parsed(self, line: Line) -> dict[str, object]:
        try:
            value = json.loads(line.bare)
        except json.JSONDecodeError as error:
            raise self.error("alignment.json", line, error.colno - 1, reason=error.msg) from None
        except (ValueError, RecursionError):  # a number of thousands of digits, lists within lists within lists
            raise self.error("alignment.json-object", line) from None
        if not isinstance(value, dict):
            raise self.error("alignment.json-object", line)
        if "\\ud" in line.text.casefold():
            self._require_characters(value, line)
        return value

    def _require_characters(self, value: object, line: Line) -> None:
        """Raises InputError for half of a surrogate pair, which JSON can write and no text can hold."""
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            place = line.text.casefold().find("\\ud")
            raise self.error("bitexts.json.surrogate", line, place) from None

    def header(self, head: Row, line: Line) -> Header:
        if (head["format"], head.get("version")) != (FORMAT, VERSION):
            found = f"{head['format']} {head.get('version')}"[:60]
            raise self.error("alignment.header", line, found=found)
        known = {key: self._text(head, key, line) for key in _HEADER_KEYS if key in head}
        if "source" in head:
            known["original"] = self._text(head, "source", line)
        flat = tuple((key, _plain(value)) for key, value in head.items() if key not in _RESERVED)
        listed = self._pairs(head, line)
        return Header(**known, notes=self._texts(head, "notes", line), properties=(*flat, *listed))

    def entry(self, line: Line, number: int) -> Entry:
        row = self.parsed(line)
        places = string_places(line.text) if self._places else {}
        contents: list[Content | None] = []
        marks: list[tuple[str, str]] = []
        for name, joiner in zip(("source", "target"), self.joiners, strict=True):
            value = row.get(name)
            if isinstance(value, str):
                value = [value]
            if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
                raise self.error("alignment.json-side", line, name=name)
            text, told = join(value, joiner)
            marks += [(f"{name}-segments", told)] if told else []
            runs = _runs(line, places.get(name, ()), len(joiner)) if self._places else ()
            contents.append(Content(text, self._codes(row, f"{name}_codes", len(text), line), runs) if value else None)
        flat = ((key, _plain(value)) for key, value in row.items() if key not in _UNIT_KEYS)
        return Entry(
            id=self._text(row, "id", line) if "id" in row else str(number),
            source=contents[0],
            target=contents[1],
            state=self._text(row, "state", line),
            notes=self._texts(row, "notes", line),
            properties=(*marks, *flat, *self._pairs(row, line)),
            confidence=self._confidence(row, line),
        )

    def _confidence(self, row: Row, line: Line) -> float | None:
        value = row.get("confidence")
        if value is None:
            return None
        # Compared rather than converted: a whole number may be larger than any float.
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) <= sys.float_info.max:
            raise self.error("bitexts.json.value", line, name="confidence", wanted="0.98")
        return float(value)

    def _text(self, row: Row, key: str, line: Line) -> str:
        value = row.get(key, "")
        if not isinstance(value, str):
            raise self.error("bitexts.json.value", line, name=key, wanted='"..."')
        return value

    def _texts(self, row: Row, key: str, line: Line) -> tuple[str, ...]:
        value = row.get(key, [])
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            raise self.error("bitexts.json.value", line, name=key, wanted='["..."]')
        return tuple(value)

    def _pairs(self, row: Row, line: Line) -> Properties:
        value = row.get("properties", [])
        if not isinstance(value, list) or not all(_is_pair(pair) for pair in value):
            raise self.error("bitexts.json.value", line, name="properties", wanted='[["...", "..."]]')
        return tuple((name, text) for name, text in value)

    def _codes(self, row: Row, key: str, length: int, line: Line) -> tuple[Code, ...]:
        value = row.get(key, [])
        codes = tuple(map(_code, value)) if isinstance(value, list) else (None,)
        found = tuple(code for code in codes if code is not None)
        if len(found) != len(codes) or not in_order(found, length):
            wanted = '[{"offset": 0, "kind": "open", "id": "1"}]'
            raise self.error("bitexts.json.value", line, name=key, wanted=wanted)
        return found


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(part, str) for part in value)


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _code(value: object) -> Code | None:
    if not isinstance(value, dict):
        return None
    offset, kind = value.get("offset"), value.get("kind")
    texts = [value.get(key, "") for key in ("id", "data", "type")]
    if type(offset) is not int or kind not in _KINDS or not all(isinstance(text, str) for text in texts):
        return None
    identity, data, type_ = texts
    subflows = _subflows(value.get("subflows", []), len(data))
    told = value.get("attributes", [])
    if subflows is None or not isinstance(told, list) or not all(map(_is_pair, told)):
        return None
    attributes = tuple((name, text) for name, text in told)
    return Code(offset, cast("CodeKind", kind), identity, data, type_, subflows, attributes)


def _subflows(value: object, length: int) -> tuple[Span, ...] | None:
    if not isinstance(value, list):
        return None
    ranges = [pair for pair in value if isinstance(pair, list) and len(pair) == 2 and all(type(n) is int for n in pair)]
    if len(ranges) != len(value) or not all(0 <= start <= end <= length for start, end in ranges):
        return None
    return tuple(Span(start, end) for start, end in ranges)


def _runs(line: Line, places: Sequence[tuple[int, int]], joiner: int) -> tuple[OriginRun, ...]:
    runs: list[OriginRun] = []
    length = 0
    for index, (start, end) in enumerate(places):
        if index and joiner:
            runs.append(OriginRun(length, line.offset + places[index - 1][1], joiner))
            length += joiner
        found, size = runs_of(line.text, start, end)
        runs += [OriginRun(length + run.text_start, line.offset + run.file_start, run.file_length) for run in found]
        length += size
    return tuple(runs)


def write(memory: TranslationMemory) -> Iterator[bytes]:
    """The lines as UTF-8. Raises InputError for what no text file can hold."""
    return pieces(encoded(_lines(memory)))


def _lines(memory: TranslationMemory) -> Iterator[str]:
    header = memory.header
    yield _dumped(_head(header))
    joiners = (_joiner(header.source_language), _joiner(header.target_language))
    for number, entry in enumerate(memory.entries, start=1):
        yield _dumped(_unit(entry, number, joiners))


def _dumped(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"


def _head(header: Header) -> Row:
    usual = Header()
    row: dict[str, object] = {"format": FORMAT, "version": VERSION}
    row |= {"source": header.original} if header.original else {}
    names = [name for name, _ in header.properties]
    if len(set(names)) == len(names) and _RESERVED.isdisjoint(names):
        row |= dict(header.properties)
    else:
        row["properties"] = [list(pair) for pair in header.properties]
    for key in ("source_language", "target_language", "segmentation"):
        if getattr(header, key) != getattr(usual, key):
            row[key] = getattr(header, key)
    row |= {"notes": list(header.notes)} if header.notes else {}
    return row | ({"signature": header.signature} if header.signature else {})


def _unit(entry: Entry, number: int, joiners: tuple[str, str]) -> Row:
    told = dict(entry.properties)
    row: dict[str, object] = {}
    used: set[str] = set()
    for name, side, joiner in zip(("source", "target"), (entry.source, entry.target), joiners, strict=True):
        segments = segments_of(side.text, told.get(f"{name}-segments", ""), joiner) if side is not None else []
        row[name] = segments
        used |= {f"{name}-segments"} if len(segments) > 1 else set()
    more = {
        "confidence": entry.confidence,
        "id": None if entry.id == str(number) else entry.id,
        "state": entry.state or None,
        "notes": list(entry.notes) or None,
        "properties": [list(pair) for pair in entry.properties if pair[0] not in used] or None,
        "source_codes": _code_rows(entry.source),
        "target_codes": _code_rows(entry.target),
    }
    return row | {key: value for key, value in more.items() if value is not None}


def _code_rows(content: Content | None) -> list[dict[str, object]] | None:
    if content is None or not content.codes:
        return None
    rows: list[dict[str, object]] = []
    for code in content.codes:
        row: dict[str, object] = {"offset": code.offset, "kind": code.kind, "id": code.id}
        more: Row = {
            "data": code.data,
            "type": code.type,
            "subflows": [[span.start, span.end] for span in code.subflows],
            "attributes": [list(pair) for pair in code.attributes],
        }
        rows.append(row | {name: value for name, value in more.items() if value})
    return rows
