"""Compares the items of an archive: one concept, one name, one person, one sentence should be rendered in one way.

Each item is judged by itself and leaves observations of how it renders things. What most items do is the usage; the
finding stands in the item that departs from it. Where an item has both ways, the rule has said so in the item already.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeAlias

from bitext.checks import english_variant, name_romanisation, rendering_inconsistent, term_inconsistent
from bitext.checks.context import Context
from bitext.checks.fingerprints import fingerprinted
from bitext.checks.suppress import Rules, suppress
from bitext.checks.weight import lowered
from bitext.model.findings import Finding, ListedWaiver, Mark, Message, Observation, Outcome, Severity
from bitext.model.glossary import Glossary
from bitext.text.words import content_words

MOST_OBSERVATIONS = 20_000
"""Observations of one item; a page with more of them is no news item."""
MOST_WORDINGS = 20
"""Wordings of one thing that are told apart; further ones say no more."""
SHOWN = 5
"""Places of the usage that a finding names; their number is in the message."""

_OBSERVERS: dict[str, Callable[[Context], Iterator[Observation]]] = {
    term_inconsistent.RULE.id: term_inconsistent.observe,
    rendering_inconsistent.RULE.id: rendering_inconsistent.observe,
    english_variant.RULE.id: english_variant.observe,
    name_romanisation.RULE.id: name_romanisation.observe,
}
OBSERVED = tuple(_OBSERVERS)
"""The ids of the rules that compare items."""
_Place: TypeAlias = tuple[int, Observation]
"""An observation and the index of its item."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What sets items apart from the archive, and what of it is waived; sorted by item and place."""

    findings: tuple[Finding, ...]
    waived: tuple[Finding, ...]


def observations(context: Context, rules: Collection[str] | None = None) -> tuple[Observation, ...]:
    """How an item renders what an archive compares, of those of `rules` that there are (ids; None for all)."""
    rows = (row for rule, observe in _OBSERVERS.items() if rules is None or rule in rules for row in observe(context))
    return tuple(islice(rows, MOST_OBSERVATIONS))


def archive_findings(outcomes: Sequence[Outcome]) -> tuple[Finding, ...]:
    """Where items depart from the usage of the archive, less what their pages waive; `compared` says more.

    The findings have the index of their outcome as `item`, and so have their related marks.
    """
    return compared(outcomes).findings


def compared(
    outcomes: Sequence[Outcome],
    waivers: Sequence[ListedWaiver] = (),
    today: str = "",
    only: Collection[int] | None = None,
) -> Compared:
    """Where items depart from the usage of the archive. `waivers` and `today` are as for one item.

    The outcomes are in the order of time, as far as it is known: of two ways that equally many items have, the
    earlier is the usage. With `only`, findings stand in these items alone; the others are no more than the archive.
    The cost is linear in the number of observations.
    """
    found: dict[int, list[Finding]] = {}
    for group in _groups(outcomes):
        for finding in _departures(group):
            if only is None or finding.item in only:
                found.setdefault(finding.item, []).append(finding)
    kept: list[Finding] = []
    waived: list[Finding] = []
    for index in sorted(found):
        item = outcomes[index].item
        if item is None:
            continue
        context = Context(item.bitext, Glossary())
        ordered = tuple(fingerprinted(context, sorted(found[index], key=_order), "archive"))
        parted = suppress(context, ordered, Rules(_OBSERVERS, ()), waivers, today)
        kept += parted.kept
        waived += parted.waived
    return Compared(tuple(kept), tuple(waived))


def _groups(outcomes: Sequence[Outcome]) -> Iterator[list[_Place]]:
    """The observations of one thing in all items, for the things that are rendered in several ways."""
    groups: dict[tuple[str, str], list[_Place]] = {}
    for index, outcome in enumerate(outcomes):
        for row in outcome.observations if outcome.item is not None else ():
            groups.setdefault((row.rule, row.key), []).append((index, row))
    for group in groups.values():
        if group[0][0] != group[-1][0] and len({row.rendering for _, row in group}) > 1:
            yield group


