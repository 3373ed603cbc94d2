"""Names: admissible forms as the table has them, slips told from other names, and nothing found without evidence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.text.tables import rows

from bitext.text.names import forms, near, person_names, preferred, romanisations, surname, words

LETTERS = st.text(st.sampled_from("abcdefgh"), min_size=2, max_size=8)


@pytest.mark.parametrize(("name", "expected"), rows("names", "standard.txt"))
def test_the_forms_of_the_table_are_admitted_and_the_first_is_proposed(name: str, expected: str) -> None:
    wanted = [form.strip() for form in expected.split(";")]
    assert preferred(name) == wanted[0]
    assert set(wanted) <= romanisations(name)


@pytest.mark.parametrize(("text", "expected"), rows("names", "found.txt"))
def test_person_names_of_the_table_are_found(text: str, expected: str) -> None:
    assert [text[span.start : span.end] for span in person_names(text)] == expected.split()


@pytest.mark.parametrize("name", [row[0] for row in rows("names", "standard.txt")])
def test_every_admissible_form_is_found_as_standard(name: str) -> None:
    for form in romanisations(name):
        for text in (form, f"with {form}'s help", form.upper(), form.replace("'", "’")):
            assert "standard" in {found.kind for found in forms(name, words(text))}


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("Xiaoming Wang", "order"),
        ("Wang Xiao-ming", "hyphen"),
        ("Wang Xiao Ming", "spaced"),
        ("Wang Xiaomin", "misspelt"),
        ("Wagn Xiaoming", "misspelt"),
        ("Wang Xiaomnig", "misspelt"),
    ],
)
def test_slips_are_told_by_their_kind(written: str, kind: str) -> None:
    (found,) = forms("王小明", words(f"said {written} yesterday"))
    assert (found.kind, found.text) == (kind, written)


def test_a_text_without_a_near_form_holds_none() -> None:
    assert forms("王小明", words("Mr Smith met John Wang and Li Na in Beijing")) == ()


def test_a_name_without_a_known_surname_has_no_form() -> None:
    assert (surname("特朗普"), romanisations("特朗普"), preferred("特朗普")) == ("", frozenset(), "")


@settings(deadline=None)  # the first call loads tables
@given(LETTERS, st.integers(0, 7), st.sampled_from("xyz"))
def test_one_other_letter_is_near(word: str, place: int, letter: str) -> None:
    place %= len(word)
    assert near(word, word[:place] + letter + word[place + 1 :])
    assert near(word, word[:place] + letter + word[place:])


@settings(deadline=None)  # the first call loads tables
@given(LETTERS, LETTERS)
def test_nearness_goes_both_ways_and_not_to_itself(one: str, two: str) -> None:
    assert near(one, two) == near(two, one)
    assert not near(one, one)


@settings(deadline=None)  # the first call loads tables
@given(st.text(st.sampled_from("王李刘校长书记说表示、，和明小晖abc "), max_size=60))
def test_names_are_in_order_disjoint_and_begin_with_a_surname(text: str) -> None:
    end = 0
    for span in person_names(text):
        assert end <= span.start
        assert surname(text[span.start : span.end])
        end = span.end
