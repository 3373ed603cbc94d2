"""What speaks for a bead is told where it is asked for."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from tests.align.samples import items, sides

import bitext
from bitext.align.features import FEATURES
from bitext.pipeline import PROFILES, Profile


@pytest.mark.parametrize("profile", PROFILES)
def test_evidence_changes_no_bead(profile: Profile) -> None:
    source, target = sides(items()[0])
    plain = bitext.align(source, target, profile=profile).beads
    told = bitext.align(source, target, profile=profile, evidence=True).beads
    assert tuple(replace(bead, evidence=()) for bead in told) == plain
    assert all(bead.evidence for bead in told)
    assert not any(bead.evidence for bead in plain)


def test_evidence_names_features_once_the_weightiest_first() -> None:
    source, target = sides(items()[1])
    for bead in bitext.align(source, target, evidence=True).beads:
        names = [reason.feature for reason in bead.evidence]
        assert len(set(names)) == len(names)
        assert set(names) <= set(FEATURES)
        assert all(reason.weight == round(reason.weight, 2) for reason in bead.evidence)
        assert all(abs(a.weight) >= abs(b.weight) for a, b in pairwise(bead.evidence))


def test_a_number_on_both_sides_speaks_for_the_bead() -> None:
    alignment = bitext.align(["合同于2022年签订。"], ["The contract was signed in 2022."], evidence=True)
    weights = {reason.feature: reason.weight for reason in alignment.beads[0].evidence}
    assert weights["numbers"] > 0


def test_a_bead_of_one_side_without_a_search_has_no_evidence() -> None:
    alignment = bitext.align(["双方签约。"], [], evidence=True)
    assert [bead.evidence for bead in alignment.beads] == [()]
