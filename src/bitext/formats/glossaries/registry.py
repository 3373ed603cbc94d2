"""Which format a glossary has, by its contents and its suffix, and the reader and the writer for it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from importlib import import_module
from pathlib import PurePath
from typing import Literal, Protocol, TypeAlias, cast

from bitext.errors import ConfigError, InputError
from bitext.formats.glossaries.reading import Reading, Written
from bitext.formats.glossaries.tbx_words import DEFAULT, DIALECTS
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

_READERS: Mapping[Format, str] = {"csv": "csv", "tsv": "csv", "xlsx": "xlsx", "tbx": "tbx", "utx": "utx"}
"""Format to its module, which is imported when a file of the format comes."""

_TEXT_START = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\x00]*")


class _Reader(Protocol):
    def read(self, data: bytes, path: str) -> Reading:
        """The glossary in `data`."""


def format_of(data: bytes, path: str) -> Format:
    """The format of the file contents `data`: by how they begin where that tells, else by the suffix of `path`.

    Raises InputError for a suffix that no glossary has.
    """
    require_suffix(path)
    if data.startswith(b"PK\x03\x04"):
        return "xlsx"
    match = _TEXT_START.match(data)
    begin = data[match.end() if match else 0 :][:8].replace(b"\0", b"")
    if begin.startswith((b"#UTX", b"# UTX")):
        return "utx"
    if begin.startswith(b"<"):
        return "tbx"
    named = SUFFIXES[PurePath(path).suffix.lower()]
    if named not in ("csv", "tsv"):
        raise InputError(Message.of(f"glossaries.suffix.not-{named}"), path)
    return named


def read(data: bytes, path: str) -> Reading:
    """The glossary in the file contents `data`. Raises InputError with the place of what is wrong."""
    module = cast("_Reader", import_module(f"bitext.formats.glossaries.{_READERS[format_of(data, path)]}"))
    return module.read(data, path)


def require_suffix(path: str) -> None:
    """Raises InputError if the suffix of `path` is none that a glossary has."""
    suffix = PurePath(path).suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError(Message.of("glossaries.suffix.read", suffix=suffix or "?", accepted=ACCEPTED), path)


def require_writable(path: str, dialect: str | None) -> Format:
    """The format that the suffix of `path` tells. Raises ConfigError for a suffix or a dialect that is none."""
    suffix = PurePath(path).suffix.lower()
    target = SUFFIXES.get(suffix)
    if target is None:
        raise ConfigError(Message.of("glossaries.suffix.write", suffix=suffix or "?", accepted=ACCEPTED))
    if target == "tbx":
        _require_dialect(dialect or DEFAULT)
    elif dialect is not None:
        raise ConfigError(Message.of("glossaries.dialect.not-tbx", value=dialect, suffix=suffix))
    return target


def _require_dialect(name: str) -> None:
    if name in DIALECTS:
        return
    close = difflib.get_close_matches(name, list(DIALECTS), n=1)
    key, fields = ("unknown-similar", {"similar": close[0]}) if close else ("unknown", {})
    raise ConfigError(Message.of(f"glossaries.dialect.{key}", value=name, accepted=", ".join(DIALECTS), **fields))


def write(glossary: Glossary, path: str, dialect: str | None = None) -> Written:
    """The bytes of `glossary` in the format that the suffix of `path` tells.

    `dialect` is one of TBX (`tbx_words.DIALECTS`). Raises ConfigError for a suffix or a dialect that cannot be
    written, InputError for what the format cannot hold at all.
    """
    target = require_writable(path, dialect)
    if target == "tbx":
        from bitext.formats.glossaries import tbx_write

        return tbx_write.write(glossary, DIALECTS[dialect or DEFAULT])
    if target == "xlsx":
        from bitext.formats.glossaries import xlsx_write

        return xlsx_write.write(glossary)
    if target == "utx":
        from bitext.formats.glossaries import utx

        return utx.write(glossary)
    from bitext.formats.glossaries import csv

    return csv.write(glossary, "," if target == "csv" else "\t")
