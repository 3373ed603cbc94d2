"""Tells the findings that a baseline knows already from new ones, and what of the baseline is fixed.

A finding is known by its pages, its rule and concept, and by what it is about. That is sought in steps, the closest
first, and each recorded finding accounts for one of today's and no more, so that a second mistake of the same kind is
new. Most are found by their fingerprint (the marked words and those right around them), which moves of text and
other alignments do not change. After an edit in the same sentence the words that are marked tell it, on both pages or
on one. Pages that are gone may have been renamed: what has the same fingerprint on pages unknown to the baseline
is known too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from bitext.model.findings import Finding, Mark, Recorded, Report

_LONGEST = 300
"""Characters of marked words that are recorded."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An item of a report: its pages, relative to the project's folder, and the rules that it was judged by.

    `rules` is None where every rule that has been recorded counts as judged.
    """

    paths: tuple[str, ...]
    rules: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A report beside a baseline.

    In `report` the known findings stand in `known`. `today` records all findings of the report, known or not. Of the
    baseline, `fixed` was not found again where it could have been, and `unseen` could not be sought in this run: its
    pages or its rule were not judged. `kept` records the known findings as they are today, and what is unseen.
    """

    report: Report
    today: tuple[Recorded, ...]
    kept: tuple[Recorded, ...]
    fixed: tuple[Recorded, ...]
    unseen: tuple[Recorded, ...]


_Key: TypeAlias = Callable[[Recorded], Hashable]


def _one_side(side: int) -> _Key:
    return lambda row: (row.paths, row.rule, row.concept, row.words[side] or row)


_SAME_PAGES: tuple[_Key, ...] = (
    lambda row: row,
    lambda row: (row.paths, row.rule, row.fingerprint),
    lambda row: (row.paths, row.rule, row.concept, row.words) if any(row.words) else row,
    _one_side(0),
    _one_side(1),
)
"""What a recorded finding and one of today must agree in, step by step."""


def _other_pages(row: Recorded) -> Hashable:
    return (row.rule, row.concept, row.words, row.fingerprint)


def recorded(finding: Finding, paths: tuple[str, ...]) -> Recorded:
    """`finding` as a baseline records it; `paths` are its item's."""
    words = (_words(finding.source), _words(finding.target))
    if not any(words) and finding.related:
        words = (_words(finding.related[0]), "")
    return Recorded(paths, finding.rule, finding.concept, words, finding.fingerprint)


def _words(mark: Mark | None) -> str:
    return "" if mark is None else " ".join(mark.text.split())[:_LONGEST]


def compared(
    report: Report,
    judged: Sequence[Judged],
    baseline: Iterable[Recorded],
    elsewhere: Collection[tuple[str, ...]] = (),
) -> Comparison:
    """`report` beside a baseline. `judged` are the items of the report in order.

    `elsewhere` are the pages of the project's items that are not in the report. Linear in the number of findings.
    """
    found = sorted((*report.findings, *report.known), key=lambda finding: finding.item)
    today = [recorded(finding, judged[finding.item].paths) for finding in found]
    pages = {item.paths: item for item in judged}
    away = frozenset(elsewhere)
    rows = sorted(set(baseline))
    sought = [row for row in rows if row.paths not in away and _could_be_found(row, pages.get(row.paths))]
    matched = _matched(sought, today, pages)
    known = {index for _, index in matched}
    again = {row for row, _ in matched}
    unseen = tuple(row for row in rows if row.paths in away or not _could_be_found(row, pages.get(row.paths)))
    marked = replace(
        report,
        findings=tuple(one for index, one in enumerate(found) if index not in known),
        known=tuple(one for index, one in enumerate(found) if index in known),
    )
    kept = sorted({*unseen, *(today[index] for index in known)})
    fixed = tuple(row for row in sought if row not in again)
    return Comparison(marked, tuple(sorted(set(today))), tuple(kept), fixed, unseen)


def _could_be_found(row: Recorded, item: Judged | None) -> bool:
    """Whether the row's rule was judged on its pages, or its pages are gone."""
    return item is None or item.rules is None or row.rule in item.rules


def _matched(
    rows: Sequence[Recorded], today: Sequence[Recorded], pages: Collection[tuple[str, ...]]
) -> set[tuple[Recorded, int]]:
    """Pairs of a row and the index of the finding that it is."""
    known = {row.paths for row in rows}
    left_rows = [row for row in rows if row.paths in pages]
    left = list(range(len(today)))
    pairs: set[tuple[Recorded, int]] = set()
    for key in _SAME_PAGES:
        pairs |= _step(key, left_rows, left, today)
    gone = [row for row in rows if row.paths not in pages]
    new = [index for index in left if today[index].paths not in known]
    return pairs | _step(_other_pages, gone, new, today)


def _step(key: _Key, rows: list[Recorded], indices: list[int], today: Sequence[Recorded]) -> set[tuple[Recorded, int]]:
    """Pairs that agree in `key`, in order; they are taken out of `rows` and `indices`."""
    waiting: dict[Hashable, list[int]] = {}
    for index in reversed(indices):
        waiting.setdefault(key(today[index]), []).append(index)
    pairs = {(row, places.pop()) for row in rows if (places := waiting.get(key(row)))}
    found, places_of = {row for row, _ in pairs}, {index for _, index in pairs}
    rows[:] = [row for row in rows if row not in found]
    indices[:] = [index for index in indices if index not in places_of]
    return pairs
