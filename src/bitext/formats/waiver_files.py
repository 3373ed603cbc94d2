"""Reads waiver files: tables that people edit in a spreadsheet, one waiver a row, columns in any order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath

from bitext.errors import InputError
from bitext.formats.encoding import decode
from bitext.formats.frames import frame_at
from bitext.formats.glossaries.delimited import Field, Reader, Record, delimiter_of
from bitext.model.findings import ListedWaiver, Message

_COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(("rule", "规则"), "rule"),
    **dict.fromkeys(("concept", "concept id", "概念", "概念编号"), "concept"),
    **dict.fromkeys(("text", "文字", "文本"), "text"),
    **dict.fromkeys(("page", "path", "页面", "路径"), "page"),
    **dict.fromkeys(("reason", "理由", "原因"), "reason"),
    **dict.fromkeys(("author", "作者", "负责人"), "author"),
    **dict.fromkeys(("expires", "expiry", "有效期", "到期"), "expires"),
}
REQUIRED = ("rule", "reason")
"""Columns that a waiver file must have; each row also says what it is for: a concept, a text or a page."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def parse(data: bytes, path: str) -> tuple[ListedWaiver, ...]:
    """The waivers in the bytes of a CSV file, in order; `path` names it in errors and in the waivers.

    The first row names the columns, in English or Chinese; columns that are not known are ignored. Raises InputError
    with line, column and a frame for the first thing that is wrong.
    """
    text = decode(data, path).text
    records = Reader(text, path, delimiter_of(text)).records()
    header = next(records, ())
    table = _Table(text, path, header)
    return tuple(table.row(record) for record in records)


class _Table:
    def __init__(self, text: str, path: str, header: Record) -> None:
        self.text = text
        self.path = path
        names = [_COLUMNS.get(" ".join(field.value.lower().replace("_", " ").split()), "") for field in header]
        self.columns = {name: names.index(name) for name in names if name}
        self.width = len(header)
        for name in REQUIRED:
            if name not in self.columns:
                raise self._error("column-missing", header[0] if header else Field("", 1, 1, 1, (1, 1)), name=name)

    def row(self, record: Record) -> ListedWaiver:
        if len(record) > self.width and any(field.value for field in record[self.width :]):
            raise self._error("too-many-fields", record[self.width], count=len(record), columns=self.width)
        values = {name: record[index].value for name, index in self.columns.items() if index < len(record)}
        if not values.get("rule"):
            raise self._error("empty-rule", record[0])
        if not PurePosixPath(values.get("page", "")).parts:
            values["page"] = ""
        if not (values.get("concept") or values.get("text") or values["page"]):
            raise self._error("for-nothing", record[0], rule=values["rule"])
        expires = values.get("expires", "")
        if expires and not _is_date(expires):
            raise self._error("date", record[self.columns["expires"]], value=expires)
        return ListedWaiver(**values, path=self.path, line=record[0].line)

    def _error(self, key: str, field: Field, **fields: str | int) -> InputError:
        frame = frame_at(self.text, field.line, field.column, max(field.length, 1))
        return InputError(Message.of(f"waivers.csv.{key}", **fields), self.path, field.line, field.column, frame)


def _is_date(text: str) -> bool:
    try:
        return bool(_DATE.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False
