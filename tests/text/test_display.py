"""Widths in terminal cells and lines around marked words."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bitext.model.documents import Span
from bitext.text.display import carets, cell_width, one_line, pad, shorten

TEXTS = st.text(alphabet="ab 深信院，é\u0301\u200b\n“…𠀀")


@pytest.mark.parametrize(
    ("text", "cells"),
    [("abc", 3), ("腾飞班", 6), ("e\u0301", 1), ("（）", 4), ("“”", 2), ("", 0), ("𠀀", 2), ("ｱ", 1), ("a\u200bb", 2)],
)
def test_width_in_cells(text: str, cells: int) -> None:
    assert cell_width(text) == cells


@given(TEXTS, TEXTS)
def test_widths_add(first: str, second: str) -> None:
    assert cell_width(first + second) == cell_width(first) + cell_width(second)


@given(TEXTS, st.integers(0, 40))
def test_padding_reaches_the_width_and_keeps_the_text(text: str, cells: int) -> None:
    assert cell_width(pad(text, cells)) == max(cells, cell_width(text))
    assert pad(text, cells).startswith(text)


@given(TEXTS, st.data(), st.integers(8, 60))
def test_a_shortened_line_fits_and_keeps_the_marked_words(text: str, data: st.DataObject, cells: int) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    line, span = shorten(text, Span(start, end), cells)
    assert cell_width(line) <= max(cells, cell_width(one_line(text)) if "…" not in line else cells)
    assert span.end <= len(line)
    marked = one_line(text)[start:end]
    shown = line[span.start : span.end]
    assert marked.startswith(shown)
    if cell_width(marked) <= cells - 4:
        assert shown == marked


@given(TEXTS, st.data())
def test_what_is_shown_is_a_piece_of_the_line(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    assume("…" not in text)
    line, _ = shorten(text, Span(start, start), 12)
    assert line.removeprefix("… ").removesuffix(" …") in one_line(text)


@given(TEXTS, st.data())
def test_carets_stand_under_the_marked_words(text: str, data: st.DataObject) -> None:
    text = one_line(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assume(cell_width(text[start:end]) > 0)
    line = carets(text, (Span(start, end),))
    assert line == " " * cell_width(text[:start]) + "^" * cell_width(text[start:end])


def test_carets_of_two_marked_words() -> None:
    assert carets("腾飞班 and 深信院", (Span(8, 11), Span(0, 3))) == "^^^^^^     ^^^^^^"


def test_the_line_is_cut_on_both_sides_of_words_in_the_middle() -> None:
    line, span = shorten("一二三四五六七八九十甲乙丙丁戊己庚辛壬癸", Span(9, 10), 20)
    assert line == "… 七八九十甲乙丙丁 …"
    assert line[span.start : span.end] == "十"
