"""Floors of the main text of real pages. They may rise; lowering one needs a reason in the commit."""

from __future__ import annotations

from pathlib import Path

import pytest
from scripts import bench_blocks, bench_html
from tests.formats.data import data_folder

from bitext import pipeline
from bitext.model.glossary import Glossary

FLOORS = {"newspaper4k": (0.99, 0.99, 0.99), "readability": (0.99, 0.95, 0.97), "wcxb": (0.945, 0.965, 0.945)}
"""Precision, recall and F1 of words, as means over the pages."""
LEAST_MUST, MOST_MUST_NOT = 299, 4
"""Snippets of the English pages that must be in the main text and are, and that must not be and are."""
LEAST_READ, LEAST_ALIGNED = 0.99, 0.98
"""Of the blocks of a page in three languages: the share that is read, and F1 of their alignment."""


@pytest.fixture(scope="module")
def pages() -> list[bench_html.Page]:
    return list(bench_html.pages(Path(data_folder("html"))))


@pytest.mark.parametrize("part", FLOORS)
def test_the_main_text_of_real_pages_stays_above_its_floors(part: str, pages: list[bench_html.Page]) -> None:
    scores = [bench_html.score(bench_html.ours(page), page) for page in pages if page.name.startswith(part)]
    means = tuple(sum(score[k] for score in scores) / len(scores) for k in range(3))
    assert all(mean >= floor for mean, floor in zip(means, FLOORS[part], strict=True)), means


def test_snippets_that_must_be_in_the_main_text_are_and_others_are_not(pages: list[bench_html.Page]) -> None:
    scores = [bench_html.score(bench_html.ours(page), page) for page in pages]
    assert sum(score.must for score in scores) >= LEAST_MUST
    assert sum(score.must_not for score in scores) <= MOST_MUST_NOT


def test_blocks_are_read_in_order_and_aligned_as_their_authors_paired_them() -> None:
    english, chinese = bench_blocks.pages(data_folder("html") / "clreq")
    documents = bench_blocks.read(chinese, "zh"), bench_blocks.read(english, "en")
    found = bench_blocks.score(english, chinese, pipeline.aligned(*documents, Glossary(), "fast"))
    assert found.ordered == 1
    assert found.read >= LEAST_READ
    assert found.f1 >= LEAST_ALIGNED
