"""Phrases that may be names, and which of them are variants of one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.growth import assert_near_linear

from bitext.terms.phrases import Phrase, phrases


def named(text: str) -> dict[str, Phrase]:
    return {text[phrase.span.start : phrase.span.end]: phrase for phrase in phrases(text)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the Ascend (Tengfei) class and", "the Ascend Class"),
        ("integration of education and industry", "industry-education integration"),
        ("the School of Software", "the Software School"),
        ("a “Demonstration Base of Skills”", "a Skills Demonstration Base"),
    ],
)
def test_variants_share_a_signature_and_not_a_wording(one: str, other: str) -> None:
    left, right = named(one).values(), named(other).values()
    assert any(a.signature == b.signature and a.wording != b.wording for a in left for b in right)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the Exchange Fund Advisory Committee (EFAC)", "the Exchange Fund Advisory Committee"),
        ("school-enterprise cooperation is", "School-Enterprise cooperation"),
        ("Skills Competitions of Guangdong", "Skills Competition of Guangdong"),
    ],
)
def test_acronyms_capitals_and_number_make_no_variant(one: str, other: str) -> None:
    wordings = {phrase.wording for text in (one, other) for phrase in phrases(text) if len(phrase.wording) > 2}
    assert len(wordings) == 1


@pytest.mark.parametrize("text", ["President of SZIIT", "the SZIIT President", "SZIIT and Tencent", "We went home."])
def test_posts_pairs_of_names_and_plain_words_are_no_names(text: str) -> None:
    assert not named(text)


@given(st.text("Ab c(d)of the -“”and ", max_size=60))
def test_a_phrase_lies_in_the_text_and_begins_with_a_word(text: str) -> None:
    for phrase in phrases(text):
        assert text[phrase.span.start].isalnum()
        assert phrase.span.end <= len(text)


def test_hostile_text_takes_linear_time() -> None:
    def find(size: int) -> None:
        for piece in ("A ", "A of ", "A of B and ", "A (B) ", "a-b ", "“a", "A-", "Aaa-"):
            text = piece * size
            assert all(phrase.span.end <= len(text) for phrase in phrases(text))

    assert_near_linear(find, 20_000)
