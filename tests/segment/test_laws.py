"""Laws of segmenting: nothing is lost or rewritten, blocks are kept, time grows with the text and no faster."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitext.model.documents import Block, Document, Language, OriginRun, Origins, Span
from bitext.segment import segment, sentence_spans

TRICKY = "。！？…⋯.!?;；：:,，、“”‘’「」『』《》（）()[]【】\"'—-•aAbIZ一的说0128éß𠀀😀¹"
TRICKY += " \n\r\t\u2028\u2029\u3000\u00a0\u200b\ufeff"
WORDS = [
    "Mr",
    "U.S",
    "a.m",
    "said",
    "the",
    "The",
    "No",
    "J",
    "他说",
    "记者",
    "1",
    "2",
    "iv",
    "e.g",
    "Co",
    "我",
    "www.a.Com",
]
TEXTS = st.text() | st.text(alphabet=TRICKY) | st.lists(st.sampled_from([*WORDS, *TRICKY]), max_size=60).map("".join)


def document(parts: list[str], language: Language = "zh") -> Document:
    """A document with a block for each of `parts`, a line break between them."""
    blocks, position = [], 0
    for part in parts:
        blocks.append(Block(Span(position, position + len(part))))
        position += len(part) + 1
    text = "\n".join(parts)
    return Document("", language, text, tuple(blocks), Origins((OriginRun(0, 0, len(text)),)))


@given(st.lists(TEXTS, min_size=1, max_size=4))
@settings(max_examples=400)
def test_segments_cover_each_block_but_for_white_space_in_order_and_as_written(parts: list[str]) -> None:
    segmented = segment(document(parts))
    text = segmented.document.text
    position = 0
    for found in segmented.segments:
        assert found.span.start >= position
        assert not text[position : found.span.start].strip()
        assert text[found.span.start : found.span.end] == found.text
        assert found.text
        assert found.text == found.text.strip()
        assert segmented.document.blocks[found.block].span.contains(found.span)
        position = found.span.end
    assert not text[position:].strip()


@given(TEXTS)
def test_a_block_is_cut_as_it_would_be_alone(text: str) -> None:
    alone = [found.text for found in segment(document([text])).segments]
    between = segment(document(["第一块。Mr.", text, "The last."])).segments
    assert [found.text for found in between if found.block == 1] == alone


@given(TEXTS)
def test_the_language_of_the_page_does_not_change_the_cuts(text: str) -> None:
    assert segment(document([text], "zh")).segments == segment(document([text], "en")).segments


@given(TEXTS)
def test_a_segment_holds_no_blank_line(text: str) -> None:
    for span in sentence_spans(text):
        lines = text[span.start : span.end].split("\n")
        assert all(line.strip() for line in lines)


@given(st.text(alphabet="ab 一二，、", min_size=1))
def test_text_without_a_stop_is_one_segment(text: str) -> None:
    assert len(list(sentence_spans(text))) == bool(text.strip())


def _mixed(size: int) -> str:
    chooser = random.Random(7)  # noqa: S311 - a fixed text, no secret
    return "".join(chooser.choices([*TRICKY, *WORDS], k=size))


GROWING: dict[str, Callable[[int], str]] = {
    "dots": lambda size: "." * size,
    "spaced dots": lambda size: ". " * size,
    "opening quotes": lambda size: "“" * size,
    "opening brackets": lambda size: "（" * size,
    "nested brackets": lambda size: "(" * (size // 2) + ")" * (size // 2),
    "straight quotes": lambda size: '"' * size,
    "stops and quotes": lambda size: '."' * size,
    "line breaks": lambda size: "\n" * size,
    "line breaks and spaces": lambda size: "\n    " * size,
    "letters": lambda size: "a" * size,
    "one long sentence of abbreviations": lambda size: "Mr. a.m. " * (size // 4),
    "one long bracket of stops": lambda size: "a (" + "b. " * size,
    "list markers": lambda size: "1. A " * (size // 4),
    "bullets": lambda size: "• a " * (size // 4),
    "ellipses": lambda size: "我……" * (size // 3),
    "mixed": _mixed,
}


def _seconds(text: str) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for _ in sentence_spans(text):
            pass
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("name", list(GROWING))
def test_time_grows_with_the_size_of_the_text_and_no_faster(name: str) -> None:
    make = GROWING[name]
    small, large = _seconds(make(8_000)), _seconds(make(64_000))
    # Eight times the text: a quadratic scan would take 64 times as long.
    assert large < 24 * max(small, 0.002)


@pytest.mark.parametrize("name", ["dots", "stops and quotes", "spaced dots", "letters"])
def test_ten_megabytes_of_one_run_are_cut(name: str) -> None:
    text = GROWING[name](10_000_000)[:10_000_000]
    spans = list(sentence_spans(text))
    assert spans
    assert spans[-1].end == len(text.rstrip())
