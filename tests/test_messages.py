"""The catalogues: every language has the same keys, and each key the same fields."""

import string

import pytest

from bitext.messages import catalogue
from bitext.model.findings import Message


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_both_languages_have_the_same_keys() -> None:
    assert catalogue.templates("en").keys() == catalogue.templates("zh").keys()


def test_a_key_has_the_same_fields_in_both_languages() -> None:
    english, chinese = catalogue.templates("en"), catalogue.templates("zh")
    assert {key: fields(english[key]) for key in english} == {key: fields(chinese[key]) for key in english}


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        catalogue.render(Message.of("no.such-key"))


def test_a_field_that_ends_with_a_stop_ends_the_sentence() -> None:
    message = Message.of("figures.date-mismatch.hour", source="下午3时", target="3 a.m.")
    assert catalogue.render(message).endswith("3 a.m.")
    assert not catalogue.render(message).endswith("..")
