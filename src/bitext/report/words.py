"""Phrases that the reports share: counted things, findings' messages, places."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from bitext.checks.weight import SURE
from bitext.messages import catalogue
from bitext.model.alignment import Side
from bitext.model.documents import Document, Span
from bitext.model.findings import Item, Message, Report


@dataclass(frozen=True, slots=True)
class Words:
    """The catalogue of one language, asked for what the reports say."""

    language: str = "en"

    def say(self, key: str, **fields: str | float) -> str:
        """The template `report.KEY` filled in."""
        return catalogue.text(f"report.{key}", self.language, **fields)

    def counted(self, what: str, n: int) -> str:
        """`n` things, in the singular or plural form of `report.count.WHAT`."""
        return self.say(f"count.{what}.{'one' if n == 1 else 'many'}", n=n)

    def message(self, message: Message) -> str:
        """The words of any message of the catalogue."""
        return catalogue.render(message, self.language)


_SEVERAL = 4
"""Segments of both sides up to which one unsure pairing says nothing of the whole."""


def shown_path(document: Document) -> str:
    """The path as the user gave it, with "/" between its parts on every system."""
    return PurePath(document.path).as_posix() if document.path else ""


def barely_judged(item: Item) -> bool:
    """Whether most of an item could not be judged; such an item is never clean.

    That is so where more than half of the segments are unjudged, or where there are several and not one pairing is
    sure: pages that tell different news are paired somehow, but nowhere surely.
    """
    units = item.bitext.units
    if has_ready_units(item):
        return item.unjudged > len(units)
    sides = (item.bitext.source, item.bitext.target)
    segments = sum(len(side.segments) for side in sides if side is not None)
    unsure = bool(units) and segments > _SEVERAL and all(unit.confidence < SURE for unit in units)
    return unsure or 2 * item.unjudged > segments


def has_ready_units(item: Item) -> bool:
    """Whether an item is a file of units that were paired before, such as a translation memory."""
    source, target = item.bitext.source, item.bitext.target
    if source is None or target is None or not (item.bitext.units or item.unjudged):
        return False
    one_file = bool(source.document.path) and source.document.path == target.document.path
    return one_file and all(unit.bead is None for unit in item.bitext.units)


def kind_of_items(report: Report) -> str:
    """What the items of a report are: "file" for files of units, "pair" where any is a pair of pages, else "page"."""
    if report.items and all(map(has_ready_units, report.items)):
        return "file"
    return "pair" if any(item.bitext.source and item.bitext.target for item in report.items) else "page"


def items_of(report: Report, words: Words) -> str:
    """How many items of each kind there are: "7 pairs of pages and 1 page"."""
    if kind_of_items(report) == "file":
        return words.counted("items.file", len(report.items))
    pairs = sum(item.bitext.source is not None and item.bitext.target is not None for item in report.items)
    kinds = (("pair", pairs), ("page", len(report.items) - pairs))
    counted = [words.counted(f"items.{kind}", n) for kind, n in kinds if n]
    return words.say("summary.and").join(counted) or words.counted("items.pair", 0)


def document_of(item: Item, side: Side) -> Document | None:
    """The page of one side of an item."""
    segmented = item.bitext.side(side)
    return None if segmented is None else segmented.document


def document_notes(document: Document, words: Words) -> list[str]:
    """What the user should know of how the page was read, each with the page's path."""
    return [f"{shown_path(document)}: {words.message(note)}" for note in document.notes]


def item_notes(item: Item, words: Words) -> list[str]:
    """How an item was read and judged."""
    sides = (item.bitext.source, item.bitext.target)
    read = [note for side in sides if side is not None for note in document_notes(side.document, words)]
    return [words.message(note) for note in item.notes] + list(dict.fromkeys(read))


def place(document: Document, span: Span, words: Words = Words()) -> str:
    """`path:line:column` of the start of `span`, or the path and the paragraph where a file has no lines.

    A text from memory has no path.
    """
    position = document.position(span.start)
    if document.origins.unit == "paragraph":
        where = words.say("place.paragraph", n=position.line)
        return ": ".join(filter(None, (shown_path(document), where)))
    return ":".join(filter(None, (shown_path(document), str(position.line), str(position.column))))


def fixable(report: Report) -> int:
    """The number of findings that `--fix` can mend: sure edits whose words stand in one piece in a file of lines."""
    edits: dict[tuple[int, Side], list[tuple[Span, str]]] = {}
    for finding in report.findings:
        if finding.edit is not None and finding.edit.safe:
            edit = finding.edit
            edits.setdefault((finding.item, edit.side), []).append((edit.span, edit.replacement))
    if not edits:
        return 0
    from bitext.formats.patch import mendable

    n = 0
    for (index, side), rows in edits.items():
        document = document_of(report.items[index], side)
        made = frozenset() if document is None else mendable(document, rows)
        n += sum(row in made for row in rows)
    return n
