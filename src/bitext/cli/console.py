"""The two streams of a console: what they can show, in colour or plainly, whatever their character set."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TextIO

from bitext.errors import InputError
from bitext.model.findings import Message
from bitext.report.lines import Line, Screen, Style, plain

PIPED_WIDTH = 100
"""Cells of a line that goes to a file or another program, so that output does not depend on a window."""
WIDEST = 120
"""Cells above which a wide window is not used: longer lines are hard to read."""

_COLOURS: dict[Style, str] = {
    "": "",
    "strong": "bold",
    "dim": "dim",
    "error": "bold red",
    "warning": "bold yellow",
    "info": "cyan",
}


_LOGS = ("GITHUB_ACTIONS", "GITEA_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION")
"""Set by services that take some lines of a log for commands."""
_COMMAND = re.compile(r"^([^\S\n]*):(?=:)|#(?=#[a-z]*\[)", re.MULTILINE)
"""Such lines: `::set-output ...` whatever stands before it but words, `##vso[...]` anywhere."""


def prepare() -> None:
    """Makes both streams escape what their character set lacks instead of failing on it."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def screen(stream: TextIO) -> Screen:
    """The screen that `stream` writes to. COLUMNS sets the width, of a pipe too."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        width = int(columns)
    else:
        width = min(shutil.get_terminal_size((PIPED_WIDTH, 24)).columns, WIDEST) if stream.isatty() else PIPED_WIDTH
    return Screen(max(width, 40), stream.encoding or "ascii")


def is_utf8(stream: TextIO) -> bool:
    """Whether `stream` can show every character."""
    return (stream.encoding or "").lower().replace("-", "").replace("_", "") == "utf8"


def speakable(language: str) -> str:
    """`language`, or English on a console that has no Chinese characters: escapes are no help to anyone."""
    try:
        for stream in (sys.stdout, sys.stderr):
            "中文".encode(stream.encoding or "ascii")
    except UnicodeEncodeError:
        return "en"
    return language


def coloured(stream: TextIO) -> bool:
    """Whether `stream` is a terminal whose user wants colours."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM", "") != "dumb"


def show(lines: Iterable[Line], stream: TextIO) -> None:
    """Writes `lines`, in colour if the stream is a terminal that has it."""
    if not coloured(stream):
        tell([plain(lines)], stream)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, highlight=False, soft_wrap=True)
    for line in lines:
        console.print(Text.assemble(*((text, _COLOURS[style]) for text, style in line)))


def tell(pieces: Iterable[str], stream: TextIO) -> None:
    """Writes whole lines for people. Words of a page stand in them, and are no commands to a service that logs them."""
    logged = any(map(os.environ.get, _LOGS))
    write((_COMMAND.sub(r"\g<0> ", piece) for piece in pieces) if logged else pieces, stream)


def write(pieces: Iterable[str], stream: TextIO) -> None:
    """Writes text. A reader that went away (`| head`) ends the writing quietly; the exit code stays the verdict's.

    Raises InputError where the stream cannot be written to, such as on a full disk.
    """
    with _complaining(stream):
        stream.writelines(pieces)
        stream.flush()


def write_bytes(pieces: Iterable[bytes], stream: TextIO) -> None:
    """Writes bytes as they are, as `write` writes text."""
    with _complaining(stream):
        stream.flush()
        stream.buffer.writelines(pieces)
        stream.buffer.flush()


@contextmanager
def _complaining(stream: TextIO) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        # Python flushes once more at exit and would complain then.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if not isinstance(error, BrokenPipeError):
            reason = error.strerror or type(error).__name__
            raise InputError(Message.of("errors.output.unwritable", reason=reason)) from None


def complain(text: str) -> None:
    """Writes lines to the error stream, as that stream can show them."""
    view = screen(sys.stderr)
    tell(["".join(f"{view.shown(line)}\n" for line in text.splitlines())], sys.stderr)
