"""When two numbers say the same, and how one slipped from another."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitext.model.documents import Language, Span
from bitext.text.figures import Sameness, factor, in_chinese, in_english, one_digit_apart, sameness
from bitext.text.numerals import Number, numbers

VALUES = st.decimals(min_value="0.01", max_value=10**13, places=2).map(Decimal)


def number(value: Decimal | int | str, **fields: object) -> Number:
    return Number(Span(0, 1), Decimal(value), **fields)  # type: ignore[arg-type]


@settings(deadline=None)  # the first call loads tables
@given(VALUES)
def test_a_number_says_the_same_as_itself(value: Decimal) -> None:
    assert sameness(number(value), number(value)) is Sameness.EQUAL


@settings(deadline=None)  # the first call loads tables
@given(VALUES, VALUES, st.booleans(), st.booleans())
def test_sameness_goes_both_ways(one: Decimal, two: Decimal, first: bool, second: bool) -> None:
    pair = number(one, exact=first), number(two, exact=second)
    assert sameness(*pair) is sameness(*reversed(pair))


@settings(deadline=None)  # the first call loads tables
@given(st.integers(1, 10**9), st.sampled_from([1, 2, 3, 4, 5, 6, 8]))
def test_powers_of_ten_are_named_with_their_direction(value: int, exponent: int) -> None:
    assert factor(number(value), number(value * 10**exponent)) == 10**exponent
    assert factor(number(value * 10**exponent), number(value)) == Decimal(1) / 10**exponent


@settings(deadline=None)  # the first call loads tables
@given(VALUES)
def test_equal_numbers_have_no_factor_and_no_other_digit(value: Decimal) -> None:
    assert factor(number(value), number(value)) is None
    assert not one_digit_apart(number(value), number(value))


@settings(deadline=None)  # the first call loads tables
@given(st.integers(10, 10**10), st.integers(0, 9), st.integers(0, 8))
def test_one_changed_digit_is_seen(value: int, digit: int, place: int) -> None:
    text = str(value)
    place %= len(text)
    changed = int(text[:place] + str(digit) + text[place + 1 :])
    same_length = len(str(changed)) == len(text)
    if changed != value and same_length:
        assert one_digit_apart(number(value), number(changed))


@pytest.mark.parametrize(
    ("chinese", "english", "expected"),
    [
        ("6000亩", "400 hectares", Sameness.NEAR),
        ("20里", "10 km", Sameness.NEAR),
        ("20年", "two decades", Sameness.NEAR),
        ("32.2摄氏度", "90 degrees", Sameness.NEAR),
        ("27英尺", "8.7 meters", Sameness.DIFFERENT),
        ("约2000架", "1000 planes", Sameness.DIFFERENT),
        ("超过500种", "about 530 kinds", Sameness.NEAR),
        ("10.6%", "0.106%", Sameness.DIFFERENT),
        ("三成", "three tenths", Sameness.EQUAL),
    ],
)
def test_measures_and_rounded_numbers(chinese: str, english: str, expected: Sameness) -> None:
    first, second = numbers(chinese, "zh")[0], numbers(english, "en")[0]
    assert sameness(first, second) is expected


@settings(deadline=None)  # the first call loads tables
@given(st.integers(1, 10**14), st.sampled_from(["zh", "en"]))
def test_what_is_shown_is_read_back(value: int, language: Language) -> None:
    shown = in_english(number(value)) if language == "en" else in_chinese(number(value))
    text = f"with {shown} people" if language == "en" else f"有{shown}人"
    (read,) = numbers(text, language)
    assert read.value == value
