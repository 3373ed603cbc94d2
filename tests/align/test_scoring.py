"""Scores by hand-made tables and by the laws of counting."""

from __future__ import annotations

from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.align import reference

from bitext.align.scoring import Counts, Score, score
from bitext.model.alignment import IndexPair

Beads: TypeAlias = list[IndexPair]

GOLD: Beads = [((0, 1), (0,)), ((2,), (1, 2)), ((), (3,)), ((3,), (4,)), ((4,), ())]


def test_the_counts_are_those_made_by_hand() -> None:
    auto: Beads = [((0, 1), (0,)), ((2,), (1,)), ((), (2,)), ((), (3,)), ((3, 4), (4,))]
    got = score(GOLD, auto)
    # Right: the first and the fourth. Laxly also the second and the fifth; the third shares no source segment.
    assert got.strict == Counts(found=5, right=2, gold=3, recalled=1)
    assert got.lax == Counts(found=5, right=4, gold=3, recalled=3)
    assert (got.strict.precision, got.strict.recall) == (2 / 5, 1 / 3)
    assert got.strict.f1 == pytest.approx(2 * (2 / 5) * (1 / 3) / (2 / 5 + 1 / 3))
    assert got.lax.f1 == pytest.approx(2 * 0.8 / 1.8)


def test_the_kinds_are_counted_each_by_itself() -> None:
    auto: Beads = [((0, 1), (0,)), ((2,), (1,)), ((), (2,)), ((), (3,)), ((3, 4), (4,))]
    assert score(GOLD, auto).kinds == (
        ("0-1", Counts(found=2, right=1, gold=1, recalled=1)),
        ("1-0", Counts(gold=1)),
        ("1-1", Counts(found=1, gold=1)),
        ("1-2", Counts(gold=1)),
        ("2-1", Counts(found=2, right=1, gold=1, recalled=1)),
    )


@pytest.mark.parametrize(
    ("auto", "strict", "lax"),
    [
        # Overlap on one side only is not lax agreement, nor with two gold beads on a side each.
        ([((2,), (0,))], 0, 0),
        ([((0,), (2, 3))], 0, 0),
        ([((0, 3), (1, 3))], 0, 0),
        ([((0,), (0,))], 0, 1),
        ([((1, 2), (2,))], 0, 1),
        # A one-sided bead is right only if the gold has it.
        ([((4,), ())], 1, 1),
        ([((3,), ())], 0, 0),
        ([], 0, 0),
    ],
)
def test_what_is_strictly_and_laxly_right(auto: Beads, strict: int, lax: int) -> None:
    got = score(GOLD, auto)
    assert (got.strict.right, got.lax.right) == (strict, lax)


def test_beads_listed_twice_and_empty_beads_do_not_count() -> None:
    assert score([*GOLD, ((), ())], [*GOLD, ((), ()), *GOLD]) == score(GOLD, GOLD)


def test_segments_of_a_gold_bead_need_not_be_adjacent() -> None:
    gold: Beads = [((0, 2), (0,)), ((1,), (1,))]
    assert score(gold, gold).strict.f1 == 1.0
    assert score(gold, [((0, 1, 2), (0,))]).lax.right == 1


def test_nothing_against_nothing_is_no_division_by_zero() -> None:
    assert score([], []) == Score()
    assert (Counts().precision, Counts().recall, Counts().f1) == (0.0, 0.0, 0.0)


@st.composite
def alignments(draw: st.DrawFn) -> Beads:
    """Monotone beads that hold every segment of both sides."""
    beads: Beads = []
    source = target = 0
    for a, b in draw(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(any), max_size=12)):
        beads.append((tuple(range(source, source + a)), tuple(range(target, target + b))))
        source, target = source + a, target + b
    return beads


numbers = st.lists(st.integers(0, 6), max_size=3, unique=True).map(sorted).map(tuple)
loose_beads = st.lists(st.tuples(numbers, numbers), max_size=8)
"""Beads that cross, overlap, are listed twice or hold nothing."""


def swapped(beads: Beads) -> Beads:
    return [(target, source) for source, target in beads]


@given(alignments())
def test_an_alignment_against_itself_is_all_right(beads: Beads) -> None:
    got = score(beads, beads)
    assert (got.strict.found, got.strict.right) == (len(beads), len(beads))
    assert got.strict.recalled == got.strict.gold == sum(bool(s and t) for s, t in beads)
    assert got.lax == got.strict
    if got.strict.gold:
        assert got.strict.f1 == 1.0


@given(alignments(), alignments())
def test_exchanging_the_sides_mirrors_the_score(gold: Beads, auto: Beads) -> None:
    straight, mirrored = score(gold, auto), score(swapped(gold), swapped(auto))
    assert (mirrored.strict, mirrored.lax) == (straight.strict, straight.lax)
    turned = {"-".join(reversed(kind.split("-"))): counts for kind, counts in mirrored.kinds}
    assert turned == dict(straight.kinds)


@given(alignments(), alignments())
def test_what_is_strictly_right_is_laxly_right(gold: Beads, auto: Beads) -> None:
    got = score(gold, auto)
    assert got.strict.right <= got.lax.right <= got.lax.found
    assert got.strict.recalled <= got.lax.recalled <= got.lax.gold


@given(alignments() | loose_beads, alignments() | loose_beads)
def test_the_counts_are_those_of_the_plain_definition(gold: Beads, auto: Beads) -> None:
    got = score(gold, auto)
    assert (got.strict, got.lax) == tuple(Counts(*figures) for figures in reference.agreement(gold, auto))


@given(alignments(), alignments())
def test_the_kinds_add_up_to_the_whole(gold: Beads, auto: Beads) -> None:
    got = score(gold, auto)
    assert sum(counts.found for _, counts in got.kinds) == got.strict.found
    assert sum(counts.right for _, counts in got.kinds) == got.strict.right
    two_sided = [counts for kind, counts in got.kinds if "0" not in kind.split("-")]
    assert sum(counts.gold for counts in two_sided) == got.strict.gold
    assert sum(counts.recalled for counts in two_sided) == got.strict.recalled


@given(st.lists(st.tuples(alignments(), alignments()), max_size=4))
def test_scores_add_up_as_documents_in_one_do(pairs: list[tuple[Beads, Beads]]) -> None:
    total = Score()
    golds: Beads = []
    autos: Beads = []
    for number, (gold, auto) in enumerate(pairs):
        total = total + score(gold, auto)
        golds += moved(gold, 100 * number)
        autos += moved(auto, 100 * number)
    assert total == score(golds, autos)


def moved(beads: Beads, by: int) -> Beads:
    return [(tuple(i + by for i in source), tuple(j + by for j in target)) for source, target in beads]
