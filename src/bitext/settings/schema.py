"""The JSON Schema of a settings file, for editors; made of the same table as the reader.

`python -m bitext.settings.schema` writes it to `schema.json` beside this module.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path
from typing import TypeAlias

from bitext.messages import catalogue
from bitext.settings.keys import KEYS, OVERRIDE_KEYS, PAIR_KEYS, SEVERITIES, SITE_KEYS, STYLE_KEYS, Key
from bitext.settings.values import selectors

Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value]"
Row: TypeAlias = "dict[str, Value]"

NAME = "schema.json"
_DRAFT = "http://json-schema.org/draft-07/schema#"
"""The draft that taplo and the TOML extension of VS Code read."""


def schema() -> Row:
    """The schema of `bitext.toml`, and of the table `[tool.bitext]`."""
    return {"$schema": _DRAFT, "title": "bitext", **_table(KEYS, "")}


def _table(keys: Sequence[Key], prefix: str) -> Row:
    rows: Row = {key.name: _key(key, f"{prefix}{key.name}") for key in keys}
    return {"type": "object", "additionalProperties": False, "properties": rows}


def _key(key: Key, name: str) -> Row:
    return {"description": catalogue.text(f"settings.keys.{name}", "en"), **_value(key)}


def _value(key: Key) -> Row:
    return _KINDS[key.kind](key)


def _text(_key: Key) -> Row:
    return {"type": "string"}


def _texts(_key: Key) -> Row:
    return _one_or_many({"type": "string"})


def _choice(key: Key) -> Row:
    return {"type": "string", "enum": [*key.choices]}


def _count(_key: Key) -> Row:
    return {"type": "integer", "minimum": 0}


def _selector() -> Row:
    return {"type": "string", "enum": [*selectors()]}


def _rules(_key: Key) -> Row:
    return _one_or_many(_selector())


def _severities(_key: Key) -> Row:
    level: Row = {"type": "string", "enum": [*SEVERITIES]}
    return {"type": "object", "propertyNames": _selector(), "additionalProperties": level}


def _pairs(_key: Key) -> Row:
    return _one_or_many({"anyOf": [{"type": "string"}, _pair()]})


def _overrides(_key: Key) -> Row:
    return {"type": "array", "items": {**_table(OVERRIDE_KEYS, "overrides_."), "required": ["paths"]}}


def _sites(_key: Key) -> Row:
    return {"type": "array", "items": {**_table(SITE_KEYS, "sites_."), "minProperties": 1}}


def _style(_key: Key) -> Row:
    return _table(STYLE_KEYS, "style_.")


_KINDS: dict[str, Callable[[Key], Row]] = {
    "text": _text,
    "file": _text,
    "texts": _texts,
    "files": _texts,
    "choice": _choice,
    "count": _count,
    "rules": _rules,
    "severities": _severities,
    "pairs": _pairs,
    "overrides": _overrides,
    "sites": _sites,
    "selector": _text,
    "style": _style,
}


def _pair() -> Row:
    required: list[Value] = [{"required": ["both"]}, {"required": ["zh", "en"]}]
    return {**_table(PAIR_KEYS, "pairs_."), "oneOf": required}


def _one_or_many(item: Row) -> Row:
    return {"anyOf": [item, {"type": "array", "items": item}]}


def text() -> str:
    """The schema as it stands in the file."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def shipped() -> str:
    """The file that comes with the package."""
    return resources.files("bitext.settings").joinpath(NAME).read_text(encoding="utf-8")


if __name__ == "__main__":
    Path(__file__).with_name(NAME).write_text(text(), encoding="utf-8", newline="\n")
