"""Where the reports of a run go: `--format NAME` to the screen, `--format NAME=FILE` to a file, several in one run."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import click

from bitext.cli import console
from bitext.cli.command import option
from bitext.cli.output import ascii_only, deliver, require_writable
from bitext.errors import ConfigError, InputError
from bitext.model.findings import Message, Report, Severity
from bitext.model.glossary import Glossary
from bitext.report import formats as known
from bitext.report.setting import Setting
from bitext.report.sources import Sources

TERMINAL = "terminal"
_UTF8 = ("github", "summary")
"""What a program reads as UTF-8 and has no escapes for other characters."""


@dataclass(frozen=True, slots=True)
class Output:
    """A format and its file, or None for the screen."""

    name: str
    path: str | None = None


def format_option() -> click.Option:
    """The option `--format`, which may be given several times."""
    return option("--format", "formats", metavar="NAME[=FILE]", multiple=True)


def chosen(formats: Sequence[str], inputs: Iterable[str] = ()) -> tuple[Output, ...]:
    """The outputs that the values of `--format` ask for; the report for people, if nothing else takes the screen.

    Raises ConfigError for an unknown format, for two that go to one place, and for a file that is one of the `inputs`;
    InputError for a file that cannot be written. Nothing is written yet.
    """
    outputs = tuple(_parsed(value) for value in formats)
    _require_one_place_each(outputs)
    _require_no_input(outputs, inputs)
    for output in outputs:
        if output.path is not None:
            _require_room(output.path)
    return outputs if any(output.path is None for output in outputs) else (*outputs, Output(TERMINAL))


def only_terminal(outputs: Sequence[Output]) -> bool:
    """Whether the report for people on the screen is all that is asked for."""
    return tuple(outputs) == (Output(TERMINAL),)


def _parsed(value: str) -> Output:
    name, equals, path = value.partition("=")
    if name not in known.NAMES:
        accepted = ", ".join(known.NAMES)
        raise ConfigError(Message.of("cli.usage.choice", value=name, option="--format", accepted=accepted))
    if equals and not path:
        raise ConfigError(Message.of("outputs.usage.no-file", name=name))
    return Output(name, path if equals else None)


def _require_one_place_each(outputs: Sequence[Output]) -> None:
    screen = [output.name for output in outputs if output.path is None]
    if len(screen) > 1:
        raise ConfigError(Message.of("outputs.usage.one-screen", names=", ".join(screen), second=screen[1]))
    seen: set[str] = set()
    for output in outputs:
        real = "" if output.path is None else os.path.realpath(output.path)
        if real in seen:
            raise ConfigError(Message.of("outputs.usage.one-file", path=str(output.path)))
        seen |= {real} - {""}


def _require_no_input(outputs: Sequence[Output], inputs: Iterable[str]) -> None:
    files = {os.path.realpath(output.path): output.path for output in outputs if output.path is not None}
    for path in inputs if files else ():
        if path and (file := files.get(os.path.realpath(path))) is not None:
            raise ConfigError(Message.of("outputs.usage.input", path=file))


def _require_room(path: str) -> None:
    """Raises InputError if the file `path` could not be written: better now than after a long run."""
    file = Path(path)
    if file.is_dir():
        reason = os.strerror(errno.EISDIR)
        raise InputError(Message.of("errors.output.unwritable", reason=reason), path)
    if file.exists():
        try:
            require_writable(path)
        except InputError:
            raise InputError(Message.of("errors.output.unwritable", reason=os.strerror(errno.EACCES)), path) from None
    folder = file.parent
    if not folder.is_dir():
        raise InputError(Message.of("outputs.usage.no-folder", folder=folder.as_posix()), path)
    if not os.access(folder, os.W_OK):
        raise InputError(Message.of("errors.output.unwritable", reason=os.strerror(errno.EACCES)), path)


def write(
    report: Report,
    outputs: Sequence[Output],
    language: str,
    failing: tuple[Severity, ...],
    glossary: Glossary,
    *,
    quiet: bool = False,
) -> None:
    """Writes every output: files first, each whole or not at all, then what goes to the screen.

    With `quiet` the report for people on the screen has findings and failures only.
    """
    # Which pages a project has is known only now.
    _require_no_input(outputs, chain(_pages(report), (term.path for one in glossary.concepts for term in one.terms)))
    sources, folder = Sources(_read), _folder()
    for output in sorted(outputs, key=lambda output: output.path is None):
        escape = output.name not in _UTF8 and ascii_only(output.path)
        setting = Setting(language, failing, sources, glossary, escape, folder)
        if output == Output(TERMINAL):
            _show(report, setting, quiet=quiet)
        else:
            _deliver(report, output, setting)


def _show(report: Report, setting: Setting, *, quiet: bool) -> None:
    from bitext.report.terminal import lines

    screen = console.screen(sys.stdout)
    console.show(lines(report, setting.language, screen, setting.glossary, quiet=quiet), sys.stdout)


def _deliver(report: Report, output: Output, setting: Setting) -> None:
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if output.path is None and output.name in _UTF8 and reconfigure is not None and not sys.stdout.isatty():
        reconfigure(encoding="utf-8")
    deliver([known.output(output.name)(report, setting)], output.path)


def _pages(report: Report) -> Iterator[str]:
    for item in report.items:
        for side in (item.bitext.source, item.bitext.target):
            if side is not None:
                yield side.document.path
    for failure in report.failures:
        yield from failure.paths


def _read(path: str) -> str | None:
    """The decoded file of a page, as its columns are counted in; None if it cannot be read as text any more."""
    from bitext.formats.encoding import decode
    from bitext.formats.files import read_bytes

    try:
        return decode(read_bytes(path), path).text
    except InputError:
        return None


def _folder() -> str:
    """The current folder relative to the root of its repository, by which platforms name files; "" outside of one."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / ".git").exists():
            shown = here.relative_to(folder).as_posix()
            return "" if shown == "." else shown
    return ""
