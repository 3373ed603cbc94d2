"""A project checked: progress while it is, statistics and explanations after it."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bitext.cli import console, earlier
from bitext.cli.choices import Choices, Options
from bitext.cli.exits import Exit
from bitext.cli.progress import bar, waiting
from bitext.errors import ConfigError
from bitext.messages import catalogue
from bitext.model.findings import Message, Outcome, Report, Severity
from bitext.report.words import Words, barely_judged

if TYPE_CHECKING:
    from bitext.project.run import Plan

MOST_JOBS = 256


def is_project(paths: tuple[str, ...], options: Options) -> bool:
    """Whether a project is to be checked and not a pair or a page: no path, folders, many paths, or --changed."""
    if options["page_language"] is not None:
        return False
    return not paths or len(paths) > 2 or options["changed"] is not None or all(Path(path).is_dir() for path in paths)


@dataclass(frozen=True, slots=True)
class Done:
    """A project as it was judged: the report of the outcomes, which are those of the plan's tasks in order."""

    report: Report
    plan: Plan
    outcomes: tuple[Outcome, ...]


def check(paths: tuple[str, ...], options: Options, choices: Choices, language: str) -> Report:
    """The report of the project, or of the part of it that `paths` and --changed leave, beside its baseline."""
    from bitext.project import known

    baseline = known.read(choices.settings)
    done = judged(paths, options, choices, language)
    return done.report if baseline is None else known.checked(done.report, done.plan, done.outcomes, baseline)


def judged(paths: tuple[str, ...], options: Options, choices: Choices, language: str) -> Done:
    """The project judged, with a bar on a terminal while that takes its time."""
    from bitext.project import results, run

    workers = processes(options["jobs"])
    planned = run.plan(run.Wish(choices.selection, paths, options["changed"], options["scope"] or ""))
    kept = earlier.stored(choices, without=options["no_cache"])
    outcomes: list[Outcome] = []
    # Next to no value is in a cycle: the usual search for those is a fifth of a run that only reads what is kept.
    gc.set_threshold(50_000, 20, 50)
    with (
        bar(catalogue.text("gate.progress.check", language), len(planned.tasks)) as told,
        closing(results.outcomes(planned.tasks, choices.job, workers, kept)) as running,
    ):
        for outcome in running:
            outcomes.append(outcome)
            told(len(outcomes))
    pages = [page for task in (*planned.tasks, *planned.left) for page in task.paths]
    with waiting(catalogue.text("gate.progress.check", language)):
        others, told_of = earlier.both(
            earlier.unchanged(planned, choices, kept), earlier.observed(choices, pages, workers, kept)
        )
    report = run.report(planned, outcomes, choices.job, others)
    notes = (*choices.notes, *_no_glossary(choices), *report.notes, *told_of, *(kept.notes if kept is not None else ()))
    return Done(replace(report, notes=notes), planned, tuple(outcomes))


def processes(jobs: int | None) -> int:
    """The number of processes that there may be. Raises ConfigError."""
    if jobs is None:
        affinity = getattr(os, "sched_getaffinity", None)
        return len(affinity(0)) if affinity is not None else os.cpu_count() or 1
    if not 1 <= jobs <= MOST_JOBS:
        raise ConfigError(Message.of("gate.usage.jobs", value=jobs, most=MOST_JOBS))
    return jobs


def _no_glossary(choices: Choices) -> tuple[Message, ...]:
    return () if choices.job.glossary.concepts else (Message.of("report.notes.no-glossary"),)


def afterwards(report: Report, options: Options, language: str, *, on_screen: bool) -> None:
    """What --statistics and --explain ask for, after the report; beside an output for programs on the error stream."""
    from bitext.report.many import statistics

    stream = sys.stdout if on_screen else sys.stderr
    words, screen = Words(language), console.screen(stream)
    if options["statistics"] and report.findings:
        console.show([(), *statistics(report, words, screen)], stream)
    if options["explain"]:
        rules = dict.fromkeys(finding.rule for finding in report.findings)
        console.show((((line, ""),) for rule in sorted(rules) for line in _explained(rule, language)), stream)


def _explained(rule: str, language: str) -> Iterator[str]:
    """The manual of a rule less its examples."""
    from bitext.checks.registry import RULES
    from bitext.checks.rule import manual

    if rule in RULES:
        yield from ("", rule, "")
        for line in manual(RULES[rule], language).splitlines():
            if line.rstrip() in ("Fires:", "报告："):
                return
            yield f"    {line}".rstrip()


def unfinished(report: Report) -> Exit:
    """Whether everything could be judged: a fault of the program weighs more than a page that cannot be read."""
    if any(failure.internal for failure in report.failures):
        return Exit.INTERNAL
    return Exit.USAGE if report.failures else Exit.CLEAN


def verdict(report: Report, failing: tuple[Severity, ...]) -> Exit:
    """What a run comes to.

    What could not be judged at all weighs more than findings. Findings at the failing level fail the run, and so does
    an item most of which could not be judged.
    """
    found = any(finding.severity in failing for finding in report.findings)
    unseen = bool(failing) and any(map(barely_judged, report.items))
    return unfinished(report) or (Exit.FINDINGS if found or unseen else Exit.CLEAN)
