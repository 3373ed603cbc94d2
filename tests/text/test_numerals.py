"""Numbers: what the tables say, what is written is read back, and any text is borne."""

from decimal import Decimal

import inflect
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.text.tables import rows

from bitext.model.documents import Language
from bitext.text import hannumerals
from bitext.text.numerals import Number, numbers

LANGUAGES: tuple[Language, ...] = ("zh", "en")
ENGINE = inflect.engine()
CASES = [(language, *row) for language in LANGUAGES for row in rows("numbers", f"{language}.txt")]
MESSY = st.text(
    st.sampled_from("0123456789,.%万亿千百十两三一二点分之成倍多余至第 -–$元人年月日 abmillion halftwo"), max_size=60
)


def shown(number: Number) -> str:
    bounds = "..".join(f"{value.normalize():f}" for value in number.bounds)
    return f"{'' if number.firm else '~'}{bounds}{'%' if number.kind == 'percent' else ''}"


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_numbers_of_the_table_are_found(language: Language, text: str, expected: str) -> None:
    assert [shown(number) for number in numbers(text, language)] == expected.split()


@settings(deadline=None)  # the first call loads tables
@given(MESSY, st.sampled_from(LANGUAGES))
def test_spans_are_in_order_disjoint_and_within_the_text(text: str, language: Language) -> None:
    found = numbers(text, language)
    end = 0
    for number in found:
        assert end <= number.span.start < number.span.end <= len(text)
        end = number.span.end


@settings(deadline=None)  # the first call loads tables
@given(st.text(max_size=80), st.sampled_from(LANGUAGES))
def test_any_text_is_borne(text: str, language: Language) -> None:
    assert all(number.value >= 0 for number in numbers(text, language))


def han(value: int) -> str:
    """`value` in Han numerals, as a careful writer puts it."""
    for size, sign in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if value >= size:
            head, rest = divmod(value, size)
            zero = "零" if rest and rest * 10 < size else ""
            return f"{han(head)}{sign}{zero}{han(rest) if rest else ''}"
    return "零一二三四五六七八九"[value]


@settings(deadline=None)  # the first call loads tables
@given(st.integers(1, 10**11))
def test_han_numerals_are_read_back(value: int) -> None:
    assert hannumerals.value(han(value)) == value


@settings(deadline=None)  # the first call loads tables
@given(st.integers(11, 10**12 - 1))
def test_english_words_are_read_back(value: int) -> None:
    words = ENGINE.number_to_words(value)  # type: ignore[arg-type]
    (number,) = numbers(f"{words} people", "en")
    assert number.value == value


@settings(deadline=None)  # the first call loads tables
@given(st.integers(2, 10**14))
def test_digits_are_read_back_in_both_languages(value: int) -> None:
    (english,) = numbers(f"with {value:,} people", "en")
    (chinese,) = numbers(f"有{value:,}人", "zh")
    assert english.value == chinese.value == value


@settings(deadline=None)  # the first call loads tables
@given(st.decimals(1, 9999, places=2), st.sampled_from([("万", "0,000"), ("亿", "00 million")]))
def test_chinese_magnitudes_multiply(value: Decimal, sign: tuple[str, str]) -> None:
    (number,) = numbers(f"有{value}{sign[0]}人", "zh")
    assert number.value == value * (10**4 if sign[0] == "万" else 10**8)


@pytest.mark.parametrize(
    "text", ["1" * 50000, "1-" * 20000, "一" * 50000, "2020年" * 10000, "a1" * 20000, "three " * 10000]
)
def test_a_long_run_costs_little(text: str) -> None:
    for language in LANGUAGES:
        assert len(numbers(text, language)) <= len(text)
