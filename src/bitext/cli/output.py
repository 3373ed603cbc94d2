"""Where a verb's data goes: the file of -o, whole or not at all, or the standard output."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

from bitext.cli import console
from bitext.errors import InputError
from bitext.model.findings import Message


def deliver(pieces: Iterable[str], path: str | None) -> None:
    """Writes text to the file `path` as UTF-8, or to the standard output in the console's character set."""
    if path is None:
        console.write(pieces, sys.stdout)
    else:
        # The names of files may hold what is no character; an escape of it is right in JSON too, as on the screen.
        deliver_files(((piece.encode("utf-8", "backslashreplace"),) for piece in pieces), (path,))


def deliver_bytes(data: bytes, path: str) -> None:
    """Writes `data` to the file `path`, whole or not at all. Raises InputError."""
    deliver_files([(data,)], (path,))


def deliver_files(pieces: Iterable[tuple[bytes, ...]], paths: tuple[str, ...]) -> None:
    """Writes each part of `pieces` to the path of its index: all files whole or none of them at all."""
    try:
        with _whole(paths) as files:
            for parts in pieces:
                for file, part in zip(files, parts, strict=True):
                    file.write(part)
    except OSError as error:
        raise _unwritable("errors.output.unwritable", paths[0], error) from None


@contextmanager
def _whole(paths: Sequence[str]) -> Iterator[list[BinaryIO]]:
    """New files for `paths`, which take their places when the block ends without an error. Raises OSError.

    A run cut short leaves what was there before. A file that is replaced keeps its permissions, and a link to it stays
    a link; a device or a pipe is written to, not replaced.
    """
    with ExitStack() as stack:
        halves = [_half(Path(path), stack) for path in paths]
        yield [half.file for half in halves]
        for half in halves:
            half.finish()
        for half in halves:
            half.move()


@dataclass(slots=True)
class _Half:
    """A file that is being written, and the place that it takes when it is whole, unless it stands there already."""

    file: BinaryIO
    place: Path | None

    def finish(self) -> None:
        self.file.flush()
        if self.place is not None:
            os.fsync(self.file.fileno())
        self.file.close()

    def move(self) -> None:
        if self.place is not None:
            part = Path(self.file.name)
            if os.access(self.place, os.W_OK):
                shutil.copymode(self.place, part)
            part.replace(self.place)


def _half(path: Path, stack: ExitStack) -> _Half:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if path.exists() and not path.is_file():
        return _Half(stack.enter_context(path.open("wb")), None)
    place = Path(os.path.realpath(path))
    # Named for its place, not after it: the name of the place may be as long as a name can be.
    part = place.with_name(f".bitext.{os.getpid()}.{crc32(os.fsencode(place.name)):08x}.part")
    # One that is there is of a killed run whose number came round again.
    _remove(part)
    stack.callback(_remove, part)
    return _Half(stack.enter_context(part.open("xb")), place)


def _remove(part: Path) -> None:
    with suppress(OSError):
        part.unlink(missing_ok=True)


def require_writable(path: str) -> None:
    """Raises InputError if the file `path` is there and may not be written to."""
    try:
        mode = Path(path).stat().st_mode
    except OSError as error:
        raise _unwritable("waivers.errors.unwritable", path, error) from None
    # A superuser may write to any file; one marked as read-only was meant to stay as it is.
    if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(path, os.W_OK):
        raise InputError(Message.of("waivers.errors.read-only"), path)


def overwrite(path: str, data: bytes) -> None:
    """Replaces the contents of the file `path`, whole or not at all; its permissions stay. Raises InputError."""
    require_writable(path)
    try:
        with _whole((path,)) as (file,):
            file.write(data)
    except OSError as error:
        raise _unwritable("waivers.errors.unwritable", path, error) from None


def _unwritable(key: str, path: str, error: OSError) -> InputError:
    return InputError(Message.of(key, reason=error.strerror or type(error).__name__), path)


def ascii_only(path: str | None) -> bool:
    """Whether JSON must be escaped to be UTF-8 wherever it goes."""
    return path is None and not console.is_utf8(sys.stdout)
