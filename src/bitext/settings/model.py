"""The settings of a project as values."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from bitext.checks.facts import Style
from bitext.errors import ConfigError
from bitext.model.documents import Language
from bitext.model.findings import Message, Severity
from bitext.pipeline import Profile

FailOn: TypeAlias = Literal["error", "warning", "never"]
FAIL_ON: tuple[FailOn, ...] = ("error", "warning", "never")
DEFAULT_RULES = "default"
"""In `select`: the rules that run unless others are chosen."""
ALL_RULES = "all"
"""In `select`: every rule there is."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a settings file says something, and its lines there, for errors that show up only later."""

    path: str = ""
    line: int = 0
    column: int = 0
    frame: tuple[str, ...] = ()

    def error(self, message: Message) -> ConfigError:
        """`message` as an error at this place."""
        return ConfigError(message, self.path, self.line, self.column, self.frame)


@dataclass(frozen=True, slots=True)
class PairPattern:
    """Which pages belong together: one pattern with `{language}`, or one for each language.

    With one pattern `zh` and `en` are the same text. Pages whose paths differ in nothing but what stands for
    `{language}`, or agree in all that the wildcards of the two patterns stand for, are a pair.
    """

    zh: str
    en: str
    scope: str = ""
    place: Place = field(default_factory=Place, compare=False)

    def side(self, language: Language) -> str:
        """The pattern of the pages in `language`."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Override:
    """Other rules and severities for the pages that one of `paths` names, in the manner of .gitignore."""

    paths: tuple[str, ...]
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, Severity], ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """What is known of the HTML pages that one of `paths` names, of all where there are none.

    `selectors` are CSS selectors by the names of the fields of a site's profile ("body", "title", "drop" ...).
    """

    paths: tuple[str, ...]
    selectors: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project lays down.

    `root` is the project's folder, as it is reached from the current one ("" is the current one itself), and `path` the
    file that was read, empty where there is none. Paths (`glossaries`, `waivers`, `baseline`, `archive`) can be opened
    as they stand; None means that the project does not say. Patterns (`pairs`, `exclude`, those of `overrides`) are
    relative to `root`. `select` is None where the project does not choose. `max_findings` 0 means all;
    `cache_size` is in megabytes, and 0 means that no results are kept.
    """

    root: str = ""
    path: str = ""
    pairs: tuple[PairPattern, ...] = ()
    exclude: tuple[str, ...] = ()
    glossaries: tuple[str, ...] | None = None
    waivers: tuple[str, ...] | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, Severity], ...] = ()
    overrides: tuple[Override, ...] = ()
    fail_on: FailOn = "error"
    max_findings: int = 0
    profile: Profile = "accurate"
    scope: str = ""
    language: str = ""
    format: tuple[str, ...] = ()
    baseline: str = ""
    cache_size: int = 256
    sites: tuple[Site, ...] = ()
    archive: str = ""
    style: Style = field(default_factory=Style)

    def opened(self, path: str) -> str:
        """`path`, which is relative to the root, as it is opened and shown from the current folder."""
        return path if not self.root else f"{self.root}/{path}"

    @property
    def folder(self) -> str:
        """The root as a folder that can be opened."""
        return self.root or "."


Exists: TypeAlias = Callable[[str], bool]


def shown(path: str | os.PathLike[str]) -> str:
    """A path with "/" between its parts on every system."""
    return os.fspath(path).replace(os.sep, "/")


def inside(root: str, path: str) -> str | None:
    """`path`, relative to the current folder, as one relative to `root`; None if it is not below it."""
    # Not resolved: a link in the tree is a page of its own.
    here, there = (Path(os.path.normpath(Path(one).absolute())) for one in (root, path))
    return there.relative_to(here).as_posix() if there.is_relative_to(here) else None
