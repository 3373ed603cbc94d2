"""Lines around a news text are told from the text: both what must be told and what must not."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bitext.formats.documents import newslines
from bitext.formats.documents.newsdates import date_in

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/formats/newslines.toml").read_text("utf-8"))
TESTS = {
    "metadata": newslines.is_metadata,
    "caption": newslines.is_caption,
    "related": newslines.begins_related,
    "furniture": newslines.is_furniture,
}
ROWS = [(name, wanted, line) for name in TESTS for wanted in ("must", "must-not") for line in CASES[name][wanted]]


@pytest.mark.parametrize(("name", "wanted", "line"), ROWS)
def test_a_line_is_taken_for_what_it_is(name: str, wanted: str, line: str) -> None:
    assert TESTS[name](line) is (wanted == "must")


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("时间：2022年5月13日", "2022-05-13"),
        ("2023-11-17 20:52:15 来源：新华网", "2023-11-17"),
        ("2023 11/ 17 20:52:15", "2023-11-17"),
        ("Time: May 31, 2022  View:", "2022-05-31"),
        ("31 May 2022", "2022-05-31"),
        ("Sept. 5th, 2021", "2021-09-05"),
        ("2022/13/45", ""),
        ("2022年2月30日 or 2022-03-01", ""),
        ("2022 was a good year", ""),
        ("20220513", ""),
    ],
)
def test_a_full_date_is_read_and_an_impossible_one_is_not(line: str, date: str) -> None:
    assert date_in(line) == date
