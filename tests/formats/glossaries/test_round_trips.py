"""What is written is read back: every field of every concept, in every format, the same bytes each time."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.glossaries.made import CONTROLS, GLOSSARIES, WITH_CONTROLS, bare

from bitext.errors import InputError
from bitext.formats.glossaries import csv, registry
from bitext.formats.glossaries.tags import tag, untagged
from bitext.formats.glossaries.tbx_words import DIALECTS
from bitext.messages import catalogue
from bitext.model.glossary import Concept, Glossary, Term

HOUSE = Path(__file__).parents[3] / "glossaries" / "sziit.csv"
WAYS: list[tuple[str, str | None]] = [("csv", None), ("tsv", None), ("xlsx", None), ("utx", None)]
XML: list[tuple[str, str | None]] = [("tbx", name) for name in DIALECTS]


def again(glossary: Glossary, suffix: str, dialect: str | None) -> Glossary:
    written = registry.write(glossary, f"g.{suffix}", dialect)
    assert written == registry.write(glossary, f"g.{suffix}", dialect)
    return bare(registry.read(written.data, f"g.{suffix}").glossary)


@settings(max_examples=60, deadline=None)
@given(WITH_CONTROLS)
def test_every_field_is_read_back_control_characters_too(glossary: Glossary) -> None:
    for suffix, dialect in WAYS:
        assert again(glossary, suffix, dialect) == glossary


@settings(max_examples=40, deadline=None)
@given(GLOSSARIES)
def test_every_dialect_of_tbx_gives_every_field_back(glossary: Glossary) -> None:
    for suffix, dialect in XML:
        assert again(glossary, suffix, dialect) == glossary


@pytest.mark.parametrize("sign", [sign for sign in CONTROLS if sign < " " or sign == "\ufffe"])
def test_what_no_xml_file_can_hold_is_refused_and_named(sign: str) -> None:
    glossary = Glossary((Concept("a", (Term(f"a{sign}b", "en"),)),))
    with pytest.raises(InputError) as error:
        registry.write(glossary, "g.tbx")
    assert f"U+{ord(sign):04X}" in str(error.value)
    assert unicodedata.category(sign) not in {unicodedata.category(char) for char in str(error.value)}


@pytest.mark.parametrize(("suffix", "dialect"), [*WAYS, *XML])
def test_the_house_glossary_survives_every_format(suffix: str, dialect: str | None) -> None:
    # The table lists the languages of a concept in one order, so the order of its rows is kept too.
    glossary = bare(csv.parse(HOUSE.read_bytes(), "g.csv"))
    assert again(glossary, suffix, dialect) == glossary
    assert csv.write(again(glossary, suffix, dialect)).data == HOUSE.read_bytes()


def test_what_a_format_has_no_place_for_is_told_with_its_number() -> None:
    glossary = Glossary(
        (Concept("a", (Term("甲", "zh", valid_from="2020"), Term("A", "en", source="x")), scope="news"),)
    )
    for suffix, dialect, fields in (
        ("csv", None, ""),
        ("xlsx", None, ""),
        ("tbx", "basic", "scope (1), valid-from (1)"),
        ("tbx", "min", "scope (1), source (1), valid-from (1)"),
        ("utx", None, "scope (1), source (1), valid-from (1)"),
    ):
        notes = registry.write(glossary, f"g.{suffix}", dialect).notes
        assert "".join(str(dict(note.fields)["fields"]) for note in notes) == fields
        assert all(catalogue.render(note, "zh") != catalogue.render(note, "en") for note in notes)


def test_openpyxl_reads_the_cells_that_were_written() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    glossary = csv.parse(HOUSE.read_bytes(), "g.csv")
    sheet = openpyxl.load_workbook(BytesIO(registry.write(glossary, "g.xlsx").data)).active
    cells = [tuple("" if cell is None else cell for cell in row) for row in sheet.iter_rows(values_only=True)]
    assert cells == list(csv.rows(glossary))
    assert {cell.number_format for row in sheet.iter_rows() for cell in row if cell.value} == {"@"}


@pytest.mark.parametrize("dialect", [name for name, one in DIALECTS.items() if one.edition == 2008])
def test_translate_toolkit_reads_the_terms_that_were_written(dialect: str) -> None:
    storage = pytest.importorskip("translate.storage.tbx")
    pairs = {("腾飞班 & 甲", "Ascend Class <A>"), ("校长", "President")}
    concepts = (Concept(f"c{n}", (Term(zh, "zh"), Term(en, "en"))) for n, (zh, en) in enumerate(sorted(pairs)))
    data = registry.write(Glossary(tuple(concepts)), "g.tbx", dialect).data
    store = storage.tbxfile.parsestring(data)
    assert {(unit.source, unit.target) for unit in store.units} == pairs


def test_translate_toolkit_reads_the_pairs_of_utx_that_were_written() -> None:
    storage = pytest.importorskip("translate.storage.utx")
    pairs = {("腾飞班 & 甲", '"Ascend" Class <A>'), ("校长", "President")}
    concepts = (Concept(f"c{n}", (Term(zh, "zh"), Term(en, "en"))) for n, (zh, en) in enumerate(sorted(pairs)))
    store = storage.UtxFile.parsestring(registry.write(Glossary(tuple(concepts)), "g.utx").data)
    assert {(unit.source, unit.target) for unit in store.units if unit.source} == pairs
    assert (store.getsourcelanguage(), store.gettargetlanguage()) == ("zh", "en")


@given(st.text(), st.sampled_from(["note", "valid-from"]))
def test_a_tag_is_one_line_and_gives_its_value_back(value: str, name: str) -> None:
    made = tag(name, value)
    assert not {"\n", "\r", "\t", "|"} & set(made)
    assert untagged(["plain", made]) == (["plain"], {name: value})


REGIONS = (
    "concept,language,term,status,kind,note\n"
    "a,zh-TW,軟體,preferred,full,\na,zh-Hant-HK,軟件,preferred,full,\na,zh-CN,软件,preferred,full,\n"
    "a,en-GB,programme,preferred,full,\na,en,program,preferred,full,\n"
)


@pytest.mark.parametrize("name", ["g.tbx", "g.tsv", "g.xlsx", "g.utx"])
def test_the_regions_of_terms_come_back_from_every_format(name: str) -> None:
    glossary = registry.read(REGIONS.encode(), "g.csv").glossary
    assert [term.region for term in glossary.concepts[0].terms] == ["TW", "Hant-HK", "CN", "GB", ""]
    again = registry.read(registry.write(glossary, name).data, name).glossary
    assert registry.write(again, "g.csv").data.decode() == REGIONS


def test_columns_named_after_regions_tell_the_regions_of_their_terms() -> None:
    glossary = registry.read("zh-TW,zh_CN,English\n軟體,软件,software\n".encode(), "g.csv").glossary
    assert [term.tag for term in glossary.concepts[0].terms] == ["zh-TW", "zh-CN", "en"]
