"""TBX of others: good files are read, every bad one is refused with the reason, the line and the column."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.data import data_folder

from bitext.errors import InputError
from bitext.formats.glossaries import registry, tbx
from bitext.model.glossary import Concept, Glossary, Term, TermKind, TermStatus

GOOD = """<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
  <tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader>
  <text><body>
    <conceptEntry id="c1">
      <descrip type="subjectField">General</descrip>
      <langSec xml:lang="zh-CN">
        <termSec><term>甲</term></termSec>
      </langSec>
      <langSec xml:lang="en-GB">
        <termSec>
          <term>Alpha</term>
          <termNote type="administrativeStatus">supersededTerm-admn-sts</termNote>
          <termNote type="termType">abbreviation</termNote>
        </termSec>
      </langSec>
    </conceptEntry>
  </body></text>
</tbx>
"""
BAD = {
    "a source that belongs to nothing": ('<descrip type="s', '<admin type="source">y</admin><descrip type="s', 6, 7),
    "a definition of a term": ("<term>甲</term>", '<term>甲</term><descrip type="definition">y</descrip>', 8, 32),
    "a value outside the picklist": ("supersededTerm-admn-sts", "nominal", 13, 11),
    "a kind outside the picklist": (">abbreviation<", ">nominal<", 14, 11),
    "a transaction of another type": (
        '<descrip type="s',
        '<transacGrp><transac type="w">y</transac></transacGrp><descrip type="s',
        6,
        19,
    ),
    "an unknown category": ('"subjectField"', '"colour"', 6, 7),
    "no type": (' type="subjectField"', "", 6, 7),
    "a second term": ("<term>甲</term>", "<term>甲</term><term>乙</term>", 8, 32),
    "a note before the term": ("<term>甲</term>", "<note>x</note><term>甲</term>", 8, 18),
    "an empty term": ("<term>甲</term>", "<term> </term>", 8, 18),
    "no term": ("<term>甲</term>", "", 8, 9),
    "no language": (' xml:lang="zh-CN"', "", 7, 7),
    "text in the header": ("<p>x</p>", "x", 3, 24),
    "an element of the header in the text": ("<body>", "<admin>x</admin><body>", 4, 9),
    "two descriptions in a group": (
        '<descrip type="s',
        '<descripGrp><descrip type="definition">y</descrip><descrip type="definition">z</descrip></descripGrp>'
        '<descrip type="s',
        6,
        57,
    ),
    "an element of DCT": ("<term>甲</term>", '<term>甲</term><b:x xmlns:b="b">y</b:x>', 8, 32),
    "an end tag that is missing": ("甲</term>", "甲", 8, 27),
    "another language of markup": ("<tbx type", "<html><tbx type", 2, 1),
    "a style that is none": ('style="dca"', 'style="dcx"', 2, 1),
}


@pytest.mark.parametrize("name", BAD)
def test_each_thing_that_tbx_does_not_allow_is_refused_in_its_place(name: str) -> None:
    old, new, line, column = BAD[name]
    assert GOOD.count(old) == 1
    with pytest.raises(InputError) as error:
        tbx.read(GOOD.replace(old, new).encode(), "g.tbx")
    assert (error.value.path, error.value.line, error.value.column) == ("g.tbx", line, column)
    assert error.value.frame
    assert error.value.render("zh") != error.value.render("en")


def test_a_term_base_is_a_glossary_and_its_picklists_come_back() -> None:
    reading = tbx.read(GOOD.encode(), "g.tbx")
    note = "TBX termType: abbreviation"
    assert reading.glossary == Glossary(
        (
            Concept(
                "c1",
                (
                    Term("甲", "zh", path="g.tbx", line=8, column=18, region="CN"),
                    Term("Alpha", "en", TermStatus.SUPERSEDED, TermKind.SHORT, note, "g.tbx", 12, 11, region="GB"),
                ),
                "General",
            ),
        )
    )
    again = registry.write(reading.glossary, "g.tbx", "basic").data.decode()
    assert '<termNote type="termType">abbreviation</termNote>' in again
    assert "TBX termType" not in again


FOREIGN = {
    "basic_bad.tbx": 24,
    "core_structure_bad.tbx": 15,
    "min_bad.tbx": 21,
    "poorly_formed_xml.tbx": 42,
}


@pytest.mark.parametrize("name", FOREIGN)
def test_bad_files_of_others_are_refused_with_the_line(name: str) -> None:
    with pytest.raises(InputError) as error:
        tbx.read((data_folder("formats") / "tbx" / name).read_bytes(), name)
    assert (error.value.line, bool(error.value.column)) == (FOREIGN[name], True)


def test_good_files_of_others_are_read_and_written_back_equal() -> None:
    folder = data_folder("formats")
    good = [path for path in sorted((folder / "tbx").iterdir()) if path.name not in FOREIGN]
    assert len(good) == 7
    for path in [*good, folder / "omegat/glossaries/sampleTBXfile.tbx"]:
        glossary = tbx.read(path.read_bytes(), "g.tbx").glossary
        assert len(glossary.concepts) == (1 if "sample" in path.name else 39)
        for dialect in ("basic", "min-dct", "2008"):
            again = tbx.read(registry.write(glossary, "g.tbx", dialect).data, "g.tbx").glossary
            assert _words(again) == _words(glossary)


def _words(glossary: Glossary) -> list[object]:
    return [
        (one.id, one.domain, one.definition, one.note, term.text, term.status, term.kind, term.note, term.source)
        for one in glossary.concepts
        for term in one.terms
    ]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 30), st.integers(0, 30))
def test_a_bad_value_is_reported_where_it_stands(before: int, indent: int) -> None:
    extra = '<conceptEntry><langSec xml:lang="en"><termSec><term>x</term></termSec></langSec></conceptEntry>\n'
    bad = f'{" " * indent}<conceptEntry id="z"><descrip type="colour">y</descrip>'
    source = GOOD.replace("  </body>", extra * before + bad + '<langSec xml:lang="en"/></conceptEntry>\n  </body>')
    with pytest.raises(InputError) as error:
        tbx.read(source.encode(), "g.tbx")
    assert (error.value.line, error.value.column) == (18 + before, indent + 22)


HOSTILE = {
    "billion laughs": '<!DOCTYPE tbx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><tbx>&b;</tbx>',
    "a file of the machine": '<!DOCTYPE tbx [<!ENTITY a SYSTEM "file:///etc/passwd">]><tbx>&a;</tbx>',
    "a deep file": "<tbx>" + "<a>" * 5000,
    "blanks": GOOD.replace("甲", "甲" + " " * 300_000 + "乙" + "\n" * 300_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_give_one_error_or_are_read(name: str) -> None:
    data = HOSTILE[name].encode()
    if name == "blanks":
        assert len(tbx.read(data, "g.tbx").glossary.concepts) == 1
        return
    with pytest.raises(InputError) as error:
        tbx.read(data, "g.tbx")
    assert "passwd" not in str(error.value.message)


def test_a_name_that_lies_is_told(tmp_path: Path) -> None:
    for suffix in ("tbx", "xlsx", "utx"):
        with pytest.raises(InputError) as error:
            registry.read(b"concept,language,term\na,en,x\n", str(tmp_path / f"g.{suffix}"))
        assert error.value.message.key == f"glossaries.suffix.not-{suffix}"
    assert len(registry.read(GOOD.encode(), "g.csv").glossary.concepts) == 1
