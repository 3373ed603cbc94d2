"""Items that were published earlier: how they render names, terms and sentences is what new items are held against.

The pairs of a folder are observed and not reported. An alignment that lies beside two pages is used instead of aligning
them anew, and what was observed is kept like all results. Where only what changed is checked, the kept results of the
other pairs are the archive.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from bitext.checks.archive import OBSERVED, compared
from bitext.errors import ConfigError
from bitext.model.findings import Finding, Item, Mark, Message, Observation, Outcome, Report
from bitext.project import pairs
from bitext.project.keys import Keys
from bitext.project.store import Store
from bitext.project.tree import walk
from bitext.project.work import Job, Task
from bitext.settings.model import Settings

ALIGNMENT = "alignment.jsonl"
"""The file of an alignment, in the folder of its two pages."""


def tasks(folder: str, scope: str = "", checked: Collection[str] = ()) -> tuple[Task, ...]:
    """What there is to observe in `folder` and below it, in the order of paths, less the pairs of the pages `checked`.

    Raises ConfigError where there is no such folder, or no pair of pages in it.
    """
    found = pairs.found(walk(folder).files, Settings(root=folder)).pairs
    if not found:
        raise ConfigError(Message.of("earlier.errors.no-pairs"), folder)
    known = set(map(os.path.realpath, checked))
    return tuple(
        task
        for task in (_task(folder, pair, scope) for pair in found)
        if not known.intersection(map(os.path.realpath, task.paths))
    )


def _task(folder: str, pair: pairs.Pair, scope: str) -> Task:
    source, target = (f"{folder.rstrip('/')}/{path}" for path in (pair.source, pair.target))
    beside = PurePosixPath(source).parent / ALIGNMENT
    aligned = PurePosixPath(target).parent == beside.parent and Path(beside).is_file()
    return Task(source, target, "zh", scope, OBSERVED, alignment=str(beside) if aligned else "")


def kept(wanted: Sequence[Task], job: Job, store: Store | None) -> Iterator[Outcome]:
    """The outcomes of the tasks that the store has; nothing is judged."""
    keys = Keys(job)
    for task in wanted if store is not None else ():
        key = keys.key(task)
        found = store.get(key) if store is not None and key is not None and store.has(key) else None
        if found is not None:
            yield found


@dataclass(frozen=True, slots=True)
class Departures:
    """Where new items depart from the usage, and what of it is waived, each sorted by item; `cited` are earlier items.

    The indices of related marks count on from the new items to the cited ones.
    """

    findings: tuple[Finding, ...]
    waived: tuple[Finding, ...]
    cited: tuple[Item, ...] = ()


def departures(new: Sequence[Outcome], earlier: Sequence[Outcome], job: Job) -> Departures:
    """What sets the items of `new` apart from each other and from `earlier`, all compared in the order of their dates.

    Of `earlier`, failures and what has no item are passed over.
    """
    everything = [*new, *(outcome for outcome in earlier if outcome.item is not None)]
    order = sorted(range(len(everything)), key=lambda n: (_date(everything[n]), n))
    only = {place for place, n in enumerate(order) if n < len(new)} if len(everything) > len(new) else None
    found = compared([everything[n] for n in order], job.waivers, job.today, only)
    cited: dict[int, int] = {}

    def placed(mark: Mark) -> Mark:
        if mark.item is None:
            return mark
        index = order[mark.item]
        if index >= len(new):
            index = len(new) + cited.setdefault(index, len(cited))
        return replace(mark, item=index)

    def moved(finding: Finding) -> Finding:
        return replace(finding, item=order[finding.item], related=tuple(map(placed, finding.related)))

    findings, waived = (tuple(map(moved, rows)) for rows in (found.findings, found.waived))
    items = (everything[index].item for index in cited)
    return Departures(findings, waived, tuple(item for item in items if item is not None))


Uses: TypeAlias = "dict[tuple[str, str, str], set[int]]"
"""The earlier items, by number, that have a rendering of something: by rule, key and rendering."""


def uses(earlier: Sequence[Outcome]) -> Uses:
    """How often each rendering was used in `earlier`."""
    found: Uses = {}
    for index, outcome in enumerate(earlier):
        for row in outcome.observations:
            found.setdefault((row.rule, row.key, row.rendering), set()).add(index)
    return found


def counted(findings: Iterable[Finding], seen: Iterable[Observation], used: Uses) -> Iterator[Finding]:
    """The findings of an item of which `seen` was observed, their related places with how many earlier items have them.

    So of two renderings of one page, that of the archive is known.
    """
    known = {(row.rule, row.mark.side, row.mark.span): (row.rule, row.key, row.rendering) for row in seen}

    def noted(rule: str, mark: Mark) -> Mark:
        count = len(used.get(known.get((rule, mark.side, mark.span), ("", "", "")), ()))
        if not count or mark.note is not None or mark.item is not None:
            return mark
        return replace(mark, note=Message.of(f"earlier.used.{'one' if count == 1 else 'many'}", n=count))

    for finding in findings:
        if finding.rule not in OBSERVED or not finding.related:
            yield finding
        else:
            yield replace(finding, related=tuple(noted(finding.rule, mark) for mark in finding.related))


def _date(outcome: Outcome) -> str:
    bitext = None if outcome.item is None else outcome.item.bitext
    pages = () if bitext is None else (bitext.source, bitext.target)
    return next((page.document.date for page in pages if page is not None and page.document.date), "9999")


def beside(report: Report, earlier: Sequence[Outcome], job: Job, rules: Collection[str]) -> Report:
    """The report of a single item with what sets it apart from `earlier`, as far as one of `rules` tells of it."""
    new = Outcome(report.items[0], observations=report.observations)
    found = departures([new], earlier, job)
    findings, waived = ([one for one in rows if one.rule in rules] for rows in (found.findings, found.waived))
    return replace(
        report,
        findings=(*counted(report.findings, report.observations, uses(earlier)), *findings),
        waived=(*report.waived, *waived),
        archive=found.cited,
    )


def told(folder: str, earlier: Sequence[Outcome]) -> Iterator[Message]:
    """How many items of `folder` there were to compare with, and how many could not be read."""
    failed = [outcome.failure for outcome in earlier if outcome.failure is not None]
    yield Message.of("earlier.notes.compared", n=len(earlier) - len(failed), folder=folder)
    if failed:
        yield Message.of("earlier.notes.unreadable", n=len(failed), first=failed[0].paths[0])
