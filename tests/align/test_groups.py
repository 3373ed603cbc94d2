"""The vectors that features see are those of the groups they stand for, and no group goes past its document's end."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.align.samples import items, sides

from bitext.align import aligner, encoding
from bitext.align.dictionary import dictionary
from bitext.align.encoders.packaged import packaged_encoder
from bitext.align.encoders.protocol import Array, Encoder
from bitext.align.features.resources import Resources, Vectors
from bitext.align.shapes import LARGEST_GROUP
from bitext.align.sides import Side, Sides


class Numbering:
    """Texts are numbers; the vector of a group tells its first number and its last."""

    name = "numbering"

    def encode(self, texts: Sequence[str], groups: npt.NDArray[np.int64]) -> Array:
        rows = [(int(texts[first]), int(texts[last - 1])) for first, last in groups.tolist()]
        return np.array(rows, dtype=np.float32).reshape(-1, 2)


def side_of(texts: Sequence[str], sizes: Sequence[int]) -> Side:
    numbers, pair = np.arange(len(texts)), np.repeat(np.arange(len(sizes)), sizes)
    return Side(tuple(texts), numbers, np.zeros_like(numbers), np.array(sizes, dtype=np.int64), pair)


def vectors_of(one: Side, other: Side, encoder: Encoder) -> Vectors:
    found = encoding.encoded(Sides(one, other), encoder, Resources(dictionary())).vectors
    assert found is not None
    return found


def ends(sizes: Sequence[int]) -> list[int]:
    """One past the last segment of the document of each segment."""
    return np.repeat(np.cumsum(sizes), sizes).tolist()


sizes_of_documents = st.lists(st.integers(0, 9), min_size=1, max_size=5).filter(any)


@given(sizes_of_documents, sizes_of_documents, st.integers(1, 30))
def test_each_place_holds_its_group(source: list[int], target: list[int], at_once: int) -> None:
    pair = [side_of([str(n) for n in range(sum(sizes))], sizes) for sizes in (source, target)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoding, "_AT_ONCE", at_once)
        found = vectors_of(pair[0], pair[1], Numbering())
    for vectors, sizes in ((found.source, source), (found.target, target)):
        assert vectors.shape == (LARGEST_GROUP, sum(sizes), 2)
        for n in range(1, LARGEST_GROUP + 1):
            expected = [(first, min(first + n, end) - 1) for first, end in enumerate(ends(sizes))]
            assert [tuple(row) for row in vectors[n - 1].astype(int).tolist()] == expected


@pytest.mark.parametrize("side", [0, 1])
def test_the_packaged_encoders_groups_are_the_texts_one_after_another(side: int) -> None:
    documents = [list(sides(item)[side][:6]) for item in items()[:2]]
    sizes = [len(document) for document in documents]
    texts = [text for document in documents for text in document]
    pair = (side_of(texts, sizes), side_of(["a", "b"], [1, 1]))
    vectors = (
        vectors_of(*pair, packaged_encoder()).source if not side else vectors_of(*pair[::-1], packaged_encoder()).target
    )
    for first, end in enumerate(ends(sizes)):
        for n in range(1, LARGEST_GROUP + 1):
            alone = packaged_encoder().encode(texts, np.array([[first, min(first + n, end)]]))[0]
            assert float(alone @ vectors[n - 1, first]) > 1 - 1e-4


@given(st.lists(st.integers(1, 9), min_size=1, max_size=5))
def test_groups_of_a_piece_end_where_it_does(sizes: list[int]) -> None:
    count = sum(sizes)
    whole = np.array([[(i, min(i + n, count) - 1) for i in range(count)] for n in range(1, LARGEST_GROUP + 1)])
    clipped = aligner._clip_side(whole.astype(np.float32), side_of([""] * count, sizes)).astype(int)
    for n in range(1, LARGEST_GROUP + 1):
        expected = [(first, min(first + n, end) - 1) for first, end in enumerate(ends(sizes))]
        assert [tuple(row) for row in clipped[n - 1].tolist()] == expected
