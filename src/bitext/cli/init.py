"""`bitext init`: looks at a project's pages and writes a settings file to begin with."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bitext.cli import console
from bitext.cli.command import Verb, option, paths, verb
from bitext.cli.exits import Exit
from bitext.errors import ConfigError, InputError
from bitext.messages import catalogue
from bitext.model.findings import Message
from bitext.report.words import Words
from bitext.settings.model import Settings, shown
from bitext.settings.read import NAME

if TYPE_CHECKING:
    from bitext.project.pairs import Found

MOST_SHOWN = 5
"""Pages without a partner that are named; the others are counted."""


def command(language: str) -> Verb:
    """The verb."""
    return verb("init", language, run, [paths(), option("--schema", is_flag=True)])


def run(language: str, paths: tuple[str, ...], schema: bool) -> Exit:
    """Finds the pairs, writes the file, and says what to do next; or shows the schema of the file."""
    if schema:
        from bitext.settings.schema import shipped

        console.write([shipped()], sys.stdout)
        return Exit.CLEAN
    from bitext.project.conventions import described
    from bitext.project.pairs import found
    from bitext.project.tree import walk

    if len(paths) > 1:
        raise ConfigError(Message.of("init.usage.one-folder", given=len(paths)))
    root = "" if not paths or shown(paths[0]).rstrip("/") in ("", ".") else shown(paths[0]).rstrip("/")
    settings = Settings(root=root)
    target = settings.opened(NAME)
    if os.path.lexists(target):
        raise ConfigError(Message.of("init.usage.exists"), target)
    tree = walk(settings.folder)
    proposal = found(tree.files, settings)
    _write(Path(target), _settings(described(proposal.by), root, language))
    console.tell((f"{line}\n" for line in _told(proposal, described(proposal.by), target, language)), sys.stdout)
    return Exit.CLEAN


def _settings(patterns: Sequence[str], root: str, language: str) -> Iterator[str]:
    """The lines of the settings file: what was found, and what else can be set as comments."""

    def say(key: str) -> Iterator[str]:
        yield from (f"# {line}".rstrip() for line in catalogue.text(f"init.file.{key}", language).strip().splitlines())

    yield from say("head")
    yield ""
    yield from say("pairs")
    if patterns:
        yield "pairs = ["
        yield from (f"    {pattern}," for pattern in patterns)
        yield "]"
    else:
        yield '# pairs = ["content/{language}/**/*.md"]'
    yield ""
    yield from say("exclude")
    yield '# exclude = ["drafts/", "**/README.md"]'
    yield ""
    yield from say("glossaries")
    yield f'{"" if _has_csv(root) else "# "}glossaries = ["glossaries/*.csv"]'
    yield ""
    yield from say("fail-on")
    yield 'fail-on = "error"'
    yield ""
    yield from say("rules")
    yield '# select = ["default", "page-stale"]'
    yield '# ignore = ["plain-width"]'
    yield ""
    yield from say("severity")
    yield "# [severity]"
    yield '# number-mismatch = "error"'
    yield ""
    yield from say("overrides")
    yield "# [[overrides]]"
    yield '# paths = ["content/*/archive/**"]'
    yield '# ignore = ["page-unpaired", "term"]'


def _has_csv(root: str) -> bool:
    return any(Path(root, "glossaries").glob("*.csv"))


def _write(path: Path, lines: Iterator[str]) -> None:
    """Writes a new file, whole or not at all; one that is there is never touched."""
    from bitext.cli.output import deliver

    if os.path.lexists(path):
        raise ConfigError(Message.of("init.usage.exists"), path.as_posix())
    try:
        deliver((f"{line}\n" for line in lines), str(path))
    except InputError as error:
        raise InputError(error.message, path.as_posix()) from None


def _told(proposal: Found, patterns: Sequence[str], target: str, language: str) -> Iterator[str]:
    words, screen = Words(language), console.screen(sys.stdout)

    def say(key: str, **fields: str | int) -> str:
        return catalogue.text(f"init.told.{key}", language, **fields)

    if not proposal.pairs:
        yield from screen.wrapped(say("no-pairs", path=target))
    else:
        pairs = words.counted("items.pair", len(proposal.pairs))
        if proposal.alone:
            alone = words.counted("items.page", len(proposal.alone))
            yield from screen.wrapped(say("pairs", pairs=pairs, alone=alone))
        else:
            yield from screen.wrapped(say("all-pairs", pairs=pairs))
        yield from (screen.shown(f"  {pattern}") for pattern in patterns)
        if proposal.alone:
            yield from screen.wrapped(say("alone"))
            yield from (screen.shown(f"  {page.path}") for page in proposal.alone[:MOST_SHOWN])
            if len(proposal.alone) > MOST_SHOWN:
                yield screen.shown(f"  {words.counted('more', len(proposal.alone) - MOST_SHOWN)}")
        yield from screen.wrapped(say("written", path=target))
    for part in ("next", "workflow", "hook"):
        yield ""
        yield from (screen.shown(line) for line in say(part).strip("\n").splitlines())
