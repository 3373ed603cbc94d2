"""Operations on arrays do what sorting, dictionaries and loops do."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.align.features.arrays import Numbered, distinct, expand, in_order, summed

# Few and many, small numbers and such as do not fit into sixteen, thirty-two or a table's bits.
numbers = st.lists(
    st.integers(0, 9) | st.integers(0, 70_000) | st.integers(0, 2**33) | st.integers(0, 2**60), max_size=30
)


@given(numbers)
def test_distinct_values_are_those_of_the_set_in_order(values: list[int]) -> None:
    assert distinct(np.array(values, dtype=np.int64)).tolist() == sorted(set(values))


@given(numbers)
def test_the_order_is_that_of_a_stable_sort(values: list[int]) -> None:
    expected = sorted(range(len(values)), key=values.__getitem__)
    assert in_order(np.array(values, dtype=np.int64)).tolist() == expected


@given(numbers, numbers)
def test_a_value_has_the_number_of_its_place_and_others_have_none(values: list[int], asked: list[int]) -> None:
    numbered = Numbered.of(np.array(values, dtype=np.int64))
    places = {value: place for place, value in enumerate(sorted(set(values)))}
    assert numbered.values.tolist() == list(places)
    both = values + asked
    assert numbered.number(np.array(both, dtype=np.int64)).tolist() == [places.get(value, -1) for value in both]


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 5)), max_size=12))
def test_ranges_are_written_out_one_after_another(ranges: list[tuple[int, int]]) -> None:
    begin = np.array([first for first, _ in ranges], dtype=np.int64)
    owner, at = expand(begin, begin + np.array([size for _, size in ranges], dtype=np.int64))
    expected = [(index, place) for index, (first, size) in enumerate(ranges) for place in range(first, first + size)]
    assert list(zip(owner.tolist(), at.tolist(), strict=True)) == expected


@given(st.lists(st.tuples(st.integers(0, 5) | st.integers(0, 2**40), st.floats(-9, 9)), max_size=30))
def test_sums_are_those_of_a_dictionary(rows: list[tuple[int, float]]) -> None:
    expected: dict[int, float] = defaultdict(float)
    for key, value in rows:
        expected[key] += value
    keys, totals = summed(
        np.array([key for key, _ in rows], dtype=np.int64), np.array([value for _, value in rows], dtype=np.float64)
    )
    assert keys.tolist() == sorted(expected)
    assert totals.tolist() == pytest.approx([expected[key] for key in sorted(expected)], abs=1e-12)
