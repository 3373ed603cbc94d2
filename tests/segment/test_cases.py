"""The hard cases of tests/cases/segment: every one must be cut as written there."""

from __future__ import annotations

from pathlib import Path

import pytest

from bitext.segment import sentence_spans

CASES = Path(__file__).parents[1] / "cases" / "segment"


def cases(name: str) -> list[str]:
    lines = (CASES / name).read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("#")]


def check(case: str) -> None:
    text = case.replace("¦", "").replace("⏎", "\n")
    expected = [piece.replace("⏎", "\n").strip() for piece in case.split("¦")]
    assert [text[span.start : span.end] for span in sentence_spans(text)] == [piece for piece in expected if piece]


@pytest.mark.parametrize("case", cases("zh.txt"))
def test_chinese_is_cut_where_the_case_says(case: str) -> None:
    check(case)


@pytest.mark.parametrize("case", cases("en.txt"))
def test_english_is_cut_where_the_case_says(case: str) -> None:
    check(case)


@pytest.mark.parametrize("name", ["zh.txt", "en.txt"])
def test_there_are_enough_cases_of_each_language(name: str) -> None:
    assert len(cases(name)) >= 60
    assert len(set(cases(name))) == len(cases(name))
