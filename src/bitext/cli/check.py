"""`bitext check`: two pages against each other, or one page alone."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Unpack

from bitext import pipeline
from bitext.cli import choices, earlier, fixing, gate, outputs
from bitext.cli.choices import FAILING, Choices, Options
from bitext.cli.command import LANGUAGES, Verb, number, option, paths, verb
from bitext.cli.exits import Exit
from bitext.cli.progress import waiting
from bitext.errors import ConfigError
from bitext.messages import catalogue
from bitext.model.documents import Language
from bitext.model.findings import Message, Report
from bitext.pipeline import PROFILES
from bitext.settings import written

__all__ = ["FAILING", "command", "run"]


def command(language: str) -> Verb:
    """The verb."""
    params = [
        paths(),
        option("--glossary", "glossary_paths", metavar="FILE", multiple=True),
        option("--waivers", "waiver_paths", metavar="FILE", multiple=True),
        option("--language", "page_language", choices=LANGUAGES),
        option("--changed", metavar="[REF]", is_flag=False, flag_value=""),
        option("--scope", metavar="NAME"),
        option("--archive", metavar="FOLDER"),
        option("--select", metavar="RULES", multiple=True),
        option("--ignore", metavar="RULES", multiple=True),
        option("--fail-on", choices=tuple(FAILING)),
        option("--max-findings", metavar="N", type=number()),
        outputs.format_option(),
        option("-q", "--quiet", is_flag=True),
        option("--statistics", is_flag=True),
        option("--explain", is_flag=True),
        option("--fix", is_flag=True),
        option("--diff", is_flag=True),
        option("--profile", choices=PROFILES),
        option("-j", "--jobs", metavar="N", type=number()),
        option("--no-cache", is_flag=True),
        option("--config", metavar="FILE"),
    ]
    return verb("check", language, run, params)


def run(language: str, paths: tuple[str, ...], **options: Unpack[Options]) -> Exit:
    """Checks, mends if that is wanted and checks again, shows the report or the diff, and judges."""
    project = gate.is_project(paths, options)
    _require(paths, options["page_language"], project=project)
    settings = choices.settings_of(options, paths)
    language = choices.speaking(language, settings)
    inputs = (*(() if project else paths), *options["glossary_paths"], *options["waiver_paths"])
    wanted = outputs.chosen(options["formats"] or written.outputs(settings), inputs)
    if options["diff"] and not outputs.only_terminal(wanted):
        raise ConfigError(Message.of("cli.usage.diff-json"))
    with _progress(language, project=project):
        chosen = choices.chosen(options, settings, () if project else paths)
        if project:
            judged = partial(gate.check, paths, options, chosen, language)
        else:
            judged = partial(_check, paths, options, chosen)
        report = judged()
        fixes = fixing.wanted(report) if options["fix"] or options["diff"] else ()
        if options["fix"] and not options["diff"]:
            told = fixing.written(fixes, language)
            report = fixing.noted(judged() if any(fix.patch.applied for fix in fixes) else report, told)
    if options["diff"]:
        fixing.show(fixes, chosen.notes, language)
    else:
        _show(report, wanted, chosen, options, language)
    return gate.verdict(report, chosen.failing)


def _progress(language: str, *, project: bool) -> AbstractContextManager[None]:
    # A project shows how far it is.
    return nullcontext() if project else waiting(catalogue.text("cli.progress.check", language))


def _show(report: Report, wanted: tuple[outputs.Output, ...], chosen: Choices, options: Options, language: str) -> None:
    from bitext.report.many import limited

    shown = limited(report, chosen.max_findings)
    outputs.write(shown, wanted, language, chosen.failing, chosen.job.glossary, quiet=options["quiet"])
    gate.afterwards(report, options, language, on_screen=outputs.Output(outputs.TERMINAL) in wanted)


def _check(paths: tuple[str, ...], options: Options, chosen: Choices) -> Report:
    """The report of one pair, one file in both languages, or one page, beside the archive if there is one."""
    report = pipeline.check(paths, chosen.criteria(paths), options["page_language"], chosen.sites(paths))
    if chosen.archive:
        kept = earlier.stored(chosen, without=options["no_cache"])
        report = earlier.beside(report, paths, chosen, gate.processes(options["jobs"]), kept)
    return chosen.weighed(report, paths)


def _require(paths: tuple[str, ...], page_language: Language | None, *, project: bool) -> None:
    if page_language is not None and len(paths) != 1:
        raise ConfigError(Message.of("cli.usage.one-page", given=len(paths)))
    if page_language is None and not project and len(paths) not in (1, 2):
        raise ConfigError(Message.of("cli.usage.two-pages", given=len(paths), verb="check"))
