"""The translation memory in `aligned/` says what its pages say: nothing lost, added or out of order."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import TypedDict, cast

import pytest
from lxml import etree, html
from scripts.sign_aligned import signature

from bitext import pipeline

FOLDER = Path(__file__).parents[1] / "aligned"
ITEMS = sorted(path.parent for path in FOLDER.glob("*/alignment.jsonl"))
HEADER = {"format": "bitext-alignment", "version": 1, "source": "zh.html", "target": "en.html", "reviewed": "by hand"}
KINDS = {"1-0", "0-1", "1-1", "1-2", "2-1", "1-3", "2-2"}
each_item = pytest.mark.parametrize("item", ITEMS, ids=lambda path: path.name)


class Row(TypedDict):
    source: list[str]
    target: list[str]


def beads(item: Path) -> list[Row]:
    lines = (item / "alignment.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[0]) == HEADER | {"signature": signature(item)}
    return [cast("Row", json.loads(line)) for line in lines[1:]]


def charset(page: Path) -> str:
    found = re.search(rb"charset=[\"']?([\w-]+)", page.read_bytes())
    assert found, page
    return found[1].decode("ascii")


def visible(page: Path) -> str:
    """The text of the page's body without white space."""
    tree = html.document_fromstring(page.read_bytes().decode(charset(page)))
    etree.strip_elements(tree, etree.Comment, "head", "script", "style", with_tail=False)
    return "".join(str(tree.xpath("string()")).split())


@each_item
def test_every_folder_holds_two_pages_and_a_dated_slug(item: Path) -> None:
    assert {path.name for path in item.iterdir()} == {"zh.html", "en.html", "alignment.jsonl"}
    assert re.fullmatch(r"20\d\d-\d\d-\d\d(-[a-z0-9]+)+", item.name)


@each_item
def test_beads_are_well_formed(item: Path) -> None:
    for bead in beads(item):
        assert list(bead) == ["source", "target"]
        assert bead["source"] or bead["target"]
        for sentence in (*bead["source"], *bead["target"]):
            assert sentence
            assert sentence == " ".join(sentence.split())


@each_item
@pytest.mark.parametrize("side", ["source", "target"])
def test_sentences_joined_are_the_main_text_of_the_page(item: Path, side: str) -> None:
    sentences = [
        sentence for bead in beads(item) for sentence in (bead["source"] if side == "source" else bead["target"])
    ]
    page = visible(item / cast("str", HEADER[side]))
    assert "".join("".join(sentences).split()) in page


@each_item
@pytest.mark.parametrize("side", ["source", "target"])
def test_the_reader_and_the_segmenter_find_these_sentences(item: Path, side: str) -> None:
    page = pipeline.segmented(pipeline.read(str(item / cast("str", HEADER[side]))))
    wanted = [text for bead in beads(item) for text in (bead["source"] if side == "source" else bead["target"])]
    assert [" ".join(segment.text.split()) for segment in page.segments] == wanted


@each_item
def test_each_side_has_twelve_to_forty_sentences(item: Path) -> None:
    rows = beads(item)
    for count in (sum(len(row["source"]) for row in rows), sum(len(row["target"]) for row in rows)):
        assert 12 <= count <= 40


def test_the_collection_holds_every_kind_of_bead() -> None:
    kinds = Counter(f"{len(bead['source'])}-{len(bead['target'])}" for item in ITEMS for bead in beads(item))
    assert len(ITEMS) >= 10
    assert set(kinds) >= KINDS
    assert min(kinds["1-2"], kinds["2-1"], kinds["1-0"], kinds["0-1"]) >= 3


def test_the_collection_holds_an_old_encoding_and_traditional_chinese() -> None:
    pages = [item / "zh.html" for item in ITEMS]
    assert any(charset(page).lower() in {"gbk", "gb18030"} for page in pages)
    assert any('lang="zh-Hant"' in page.read_bytes().decode(charset(page)) for page in pages)
