"""The one place that opens input files."""

from __future__ import annotations

import difflib
import os
import stat
from pathlib import Path
from typing import BinaryIO

from bitext.errors import InputError
from bitext.model.findings import Message

DEFAULT_LIMIT = 32 * 1024 * 1024
"""Bytes. A news page has some hundred kilobytes; what is larger than this is a mistake or an attack."""

PICTURED_LIMIT = 256 * 1024 * 1024
"""Bytes of files that hold their pictures; of them only the parts with text are unpacked."""
_PICTURED = (".docx", ".docm", ".dotx")

_SIBLINGS_SEEN = 2_000


def read_bytes(path: str | os.PathLike[str], limit: int | None = None) -> bytes:
    """The contents of the regular file `path`, at most `limit` bytes of it (as its name lets expect, if it is None).

    Raises InputError when there is no such file, when it is no regular file (a pipe or a device is never opened, so
    nothing hangs), when it cannot be read, when it is larger than `limit`, and when it is empty.
    """
    name = os.fspath(path)
    if limit is None:
        limit = PICTURED_LIMIT if name.lower().endswith(_PICTURED) else DEFAULT_LIMIT
    _require_regular_file(name)
    try:
        with Path(name).open("rb") as file:
            data = file.read(limit + 1)
            size = max(len(data), os.fstat(file.fileno()).st_size)
    except OSError as error:
        raise _unreadable(name, error) from error
    if size > limit:
        raise InputError(Message.of("formats.file.too-large", size=_megabytes(size), limit=_megabytes(limit)), name)
    if not data:
        raise InputError(Message.of("formats.file.empty"), name)
    return data


def is_one_file(path: str, other: str) -> bool:
    """Whether two paths lead to the same file, by whatever names; what cannot be looked at is none."""
    try:
        return Path(path).samefile(other)
    except (OSError, ValueError):
        return False


def open_stream(path: str | os.PathLike[str]) -> BinaryIO:
    """The regular file `path`, opened to be read as a stream of any length. Raises InputError as `read_bytes` does."""
    name = os.fspath(path)
    _require_regular_file(name)
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise _unreadable(name, error) from error


def _require_regular_file(name: str) -> None:
    try:
        mode = Path(name).stat().st_mode
    except (FileNotFoundError, NotADirectoryError) as error:
        raise _missing(name) from error
    except (OSError, ValueError) as error:
        raise _unreadable(name, error) from error
    if stat.S_ISDIR(mode):
        raise InputError(Message.of("formats.file.directory"), name)
    if not stat.S_ISREG(mode):
        raise InputError(Message.of("formats.file.special"), name)


def _missing(name: str) -> InputError:
    similar = _similar_sibling(Path(name))
    if similar:
        return InputError(Message.of("formats.file.missing-similar", similar=similar), name)
    return InputError(Message.of("formats.file.missing"), name)


def _similar_sibling(path: Path) -> str:
    # A folder may hold a million files; a suggestion is not worth reading them all.
    try:
        with os.scandir(path.parent) as entries:
            names = [entry.name for entry, _ in zip(entries, range(_SIBLINGS_SEEN), strict=False)]
    except OSError:
        return ""
    close = difflib.get_close_matches(path.name, sorted(names), n=1, cutoff=0.7)
    return str(path.with_name(close[0])) if close else ""


def _unreadable(name: str, error: Exception) -> InputError:
    if isinstance(error, PermissionError):
        return InputError(Message.of("formats.file.denied"), name)
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return InputError(Message.of("formats.file.unreadable", reason=reason), name)


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{size} B"
