"""Which formats of bitexts there are, by name, by suffix and by contents, and what each can hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import BinaryIO, Literal, Protocol, TypeAlias, cast

from bitext.errors import InputError
from bitext.model.findings import Message
from bitext.model.memory import TranslationMemory

Feature: TypeAlias = Literal["codes", "attributes", "states", "notes", "properties", "confidences", "breaks", "header"]
"""What a unit or a file may have beside ids and texts; "attributes" are those of inline codes, "breaks" tabs and line
breaks within a text, "header" is what the file says of all its units beside their languages."""
FEATURES: tuple[Feature, ...] = (
    "codes",
    "attributes",
    "breaks",
    "states",
    "notes",
    "properties",
    "confidences",
    "header",
)


class BitextFormat(Protocol):
    """What a module under `bitexts/` offers."""

    def read(self, stream: BinaryIO, path: str, *, places: bool = False) -> TranslationMemory:
        """The units in `stream`, lazily unless `places` are asked for. Raises InputError, later too."""

    def write(self, memory: TranslationMemory) -> Iterator[bytes]:
        """The file in pieces. Raises InputError for what the format cannot hold in any form."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One format: its name, its module, its suffixes (the first is the usual one), and what it holds.

    `writable` is False where files are changed in place and never made anew. `files` is 2 for a pair of files.
    """

    name: str
    module: str
    suffixes: tuple[str, ...]
    holds: frozenset[Feature]
    writable: bool = True
    files: int = 1


def _kind(name: str, suffixes: str, holds: str, module: str = "", *, writable: bool = True, files: int = 1) -> Kind:
    held = cast("frozenset[Feature]", frozenset(FEATURES if holds == "all" else holds.split()))
    return Kind(name, f"bitext.formats.bitexts.{module or name}", tuple(suffixes.split()), held, writable, files)


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        _kind("tmx", ".tmx", "codes breaks states notes properties confidences header"),
        _kind("xliff", ".xlf .xliff", "all"),
        _kind("xliff2", "", "all", "xliff21"),
        _kind("sdlxliff", ".sdlxliff", "all", writable=False),
        _kind("mqxliff", ".mqxliff", "all", writable=False),
        _kind("tsv", ".tsv .tab", "breaks states notes confidences"),
        _kind("csv", ".csv", "breaks states notes confidences"),
        _kind("jsonl", ".jsonl", "all"),
        _kind("parquet", ".parquet", "all"),
        _kind("columns", "", ""),
        _kind("moses", "", "", files=2),
    )
}
"""Every format by name. Those without a suffix are chosen by name only."""

SUFFIXES: Mapping[str, str] = {suffix: kind.name for kind in KINDS.values() for suffix in kind.suffixes}
READABLE = tuple(KINDS)
WRITABLE = tuple(kind.name for kind in KINDS.values() if kind.writable)

_STARTS: tuple[tuple[bytes, str], ...] = ((b"PAR1", "parquet"), (b'{"', "jsonl"))
_HEAD = 4096
_ELEMENTS: tuple[tuple[bytes, str], ...] = (
    (b"sdl.com/FileTypes/SdlXliff", "sdlxliff"),
    (b"MQXliff", "mqxliff"),
    (b"<xliff", "xliff"),
    (b":xliff", "xliff"),
    (b"<tmx", "tmx"),
)
_OTHER_TEXT = (".xml", ".txt", ".json", "")
"""Suffixes that tell nothing of what is in the file."""


def kind_of_path(path: str) -> Kind | None:
    """The format that the suffix of `path` names, if any."""
    name = SUFFIXES.get(PurePath(path).suffix.lower())
    return None if name is None else KINDS[name]


def is_bitext(path: str) -> bool:
    """Whether `path` names a file of translation units, which is checked as it stands."""
    return kind_of_path(path) is not None


def kind_of(path: str, head: bytes) -> Kind:
    """The format of a file to be read: that of its suffix, else that of its first bytes. Raises InputError."""
    suffix = PurePath(path).suffix.lower()
    named = kind_of_path(path)
    told = _told(head)
    # A package that was renamed to .xlf keeps its own marks, by which its segments are found.
    open_to = suffix in _OTHER_TEXT if named is None else named.name == "xliff"
    if told is not None and open_to:
        return told
    if named is None:
        raise InputError(Message.of("bitexts.suffix", suffix=suffix or "?", accepted=" ".join(SUFFIXES)), path)
    return named


def _told(head: bytes) -> Kind | None:
    plain = head[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    for start, name in _STARTS:
        if plain.startswith(start):
            return KINDS[name]
    found = next((name for mark, name in _ELEMENTS if mark in plain), None) if plain.startswith(b"<") else None
    return None if found is None else KINDS[found]


def module_of(kind: Kind) -> BitextFormat:
    """The reader and writer of `kind`, imported now."""
    return cast("BitextFormat", import_module(kind.module))
