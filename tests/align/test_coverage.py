"""Tables of explained words equal a plain double loop over groups and words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.align import reference

from bitext.align.features.channel import Channel, Words
from bitext.align.features.column import ADDITION, OMISSION, Array
from bitext.align.features.coverage import column_names, coverage_columns, coverage_groups
from bitext.align.grid import Grid, Ints, banded_grid, full_grid
from bitext.align.shapes import SHAPES

KEYS = 6


@dataclass(frozen=True)
class Case:
    """Documents, each with the keys of the words of its source and target segments, and what explains what."""

    documents: list[tuple[list[list[int]], list[list[int]]]]
    links: list[tuple[int, int]]

    @property
    def sizes(self) -> list[tuple[int, int]]:
        return [(len(source), len(target)) for source, target in self.documents]

    @property
    def forth(self) -> reference.Links:
        return frozenset(self.links)

    @property
    def back(self) -> reference.Links:
        return frozenset((target, source) for source, target in self.links)

    def channel(self) -> Channel:
        sides = []
        for side in (0, 1):
            segments = [segment for document in self.documents for segment in document[side]]
            place = [index for index, keys in enumerate(segments) for _ in keys]
            keys = [key for segment in segments for key in segment]
            sides.append(Words(integers(place), integers(keys)))
        return Channel(sides[0], sides[1], np.array(sorted(set(self.links)), dtype=np.int64).reshape(-1, 2))


def integers(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)


segments = st.lists(st.lists(st.integers(0, KEYS - 1), max_size=4), min_size=1, max_size=9)
cases = st.builds(
    Case,
    st.lists(st.tuples(segments, segments), min_size=1, max_size=3),
    st.lists(st.tuples(st.integers(0, KEYS - 1), st.integers(0, KEYS - 1)), max_size=9),
)


def columns(case: Case, grid: Grid) -> dict[tuple[str, int], Array]:
    """All columns by name and shape, spread over the grid; those that are not yielded are zero."""
    found = {(name, shape): values for name, shape, values in coverage_columns("x", {"x": case.channel()}, grid)}
    zero = np.zeros((grid.rows, grid.width), dtype=np.float32)
    names = [(name, shape) for name in column_names("x") for shape in range(len(SHAPES))]
    return {key: np.broadcast_to(found.get(key, zero), zero.shape) for key in names}


def check(case: Case, grid: Grid) -> None:
    found = columns(case, grid)
    for shape, (a, b) in enumerate(SHAPES):
        for row, k in np.argwhere(grid.valid(a, b)).tolist():
            number = int(grid.document[row])
            source, target = case.documents[number]
            if not grid.low[row + a] <= grid.low[row] + k + b < grid.low[row + a] + grid.width:
                continue  # a bead that leaves the band
            i = int(grid.source[row] - grid.source_starts[number])
            j = int(grid.low[row] - grid.target_starts[number]) + k
            expected = dict.fromkeys(column_names("x"), 0.0)
            if a and b:
                groups = (i, i + a), (j, j + b)
                forth = reference.coverage(source, groups[0], target, groups[1], case.forth)
                back = reference.coverage(target, groups[1], source, groups[0], case.back)
                expected |= dict(zip(("x-target", "x-targets", "x-source", "x-sources"), (*forth, *back), strict=True))
            elif shape == ADDITION:
                expected["x-added"] = reference.linkable(source, target[j], case.forth)
            elif shape == OMISSION:
                expected["x-omitted"] = reference.linkable(target, source[i], case.back)
            got = {name: float(found[name, shape][row, k]) for name in expected}
            assert got == pytest.approx(expected, abs=1e-4), (number, i, j, SHAPES[shape])


@settings(deadline=None, max_examples=50)
@given(cases)
def test_on_the_full_grid(case: Case) -> None:
    check(case, full_grid(case.sizes))


@settings(deadline=None, max_examples=80)
@given(cases, st.integers(2, 6), st.integers(0, 2**32))
def test_in_bands(case: Case, width: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    width = min(width, *(targets + 1 for _, targets in case.sizes))
    lows = []
    for sources, targets in case.sizes:
        steps = rng.integers(0, 4, sources + 1)
        steps[0] = 0
        lows.append(np.minimum(np.cumsum(steps), targets + 1 - width))
    check(case, banded_grid(case.sizes, lows, width))


@settings(deadline=None, max_examples=40)
@given(cases, st.lists(st.floats(-2, 2), min_size=12, max_size=12))
def test_channels_that_are_counted_together_say_what_they_say_alone(case: Case, weights: list[float]) -> None:
    grid = full_grid(case.sizes)
    turned = Case(case.documents, [(target, source) for source, target in case.links])
    expected = np.zeros((len(SHAPES), grid.rows, grid.width), dtype=np.float32)
    for one, own in ((case, weights[:6]), (turned, weights[6:])):
        for (name, shape), values in columns(one, grid).items():
            expected[shape] += np.float32(own[column_names("x").index(name)]) * values
    got = np.zeros_like(expected)
    coverage_groups([(case.channel(), weights[:6]), (turned.channel(), weights[6:])], grid).add_to(got, grid)
    for shape, (a, b) in enumerate(SHAPES):
        inside = grid.valid(a, b)
        assert got[shape][inside] == pytest.approx(expected[shape][inside], abs=1e-4)


def test_a_word_that_everything_explains_says_little_and_a_rare_one_much() -> None:
    case = Case([([[0], [0], [0, 1]], [[0], [1], []])], [(0, 0), (1, 1)])
    found = columns(case, full_grid(case.sizes))
    one = SHAPES.index((1, 1))
    assert 0 < found["x-target", one][0, 0] < found["x-target", one][2, 1]


def test_a_channel_without_links_says_nothing() -> None:
    case = Case([([[0]], [[0]])], [])
    assert list(coverage_columns("x", {"x": case.channel()}, full_grid(case.sizes))) == []
