"""TMX and XLIFF of other tools: files that they made are read, and what we write they read as it was meant."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from tests.formats.bitexts.coded import memories
from tests.formats.data import data_folder

from bitext.errors import InputError
from bitext.formats.bitexts import tmx, xliff
from bitext.formats.bitexts.tags import folded
from bitext.model.memory import Code, Content, Entry, Header, Properties, TranslationMemory

FEW = settings(max_examples=10, deadline=None)


def read_file(path: Path, *, places: bool = False) -> TranslationMemory:
    reader = tmx.read if path.suffix == ".tmx" else xliff.read
    with path.open("rb") as stream:
        memory = reader(stream, path.name, places=places)
        return replace(memory, entries=tuple(memory.entries))


def named(content: Content | None) -> bool:
    """Whether all codes have an id that is theirs alone, as the standards ask."""
    keys = [(code.kind, code.id) for code in content.codes] if content else []
    return len(set(keys)) == len(keys) and all(code.id for code in content.codes) if content else True


def test_every_memory_of_omegat_and_of_the_lisa_kit_is_read_and_written_back_equal() -> None:
    files = sorted(data_folder("formats/omegat").rglob("*.tmx"))
    assert len(files) == 48
    for path in files:
        memory = read_file(path)
        again = tmx.read(io.BytesIO(b"".join(tmx.write(memory))), path.name)
        assert replace(again, entries=tuple(again.entries)) == memory, path.name


@pytest.mark.parametrize("tool", ["", 'creationtool=""', 'creationtool="x"', 'creationtool="bitext" x="y"'])
def test_the_version_of_a_tool_is_kept_where_the_tool_is_missing_or_strange(tool: str) -> None:
    data = f'<tmx version="1.4"><header srclang="zh" creationtoolversion="7.1" {tool}/><body/></tmx>'.encode()
    first = tmx.read(io.BytesIO(data), "a").header
    again = tmx.read(io.BytesIO(b"".join(tmx.write(TranslationMemory(first, ())))), "a").header
    assert sorted(again.properties) == sorted(first.properties)
    assert ("creationtoolversion", "7.1") in again.properties or "bitext" in tool


@pytest.mark.parametrize("letter", "ABCDEFGHI")
def test_the_segments_of_the_lisa_kit_are_those_of_its_text_files(letter: str) -> None:
    kit = data_folder("formats/omegat/tmx/TMXComplianceKit")
    memory = read_file(kit / f"ImportTest1{letter}.tmx")
    texts = (kit / f"ImportTest1{letter}.txt").read_bytes().decode("utf-8-sig").splitlines()
    found = "\n".join(entry.source.text for entry in memory.entries if entry.source)
    assert found == "\n".join(text for text in texts if text)


BROKEN = ("invalid_xml_entity.xlf", "file-XLIFFFilter-invalid-content.xlf")
"""Files that hold control characters."""


@cache
def xliff_files() -> tuple[Path, ...]:
    folder = data_folder("formats")
    return tuple(
        sorted(
            path
            for part in ("omegat", "okapi", "xliff12-zh-Hans")
            for path in (folder / part).rglob("*.xl*")
            if path.name not in BROKEN
        )
    )


def test_ninety_seven_xliff_files_of_a_project_are_read_in_full() -> None:
    rows = [row for path in xliff_files() if "zh-Hans" in path.name for row in read_file(path).entries]
    assert len([path for path in xliff_files() if "zh-Hans" in path.name]) >= 90
    assert len(rows) >= 1_900
    assert all(row.source is not None and row.target is not None and row.state for row in rows)


def with_named_codes(entry: Entry) -> Entry:
    """`entry` without codes that break the rules of the standard, as their ids would have to change."""

    def side(content: Content | None) -> Content | None:
        return content if named(content) else content and replace(content, codes=())

    return replace(entry, source=side(entry.source), target=side(entry.target))


def own_version(path: Path) -> str:
    return "2.0" if b"document:2" in path.read_bytes()[:2_000] else "1.2"


def through(memory: TranslationMemory, version: str) -> TranslationMemory:
    data = b"".join(xliff.write(memory, version=version))
    again = xliff.read(io.BytesIO(data), "a.xlf")
    return replace(again, entries=tuple(again.entries))


def small_files() -> Iterator[tuple[Path, TranslationMemory]]:
    for path in xliff_files():
        if path.stat().st_size < 150_000:
            memory = read_file(path)
            yield path, replace(memory, entries=tuple(map(with_named_codes, memory.entries)))


def test_every_xliff_file_is_written_back_equal() -> None:
    seen = 0
    for path, memory in small_files():
        assert through(memory, own_version(path)) == memory, path.name
        seen += len(tuple(memory.entries))
    assert seen > 2_300


def told(properties: Properties) -> Counter[tuple[str, str]]:
    """`properties` but for the groups that a version of its own makes."""
    return Counter(row for row in properties if row[0] not in ("<group>", "<bin-unit>"))


def test_nothing_is_lost_on_the_way_to_the_other_version_and_back() -> None:
    for path, memory in small_files():
        first = own_version(path)
        there = through(memory, "1.2" if first == "2.0" else "2.0")
        back = through(there, first)
        for other in (there, back):
            assert told(other.header.properties) == told(memory.header.properties), path.name
            assert replace(other.header, properties=()) == replace(memory.header, properties=()), path.name
            for row, was in zip(other.entries, memory.entries, strict=True):
                assert replace(row, properties=()) == replace(was, properties=()), path.name
                assert told(row.properties) == told(was.properties), path.name


@pytest.mark.parametrize("name", BROKEN)
def test_a_control_character_in_a_foreign_file_is_shown(name: str) -> None:
    path = next(data_folder("formats").rglob(name))
    with pytest.raises(InputError) as error:
        read_file(path)
    assert error.value.message.key == "xml.control"
    assert error.value.line > 1
    assert len(error.value.frame) == 3


def plain(memory: TranslationMemory) -> Iterator[tuple[str, str]]:
    for entry in memory.entries:
        if entry.source is not None and entry.target is not None:
            yield entry.source.text, entry.target.text


def without_codes(memory: TranslationMemory) -> TranslationMemory:
    def side(content: Content | None) -> Content:
        # The toolkit strips and normalises what stands at the edges of a text; that is its own affair.
        return Content(f"a{content.text}z" if content else "none")

    rows = tuple(replace(row, source=side(row.source), target=side(row.target)) for row in memory.entries)
    return replace(memory, header=Header("zh-CN", "en-US"), entries=rows)


@FEW
@given(memories())
def test_translate_toolkit_reads_the_tmx_that_we_write(memory: TranslationMemory) -> None:
    from translate.storage.tmx import tmxfile

    memory = without_codes(memory)
    store = tmxfile.parsestring(b"".join(tmx.write(memory)), "zh-CN", "en-US")  # type: ignore[no-untyped-call]
    assert [(str(unit.source), str(unit.target)) for unit in store.units] == list(plain(memory))


@FEW
@given(memories())
def test_translate_toolkit_reads_the_xliff_that_we_write(memory: TranslationMemory) -> None:
    from translate.storage.xliff import xlifffile

    memory = without_codes(memory)
    store = xlifffile.parsestring(b"".join(xliff.write(memory)))  # type: ignore[no-untyped-call]
    assert [(str(unit.source), str(unit.target)) for unit in store.units] == list(plain(memory))


CODED = TranslationMemory(
    Header("zh-CN", "en-US"),
    (
        Entry(
            "1",
            Content("与腾讯签约", (Code(1, "open", "1", "<b>", "bold"), Code(3, "close", "1", "</b>"))),
            Content("signed\nwith Tencent", (Code(12, "open", "1", "<b>", "bold"), Code(19, "close", "1", "</b>"))),
            "translated",
            ("核对过",),
        ),
        Entry("2", Content("图", (Code(1, "alone", "2", "<img/>", "image"),)), None),
    ),
)


def test_translate_toolkit_sees_codes_states_and_notes() -> None:
    from translate.storage.xliff import xlifffile

    store = xlifffile.parsestring(b"".join(xliff.write(CODED)))  # type: ignore[no-untyped-call]
    first = store.units[0]
    assert [str(part) for part in first.rich_source[0].sub] == ["与", "<b>", "腾讯", "</b>", "签约"]
    assert first.getnotes() == "核对过"
    assert first.target == "signed\nwith <b>Tencent</b>"
    assert store.units[1].target is None


def languages_of(data: bytes) -> tuple[str, str, int]:
    header = tmx.read(io.BytesIO(data), "a")
    return header.header.source_language, header.header.target_language, len(list(header.entries))


def memory_of(declared: str, *units: str, attribute: str = "xml:lang") -> bytes:
    """A memory of the source language `declared` whose units have variants in the languages that each string names."""
    variants = [
        "".join(f'<tuv {attribute}="{tag}"><seg>{folded(tag)}</seg></tuv>' for tag in unit.split()) for unit in units
    ]
    rows = "".join(f"<tu>{row}</tu>" for row in variants)
    return f'<tmx version="1.4"><header srclang="{declared}"/><body>{rows}</body></tmx>'.encode()


@pytest.mark.parametrize(
    ("declared", "units", "wanted"),
    [
        ("zh", ["zh-CN en-US"], ("zh-CN", "en-US", 1)),
        ("ZH-HANS", ["zh_CN EN-US"], ("zh_CN", "EN-US", 1)),
        ("en", ["en zh"], ("en", "zh", 1)),
        ("*all*", ["fr en de zh-TW"], ("en", "zh-TW", 1)),
        ("de", ["de fr zh en"], ("zh", "en", 1)),
        ("en-US", ["fr en-US", "de fr", "en-US zh-CN"], ("en-US", "zh-CN", 2)),
        ("zh-CN", ["zh-TW zh-CN en-GB en-US"], ("zh-CN", "en-GB", 1)),
        ("fr", ["fr de es"], ("fr", "de", 1)),
        ("en-US", ["en-US en-GB"], ("en-US", "en-GB", 1)),
        ("zh", [], ("zh", "en", 0)),
        ("en-GB", [], ("en-GB", "zh", 0)),
    ],
)
def test_chinese_and_english_are_chosen_from_many_languages(
    declared: str, units: list[str], wanted: tuple[str, str, int]
) -> None:
    assert languages_of(memory_of(declared, *units)) == wanted
    assert languages_of(memory_of(declared, *units, attribute="lang")) == wanted


def test_the_variant_of_the_same_script_is_taken_where_the_exact_one_is_missing() -> None:
    data = memory_of("zh-CN", "zh-CN en", "zh-TW zh-Hans en", "zh-HK en-GB")
    rows = list(tmx.read(io.BytesIO(data), "a").entries)
    sides = [(row.source.text if row.source else None, row.target.text if row.target else None) for row in rows]
    assert sides == [("zh-cn", "en"), ("zh-hans", "en"), ("zh-hk", "en-gb")]


SEGMENTED = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file source-language="zh-CN" target-language="en" original="a"><body>
<trans-unit id="p"><source>一。二。</source>
<seg-source><g id="1"><mrk mtype="seg" mid="0">一。</mrk></g>
<mrk mtype="seg" mid="1">二<x id="2"/>。</mrk></seg-source>
<target><mrk mtype="seg" mid="1">Two.</mrk></target>
<alt-trans><source>三</source><target>Three</target></alt-trans></trans-unit></body></file></xliff>"""


