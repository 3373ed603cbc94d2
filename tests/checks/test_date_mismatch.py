"""date-mismatch: fires on contradictions only."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.pairs import found, marked
from tests.text.tables import rows

from bitext.checks.date_mismatch import RULE

DAYS = st.dates(datetime.date(1950, 1, 1), datetime.date(2049, 12, 31))


@pytest.mark.parametrize(("zh", "en", "expected"), rows("dates", "pairs.txt"))
def test_pairs_of_the_table(zh: str, en: str, expected: str) -> None:
    assert marked(found(RULE, [(zh, en)])) == {word.strip() for word in expected.split(";") if word.strip()}


@settings(deadline=None)  # the first call loads tables
@given(DAYS, DAYS)
def test_two_full_dates_are_reported_if_and_only_if_they_differ(one: datetime.date, two: datetime.date) -> None:
    pair = (f"{one.year}年{one.month}月{one.day}日举行", f"was held on {two.strftime('%B')} {two.day}, {two.year}")
    assert bool(found(RULE, [pair])) is (one != two)


def test_a_date_that_is_only_missing_is_silent() -> None:
    assert found(RULE, [("5月11日举行了签约仪式。", "The signing ceremony was held.")]) == ()


@settings(deadline=None)
@given(DAYS, st.sampled_from("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()))  # noqa: SIM905
def test_a_weekday_that_one_side_adds_is_reported_if_and_only_if_the_calendar_has_another(
    day: datetime.date, weekday: str
) -> None:
    english = f"was held on {weekday}, {day.strftime('%B')} {day.day}"
    for year, pair in ((f"{day.year}年", english), ("", f"{english}, {day.year}")):
        findings = found(RULE, [(f"{year}{day.month}月{day.day}日举行", pair)])
        assert [mark for mark in marked(findings) if mark == weekday] == [weekday] * (day.strftime("%A") != weekday)


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("5月11日举行。", "It was held on Thursday, May 11."),  # which year?
        ("2022年5月11日（星期四）举行。", "It was held on Thursday, May 11, 2022."),  # both say so
        ("2022年5月11日举行，周四结束。", "It began on May 11, 2022, and ended on Thursday."),
        ("2022年2月30日举行。", "It was held on Thursday, February 30, 2022."),
    ],
)
def test_a_weekday_that_cannot_be_compared_with_the_calendar_is_silent(zh: str, en: str) -> None:
    assert "Thursday" not in marked(found(RULE, [(zh, en)]))
