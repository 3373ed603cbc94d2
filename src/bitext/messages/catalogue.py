"""Renders messages from the catalogues in the folders `en` and `zh` beside this file.

A catalogue is a folder of TOML files of nested tables, one file an area (`formats.toml`, `rules.toml` ...). A message
key joins the file's name and the table names with dots: `rules.term-missing.found`. Templates name their fields in
braces, as `str.format` does. Errors read: what is wrong. What is accepted. What to try.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Literal, TypeAlias, cast

from bitext.model.findings import Field, Message

InterfaceLanguage: TypeAlias = Literal["en", "zh"]


@cache
def templates(language: str) -> dict[str, str]:
    """All templates of `language` by their dotted keys."""
    rows: dict[str, str] = {}
    for file in resources.files("bitext.messages").joinpath(language).iterdir():
        area, _, suffix = file.name.partition(".")
        if suffix == "toml":
            rows |= _flat(f"{area}.", tomllib.loads(file.read_text(encoding="utf-8")))
    return rows


def _flat(prefix: str, table: dict[str, object]) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for key, value in table.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            rows += _flat(f"{name}.", cast("dict[str, object]", value))
        else:
            rows.append((name, str(value)))
    return rows


def render(message: Message, language: str = "en") -> str:
    """The words of `message` in `language`."""
    return _filled(templates(language)[message.key], dict(message.fields))


def text(key: str, language: str = "en", **fields: str | float) -> str:
    """The words of the template `key` in `language` with `fields` filled in."""
    return _filled(templates(language)[key], fields)


def _filled(template: str, fields: Mapping[str, Field]) -> str:
    """The template with its fields; one that ends with a stop ("3 a.m.") ends the sentence too."""
    for name, value in fields.items():
        if isinstance(value, str) and value.endswith("."):
            template = template.replace(f"{{{name}}}.", f"{{{name}}}")
    return template.format(**fields)


def interface_language() -> InterfaceLanguage:
    """The language to speak to this user: BITEXT_LANG, else the locale's variables, else English."""
    for name in ("BITEXT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "").lower()
        if value:
            return "zh" if value.startswith("zh") else "en"
    return "zh" if _system_locale().lower().startswith(("zh", "chinese")) else "en"


def _system_locale() -> str:
    # Windows has none of the variables above; the C library knows the user's language there.
    import locale

    return (locale.getlocale()[0] or "") if os.name == "nt" else ""
