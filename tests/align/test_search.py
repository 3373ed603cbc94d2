"""The search over lattices equals a plain search by dictionaries, for every band and several documents at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.align import reference
from tests.align.reference import Band

from bitext.align.search import NEVER, Doubles, Lattice, backward, best_paths, forward, posteriors
from bitext.align.shapes import SHAPES

TOLERANCE = 1e-7
"""Impossible steps along a row are taken as -1e6, which costs the sums beside them some of their last digits."""


@st.composite
def bands(draw: st.DrawFn, width: int) -> Band:
    """A band that begins at the start, ends at the end, and never leaps further than a path can step."""
    sources, targets = draw(st.integers(0, 9)), draw(st.integers(0, 9))
    last = max(0, targets + 1 - width)
    low = [0]
    for i in range(sources):
        # The last row must reach the last target point.
        least = max(low[-1], last - (sources - 1 - i) * max(width - 1, 1))
        most = min(low[-1] + width - 1, last)
        low.append(draw(st.integers(min(least, most), most)) if i < sources - 1 else max(last, low[-1]))
    return Band(low, width, sources, targets)


@st.composite
def problems(draw: st.DrawFn) -> tuple[list[Band], Doubles]:
    """Several documents of one width and random scores, some of them impossible."""
    width = draw(st.integers(2, 11))
    found = draw(st.lists(bands(width).filter(is_passable), min_size=1, max_size=4))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    rows = max(band.sources for band in found) + 1
    scores = rng.uniform(-6.0, 3.0, (len(found), rows, width, len(SHAPES)))
    scores[:, :, :, 2:][rng.random(scores[:, :, :, 2:].shape) < 0.1] = NEVER
    for number, band in enumerate(found):
        for i in range(rows):
            for shape, (a, b) in enumerate(SHAPES):
                for k in range(width):
                    fits = i + a <= band.sources and band.low[min(i, band.sources)] + k + b <= band.targets
                    scores[number, i, k, shape] = scores[number, i, k, shape] if fits else NEVER
    return found, scores


def is_passable(band: Band) -> bool:
    leaps = any(after - before >= band.width for before, after in zip(band.low, band.low[1:], strict=False))
    return not leaps and band.holds(band.sources, band.targets)


def lattice(found: Sequence[Band]) -> Lattice:
    rows = max(band.sources for band in found) + 1
    low = np.array([[*band.low, *[band.low[-1]] * (rows - len(band.low))] for band in found], dtype=np.int64)
    sources, targets = ([getattr(band, name) for band in found] for name in ("sources", "targets"))
    return Lattice(low, found[0].width, np.array(sources, dtype=np.int64), np.array(targets, dtype=np.int64))


def of(scores: Doubles, number: int, band: Band) -> reference.Score:
    return lambda i, j, shape: float(scores[number, i, j - band.low[i], shape])


def path_score(path: Sequence[tuple[int, int, int]], scores: Doubles) -> float:
    return sum(float(scores[step]) for step in path)


@settings(deadline=None, max_examples=40)
@given(problems())
def test_log_sums_of_paths_are_those_of_the_plain_search(problem: tuple[list[Band], Doubles]) -> None:
    found, scores = problem
    ahead, behind = forward(scores, lattice(found)), backward(scores, lattice(found))
    for number, band in enumerate(found):
        score = of(scores, number, band)
        check(ahead[number], reference.forward(score, band), band)
        check(behind[number], reference.backward(score, band), band)


def check(cells: npt.NDArray[np.float64], expected: dict[reference.Point, float], band: Band) -> None:
    for (i, j), value in expected.items():
        if value > NEVER / 2:
            assert cells[i, j - band.low[i]] == pytest.approx(value, abs=TOLERANCE)
        else:
            # Smaller than any path that exists.
            assert cells[i, j - band.low[i]] < -1e5


@settings(deadline=None, max_examples=40)
@given(problems())
def test_posteriors_are_those_of_the_plain_search(problem: tuple[list[Band], Doubles]) -> None:
    found, scores = problem
    probability, total = posteriors(scores, lattice(found))
    for number, band in enumerate(found):
        score = of(scores, number, band)
        expected = reference.posteriors(score, band)
        assert total[number] == pytest.approx(reference.forward(score, band)[band.sources, band.targets], abs=TOLERANCE)
        for (i, j, shape), value in expected.items():
            assert probability[number, i, j - band.low[i], shape] == pytest.approx(value, abs=TOLERANCE)
        assert probability[number].sum() == pytest.approx(sum(expected.values()), abs=1e-6)


@settings(deadline=None, max_examples=40)
@given(problems())
def test_each_segment_is_in_beads_of_total_probability_one(problem: tuple[list[Band], Doubles]) -> None:
    found, scores = problem
    probability, _ = posteriors(scores, lattice(found))
    for number, band in enumerate(found):
        sources, targets = np.zeros(band.sources), np.zeros(band.targets)
        for i, k, shape in np.argwhere(probability[number] > 0).tolist():
            a, b = SHAPES[shape]
            j = band.low[min(i, band.sources)] + k
            sources[i : i + a] += probability[number, i, k, shape]
            targets[j : j + b] += probability[number, i, k, shape]
        assert sources == pytest.approx(np.ones(band.sources), abs=1e-6)
        assert targets == pytest.approx(np.ones(band.targets), abs=1e-6)


@settings(deadline=None, max_examples=40)
@given(problems())
def test_the_best_path_is_as_good_as_any_and_holds_every_segment(problem: tuple[list[Band], Doubles]) -> None:
    found, scores = problem
    for number, (band, path) in enumerate(zip(found, best_paths(scores, lattice(found)), strict=True)):
        best = reference.best_score(of(scores, number, band), band)
        assert path_score(path, scores[number]) == pytest.approx(best, abs=TOLERANCE)
        place = (0, 0)
        for i, k, shape in path:
            assert (i, band.low[i] + k) == place
            place = (i + SHAPES[shape][0], band.low[i] + k + SHAPES[shape][1])
        assert place == (band.sources, band.targets)


@settings(deadline=None, max_examples=40)
@given(problems())
def test_documents_do_not_feel_each_other(problem: tuple[list[Band], Doubles]) -> None:
    found, scores = problem
    together, _ = posteriors(scores, lattice(found))
    for number, band in enumerate(found):
        rows = band.sources + 1
        alone, _ = posteriors(scores[number : number + 1, :rows], lattice([band]))
        assert together[number, :rows] == pytest.approx(alone[0], abs=TOLERANCE)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 8), st.integers(0, 8), st.integers(0, 2**32))
def test_a_band_of_all_columns_is_the_full_search(sources: int, targets: int, seed: int) -> None:
    full = Band([0] * (sources + 1), targets + 1, sources, targets)
    wider = Band(full.low, targets + 4, sources, targets)
    rng = np.random.default_rng(seed)
    scores = np.full((1, sources + 1, targets + 4, len(SHAPES)), NEVER)
    for shape, (a, b) in enumerate(SHAPES):
        size = (max(sources + 1 - a, 0), max(targets + 1 - b, 0))
        scores[0, : size[0], : size[1], shape] = rng.uniform(-3.0, 3.0, size)
    narrow, narrow_total = posteriors(scores[:, :, : targets + 1], lattice([full]))
    wide, wide_total = posteriors(scores, lattice([wider]))
    assert wide_total == pytest.approx(narrow_total, abs=TOLERANCE)
    assert wide[:, :, : targets + 1] == pytest.approx(narrow, abs=TOLERANCE)
    assert best_paths(scores, lattice([wider])) == best_paths(scores[:, :, : targets + 1], lattice([full]))


def test_of_equally_good_paths_the_first_shape_wins() -> None:
    band = Band([0, 0], 2, 1, 1)
    scores = np.full((1, 2, 2, len(SHAPES)), NEVER)
    for shape, (a, b) in enumerate(SHAPES[:3]):
        scores[0, : 2 - a, : 2 - b, shape] = -1.0 if min(a, b) == 0 else -2.0
    # Backwards from the end, of the beads that may come last the one of the first shape that goes down a row.
    assert best_paths(scores, lattice([band])) == [[(0, 0, 0), (0, 1, 1)]]
