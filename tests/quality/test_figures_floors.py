"""The rules on numbers, dates and names stay as quiet and as keen as they were. A floor is lowered only with a reason.

`alarms` are findings on numbers and dates per 1,000 sentence pairs of published translations, at most; nearly all of
them are real differences, so zero is not the aim. `recall` is that of planted faults, by kind and `together`.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from tests.quality.figure_faults import CHANGES, Pair
from tests.quality.figures_bench import DATA, FIGURES, NAMES, datasets, findings, found, plant

FLOORS = json.loads((Path(__file__).parent / "floors_figures.json").read_text(encoding="utf-8"))
PER_KIND = 60
MOST = 3000
"""Pairs taken of a set, so that the test stays quick; `scripts/bench_figures.py` takes all."""


@pytest.fixture(scope="module")
def sets() -> dict[str, list[Pair]]:
    known = datasets()
    if not known:
        pytest.skip(f"evaluation data is not at {DATA}")
    return {name: pairs[:MOST] for name, pairs in known.items()}


@pytest.fixture(scope="module")
def flagged(sets: dict[str, list[Pair]]) -> dict[str, list[tuple[int, str]]]:
    return {name: [(index, row.rule) for index, row in findings(pairs, page=20)] for name, pairs in sets.items()}


def test_every_kind_of_fault_has_a_floor() -> None:
    assert set(FLOORS["recall"]) == set(CHANGES)


def test_published_translations_are_not_flagged_more_often_than_before(
    sets: dict[str, list[Pair]], flagged: dict[str, list[tuple[int, str]]]
) -> None:
    for name, pairs in sets.items():
        alarms = 1000 * sum(rule in FIGURES for _, rule in flagged[name]) / len(pairs)
        assert alarms <= FLOORS["alarms"][name], f"{name}: {alarms:.2f} per 1,000"


def test_planted_faults_are_found_as_often_as_before(
    sets: dict[str, list[Pair]], flagged: dict[str, list[tuple[int, str]]]
) -> None:
    totals: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    for name, pairs in sets.items():
        clean = frozenset(range(len(pairs))) - {index for index, _ in flagged[name]}
        for fault in plant(pairs, clean, PER_KIND):
            totals[fault.kind] += 1
            hits[fault.kind] += found(fault)
    recalls = {kind: hits[kind] / totals[kind] for kind in totals}
    assert {kind: recall for kind, recall in recalls.items() if recall < FLOORS["recall"][kind]} == {}
    figures = [kind for kind in totals if kind not in NAMES]
    assert sum(hits[kind] for kind in figures) / sum(totals[kind] for kind in figures) >= FLOORS["together"]
