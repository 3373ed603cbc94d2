"""Words that are learnt from a document's own beads: what is passed over early could not have been learnt."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bitext.align import learning
from bitext.align.features.lexicon import Hashes
from bitext.align.learning import Ints

FEWEST_MEETINGS, LEAST_AGREEMENT = 2.5, 0.3
SEGMENTS = 8
# Sums of these probabilities are exact in whatever order they are added.
probabilities = st.sampled_from([0.125, 0.25, 0.5, 0.75, 1.0])
numbers = st.integers(0, SEGMENTS - 1)


@st.composite
def documents(
    draw: st.DrawFn,
) -> tuple[list[tuple[int, int]], list[tuple[int, int]], list[tuple[int, int, float]]]:
    """Words of both sides by segment, of which those of one number mostly go together, and beads, mostly in order."""
    left, right = [], []
    for word in range(5):
        places = draw(st.sets(numbers))
        left += [(place, word) for place in sorted(places)]
        right += [(place, word) for place in sorted(places ^ draw(st.sets(numbers, max_size=3)))]
    met = [(place, place, draw(probabilities)) for place in range(SEGMENTS)]
    return left, right, met + draw(st.lists(st.tuples(numbers, numbers, probabilities), max_size=4))


def occurrences(rows: list[tuple[int, int]]) -> tuple[Ints, Hashes]:
    """Segments and keys; the keys differ in their first bits, as hashes do."""
    segment, word = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    return segment, (word.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)


def agreements(
    left: list[tuple[int, int]], right: list[tuple[int, int]], met: list[tuple[int, int, float]]
) -> dict[tuple[int, int], float]:
    """By pair of keys, how well the two agree, of those that meet often enough and agree well enough."""
    meetings: dict[tuple[int, int], float] = defaultdict(float)
    for source, target, value in met:
        for a in {word for segment, word in left if segment == source}:
            for b in {word for segment, word in right if segment == target}:
                meetings[a, b] += value
    counts = [{word: len({s for s, w in side if w == word}) for _, word in side} for side in (left, right)]
    found = {}
    for (a, b), value in meetings.items():
        agreement = value * value / (counts[0][a] * counts[1][b])
        if min(counts[0][a], counts[1][b]) > 2 and value >= FEWEST_MEETINGS and agreement >= LEAST_AGREEMENT:
            found[a, b] = agreement
    return found


def best(found: dict[tuple[int, int], float]) -> set[tuple[int, int]]:
    """The pairs of which one word agrees with none better."""
    return {
        (a, b)
        for (a, b), value in found.items()
        if value >= max(v for (left, _), v in found.items() if left == a)
        or value >= max(v for (_, right), v in found.items() if right == b)
    }


@settings(deadline=None, max_examples=150)
@given(documents())
def test_words_that_are_learnt_are_those_that_a_plain_count_finds(
    document: tuple[list[tuple[int, int]], list[tuple[int, int]], list[tuple[int, int, float]]],
) -> None:
    left, right, met = document
    everywhere = np.ones(SEGMENTS, dtype=bool)
    strings, stems = (learning._recurring(*occurrences(side), everywhere) for side in (left, right))
    found: set[tuple[int, int]] = set()
    if len(strings.keys) and len(stems.keys):
        source, target = (np.array([row[column] for row in met], dtype=np.int64) for column in (0, 1))
        learnt = learning._linked(strings, stems, source, target, np.array([value for _, _, value in met]))
        keys = {int(key): word for word, key in enumerate(occurrences([(0, word) for word in range(5)])[1].tolist())}
        found = {(keys[a], keys[b]) for a, b in learnt.pairs.tolist()} if learnt is not None else set()
    assert found == best(agreements(left, right, met))
