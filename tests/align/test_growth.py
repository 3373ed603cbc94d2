"""Time and memory grow with the length of the texts, not with its square; text far away changes no sure bead."""

from __future__ import annotations

import tracemalloc
from functools import cache

import pytest
from tests.align.samples import aligned, long_document, sides
from tests.growth import assert_near_linear

import bitext
from bitext.align.threads import one_thread
from bitext.model.alignment import Alignment
from bitext.pipeline import Profile

TIMES = 12
LARGEST = 2.8
"""Times the memory that twice the text may take; a table of all pairs of segments has four."""


@cache
def document() -> tuple[list[str], list[str]]:
    return sides(long_document(TIMES))


def first(count: int, profile: Profile) -> Alignment:
    """The alignment of the first `count` sentences of both sides."""
    source, target = document()
    return bitext.align(source[:count], target[:count], profile=profile)


def test_time_grows_with_the_length() -> None:
    first(50, "fast")
    with one_thread():
        assert_near_linear(lambda length: first(length, "fast"), 2_400)


def peak(count: int, profile: Profile) -> int:
    tracemalloc.start()
    try:
        first(count, profile)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("profile", "count"), [("fast", 900), ("accurate", 250)])
def test_memory_grows_with_the_length(profile: Profile, count: int) -> None:
    first(50, profile)
    assert peak(2 * count, profile) <= LARGEST * peak(count, profile)


UNRELATED = (
    [f"这是与前文无关的第{n}句，讲的是天气和农业。" for n in range(300)],
    [f"A note, number {n + 5_000}, about music and cooking." for n in range(300)],
)
NEAR = 10
"""Beads beside the unrelated text that it may change."""


SIDES = (("zh",), ("en",), ("zh", "en"))
PLACES = [("fast", also, where) for also in SIDES for where in ("before", "behind")]


@pytest.mark.parametrize(("profile", "also", "where"), [*PLACES, ("accurate", ("zh", "en"), "behind")])
def test_unrelated_text_changes_no_sure_bead_of_a_long_text_far_away(
    profile: Profile, also: tuple[str, ...], where: str
) -> None:
    pairs = long_document()
    source, target = sides(pairs)
    more = (UNRELATED[0] if "zh" in also else [], UNRELATED[1] if "en" in also else [])
    alone = aligned(pairs, profile).beads
    if where == "before":
        longer = bitext.align(more[0] + source, more[1] + target, profile=profile)
        by, far = (len(more[0]), len(more[1])), alone[NEAR:]
    else:
        longer = bitext.align(source + more[0], target + more[1], profile=profile)
        by, far = (0, 0), alone[:-NEAR]
    found = {(bead.source.start - by[0], bead.source.stop - by[0], bead.target.start - by[1], bead.target.stop - by[1])
             for bead in longer.beads}  # fmt: skip
    sure = {(bead.source.start, bead.source.stop, bead.target.start, bead.target.stop)
            for bead in far if bead.confidence >= 0.95}  # fmt: skip
    assert len(sure) > 150
    assert sure <= found
