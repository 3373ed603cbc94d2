"""The guard of the band: where the path comes to the band's edge, the band is widened, and the user is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.align.samples import aligned, long_document, ranges
from tests.align.test_laws import assert_lawful

import bitext
from bitext.align import aligner, pieces
from bitext.align.batch import WIDENED
from bitext.cli.app import main
from bitext.pipeline import PROFILES, Profile

each_profile = pytest.mark.parametrize("profile", PROFILES)


def page(count: int, missing: int) -> tuple[list[str], list[str]]:
    """Sentences told apart by two numbers, which are too frequent to be anchors; the first ones are not translated."""
    numbers = [(n % 19 + 20, n % 23 + 50) for n in range(count)]
    chinese = [f"第{group}组的{people}人参加了活动。" for group, people in numbers]
    english = [f"In group {group}, {people} people took part in it." for group, people in numbers]
    return chinese, english[missing:]


def searched_whole(source: list[str], target: list[str], profile: Profile) -> bitext.Alignment:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "FULL", 10**9)
        return bitext.align(source, target, profile=profile)


@pytest.mark.parametrize(
    ("profile", "count", "missing"), [("fast", 400, 150), ("fast", 437, 200), ("accurate", 400, 150)]
)
def test_a_band_that_is_too_narrow_is_widened_until_the_full_search_finds_no_more(
    profile: Profile, count: int, missing: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = page(count, missing)
    whole = searched_whole(*pair, profile)
    guarded = bitext.align(*pair, profile=profile)
    assert_lawful(guarded)
    assert ranges(guarded) == ranges(whole)
    assert guarded.notes == (WIDENED,)
    # It is the guard that does it.
    monkeypatch.setattr(aligner, "_EDGE", -10_000)
    alone = bitext.align(*pair, profile=profile)
    assert ranges(alone) != ranges(whole)
    assert alone.notes == ()


@each_profile
def test_pages_that_go_side_by_side_need_no_wider_band(profile: Profile) -> None:
    assert bitext.align(*page(200, 0), profile=profile).notes == ()
    assert aligned(long_document()[:150], profile).notes == ()


def test_a_full_search_has_no_band_to_widen() -> None:
    assert searched_whole(*page(400, 150), "fast").notes == ()


def test_of_many_pairs_those_are_told_whose_bands_were_widened() -> None:
    pairs = [page(20, 0), page(400, 150), page(400, 0), page(437, 200)]
    found = bitext.align_many(pairs, profile="fast")
    assert [alignment.notes for alignment in found] == [(), (WIDENED,), (), (WIDENED,)]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_program_says_so(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BITEXT_LANG", language)
    for name, sentences in zip(("zh.txt", "en.txt"), page(400, 150), strict=True):
        Path(name).write_text("\n\n".join(sentences) + "\n", encoding="utf-8")
    assert main(["align", "zh.txt", "en.txt", "--profile", "fast", "-o", "out.tsv"]) == 0
    said = {"en": "the search for matching sentences was widened there", "zh": "扩大了句子匹配的搜索范围"}
    assert said[language] in capsys.readouterr().err
