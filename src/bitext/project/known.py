"""The baseline of a project: where it lies, and the report of a run beside it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace

from bitext.checks.baseline import Comparison, Judged, compared
from bitext.formats import baseline_files
from bitext.formats.files import read_bytes
from bitext.model.findings import Message, Outcome, Recorded, Report
from bitext.project.run import Plan
from bitext.settings.model import Settings

NAME = "bitext-baseline.jsonl"
"""The baseline of a project that names no other, in its folder."""


def path(settings: Settings) -> str:
    """Where the project's baseline lies or would lie."""
    return settings.baseline or settings.opened(NAME)


def read(settings: Settings) -> tuple[Recorded, ...] | None:
    """What the project's baseline records, or None if it has none. Raises InputError for one that cannot be read."""
    where = path(settings)
    if not os.path.lexists(where):
        return None
    return baseline_files.loads(read_bytes(where), where)


def beside(report: Report, done: Plan, outcomes: Sequence[Outcome], baseline: Sequence[Recorded]) -> Comparison:
    """The report of `outcomes`, which are those of the plan's tasks in order, beside a baseline."""
    judged, failed = [], set()
    for task, paths, outcome in zip(done.tasks, done.paths, outcomes, strict=True):
        if outcome.item is None:
            failed.add(paths)
        else:
            judged.append(Judged(paths, task.rules))
    return compared(report, judged, baseline, done.rest | failed)


def checked(report: Report, done: Plan, outcomes: Sequence[Outcome], baseline: Sequence[Recorded]) -> Report:
    """The report of a check: what the baseline has is known, and what of it is fixed is told."""
    found = beside(report, done, outcomes, baseline)
    count = len(found.fixed)
    if not count:
        return found.report
    note = Message.of("baseline.notes.fixed-one") if count == 1 else Message.of("baseline.notes.fixed-many", n=count)
    return replace(found.report, notes=(*found.report.notes, note))