def test_the_segments_of_a_unit_are_units_and_proposals_are_no_targets() -> None:
    rows = list(xliff.read(io.BytesIO(SEGMENTED.encode()), "a").entries)
    assert [(row.id, row.source and row.source.text, row.target and row.target.text) for row in rows] == [
        ("p.0", "一。", None),
        ("p.1", "二。", "Two."),
    ]
    assert rows[1].source == Content("二。", (Code(1, "alone", "2"),))


INHERITED_1 = """<xliff version="1.2"><file source-language="zh" target-language="en" original="a"><body>
<group translate="no"><trans-unit id="1"><source>a</source></trans-unit>
<group><trans-unit id="2"><source>b</source></trans-unit></group>
<group translate="yes"><trans-unit id="3"><source>c</source></trans-unit></group>
<trans-unit id="4" translate="yes"><source>d</source></trans-unit></group>
<trans-unit id="5"><source>e</source></trans-unit></body></file></xliff>"""
INHERITED_2 = """<xliff version="2.0" srcLang="zh" trgLang="en"><file id="f" translate="no">
<unit id="1"><segment><source>a</source></segment></unit>
<group id="g"><unit id="2"><segment><source>b</source></segment></unit></group>
<group id="h" translate="yes"><unit id="3"><segment><source>c</source></segment></unit></group>
<unit id="4" translate="yes"><segment><source>d</source></segment></unit></file>
<file id="g"><unit id="5"><segment><source>e</source></segment></unit></file></xliff>"""


@pytest.mark.parametrize("source", [INHERITED_1, INHERITED_2])
def test_what_is_not_to_be_translated_is_so_for_all_that_stands_in_it(source: str) -> None:
    rows = xliff.read(io.BytesIO(source.encode()), "a").entries
    assert [dict(row.properties).get("translate", "") for row in rows] == ["no", "no", "", "yes", ""]
