"""Dates: what the tables say, every form of a date is read alike, and agreement is a matter of common fields."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.text.tables import rows

from bitext.model.documents import Language
from bitext.text.dates import DateMention, dates

LANGUAGES: tuple[Language, ...] = ("zh", "en")
CASES = [(language, *row) for language in LANGUAGES for row in rows("dates", f"{language}.txt")]
DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31))
MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905


def shown(mention: DateMention) -> str:
    return " ".join(f"{name}={value}" for name, value in mention.fields)


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_dates_of_the_table_are_found(language: Language, text: str, expected: str) -> None:
    found = [shown(mention) for mention in dates(text, language) if mention.kind != "relative"]
    assert found == [row.strip() for row in expected.split(";") if row.strip()]


@settings(deadline=None)  # the first call loads tables
@given(DAYS)
def test_every_form_of_a_date_agrees_with_every_other(day: datetime.date) -> None:
    month = MONTHS[day.month - 1]
    english = [
        f"on {month} {day.day}, {day.year}",
        f"on {day.day} {month} {day.year}",
        day.isoformat(),
        f"{month} {day.day}",
    ]
    chinese = [
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.month}月{day.day}日",
        f"{day.day}日举行",
        f"{day.year}年",
    ]
    mentions = [dates(text, "en") for text in english] + [dates(text, "zh") for text in chinese]
    assert all(len(found) == 1 for found in mentions)
    full = mentions[0][0]
    assert all(full.agrees(found[0]) and found[0].agrees(full) for found in mentions)


@settings(deadline=None)  # the first call loads tables
@given(DAYS, DAYS)
def test_two_dates_differ_in_the_fields_that_differ(one: datetime.date, two: datetime.date) -> None:
    first, second = (dates(f"{day.year}年{day.month}月{day.day}日", "zh")[0] for day in (one, two))
    expected = tuple(name for name in ("year", "month", "day") if getattr(one, name) != getattr(two, name))
    assert first.differing(second) == second.differing(first) == expected


@settings(deadline=None)  # the first call loads tables
@given(st.integers(0, 23), st.integers(0, 59))
def test_clock_times_agree_across_the_languages(hour: int, minute: int) -> None:
    (chinese,) = dates(f"于{hour}时{minute}分开始", "zh")
    twelve = f"{hour % 12 or 12}:{minute:02} {'p.m.' if hour >= 12 else 'a.m.'}"
    for text in (twelve, f"at {hour:02}:{minute:02}"):
        (english,) = dates(text, "en")
        assert chinese.agrees(english)


@settings(deadline=None)  # the first call loads tables
@given(
    st.text(st.sampled_from("0123456789年月日周三时点分:-/. May11thof上下本今'世纪代季度学"), max_size=60),
    st.sampled_from(LANGUAGES),
)
def test_spans_are_in_order_disjoint_and_within_the_text(text: str, language: Language) -> None:
    end = 0
    for mention in dates(text, language):
        assert end <= mention.span.start < mention.span.end <= len(text)
        end = mention.span.end


def test_mentions_without_a_common_field_neither_agree_nor_differ() -> None:
    day, week = dates("11日举行", "zh")[0], dates("on Wednesday", "en")[0]
    assert not day.agrees(week)
    assert day.differing(week) == ()
