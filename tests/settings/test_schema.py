"""The schema for editors says what the reader accepts."""

import tomllib
from pathlib import Path

import jsonschema
import pytest

from bitext.messages import catalogue
from bitext.settings import schema
from bitext.settings.keys import KEYS, OVERRIDE_KEYS, PAIR_KEYS, SITE_KEYS, STYLE_KEYS

REFUSED = Path(__file__).parent.parent / "cases" / "settings" / "refused.toml"
NOT_THE_SCHEMAS = (
    "dead path",
    "pattern that fits no file",
    "pattern without a language",
    "wildcards that differ",
    "no TOML",
    "selector that is none",
    "site without selectors",
)
"""What no schema can tell."""


def test_the_file_is_what_the_table_makes() -> None:
    assert schema.shipped() == schema.text(), "run: python -m bitext.settings.schema"


def test_it_is_a_schema() -> None:
    jsonschema.Draft7Validator.check_schema(schema.schema())


def test_it_refuses_what_the_reader_refuses() -> None:
    validator = jsonschema.Draft7Validator(schema.schema())
    for case in tomllib.loads(REFUSED.read_text(encoding="utf-8"))["case"]:
        if case["name"] not in NOT_THE_SCHEMAS:
            assert not validator.is_valid(tomllib.loads(case["text"])), case["name"]


@pytest.mark.parametrize(
    "text",
    [
        'pairs = "{path}.{language}.md"',
        'pairs = ["a/{language}/*", { zh = "z/*", en = "e/*", scope = "s" }, { both = "{language}.md" }]',
        'select = ["default", "term", "page-stale"]\nexclude = "a/"\nmax-findings = 0',
        '[[overrides]]\npaths = "a"\nseverity = { number = "error" }',
        "",
    ],
)
def test_it_accepts_what_the_reader_accepts(text: str) -> None:
    jsonschema.Draft7Validator(schema.schema()).validate(tomllib.loads(text))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_setting_is_told_in_both_languages(language: str) -> None:
    keys = [*(key.name for key in KEYS)]
    keys += [f"pairs_.{key.name}" for key in PAIR_KEYS] + [f"overrides_.{key.name}" for key in OVERRIDE_KEYS]
    keys += [f"sites_.{key.name}" for key in SITE_KEYS]
    keys += [f"style_.{key.name}" for key in STYLE_KEYS]
    assert all(catalogue.text(f"settings.keys.{key}", language) for key in keys)
