"""Floors of the main text of real pages. They may rise; lowering one needs a reason in the commit."""

from __future__ import annotations

from pathlib import Path

import pytest
from scripts import bench_html
from tests.formats.data import data_folder

FLOORS = {"newspaper4k": (0.97, 0.99, 0.98), "readability": (0.98, 0.91, 0.94), "wcxb": (0.94, 0.965, 0.94)}
"""Precision, recall and F1 of words, as means over the pages."""


@pytest.fixture(scope="module")
def pages() -> list[bench_html.Page]:
    return list(bench_html.pages(Path(data_folder("html"))))


@pytest.mark.parametrize("part", FLOORS)
def test_the_main_text_of_real_pages_stays_above_its_floors(part: str, pages: list[bench_html.Page]) -> None:
    scores = [bench_html.score(bench_html.ours(page), page) for page in pages if page.name.startswith(part)]
    means = tuple(sum(score[k] for score in scores) / len(scores) for k in range(3))
    assert all(mean >= floor for mean, floor in zip(means, FLOORS[part], strict=True)), means
