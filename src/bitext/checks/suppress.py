"""Takes away the findings that somebody has accepted, and tells the waivers that accept nothing.

A waiver in a page takes away the findings of its rules that have a place in its block: what they mark on that page or,
where they mark nothing there, the sentences that they are about. A row of a waiver file takes away the findings that
meet all it asks for.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePath, PurePosixPath
from typing import TypeAlias

from bitext.checks.context import Context
from bitext.checks.idle import Idle
from bitext.model.alignment import Side
from bitext.model.documents import Span, Waiver
from bitext.model.findings import Acceptance, Field, Finding, ListedWaiver, Message

_Place: TypeAlias = tuple[Side, str, Span | None]
"""A page, a rule, and the block, or None for the whole page: waivers that agree in it are one.

The rule may name a concept, as in `term-missing(ascend-class)`.
"""
_Asked: TypeAlias = tuple[str, str, str]
"""A rule, a concept and a text that a row of a waiver file asks for; empty where it does not."""


@dataclass(frozen=True, slots=True)
class Suppressed:
    """The findings that stay, those that are waived, and the waivers that waive nothing."""

    kept: tuple[Finding, ...]
    waived: tuple[Finding, ...]
    idle: tuple[Idle, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The ids of all rules that there are, and of those that this item was judged by."""

    known: Collection[str]
    judged: Collection[str]


def suppress(
    context: Context, findings: Sequence[Finding], rules: Rules, listed: Sequence[ListedWaiver] = (), today: str = ""
) -> Suppressed:
    """Parts `findings` by the waivers in the pages and the `listed` ones, of which those count that hold on `today`.

    `today` is a date (ISO 8601); where it is empty no waiver has expired. A waiver is told to be idle only if its rule
    judged this item and, for a row that names no page, if what it asks for is on these pages.
    """
    inside, rows = _Inside(context), _Rows(context, listed, today)
    kept: list[Finding] = []
    waived: list[Finding] = []
    for finding in findings:
        # Both are asked: each waiver that a finding meets is of use.
        accepted = [one for one in (inside.waives(finding), rows.waives(finding)) if one is not None]
        if accepted:
            waived.append(replace(finding, accepted=accepted[0]))
        else:
            kept.append(finding)
    return Suppressed(tuple(kept), tuple(waived), (*inside.idle(rules), *rows.idle(rules)))


