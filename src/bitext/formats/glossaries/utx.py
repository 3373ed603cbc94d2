"""UTX up to 1.20, tab-separated pairs of terms under lines that begin with `#UTX`; 1.11 is what is written.

A row is one pair of terms; the rows of a concept share its `concept ID`. What the columns have no place for stands in
the comments (`tags`) and is told. The status of a row is that of its target term.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bitext.errors import InputError
from bitext.formats.encoding import decode
from bitext.formats.frames import frame_at
from bitext.formats.glossaries.delimited import Field
from bitext.formats.glossaries.ids import Ids
from bitext.formats.glossaries.loss import Loss
from bitext.formats.glossaries.reading import Reading, Written
from bitext.formats.glossaries.sheet import is_date
from bitext.formats.glossaries.tags import MARK, tag, untagged
from bitext.formats.glossaries.vocabulary import SPELT, folded, region_of
from bitext.model.documents import Language
from bitext.model.findings import Message
from bitext.model.glossary import CasePolicy, Concept, Glossary, Term, TermKind, TermStatus

_LINE = re.compile(r"[^\r\n]+")
_HEAD = re.compile(
    r"#[ ]?UTX(?:-S)?:?[ \t]+\d+(?:\.\d+)*[; \t][ \t]*(?:lang:[ \t]*)?([A-Za-z-]+)[ \t]*/[ \t]*([A-Za-z-]+)", re.ASCII
)
"""The version and the languages, parted by blanks alone in the oldest version."""
_FIRST = "#UTX 1.11; zh/en; copyright: -; license: -"
"""The first line that is written. The last two must stand there, with or without a value; it is not "bidirectional",
which only a glossary without other terms than approved ones may be."""
_STATUSES: Mapping[str, TermStatus] = {
    "approved": TermStatus.PREFERRED,
    "provisional": TermStatus.ADMITTED,
    "non-standard": TermStatus.ADMITTED,
    "forbidden": TermStatus.DEPRECATED,
    "rejected": TermStatus.DEPRECATED,
}
_WRITTEN: Mapping[TermStatus, str] = {
    TermStatus.PREFERRED: "approved",
    TermStatus.ADMITTED: "non-standard",
    TermStatus.DEPRECATED: "forbidden",
    TermStatus.SUPERSEDED: "forbidden",
}
_COLUMNS = ("src", "tgt", "src:pos", "term status", "src:comment", "tgt:comment", "comment", "concept ID")
_KNOWN = frozenset(("src", "tgt", "term status", "src:comment", "tgt:comment", "comment", "concept id"))
_EMPTY = "-"
_BREAKS = re.compile(r"[\t\r\n]+")
_JOIN = " | "
"""Parts the notes in one comment."""


def read(data: bytes, path: str) -> Reading:
    """The glossary in the bytes of a UTX file. Raises InputError with line and column for the first mistake."""
    return _Reader(decode(data, path).text, path).reading()


@dataclass(slots=True)
class _Head:
    languages: tuple[Language, Language]
    columns: list[str]


class _Reader:
    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.terms: dict[str, dict[tuple[Language, str], Term]] = {}
        self.preferred: set[tuple[str, Language]] = set()
        self.told: dict[str, dict[str, str]] = {}
        self.used: set[str] = set()
        self.ids = Ids()

    def fault(self, key: str, cell: Field, **fields: str) -> InputError:
        frame = frame_at(self.text, cell.line, cell.column, max(cell.length, 1))
        message = Message.of(f"glossaries.utx.{key}", **fields)
        return InputError(message, self.path, cell.line, cell.column, frame)

    def reading(self) -> Reading:
        lines = self._lines()
        head = self._head(lines)
        for cells in lines:
            self._row(cells, head)
        if not self.terms:
            raise InputError(Message.of("glossaries.utx.no-terms"), self.path)
        unused = [name for name in head.columns if name.lower() in self.used - _KNOWN]
        notes = [Message.of("glossaries.read.columns", path=self.path, columns=", ".join(unused))] if unused else []
        concepts = (self._concept(name, head.languages) for name in sorted(self.terms))
        return Reading(Glossary(tuple(concepts)), tuple(notes))

    def _concept(self, name: str, languages: tuple[Language, Language]) -> Concept:
        told = self.told.get(name, {})
        fields = (told.get(field, "") for field in ("domain", "scope", "definition", "note"))
        terms = sorted(self.terms[name].values(), key=lambda term: term.language != languages[0])
        return Concept(name, tuple(terms), *fields)

    def _lines(self) -> Iterator[list[Field]]:
        """The lines that are not blank as fields; lines of the header and comments come whole."""
        line, seen = 1, 0
        for match in _LINE.finditer(self.text):
            between = self.text[seen : match.start()]
            line += between.count("\n") + between.count("\r") - between.count("\r\n")
            seen = match.start()
            if match[0].strip():
                yield _fields(match[0], line)

    def _head(self, lines: Iterator[list[Field]]) -> _Head:
        first = next(lines, [Field("", 1, 1, 0, (1, 1))])
        match = _HEAD.match("\t".join(cell.value for cell in first))
        if match is None:
            raise self.fault("no-head", first[0])
        source, target = (self._language(tag_, first[0]) for tag_ in (match[1], match[2]))
        if source == target:
            raise self.fault("same-language", first[0])
        for cells in lines:
            if not cells[0].value.startswith("#"):
                raise self.fault("no-columns", cells[0])
            names = [cell.value.lstrip("#").strip() for cell in cells]
            if names[0].lower() == "src":
                lowered = [name.lower() for name in names]
                if "tgt" not in lowered:
                    raise self.fault("no-target", cells[0])
                return _Head((source, target), names)
        raise self.fault("no-columns", first[0])

    def _language(self, name: str, cell: Field) -> Language:
        found = SPELT.get(folded(name).partition(" ")[0])
        if found is None:
            raise self.fault("language", cell, value=name)
        return found

    def _row(self, cells: list[Field], head: _Head) -> None:
        if cells[0].value.startswith("#") and len(cells) == 1:
            return
        values = {name.lower(): cell for name, cell in zip(head.columns, cells, strict=False) if _filled(cell)}
        if len(cells) > len(head.columns) and any(map(_filled, cells[len(head.columns) :])):
            raise self.fault("too-many", cells[len(head.columns)], columns=str(len(head.columns)))
        self.used |= values.keys()
        sides = [values.get(side) for side in ("src", "tgt")]
        if sides == [None, None]:
            raise self.fault("empty", cells[0])
        name = self._id(values, sides, head)
        known = self.terms.setdefault(name, {})
        for cell, language, side in zip(sides, head.languages, ("src", "tgt"), strict=True):
            if cell is not None:
                taken = (name, language) in self.preferred
                term = self._term(cell, language, side, values, TermStatus.ADMITTED if taken else TermStatus.PREFERRED)
                if known.setdefault((language, term.text), term).status is TermStatus.PREFERRED:
                    self.preferred.add((name, language))
        comment = values.get("comment")
        plain, tags = untagged(comment.value.split(_JOIN) if comment else ())
        told = self.told.setdefault(name, {})
        for field in ("domain", "scope", "definition"):
            told.setdefault(field, tags[field]) if field in tags else None
        note = tags.get("note") or _JOIN.join(plain)
        if note:
            told.setdefault("note", note)

    def _id(self, values: Mapping[str, Field], sides: list[Field | None], head: _Head) -> str:
        given = values.get("concept id")
        if given is not None:
            comment = values.get("comment")
            _, tags = untagged(comment.value.split(_JOIN) if comment else ())
            return tags.get("id", given.value)
        source, target = sides
        english = source if head.languages[0] == "en" else target
        first = source or target
        return self.ids.of((first.value if first else "",), english.value if english else "")

    def _term(
        self,
        cell: Field,
        language: Language,
        side: str,
        values: Mapping[str, Field],
        status: TermStatus,
    ) -> Term:
        comment = values.get(f"{side}:comment")
        plain, tags = untagged(comment.value.split(_JOIN) if comment else ())
        stated = values.get("term status")
        if side == "tgt" and stated is not None:
            if stated.value.lower() not in _STATUSES:
                raise self.fault("status", stated, value=stated.value, accepted=", ".join(_STATUSES))
            status = _STATUSES[stated.value.lower()]
        case = tags.get("case", "")
        return Term(
            tags.get("term", cell.value),
            language,
            TermStatus(tags["status"]) if tags.get("status") in list(TermStatus) else status,
            TermKind(tags["kind"]) if tags.get("kind") in list(TermKind) else TermKind.FULL,
            tags.get("note") or _JOIN.join(plain),
            self.path,
            cell.line,
            cell.column,
            _date(tags.get("valid-from", "")),
            _date(tags.get("valid-until", "")),
            CasePolicy(case) if case in list(CasePolicy) else None,
            tags.get("translate") != "no",
            tags.get("source", ""),
            region_of(f"{language}-{tags.get('region', '')}"),
        )


def _date(value: str) -> str:
    return value if is_date(value) else ""


def _filled(cell: Field) -> bool:
    return cell.value not in ("", _EMPTY)


def _fields(line: str, number: int) -> list[Field]:
    cells, column = [], 1
    for raw in line.split("\t"):
        value = raw.strip()
        start = column + len(raw) - len(raw.lstrip())
        cells.append(Field(value, number, start, len(value), (number, start + len(value))))
        column += len(raw) + 1
    return cells


def write(glossary: Glossary) -> Written:
    """The glossary as UTX 1.11, Chinese to English, in UTF-8 without a mark; lines end with CR LF as UTX asks."""
    loss = Loss()
    lines = [_FIRST, "#" + "\t".join(_COLUMNS)]
    for concept in glossary.concepts:
        lines += ("\t".join(row) for row in _rows(concept, loss))
    data = "".join(f"{line}\r\n" for line in lines).encode("utf-8")
    return Written(data, tuple(loss.notes("UTX")))


def _rows(concept: Concept, loss: Loss) -> Iterator[tuple[str, ...]]:
    """Each term in one row: the n-th Chinese term beside the n-th English one, or the first where there are fewer."""
    of_concept = (("domain", concept.domain), ("scope", concept.scope), ("definition", concept.definition))
    tags = [_kept(loss, name, value) for name, value in of_concept if value] + _note(concept.note)
    identifier = _plain(concept.id).strip() or "c"
    identifier = "c" if identifier == _EMPTY else identifier
    # The reader needs the id in every row to know the concept.
    exact = [] if identifier == concept.id else [_kept(loss, "id", concept.id)]
    chinese, english = concept.in_language("zh"), concept.in_language("en")
    preferred = False
    for index in range(max(len(chinese), len(english))):
        source = chinese[index if index < len(chinese) else 0] if chinese else None
        target = english[index if index < len(english) else 0] if english else None
        usual = TermStatus.ADMITTED if preferred else TermStatus.PREFERRED
        first, second = index < len(chinese), index < len(english)
        yield (
            _text(source),
            _text(target),
            _EMPTY,
            _EMPTY if target is None else _WRITTEN[target.status],
            _comment(source, usual, loss, full=first),
            _comment(target, None if target is None else _STATUSES[_WRITTEN[target.status]], loss, full=second),
            _JOIN.join([*exact, *(tags if not index else ())]) or _EMPTY,
            identifier,
        )
        preferred = preferred or (source is not None and source.status is TermStatus.PREFERRED)


def _plain(text: str) -> str:
    return _BREAKS.sub(" ", text)


def _text(term: Term | None) -> str:
    if term is None:
        return _EMPTY
    text = _plain(term.text)
    # Neither a comment nor an empty cell: an invisible character keeps them apart.
    return f"\u200b{text}" if text.startswith("#") or text == _EMPTY else text


def _comment(term: Term | None, usual: TermStatus | None, loss: Loss, *, full: bool) -> str:
    """What the row cannot say of a term, and if `full` its note; `usual` is the status that the row gives it."""
    if term is None:
        return _EMPTY
    exact = [tag("term", term.text)] if term.text != _text(term) else []
    if not full:
        return _JOIN.join(exact) or _EMPTY
    fields = [
        ("status", term.status.value if term.status is not usual else ""),
        ("kind", term.kind.value if term.kind is not TermKind.FULL else ""),
        ("valid-from", term.valid_from),
        ("valid-until", term.valid_until),
        ("case", term.case.value if term.case is not None else ""),
        ("translate", "" if term.translate else "no"),
        ("source", term.source),
        ("region", term.region),
    ]
    parts = [_kept(loss, name, value) for name, value in fields if value]
    return _JOIN.join([*exact, *parts, *_note(term.note)]) or _EMPTY


def _kept(loss: Loss, field: str, value: str) -> str:
    loss.kept(field)
    return tag(field, value)


def _note(note: str) -> list[str]:
    if not note:
        return []
    safe = _plain(note) == note and _JOIN not in note and not note.startswith((MARK, "|")) and note != _EMPTY
    return [note] if safe and not note.endswith(" |") else [tag("note", note)]