def _departures(group: Sequence[_Place]) -> Iterator[Finding]:
    wordings = _wordings(group)
    usual = max(wordings, key=lambda places: (_items(places), len(places), -places[0][0]))
    followers = {index for index, _ in usual}
    sentence = _named(group[0][1]) == "sentence"
    if sentence and (len(followers) < 2 or any(other is not usual and _items(other) > 1 for other in wordings)):
        return  # without a usage that stands out, a sentence was merely written anew
    for wording in wordings:
        if wording is usual or not _comparable(usual[0][1], wording[0][1]):
            continue
        told: set[int] = set()
        for index, row in wording:
            if index not in followers and index not in told:
                told.add(index)
                yield _finding(index, row, usual, _items(wording))


def _items(places: Iterable[_Place]) -> int:
    return len({index for index, _ in places})


def _wordings(group: Sequence[_Place]) -> list[list[_Place]]:
    """The places by wording, in order of their first ones."""
    exact: dict[str, list[_Place]] = {}
    for place in group:
        exact.setdefault(place[1].rendering, []).append(place)
    wordings: list[list[_Place]] = []
    for places in exact.values():
        same = next((other for other in wordings if _same(other[0][1], places[0][1])), None)
        if same is not None:
            same += places
        elif len(wordings) < MOST_WORDINGS:
            wordings.append(places)
    return [sorted(places, key=lambda place: (place[0], place[1].mark.span)) for places in wordings]


def _named(row: Observation) -> str:
    """Of the names without a glossary entry what kind they are of: "quoted", "body", "acronym", "sentence"."""
    return row.key.partition(":")[0] if row.rule == rendering_inconsistent.RULE.id else ""


def _same(one: Observation, other: Observation) -> bool:
    """Whether one wording of a name only leaves out words of the other."""
    if _named(one) in ("", "sentence"):
        return False
    first, second = _content(one), _content(other)
    return first <= second or second <= first


def _content(row: Observation) -> frozenset[str]:
    return frozenset(content_words(row.mark.text))


def _comparable(usual: Observation, other: Observation) -> bool:
    """Whether both can be renderings of one thing: names that were paired by their order alone share a word."""
    if _named(usual) not in ("body", "acronym"):
        return True
    return bool(_content(usual) & _content(other))


def _finding(index: int, row: Observation, usual: Sequence[_Place], rivals: int) -> Finding:
    first = usual[0][1]
    others = _items(usual)
    kind = _named(row) or "found"
    key = f"archive.{row.rule}.{'sentence' if kind == 'sentence' else 'found'}.{'one' if others == 1 else 'many'}"
    fields = {"here": row.mark.text, "usual": first.mark.text, "name": row.name}
    # A way that no more items have than this one is no usage, and a sentence may change with its time.
    weighty = others > rivals and kind != "sentence"
    severity = lowered(Severity.WARNING if weighty else Severity.INFO, row.confidence)
    marks = {mark.side: mark for mark in (row.other, row.mark) if mark is not None}
    return Finding(
        rule=row.rule,
        message=Message.of(key, items=others, **({} if kind == "sentence" else fields)),
        severity=severity,
        unit=row.unit,
        source=marks.get("source"),
        target=marks.get("target"),
        related=tuple(_elsewhere(place) for place in _one_an_item(usual)),
        suggestion=first.mark.text if weighty else "",
        concept=row.concept,
        confidence=row.confidence,
        item=index,
    )


def _one_an_item(places: Iterable[_Place]) -> Iterator[_Place]:
    """The first place in each of the first items."""
    first: dict[int, _Place] = {}
    for place in places:
        first.setdefault(place[0], place)
        if len(first) == SHOWN:
            break
    yield from first.values()


def _elsewhere(place: _Place) -> Mark:
    return replace(place[1].mark, item=place[0])


def _order(finding: Finding) -> tuple[int, str, str, str]:
    mark = finding.target or finding.source
    return (-1 if mark is None else mark.span.start, finding.rule, finding.concept, finding.suggestion)
