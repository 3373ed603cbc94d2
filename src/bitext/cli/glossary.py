"""`bitext glossary check`: a glossary itself, without any page or with an archive of pages."""

from __future__ import annotations

import sys

from bitext import pipeline
from bitext.cli import console, glossaries
from bitext.cli.check import FAILING
from bitext.cli.command import Verb, option, paths, verb
from bitext.cli.exits import Exit
from bitext.errors import ConfigError
from bitext.model.findings import Message

SUBJECTS = ("check",)
"""What can be done with a glossary."""


def command(language: str) -> Verb:
    """The verb."""
    params = [
        paths("given"),
        option("--archive", metavar="FOLDER"),
        option("--format", "kind", choices=("text", "json"), default="text"),
        option("--fail-on", choices=tuple(FAILING), default="error"),
    ]
    return verb("glossary", language, run, params)


def run(language: str, given: tuple[str, ...], archive: str | None, kind: str, fail_on: str) -> Exit:
    """Checks the glossary, shows the remarks, and judges."""
    from bitext.report.remarks import remarks_json, remarks_lines

    if not given or given[0] not in SUBJECTS:
        value = given[0] if given else ""
        raise ConfigError(Message.of("cli.usage.glossary-subject", value=value, accepted=", ".join(SUBJECTS)))
    glossary, _ = glossaries.chosen(given[1:])
    if not glossary.concepts:
        raise ConfigError(Message.of("cli.usage.no-glossary"))
    remarks, pages = pipeline.lint_glossary(glossary, archive)
    if kind == "json":
        ascii_only = not console.is_utf8(sys.stdout)
        console.write([remarks_json(glossary, remarks, language, ascii_only=ascii_only)], sys.stdout)
    else:
        compared = None if archive is None else (archive, pages)
        console.show(remarks_lines(glossary, remarks, language, console.screen(sys.stdout), compared), sys.stdout)
    return Exit.FINDINGS if any(one.severity in FAILING[fail_on] for one in remarks) else Exit.CLEAN
