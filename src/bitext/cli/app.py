"""The program `bitext`: finds the verb, runs it, and turns what goes wrong into a message and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import cast

import click

from bitext.cli import console, faults
from bitext.cli.command import CONTEXT, help_page
from bitext.cli.exits import Exit
from bitext.errors import ConfigError
from bitext.messages import catalogue
from bitext.model.findings import Message
from bitext.version import __version__

VERBS = ("check", "init", "baseline", "align", "convert", "segment", "explain", "score", "glossary")
"""Each is a module of this package with `command(language)`, imported when it is called for."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the program and returns its exit code (`Exit`)."""
    console.prepare()
    language = console.speakable(catalogue.interface_language())
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(given, language)
    except (KeyboardInterrupt, click.Abort):
        console.complain(catalogue.text("cli.internal.interrupted", language))
        return Exit.INTERRUPTED
    except Exception as error:  # noqa: BLE001  # the outermost frame: whatever it is, the user gets words and a code
        return faults.tell(error, given, language)


def _run(arguments: list[str], language: str) -> int:
    program = Program(language)
    if not arguments:
        console.complain(program.get_help(click.Context(program, info_name="bitext")))
        return Exit.USAGE
    code = program.main(arguments, prog_name="bitext", standalone_mode=False)
    return code if isinstance(code, int) else Exit.CLEAN


class Program(click.Group):
    """The group of all verbs, each loaded when it is called for."""

    def __init__(self, language: str) -> None:
        version = click.Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_show_version)
        super().__init__("bitext", context_settings=dict(CONTEXT), params=[version])
        self.language = language

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The verbs in the order of the help."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The verb `cmd_name`, its module imported now."""
        if cmd_name not in VERBS:
            return None
        module = import_module(f"bitext.cli.{cmd_name}")
        return cast("click.Command", module.command(self.language))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb that the first argument names. Raises ConfigError if there is none such."""
        if not args[0].startswith("-") and args[0] not in VERBS:
            raise ConfigError(Message.of("cli.usage.unknown-verb", verb=args[0], accepted=", ".join(VERBS)))
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the help of the program."""
        page = help_page("root", self.get_params(ctx), self.language, console.screen(sys.stdout), VERBS)
        formatter.write("\n".join(page) + "\n")


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: ARG001
    if value:
        console.write([f"bitext {__version__}\n"], sys.stdout)
        ctx.exit()
