"""What speaks for a bead is told where it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from tests.align.samples import items, sides
from tests.align.test_guard import page

import bitext
from bitext.align.aligner import Ints, Search
from bitext.align.batch import WIDENED
from bitext.align.features import FEATURES
from bitext.align.features.resources import Resources
from bitext.align.model import Model
from bitext.model.alignment import Evidence
from bitext.pipeline import PROFILES, Profile


@pytest.mark.parametrize("profile", PROFILES)
def test_evidence_changes_no_bead(profile: Profile) -> None:
    source, target = sides(items()[0])
    plain = bitext.align(source, target, profile=profile).beads
    told = bitext.align(source, target, profile=profile, evidence=True).beads
    assert tuple(replace(bead, evidence=()) for bead in told) == plain
    assert all(bead.evidence for bead in told)
    assert not any(bead.evidence for bead in plain)


@pytest.mark.parametrize("profile", PROFILES)
def test_evidence_changes_no_bead_of_texts_that_are_searched_again(profile: Profile) -> None:
    # One with too narrow a band, one with a run that the other side lacks, and those that were found at once.
    lacking = sides(items()[0])
    pairs = [page(400, 150), page(400, 0), sides(items()[1]), (lacking[0] + page(20, 0)[0], lacking[1])]
    plain = list(bitext.align_many(pairs, profile=profile))
    told = list(bitext.align_many(pairs, profile=profile, evidence=True))
    for one, other in zip(plain, told, strict=True):
        assert tuple(replace(bead, evidence=()) for bead in other.beads) == one.beads
        assert one.notes == other.notes
        assert all(bead.evidence for bead in other.beads if bead.kind == "1-1")
    assert {alignment.notes for alignment in plain} == {(), (WIDENED,)}


def test_evidence_names_features_once_the_weightiest_first() -> None:
    source, target = sides(items()[1])
    for bead in bitext.align(source, target, evidence=True).beads:
        names = [reason.feature for reason in bead.evidence]
        assert len(set(names)) == len(names)
        assert set(names) <= set(FEATURES)
        assert all(reason.weight == round(reason.weight, 2) for reason in bead.evidence)
        assert all(abs(a.weight) >= abs(b.weight) for a, b in pairwise(bead.evidence))


@pytest.mark.parametrize("profile", PROFILES)
def test_reasons_add_up_to_the_score(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    reasons = Search._reasons
    scores: list[float] = []
    told: list[tuple[Evidence, ...]] = []

    def watched(self: Search, model: Model, given: Resources, at: tuple[Ints, ...]) -> Iterator[tuple[Evidence, ...]]:
        rows = list(reasons(self, model, given, at))
        scores.extend(self.scores[at].tolist())
        told.extend(rows)
        return iter(rows)

    monkeypatch.setattr(Search, "_reasons", watched)
    # Two passes over each pair, and several pairs in a search.
    list(bitext.align_many([sides(item) for item in items()[:3]], profile=profile, evidence=True))
    sums = [sum(reason.weight for reason in row) for row in told]
    # Each weight is rounded to two places.
    assert sums == pytest.approx(scores, abs=0.005 * len(FEATURES) + 0.01)
    assert "learnt" in {reason.feature for row in told for reason in row}


def test_a_number_on_both_sides_speaks_for_the_bead() -> None:
    alignment = bitext.align(["合同于2022年签订。"], ["The contract was signed in 2022."], evidence=True)
    weights = {reason.feature: reason.weight for reason in alignment.beads[0].evidence}
    assert weights["numbers"] > 0


def test_a_bead_of_one_side_without_a_search_has_no_evidence() -> None:
    alignment = bitext.align(["双方签约。"], [], evidence=True)
    assert [bead.evidence for bead in alignment.beads] == [()]
