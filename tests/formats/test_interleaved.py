"""Files in both languages: each block goes to the side of its language, and every place is that of the file."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.data import data_folder
from tests.formats.strategies import MARK, made, newlines
from tests.formats.test_docx import expanded
from tests.formats.word import word

from bitext.errors import InputError
from bitext.formats.detect import read_document
from bitext.formats.documents.interleaved import Parted, part
from bitext.formats.patch import patch_parted
from bitext.model.documents import Document, Span

FILE = tomllib.loads((Path(__file__).parents[1] / "cases/formats/interleaved.toml").read_text("utf-8"))


def blocks(document: Document) -> list[list[str]]:
    return [[block.kind.value, document.slice(block.span)] for block in document.blocks]


def parted(source: str | bytes, path: str = "a.md") -> Parted:
    return part(read_document(source.encode() if isinstance(source, str) else source, path, "en"))


@pytest.mark.parametrize("case", FILE["case"], ids=[case["name"] for case in FILE["case"]])
def test_a_file_in_both_languages_gives_both_sides(case: dict[str, Any]) -> None:
    found = parted(case["source"], case.get("path", "a.md"))
    assert (blocks(found.source), blocks(found.target)) == (case["zh"], case["en"])
    assert (found.source.language, found.target.language) == ("zh", "en")


@pytest.mark.parametrize("case", FILE["refused"])
def test_a_file_whose_languages_do_not_say_the_same_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(InputError) as error:
        parted(case["source"])
    assert (error.value.message.key, error.value.path) == (case["key"], "a.md")


PAIRS = (
    ("双方签署了合作协议。", "The two sides signed an agreement."),
    ("校长&刘女士出席仪式。", "President & Ms Liu attended the ceremony."),
    ("学校与 OpenAI 合作，投入1.2亿元。", "The institute works with OpenAI and invests 120 million yuan."),
    ("活动在😀深圳举行！", "The event was held in 😀 Shenzhen!"),
)
FORMATS = {
    "a.md": ("{}\n\n", "- {}\n", "## {}\n\n", "> {}\n\n"),
    "a.txt": ("{}\n\n", "　　{}\n\n"),
    "a.html": ("<p>{}</p>\n", "<li>{}</li>\n", "<table><tr><td>{}</td></tr></table>\n"),
    "a.docx": ("P({})", "<w:tbl><w:tr><w:tc>P({})</w:tc></w:tr></w:tbl>"),
}


def escaped(text: str, path: str) -> str:
    return text.replace("&", "&amp;") if path in ("a.html", "a.docx") else text


@st.composite
def files(draw: st.DrawFn) -> tuple[str, str, list[str], list[str], str]:
    """The source of a file, its path, the texts of both sides, and the side that has MARK."""
    path = draw(st.sampled_from(sorted(FORMATS)))
    rows = [list(row) for row in draw(st.lists(st.sampled_from(PAIRS), min_size=1, max_size=5))]
    side = draw(st.integers(0, 1))
    row = rows[draw(st.integers(0, len(rows) - 1))]
    at = draw(st.integers(0, len(row[side]) - 1))
    row[side] = f"{row[side][:at]} {MARK} {row[side][at:]}" if side else f"{row[side][:at]}{MARK}{row[side][at:]}"
    order = draw(st.sampled_from(["turns", "blocks", "sentences"]))
    first = draw(st.integers(0, 1))
    if order == "turns":
        texts = [row[k] for row in rows for k in (first, 1 - first)]
    elif order == "blocks":
        texts = [row[k] for k in (first, 1 - first) for row in rows]
    else:
        texts = [" ".join((row[first], row[1 - first])) for row in rows]
    wrap = draw(st.sampled_from(FORMATS[path]))
    source = "".join(wrap.format(escaped(text, path)) for text in texts)
    return source, path, [row[0] for row in rows], [row[1] for row in rows], ("source", "target")[side]


@settings(max_examples=100, deadline=None)
@given(files(), newlines())
def test_whatever_the_layout_and_format_nothing_is_lost_and_a_word_is_found_where_it_stands(
    file: tuple[str, str, list[str], list[str], str], newline: str
) -> None:
    source, path, chinese, english, side = file
    text = source.replace("\n", newline)
    data = word(expanded(source)) if path == "a.docx" else text.encode()
    whole = read_document(data, path, "en")
    found = part(whole)
    assert "".join(found.source.text.split()) == "".join("".join(chinese).split())
    assert "".join(found.target.text.split()) == "".join("".join(english).split())
    document: Document = getattr(found, side)
    start = document.text.index(MARK)
    if path == "a.docx":
        assert document.position(start) == whole.position(whole.text.index(MARK))
    else:
        place = made(text, "")
        positions = [document.position(start + offset) for offset in range(len(MARK))]
        assert positions == [type(one)(place.line, place.column + n) for n, one in enumerate(positions)]
    span = found.in_whole(document.language, Span(start, start + len(MARK)))
    assert whole.slice(span) == MARK


@given(st.text(st.sampled_from("中文。A b.（(/ 1\n#-|") | st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_parted_or_refused_and_no_block_is_in_both_languages(text: str) -> None:
    try:
        found = parted(text, "a.txt")
    except InputError:
        return
    for document in (found.source, found.target):
        end = 0
        for block in document.blocks:
            assert block.span.start >= end
            assert document.slice(block.span).strip() == document.slice(block.span) != ""
            end = block.span.end
    letters = "".join(char for char in found.source.text + found.target.text if char.isalpha())
    whole = read_document(text.encode(), "a.txt", "en").text
    assert set(letters) <= set(whole)
    assert sum(map(str.isalpha, whole)) == len(letters)


def test_fixes_of_both_sides_are_made_in_one_go() -> None:
    source = "# 新闻 News\n\n腾飞班今天开班 &mdash; 仪式。The Tengfei Class opened today.\n"
    data = source.encode()
    found = parted(data)
    place = found.target.text.index("Tengfei Class")
    zh = found.source.text.index("仪式")
    edits = [("en", (Span(place, place + 13), "Ascend Class")), ("zh", (Span(zh, zh + 2), "典礼"))]
    whole, result = patch_parted(data, (found.source, found.target), edits)  # type: ignore[arg-type]
    assert result.data.decode() == source.replace("Tengfei Class", "Ascend Class").replace("仪式", "典礼")
    assert whole.text.startswith("新闻 News")


def test_a_file_that_changed_meanwhile_is_refused() -> None:
    found = parted("新闻今天。\n\nThe news of today.\n")
    with pytest.raises(InputError, match="changed while"):
        patch_parted("新闻昨天。\n\nThe news of today.\n".encode(), (found.source, found.target), [])


def test_a_waiver_is_for_the_side_of_its_block_and_one_for_the_page_counts_once() -> None:
    source = (
        "<!-- bitext-ignore-file term-case: a reason -->\n\n新闻今天。\n\n"
        "<!-- bitext-ignore term-missing: a reason -->\n\nThe news of today.\n"
    )
    found = parted(source)
    assert found.source.waivers == ()
    page, block = found.target.waivers
    assert page.span is None
    assert block.span is not None
    assert found.target.slice(block.span) == "The news of today."


@pytest.mark.parametrize("repeated", ["中a", "中 a. ", "中。a.", "1", "(", "a中 ", "/ ", "中/a/", "# 中 b c\n\n"])
def test_a_file_of_one_thing_repeated_is_parted_soon(repeated: str) -> None:
    text = "学校今天开学了。\n\nThe institute opened today.\n\n" + repeated * (100_000 // len(repeated))
    try:
        found = parted(text, "a.txt")
        assert found.source.blocks
    except InputError as error:
        assert error.message.key == "documents.interleaved.mixed"  # noqa: PT017 - either outcome is right


def test_real_news_items_in_both_languages_are_parted() -> None:
    for file in sorted(data_folder("lint/inline-bilingual").glob("*.md")):
        found = parted(file.read_bytes(), file.name)
        assert len(found.target.blocks) >= 5
        assert 0.5 <= len(found.target.blocks) / len(found.source.blocks) <= 1
        titles = [[block.kind.value for block in side.blocks].index("title") for side in (found.source, found.target)]
        assert titles == [1, 1]
        shares = [sum("\u4e00" <= char <= "\u9fff" for char in side.text) for side in (found.source, found.target)]
        assert shares[1] < shares[0] / 100
