"""Translations from any bitext written back into the file of a CAT tool that they are of.

A translation finds its segment by the id if the source texts are the same too, else by the source text: of segments
with the same text the first takes the first translation and so on. Whatever is not a translation stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from bitext.errors import ConfigError, InputError
from bitext.formats.bitexts import mqxliff, sdlxliff
from bitext.formats.bitexts.inline import is_mark
from bitext.formats.bitexts.packages import Dialect, Facts, is_same, read_package, written_back
from bitext.formats.bitexts.registry import KINDS, Kind
from bitext.formats.xml_source import decoded
from bitext.model.findings import Message
from bitext.model.memory import Content, Entry

_PLAIN = Dialect(lambda segment, _: Facts("", segment.unit.notes))
_DIALECTS: Mapping[str, Dialect] = {"sdlxliff": sdlxliff.DIALECT, "mqxliff": mqxliff.DIALECT, "xliff": _PLAIN}
"""The formats that translations are written back into; of XLIFF the versions up to 1.2."""


@dataclass(frozen=True, slots=True)
class WrittenBack:
    """The file with the translations, and what became of them.

    `written` are the ids of the segments whose translation changed, `same` the number of those that had theirs already.
    `locked` and `codes` are the ids of segments that were left alone: because they are locked, or because the inline
    codes of the translation are not theirs. `stripped` are ids of segments whose new translation lacks codes of the
    source; `homeless` the sources of translations that found no segment.
    """

    data: bytes
    written: tuple[str, ...]
    same: int
    locked: tuple[str, ...]
    codes: tuple[str, ...]
    stripped: tuple[str, ...]
    homeless: tuple[str, ...]


def write_back(original: bytes, kind: Kind, translations: Iterable[Entry], path: str = "") -> WrittenBack:
    """The file `original` of `kind` with `translations` in it; every other byte stays.

    Raises ConfigError for a kind that is not written back into, InputError for a file that cannot be read, where no
    translation finds a segment or none is given, and for a character that XML or the file's encoding cannot hold.
    """
    dialect = dialect_of(original, kind, path)
    segments = tuple(read_package(BytesIO(original), path, dialect, places=True).entries)
    rows = [row for row in translations if row.target is not None and row.target.text.strip()]
    found, homeless = _matched(segments, rows)
    if not found:
        raise InputError(Message.of("writeback.none" if rows else "writeback.empty"), path)
    refused: dict[str, str] = {}
    data = written_back(original, found, dialect, path, refused=refused)
    done = {segment.id: segment for segment in segments if segment.id in found and segment.id not in refused}
    same = {key for key, segment in done.items() if segment.target and is_same(segment.target, found[key])}
    written = tuple(key for key in done if key not in same)
    return WrittenBack(
        data,
        written,
        len(same),
        tuple(key for key, reason in refused.items() if reason == "locked"),
        tuple(key for key, reason in refused.items() if reason == "codes"),
        tuple(key for key in written if _codes(done[key].source) - _codes(found[key])),
        homeless,
    )


def dialect_of(original: bytes, kind: Kind, path: str) -> Dialect:
    """How the file `original` is written back into. Raises ConfigError where it cannot be."""
    if kind.name not in _DIALECTS:
        accepted = " ".join(suffix for name in _DIALECTS for suffix in KINDS[name].suffixes)
        raise ConfigError(Message.of("writeback.kind", accepted=accepted), path)
    head = decoded(original, path).text[:_HEAD]
    if kind.name == "xliff" and ("xliff:document:2" in head or 'version="2' in head.partition("<file")[0]):
        raise ConfigError(Message.of("writeback.version"), path)
    return _DIALECTS[kind.name]


_HEAD = 4096


def _codes(content: Content | None) -> set[tuple[str, str]]:
    """The kinds and ids of the codes in a text, but for marks."""
    codes = content.codes if content is not None else ()
    return {(code.kind, code.id) for code in codes if not is_mark(code.type)}


def _matched(segments: Iterable[Entry], rows: Sequence[Entry]) -> tuple[dict[str, Content], tuple[str, ...]]:
    """The translation of each segment by its id, and the sources of those of `rows` that no segment has."""
    by_id: dict[str, int] = {}
    by_text: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        by_id.setdefault(row.id, index)
        if row.source is not None:
            by_text.setdefault(row.source.text, []).append(index)
    found: dict[str, Content] = {}
    used: set[int] = set()
    seen: dict[str, int] = {}
    for segment in segments:
        text = segment.source.text if segment.source is not None else ""
        nth = seen[text] = seen.get(text, -1) + 1
        index = next((by_id[key] for key in _keys(segment.id) if key in by_id and _is_of(rows[by_id[key]], text)), -1)
        alike = by_text.get(text, ())
        if index < 0 and alike:
            index = alike[min(nth, len(alike) - 1)]
        if index >= 0 and (target := rows[index].target) is not None:
            found[segment.id] = target
            used.add(index)
    told = {row.source.text for index, row in enumerate(rows) if index in used and row.source is not None}
    left = (row for index, row in enumerate(rows) if index not in used)
    return found, tuple(row.source.text if row.source else row.id for row in left if not _said(row, told))


def _said(row: Entry, told: set[str]) -> bool:
    """Whether another translation of the same source found its segment."""
    return row.source is not None and row.source.text in told


def _is_of(row: Entry, text: str) -> bool:
    return row.source is None or row.source.text == text


def _keys(name: str) -> Iterator[str]:
    """The ids that a segment may have elsewhere: without the number of its file, without its own name in the unit."""
    plain = name.partition("/")[2] if name.partition("/")[0].isdecimal() and "/" in name else name
    for key in dict.fromkeys((name, plain)):
        yield key
        unit, stop, _ = key.rpartition(".")
        if stop:
            yield unit
