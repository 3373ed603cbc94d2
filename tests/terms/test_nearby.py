"""What stands instead of a term is found, and only where something does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.model.documents import Span
from bitext.terms.nearby import in_other_words, inside_word, misspelt, near_variant, pinyin_left
from bitext.terms.references import head_nouns, refers_back


@pytest.mark.parametrize(
    ("text", "term", "found"),
    [
        ("an integration of skill with art is", "skill-art integration", "integration of skill with art"),
        ("at Shenzhen Institut of Arts today", "Shenzhen Institute of Arts", "Shenzhen Institut of Arts"),
        ("an HKMA Chief Executive said", "Chief Executive of the HKMA", "HKMA Chief Executive"),
        ("the Tencent Engineering College opens", "Tencent College of Senior Engineers", "Tencent Engineering College"),
        ("a new laboratory", "Ascend Class", None),
        ("the class begins", "Ascend Class", None),
        ("the viurs spreads", "virus", "viurs"),
        ("他们参观了高级工程师腾讯学院", "腾讯高级工程师学院", "高级工程师腾讯学院"),
        ("", "Ascend Class", None),
    ],
)  # fmt: skip
def test_a_near_variant_is_marked(text: str, term: str, found: str | None) -> None:
    near = near_variant(text, [term], "zh" if term[0] > "㐀" else "en")
    assert (None if near is None else text[near.span.start : near.span.end]) == found


def test_all_words_in_another_order_are_complete_and_verb_endings_are_no_variant() -> None:
    near = near_variant("the integration of education and industry", ["industry-education integration"], "en")
    assert near is not None
    assert near.complete
    assert not near.inflected
    inflected = near_variant("they were infected", ["infect"], "en")
    assert inflected is not None
    assert inflected.inflected


def test_what_renders_something_else_is_no_variant() -> None:
    assert near_variant("Ascend Clas", ["Ascend Class"], "en") is not None
    assert near_variant("Ascend Clas", ["Ascend Class"], "en", [Span(0, 11)]) is None


@given(st.text("ab cde 学院", max_size=30), st.text("ab cde 学院", max_size=12))
def test_a_near_variant_lies_in_the_text(text: str, term: str) -> None:
    near = near_variant(text, [term], "en")
    assert near is None or (0 <= near.span.start < near.span.end <= len(text))


def test_near_variants_of_a_huge_unit_are_looked_for_in_its_beginning_only() -> None:
    text = "alpha beta gamma delta " * 20_000
    assert near_variant(text, ["epsilon zeta eta theta"], "en") is None


@pytest.mark.parametrize(
    ("text", "term", "allowed", "found"),
    [
        ("The Tengfei programme", "腾飞班", ["Ascend Class"], "Tengfei"),
        ("The Teng Fei programme", "腾飞班", ["Ascend Class"], "Teng Fei"),
        ("at Shenzhen University", "深圳信息职业技术学院", ["Shenzhen Institute"], None),
        ("a tengfei programme", "腾飞班", ["Ascend Class"], None),
        ("The Ascend programme", "腾飞班", ["Ascend Class"], None),
    ],
)
def test_pinyin_is_found_where_it_is_no_english_name(
    text: str, term: str, allowed: list[str], found: str | None
) -> None:
    span = pinyin_left(text, term, allowed)
    assert (None if span is None else text[span.start : span.end]) == found


def test_heads_of_names() -> None:
    assert head_nouns(["Shenzhen Institute of Information Technology"]) == {"institute"}
    assert head_nouns(["Tencent Cloud"]) == {"cloud"}
    assert {"company", "group"} <= head_nouns(["Tencent Technology (Shenzhen) Co., Ltd."])


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("The institute signed.", True),
        ("Leaders of the old institute, and others", True),
        ("They visited its institutes", True),
        ("An institute signed.", False),
        ("the institute building", False),
        ("the District Institute of Law", False),
        ("chaired by the Institute of Law", False),
        ("the Institute of the District", False),
        ("the Institute of late", True),
        ("The board, under its institute", True),
        ("The board, under delegated institute", False),
        ("the board of institute", False),
        ("the very large and beautiful new institute", False),
    ],
)
def test_a_back_reference_has_a_pointer_and_closes_its_phrase(text: str, back: bool) -> None:
    assert refers_back(text, frozenset({"institute"})) is back


@pytest.mark.parametrize(
    ("text", "terms", "inside"),
    [
        ("The novel coronavirus spreads.", ["virus"], True),
        ("Two coronaviruses", ["virus"], True),
        ("A package arrived.", ["age"], False),
        ("The virology of it", ["virus"], False),
        ("The coronavirus", ["Virus"], False),
        ("The coronavirus", ["virus strain"], False),
    ],
)
def test_a_term_inside_a_word_closes_it(text: str, terms: list[str], inside: bool) -> None:
    assert inside_word(text, terms) is inside


def test_a_word_that_renders_something_else_has_no_term_inside() -> None:
    assert not inside_word("The coronavirus", ["virus"], [Span(4, 15)])


@pytest.mark.parametrize(
    ("text", "terms", "said"),
    [
        ("The offshore renminbi (CNH) market grew.", ["offshore renminbi market"], True),
        ("The WHO met.", ["World Health Organization"], True),
        ("AI and IT develop fast.", ["artificial intelligence"], True),
        ("Printed circuits develop fast.", ["personal computer"], False),
        ("The people who met", ["World Health Organization"], False),
        ("The NVSSC closed.", ["National Vocational Students Skills Competition"], False),
        ("The offshore market (renminbi) grew.", ["offshore renminbi market"], False),
        ("withholding and other taxes", ["withholding tax"], True),
        ("the bond and global equity markets", ["bond market"], True),
        ("the bond of the market", ["bond market"], False),
        ("the bond, market", ["bond market yield"], False),
    ],
)
def test_brackets_inside_a_term_and_acronyms_that_all_know_are_no_other_wording(
    text: str, terms: list[str], said: bool
) -> None:
    assert in_other_words(text, terms) is said


@pytest.mark.parametrize(
    ("text", "term", "found"),
    [
        ("The liuqidity of banks", "liquidity", "liuqidity"),
        ("The HKMIR met", "HKIMR", "HKMIR"),
        ("a major reavmp", "revamp", "reavmp"),
        ("The liquid assets", "liquidity", None),
        ("two forms", "form", None),
        ("from the house", "form", None),
    ],
)
def test_letters_swapped_are_a_slip_and_other_words_are_not(text: str, term: str, found: str | None) -> None:
    span = misspelt(text, [term])
    assert (None if span is None else text[span.start : span.end]) == found


def test_what_renders_something_else_is_no_slip() -> None:
    assert misspelt("The HKMIR met", ["HKIMR"], [Span(4, 9)]) is None


def test_a_unit_without_end_is_read_to_its_bound_for_all_the_terms_that_it_lacks() -> None:
    text = "They met in town for a talk. " * 100_000
    for number in range(60):
        assert near_variant(text, [f"Zed{number} College"], "en") is None
        assert pinyin_left(text, "张江", [f"Zed{number}"]) is None
        assert not inside_word(text, [f"qxzvirus{'x' * (number % 9)}"])
