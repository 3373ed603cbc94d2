"""Laws of every document format: nothing is lost, blocks are in order, and a word is found where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.strategies import ENCODINGS, MARK, Made, made, newlines, words

from bitext.formats.detect import read_document
from bitext.model.documents import Document

HTML_INLINES = (
    ("{}", "{}"),
    ("<b>{}</b>", "{}"),
    ("<a href='/x'>{}</a>", "{}"),
    ('<span\nclass="a>b">{}', "{}"),
    ("&amp;{}", "&{}"),
    ("&#20013;&lt{}", "中<{}"),
    ("&nbsp;{}", " {}"),
    ("<!-- {0} -->{0}", "{}"),
    ("<ruby>{}<rt>note</rt></ruby>", "{}"),
    ("<script>var x = '<p>';</script>{}", "{}"),
    ("<span hidden>no</span>{}", "{}"),
    ("{}<br>\n", "{}"),
    ("\t{}\n  ", "{}"),
)
HTML_BLOCKS = ("<p>{}</p>", "<p>{}", "<div>{}</div>", "<h2>{}</h2>", "<ul><li>{}</ul>", "<table><tr><td>{}</table>")

MARKDOWN_INLINES = (
    ("{}", "{}"),
    ("**{}**", "{}"),
    ("_{}_", "{}"),
    ("[{}](http://x.y 'Title')", "{}"),
    ("[{}][ref]", "{}"),
    ("`{}`", "{}"),
    ("`` {} ``", "{}"),
    ("\\*{}", "*{}"),
    ("&lt;{}", "<{}"),
    ("<i>{}</i>", "{}"),
    ("{} <https://auto.link>", "{}"),
    ('{} {{{{< ref "x" >}}}}', "{}"),
    ("~~{}~~", "{}"),
    ("*** {} **", "***{}**"),
    ("{}  \nmore", "{}more"),
    ("{}\nmore", "{}more"),
)
MARKDOWN_BLOCKS = ("{}\n", "## {} ##\n", "- {}\n", "1. {}\n", "> {}\n", "> - {}\n", "- a\n\n  {}\n")
MARKDOWN_PREFIXES = {"> {}\n": "> ", "> - {}\n": ">   ", "- {}\n": "  ", "1. {}\n": "   ", "- a\n\n  {}\n": "  "}


@st.composite
def html_pages(draw: st.DrawFn) -> Made:
    blocks = draw(st.lists(st.lists(st.tuples(words(), st.sampled_from(HTML_INLINES)), min_size=1), min_size=1))
    place = draw(st.integers(0, len(blocks) - 1))
    source, visible = "", ""
    for number, block in enumerate(blocks):
        inner = [(inline.format(word), shown.format(word)) for word, (inline, shown) in block]
        if number == place:
            inner.insert(draw(st.integers(0, len(inner))), (MARK, MARK))
        wrap = draw(st.sampled_from(HTML_BLOCKS))
        source += wrap.format("\n".join(part for part, _ in inner)) + "\n"
        visible += "".join(shown for _, shown in inner)
    return made(source.replace("\n", draw(newlines())), visible)


@st.composite
def markdown_pages(draw: st.DrawFn) -> Made:
    blocks = draw(st.lists(st.lists(st.tuples(words(), st.sampled_from(MARKDOWN_INLINES)), min_size=1), min_size=1))
    place = draw(st.integers(0, len(blocks) - 1))
    source, visible = draw(st.sampled_from(["", "---\ndate: 2024-01-01\n---\n"])), ""
    for number, block in enumerate(blocks):
        wrap = draw(st.sampled_from(MARKDOWN_BLOCKS))
        inner = [(inline.format(word), shown.format(word)) for word, (inline, shown) in block]
        if number == place:
            inner.insert(draw(st.integers(0, len(inner))), (MARK, MARK))
        if wrap.startswith("#"):
            inner = [(part.replace("  \n", " ").replace("\n", " "), shown) for part, shown in inner]
        text = "".join(f" x {part} y" for part, _ in inner).strip()
        source += wrap.format(text.replace("\n", "\n" + MARKDOWN_PREFIXES.get(wrap, ""))) + "\n"
        visible += ("a" if "- a" in wrap else "") + "".join(f"x{shown}y" for _, shown in inner)
    return made((source + "\n[ref]: http://x.y\n").replace("\n", draw(newlines())), visible)


@st.composite
def plain_pages(draw: st.DrawFn) -> Made:
    lines = draw(st.lists(st.lists(words(), min_size=1), min_size=1))
    place = draw(st.integers(0, len(lines) - 1))
    lines[place].insert(draw(st.integers(0, len(lines[place]))), MARK)
    gaps = ("\n", "\n\n", "\n　　", " \n \n")
    source = "".join(" ".join(line) + draw(st.sampled_from(gaps)) for line in lines)
    return made(source.replace("\n", draw(newlines())), source)


def check(page: Made, path: str, encoding: str) -> None:
    document = read_document(page.source.encode(encoding), path, "en")
    assert_laws(document, page.source)
    assert "".join(document.text.split()) == page.visible
    for offset in range(len(MARK)):
        position = document.position(document.text.index(MARK) + offset)
        assert (position.line, position.column) == (page.line, page.column + offset)


def assert_laws(document: Document, source: str) -> None:
    end = 0
    for block in document.blocks:
        assert block.span.start >= end
        assert not document.text[end : block.span.start].strip()
        assert document.slice(block.span).strip() == document.slice(block.span) != ""
        assert "\n" not in document.slice(block.span)
        end = block.span.end
    assert not document.text[end:].strip()
    for offset, char in enumerate(document.text):
        written = source[document.origins.file_offset(offset) : document.origins.file_offset(offset) + 1]
        assert char.isspace() or written in (char, "&", "\\"), (char, written)


@given(html_pages(), st.sampled_from(ENCODINGS))
def test_a_word_of_an_html_fragment_is_found_where_it_stands_and_nothing_is_lost(page: Made, encoding: str) -> None:
    check(page, "a.html", encoding)


@given(markdown_pages(), st.sampled_from(ENCODINGS), st.sampled_from(["a.md", "a.mdx"]))
def test_a_word_of_a_markdown_file_is_found_where_it_stands_and_nothing_is_lost(
    page: Made, encoding: str, path: str
) -> None:
    check(page, path, encoding)


@given(plain_pages(), st.sampled_from(ENCODINGS))
def test_a_word_of_a_plain_text_is_found_where_it_stands_and_nothing_is_lost(page: Made, encoding: str) -> None:
    check(page, "a.txt", encoding)


@given(html_pages())
def test_the_same_place_is_found_in_a_whole_page_with_a_menu(page: Made) -> None:
    head = '<html><head><title>T</title></head><body><ul class="nav"><li><a href="/">Home</a></ul>\n<article>\n'
    whole = head + page.source + "<p>" + "One long sentence for the body of the page. " * 20 + "</p></article></body>"
    document = read_document(whole.encode(), "a.html", "en")
    assert_laws(document, whole)
    position = document.position(document.text.index(MARK))
    assert (position.line, position.column) == (page.line + 2, page.column)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=300))
def test_whatever_the_text_every_format_keeps_the_laws_or_says_what_is_wrong(text: str) -> None:
    from bitext.errors import InputError

    for path in ("a.html", "a.md", "a.mdx", "a.txt"):
        try:
            document = read_document(text.encode(), path, "zh")
        except InputError:
            continue
        assert_laws(document, text.removeprefix("\ufeff"))


@given(st.text(alphabet="<>/&#;x*_`[]()!|-\\\n \"'=abp中{}:~", max_size=200))
def test_markup_at_random_keeps_the_laws(text: str) -> None:
    test_whatever_the_text_every_format_keeps_the_laws_or_says_what_is_wrong.hypothesis.inner_test(text)  # type: ignore[attr-defined]


SPECIAL_PLACES = {
    "a.md": (
        "---\ntitle: 'It''s Zqmark'\n---\nx\n",
        '+++\ntitle = "a \\"b\\" Zqmark"\n+++\nx\n',
        "---\ndescription: 中文 Zqmark\n---\n",
        "x\n\n![a *b* &amp; [c](d) ![e](f) Zqmark](g)\n",
        "> - ![中文\n>   Zqmark](g) y\n",
        "| a \\| `b \\| c` | Zqmark |\n|-|-|\n",
        "  |a|\n  |-|\n  | \\| x \\| Zqmark\n",
        "> |a|b|\n> |-|-|\n> |c|**Zqmark**|\n",
        "a\n*b* Zqmark\n===\n",
        "##\t \tx Zqmark ##\n",
        "\u00a0\u3000Zqmark\n\u3000x\n",
        "\u3000\n\u00a0 \nZqmark\n",
        "\u000c\nZqmark\n===\n",
        "## \u00a0Zqmark\n",
        "|a|\n|-|\n|\u00a0\u3000b \\| Zqmark|\n",
        "-\ta\n\n\tb Zqmark\n",
        "1. > a\nlazy Zqmark\n",
        "a `` `b` `` `c  d` ` e ` Zqmark\n",
        "a ***b** c* **d __e* ~~~ Zqmark\n",
        "[a](b 'c') [d][] [e]: [Zqmark]\n\n[d]: e\n",
    ),
    "a.html": (
        "<html><head><title>A &amp; &ldquo;Zqmark&rdquo; - Site</title></head><body><p>One sentence.</p></body></html>",
        "<p>&NotEqualTilde;&nGt;Zqmark</p>",
        "<table><tr><td>a<table><tr><td>b</table>&lt;Zqmark",
        "<ruby>a<rt>b</rt></ruby>Zqmark",
        "<p>\ud83d\ude00 \U00020000Zqmark</p>".encode("utf-16", "surrogatepass").decode("utf-16"),
        "<pre>a\n  b  Zqmark</pre>",
    ),
    "a.txt": (
        "\ufeff\u3000\u3000a\tb \u00a0 Zqmark",
        "a wrapped line of an English paragraph, which is full and\ngoes on Zqmark",
    ),
}


@pytest.mark.parametrize(("path", "source"), [(path, text) for path, texts in SPECIAL_PLACES.items() for text in texts])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_a_word_in_a_special_place_is_found_where_it_stands(path: str, source: str, newline: str) -> None:
    page = made(source.removeprefix("\ufeff"), "")
    document = read_document(source.replace("\n", newline).encode(), path, "en")
    for offset in range(len(MARK)):
        position = document.position(document.text.index(MARK) + offset)
        assert (position.line, position.column) == (page.line, page.column + offset)
