"""The benchmark's own parts: documents made of segments, lines made of beads."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scripts.align_tasks import Task, document, gale_church, judged, lines, task
from scripts.fit_data import Gold, Region

from bitext.align.scoring import Counts

sentences = st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=5), min_size=1, max_size=9)


@given(sentences, st.randoms(use_true_random=False))
def test_documents_hold_their_segments_in_blocks(texts: list[str], random: Random) -> None:
    rises = random.choices([0, 1, 2], k=len(texts))
    blocks = [sum(rises[: index + 1]) for index in range(len(texts))]
    made = document(texts, blocks, "en")
    assert [segment.text for segment in made.segments] == texts
    for index, segment in enumerate(made.segments):
        block = made.document.blocks[segment.block]
        assert made.document.slice(segment.span) == segment.text
        assert block.span.contains(segment.span)
        same = index > 0 and blocks[index] == blocks[index - 1]
        assert same == (index > 0 and segment.block == made.segments[index - 1].block)
    assert len(made.document.blocks) == len(set(blocks))


def line_task(regions: list[Region]) -> Task:
    source, target = regions[-1][1], regions[-1][3]
    return task(Gold("news", "x", ["好。"] * source, ["Yes."] * target, regions, exact=False))


def test_beads_within_a_line_are_joined_to_lines() -> None:
    made = line_task([(0, 2, 0, 3), (2, 3, 3, 3), (3, 4, 3, 4)])
    found: list[Region] = [(0, 1, 0, 1), (1, 2, 1, 3), (2, 3, 3, 3), (3, 4, 3, 4)]
    assert list(lines(made, found)) == [(0, 2, 0, 3), (2, 3, 3, 3), (3, 4, 3, 4)]
    assert judged(made, found).strict == Counts(found=3, right=3, gold=2, recalled=2)


def test_a_bead_across_lines_costs_all_lines_that_it_touches() -> None:
    made = line_task([(0, 2, 0, 2), (2, 4, 2, 4), (4, 5, 4, 5)])
    found: list[Region] = [(0, 1, 0, 1), (1, 3, 1, 2), (3, 4, 2, 4), (4, 5, 4, 5)]
    assert list(lines(made, found)) == [(0, 4, 0, 4), (4, 5, 4, 5)]
    assert judged(made, found).strict == Counts(found=2, right=1, gold=3, recalled=1)


def test_gale_church_aligns_sentences_of_like_length() -> None:
    texts = ["短句。", "这是一个长得多的句子，说了许多事情。", "中等的句子。"]
    english = ["Short.", "This is a much longer sentence that says a great many things.", "A middling sentence."]
    made = task(Gold("x", "x", texts, english, [(n, n + 1, n, n + 1) for n in range(3)], exact=True))
    assert gale_church([made]) == [[(n, n + 1, n, n + 1) for n in range(3)]]


@pytest.mark.parametrize("exact", [True, False])
def test_the_gold_itself_is_all_right(exact: bool) -> None:
    regions: list[Region] = [(0, 1, 0, 2), (1, 1, 2, 3), (1, 3, 3, 4)]
    made = task(Gold("x", "x", ["好。"] * 3, ["Yes."] * 4, regions, exact=exact))
    assert judged(made, regions).strict.f1 == 1.0
