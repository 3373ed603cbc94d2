"""XLIFF files are kept whole: what stands around and beside the texts is there again when a file is written."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.formats.bitexts.test_xml_foreign import own_version, xliff_files
from tests.formats.bitexts.xliff_facts import facts, lost
from tests.growth import assert_near_linear

from bitext.errors import InputError
from bitext.formats.bitexts import jsonl, tmx, xliff, xliff_around
from bitext.formats.bitexts.xliff_around import LEFT_OUT, MOST_GROUPS
from bitext.model.memory import Content, Entry, Header, TranslationMemory

CASES = Path("tests/cases/formats")
WHOLE = {"1.2": CASES / "whole-12.xlf", "2.0": CASES / "whole-20.xlf"}
MANY = settings(max_examples=80, deadline=None)


def read(data: bytes, *, places: bool = False) -> TranslationMemory:
    memory = xliff.read(io.BytesIO(data), "a.xlf", places=places)
    return replace(memory, entries=tuple(memory.entries))


def written(memory: TranslationMemory, version: str) -> bytes:
    return b"".join(xliff.write(memory, version=version))


@pytest.mark.parametrize("version", WHOLE)
def test_a_file_with_everything_is_written_back_with_everything(version: str) -> None:
    data = WHOLE[version].read_bytes()
    memory = read(data)
    again = written(memory, version)
    assert lost(data, again) == []
    assert not facts(again) - facts(data)
    assert read(again) == memory
    assert written(read(again), version) == again


@pytest.mark.parametrize("version", WHOLE)
def test_other_formats_carry_a_file_with_everything(version: str) -> None:
    data = WHOLE[version].read_bytes()
    memory = read(data)
    for kind in (jsonl, tmx):
        carried = kind.read(io.BytesIO(b"".join(kind.write(memory))), "a")
        missing = lost(data, written(carried, version))
        # TMX has no place for what is said of inline codes, and tells so.
        assert all(kind is tmx and fact[0].endswith(("source", "target")) for fact in missing), kind


@pytest.mark.parametrize("version", WHOLE)
def test_a_file_with_everything_goes_to_the_other_version_and_back(version: str) -> None:
    data = WHOLE[version].read_bytes()
    there = written(read(data), "1.2" if version == "2.0" else "2.1")
    back = written(read(there), version)
    texts = {text for _, kind, text in facts(data) if kind == "text"}
    assert {text for _, kind, text in lost(data, back) if kind == "text"} == set()
    assert texts
    names = {row.get("id") for row in etree.fromstring(there).iter("{*}group")}
    assert {"g1", "g2"} <= names


EMPTY_HEADER = ("/xliff/file/header", "element", "")


def test_real_files_are_written_back_with_everything() -> None:
    seen: Counter[str] = Counter()
    for path in xliff_files():
        data = path.read_bytes()
        if len(data) < 150_000:
            missing = [
                fact for fact in lost(data, written(read(data), own_version(path))) if fact[1:] != ("element", "")
            ]
            assert missing == [], path.name
            seen.update(facts=sum(facts(data).values()), files=1)
    assert seen["files"] > 120
    assert seen["facts"] > 25_000


def test_units_that_are_left_out_take_no_group_with_them() -> None:
    memory = read(WHOLE["1.2"].read_bytes())
    for number in range(len(tuple(memory.entries))):
        rows = tuple(row for index, row in enumerate(memory.entries) if index != number)
        again = read(written(replace(memory, entries=rows), "1.2"))
        assert [(row.id, row.source) for row in again.entries] == [(row.id, row.source) for row in rows]
        depths = [[dict(row.properties).get("xliff:group", "").count(".")] for row in rows]
        assert [[dict(row.properties).get("xliff:group", "").count(".")] for row in again.entries] == depths


def test_a_segment_that_changed_is_written_into_its_unit() -> None:
    memory = read(WHOLE["1.2"].read_bytes())
    rows = [replace(row, target=Content("Second.")) if row.id == "p1.1" else row for row in memory.entries]
    after = written(replace(memory, entries=rows), "1.2").decode()
    assert (
        '<target xml:lang="en" state="needs-translation"><g id="9"><mrk mtype="seg" mid="0">First.</mrk> <mrk ' in after
    )
    assert 'mid="1">Second.</mrk></g></target>' in after


def test_segments_that_no_longer_agree_are_units_of_their_own() -> None:
    memory = read(WHOLE["1.2"].read_bytes())
    rows = tuple(replace(row, state="final") if row.id == "p1.1" else row for row in memory.entries)
    again = read(written(replace(memory, entries=rows), "1.2"))
    found = {row.id: (row.source and row.source.text, row.state) for row in again.entries}
    assert found["p1.0"] == ("第一句。", "needs-translation")
    assert found["p1.1"][0] == "第二句。"


LARGE = "x" * ((1 << 20) + 1)


def test_what_is_too_large_to_be_kept_is_named() -> None:
    body = '<trans-unit id="1"><source>一</source></trans-unit>'
    data = f"""<xliff version="1.2"><file original="a" source-language="zh" target-language="en" datatype="html">
<header><skl><internal-file>{LARGE}</internal-file></skl><note>n</note></header><body>{body}</body></file></xliff>"""
    memory = read(data.encode())
    assert (LEFT_OUT, "skl") in memory.header.properties
    assert len(written(memory, "1.2")) < 2_000
    assert [row.source for row in memory.entries] == [Content("一")]


@pytest.mark.parametrize("one", ["<x/>", "<x><y/></x>", "<group></group>", "<x><z a='12'/></x>"])
def test_elements_that_hold_nothing_are_not_kept_without_end(one: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xliff_around, "_MOST", 1_000)
    unit = '<trans-unit id="1"><source>一</source></trans-unit>'
    head = f"<skl><internal-file>{one * 200}</internal-file></skl>"
    data = f"""<xliff version="1.2"><file original="a" source-language="zh"><header>{head}</header>
