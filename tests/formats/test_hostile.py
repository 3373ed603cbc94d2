"""Strangers' files: whatever they hold, reading ends soon, in a document or in an error that says what is wrong."""

from __future__ import annotations

import pytest
from tests.growth import assert_near_linear

from bitext.errors import InputError
from bitext.formats.detect import read_document
from bitext.formats.documents import markdown
from bitext.formats.glossaries.csv import parse

SIZE = 400_000


REPEATED = {
    "nested divisions": "<div>",
    "nested tables": "<table><tr><td>",
    "nested lists": "<ul><li>",
    "unclosed comments": "<!--",
    "waivers": "<!-- bitext-ignore a: b -->",
    "unclosed waivers": "<!-- bitext-ignore a, ",
    "unclosed attributes": "<a b='",
    "unclosed tags": "<a ",
    "lone less-than": "<",
    "crossed tags": "<b></i>",
    "paragraph ends": "</p>",
    "entities": "&amp;&lt",
    "near entities": "&a",
    "unclosed scripts": "<script>",
    "related headings": "<div><h3>Related news</h3><p>One sentence that is long enough to count.</p></div>",
    "links": "<a href=x>b</a> ",
    "line breaks": "a<br>",
    "no-break spaces": "&nbsp;",
    "ideographic spaces": "\u3000",
    "zero-width spaces": "a\u200b",
    "lone opening brackets": "[",
    "images": "![",
    "quotations": "> ",
    "emphasis": "*a_ ",
    "backticks": "`a``b",
    "marks of notes": "<sup><a href=#fn1>1</a>",
    "notes": "[^1]:\n",
    "shortcodes": "{{< ",
    "braces": "{",
    "list marks": "- ",
    "escapes": "\\",
    "table rows": "|a|\n|-|\n",
    "definitions": "[a]: b\n",
    "bullets": "• a\n",
    "breadcrumbs": "a > ",
    "labels": "来源：",
    "dates": "2022-05-13 ",
}


@pytest.mark.parametrize("suffix", [".html", ".md", ".txt"])
@pytest.mark.parametrize("name", REPEATED)
def test_a_file_of_one_thing_repeated_is_read_soon(name: str, suffix: str) -> None:
    size = SIZE // 8 if suffix == ".md" else SIZE

    def read(length: int) -> None:
        text = "深信院 signed. " + REPEATED[name] * (length // len(REPEATED[name]))
        assert beginning(text, f"a{suffix}") in ("深信院", "formats.html.too-many-elements")

    assert_near_linear(read, size)


def beginning(text: str, path: str) -> str:
    try:
        return read_document(text.encode(), path, "zh").text[:3]
    except InputError as error:
        return error.message.key


def test_the_text_in_a_deep_nest_is_read() -> None:
    source = "<div>" * 100_000 + "<p>深信院" + "</div>" * 100_000 + "<p>after</p>"
    document = read_document(source.encode(), "a.html", "zh")
    assert [document.slice(block.span) for block in document.blocks] == ["深信院", "after"]


def test_a_page_of_millions_of_elements_is_refused() -> None:
    with pytest.raises(InputError) as error:
        read_document(b"<b>x" * 400_000, "a.html", "zh")
    assert (error.value.message.key, error.value.path) == ("formats.html.too-many-elements", "a.html")


def test_a_markdown_file_longer_than_a_book_is_refused() -> None:
    with pytest.raises(InputError) as error:
        read_document(b"word " * (markdown.LIMIT // 5 + 1), "a.md", "en")
    assert error.value.message.key == "formats.document.too-long"


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", "\u3000\ufeff".encode(), b"\xef\xbb\xbf"])
@pytest.mark.parametrize("suffix", [".html", ".md", ".txt", ""])
def test_nothing_but_white_space_is_no_text(data: bytes, suffix: str) -> None:
    with pytest.raises(InputError) as error:
        read_document(data, f"a{suffix}", "en")
    assert error.value.message.key == "formats.document.no-text"


@pytest.mark.parametrize("repeated", ['a,zh,"', ",", '"', '""', "\n", "\r", " ", "a,en,x\n", '"a\n', ";\t"])
def test_a_glossary_of_one_thing_repeated_is_read_soon(repeated: str) -> None:
    def read(length: int) -> None:
        text = "concept,language,term\n" + repeated * (length // len(repeated))
        assert outcome(text) in (["a"], "g.csv")

    def outcome(text: str) -> list[str] | str:
        try:
            return [concept.id for concept in parse(text.encode(), "g.csv").concepts]
        except InputError as error:
            return error.path

    assert_near_linear(read, SIZE)
