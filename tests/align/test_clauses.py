"""Clauses of a text that is read as tokens, and their vectors out of the running text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.align.samples import items, sides
from tests.growth import assert_near_linear

from bitext.align import encoding
from bitext.align.clauses import clause_texts
from bitext.align.dictionary import dictionary
from bitext.align.encoders import tokens
from bitext.align.encoders.packaged import packaged_encoder
from bitext.align.features.resources import Resources
from bitext.align.sides import Side, Sides
from bitext.align.threads import one_thread
from bitext.model.documents import Language

LANGUAGES = st.sampled_from(get_args(Language))
KINDS = st.lists(st.integers(0, 31), min_size=1, max_size=40)
IDS = st.lists(st.integers(3, 100_000), min_size=1, max_size=60)


@pytest.fixture(autouse=True, scope="module")
def threads() -> Iterator[None]:
    with one_thread():
        yield


@given(KINDS, LANGUAGES, st.integers(1, 9))
def test_clauses_cover_the_tokens_in_order(kinds: list[int], language: Language, least: int) -> None:
    found = tokens.clauses(kinds, language, least)
    assert [place for first, last in found for place in range(first, last)] == list(range(len(kinds)))
    assert all(first < last for first, last in found)


@given(KINDS, LANGUAGES, st.integers(1, 9))
def test_only_the_last_clause_is_short(kinds: list[int], language: Language, least: int) -> None:
    lengths = [last - first for first, last in tokens.clauses(kinds, language, least)]
    assert all(length >= least for length in lengths[:-1])


@pytest.mark.parametrize(
    ("pieces", "language", "expected"),
    [
        (["▁他", "说", ":", "“", "走", "吧", "。", "”", "大家", "走", "了", ",", "真", "的", "吗"], "zh", [3, 8, 12]),
        (["▁He", "▁left", ",", "▁and", "▁she", "▁stayed", "."], "en", [3]),
        (["▁At", "▁3", ".", "5", "▁per", "▁cent", ",", "▁up", "▁a", "▁bit"], "en", [7]),
        (["▁Then", "▁he", "—", "after", "▁a", "▁while", "—", "left", "▁us", "▁all"], "en", [3, 7]),
        (["▁She", "▁said", ",", '"', "▁and", "▁left", "▁it"], "en", [4]),
    ],
)  # fmt: skip
def test_clauses_end_at_their_marks(pieces: list[str], language: Language, expected: list[int]) -> None:
    found = tokens.clauses(tokens.table(pieces).tolist(), language, tokens.FINE)
    assert [last for _, last in found[:-1]] == expected


def test_every_piece_has_its_kinds() -> None:
    encoder = packaged_encoder()
    assert len(encoder._kinds) == encoder._pieces.get_piece_size()
    assert encoder._kinds[encoder._pieces.piece_to_id(",")] == tokens.MARK


@given(IDS, st.data())
def test_a_stretch_is_the_same_however_the_text_is_parted(ids: list[int], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(ids)))
    first = data.draw(st.integers(0, len(ids) - 1))
    last = data.draw(st.integers(first + 1, len(ids)))
    forward, none = packaged_encoder().forward, np.zeros((0, 2), dtype=np.int64)
    stretch = np.array([[first, last]])
    whole = forward.read([ids], none, stretch)[1]
    parted = forward.read([part for part in (ids[:cut], ids[cut:]) if part], none, stretch)[1]
    assert whole == pytest.approx(parted, abs=1e-4)


@given(IDS, IDS, IDS)
def test_a_stretch_sees_no_more_than_four_tokens_around_it(before: list[int], ids: list[int], after: list[int]) -> None:
    forward, none = packaged_encoder().forward, np.zeros((0, 2), dtype=np.int64)
    far = forward.read([before + ids + after], none, np.array([[len(before), len(before) + len(ids)]]))[1]
    near_before, near_after = before[-4:], after[:4]
    place = len(near_before)
    near = forward.read([near_before + ids + near_after], none, np.array([[place, place + len(ids)]]))[1]
    assert far == pytest.approx(near, abs=1e-4)


@pytest.mark.parametrize("side", [0, 1])
def test_reading_gives_the_groups_that_encoding_gives(side: int) -> None:
    texts = sides(items()[0])[side][:9]
    groups = np.array([[first, first + n] for n in (1, 2, 3) for first in range(len(texts) - n + 1)])
    language = get_args(Language)[side]
    reading = packaged_encoder().read(texts, groups, np.zeros(len(texts), dtype=np.int64), language)
    assert reading.vectors == pytest.approx(packaged_encoder().encode(texts, groups), abs=1e-4)
    for clauses in reading.clauses:
        assert clauses.text.tolist() == sorted(clauses.text.tolist())
        assert set(clauses.text.tolist()) == set(range(len(texts)))
        assert np.linalg.norm(clauses.vectors, axis=1) == pytest.approx(np.ones(len(clauses.text)), abs=1e-4)
        total = np.bincount(clauses.text, clauses.lengths) * tokens.USUAL
        assert total == pytest.approx(reading.tokens, abs=1e-3)


@pytest.mark.parametrize("language", get_args(Language))
def test_documents_read_together_are_read_as_by_themselves(language: Language) -> None:
    documents = [list(sides(item)[language == "en"][:4]) for item in items()[:3]]
    texts = [text for document in documents for text in document]
    number = np.repeat(np.arange(3), [len(document) for document in documents])
    groups = np.array([[index, index + 1] for index in range(len(texts))])
    together = packaged_encoder().read(texts, groups, number, language)
    for index, document in enumerate(documents):
        own = np.flatnonzero(number == index)
        alone = packaged_encoder().read(document, groups[: len(own)], np.zeros_like(own), language)
        assert together.vectors[own] == pytest.approx(alone.vectors, abs=1e-4)
        for whole, part in zip(together.clauses, alone.clauses, strict=True):
            assert whole.vectors[np.isin(whole.text, own)] == pytest.approx(part.vectors, abs=1e-4)


def test_the_seams_of_a_long_text_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    pair = Sides(*(side_of(texts * 3) for texts in sides(items()[1])))
    whole = encoding.encoded(pair, packaged_encoder(), Resources(dictionary()))
    monkeypatch.setattr(encoding, "_AT_ONCE", 5)
    pieces = encoding.encoded(pair, packaged_encoder(), Resources(dictionary()))
    assert whole.vectors is not None
    assert pieces.vectors is not None
    assert whole.vectors.source == pytest.approx(pieces.vectors.source, abs=1e-4)
    for grain in encoding.GRAINS:
        for one, other in zip(whole.parts[grain], pieces.parts[grain], strict=True):
            assert one.segment.tolist() == other.segment.tolist()
            assert one.vectors == pytest.approx(other.vectors, abs=1e-3)


def side_of(texts: list[str]) -> Side:
    numbers = np.arange(len(texts))
    zeros = np.zeros_like(numbers)
    return Side(tuple(texts), numbers, zeros, np.array([len(texts)]), zeros)


@pytest.mark.parametrize(
    ("text", "language", "grain", "expected"),
    [
        ("他走了，她也走了，走。", "zh", "fine", ["他走了，", "她也走了，", "走。"]),
        ("他走了，她也走了，走。", "zh", "coarse", ["他走了，她也走了，走。"]),
        ("After a while, he left, as did she.", "en", "fine", ["After a while,", "he left,", "as did she."]),
        ("After a while, he left, as did she.", "en", "coarse", ["After a while, he left, as did she."]),
        ("", "en", "fine", ["."]),
    ],
)
def test_texts_are_cut_into_clauses_that_are_long_enough(
    text: str, language: Language, grain: str, expected: list[str]
) -> None:
    assert clause_texts([text], language, grain)[0] == expected


@pytest.mark.parametrize(("mark", "language"), [("，", "zh"), (", ", "en"), ("—", "en")])
def test_marks_without_end_are_read_soon(mark: str, language: Language) -> None:
    assert_near_linear(lambda count: clause_texts([mark * count], language, "coarse"), 400_000)
