"""`bitext check`: two pages against each other, or one page alone."""

from __future__ import annotations

import sys

from bitext import pipeline
from bitext.cli import console, glossaries
from bitext.cli.command import LANGUAGES, Verb, option, paths, verb
from bitext.cli.exits import Exit
from bitext.cli.progress import waiting
from bitext.errors import ConfigError
from bitext.messages import catalogue
from bitext.model.documents import Language
from bitext.model.findings import Message, Report, Severity
from bitext.pipeline import PROFILES, Profile
from bitext.report.words import barely_judged

FAILING = {"error": (Severity.ERROR,), "warning": (Severity.ERROR, Severity.WARNING), "never": ()}


def command(language: str) -> Verb:
    """The verb."""
    params = [
        paths(),
        option("--glossary", "glossary_paths", metavar="FILE", multiple=True),
        option("--language", "page_language", choices=LANGUAGES),
        option("--format", "kind", choices=("terminal", "json"), default="terminal"),
        option("--fail-on", choices=tuple(FAILING), default="error"),
        option("--profile", choices=PROFILES, default="accurate"),
    ]
    return verb("check", language, run, params)


def run(
    language: str,
    paths: tuple[str, ...],
    glossary_paths: tuple[str, ...],
    page_language: Language | None,
    kind: str,
    fail_on: str,
    profile: Profile,
) -> Exit:
    """Checks, shows the report, and judges."""
    _require(paths, page_language)
    with waiting(catalogue.text("cli.progress.check", language)):
        glossary, notes = glossaries.chosen(glossary_paths)
        if page_language is not None:
            report = pipeline.check_page(paths[0], page_language, glossary, notes=notes)
        else:
            report = pipeline.check_pair(paths[0], paths[1], glossary, profile=profile, notes=notes)
    if kind == "json":
        from bitext.report.json import dumps

        console.write([dumps(report, language, ascii_only=not console.is_utf8(sys.stdout))], sys.stdout)
    else:
        from bitext.report.terminal import lines

        console.show(lines(report, language, console.screen(sys.stdout), glossary), sys.stdout)
    return verdict(report, fail_on)


def _require(paths: tuple[str, ...], page_language: Language | None) -> None:
    if page_language is None and len(paths) != 2:
        key = "two-pages-or-language" if len(paths) == 1 else "two-pages"
        fields = {} if len(paths) == 1 else {"verb": "check"}
        raise ConfigError(Message.of(f"cli.usage.{key}", given=len(paths), **fields))
    if page_language is not None and len(paths) != 1:
        raise ConfigError(Message.of("cli.usage.one-page", given=len(paths)))


def verdict(report: Report, fail_on: str) -> Exit:
    """Findings at the failing level fail a run, and so does an item most of which could not be judged."""
    failing = FAILING[fail_on]
    found = any(finding.severity in failing for finding in report.findings)
    unseen = bool(failing) and any(map(barely_judged, report.items))
    return Exit.FINDINGS if found or unseen else Exit.CLEAN
