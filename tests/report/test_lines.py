"""Screens: what they show never steers a terminal, never fails to encode, and fits."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.model.documents import Span
from bitext.report.lines import Screen, plain
from bitext.text.display import cell_width

ENCODINGS = ("utf-8", "cp936", "cp1252", "ascii", "big5")


@given(st.text(), st.sampled_from(ENCODINGS))
def test_what_is_shown_can_be_encoded_and_holds_no_control_character(text: str, encoding: str) -> None:
    shown = Screen(encoding=encoding).shown(text)
    shown.encode(encoding)
    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cf", "Zl", "Zp", "Cs"}


@given(st.text(st.characters(codec="cp936", categories=("L", "N"))))
def test_what_the_screen_has_is_shown_unchanged(text: str) -> None:
    assert Screen(encoding="cp936").shown(text) == text


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        ("“a” … b", "ascii", '"a" ... b'),
        ("中 café", "ascii", "\\u4e2d caf\\xe9"),
        ("中 café", "cp1252", "\\u4e2d café"),
        ("red \x1b[31m text\u202e", "utf-8", "red  [31m text"),
    ],
)
def test_signs_have_plain_forms_and_letters_escapes(text: str, encoding: str, shown: str) -> None:
    assert Screen(encoding=encoding).shown(text) == shown


@given(
    st.text(st.sampled_from("腾飞班 Class,。”a…")), st.integers(0, 40), st.integers(0, 20), st.sampled_from(ENCODINGS)
)
def test_carets_stand_under_the_marked_words(text: str, start: int, length: int, encoding: str) -> None:
    start = min(start, len(text))
    lines = Screen(60, encoding).quoted(text, Span(start, min(start + length, len(text))), 4)
    (margin, _), (words, _), _after = lines[0]
    if len(lines) == 1:
        assert words == "" or length >= len(text)
        return
    (gap, _), (carets, _) = lines[1]
    assert cell_width(gap) == cell_width(margin)
    assert cell_width(carets) == max(cell_width(words), 1)


def test_a_cut_leaves_whole_words() -> None:
    text = "The first sentence is long enough to be cut before the marked words and also after these marked words."
    start = text.index("marked")
    (before, _), (words, _), (after, _) = Screen(50).quoted(text, Span(start, start + 6), 0)[0]
    assert before.startswith("… ")
    assert after.endswith(" …")
    assert f" {before[2:]}{words}{after[:-2]} " in text


def test_a_sentence_marked_as_a_whole_has_no_carets() -> None:
    assert len(Screen().quoted("双方进行了交流。", Span(0, 8), 4)) == 1


words = st.lists(st.text(st.sampled_from("ab中文，。"), min_size=1, max_size=9), max_size=30).map(" ".join)


@given(words, st.integers(0, 8))
def test_wrapping_keeps_every_word_and_the_width(text: str, indent: int) -> None:
    lines = Screen(40).wrapped(text, indent)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_width(line) <= 40 for line in lines if " " in line.strip())
    assert all(line == line.rstrip() for line in lines)


@given(words)
def test_no_line_begins_with_a_closing_mark(text: str) -> None:
    lines = Screen(40).wrapped(text.replace(" ", "").lstrip("，。"))
    assert not any(line.startswith(("，", "。")) for line in lines)


def test_a_word_wider_than_the_screen_is_not_cut() -> None:
    path = "folder/" * 20 + "page.html"
    assert Screen(40).wrapped(f"in {path} here") == ["in", path, "here"]


def test_plain_lines_end_without_spaces() -> None:
    assert plain([(("a  ", "strong"), (" ", "")), ()]) == "a\n\n"
