"""The page files of a project's folder: what .gitignore files and the settings leave out, no link that leads astray."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from bitext.errors import ConfigError
from bitext.formats.detect import ACCEPTED_SUFFIXES
from bitext.model.findings import Message

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

DEEPEST = 60
"""Folders below one another that are looked into."""
MOST = 500_000
"""Entries of folders that are looked at."""
_LONGEST_IGNORE = 1024 * 1024
_LONGEST_NAME = 60
"""Characters of a folder's path that are told."""
IGNORE = ".gitignore"
_NEVER = frozenset({"node_modules", "__pycache__", "venv"})
"""Folders that hold no page of the project's own; those whose name begins with a dot do not either."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The paths of the page files, relative to the root with "/", in order, and what is to be told of the walk."""

    files: tuple[str, ...]
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class _Ignored:
    """The patterns of one .gitignore file and the folder that they are relative to."""

    base: str
    spec: GitIgnoreSpec

    def decision(self, path: str) -> bool | None:
        """Whether the patterns leave `path` out; None where none of them is about it."""
        return self.spec.check_file(path.removeprefix(self.base)).include


def walk(root: str, exclude: Sequence[str] = ()) -> Tree:
    """The page files below the folder `root`.

    Links to folders are not followed, so none leads in a circle or out of the tree; a link to a file counts if the file
    lies in the tree. Raises ConfigError where there is no such folder, or far too much in it.
    """
    if not Path(root).is_dir():
        raise ConfigError(Message.of("project.tree.no-folder"), root)
    return _Walk(root, exclude).tree()


class _Walk:
    def __init__(self, root: str, exclude: Sequence[str]) -> None:
        from pathspec import GitIgnoreSpec

        self.root = root
        self.real = os.path.realpath(root)
        self.own = GitIgnoreSpec.from_lines(exclude) if exclude else None
        self.files: list[str] = []
        self.unreadable: list[str] = []
        self.deep: list[str] = []
        self.seen = 0

    def tree(self) -> Tree:
        stack: list[tuple[str, tuple[_Ignored, ...], int]] = [("", (), 0)]
        while stack:
            folder, ignored, depth = stack.pop()
            try:
                with os.scandir(Path(self.root, folder)) as entries:
                    rows = list(self._counted(entries))
            except OSError:
                self.unreadable.append(folder)
                continue
            if any(entry.name == IGNORE for entry in rows):
                ignored = (*ignored, *self._ignored(folder))
            for entry in rows:
                path = f"{folder}{entry.name}"
                if not _is_folder(entry):
                    self._file(entry, path, ignored)
                elif self._wanted_folder(entry.name, f"{path}/", ignored):
                    if depth < DEEPEST:
                        stack.append((f"{path}/", ignored, depth + 1))
                    else:
                        self.deep.append(path)
        return Tree(tuple(sorted(self.files)), tuple(self._notes()))

    def _counted(self, entries: object) -> list[os.DirEntry[str]]:
        rows = []
        for entry in entries:  # type: ignore[attr-defined]
            self.seen += 1
            if self.seen > MOST:
                raise ConfigError(Message.of("project.tree.too-many", most=MOST), self.root)
            rows.append(entry)
        return rows

    def _ignored(self, folder: str) -> list[_Ignored]:
        from pathspec import GitIgnoreSpec

        path = Path(self.root, folder, IGNORE)
        try:
            if not stat.S_ISREG(path.lstat().st_mode):
                return []
            with path.open("rb") as file:
                text = file.read(_LONGEST_IGNORE).decode("utf-8", "replace")
            return [_Ignored(folder, GitIgnoreSpec.from_lines(text.splitlines()))]
        except (OSError, ValueError):
            return []

    def _left_out(self, path: str, ignored: tuple[_Ignored, ...]) -> bool:
        if self.own is not None and self.own.match_file(path):
            return True
        # As git has it, the file that is nearest decides.
        decisions = (one.decision(path) for one in reversed(ignored))
        return next((decision for decision in decisions if decision is not None), False)

    def _wanted_folder(self, name: str, path: str, ignored: tuple[_Ignored, ...]) -> bool:
        return not name.startswith(".") and name not in _NEVER and not self._left_out(path, ignored)

    def _file(self, entry: os.DirEntry[str], path: str, ignored: tuple[_Ignored, ...]) -> None:
        if PurePosixPath(entry.name).suffix.lower() not in ACCEPTED_SUFFIXES or self._left_out(path, ignored):
            return
        if entry.is_symlink() and not self._inside(path):
            return
        self.files.append(path)

    def _inside(self, path: str) -> bool:
        """Whether a link leads to a file of the tree."""
        real = os.path.realpath(Path(self.root, path))
        return Path(real).is_file() and Path(real).is_relative_to(self.real)

    def _notes(self) -> list[Message]:
        rows = (("unreadable", self.unreadable), ("deep", self.deep))
        return [
            Message.of(f"project.tree.{key}", n=len(folders), first=_short(min(folders)))
            for key, folders in rows
            if folders
        ]


def _short(path: str) -> str:
    text = path.encode("utf-8", "backslashreplace").decode("utf-8").rstrip("/")
    return text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME]} …"


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        # A link to a folder is neither a page nor looked into.
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False
