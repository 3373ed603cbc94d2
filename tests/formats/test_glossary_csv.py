"""Glossaries from spreadsheets: what Excel and people write is read, and every mistake is shown in its place."""

from __future__ import annotations

import csv
import io
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bitext.errors import InputError
from bitext.formats.glossaries.csv import parse
from bitext.messages import catalogue
from bitext.model.glossary import Term, TermKind, TermStatus

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/formats/glossaries.toml").read_text("utf-8"))["case"]

TABLE = """concept,language,term,status,kind,note
tencent,zh,腾讯科技（深圳）有限公司,preferred,full,
tencent,en,"Tencent Technology (Shenzhen) Co., Ltd.",,,"said ""Tengxun"",
two lines"
tencent,en,Tencent,admitted,short,
"""
TERMS = (
    Term("腾讯科技（深圳）有限公司", "zh", TermStatus.PREFERRED, TermKind.FULL, "", "g.csv", 2),
    Term(
        "Tencent Technology (Shenzhen) Co., Ltd.",
        "en",
        TermStatus.PREFERRED,
        TermKind.FULL,
        'said "Tengxun",\ntwo lines',
        "g.csv",
        3,
    ),
    Term("Tencent", "en", TermStatus.ADMITTED, TermKind.SHORT, "", "g.csv", 5),
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_table_as_spreadsheets_write_it(encoding: str, newline: str) -> None:
    glossary = parse(TABLE.replace("\n", newline).encode(encoding), "g.csv")
    assert [concept.id for concept in glossary.concepts] == ["tencent"]
    terms = glossary.concepts[0].terms
    assert tuple(term.note.replace("\r\n", "\n") for term in terms) == tuple(term.note for term in TERMS)
    assert [(term.text, term.language, term.status, term.kind, term.path, term.line) for term in terms] == [
        (term.text, term.language, term.status, term.kind, term.path, term.line) for term in TERMS
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_columns_in_any_order_with_chinese_names_and_values(delimiter: str) -> None:
    rows = [
        "备注,术语,状态,语言,概念,领域,类型",
        ",腾飞班,弃用,中文,ascend,教育,简称",
        ",Ascend Class,首选,英文,ascend,,",
    ]
    glossary = parse("\n".join(rows).replace(",", delimiter).encode(), "g.csv")
    zh, en = glossary.concepts[0].terms
    assert (zh.text, zh.language, zh.status, zh.kind) == ("腾飞班", "zh", TermStatus.DEPRECATED, TermKind.SHORT)
    assert (en.text, en.language, en.status, en.kind) == ("Ascend Class", "en", TermStatus.PREFERRED, TermKind.FULL)


def test_blank_lines_and_a_concept_in_one_language_are_allowed() -> None:
    glossary = parse("\r\n concept , Language ,TERM\r\n\r\n,,\r\nb,EN,x\r\n\r\na,zh-CN,甲\r\n".encode(), "g.csv")
    assert [(concept.id, concept.terms[0].line) for concept in glossary.concepts] == [("a", 7), ("b", 5)]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_mistake_is_shown_in_its_place(case: dict[str, Any]) -> None:
    with pytest.raises(InputError) as error:
        parse(case["source"].encode(), "g.csv")
    assert error.value.message.key == f"glossary.csv.{case['key']}"
    assert (error.value.path, error.value.line, error.value.column) == ("g.csv", *case["place"])
    assert error.value.frame[-1].endswith("^")
    assert list(error.value.frame) == case.get("frame", list(error.value.frame))
    assert "g.csv:" in error.value.render("zh")


def test_every_mistake_that_can_be_reported_is_a_case() -> None:
    keys = {key.removeprefix("glossary.csv.") for key in catalogue.templates("en") if key.startswith("glossary.csv.")}
    # Values that resemble nothing accepted are the same code as those that do.
    assert keys - {case["key"] for case in CASES} == {"no-terms", "unknown-kind", "unknown-language-similar"}


@pytest.mark.parametrize("source", ["concept,language,term\n", "\n\n", "concept,language,term\n,,\n"])
def test_a_glossary_without_terms_is_refused(source: str) -> None:
    with pytest.raises(InputError) as error:
        parse(source.encode(), "g.csv")
    assert error.value.message.key == "glossary.csv.no-terms"


FIELD = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(str.strip).filter(bool)
CONCEPT = FIELD.filter(lambda text: not text.startswith("# "))


@given(
    st.lists(st.tuples(CONCEPT, st.sampled_from(["zh", "en"]), FIELD, FIELD), min_size=1, unique_by=lambda row: row[:3])
)
def test_what_a_spreadsheet_writes_is_read_back(rows: list[tuple[str, str, str, str]]) -> None:
    buffer = io.StringIO()
    csv.writer(buffer).writerows([("concept", "language", "term", "note"), *rows])
    glossary = parse(buffer.getvalue().encode(), "g.csv")
    found = {
        (concept.id, term.language, term.text, term.note) for concept in glossary.concepts for term in concept.terms
    }
    assert found == set(rows)


@example('";\r"')
@given(st.text(alphabet='a,;\t"\n\r 中concept', max_size=60))
def test_any_table_is_read_or_refused_in_a_place_that_exists(text: str) -> None:
    source = "concept,language,term\n" + text
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    line = column = 1
    try:
        parse(source.encode(), "g.csv")
    except InputError as error:
        line, column = error.line, error.column
    assert line <= len(lines)
    assert column <= len(lines[max(line - 1, 0)]) + 2
