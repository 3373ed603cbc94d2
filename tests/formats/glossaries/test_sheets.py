"""People's own sheets: columns in any order and either language, in text files and in workbooks, mistakes in place."""

from __future__ import annotations

import tomllib
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.data import data_folder

from bitext.errors import InputError
from bitext.formats.glossaries import csv, registry, utx, xlsx
from bitext.model.glossary import Concept, Glossary, Term

CASES = tomllib.loads((Path(__file__).parents[2] / "cases/formats/sheets.toml").read_text("utf-8"))["case"]


def rows(glossary: Glossary) -> list[list[str]]:
    return [[one.id, term.language, term.text, term.status.value] for one in glossary.concepts for term in one.terms]


def workbook(table: list[list[object]], title: str = "Sheet1") -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.title = title
    for row in table:
        book.active.append(row)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_sheet_is_read_by_its_header(case: dict[str, Any]) -> None:
    reading = csv.read(case["source"].encode(), "g.csv")
    assert rows(reading.glossary) == case["terms"]
    assert [str(dict(note.fields)["columns"]) for note in reading.notes] == case.get("unused", [])


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_workbook_is_read_as_its_text_is(case: dict[str, Any]) -> None:
    lines = [line for line in case["source"].split("\n") if not line.startswith("# ")]
    delimiter = "\t" if "\t" in case["source"] else ","
    table: list[list[object]] = [list(line.split(delimiter)) for line in lines if '"' not in line]
    if len(table) == len(lines):
        assert rows(xlsx.read(workbook(table), "g.xlsx").glossary) == case["terms"]


@given(st.lists(st.sampled_from(["", " ", "甲；乙", "甲", "a;b ; c", "#1"]), min_size=1, max_size=6))
def test_each_term_of_a_cell_stands_where_it_is_said_to(cells: list[str]) -> None:
    source = "中文,英文\n" + "".join(f"{cell},x\n" for cell in cells)
    lines = source.split("\n")
    for concept in csv.read(source.encode(), "g.csv").glossary.concepts:
        for term in concept.terms:
            assert lines[term.line - 1][term.column - 1 :].startswith(term.text)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 20), st.integers(0, 3))
def test_a_bad_cell_is_named_as_a_workbook_names_it(row: int, column: int) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    table: list[list[object]] = [["c", "en", f"t{n}"] for n in range(row)]
    table.insert(0, ["concept", "language", "term"])
    for number, cells in enumerate(table):
        cells.insert(column, "status" if not number else "prefered" if number == row else "preferred")
    with pytest.raises(InputError) as error:
        xlsx.read(workbook(table, "词表"), "g.xlsx")
    cell = f"{openpyxl.utils.get_column_letter(column + 1)}{row + 1}"
    assert str(error.value).startswith(f"g.xlsx, 词表!{cell}: ")
    assert (error.value.line, error.value.column) == (row + 1, column + 1)
    assert error.value.frame[-1].endswith("^")


def test_a_workbook_as_people_keep_it() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Terms"
    sheet.append(["Terms of the institute"])
    sheet.merge_cells("A1:D1")
    sheet.append(["中文", "英文", "领域", "有效"])
    sheet.append(["腾飞班", "Ascend Class", "教学", None])
    sheet.append(["校长", "President", None, None])
    sheet.append(["院长", "=A1", "教学", 3])
    sheet["A3"].comment = openpyxl.comments.Comment("ask Li", "Li")
    sheet.merge_cells("C3:C4")
    sheet.row_dimensions[4].hidden = True
    hidden = book.create_sheet("Lists")
    hidden.sheet_state = "hidden"
    hidden.append(["中文", "英文"])
    hidden.append(["甲", "Hidden"])
    more = book.create_sheet("More")
    more.append(["term", "language", "concept"])
    more.append(["Secretary", "en", "secretary"])
    buffer = BytesIO()
    book.save(buffer)
    reading = xlsx.read(buffer.getvalue(), "g.xlsx")
    found = {one.id: (one.domain, [(term.text, term.line) for term in one.terms]) for one in reading.glossary.concepts}
    assert found == {
        "ascend-class": ("教学", [("腾飞班", 3), ("Ascend Class", 3)]),
        "president": ("教学", [("校长", 4), ("President", 4)]),
        "院长": ("教学", [("院长", 5)]),
        "secretary": ("", [("Secretary", 2)]),
    }
    assert [note.key.rpartition(".")[2] for note in reading.notes] == [
        "hidden-sheets",
        "hidden-rows",
        "no-result",
        "columns",
    ]


def test_dates_of_a_workbook_are_dates() -> None:
    from datetime import date

    table: list[list[object]] = [["concept", "language", "term", "valid from"], ["a", "en", "x", date(2023, 5, 31)]]
    concept = xlsx.read(workbook(table), "g.xlsx").glossary.concepts[0]
    assert concept.terms[0].valid_from == "2023-05-31"


def zipped(**parts: bytes) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return buffer.getvalue()


