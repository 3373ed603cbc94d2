"""The aligner's figures on the development sets stay above their floors. A floor is lowered only with a reason.

The weights were fitted on part of these sets, so the floors guard against harm; they do not say how good the aligner
is on new texts. `f1` is the strict F1 on two chapters and every tenth document of news, `sure` the share of beads that
are right among those of confidence 0.9 and more. `scripts/bench_align.py --floors` measures them.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from scripts.align_tasks import SETS, data_digest, f1, floor_tasks, sure
from scripts.fit_data import DATA

from bitext.pipeline import PROFILES, Profile

FLOORS = json.loads((Path(__file__).parent / "floors_align.json").read_text(encoding="utf-8"))
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"evaluation data is not at {DATA}")


def test_every_set_has_a_floor_for_every_profile() -> None:
    assert {profile: set(FLOORS["f1"][profile]) for profile in PROFILES} == {profile: set(SETS) for profile in PROFILES}
    assert set(FLOORS["sure"]) == set(PROFILES)


@needs_data
def test_the_floors_are_of_this_data() -> None:
    assert data_digest() == FLOORS["data"], "the floors were measured on other data: measure them anew"


@needs_data
@pytest.mark.parametrize("name", SETS)
def test_every_set_is_large_enough_to_mean_something(name: str) -> None:
    assert sum(len(task.gold) for task in floor_tasks(name)) > 60


@needs_data
@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", SETS)
def test_the_aligner_is_as_good_as_it_was(name: str, profile: Profile) -> None:
    found = f1(name, profile)
    assert found >= FLOORS["f1"][profile][name], f"{name}: {found:.4f}"


@needs_data
@pytest.mark.parametrize("profile", PROFILES)
def test_sure_beads_are_right(profile: Profile) -> None:
    found = sure(profile)
    assert found >= FLOORS["sure"][profile], f"{found:.4f}"
