"""Outcomes kept in files, each by its key, so that what did not change is not judged again.

An entry is written beside its place and moved there when whole, and it begins with a digest of the rest: runs at the
same time, killed ones and full disks leave whole entries, or such as are found broken and made again. Where nothing can
be written, the run goes on without, and a note says so. What was not used for longest goes when the entries grow larger
than the limit.

They lie in the folder `.bitext-cache` of the project, which keeps itself out of git, or where `BITEXT_CACHE` says;
`BITEXT_CACHE=off` keeps none.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from bitext.errors import InputError
from bitext.formats.files import read_bytes
from bitext.model.findings import Message, Outcome
from bitext.project.codec import Refused, decode, encode

NAME = ".bitext-cache"
MEGABYTE = 1024 * 1024
LIMIT = 256 * MEGABYTE
"""Bytes that the entries of a project may have."""

_LARGEST = 64 * MEGABYTE
"""Bytes above which an entry is none of ours."""
_MARK = b"bitext outcome 1\n"
_ENTRY = re.compile(r"[0-9a-f]{64}")
_FRESH = 3600.0
"""Seconds for which an entry counts as just used, and half an entry as being written."""
_KEPT = 0.8
"""What stays of the limit when entries are thrown away."""


def folder(root: Path) -> Path | None:
    """Where the outcomes of the project in the folder `root` are kept; None if none are to be kept."""
    chosen = os.environ.get("BITEXT_CACHE", "")
    if chosen.lower() == "off":
        return None
    if chosen:
        return Path(chosen) / "results"
    # A link in somebody's repository could lead anywhere.
    return None if (root / NAME).is_symlink() else root / NAME


class Store:
    """The entries in one folder. `hits` counts those that were of use, `notes` tell what went wrong."""

    def __init__(self, where: Path, limit: int = LIMIT) -> None:
        self.where = where
        self.limit = limit
        self.hits = 0
        self.notes: tuple[Message, ...] = ()
        self._changed = False

    def _place(self, key: str) -> Path:
        return self.where / key[:2] / key

    def has(self, key: str) -> bool:
        """Whether there is an entry, sound or not."""
        return self._place(key).exists()

    def get(self, key: str) -> Outcome | None:
        """The outcome kept by `key`, or None if there is no sound one."""
        place = self._place(key)
        try:
            data = read_bytes(place, _LARGEST)
            start = len(_MARK) + sha256().digest_size
            if data[:start] != _MARK + sha256(data[start:]).digest():
                return None
            found = decode(data[start:], Outcome)
        except (InputError, Refused):
            return None
        self.hits += 1
        with suppress(OSError):
            if time.time() - place.stat().st_mtime > _FRESH:
                os.utime(place)
        return found

    def put(self, key: str, outcome: Outcome) -> None:
        """Keeps `outcome` by `key`. That it cannot be written is a note, once, and no error."""
        if self.notes:
            return
        try:
            data = encode(outcome)
            self._write(self._place(key), _MARK + sha256(data).digest() + data)
        except Refused:
            return
        except OSError as error:
            reason = error.strerror or type(error).__name__
            path = self.where.name if self.where.name == NAME else "BITEXT_CACHE"
            self.notes = (Message.of("store.notes.unwritable", path=path, reason=reason),)

    def _write(self, place: Path, data: bytes) -> None:
        if not place.parent.is_dir():
            self._prepare()
            place.parent.mkdir(exist_ok=True)
        if place.parent.is_symlink():
            return  # as with the folder itself: a repository could have it lead anywhere
        part = place.with_name(f"{place.name}.{os.getpid()}.{time.monotonic_ns()}.part")
        try:
            with part.open("xb") as file:
                file.write(data)
            _move(part, place)
            self._changed = True
        finally:
            part.unlink(missing_ok=True)

    def _prepare(self) -> None:
        self.where.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError), (self.where / ".gitignore").open("x", encoding="ascii", newline="\n") as file:
            file.write("*\n")

    def prune(self) -> None:
        """Throws away what was not used for longest if this run made the entries larger than the limit."""
        if not self._changed:
            return
        entries = sorted(self._entries())
        total = sum(size for _, size, _ in entries)
        goal = self.limit * _KEPT if total > self.limit else total
        for _, size, path in entries:
            if total <= goal:
                break
            with suppress(OSError):
                path.unlink(missing_ok=True)
                total -= size

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        """When each entry was last used, its size and place. Halves that a killed run left are thrown away."""
        for place in self.where.glob("[0-9a-f][0-9a-f]/*"):
            with suppress(OSError):
                found = place.lstat()
                name, _, rest = place.name.partition(".")
                if not _ENTRY.fullmatch(name):
                    continue
                if not rest:
                    yield found.st_mtime, found.st_size, place
                elif rest.endswith(".part") and time.time() - found.st_mtime > _FRESH:
                    place.unlink()


def _move(part: Path, place: Path) -> None:
    try:
        part.replace(place)
    except PermissionError:
        # Windows replaces no file that another run is reading; the entry there is the same one.
        if not place.exists():
            raise
