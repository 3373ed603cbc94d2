"""`bitext glossary`: checks a glossary itself, without any page or with an archive of pages, or converts one."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from bitext.cli import console, glossaries
from bitext.cli.check import FAILING
from bitext.cli.command import Verb, option, paths, verb
from bitext.cli.exits import Exit
from bitext.cli.output import deliver_bytes
from bitext.errors import ConfigError
from bitext.glossaries import convert_glossary, lint_glossary, read_noted
from bitext.model.findings import Message
from bitext.report.words import Words

SUBJECTS = ("check", "convert")
"""What can be done with a glossary."""


def command(language: str) -> Verb:
    """The verb."""
    params = [
        paths("given"),
        option("--archive", metavar="FOLDER"),
        option("--format", "kind", choices=("text", "json"), default="text"),
        option("--fail-on", choices=tuple(FAILING), default="error"),
        option("--dialect", metavar="NAME"),
    ]
    return verb("glossary", language, run, params)


def run(
    language: str, given: tuple[str, ...], archive: str | None, kind: str, fail_on: str, dialect: str | None
) -> Exit:
    """Does what the first argument says."""
    if not given or given[0] not in SUBJECTS:
        value = given[0] if given else ""
        raise ConfigError(Message.of("cli.usage.glossary-subject", value=value, accepted=", ".join(SUBJECTS)))
    if given[0] == "convert":
        return _convert(language, given[1:], dialect)
    if dialect is not None:
        raise ConfigError(Message.of("glossaries.dialect.check"))
    return _check(language, given[1:], archive, kind, fail_on)


def _convert(language: str, given: tuple[str, ...], dialect: str | None) -> Exit:
    """Writes the glossary in another format and tells what was lost."""
    if len(given) != 2:
        raise ConfigError(Message.of("glossaries.convert.two-paths", given=len(given)))
    source, target = given
    if os.path.realpath(source) == os.path.realpath(target):
        raise ConfigError(Message.of("glossaries.convert.same-file", path=target))
    written = convert_glossary(source, target, dialect)
    deliver_bytes(written.data, target)
    _tell(written.notes, language)
    return Exit.CLEAN


def _tell(notes: Sequence[Message], language: str) -> None:
    words = Words(language)
    for note in notes:
        console.complain(words.say("notes.label", note=words.message(note)))


def _check(language: str, given: tuple[str, ...], archive: str | None, kind: str, fail_on: str) -> Exit:
    """Checks the glossary, shows the remarks, and judges."""
    from bitext.report.remarks import remarks_json, remarks_lines

    reading = read_noted(given or glossaries.discovered())
    glossary = reading.glossary
    if not glossary.concepts:
        raise ConfigError(Message.of("cli.usage.no-glossary"))
    remarks, pages = lint_glossary(glossary, archive)
    if kind == "json":
        ascii_only = not console.is_utf8(sys.stdout)
        console.write([remarks_json(glossary, remarks, language, ascii_only=ascii_only)], sys.stdout)
    else:
        compared = None if archive is None else (archive, pages)
        console.show(remarks_lines(glossary, remarks, language, console.screen(sys.stdout), compared), sys.stdout)
    _tell(reading.notes, language)
    return Exit.FINDINGS if any(one.severity in FAILING[fail_on] for one in remarks) else Exit.CLEAN
