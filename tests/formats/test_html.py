"""HTML pages: what is shown becomes blocks, and of whole pages the main text only."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.formats.test_positions import assert_laws

from bitext.errors import InputError
from bitext.formats.detect import read_document

CASES = Path(__file__).parents[1] / "cases/formats"
FRAGMENTS = [
    case
    for name in ("html.toml", "small-pages.toml")
    for case in tomllib.loads((CASES / name).read_text("utf-8"))["case"]
]
PAGES = tomllib.loads((CASES / "pages.toml").read_text("utf-8"))["case"]

SENTENCE = "SZIIT and Tencent signed an agreement on Wednesday, 深信院与腾讯周三签署协议。"
BODY = f"<p>BODY {SENTENCE * 3}</p>" + f"<p>{SENTENCE * 4}</p>" * 2


@pytest.mark.parametrize("case", FRAGMENTS, ids=[case["name"] for case in FRAGMENTS])
def test_a_fragment_or_a_small_page_gives_its_blocks(case: dict[str, Any]) -> None:
    document = read_document(case["source"].encode(), "a.html", "zh")
    assert [[block.kind.value, document.slice(block.span)] for block in document.blocks] == case["blocks"]
    assert_laws(document, case["source"])


@pytest.mark.parametrize("case", PAGES, ids=[case["name"] for case in PAGES])
def test_a_page_gives_its_main_text_and_nothing_else(case: dict[str, Any]) -> None:
    source = case["source"].replace("BODY", BODY)
    document = read_document(source.encode(), "a.html", "zh")
    found = [[block.kind.value, document.slice(block.span)] for block in document.blocks]
    found = [row for row in found if not row[1].startswith(SENTENCE)]
    assert len(found) == len(document.blocks) - 2
    assert [kind for kind, _ in found] == [kind for kind, _ in case["blocks"]]
    assert all(text.startswith(wanted) for (_, text), (_, wanted) in zip(found, case["blocks"], strict=True))
    assert document.date == case.get("date", "")
    assert_laws(document, source)


def test_a_block_is_named_by_the_id_of_its_element() -> None:
    document = read_document(b"<p id=lead>One</p><p>Two</p>", "a.html", "en")
    assert [block.anchor for block in document.blocks] == ["lead", ""]


@pytest.mark.parametrize(
    "source", ["<p></p>", "<html><body><script>x</script></body></html>", " \n\t", "<!-- -->", "&nbsp;"]
)
def test_a_page_without_text_is_refused(source: str) -> None:
    with pytest.raises(InputError) as error:
        read_document(source.encode(), "a.html")
    assert error.value.message.key == "formats.document.no-text"


def test_the_language_is_told_by_the_main_text() -> None:
    menu = "<a href=1>首页</a><a href=2>新闻中心</a>" * 30
    source = (
        f"<html><body><div class=nav>{menu}</div><article>{'<p>An English sentence of some length.</p>' * 5}</article>"
    )
    assert read_document(source.encode(), "a.html").language == "en"
    with pytest.raises(InputError, match="neither Chinese nor English"):
        read_document("<p>Привет, мир. Как дела?</p>".encode(), "a.html")
