"""Markdown and plain text: blocks with their kinds."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.data import data_folder
from tests.formats.test_positions import assert_laws

from bitext.errors import InputError
from bitext.formats.detect import format_of, read_document
from bitext.formats.documents.plain import document_from_segments, document_from_text
from bitext.model.documents import BlockKind

CASES = Path(__file__).parents[1] / "cases/formats"
ROWS = [
    (case.get("path", path), case)
    for name, path in (("markdown.toml", "a.md"), ("plain.toml", "a.txt"))
    for case in tomllib.loads((CASES / name).read_text("utf-8"))["case"]
]


@pytest.mark.parametrize(("path", "case"), ROWS, ids=[case["name"] for _, case in ROWS])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_text_gives_its_blocks(path: str, case: dict[str, Any], newline: str) -> None:
    source = case["source"].replace("\n", newline)
    document = read_document(source.encode(), path, "zh")
    assert [[block.kind.value, document.slice(block.span)] for block in document.blocks] == case["blocks"]
    assert document.date == case.get("date", "")
    assert_laws(document, source)


def test_a_page_that_people_copied_has_sensible_blocks() -> None:
    file = data_folder("news") / "sziit-tencent.en.txt"
    document = read_document(file.read_bytes(), file.name)
    kinds = [block.kind for block in document.blocks]
    assert document.slice(document.blocks[0].span).startswith("[Shenzhen Evening News - Shenzhen+] SZIIT and Tencent")
    assert kinds[:3] == [BlockKind.TITLE, BlockKind.METADATA, BlockKind.METADATA]
    assert (kinds.count(BlockKind.PARAGRAPH), kinds.count(BlockKind.CAPTION)) == (6, 2)
    assert "Nobel" not in document.text
    assert (document.language, document.date) == ("en", "2022-05-31")


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("a.html", "x", "html"),
        ("A.HTM", "x", "html"),
        ("a.shtml", "x", "html"),
        ("a.markdown", "<p>x", "markdown"),
        ("a.mdx", "x", "markdown"),
        ("a.txt", "x < y", "plain"),
        ("a.txt", "\n<!DOCTYPE html><p>x", "html"),
        ("page", "<!-- saved --> <html><p>x", "html"),
        ("page", "<p>x</p><p>y</p><p>z</p>", "html"),
        ("page", "中文", "plain"),
        ("download.aspx", "<html>", "html"),
        ("page.download", "<html>", "html"),
    ],
)
def test_the_format_is_told_by_suffix_and_contents(path: str, text: str, found: str) -> None:
    assert format_of(text, path) == found


@pytest.mark.parametrize("path", ["a.rtf", "a.csv", "a.xyz"])
def test_an_unknown_suffix_is_refused_with_those_that_are_read(path: str) -> None:
    with pytest.raises(InputError, match=r"\.html, .*\.md, .*\.txt"):
        read_document(b"text", path)


@given(st.text())
def test_text_from_memory_is_kept_as_it_is(text: str) -> None:
    if not text.replace("\ufeff", "").strip():
        with pytest.raises(InputError, match="No text"):
            document_from_text(text, "zh")
        return
    document = document_from_text(text, "zh")
    assert document.text == text
    outside, end = "", 0
    for block in document.blocks:
        assert block.span.start >= end
        assert len(block.span)
        outside += text[end : block.span.start]
        end = block.span.end
    assert not (outside + text[end:]).replace("\ufeff", "").strip()
    assert all(document.origins.file_offset(offset) == offset for offset in range(len(text)))


@given(st.lists(st.text()))
def test_segments_given_are_the_segments(segments: list[str]) -> None:
    document, segmented = document_from_segments(segments, "en")
    assert document.text == "\n".join(segments)
    assert [segment.text for segment in segmented.segments] == segments
    assert all(document.slice(segment.span) == segment.text for segment in segmented.segments)
    assert [block.span for block in document.blocks] == [segment.span for segment in segmented.segments]
    assert [segment.block for segment in segmented.segments] == list(range(len(segments)))
