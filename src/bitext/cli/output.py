"""Where a verb's data goes: the file of -o, whole or not at all, or the standard output."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from pathlib import Path

from bitext.cli import console
from bitext.errors import InputError
from bitext.model.findings import Message


def deliver(pieces: Iterable[str], path: str | None) -> None:
    """Writes text to the file `path` as UTF-8, or to the standard output in the console's character set."""
    if path is None:
        console.write(pieces, sys.stdout)
        return
    try:
        _replace(Path(path), pieces)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError(Message.of("errors.output.unwritable", reason=reason), path) from None


def _replace(path: Path, pieces: Iterable[str]) -> None:
    """Writes beside `path` and moves the whole file there, so that a run cut short leaves what was there before."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    beside = _part_of(path)
    try:
        with beside.open("x", encoding="utf-8", newline="\n") as file:
            file.writelines(pieces)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _part_of(path: Path) -> Path:
    """Where `path` is written before it is whole. A file there is of a killed run whose number came round again."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    with suppress(OSError):
        part.unlink(missing_ok=True)
    return part


def deliver_files(pieces: Iterable[tuple[bytes, ...]], paths: tuple[str, ...]) -> None:
    """Writes each part of `pieces` to the path of its index: all files whole or none of them at all."""
    try:
        _replace_all(tuple(map(Path, paths)), pieces)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError(Message.of("errors.output.unwritable", reason=reason), paths[0]) from None


def _replace_all(paths: tuple[Path, ...], pieces: Iterable[tuple[bytes, ...]]) -> None:
    if any(path.is_dir() for path in paths):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    beside = list(map(_part_of, paths))
    try:
        with ExitStack() as stack:
            files = [stack.enter_context(path.open("xb")) for path in beside]
            for parts in pieces:
                for file, part in zip(files, parts, strict=True):
                    file.write(part)
        for part_path, path in zip(beside, paths, strict=True):
            part_path.replace(path)
    finally:
        for part_path in beside:
            part_path.unlink(missing_ok=True)


def deliver_bytes(data: bytes, path: str) -> None:
    """Writes `data` to the file `path`, whole or not at all. Raises InputError."""
    target = Path(path)
    beside = _part_of(target)
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        with beside.open("xb") as file:
            file.write(data)
        beside.replace(target)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError(Message.of("errors.output.unwritable", reason=reason), path) from None
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def require_writable(path: str) -> None:
    """Raises InputError if the file `path` is there and may not be written to."""
    try:
        mode = Path(path).stat().st_mode
    except OSError as error:
        raise _unwritable(path, error) from None
    # A superuser may write to any file; one marked as read-only was meant to stay as it is.
    if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(path, os.W_OK):
        raise InputError(Message.of("waivers.errors.read-only"), path)


def overwrite(path: str, data: bytes) -> None:
    """Replaces the contents of the file `path`, whole or not at all; its permissions stay. Raises InputError."""
    require_writable(path)
    # The file itself, where `path` is a link to it.
    real = Path(os.path.realpath(path))
    beside = real.with_name(f".bitext.{os.getpid()}.part")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(real, beside)
        beside.replace(real)
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        beside.unlink(missing_ok=True)


def _unwritable(path: str, error: OSError) -> InputError:
    reason = error.strerror or type(error).__name__
    return InputError(Message.of("waivers.errors.unwritable", reason=reason), path)


def ascii_only(path: str | None) -> bool:
    """Whether JSON must be escaped to be UTF-8 wherever it goes."""
    return path is None and not console.is_utf8(sys.stdout)
