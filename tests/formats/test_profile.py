"""Profiles of sites: what their selectors match, and what a page gives with them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from tests.formats.test_positions import assert_laws
from tests.growth import assert_near_linear

from bitext.errors import ConfigError
from bitext.formats.detect import read_document
from bitext.formats.documents.html.profile import SiteProfile
from bitext.formats.documents.html.selectors import parse_selector
from bitext.formats.documents.html.tree import Tree
from bitext.formats.patch import patch
from bitext.model.documents import Document, Span

TAGS, CLASSES, IDS = ("div", "p", "span"), ("a", "b", "a b"), ("x", "y")


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Nested elements, all with end tags."""

    def element(depth: int) -> str:
        tag = draw(st.sampled_from(TAGS)) if depth else "div"
        tag = "span" if tag == "p" and depth < 3 else tag
        names = "".join(
            f' {name}="{draw(st.sampled_from(values))}"'
            for name, values in (("class", CLASSES), ("id", IDS), ("lang", ("en", "zh")))
            if draw(st.booleans())
        )
        inner = "".join(element(depth + 1) for _ in range(draw(st.integers(0, 2)) if depth < 3 else 0))
        tag = "div" if "<div" in inner else tag
        return f"<{tag}{names}>{inner}</{tag}>"

    return "".join(element(0) for _ in range(draw(st.integers(1, 3))))


@st.composite
def selectors(draw: st.DrawFn) -> str:
    simple = st.sampled_from(("div", "p", "span", "*", ".a", ".b", "#x", "[lang]", "[lang=en]", '[id="y"]', "div.a#x"))
    chains = []
    for _ in range(draw(st.integers(1, 2))):
        chain = draw(simple)
        for _ in range(draw(st.integers(0, 2))):
            chain += draw(st.sampled_from((" ", " > ", ">"))) + draw(simple)
        chains.append(chain)
    return ", ".join(chains)


@settings(max_examples=100, deadline=None)
@given(pages(), selectors())
def test_a_selector_matches_what_another_implementation_matches(page: str, selector: str) -> None:
    root = html.fragment_fromstring(page, create_parent="section")
    everything = [element for element in root.iter() if element is not root]
    wanted = [everything.index(element) for element in root.xpath(as_xpath(selector))]
    tree = Tree(page)
    found = parse_selector(selector).select(tree)
    assert [index - 1 for index in found] == sorted(wanted)


def as_xpath(selector: str) -> str:
    """The same in XPath, written out naively."""
    paths = []
    for chain in selector.split(","):
        path = ""
        for word in chain.replace(">", " > ").split():
            if word == ">":
                path += "/"
                continue
            axis = "" if path.endswith("/") else "//"
            path += axis + step(word)
        paths.append(f"self::*{path}" if path.startswith("/") else path)
    return " | ".join(paths)


def step(word: str) -> str:
    table = {
        ".a": "*[contains(concat(' ', @class, ' '), ' a ')]",
        ".b": "*[contains(concat(' ', @class, ' '), ' b ')]",
        "#x": "*[@id='x']",
        "[lang]": "*[@lang]",
        "[lang=en]": "*[@lang='en']",
        '[id="y"]': "*[@id='y']",
        "div.a#x": "div[contains(concat(' ', @class, ' '), ' a ')][@id='x']",
    }
    return table.get(word, word)


@pytest.mark.parametrize(
    "text", ["", " ", "div >", "> div", "a,", ",a", "a:hover", "a + b", "..a", "[a", "#", "a b" * 60]
)
def test_what_is_no_selector_is_refused(text: str) -> None:
    with pytest.raises(ConfigError) as error:
        parse_selector(text)
    assert error.value.message.key == "documents.selector.bad"


SENTENCE = "深信院与腾讯周三签署协议，双方将共建实训基地。"
PAGE = f"""<html><head><title>学院新闻网</title></head><body>
<div class=nav><a href=/>首页</a></div><h2 class=hd>新闻</h2>
<div class=headline>双方签署协议</div>
<p class=info>五月十三日 <span class=when content="2022-05-13">周五</span></p><p class=from>宣传部供稿</p>
<div class=box><p>{SENTENCE * 3}</p><div class=ad>广告一则，看起来像正文的广告句子。</div><p>短句。</p></div>
<div class=byline>王小明 李大力</div>
<div class=other><p>{SENTENCE * 9}</p></div></body></html>"""
PROFILE = SiteProfile.of(
    body="div.box", title=".headline", date="p.info > .when", source=".from", author="body > .byline", drop="div .ad"
)


def rows(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, document.slice(block.span)) for block in document.blocks]


def test_a_profile_tells_the_parts_of_a_page() -> None:
    document = read_document(PAGE.encode(), "a.html", "zh", PROFILE)
    assert rows(document) == [
        ("title", "双方签署协议"),
        ("metadata", "五月十三日 周五"),
        ("metadata", "宣传部供稿"),
        ("paragraph", SENTENCE * 3),
        ("paragraph", "短句。"),
        ("metadata", "王小明 李大力"),
    ]
    assert (document.date, document.notes) == ("2022-05-13", ())
    assert_laws(document, PAGE)


def test_a_profile_that_fits_no_page_is_told_and_the_structure_decides() -> None:
    plain = read_document(PAGE.encode(), "a.html", "zh")
    document = read_document(PAGE.encode(), "a.html", "zh", SiteProfile.of(body="#none", title="#none"))
    assert document.blocks == plain.blocks
    assert [note.key for note in document.notes] == ["documents.selector.no-body"]


def test_a_part_of_a_profile_leaves_the_rest_to_the_structure() -> None:
    document = read_document(PAGE.encode(), "a.html", "zh", SiteProfile.of(drop=".other, .ad", author=".byline"))
    assert ("metadata", "王小明 李大力") in rows(document)
    assert not any("广告" in text for _, text in rows(document))
    assert sum(SENTENCE in text for _, text in rows(document)) == 1


def test_fixes_are_written_into_pages_that_were_read_by_a_profile() -> None:
    page = PAGE.replace("短句。", "The Tengfei Class &amp; more.")
    document = read_document(page.encode(), "a.html", "zh", PROFILE)
    start = document.text.index("Tengfei")
    result = patch(page.encode(), document, [(Span(start, start + 7), "Ascend")])
    assert result.data.decode() == page.replace("Tengfei", "Ascend")


def test_a_long_selector_and_a_deep_page_take_linear_time() -> None:
    def select(size: int) -> None:
        page = "<div class=a>" * (size // 100) + "<p>x</p>" * size
        assert len(parse_selector(" ".join(["div.a"] * 40) + " p").select(Tree(page))) == size

    assert_near_linear(select, 20_000)
