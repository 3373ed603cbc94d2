"""What holds of every alignment, whatever the texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.align.samples import aligned, beads, items, long_document, ranges, sides
from threadpoolctl import threadpool_info, threadpool_limits

import bitext
from bitext.align import pieces
from bitext.errors import BitextError
from bitext.model.alignment import Alignment
from bitext.pipeline import PROFILES, Profile

each_profile = pytest.mark.parametrize("profile", PROFILES)

ODD = [
    "",
    " ",
    "。",
    "……",
    "...",
    "?!",
    "“”",
    "😀",
    "👨‍👩‍👧 🎉",
    "\0",
    "1",
    "3.14",
    "A",
    "的",
    "深信院",
    "SZIIT",
    "\u200b",
    "ﷺ",
    "a\tb",
    "𠀀",
]
PLAIN = [
    "双方签署了协议。",
    "The two sides signed an agreement.",
    "2021年5月11日",
    "May 11, 2021",
    "好" * 300,
    "word " * 200,
]
odd_sides = st.lists(st.sampled_from(ODD + PLAIN) | st.text(st.characters(codec="utf-8"), max_size=12), max_size=7)


def assert_lawful(alignment: Alignment) -> None:
    """Every segment is in exactly one bead, in order; confidences are probabilities."""
    source = target = 0
    for bead in alignment.beads:
        assert len(bead.source) + len(bead.target) > 0
        assert (bead.source.start, bead.target.start) == (source, target)
        assert 0.0 <= bead.confidence <= 1.0
        source, target = bead.source.stop, bead.target.stop
    assert (source, target) == (len(alignment.source.segments), len(alignment.target.segments))


@each_profile
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@example(source=[], target=[])
@example(source=["你好。"], target=[])
@example(source=[], target=["a", "b"])
@example(source=["", ""], target=["", "", ""])
@example(source=["abc"] * 5, target=["abc"] * 7)
@example(source=["。", "……", "！"], target=[".", "...", "!", "?"])
@given(source=odd_sides, target=odd_sides)
def test_every_segment_is_in_one_bead_in_order(profile: Profile, source: list[str], target: list[str]) -> None:
    assert_lawful(bitext.align(source, target, profile=profile))


@each_profile
def test_a_very_long_sentence_is_aligned(profile: Profile) -> None:
    alignment = bitext.align(
        ["双方签署协议，" * 800, "再见。"], ["The two sides signed it, " * 800, "Goodbye."], profile=profile
    )
    assert_lawful(alignment)
    assert ranges(alignment) == [(range(n, n + 1), range(n, n + 1)) for n in (0, 1)]


@pytest.mark.parametrize("one", ["source", "target"])
@pytest.mark.parametrize(("profile", "count"), [("fast", 10_000), ("accurate", 700)])
def test_one_sentence_against_thousands(profile: Profile, count: int, one: str) -> None:
    many = (
        [f"第{n}段讲的是第{n}个问题。" for n in range(count)],
        [f"Paragraph {n} tells of question {n}." for n in range(count)],
    )
    pair = (["双方签署了协议。"], many[1]) if one == "source" else (many[0], ["The two sides signed an agreement."])
    assert_lawful(bitext.align(*pair, profile=profile))


@pytest.mark.parametrize("sizes", [(10_000, 0), (0, 10_000), (9_000, 40), (40, 20_000)])
def test_sides_of_very_different_length(sizes: tuple[int, int]) -> None:
    assert_lawful(bitext.align(["双方签约。"] * sizes[0], ["They signed it."] * sizes[1], profile="fast"))


@each_profile
def test_of_identical_sentences_beads_take_as_many_from_either_side(profile: Profile) -> None:
    alignment = bitext.align(["双方签署了协议。"] * 6, ["The two sides signed an agreement."] * 6, profile=profile)
    assert all(len(bead.source) == len(bead.target) for bead in alignment.beads)


@each_profile
def test_exchanging_the_languages_mirrors_the_result(profile: Profile) -> None:
    for item in items()[:3]:
        chinese, english = sides(item)
        straight = bitext.align(chinese, english, profile=profile)
        turned = bitext.align(english, chinese, "en", "zh", profile=profile)
        mirrored = [(bead.target, bead.source, bead.confidence) for bead in turned.beads]
        assert mirrored == [(bead.source, bead.target, bead.confidence) for bead in straight.beads]


@settings(deadline=None, max_examples=25)
@given(source=odd_sides, target=odd_sides)
def test_exchanging_the_languages_mirrors_the_result_of_any_texts(source: list[str], target: list[str]) -> None:
    straight = bitext.align(source, target, profile="fast", evidence=True)
    turned = bitext.align(target, source, "en", "zh", profile="fast", evidence=True)
    mirrored = [(bead.target, bead.source, bead.confidence, bead.evidence) for bead in turned.beads]
    assert mirrored == [(bead.source, bead.target, bead.confidence, bead.evidence) for bead in straight.beads]


def test_matrix_products_run_on_one_thread_while_texts_are_aligned_and_as_before_then() -> None:
    def threads() -> list[int]:
        return [library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"]

    class Watching:
        name = "watching"
        seen: list[int] = []  # noqa: RUF012

        def encode(self, texts: Sequence[str], groups: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
            self.seen += threads()
            return np.array([[len(" ".join(texts[a:b])), 1.0] for a, b in groups.tolist()], dtype=np.float32)

    with threadpool_limits(limits=2, user_api="blas"):
        before = threads()
        bitext.align(*sides(items()[0]), encoder=Watching())
        assert threads() == before
    assert set(Watching.seen) == {1}


@each_profile
def test_a_batch_gives_what_its_pairs_give_one_by_one(profile: Profile) -> None:
    pairs = [sides(item) for item in items()[:5]] + [([], []), (["你好。"], []), sides(long_document()[:120])]
    together = list(bitext.align_many(pairs, profile=profile))
    for pair, found in zip(pairs, together, strict=True):
        alone = bitext.align(*pair, profile=profile)
        assert ranges(found) == ranges(alone)
        confidences = [bead.confidence for bead in alone.beads]
        assert [bead.confidence for bead in found.beads] == pytest.approx(confidences, abs=2e-3)


def test_pairs_are_taken_up_as_they_are_needed() -> None:
    taken: list[int] = []

    def pairs() -> Iterator[tuple[list[str], list[str]]]:
        for number in range(1_000):
            taken.append(number)
            yield ["你好。"], ["Hello."]

    stream = bitext.align_many(pairs(), profile="fast")
    assert not taken
    next(stream)
    assert len(taken) < 200


@each_profile
def test_the_same_texts_give_the_same_alignment(profile: Profile) -> None:
    pair = sides(items()[0])
    assert bitext.align(*pair, profile=profile) == bitext.align(*pair, profile=profile)


@each_profile
def test_unrelated_text_behind_does_not_change_sure_beads_far_away(profile: Profile) -> None:
    first, second, third = (list(item) for item in items()[:3])
    chinese, english = sides(first)
    alone = bitext.align(chinese, english, profile=profile)
    # The appended texts do not belong together either.
    behind = sides(second)[0][:15], sides(third)[1][:15]
    longer = bitext.align(chinese + behind[0], english + behind[1], profile=profile)
    sure = {(bead.source, bead.target) for bead in alone.beads[:-5] if bead.confidence >= 0.95}
    assert len(sure) > 10
    assert sure <= set(ranges(longer))


@each_profile
def test_a_band_finds_what_the_full_search_finds(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    document = long_document()[:130]
    whole = aligned(document, profile)
    monkeypatch.setattr(pieces, "FULL", 1_000)
    banded = aligned(document, profile)
    assert_lawful(banded)
    assert ranges(banded) == ranges(whole)


@each_profile
def test_the_items_of_this_repository_are_aligned_as_a_person_did(profile: Profile) -> None:
    right = total = 0
    for item, found in zip(items(), bitext.align_many(map(sides, items()), profile=profile), strict=True):
        gold = beads(item)
        right += len(set(gold) & set(ranges(found)))
        total += len(gold)
    assert right / total >= (0.95 if profile == "accurate" else 0.9)


def test_two_texts_of_one_language_are_refused() -> None:
    chinese = bitext.align(["你好。"], ["Hello."], profile="fast").source
    with pytest.raises(BitextError):
        bitext.align(chinese, chinese)
