"""`bitext check`: two pages against each other, or one page alone."""

from __future__ import annotations

from datetime import date
from typing import TypedDict, Unpack

from bitext import pipeline
from bitext.cli import fixing, glossaries, outputs, waivers
from bitext.cli.command import LANGUAGES, Verb, option, paths, verb
from bitext.cli.exits import Exit
from bitext.cli.progress import waiting
from bitext.errors import ConfigError
from bitext.messages import catalogue
from bitext.model.documents import Language
from bitext.model.findings import ListedWaiver, Message, Report, Severity
from bitext.model.glossary import Glossary
from bitext.pipeline import PROFILES, Profile
from bitext.report.words import barely_judged

FAILING = {"error": (Severity.ERROR,), "warning": (Severity.ERROR, Severity.WARNING), "never": ()}


def command(language: str) -> Verb:
    """The verb."""
    params = [
        paths(),
        option("--glossary", "glossary_paths", metavar="FILE", multiple=True),
        option("--language", "page_language", choices=LANGUAGES),
        outputs.format_option(),
        option("--fail-on", choices=tuple(FAILING), default="error"),
        option("--profile", choices=PROFILES, default="accurate"),
        option("--waivers", "waiver_paths", metavar="FILE", multiple=True),
        option("--fix", is_flag=True),
        option("--diff", is_flag=True),
    ]
    return verb("check", language, run, params)


class Options(TypedDict):
    """What the options of the command line say."""

    glossary_paths: tuple[str, ...]
    page_language: Language | None
    formats: tuple[str, ...]
    fail_on: str
    profile: Profile
    waiver_paths: tuple[str, ...]
    fix: bool
    diff: bool


def run(language: str, paths: tuple[str, ...], **options: Unpack[Options]) -> Exit:
    """Checks, mends if that is wanted and checks again, shows the report or the diff, and judges."""
    _require(paths, options["page_language"])
    wanted = outputs.chosen(options["formats"], (*paths, *options["glossary_paths"], *options["waiver_paths"]))
    if options["diff"] and not outputs.only_terminal(wanted):
        raise ConfigError(Message.of("cli.usage.diff-json"))
    with waiting(catalogue.text("cli.progress.check", language)):
        glossary, notes = glossaries.chosen(options["glossary_paths"])
        listed, found = waivers.chosen(options["waiver_paths"], paths)
        report = _check(paths, options, glossary, listed, (*notes, *found))
        fixes = pipeline.fixes(report) if options["fix"] or options["diff"] else ()
        if options["fix"] and not options["diff"]:
            told = fixing.written(fixes, language)
            if any(fix.patch.applied for fix in fixes):
                report = _check(paths, options, glossary, listed, (*notes, *found, *told))
            else:
                report = fixing.noted(report, told)
    if options["diff"]:
        fixing.show(fixes, (*notes, *found), language)
    else:
        outputs.write(report, wanted, language, FAILING[options["fail_on"]], glossary)
    return verdict(report, options["fail_on"])


def _check(
    paths: tuple[str, ...],
    options: Options,
    glossary: Glossary,
    listed: tuple[ListedWaiver, ...],
    notes: tuple[Message, ...],
) -> Report:
    today = date.today().isoformat()
    if (alone := options["page_language"]) is not None:
        return pipeline.check_page(paths[0], alone, glossary, notes=notes, waivers=listed, today=today)
    profile = options["profile"]
    if len(paths) == 1:
        return pipeline.check_interleaved(paths[0], glossary, profile=profile, notes=notes, waivers=listed, today=today)
    return pipeline.check_pair(paths[0], paths[1], glossary, profile=profile, notes=notes, waivers=listed, today=today)


def _require(paths: tuple[str, ...], page_language: Language | None) -> None:
    if page_language is None and len(paths) not in (1, 2):
        raise ConfigError(Message.of("cli.usage.two-pages", given=len(paths), verb="check"))
    if page_language is not None and len(paths) != 1:
        raise ConfigError(Message.of("cli.usage.one-page", given=len(paths)))


def verdict(report: Report, fail_on: str) -> Exit:
    """Findings at the failing level fail a run, and so does an item most of which could not be judged."""
    failing = FAILING[fail_on]
    found = any(finding.severity in failing for finding in report.findings)
    unseen = bool(failing) and any(map(barely_judged, report.items))
    return Exit.FINDINGS if found or unseen else Exit.CLEAN
