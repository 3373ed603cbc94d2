"""The rules find planted faults as well as they did, and little else. A floor is lowered only with a reason.

Faults of all kinds are planted by a fixed seed into part of the items of `scripts/bench_terms.py`, which takes all of
them and tells the figures by kind and by rule. `recall` is that of planted faults, `precision` the share of the new
findings that are about a fault, `clean` the most findings of each set's clean text for a hundred units and `grave` the
most errors and warnings among them. `mentions` are the floors for introductions of short forms. Names are too few here;
`test_figures_floors.py` has more.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from scripts.bench_terms import FAMILIES, GROUPS, told
from scripts.mention_faults import MentionTally, measure_mentions
from scripts.term_faults import Tally, measure
from scripts.term_sets import DATA, SETS, Case, cases, digest

from bitext.model.findings import Finding, Severity

FLOORS = json.loads((Path(__file__).parent / "floors_terms.json").read_text(encoding="utf-8"))
EVERY = {"hkma": 14, "own": 3, "tico19": 6}
"""Every n-th item is taken, so that the test stays quick."""


@pytest.fixture(scope="module")
def items() -> dict[str, list[Case]]:
    if not DATA.is_dir():
        pytest.skip(f"evaluation data is not at {DATA}")
    return {name: cases(name, EVERY[name]) for name in SETS}


@pytest.fixture(scope="module")
def tally(items: dict[str, list[Case]]) -> Tally:
    counts = Tally()
    for case in (case for group in items.values() for case in group):
        measure(case, counts, "floors")
    return counts


@pytest.fixture(scope="module")
def mentions(items: dict[str, list[Case]]) -> MentionTally:
    counts = MentionTally()
    for case in (case for group in items.values() for case in group):
        measure_mentions(case, counts, "source", "floors")
        measure_mentions(case, counts, "target", "floors")
    return counts


@pytest.mark.parametrize("name", FLOORS["data"])
def test_the_floors_are_of_this_data(name: str, items: dict[str, list[Case]]) -> None:
    assert items[name]
    assert digest(name) == FLOORS["data"][name], "the floors were measured on other data: measure them anew"


@pytest.mark.parametrize("group", FLOORS["recall"])
def test_enough_faults_are_planted_to_mean_something(group: str, tally: Tally) -> None:
    assert sum(tally.planted[kind] for kind in GROUPS[group]) >= FLOORS["planted"][group]


@pytest.mark.parametrize("group", FLOORS["recall"])
def test_planted_faults_are_found_as_often_as_before(group: str, tally: Tally) -> None:
    missed = [(case.name, fault.kind, fault.replacement) for case, fault in tally.missed if fault.kind in GROUPS[group]]
    assert tally.recall(GROUPS[group]) >= FLOORS["recall"][group], missed


@pytest.mark.parametrize("group", FLOORS["recall"])
def test_what_else_is_found_is_no_more_than_before(group: str, tally: Tally) -> None:
    wrong = [(case.name, finding.rule) for case, finding, _ in tally.false if finding.rule in FAMILIES[group]]
    assert tally.precision(FAMILIES[group]) >= FLOORS["precision"][group], wrong


def test_introductions_left_out_late_or_repeated_are_found_as_often_as_before(mentions: MentionTally) -> None:
    assert sum(mentions.planted.values()) >= FLOORS["mentions"]["planted"]
    missed = [(name, one.kind, one.term.text) for name, one in mentions.missed]
    assert mentions.recall() >= FLOORS["mentions"]["recall"], missed


def test_introductions_as_they_should_be_are_silent(mentions: MentionTally) -> None:
    wrong = [(name, kind, finding.message.key) for name, finding, kind in mentions.wrong]
    assert mentions.precision >= FLOORS["mentions"]["precision"], wrong


@pytest.fixture(scope="module")
def clean(items: dict[str, list[Case]]) -> dict[str, list[Finding]]:
    return {name: [finding for case in group for finding in told(case)] for name, group in items.items()}


def per_hundred(found: Sequence[Finding], items: Sequence[Case]) -> float:
    return 100 * len(found) / sum(len(case.bitext.units) for case in items)


@pytest.mark.parametrize("name", SETS)
def test_clean_texts_have_no_more_findings_than_before(
    name: str, clean: dict[str, list[Finding]], items: dict[str, list[Case]]
) -> None:
    assert per_hundred(clean[name], items[name]) <= FLOORS["clean"][name]


@pytest.mark.parametrize("name", SETS)
def test_clean_texts_have_no_more_errors_and_warnings_than_before(
    name: str, clean: dict[str, list[Finding]], items: dict[str, list[Case]]
) -> None:
    grave = [finding for finding in clean[name] if finding.severity is not Severity.INFO]
    assert per_hundred(grave, items[name]) <= FLOORS["grave"][name]
