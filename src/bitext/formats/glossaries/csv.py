"""Reads glossaries that people edit in a spreadsheet: one term a row, columns in any order."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

from bitext.errors import InputError
from bitext.formats.encoding import decode
from bitext.formats.frames import frame_at
from bitext.formats.glossaries.delimited import Field, Reader, Record, delimiter_of
from bitext.model.documents import Language
from bitext.model.findings import Message
from bitext.model.glossary import CasePolicy, Concept, Glossary, Term, TermKind, TermStatus

_T = TypeVar("_T")

_COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(("concept", "concept id", "id", "概念", "概念编号"), "concept"),
    **dict.fromkeys(("language", "lang", "语言", "语种"), "language"),
    **dict.fromkeys(("term", "术语", "词条"), "term"),
    **dict.fromkeys(("status", "状态"), "status"),
    **dict.fromkeys(("kind", "type", "类型", "类别"), "kind"),
    **dict.fromkeys(("note", "notes", "备注", "说明"), "note"),
    **dict.fromkeys(("domain", "subject", "领域"), "domain"),
    **dict.fromkeys(("scope", "范围", "适用范围"), "scope"),
    **dict.fromkeys(("valid from", "生效日期", "启用日期"), "valid_from"),
    **dict.fromkeys(("valid until", "失效日期", "停用日期"), "valid_until"),
    **dict.fromkeys(("case", "大小写"), "case"),
    **dict.fromkeys(("translate", "翻译", "是否翻译"), "translate"),
    **dict.fromkeys(("source", "来源", "出处"), "source"),
}
REQUIRED = ("concept", "language", "term")
"""Columns that a glossary must have; all others may be left out."""

_LANGUAGES: Mapping[str, Language] = {
    **dict.fromkeys(("zh", "zh-cn", "zh-hans", "zh-tw", "zh-hk", "zh-hant", "chinese", "中文", "中", "汉语"), "zh"),
    **dict.fromkeys(("en", "en-us", "en-gb", "english", "英文", "英", "英语"), "en"),
}
_STATUSES: Mapping[str, TermStatus] = {
    **{status.value: status for status in TermStatus},
    **dict.fromkeys(("首选", "首选术语", "推荐"), TermStatus.PREFERRED),
    **dict.fromkeys(("许用", "可用", "允许", "准用"), TermStatus.ADMITTED),
    **dict.fromkeys(("弃用", "拒用", "禁用", "不用"), TermStatus.DEPRECATED),
    **dict.fromkeys(("被取代", "取代", "已取代", "旧称"), TermStatus.SUPERSEDED),
}
_KINDS: Mapping[str, TermKind] = {
    **{kind.value: kind for kind in TermKind},
    **dict.fromkeys(("全称", "全名"), TermKind.FULL),
    **dict.fromkeys(("简称", "短名"), TermKind.SHORT),
    **dict.fromkeys(("缩写", "首字母缩写", "缩略语"), TermKind.ACRONYM),
    **dict.fromkeys(("变体", "异形", "异体"), TermKind.VARIANT),
}
_CASES: Mapping[str, CasePolicy] = {
    **{policy.value: policy for policy in CasePolicy},
    **dict.fromkeys(("任意", "不限"), CasePolicy.ANY),
    **dict.fromkeys(("严格", "固定"), CasePolicy.EXACT),
    **dict.fromkeys(("首字母", "首字母除外"), CasePolicy.FIRST),
}
_TRANSLATED: Mapping[str, bool] = {**dict.fromkeys(("yes", "是"), True), **dict.fromkeys(("no", "否", "不译"), False)}
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


def parse(data: bytes, path: str) -> Glossary:
    """The glossary in the bytes of a CSV file; `path` names it in errors and in its terms.

    The first row names the columns, in English or Chinese and any order; columns that are not known are ignored. An
    empty status is preferred, an empty kind full. Raises InputError with line, column and a frame for the first thing
    that is wrong.
    """
    return _Parser(data, path).glossary()


class _Parser:
    def __init__(self, data: bytes, path: str) -> None:
        self.path = path
        self.text = decode(data, path).text
        self.records = Reader(self.text, path, delimiter_of(self.text)).records()
        self.seen: dict[tuple[str, Language, str], int] = {}
        self.told: dict[tuple[str, str], Field] = {}

    def glossary(self) -> Glossary:
        header = next(self.records, ())
        columns = self._columns(header)
        terms: dict[str, list[Term]] = {}
        for record in self.records:
            concept, term = self._row(record, columns, len(header))
            terms.setdefault(concept, []).append(term)
        if not terms:
            raise InputError(Message.of("glossary.csv.no-terms"), self.path)
        return Glossary(tuple(self._concept(name, terms[name]) for name in sorted(terms)))

    def _concept(self, name: str, terms: list[Term]) -> Concept:
        domain, scope = (self.told.get((name, column)) for column in ("domain", "scope"))
        return Concept(name, tuple(terms), domain.value if domain else "", scope.value if scope else "")

    def _columns(self, header: Record) -> dict[str, int]:
        columns: dict[str, int] = {}
        for index, field in enumerate(header):
            name = _COLUMNS.get(" ".join(field.value.lower().replace("_", " ").split()))
            if name in columns:
                raise self._error("column-twice", field, value=field.value)
            if name:
                columns[name] = index
        for name in REQUIRED:
            if name not in columns:
                raise self._missing_column(name, header, columns)
        return columns

    def _missing_column(self, name: str, header: Record, columns: dict[str, int]) -> InputError:
        unused = [field for index, field in enumerate(header) if index not in columns.values()]
        close = difflib.get_close_matches(name, [field.value.lower() for field in unused], n=1, cutoff=0.6)
        if close:
            field = next(field for field in unused if field.value.lower() == close[0])
            return self._error("column-similar", field, name=name, value=field.value)
        if not header:
            return InputError(Message.of("glossary.csv.no-terms"), self.path)
        end = header[-1].end
        whole = Field("", header[0].line, 1, max(end[1] - 1, 1), end)
        return self._error("column-missing", whole, name=name)

    def _row(self, record: Record, columns: dict[str, int], width: int) -> tuple[str, Term]:
        if len(record) > width and any(field.value for field in record[width:]):
            raise self._error("too-many-fields", record[width], count=len(record), columns=width)
        concept = self._required(record, columns, "concept")
        text = self._required(record, columns, "term")
        self._required(record, columns, "language")
        language = self._value(record, columns, "language", _LANGUAGES, ("zh", "en"), "zh")
        status = self._value(record, columns, "status", _STATUSES, tuple(TermStatus), TermStatus.PREFERRED)
        kind = self._value(record, columns, "kind", _KINDS, tuple(TermKind), TermKind.FULL)
        self._refuse_twice(concept.value, language, text)
        for name in ("domain", "scope"):
            self._tell(record, columns, concept.value, name)
        valid_from, valid_until = self._validity(record, columns)
        term = Term(
            text.value,
            language,
            status,
            kind,
            _text(record, columns, "note"),
            self.path,
            text.line,
            text.column,
            valid_from,
            valid_until,
            self._case(record, columns),
            self._value(record, columns, "translate", _TRANSLATED, ("yes", "no"), True),
            _text(record, columns, "source"),
        )
        return concept.value, term

    def _case(self, record: Record, columns: dict[str, int]) -> CasePolicy | None:
        known: Mapping[str, CasePolicy | None] = _CASES
        return self._value(record, columns, "case", known, tuple(CasePolicy), None)

    def _tell(self, record: Record, columns: dict[str, int], concept: str, name: str) -> None:
        """Keeps what a row says of its whole concept. Raises InputError if another row says otherwise."""
        field = _field(record, columns, name)
        if field is None or not field.value:
            return
        first = self.told.setdefault((concept, name), field)
        if first.value != field.value:
            raise self._error(
                "differs", field, name=name, value=field.value, concept=concept, first=first.value, line=first.line
            )

    def _validity(self, record: Record, columns: dict[str, int]) -> tuple[str, str]:
        fields = [_field(record, columns, name) for name in ("valid_from", "valid_until")]
        for field in fields:
            if field is not None and field.value and not _is_date(field.value):
                raise self._error("bad-date", field, value=field.value)
        first, last = (field.value if field is not None else "" for field in fields)
        # A year or a month is as long as it lasts: 2023 to 2023-05 is no contradiction.
        length = min(len(first), len(last))
        if fields[1] is not None and first[:length] > last[:length]:
            raise self._error("dates-reversed", fields[1], first=first, value=last)
        return first, last

    def _required(self, record: Record, columns: dict[str, int], name: str) -> Field:
        field = _field(record, columns, name)
        if field is None:
            end = record[-1].end
            raise self._error("too-few-fields", Field("", *end, 1, end), name=name)
        if not field.value:
            raise self._error(f"empty-{name}", field)
        return field

    def _value(
        self,
        record: Record,
        columns: dict[str, int],
        name: str,
        accepted: Mapping[str, _T],
        shown: Sequence[str],
        default: _T,
    ) -> _T:
        field = _field(record, columns, name)
        if field is None or not field.value:
            return default
        found = accepted.get(field.value.lower().replace("_", "-"))
        if found is None:
            raise self._unknown(name, field, accepted, shown)
        return found

    def _unknown(self, name: str, field: Field, accepted: Mapping[str, object], shown: Sequence[str]) -> InputError:
        close = difflib.get_close_matches(field.value.lower(), list(accepted), n=1, cutoff=0.5)
        choices = ", ".join(shown)
        if close:
            return self._error(f"unknown-{name}-similar", field, value=field.value, accepted=choices, similar=close[0])
        return self._error(f"unknown-{name}", field, value=field.value, accepted=choices)

    def _refuse_twice(self, concept: str, language: Language, term: Field) -> None:
        first = self.seen.setdefault((concept, language, term.value), term.line)
        if first != term.line:
            raise self._error("term-twice", term, value=term.value, concept=concept, line=first)

    def _error(self, key: str, field: Field, **fields: str | int) -> InputError:
        frame = frame_at(self.text, field.line, field.column, max(field.length, 1))
        return InputError(Message.of(f"glossary.csv.{key}", **fields), self.path, field.line, field.column, frame)


def _is_date(value: str) -> bool:
    """Whether `value` is a year, a month or a day of the calendar in ISO 8601."""
    if not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except ValueError:
        return False
    return True


def _text(record: Record, columns: dict[str, int], name: str) -> str:
    field = _field(record, columns, name)
    return field.value if field is not None else ""


def _field(record: Record, columns: dict[str, int], name: str) -> Field | None:
    index = columns.get(name, len(record))
    return record[index] if index < len(record) else None
