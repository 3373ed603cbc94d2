"""Script classes against the Unicode properties of an independent package."""

from __future__ import annotations

import sys
import unicodedata

import pytest
import regex

from bitext.text import marks
from bitext.text.scripts import HAN_CLASS, LATIN_CLASS, is_digit, is_han, is_latin


@pytest.mark.parametrize(("name", "ours", "char_class"), [("Han", is_han, HAN_CLASS), ("Latin", is_latin, LATIN_CLASS)])
def test_every_assigned_character_has_the_script_that_unicode_gives_it(name, ours, char_class) -> None:  # type: ignore[no-untyped-def]
    characters = [
        chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) not in ("Cn", "Cs")
    ]
    expected = regex.compile(rf"\p{{Script={name}}}")
    in_class = regex.compile(f"[{char_class}]")
    wrong = [c for c in characters if ours(c) != bool(expected.match(c)) or ours(c) != bool(in_class.match(c))]
    assert not wrong


@pytest.mark.parametrize("character", "0９٣")
def test_digits_of_any_script_are_digits(character: str) -> None:
    assert is_digit(character)


@pytest.mark.parametrize("character", "一〇①Ⅳ½")
def test_other_numerals_are_not_digits(character: str) -> None:
    assert not is_digit(character)


def test_each_opener_has_the_closer_that_unicode_gives_it() -> None:
    for opener, closer in marks.PAIRS.items():
        assert unicodedata.category(opener) in ("Ps", "Pi", "Sm"), opener
        assert unicodedata.category(closer) in ("Pe", "Pf", "Sm"), closer
        if unicodedata.category(opener) == "Ps":
            assert ord(closer) - ord(opener) in (1, 2)


def test_every_dash_of_unicode_but_the_ascii_one_is_a_dash() -> None:
    wide_or_general = [chr(code) for code in (*range(0x2000, 0x2070), *range(0xFE50, 0xFF20))]
    dashes = {character for character in wide_or_general if unicodedata.category(character) == "Pd"}
    # The vertical presentation forms of the dashes do not occur in horizontal text.
    assert dashes <= set(marks.DASHES)
