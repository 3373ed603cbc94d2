"""Long documents: pieces and bands, anchors, and disorder that must not derail the rest."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TypeAlias

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.align.samples import Pair, aligned, beads, items, long_document, sides, texts
from tests.align.test_laws import assert_lawful

import bitext
from bitext.align import pieces
from bitext.align.anchors import anchors
from bitext.align.batch import side
from bitext.align.dictionary import dictionary
from bitext.align.features.channels import channels
from bitext.align.grid import Ints
from bitext.align.pieces import Piece, cut, is_short, whole_piece, widened
from bitext.align.sides import Sides
from bitext.formats.documents.plain import document_from_segments
from bitext.pipeline import PROFILES, Profile


def found_anchors(source: list[str], target: list[str]) -> Ints:
    segmented = document_from_segments(tuple(source), "zh")[1], document_from_segments(tuple(target), "en")[1]
    return anchors(channels(Sides(side([segmented[0]]), side([segmented[1]])), dictionary()))


@st.composite
def chains(draw: st.DrawFn) -> tuple[int, int, Ints]:
    """Sizes of two documents and anchors that rise on both sides."""
    steps = draw(st.lists(st.tuples(st.integers(1, 90), st.integers(1, 90)), max_size=40))
    points = np.cumsum(np.array([(0, 0), *steps], dtype=np.int64).reshape(-1, 2), axis=0)[1:]
    # However much longer than the other one a side may be.
    few, many = st.integers(1, 300), st.integers(1, 20_000)
    rest = draw(st.tuples(few, few) | st.tuples(few, many) | st.tuples(many, few))
    last = points[-1] if len(points) else np.zeros(2, dtype=np.int64)
    return int(last[0]) + rest[0], int(last[1]) + rest[1], points


NO_ANCHORS: Ints = np.zeros((0, 2), dtype=np.int64)


@settings(deadline=None, max_examples=100)
@example((1, 20_000, NO_ANCHORS))
@example((20_000, 1, NO_ANCHORS))
@example((60, 20_000, NO_ANCHORS))
@example((61, 20_001, np.array([(60, 3)])))
@given(chains())
def test_pieces_hold_every_segment_once_in_order(case: tuple[int, int, Ints]) -> None:
    sources, targets, points = case
    place = (0, 0)
    for piece in cut(0, sources, targets, points):
        assert (piece.source[0], piece.target[0]) == place
        assert_passable(piece)
        assert_passable(widened(piece))
        place = (piece.source[1], piece.target[1])
    assert place == (sources, targets)


def assert_passable(piece: Piece) -> None:
    """The band begins and ends in the corners, never falls back, and never leaps further than a path can go."""
    sources, targets = piece.sizes
    assert len(piece.low) == sources + 1
    assert 1 <= piece.width <= targets + 1
    assert piece.low[0] == 0
    assert piece.low[-1] + piece.width == targets + 1
    steps = np.diff(piece.low)
    assert (steps >= 0).all()
    assert (steps < piece.width).all()


@settings(deadline=None, max_examples=50)
@given(chains())
def test_widening_holds_the_narrower_band_and_comes_to_an_end(case: tuple[int, int, Ints]) -> None:
    for piece in cut(0, *case):
        wider, rounds = piece, 0
        while not wider.whole:
            before, wider = wider, widened(wider)
            assert (wider.low <= before.low).all()
            assert (wider.low + wider.width >= before.low + before.width).all()
            rounds += 1
            assert rounds < 20


def test_short_documents_are_one_whole_piece() -> None:
    assert is_short(90, 90)
    assert whole_piece(0, (0, 90), (0, 90)).whole


def test_anchors_rise_on_both_sides_and_are_mostly_right() -> None:
    document = long_document(2)
    found = found_anchors(*sides(document))
    assert len(found) > len(document) / 10
    assert (np.diff(found, axis=0) > 0).all()
    gold = {(i, j) for source, target in beads(document) for i in source for j in target}
    assert sum((i, j) in gold for i, j in found.tolist()) >= 0.97 * len(found)


@settings(deadline=None, max_examples=15)
@given(st.randoms(use_true_random=False))
def test_anchors_of_shuffled_texts_rise_too(random: Random) -> None:
    chinese, english = sides(long_document()[:100])
    random.shuffle(english)
    found = found_anchors(chinese, english)
    assert (np.diff(found, axis=0) > 0).all()


def test_texts_without_a_common_word_have_no_anchors() -> None:
    assert found_anchors(["好"] * 5, ["xyzzy"] * 5).shape == (0, 2)
    assert found_anchors([""], [""]).shape == (0, 2)


Document: TypeAlias = list[Pair]
Disorder: TypeAlias = Callable[[Document], tuple[Document, Document, slice]]
"""From a document to what the source is made of, what the target is made of, and the beads that are touched."""


def _much(document: Document) -> int:
    """More than half of the widest band that is tried at first, so that it takes anchors or the guard."""
    return max(len(document) // 5, pieces._WIDEST // 2 + 10)


def without_a_chapter(document: Document) -> tuple[Document, Document, slice]:
    """The target lacks a stretch."""
    gone = slice(len(document) // 3, len(document) // 3 + _much(document))
    return document, document[: gone.start] + document[gone.stop :], gone


def with_a_preface(document: Document) -> tuple[Document, Document, slice]:
    """The target begins with what the source does not have."""
    remarks = range(_much(document))
    preface = [Pair((), (f"In this preface, remark {n} is about another book.",)) for n in remarks]
    return document, preface + document, slice(0, 0)


def with_a_moved_section(document: Document) -> tuple[Document, Document, slice]:
    """A stretch of the target stands at its end."""
    moved = slice(len(document) // 4, len(document) // 4 + _much(document))
    return document, document[: moved.start] + document[moved.stop :] + document[moved], moved


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("disorder", [without_a_chapter, with_a_preface, with_a_moved_section])
def test_disorder_does_not_derail_the_rest(disorder: Disorder, profile: Profile) -> None:
    document = long_document(2 if profile == "accurate" else 4)
    before, after, touched = disorder(document)
    source, _ = sides(before)
    _, target = sides(after)
    alignment = bitext.align(source, target, profile=profile)
    assert_lawful(alignment)
    found = set(texts(alignment))
    # Beads next to the break may suffer.
    near = range(touched.start - 3, touched.stop + 3)
    rest = [pair for index, pair in enumerate(document) if index not in near and pair.source and pair.target]
    wrong = [pair for pair in rest if pair not in found]
    assert len(wrong) <= 0.03 * len(rest), wrong[:10]
    undisturbed = set(texts(aligned(document, profile)))
    assert len([pair for pair in wrong if pair in undisturbed]) <= 0.01 * len(rest)


@pytest.mark.parametrize("profile", PROFILES)
def test_a_chapter_that_was_left_out_is_found_to_be_left_out(profile: Profile) -> None:
    document = long_document(2)
    before, after, gone = without_a_chapter(document)
    alignment = bitext.align(sides(before)[0], sides(after)[1], profile=profile)
    lost = sides(document[gone])[0]
    omitted = {text for pair in texts(alignment) if not pair.target for text in pair.source}
    assert len(items()) > 5
    assert sum(text in omitted for text in lost) >= 0.9 * len(lost)
