"""What an outcome depends on, as one digest: the key that a cache keeps it by.

That is the contents of the task's files and the paths they are shown by, the task and the job themselves, and the
program: its version, its own files (so that a checkout under work is right too) and the versions of what is installed
beside it. Of the waivers only those count that can say something of these pages, and of today only which of them have
expired.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path, PurePath, PurePosixPath

from bitext.errors import InputError
from bitext.formats.files import read_bytes
from bitext.model.findings import ListedWaiver
from bitext.project.codec import encode
from bitext.project.work import Job, Task
from bitext.version import __version__


@dataclass(frozen=True, slots=True)
class _Row:
    """A waiver and whether it has expired."""

    waiver: ListedWaiver
    expired: bool


class Keys:
    """The keys of the tasks of one job."""

    def __init__(self, job: Job) -> None:
        self.start = sha256(program() + encode(replace(job, waivers=(), today="")))
        self.rows = [_Row(row, bool(row.expires) and job.today > row.expires) for row in job.waivers]

    def key(self, task: Task) -> str | None:
        """The key of the outcome of `task` as its files are now; None if one of them cannot be read."""
        digest = self.start.copy()
        digest.update(encode(task))
        for row in self.rows:
            if _matters(row.waiver, task):
                digest.update(encode(row))
        for path in (*task.paths, *filter(None, (task.alignment,))):
            try:
                digest.update(sha256(read_bytes(path)).digest())
            except InputError:
                return None
        return digest.hexdigest()


def _matters(row: ListedWaiver, task: Task) -> bool:
    """Whether a waiver can say something of these pages; one that is itself wrong is told of wherever it is met."""
    if not row.page or not row.reason or row.rule not in _rules():
        return True
    return any(PurePosixPath(PurePath(path).as_posix()).match(row.page) for path in task.paths)


@cache
def _rules() -> Collection[str]:
    from bitext.checks.registry import RULES

    return RULES.keys()


@cache
def program() -> bytes:
    """A digest of this version of the program, of Python, and of all that is installed beside them."""
    digest = sha256(f"{__version__} {sys.version} {sys.platform}".encode())
    for name in sorted(_installed()):
        digest.update(name.encode("utf-8", "surrogateescape") + b"\0")
    root = Path(__file__).parents[1]
    for path in sorted(_files(root)):
        # A file that goes away meanwhile was none of the program.
        with suppress(FileNotFoundError), Path(path).open("rb") as file:
            digest.update(path[len(str(root)) :].replace(os.sep, "/").encode() + b"\0" + sha256(file.read()).digest())
    return digest.digest()


def _installed() -> set[str]:
    """The names of what is installed, with versions."""
    names: set[str] = set()
    for folder in filter(os.path.isdir, sys.path):
        # Nothing is imported from a folder that cannot be read.
        with suppress(OSError), os.scandir(folder) as entries:
            names.update(entry.name for entry in entries if entry.name.endswith((".dist-info", ".egg-info")))
    return names


def _files(root: Path) -> Iterator[str]:
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name != "__pycache__"]
        yield from (os.path.join(folder, name) for name in names)  # noqa: PTH118 - some hundred paths at every start