NAMES = '<workbook xmlns:r="r"><sheets><sheet name="a" r:id="x"/></sheets></workbook>'
LINK = '<r><Relationship Id="x" Target="s.xml"/></r>'
PARTS = {"xl__workbook.xml": NAMES.encode(), "xl___rels__workbook.xml.rels": LINK.encode()}
LAUGHS = b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><a>&b;</a>'
HOSTILE = {
    "a bomb": {"xl__s.xml": b"<worksheet>" + b" " * 60_000_000},
    "laughs": {"xl__s.xml": LAUGHS},
    "a cell far out": {"xl__s.xml": b'<w><row r="1"><c r="XFD1" t="str"><v>x</v></c></row></w>'},
    "a string that is not there": {"xl__s.xml": b'<w><row r="1"><c r="A1" t="s"><v>99</v></c></row></w>'},
    "no workbook": {"xl__workbook.xml": b"<a/>", "xl___rels__workbook.xml.rels": b"<a/>"},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_workbooks_give_one_clear_error(name: str) -> None:
    with pytest.raises(InputError) as error:
        xlsx.read(zipped(**(PARTS | HOSTILE[name])), "g.xlsx")
    assert str(error.value).startswith("g.xlsx")


@given(st.binary(max_size=60), st.integers(0, 3000))
def test_damaged_workbooks_are_refused_or_read(noise: bytes, place: int) -> None:
    whole = registry.write(Glossary((Concept("a", (Term("x", "en"),)),)), "g.xlsx").data
    damaged = whole[:place] + noise + whole[place + len(noise) :]
    try:
        glossary = xlsx.read(damaged, "g.xlsx").glossary
    except InputError:
        return
    assert glossary.concepts


def test_a_wide_merge_costs_no_more_than_the_rows_that_are_there() -> None:
    sheet = b'<w><row r="1"><c r="A1" t="str"><v>x</v></c></row><mergeCell ref="A1:XFD1048576"/></w>'
    with pytest.raises(InputError) as error:
        xlsx.read(zipped(**PARTS, xl__s=b"", **{"xl__s.xml": sheet}), "g.xlsx")
    assert error.value.message.key == "glossary.csv.column-missing"


UTX = "#UTX 1.20; en-US/zh-CN; copyright: X;\r\n#src\ttgt\tsrc:pos\tterm status\tconcept ID\r\n"


def test_utx_of_others_has_the_status_of_the_target() -> None:
    source = (
        UTX
        + "President\t校长\tnoun\tapproved\t1\r\nPresident\t院长\tnoun\tforbidden\t1\r\n#a comment\r\nX\t-\t-\t-\t-\r\n"
    )
    reading = registry.read(source.encode(), "g.utx")
    assert rows(reading.glossary) == [
        ["1", "en", "President", "preferred"],
        ["1", "zh", "校长", "preferred"],
        ["1", "zh", "院长", "deprecated"],
        ["x", "en", "X", "preferred"],
    ]
    assert [dict(note.fields)["columns"] for note in reading.notes] == ["src:pos"]


@pytest.mark.parametrize(
    "head",
    [
        "# UTX-S 0.90 en-US/zh-CN 2009-01-01T12:00:00+0900 source:x",
        "#UTX-S 1.00; en/zh; 2010-01-01T00:00:00Z",
        "#UTX 1.11; en/zh; copyright: X; license: CC0; bidirectional; dictionary ID: X;\r\n#description: x",
        "\ufeff#UTX 1.20; lang: en-US/zh-CN; creation date: 2019-03-19",
    ],
)
def test_the_first_lines_of_all_versions_of_utx_are_understood(head: str) -> None:
    data = f"{head}\r\n#src\ttgt\tsrc:pos\r\nPresident\t校长\tnoun\r\n".encode()
    found = registry.read(data, "g.utx").glossary
    assert [(term.language, term.text) for concept in found.concepts for term in concept.terms] == [
        ("en", "President"),
        ("zh", "校长"),
    ]


@pytest.mark.parametrize(
    ("source", "key", "place"),
    [
        (UTX + "a\tb\tnoun\tgood\t1\r\n", "status", (3, 10)),
        (UTX + "a\tb\tnoun\tapproved\t1\tmore\r\n", "too-many", (3, 21)),
        (UTX + "\t\tnoun\r\n", "empty", (3, 1)),
        ("#UTX 1.20; en/fr;\r\n#src\ttgt\r\na\tb\r\n", "language", (1, 1)),
        ("#UTX 1.20; en/en-GB;\r\n#src\ttgt\r\na\tb\r\n", "same-language", (1, 1)),
        ("#UTX\r\n#src\ttgt\r\na\tb\r\n", "no-head", (1, 1)),
        ("#UTX 1.20; en/zh;\r\na\tb\r\n", "no-columns", (2, 1)),
        ("#UTX 1.20; en/zh;\r\n#src\tpos\r\n", "no-target", (2, 1)),
        (UTX, "no-terms", (0, 0)),
    ],
)
def test_a_mistake_in_utx_is_shown_in_its_place(source: str, key: str, place: tuple[int, int]) -> None:
    with pytest.raises(InputError) as error:
        utx.read(source.encode(), "g.utx")
    assert error.value.message.key == f"glossaries.utx.{key}"
    assert (error.value.line, error.value.column) == place


def test_a_large_list_of_others_loads_by_its_header() -> None:
    path = data_folder("terms") / "microsoft" / "Termbase.csv"
    reading = csv.read(path.read_bytes(), "t.csv")
    pairs = {(one.terms[0].text, term.text) for one in reading.glossary.concepts for term in one.in_language("zh")}
    assert len(reading.glossary.concepts) > 26_000
    assert {("log off", "注销"), ("sensitive data", "敏感数据")} <= pairs
    assert [dict(note.fields)["columns"] for note in reading.notes] == ["pos"]
