"""Verbs and their options: click's parsing with help and usage errors from the catalogue, in the user's language."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import click

from bitext.cli import console
from bitext.cli.exits import Exit
from bitext.errors import ConfigError
from bitext.messages import catalogue
from bitext.model.findings import Message
from bitext.report.lines import Screen
from bitext.text.display import cell_width, pad

CONTEXT = {"help_option_names": ["-h", "--help"]}
LANGUAGES = ("zh", "en")


class Choice(click.Choice[str]):
    """One of a few words; any other is a usage error in the user's language."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """`value` if it is one of the choices. Raises ConfigError."""
        if value in self.choices:
            return value
        option = param.opts[-1] if param is not None else ""
        raise ConfigError(
            Message.of("cli.usage.choice", value=value, option=option, accepted=", ".join(map(str, self.choices)))
        )


class Number(click.ParamType[int]):
    """A whole number; anything else is a usage error in the user's language."""

    name = "number"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ARG002
        """`value` as a number. Raises ConfigError."""
        try:
            return int(str(value))
        except ValueError:
            option = param.opts[-1] if param is not None else ""
            raise ConfigError(Message.of("gate.usage.number", value=str(value), option=option)) from None


def number() -> Number:
    """The type of an option that takes a whole number."""
    return Number()


def option(*names: str, metavar: str = "", choices: Sequence[str] = (), **settings: Any) -> click.Option:
    """An option of a verb; what it does is told by the catalogue under `cli.VERB.option-NAME`."""
    if choices:
        settings["type"] = Choice(choices)
    return click.Option(names, metavar=metavar or "|".join(choices), **settings)


def paths(name: str = "paths") -> click.Argument:
    """Any number of arguments: how many there must be is for the verb to say, in words of its own."""
    return click.Argument([name], nargs=-1)


def verb(name: str, language: str, run: Callable[..., Exit], params: Sequence[click.Parameter]) -> Verb:
    """The verb `name`, which calls `run(language, **options)`."""
    return Verb(name, partial(run, language), params, language)


class Verb(click.Command):
    """A verb whose help is put together from the catalogue."""

    def __init__(self, name: str, run: Callable[..., Exit], params: Sequence[click.Parameter], language: str) -> None:
        super().__init__(name, context_settings=dict(CONTEXT), callback=run, params=list(params))
        self.language = language

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the whole help page."""
        page = help_page(str(self.name), self.get_params(ctx), self.language, console.screen(sys.stdout))
        formatter.write("\n".join(page) + "\n")


def help_page(
    name: str, params: Sequence[click.Parameter], language: str, screen: Screen, verbs: Sequence[str] = ()
) -> Iterator[str]:
    """The lines of the help of a verb, or of the program with its `verbs`."""

    def say(key: str, **fields: str) -> str:
        return catalogue.text(f"cli.{key}", language, **fields)

    label = say("help.usage")
    for index, line in enumerate(say(f"{name}.usage").strip().splitlines()):
        yield screen.shown(f"{label if not index else ' ' * cell_width(label)} {line}")
    yield ""
    yield from screen.wrapped(say(f"{name}.about"))
    if verbs:
        yield from ("", screen.shown(say("root.verbs")))
        yield from table([(other, say(f"{other}.summary")) for other in verbs], screen)
    yield from ("", screen.shown(say("help.options")))
    yield from table([_option_row(name, param, say) for param in params if isinstance(param, click.Option)], screen)
    yield from ("", screen.shown(say("help.examples")))
    yield from (screen.shown(f"  {line}") for line in say(f"{name}.examples").strip().splitlines())
    yield ""
    yield from screen.wrapped(say("help.exits"))


def _option_row(name: str, param: click.Option, say: Callable[..., str]) -> tuple[str, str]:
    names = ", ".join(sorted(param.opts, key=len))
    if "--help" in param.opts:
        return names, say("help.option-help")
    words = say(f"{name}.option-{param.opts[-1].lstrip('-')}")
    if isinstance(param.default, str):
        words += " " + say("help.default", default=param.default)
    return " ".join(filter(None, (names, param.metavar))), words


def table(rows: Sequence[tuple[str, str]], screen: Screen) -> Iterator[str]:
    """Two columns; the second one is wrapped. A wide entry of the first one has a line for itself."""
    margin = min(max(cell_width(left) for left, _ in rows), 24) + 4
    for left, right in rows:
        lines = screen.wrapped(right, margin)
        if cell_width(left) + 4 > margin:
            yield f"  {left}"
        else:
            lines[0] = pad(f"  {left}", margin) + lines[0].lstrip()
        yield from lines
