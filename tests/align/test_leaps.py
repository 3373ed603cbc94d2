"""Runs of segments that one side lacks are one event, and what stands around them is aligned as without them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.align.samples import long_document, sides

import bitext
from bitext.align.leaps import SHORTEST, leap
from bitext.align.search import Doubles
from bitext.formats.documents.plain import document_from_segments
from bitext.pipeline import PROFILES, Profile

tables = st.tuples(st.integers(1, 14), st.integers(1, 14)).flatmap(
    lambda shape: st.lists(
        st.integers(-40, 40), min_size=2 * shape[0] * shape[1], max_size=2 * shape[0] * shape[1]
    ).map(lambda values: np.array(values, dtype=np.float64).reshape(2, *shape))
)


def by_trying(ahead: Doubles, behind: Doubles) -> float:
    """The worth of the best leap, found by looking at each."""
    rows, columns = ahead.shape
    across = (
        ahead[i, j] + behind[i, k] for i in range(rows) for j in range(columns) for k in range(j + SHORTEST, columns)
    )
    down = (ahead[i, j] + behind[k, j] for j in range(columns) for i in range(rows) for k in range(i + SHORTEST, rows))
    return float(max([-np.inf, *across, *down]))


@settings(deadline=None)
@given(tables)
def test_the_best_leap_is_taken_where_it_is_worth_its_cost(table: Doubles) -> None:
    ahead, behind = table
    cost = np.log(ahead.size * sum(ahead.shape) / 2)
    found, best = leap(ahead, behind), by_trying(ahead, behind)
    assert (found is not None) == (best - cost > ahead[-1, -1])
    if found is not None:
        (i, i2), (j, j2) = found.source, found.target
        assert 0.5 < found.probability <= 1.0
        assert (i == i2) != (j == j2)
        assert max(i2 - i, j2 - j) >= SHORTEST
        assert ahead[i, j] + behind[i2, j2] == best


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("lacking", ["source", "target"])
@pytest.mark.parametrize("place", [0, 20, 40])
def test_a_run_that_one_side_lacks_leaves_the_rest_as_it_was(place: int, lacking: str, profile: Profile) -> None:
    document = long_document()
    text, run = document[:40], document[60:100]
    mixed = [*text[:place], *run, *text[place:]]
    source, target = (sides(text if lacking == name else mixed)[side] for side, name in enumerate(("source", "target")))
    beads = aligned_texts(source, target, profile)
    alone = aligned_texts(*sides(text), profile)
    missing = {bead for bead in beads if not (bead[0] and bead[1])}
    assert set(alone) <= {(a, b) for a, b in beads if a and b} | {(a, b) for a, b in alone if not (a and b)}
    assert len(missing) >= len(sides(run)[lacking == "source"])


def aligned_texts(source: list[str], target: list[str], profile: Profile) -> list[tuple[str, str]]:
    pair = document_from_segments(tuple(source), "zh")[1], document_from_segments(tuple(target), "en")[1]
    return [
        (" ".join(source[i] for i in bead.source), " ".join(target[i] for i in bead.target))
        for bead in bitext.align(*pair, profile=profile).beads
    ]
