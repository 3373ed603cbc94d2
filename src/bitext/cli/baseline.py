"""`bitext baseline`: records the findings that a project has today, so that a check fails for new ones only."""

from __future__ import annotations

import sys
from typing import Unpack

from bitext.cli import choices, console, gate
from bitext.cli.choices import Options
from bitext.cli.command import Verb, number, option, verb
from bitext.cli.exits import Exit
from bitext.cli.output import deliver_bytes
from bitext.errors import ConfigError, InputError
from bitext.messages import catalogue
from bitext.model.findings import Failure, Message, Recorded
from bitext.pipeline import PROFILES
from bitext.settings import written

_UNASKED: Options = {
    "glossary_paths": (),
    "page_language": None,
    "formats": (),
    "fail_on": None,
    "profile": None,
    "waiver_paths": (),
    "fix": False,
    "diff": False,
    "config": None,
    "select": (),
    "ignore": (),
    "max_findings": None,
    "changed": None,
    "scope": "",
    "archive": None,
    "jobs": None,
    "no_cache": False,
    "quiet": False,
    "statistics": False,
    "explain": False,
}
"""What `bitext check` can be asked for besides."""


def command(language: str) -> Verb:
    """The verb."""
    params = [
        option("--prune", is_flag=True),
        option("--config", metavar="FILE"),
        option("--glossary", "glossary_paths", metavar="FILE", multiple=True),
        option("--waivers", "waiver_paths", metavar="FILE", multiple=True),
        option("--profile", choices=PROFILES),
        option("-j", "--jobs", metavar="N", type=number()),
        option("--no-cache", is_flag=True),
    ]
    return verb("baseline", language, run, params)


def run(language: str, prune: bool, **given: Unpack[Options]) -> Exit:
    """Checks the project, writes the baseline and says what changed in it."""
    from bitext.formats import baseline_files
    from bitext.project import known

    options: Options = {**_UNASKED, **given}
    settings = choices.settings_of(options)
    language = choices.speaking(language, settings)
    where, before = known.path(settings), known.read(settings)
    written.require_within(settings, where)
    if prune and before is None:
        raise ConfigError(Message.of("baseline.errors.missing"))
    done = gate.judged((), options, choices.chosen(options, settings, ()), language)
    found = known.beside(done.report, done.plan, done.outcomes, before or ())
    rows = found.kept if prune else tuple(sorted({*found.today, *found.unseen}))
    data = baseline_files.dumps(rows)
    if before is None or rows != before:
        _write(data, where)
    _tell(rows, where, len(found.report.findings), len(found.fixed), prune, language)
    for failure in done.report.failures:
        _complain(failure, language)
    return gate.unfinished(done.report)


def _write(data: bytes, where: str) -> None:
    try:
        deliver_bytes(data, where)
    except InputError as error:
        reason = dict(error.message.fields).get("reason", "")
        raise InputError(Message.of("baseline.errors.unwritable", reason=reason), where) from None


def _tell(rows: tuple[Recorded, ...], where: str, new: int, fixed: int, prune: bool, language: str) -> None:
    def say(key: str) -> str:
        return catalogue.text(f"baseline.notes.{key}", language, path=where, total=len(rows), new=new, fixed=fixed)

    if prune:
        told = [say("pruned" if fixed else "nothing-fixed"), *([say("left-out")] if new else [])]
    else:
        told = [say("written"), *([say("next")] if rows else [])]
    screen = console.screen(sys.stdout)
    console.write([f"{line}\n" for text in told for line in screen.wrapped(text)], sys.stdout)


def _complain(failure: Failure, language: str) -> None:
    error = InputError(failure.message, failure.path or failure.paths[0], failure.line, failure.column, failure.frame)
    console.complain(catalogue.text("cli.usage.error", language, text=error.render(language)))
