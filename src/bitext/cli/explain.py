"""`bitext explain`: the manual of a rule, or the list of rules."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from difflib import get_close_matches

from bitext.cli import console
from bitext.cli.command import Verb, paths, table, verb
from bitext.cli.exits import Exit
from bitext.errors import ConfigError
from bitext.messages import catalogue
from bitext.model.findings import Message


def command(language: str) -> Verb:
    """The verb."""
    return verb("explain", language, run, [paths("rules")])


def run(language: str, rules: tuple[str, ...]) -> Exit:
    """Prints one manual, or one line for each rule."""
    if len(rules) > 1:
        raise ConfigError(Message.of("cli.usage.one-rule", given=len(rules)))
    lines = _manual(rules[0], language) if rules else _list(language)
    console.tell((f"{line}\n" for line in lines), sys.stdout)
    return Exit.CLEAN


def _manual(name: str, language: str) -> Iterator[str]:
    from bitext.checks.registry import RULES
    from bitext.checks.rule import manual

    if name not in RULES:
        raise _unknown(name, tuple(RULES), language)
    view = console.screen(sys.stdout)
    yield from (name, "")
    yield from (view.shown(line) for line in manual(RULES[name], language).splitlines())


def _unknown(name: str, known: tuple[str, ...], language: str) -> ConfigError:
    close = get_close_matches(name, known, n=1)
    hint = (
        catalogue.text("cli.explain.did-you-mean", language, candidate=close[0])
        if close
        else catalogue.text("cli.explain.see-list", language)
    )
    return ConfigError(Message.of("cli.explain.unknown", rule=name, accepted=", ".join(known), hint=hint))


def _list(language: str) -> Iterator[str]:
    from bitext.checks.registry import RULES
    from bitext.checks.rule import first_sentence, manual

    view = console.screen(sys.stdout)
    yield from table([(rule.id, first_sentence(manual(rule, language))) for rule in RULES.values()], view)
    yield ""
    yield from view.wrapped(catalogue.text("cli.explain.list", language))
