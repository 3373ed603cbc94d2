"""Laws of folding: offsets lead back to what was folded, and folding is idempotent."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from bitext.model.documents import Span
from bitext.text.normal import _TRADITIONAL_IN_GB2312, fold_character, normalise, simplified

TRICKY = "ßİﬁΐ\u200b\u00ad\ufeffＡ　漢語于於乾发髮“”「」—-a. \n𠀀"
TEXTS = st.text() | st.text(alphabet=TRICKY)


@given(TEXTS)
def test_each_folded_character_leads_back_to_a_character_that_folds_to_it(text: str) -> None:
    folded = normalise(text)
    for offset, character in enumerate(folded.text):
        original = folded.original(Span(offset, offset + 1))
        assert len(original) == 1
        assert character in fold_character(text[original.start])


@given(TEXTS)
def test_origins_never_go_back(text: str) -> None:
    folded = normalise(text)
    starts = [folded.original(Span(offset, offset + 1)).start for offset in range(len(folded.text))]
    assert starts == sorted(starts)


@given(TEXTS)
def test_the_whole_folded_text_leads_back_to_all_that_can_be_seen(text: str) -> None:
    folded = normalise(text)
    span = folded.original(Span(0, len(folded.text)))
    outside = text[: span.start] + text[span.end :]
    assert all(fold_character(character) == "" for character in outside) or not folded.text


@given(TEXTS, st.integers(0, 200))
def test_an_empty_span_leads_to_an_empty_span_of_the_text(text: str, offset: int) -> None:
    folded = normalise(text)
    offset = min(offset, len(folded.text))
    assert len(folded.original(Span(offset, offset))) == 0
    assert folded.original(Span(offset, offset)).end <= len(text)


@given(TEXTS)
def test_folding_is_what_folding_each_character_gives(text: str) -> None:
    assert normalise(text).text == "".join(map(fold_character, text))


@given(st.text(alphabet=TRICKY))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text == once


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＢＣ（１２）", "abc(12)"),
        ("Ascend\u00a0Class", "ascend class"),
        ("school–enterprise", "school-enterprise"),
        ("“SZIIT’s”", '"sziit\'s"'),
        ("產教融合", "产教融合"),
        ("腾\u200b讯", "腾讯"),
        ("co\u00adoperation", "cooperation"),
        ("Straße", "strasse"),
        ("深圳　信息", "深圳 信息"),
        ("a\tb\nc", "a b c"),
    ],
)
def test_differences_that_matching_should_not_see_are_gone(text: str, folded: str) -> None:
    assert normalise(text).text == folded


@pytest.mark.parametrize(
    ("options", "folded"),
    [
        ({"case": False}, "A汉"),
        ({"width": False}, "ａ汉"),
        ({"script": False}, "a漢"),
    ],
)
def test_each_fold_can_be_turned_off(options: dict[str, bool], folded: str) -> None:
    assert normalise("Ａ漢", **options).text == folded


def test_a_match_after_a_character_that_grew_is_found_in_its_place() -> None:
    text = "Die Straße der SZIIT"
    folded = normalise(text)
    start = folded.text.index("sziit")
    span = folded.original(Span(start, start + 5))
    assert text[span.start : span.end] == "SZIIT"


def test_the_list_of_gb2312_characters_that_the_converter_changes_is_complete() -> None:
    converter = OpenCC("t2s")
    changed = set()
    for code in range(0x4E00, 0xA000):
        try:
            chr(code).encode("gb2312")
        except UnicodeEncodeError:
            continue
        if converter.convert(chr(code)) != chr(code):
            changed.add(chr(code))
    assert changed <= _TRADITIONAL_IN_GB2312


@given(st.characters(categories=["Lu", "Ll", "Lo", "Nd", "Po", "Pd"]))
def test_case_folding_agrees_with_python_on_one_character(character: str) -> None:
    if len(character.casefold()) == 1 and not unicodedata.decomposition(character) and character < "\u0250":
        assert fold_character(character, script=False) in (character.casefold(), "-", "'", '"')


@given(TEXTS)
def test_simplified_text_keeps_every_place_and_is_simplified_once(text: str) -> None:
    plain = simplified(text)
    assert len(plain) == len(text)
    assert simplified(plain) == plain
    assert normalise(plain).text == normalise(text).text


def test_simplified_text_changes_nothing_but_traditional_characters() -> None:
    assert simplified("學校ＡＢ“與”　SZIIT，于是") == "学校ＡＢ“与”　SZIIT，于是"