<body>{unit}{one * 200}{unit}</body></file></xliff>"""
    memory = read(data.encode())
    first = next(iter(memory.entries)).properties
    name = one[1 : one.index(">")].rstrip("/")
    assert (LEFT_OUT, "skl") in memory.header.properties
    assert [told for key, told in first if key == LEFT_OUT] == [name]
    assert len(first) < 200


@pytest.mark.parametrize(
    "name", ["target:{{urn:x}}a{n}", "xliff:note:1:{{urn:x}}a{n}", "xliff:root:{{urn:x}}a{n}", "<group>"]
)
def test_properties_without_end_are_written_soon(name: str) -> None:
    def write(n: int) -> None:
        group = '<group xmlns="urn:oasis:names:tc:xliff:document:1.2"/>'
        rows = tuple((name.format(n=number), group) for number in range(n))
        entries = (Entry("1", Content("甲"), Content("a"), notes=("n",), properties=rows),)
        written(TranslationMemory(Header("zh", "en", properties=rows), entries), "1.2")

    assert_near_linear(write, 8_000)


def test_groups_within_groups_have_a_bound() -> None:
    groups = "<group>" * (MOST_GROUPS + 1)
    data = f'<xliff version="1.2"><file original="a" source-language="zh"><body>{groups}'
    with pytest.raises(InputError) as error:
        read(data.encode())
    assert error.value.message.key == "xml.too-deep"


XLIFF_1 = 'xmlns="urn:oasis:names:tc:xliff:document:1.2"'
XLIFF_2 = 'xmlns="urn:oasis:names:tc:xliff:document:2.0"'
FRAGMENTS = (
    f"<alt-trans {XLIFF_1}><target>x</target></alt-trans>",
    f'<seg-source {XLIFF_1}><mrk mtype="seg" mid="1"/></seg-source>',
    f'<seg-source {XLIFF_1}><mrk mtype="seg" mid="1"/><mrk mtype="seg" mid="2"/></seg-source>',
    f'<target {XLIFF_1}><mrk mtype="seg" mid="3">z</mrk></target>',
    f'<unit {XLIFF_2}><segment id="1"/><segment id="2"/></unit>',
    f"<unit {XLIFF_2}><ignorable><source> </source></ignorable><segment/></unit>",
    '<x xmlns="urn:a"/>',
    f'<group {XLIFF_1} id="g"/>',
    f'<group {XLIFF_2} id="g"/>',
    f'<file {XLIFF_1} category="c"/>',
    f'<file {XLIFF_2} id="f"/>',
    "1",
    "1.2",
    '<x xmlns="urn:a" xmlns:n1="urn:b" n1:c="&quot;">&lt;</x>',
)
BROKEN = ("<x", "<x/>", '<!DOCTYPE x [<!ENTITY e "e">]><x xmlns="urn:a">&e;</x>', "x", "", "</group>", "<a></b>")
NAMES = (
    "<alt-trans>",
    "<seg-source>",
    "<target>",
    "<unit>",
    "<x>",
    "<group>",
    "<file>",
    "<metadata>",
    "xliff:group",
    "{urn:a}b",
    "{a",
)
MORE = ("xliff:after:/:<x>", "xliff:after::<x>", "xliff:after:9.9:<x>", "xliff:note:1:from", "xliff:note:7:from")
LAST = (
    "source:xml:lang",
    "target:phase-name",
    "target:{urn:a}b",
    "xliff:sub-state",
    "xliff:root:<x>",
    "approved",
    "name",
)
PROPERTIES = st.lists(
    st.tuples(st.sampled_from((*NAMES, *MORE, *LAST)), st.sampled_from((*FRAGMENTS, *BROKEN))), max_size=4
).map(tuple)


@st.composite
def strange(draw: st.DrawFn) -> TranslationMemory:
    """A memory whose properties look like those of a file, and may be anything."""
    ids = draw(st.permutations(["u.1", "u.2", "u", "3"]))
    sides = st.sampled_from([None, Content(""), Content("字")])
    rows = tuple(
        Entry(name, draw(sides), draw(sides), draw(st.sampled_from(["", "final"])), ("n",), draw(PROPERTIES))
        for name in ids
    )
    return TranslationMemory(Header("zh", "en", notes=("n",), properties=draw(PROPERTIES)), rows)


def values(row: Header | Entry) -> Counter[str]:
    """What the properties of `row` say; where an element stands may be told otherwise, and groups have new numbers."""
    return Counter(told for name, told in row.properties if name != "xliff:group")


@MANY
@given(strange(), st.sampled_from(["1.2", "2.0", "2.2"]))
def test_whatever_properties_say_the_file_is_sound_and_keeps_them(memory: TranslationMemory, version: str) -> None:
    data = written(memory, version)
    etree.fromstring(data)
    again = read(data)
    assert [(row.id, row.source, row.target) for row in again.entries] == [
        (row.id, row.source, row.target) for row in memory.entries
    ]
    assert values(again.header) == values(memory.header)
    for row, was in zip(again.entries, memory.entries, strict=True):
        assert not values(was) - values(row)
    once = written(again, version)
    assert written(read(once), version) == once
