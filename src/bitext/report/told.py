"""A finding as the outputs for platforms tell it: one main place, the counterpart on the other page, words and key."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal, TypeAlias

from bitext.messages import catalogue
from bitext.model.alignment import Side
from bitext.model.documents import Span
from bitext.model.findings import Finding, Item, Report, Severity
from bitext.report.places import Place, verbatim
from bitext.report.sources import Sources
from bitext.report.words import Words, barely_judged, document_of, place
from bitext.text.display import shorten

State: TypeAlias = Literal["new", "waived", "known"]
"""Whether a finding counts, is waived, or is in the baseline."""
LONGEST_QUOTE = 120
"""Terminal cells of the other page's sentence that a message quotes."""
_UNWRITABLE = re.compile(r"[&<>\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""What a file may have to write otherwise than a text does."""
_SIDES: tuple[Side, Side] = ("target", "source")


@dataclass(frozen=True, slots=True)
class Told:
    """A finding with its places.

    `main` is where to mend it, or a whole page where nothing is marked; None if it is about no page at all.
    `counterpart` is the place on the other page, None where there is none. `key` tells this finding from all others of
    the report, and is the same in a later run over pages that changed elsewhere.
    """

    finding: Finding
    state: State
    message: str
    main: Place | None
    counterpart: Place | None
    related: tuple[Place, ...]
    key: str
    edit: Place | None = None
    """The words that the finding's edit replaces."""

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return self.finding.severity


def told(report: Report, words: Words, states: Iterable[State] = ("new",)) -> Iterator[Told]:
    """The findings of `states`, in the order of the report."""
    wanted = set(states)
    by_state: dict[State, tuple[Finding, ...]] = {
        "new": report.findings,
        "waived": report.waived,
        "known": report.known,
    }
    units = _Units(report)
    seen: dict[str, int] = {}
    # All are counted, wanted or not, so that a key does not depend on what else is told.
    for state, finding in chain.from_iterable(((state, one) for one in found) for state, found in by_state.items()):
        main, counterpart = units.places(finding)
        base = "\0".join((finding.rule, finding.fingerprint, "" if main is None else main.path))
        seen[base] = seen.get(base, 0) + 1
        if state in wanted:
            key = hashlib.sha256(f"{base}\0{seen[base]}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
            related = tuple(_related(finding, report.places))
            edit = _edited(finding, report.items)
            yield Told(finding, state, sentence(finding, words), main, counterpart, related, key, edit)


def sentence(finding: Finding, words: Words) -> str:
    """What is wrong and what to write instead."""
    message = words.message(finding.message)
    if finding.suggestion and finding.suggestion not in message:
        message += words.say("summary.space") + words.say("finding.write", suggestion=finding.suggestion)
    return message


def quoted(one: Place, words: Words) -> str:
    """How a place reads and where it is, on one line."""
    text, _ = shorten(one.text, Span(0, 0), LONGEST_QUOTE)
    where = place(one.document, one.span or Span(0, 0), words)
    return catalogue.text(f"outputs.place.{one.document.language}", words.language, quote=text, place=where)


def quotes(one: Told, words: Words) -> list[str]:
    """The marked words, unless the message and the place in the file tell them, and those of the other page."""
    main = one.main if one.main is not None and one.main.span is not None else None
    told_already = main is None or (main.document.origins.unit == "line" and main.text in one.message)
    places = (None if told_already else main, one.counterpart)
    return [quoted(each, words) for each in places if each is not None]


def full(one: Told, words: Words) -> str:
    """The message, and below it the words of both pages: for outputs that show one place only."""
    return "\n".join([one.message, *quotes(one, words)])


class _Units:
    """Finds the places of findings, with the translation units of each item at hand."""

    def __init__(self, report: Report) -> None:
        self.items = report.items
        self.units: dict[int, dict[int, tuple[Span | None, Span | None]]] = {}

    def places(self, finding: Finding) -> tuple[Place | None, Place | None]:
        if not 0 <= finding.item < len(self.items):
            return None, None
        item = self.items[finding.item]
        sides = {side: self._place(finding, item, side) for side in sides_of(finding)}
        found = [found for found in sides.values() if found is not None]
        if found:
            return found[0], found[1] if len(found) > 1 else None
        documents = [document_of(item, side) for side in _SIDES]
        pages = [Place(document) for document in documents if document is not None]
        return (pages[0] if pages else None), None

    def _place(self, finding: Finding, item: Item, side: Side) -> Place | None:
        document = document_of(item, side)
        if document is None:
            return None
        mark = finding.source if side == "source" else finding.target
        if mark is not None:
            return Place(document, mark.span, mark.note)
        if finding.unit is None:
            return None
        if finding.item not in self.units:
            self.units[finding.item] = {unit.id: (unit.source, unit.target) for unit in item.bitext.units}
        spans = self.units[finding.item].get(finding.unit, (None, None))
        span = spans[0] if side == "source" else spans[1]
        return None if span is None else Place(document, span)


def replaceable(one: Told, sources: Sources) -> bool:
    """Whether the edit can be made as it stands: the file has the words as they are, and could have the new ones so."""
    edit, place = one.finding.edit, one.edit
    return (
        edit is not None and place is not None and not _UNWRITABLE.search(edit.replacement) and verbatim(place, sources)
    )


def barely(report: Report) -> Iterator[Place]:
    """The page, the English one if there are two, of each item most of which could not be judged."""
    for item in filter(barely_judged, report.items):
        documents = (document_of(item, side) for side in _SIDES)
        yield from [Place(document) for document in documents if document is not None][:1]


def sides_of(finding: Finding) -> tuple[Side, ...]:
    """The side to be mended first: the one that the edit changes, else the translation if it is marked."""
    first: Side = "source" if finding.target is None and finding.source is not None else "target"
    if finding.edit is not None:
        first = finding.edit.side
    return _SIDES if first == "target" else _SIDES[::-1]


def _related(finding: Finding, items: tuple[Item, ...]) -> Iterator[Place]:
    for mark in finding.related:
        index = finding.item if mark.item is None else mark.item
        document = document_of(items[index], mark.side) if 0 <= index < len(items) else None
        if document is not None:
            yield Place(document, mark.span, mark.note)


def _edited(finding: Finding, items: tuple[Item, ...]) -> Place | None:
    if finding.edit is None or not 0 <= finding.item < len(items):
        return None
    document = document_of(items[finding.item], finding.edit.side)
    return None if document is None else Place(document, finding.edit.span)
