"""What an output needs besides the report: the reader's language, the files of the pages, what makes the run fail."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from pathlib import PurePath

from bitext.model.findings import Severity
from bitext.model.glossary import Glossary
from bitext.report.sources import Sources
from bitext.report.words import Words

ABSOLUTE = re.compile(r"/|[A-Za-z]:/")
"""How an absolute path begins, on any system."""


@dataclass(frozen=True, slots=True)
class Setting:
    """For whom an output is written.

    `language` is that of the messages ("en" or "zh"). `failing` are the severities that fail the run. `ascii_only` asks
    JSON and XML to escape what is not ASCII. `glossary` tells where its terms are listed. `folder` is the folder that
    relative paths start from, as the platform names it: relative to the root of the repository, "" for the root itself.
    """

    language: str = "en"
    failing: tuple[Severity, ...] = (Severity.ERROR,)
    sources: Sources = field(default_factory=Sources)
    glossary: Glossary = field(default_factory=Glossary)
    ascii_only: bool = False
    folder: str = ""

    @property
    def words(self) -> Words:
        """The catalogue of the reports in this language."""
        return Words(self.language)

    def path(self, path: str) -> str:
        """`path` as a platform names it, with "/": below the root of the repository if it is a relative one."""
        shown = PurePath(path).as_posix() if path else ""
        if not self.folder or not shown or ABSOLUTE.match(shown):
            return shown
        return posixpath.normpath(posixpath.join(self.folder, shown))
