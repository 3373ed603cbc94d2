"""What went wrong, in the user's language on the error stream, and the exit code for it."""

from __future__ import annotations

import os
import shlex
import traceback
from collections.abc import Sequence

import click

from bitext.cli import console
from bitext.cli.exits import Exit
from bitext.errors import BitextError, ConfigError
from bitext.messages import catalogue


def tell(error: Exception, arguments: Sequence[str], language: str) -> Exit:
    """Tells the user of `error`; a traceback is shown only if BITEXT_DEBUG is set."""
    if os.environ.get("BITEXT_DEBUG"):
        console.complain("".join(traceback.format_exception(error)))
    if isinstance(error, click.ClickException):
        _complain(_usage(error, language), language)
        _try_help(arguments, language)
        return Exit.USAGE
    if isinstance(error, BitextError):
        _complain(error.render(language), language)
        # A ConfigError without a place in a file is one of the command line.
        if isinstance(error, ConfigError) and not error.path:
            _try_help(arguments, language)
        return Exit.USAGE
    if isinstance(error, MemoryError):
        _complain(catalogue.text("cli.internal.memory", language), language)
        return Exit.USAGE
    _internal(error, arguments, language)
    return Exit.INTERNAL


def _complain(text: str, language: str) -> None:
    console.complain(catalogue.text("cli.usage.error", language, text=text))


def _try_help(arguments: Sequence[str], language: str) -> None:
    from bitext.cli.app import VERBS

    verb = next((argument for argument in arguments if argument in VERBS), "")
    console.complain(catalogue.text("cli.usage.try-help", language, command=f"bitext {verb}".rstrip()))


def _usage(error: click.ClickException, language: str) -> str:
    """The words of what click refuses; its own where it is none of the usual kinds."""
    if isinstance(error, click.NoSuchOption):
        candidates = ", ".join(error.possibilities or ())
        key = "unknown-option-similar" if candidates else "unknown-option"
        fields = {"candidates": candidates} if candidates else {}
        return catalogue.text(f"cli.usage.{key}", language, option=error.option_name, **fields)
    if isinstance(error, click.BadOptionUsage):
        return catalogue.text("cli.usage.needs-value", language, option=error.option_name)
    return error.format_message()


def _internal(error: Exception, arguments: Sequence[str], language: str) -> None:
    text = " ".join(str(error).split())[:200]
    console.complain(catalogue.text("cli.internal.error", language, kind=type(error).__name__, text=text))
    console.complain(catalogue.text("cli.internal.report", language))
    command = shlex.join(["bitext", *arguments])
    console.complain("  " + catalogue.text("cli.internal.command", language, command=command))
