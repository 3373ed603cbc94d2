"""The segmenter's figures on gold sets stay above their floors. A floor is lowered only with a reason in its commit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from scripts.bench_segment import DATA, SETS, passed, score

FLOORS: dict[str, dict[str, float]] = json.loads(
    (Path(__file__).parent / "floors_segment.json").read_text(encoding="utf-8")
)


def test_every_set_of_the_benchmark_has_a_floor() -> None:
    assert set(FLOORS) == set(SETS)


@pytest.mark.parametrize("name", list(FLOORS))
def test_the_segmenter_is_as_good_as_it_was(name: str) -> None:
    language, load = SETS[name]
    if not name.startswith("hard-") and not DATA.is_dir():
        pytest.skip(f"evaluation data is not at {DATA}")
    texts = load(DATA)
    got = score(texts, language)
    figures = {"f1": got.f1, "recall": got.recall, "whole": passed(texts, language)}
    for measure, floor in FLOORS[name].items():
        assert figures[measure] >= floor, f"{name}: {measure} {figures[measure]:.4f}"
