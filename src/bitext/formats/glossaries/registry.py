"""Which format a glossary has, by its contents and its suffix, and the reader and the writer for it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Literal, TypeAlias

from bitext.errors import ConfigError, InputError
from bitext.formats.glossaries.reading import Reading, Written
from bitext.model.findings import Message
from bitext.model.glossary import Glossary

Format: TypeAlias = Literal["csv", "tsv", "xlsx", "tbx", "utx"]

SUFFIXES: Mapping[str, Format] = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".txt": "tsv",
    ".xlsx": "xlsx",
    ".tbx": "tbx",
    ".xml": "tbx",
    ".utx": "utx",
}
DISCOVERED = (".csv", ".tsv", ".xlsx", ".tbx", ".utx")
"""Suffixes of the files that a folder of glossaries is searched for."""
ACCEPTED = ".csv, .tsv, .xlsx, .tbx, .utx"

_TEXT_START = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\x00]*")


def format_of(data: bytes, path: str) -> Format:
    """The format of the file contents `data`: by how they begin where that tells, else by the suffix of `path`.

    Raises InputError for a suffix that no glossary has.
    """
    suffix = PurePath(path).suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError(Message.of("glossaries.suffix.read", suffix=suffix or "?", accepted=ACCEPTED), path)
    if data.startswith(b"PK\x03\x04"):
        return "xlsx"
    match = _TEXT_START.match(data)
    begin = data[match.end() if match else 0 :][:8].replace(b"\0", b"")
    if begin.startswith(b"#UTX"):
        return "utx"
    if begin.startswith(b"<"):
        return "tbx"
    named = SUFFIXES[suffix]
    if named not in ("csv", "tsv"):
        raise InputError(Message.of(f"glossaries.suffix.not-{named}"), path)
    return named


def read(data: bytes, path: str) -> Reading:
    """The glossary in the file contents `data`. Raises InputError with the place of what is wrong."""
    from bitext.formats.glossaries import csv, tbx, utx, xlsx

    readers: Mapping[Format, Callable[[bytes, str], Reading]] = {
        "csv": csv.read,
        "tsv": csv.read,
        "xlsx": xlsx.read,
        "tbx": tbx.read,
        "utx": utx.read,
    }
    return readers[format_of(data, path)](data, path)


def write(glossary: Glossary, path: str, dialect: str | None = None) -> Written:
    """The bytes of `glossary` in the format that the suffix of `path` tells.

    `dialect` is one of TBX (`tbx_words.DIALECTS`). Raises ConfigError for a suffix or a dialect that cannot be
    written, InputError for what the format cannot hold at all.
    """
    suffix = PurePath(path).suffix.lower()
    target = SUFFIXES.get(suffix)
    if target is None:
        raise ConfigError(Message.of("glossaries.suffix.write", suffix=suffix or "?", accepted=ACCEPTED))
    if target == "tbx":
        return _write_tbx(glossary, dialect)
    if dialect is not None:
        raise ConfigError(Message.of("glossaries.dialect.not-tbx", value=dialect, suffix=suffix))
    if target == "xlsx":
        from bitext.formats.glossaries import xlsx_write

        return xlsx_write.write(glossary)
    if target == "utx":
        from bitext.formats.glossaries import utx

        return utx.write(glossary)
    from bitext.formats.glossaries import csv

    return csv.write(glossary, "," if target == "csv" else "\t")


def _write_tbx(glossary: Glossary, dialect: str | None) -> Written:
    from bitext.formats.glossaries import tbx_write
    from bitext.formats.glossaries.tbx_words import DEFAULT, DIALECTS

    name = dialect or DEFAULT
    if name not in DIALECTS:
        accepted = ", ".join(DIALECTS)
        close = difflib.get_close_matches(name, list(DIALECTS), n=1)
        key, fields = ("unknown-similar", {"similar": close[0]}) if close else ("unknown", {})
        raise ConfigError(Message.of(f"glossaries.dialect.{key}", value=name, accepted=accepted, **fields))
    return tbx_write.write(glossary, DIALECTS[name])
