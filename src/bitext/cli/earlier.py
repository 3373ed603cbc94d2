"""Items that a run is compared with and does not check: the archive, and what earlier runs kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from bitext.cli.choices import Choices
from bitext.model.findings import Message, Outcome, Report

if TYPE_CHECKING:
    from bitext.project.run import Plan
    from bitext.project.store import Store


def stored(choices: Choices, *, without: bool) -> Store | None:
    """Where results are kept; None if none are to be kept."""
    from bitext.project import store

    megabytes = 0 if without else choices.settings.cache_size
    where = store.folder(Path(choices.settings.folder)) if megabytes else None
    return None if where is None else store.Store(where, megabytes * store.MEGABYTE)


def observed(
    choices: Choices, pages: Sequence[str], workers: int, kept: Store | None
) -> tuple[tuple[Outcome, ...], tuple[Message, ...]]:
    """The items of the archive, less those of `pages`, and what is to be told of them; none where none is named."""
    from bitext.project import archive, results

    if not choices.archive:
        return (), ()
    wanted = archive.tasks(choices.archive, choices.scope, pages)
    with closing(results.outcomes(wanted, choices.job, workers, kept)) as running:
        found = tuple(running)
    return found, tuple(archive.told(choices.archive, found))


def unchanged(planned: Plan, choices: Choices, kept: Store | None) -> tuple[tuple[Outcome, ...], tuple[Message, ...]]:
    """The kept outcomes of the pairs that did not change, and how many these are."""
    from bitext.project import archive

    if not planned.left or not planned.tasks:
        return (), ()
    found = tuple(archive.kept(planned.left, choices.job, kept))
    count = {"n": len(found)} if found else {}
    return found, (Message.of(f"earlier.notes.{'kept' if found else 'none-kept'}", all=len(planned.left), **count),)


def beside(report: Report, pages: Sequence[str], choices: Choices, workers: int, kept: Store | None) -> Report:
    """The report of a single item with what sets it apart from the archive."""
    from dataclasses import replace

    from bitext.project import archive

    found, notes = observed(choices, pages, workers, kept)
    if not notes:
        return report
    rules = {rule.id for rule in choices.rules(pages)}
    item = report.items[0]
    told = (*item.notes, *notes, *(kept.notes if kept is not None else ()))
    compared = archive.beside(report, found, choices.job, rules)
    return replace(compared, items=(replace(item, notes=told),))


def both(*parts: tuple[tuple[Outcome, ...], tuple[Message, ...]]) -> tuple[list[Outcome], Iterator[Message]]:
    """Outcomes and notes of several kinds, each in one row."""
    return [one for found, _ in parts for one in found], (note for _, notes in parts for note in notes)