class _Inside:
    """The waivers that stand in the pages."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.used: set[_Place] = set()
        self.blocks: dict[tuple[Side, str], list[Span]] = {}
        self.pages: set[_Place] = set()
        self.told: dict[_Place, Acceptance] = {}
        for side, document in context.documents:
            for waiver in document.waivers:
                for rule in waiver.rules if waiver.reason else ():
                    self._add(side, rule, waiver.span)
                    told = Acceptance(waiver.reason, True, document.path, waiver.line)
                    self.told.setdefault((side, rule, waiver.span), told)
        self.blocks = {key: sorted(set(spans)) for key, spans in self.blocks.items()}

    def _add(self, side: Side, rule: str, span: Span | None) -> None:
        if span is None:
            self.pages.add((side, rule, None))
        else:
            self.blocks.setdefault((side, rule), []).append(span)

    def waives(self, finding: Finding) -> Acceptance | None:
        """The first waiver that is for `finding`; all that are count as used."""
        hits: set[_Place] = set()
        rules = (finding.rule, f"{finding.rule}({finding.concept})") if finding.concept else (finding.rule,)
        for side, rule in ((side, rule) for side, _ in self.context.documents for rule in rules):
            hits |= {(side, rule, None)} & self.pages
            blocks = self.blocks.get((side, rule), [])
            for place in self._places(finding, side) if blocks else ():
                hits |= {(side, rule, block) for block in _touched(blocks, place)}
        self.used |= hits
        return min((self.told[hit] for hit in hits), key=lambda one: (one.path, one.line), default=None)

    def _places(self, finding: Finding, side: Side) -> list[Span]:
        marks = (finding.source, finding.target, *finding.related)
        places = [mark.span for mark in marks if mark is not None and mark.side == side]
        if not places and finding.unit is not None:
            span = self.context.span(self.context.unit(finding.unit), side)
            places = [] if span is None else [span]
        return places

    def idle(self, rules: Rules) -> Iterator[Idle]:
        """The waivers that no finding met, page by page in their order."""
        for side, document in self.context.documents:
            for waiver in document.waivers:
                for key, fields in self._faults(side, waiver, rules):
                    message = Message.of(f"rules.waiver-unused.{key}", line=waiver.line, **fields)
                    yield Idle(message, side, waiver.span or Span(0, 0))

    def _faults(self, side: Side, waiver: Waiver, rules: Rules) -> Iterator[tuple[str, dict[str, Field]]]:
        if not waiver.rules or not waiver.reason:
            yield "malformed", {}
            return
        for rule in waiver.rules:
            name = rule.partition("(")[0]
            if name not in rules.known:
                yield "unknown", {"rule": name}
            elif name in rules.judged and (side, rule, waiver.span) not in self.used:
                yield "found", {"rule": rule}


def _touched(blocks: list[Span], place: Span) -> Iterator[Span]:
    """Those of the `blocks`, which are sorted and do not overlap, that share a character with `place`."""
    index = max(bisect_right(blocks, place.start, key=lambda block: block.start) - 1, 0)
    while index < len(blocks) and blocks[index].start < max(place.end, place.start + 1):
        if place.start < blocks[index].end:
            yield blocks[index]
        index += 1


class _Rows:
    """The rows of waiver files."""

    def __init__(self, context: Context, listed: Sequence[ListedWaiver], today: str) -> None:
        self.context = context
        self.listed = listed
        self.expired = {row for row in listed if row.expires and today > row.expires}
        self.used: set[ListedWaiver] = set()
        self.asked: dict[_Asked, list[ListedWaiver]] = {}
        for row in listed:
            if row.reason and row not in self.expired and self._here(row):
                self.asked.setdefault((row.rule, row.concept, _plain(row.text)), []).append(row)

    def _here(self, row: ListedWaiver) -> bool:
        """Whether the row's pattern, if it has one, is for one of the pages."""
        paths = [PurePosixPath(PurePath(document.path).as_posix()) for _, document in self.context.documents]
        return not row.page or any(path.match(row.page) for path in paths)

    def waives(self, finding: Finding) -> Acceptance | None:
        """The first row that is for `finding`; all that are count as used."""
        marks = (finding.source, finding.target, *finding.related)
        texts = {"", *(_plain(mark.text) for mark in marks if mark is not None)} if self.asked else set()
        keys = {(finding.rule, concept, text) for concept in {"", finding.concept} for text in texts}
        rows = [row for key in keys for row in self.asked.get(key, ())]
        self.used.update(rows)
        first = min(rows, key=lambda row: (row.path, row.line), default=None)
        return None if first is None else Acceptance(first.reason, False, first.path, first.line)

    def idle(self, rules: Rules) -> Iterator[Idle]:
        """The rows about these pages that no finding met."""
        for row in self.listed:
            key = self._fault(row, rules)
            if key:
                place = f"{PurePath(row.path).as_posix()}:{row.line}"
                fields = {"rule": row.rule, "place": place} | ({"date": row.expires} if key == "expired" else {})
                yield Idle(Message.of(f"rules.waiver-unused.listed-{key}", **fields))

    def _fault(self, row: ListedWaiver, rules: Rules) -> str:
        if row.rule not in rules.known:
            return "unknown"
        if not row.reason:
            return "malformed"
        if row.rule not in rules.judged or row in self.used or not self._about(row):
            return ""
        return "expired" if row in self.expired else "found"

    def _about(self, row: ListedWaiver) -> bool:
        """Whether the row can be judged here: a row for all pages may be of use on another one."""
        if row.page:
            return self._here(row)
        if row.text:
            return any(row.text in document.text for _, document in self.context.documents)
        return row.concept in self._concepts

    @cached_property
    def _concepts(self) -> set[str]:
        sides = [side for side, _ in self.context.documents]
        return {one.concept.id for side in sides for one in self.context.occurrences(side)}


def _plain(text: str) -> str:
    """`text` less differences of width and of white space."""
    return " ".join(unicodedata.normalize("NFKC", text).split())
