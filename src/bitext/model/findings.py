"""Findings and reports: what the checks say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from bitext.model.alignment import Bitext, Side
from bitext.model.documents import Span

Field: TypeAlias = str | int | float


@dataclass(frozen=True, slots=True)
class Message:
    """A key of the message catalogue and the values of its named fields; the words are the catalogue's."""

    key: str
    fields: tuple[tuple[str, Field], ...] = ()

    @staticmethod
    def of(key: str, **fields: Field) -> Message:
        """A message from keyword arguments, its fields sorted by name."""
        return Message(key, tuple(sorted(fields.items())))


class Severity(StrEnum):
    """How grave a finding is."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Mark:
    """The words of one document that a finding is about.

    `item` is the index of the item in the report that a related mark stands in; None for that of its finding.
    """

    side: Side
    span: Span
    text: str
    note: Message | None = None
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement that would mend a finding. `safe` edits may be applied without a person looking."""

    side: Side
    span: Span
    replacement: str
    safe: bool = False


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The waiver that accepts a finding: why, and where it stands. `inside` tells a page's from a row of a file."""

    reason: str
    inside: bool = True
    path: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a person should look at, with its place in both documents.

    `item` is the index of the item in the report, `unit` the id of the translation unit or None for a finding of
    the whole item. `fingerprint` is made of the rule and of the text around, never of a line number, so that it
    survives edits elsewhere on the page. `accepted` tells of a waived finding what waives it.
    """

    rule: str
    message: Message
    severity: Severity
    unit: int | None = None
    source: Mark | None = None
    target: Mark | None = None
    related: tuple[Mark, ...] = ()
    edit: Edit | None = None
    suggestion: str = ""
    concept: str = ""
    confidence: float = 1.0
    fingerprint: str = ""
    item: int = 0
    accepted: Acceptance | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One pair of pages (or one page) as it was judged.

    `notes` tell how it was judged (which encoding was guessed, that a profile fell back); `unjudged` is the number
    of segments that could not be judged.
    """

    bitext: Bitext
    signature: str = ""
    notes: tuple[Message, ...] = ()
    unjudged: int = 0


@dataclass(frozen=True, slots=True)
class ListedWaiver:
    """A row of a waiver file: findings of `rule` that meet all that is given of the rest are accepted.

    `concept` is that of the finding, `text` what it marks, `page` a pattern for the path of one of its pages, such as
    `news/2022/*.html`. `expires` is the last day it holds (ISO 8601). What is empty is not asked for. `path` and `line`
    tell where it is listed.
    """

    rule: str
    concept: str = ""
    text: str = ""
    page: str = ""
    reason: str = ""
    author: str = ""
    expires: str = ""
    path: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Observation:
    """How one item renders something, to be compared with the other items of an archive.

    `rule` is the rule that would speak of a difference, `key` what is rendered (a concept's id, a name, a sentence) and
    `rendering` how, both folded as the rule compares them. `mark` is where it stands, `other` its place on the other
    page, `unit` its translation unit. `name` is what to call it to a reader, `concept` the glossary's id if it has one.
    """

    rule: str
    key: str
    rendering: str
    mark: Mark
    other: Mark | None = None
    unit: int | None = None
    confidence: float = 1.0
    name: str = ""
    concept: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """Pages of a project that could not be judged at all, and why.

    `path`, `line`, `column` and `frame` are the place of the error as far as known. `internal` tells a fault of the
    program from one of the files.
    """

    paths: tuple[str, ...]
    message: Message
    path: str = ""
    line: int = 0
    column: int = 0
    frame: tuple[str, ...] = ()
    internal: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one item of a project came to: a value that a worker hands back and that a cache keeps.

    The findings of an outcome have the item 0. `item` is None where `failure` says why.
    """

    item: Item | None
    findings: tuple[Finding, ...] = ()
    waived: tuple[Finding, ...] = ()
    observations: tuple[Observation, ...] = ()
    failure: Failure | None = None


@dataclass(frozen=True, slots=True, order=True)
class Recorded:
    """A finding that a baseline records: what it is found again by.

    `paths` are the pages of its item, relative to the project's folder; `words` what it marks on the source and on the
    target page, each empty where it marks nothing there.
    """

    paths: tuple[str, ...]
    rule: str
    concept: str
    words: tuple[str, str]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a run found, sorted by item and place.

    What was waived stands apart, and so does what a baseline knows already (`known`). `failures` are the pages that
    could not be judged, `notes` what is to be told of the run as a whole. `archive` are earlier items that the related
    marks of findings stand in: their indices count on from those of `items`. `observations` are those of a single item,
    where they were asked for.
    """

    items: tuple[Item, ...]
    findings: tuple[Finding, ...]
    waived: tuple[Finding, ...] = ()
    known: tuple[Finding, ...] = ()
    failures: tuple[Failure, ...] = ()
    notes: tuple[Message, ...] = ()
    archive: tuple[Item, ...] = ()
    observations: tuple[Observation, ...] = ()

    @property
    def places(self) -> tuple[Item, ...]:
        """All items that marks may stand in, by their indices."""
        return (*self.items, *self.archive)

    def count(self, severity: Severity) -> int:
        """The number of findings of `severity`."""
        return sum(finding.severity is severity for finding in self.findings)
