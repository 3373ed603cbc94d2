"""English words, and singular and plural against the word lists of an independent library."""

from itertools import pairwise
from pathlib import Path

import inflect
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.text.words import chinese_words, content_words, is_chinese_word, is_plural, plural, singular, words

NOUNS = Path(__file__).parents[1].joinpath("cases/words/nouns.txt").read_text(encoding="utf-8").split()

ENGINE = inflect.engine()
AMBIGUOUS = {"basis"}  # bases are those of base too


@pytest.mark.parametrize("noun", NOUNS)
def test_the_plural_is_what_the_oracle_says(noun: str) -> None:
    assert plural(noun) == ENGINE.plural_noun(noun) or ENGINE.singular_noun(plural(noun)) == noun


@pytest.mark.parametrize("noun", sorted({*NOUNS} - AMBIGUOUS))
def test_the_singular_of_a_plural_is_the_noun(noun: str) -> None:
    assert singular(str(ENGINE.plural_noun(noun))) == noun
    assert singular(noun) == noun
    assert not is_plural(noun)


@pytest.mark.parametrize("word", ["news", "series", "physics", "customs", "campus", "analysis", "glass", "is", "this"])
def test_what_only_looks_like_a_plural_stays(word: str) -> None:
    assert singular(word) == word


@given(st.text("abcdefghijklmnopqrstuvwxyz", max_size=12))
def test_the_singular_of_a_singular_is_itself_unless_irregular(word: str) -> None:
    assert len(singular(word)) <= len(word) + 2


def test_words_have_their_places() -> None:
    text = "It’s SZIIT's 2nd “R&D” centre, 深信院ABC"
    assert [word for word, _ in words(text)] == ["It’s", "SZIIT's", "2nd", "R", "D", "centre", "ABC"]
    assert all(text[span.start : span.end] == word for word, span in words(text))


def test_content_words_are_singular_and_lower_without_function_words() -> None:
    assert content_words("The Institutes of Information Technology’s") == ["institute", "information", "technology"]


@given(st.text("大学生活直接触摸深信院 ABC12，。", max_size=30))
def test_chinese_words_cover_the_text(text: str) -> None:
    spans = chinese_words(text)
    assert "".join(text[span.start : span.end] for span in spans) == text
    assert all(one.end == other.start for one, other in pairwise(spans))


def test_the_dictionary_knows_words() -> None:
    assert is_chinese_word("大学生")
    assert not is_chinese_word("深信院")
