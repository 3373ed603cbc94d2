"""Word files: what Word shows becomes blocks, and every place is that of a paragraph."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED

import docx
import pytest
from docx.enum.text import WD_BREAK
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.strategies import MARK, words
from tests.formats.test_positions import assert_laws
from tests.formats.word import packed, part, relations, word
from tests.growth import assert_near_linear

from bitext.errors import InputError
from bitext.formats.detect import read_document
from bitext.formats.patch import patch
from bitext.formats.tables import word_set
from bitext.model.documents import Document, Position, Span

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/formats/docx.toml").read_text("utf-8"))["case"]
LONG = "One long sentence that stands in a cell and is as long as sentences of news are, with more to come. "


def expanded(scrap: str) -> str:
    runs = r'<w:p><w:r><w:t xml:space="preserve">\1</w:t></w:r></w:p>'
    return re.sub(r"P\((.*?)\)", runs, scrap).replace("LONG", LONG)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_scrap_of_a_word_file_gives_its_blocks(case: dict[str, Any]) -> None:
    parts = {name: expanded(case.get(name, "")) for name in ("body", "styles", "footnotes", "endnotes")}
    document = read_document(word(**parts), "a.docx", "zh")
    wanted = [[kind, text.replace("LONG", LONG.strip())] for kind, text in case["blocks"]]
    assert [[block.kind.value, document.slice(block.span)] for block in document.blocks] == wanted
    assert document.date == case.get("date", "")
    lines = [document.position(block.span.start).line for block in document.blocks]
    assert lines == case.get("lines", lines)
    assert document.origins.unit == "paragraph"


# python-docx writes these files and does not know how they are read.


def saved(document: Any) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


@dataclass(frozen=True)
class WordFile:
    """A file, the texts of its paragraphs in reading order, and where MARK stands."""

    data: bytes = field(repr=False)
    texts: list[str]
    position: Position


@st.composite
def word_files(draw: st.DrawFn) -> WordFile:
    document, texts = docx.Document(), []
    kinds = draw(st.lists(st.sampled_from(["plain", "heading", "list", "table", "empty"]), min_size=1, max_size=6))
    place = draw(st.integers(0, len(kinds) - 1))
    position = Position(0, 0)
    for number, kind in enumerate(kinds):
        runs = draw(st.lists(words(), min_size=1, max_size=4))
        if number == place:
            runs.insert(draw(st.integers(0, len(runs))), MARK)
        elif kind == "empty":
            document.add_paragraph("")
            continue
        if kind == "table":
            table = document.add_table(1, 2)
            table.cell(0, 0).text = "cell"
            texts.append("cell")
            paragraph = table.cell(0, 1).paragraphs[0]
        else:
            style = {"heading": "Heading 2", "list": "List Bullet"}.get(kind)
            paragraph = document.add_paragraph(style=style)
        text = ""
        for run in runs:
            if run == MARK:
                position = Position(len(texts) + 1, len(text) + 1)
            made = paragraph.add_run(run)
            text += run
            made.bold = draw(st.booleans())
            if draw(st.booleans()):
                made.add_break(draw(st.sampled_from([WD_BREAK.LINE, WD_BREAK.PAGE])))
                text += "\n"
            elif draw(st.booleans()):
                made.add_tab()
                text += "\t"
        texts.append(text)
    return WordFile(saved(document), texts, position)


@settings(max_examples=30, deadline=None)
@given(word_files())
def test_a_word_of_a_word_file_is_found_in_its_paragraph_and_nothing_is_lost(
    file: WordFile,
) -> None:
    data, texts, position = file.data, file.texts, file.position
    document = read_document(data, "a.docx", "en")
    assert_laws(document, "\n".join(text.replace("\n", "\x0b") for text in texts))
    assert "".join(document.text.split()) == "".join("".join(texts).split())
    start = document.text.index(MARK)
    for offset in range(len(MARK)):
        assert document.position(start + offset) == Position(position.line, position.column + offset)


def test_a_file_of_another_writer_gives_title_headings_lists_cells_and_captions() -> None:
    made = docx.Document()
    made.core_properties.title = "No text"
    made.sections[0].header.paragraphs[0].text = "Header"
    made.add_heading("The Title", 0)
    made.add_heading("A heading", 1)
    made.add_paragraph("An item.", style="List Number")
    made.add_table(1, 1).cell(0, 0).text = "A cell"
    made.add_paragraph("What it shows", style="Caption")
    made.add_comment(made.paragraphs[2].runs, "A comment")
    document = read_document(saved(made), "a.docx", "en")
    assert [(block.kind.value, document.slice(block.span)) for block in document.blocks] == [
        ("title", "The Title"),
        ("heading", "A heading"),
        ("list-item", "An item."),
        ("table-cell", "A cell"),
        ("caption", "What it shows"),
    ]


@pytest.mark.parametrize("path", ["a.docx", "a", "a.txt", "a.html"])
def test_a_word_file_is_told_by_its_contents(path: str) -> None:
    assert read_document(word(expanded("P(Some text.)")), path).text == "Some text."


def test_the_strict_form_of_the_standard_is_read() -> None:
    data = word(expanded("P(Some text.)"))
    strict = {
        "_rels/.rels": relations({"/doc/main.xml": "officeDocument"}).replace(
            b"schemas.openxmlformats.org/officeDocument/2006", b"purl.oclc.org/ooxml/officeDocument"
        ),
        "word/none.xml": b"",
        "doc/main.xml": part("document", expanded("<w:body>P(Strict text.)</w:body>")).replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
    }
    assert read_document(packed(strict), "a.docx").text == "Strict text."
    assert read_document(data, "a.docx").text == "Some text."


def test_fixes_of_a_word_file_are_declined_and_nothing_changes() -> None:
    data = word(expanded("P(The Tengfei Class opened.)"))
    document = read_document(data, "a.docx", "en")
    result = patch(data, document, [(Span(4, 17), "Ascend Class")])
    assert [one.reason for one in result.declined] == ["format"]
    assert (result.data, result.applied) == (data, ())


# Strangers' files.


def refused(data: bytes, path: str = "a.docx") -> str:
    with pytest.raises(InputError) as error:
        read_document(data, path, "en")
    assert error.value.path == path
    assert str(error.value).count(". ") >= 2
    return error.value.message.key


def body_of(document: bytes) -> bytes:
    return packed({"_rels/.rels": relations({"word/document.xml": "officeDocument"}), "word/document.xml": document})


ENTITIES = (
    b'<!DOCTYPE a [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>',
    b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    b'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1/"> %p;]>',
)


@pytest.mark.parametrize("doctype", ENTITIES)
def test_entities_are_refused(doctype: bytes) -> None:
    whole = part("document", expanded("<w:body>P(Text.)</w:body>"))
    assert refused(body_of(whole.replace(b"?>", b"?>" + doctype))) == "documents.docx.entities"


def test_tables_ten_thousand_deep_are_refused() -> None:
    nest = "<w:tbl><w:tr><w:tc>" * 10_000 + "</w:tc></w:tr></w:tbl>" * 10_000
    assert refused(word(nest)) == "documents.docx.too-deep"
    assert refused(word("<w:tbl><w:tr><w:tc>" * 10_000)) == "documents.docx.too-deep"


def test_a_part_that_unpacks_to_far_more_than_it_holds_is_refused() -> None:
    bomb = part("document", "<w:body>" + " " * 40_000_000 + "</w:body>")
    data = body_of(bomb)
    assert len(data) < 100_000
    assert refused(data) == "documents.docx.too-large"


def test_an_archive_of_very_many_parts_is_refused() -> None:
    parts = {f"word/{number}.xml": b"" for number in range(10_001)}
    assert refused(packed(parts, ZIP_STORED)) == "documents.docx.too-many-parts"


REPEATED = {
    "fields": '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
    "pictures": "<w:r><w:t>a</w:t></w:r><pic:pic/>",
    "alternatives": "<mc:AlternateContent><mc:Choice/><mc:Choice/></mc:AlternateContent>",
    "notes": '<w:r><w:footnoteReference w:id="2"/></w:r>',
    "breaks": "<w:r><w:t>a</w:t><w:br/></w:r>",
    "deleted marks": "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>a </w:t></w:r></w:p>",
    "lost runs": "<w:r/>",
    "styles": '<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr></w:p>',
}


@pytest.mark.parametrize("name", REPEATED)
def test_a_file_of_one_thing_repeated_is_read_soon(name: str) -> None:
    def read(size: int) -> None:
        repeated = REPEATED[name] * (size // len(REPEATED[name]))
        body = repeated if name in ("deleted marks", "styles") else f"<w:p>{repeated}</w:p>"
        noise = "".join(f"<w:x{number}/>" for number in range(2_000))
        data = word(f"{body}{noise}" + expanded("P(End.)"))
        if name == "fields":
            assert refused(data) == "documents.docx.too-deep"
        else:
            assert read_document(data, "a.docx", "en").text.endswith("End.")

    assert_near_linear(read, 400_000)


BROKEN = {
    "documents.docx.damaged": (
        b"",
        b"no zip",
        b"PK\x03\x04",
        word("<w:p>")[:-40],
        packed({"word/other.xml": b""}),
        packed({"a.txt": b"x"}),
        body_of(b"<w:document"),
        body_of(b"\xff\xfe\x00"),
        body_of(part("document", "<w:p></w:r>")),
    ),
    "documents.docx.protected": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),),
    "documents.docx.old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),),
    "formats.document.no-text": (word(""), word("<w:p/>"), word(expanded("P( )"))),
}


@pytest.mark.parametrize(("key", "data"), [(key, data) for key, rows in BROKEN.items() for data in rows])
def test_a_file_that_cannot_be_read_says_what_is_wrong(key: str, data: bytes) -> None:
    assert refused(data) == key


def test_an_old_word_file_is_told_by_its_name_or_its_contents() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    assert refused(old, "a.doc") == "documents.docx.old"
    assert refused(old + "WordDocument".encode("utf-16-le"), "a.txt") == "documents.docx.old"
    assert refused(old, "a.xls") == "formats.encoding.binary-kind"


def test_a_locked_member_is_a_locked_file() -> None:
    data = bytearray(body_of(part("document", expanded("<w:body>P(Text.)</w:body>"))))
    # The flag of encryption in both headers of the last member.
    local = data.rindex(b"PK\x03\x04")
    central = data.rindex(b"PK\x01\x02")
    data[local + 6] |= 1
    data[central + 8] |= 1
    assert refused(bytes(data)) == "documents.docx.protected"


@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_never_anything_else(data: st.DataObject) -> None:
    whole = bytearray(word(expanded("P(One.)<w:tbl><w:tr><w:tc>P(Two.)</w:tc></w:tr></w:tbl>")))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        found: Document | None = read_document(bytes(whole), "a.docx", "en")
    except InputError:
        found = None
    assert found is None or found.blocks


NAMES = """p r t tab br pPr rPr tbl tr tc trPr del ins moveFrom moveTo sdt sdtPr sdtContent showingPlcHdr txbxContent
    fldSimple hyperlink vanish b numId pStyle outlineLvl jc footnoteReference footnote ruby rt rubyBase body"""
ELEMENTS = [
    *(f"w:{name}" for name in sorted(word_set(NAMES))),
    *("mc:AlternateContent", "mc:Choice", "mc:Fallback", "m:oMath", "pic:pic"),
]
FIELDS = [f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate", "end")]


def trees() -> st.SearchStrategy[str]:
    """Elements of the standard nested without its rules, with words in some of them."""
    leaf = st.sampled_from([*FIELDS, "<w:t>Words。</w:t>", "<w:tab/>", "<w:br/>", '<w:outlineLvl w:val="x"/>', ""])

    def wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        rows = st.tuples(st.sampled_from(ELEMENTS), st.lists(inner, max_size=4))
        return rows.map(lambda row: f"<{row[0]}>{''.join(row[1])}</{row[0]}>")

    return st.recursive(leaf, wrapped, max_leaves=40)


@settings(max_examples=100, deadline=None)
@given(st.lists(trees(), max_size=5))
def test_whatever_stands_in_whatever_a_file_is_read_by_the_laws_or_refused(scraps: list[str]) -> None:
    try:
        document = read_document(word("".join(scraps)), "a.docx", "en")
    except InputError as error:
        assert error.message.key == "formats.document.no-text"  # noqa: PT017 - either outcome is right
        return
    end = 0
    for block in document.blocks:
        assert block.span.start >= end
        assert document.slice(block.span).strip() == document.slice(block.span) != ""
        end = block.span.end
    assert set(document.text.split()) <= {"Words。", *(f"Words。{'Words。' * n}" for n in range(60))}
