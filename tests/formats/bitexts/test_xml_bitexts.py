"""Laws of TMX and XLIFF: what was written is read again, streams say what whole files say, places are right."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.bitexts.coded import codes, memories, texts

from bitext.errors import ConfigError, InputError
from bitext.formats.bitexts import tmx, xliff
from bitext.formats.carried import line_starts
from bitext.model.documents import Origins, Position
from bitext.model.glossary import Concept, Glossary, Term, TermStatus
from bitext.model.memory import Content, Entry, Header, TranslationMemory

MANY = settings(max_examples=30, deadline=None)
FEW = settings(max_examples=12, deadline=None)
MARK = "Zq𠀀mark"
NAMES = ("tmx", *xliff.VERSIONS)


def written(name: str, memory: TranslationMemory) -> bytes:
    return b"".join(tmx.write(memory) if name == "tmx" else xliff.write(memory, version=name))


def read(name: str, data: bytes, *, places: bool = False) -> TranslationMemory:
    reader = tmx.read if name == "tmx" else xliff.read
    memory = reader(io.BytesIO(data), "a.xml", places=places)
    return replace(memory, entries=tuple(memory.entries))


def bare(memory: TranslationMemory) -> TranslationMemory:
    def side(content: Content | None) -> Content | None:
        return content and replace(content, runs=())

    rows = tuple(replace(row, source=side(row.source), target=side(row.target)) for row in memory.entries)
    return replace(memory, entries=rows, line_starts=())


def without_attributes(memory: TranslationMemory) -> TranslationMemory:
    """`memory` as TMX can hold it, whose codes have types and nothing more."""

    def side(content: Content | None) -> Content | None:
        return content and replace(content, codes=tuple(replace(code, attributes=()) for code in content.codes))

    rows = tuple(replace(row, source=side(row.source), target=side(row.target)) for row in memory.entries)
    return replace(memory, entries=rows)


@MANY
@given(memories(("p", "source:p", "target:p"), subflows=True))
def test_tmx_that_was_written_is_read_again(memory: TranslationMemory) -> None:
    memory = without_attributes(memory)
    assert read("tmx", written("tmx", memory)) == memory


@MANY
@given(memories(subflows=True))
def test_xliff_1_that_was_written_is_read_again(memory: TranslationMemory) -> None:
    assert read("1.2", written("1.2", memory)) == memory


@MANY
@given(memories(subflows=True), st.sampled_from(["2.0", "2.1", "2.2"]))
def test_xliff_2_that_was_written_is_read_again(memory: TranslationMemory, version: str) -> None:
    assert read(version, written(version, memory)) == memory


@FEW
@given(memories(), st.sampled_from(NAMES))
def test_reading_with_places_differs_by_the_places_alone(memory: TranslationMemory, name: str) -> None:
    data = written(name, memory)
    found = read(name, data, places=True)
    assert bare(found) == read(name, data)
    assert found.line_starts == line_starts(data.decode())


@FEW
@given(memories(), st.sampled_from(NAMES))
def test_the_same_memory_gives_the_same_bytes(memory: TranslationMemory, name: str) -> None:
    data = written(name, memory)
    assert data == written(name, memory)
    assert data == written(name, read(name, data))


ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: text.encode(),
    "utf-8 with a mark": lambda text: text.encode("utf-8-sig"),
    "utf-16": lambda text: text.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16"),
    "gb18030": lambda text: text.replace('encoding="UTF-8"', 'encoding="GB18030"').encode("gb18030"),
}


@st.composite
def planted(draw: st.DrawFn) -> tuple[str, str, bytes, str]:
    """The name of a format, a file in it that holds MARK once, the bytes of it, and the side that holds it."""
    before, after = draw(texts()), draw(texts())
    text = f"{before}{MARK}{after}"
    side = draw(st.sampled_from(["source", "target"]))
    content = Content(text, draw(codes(len(before))))
    other = Content(draw(texts()), draw(codes(0)))
    first, last = (content, other) if side == "source" else (other, content)
    name = draw(st.sampled_from(NAMES))
    rows = (Entry("1", other, other, notes=(draw(texts()),)), Entry("2", first, last))
    source = written(name, TranslationMemory(Header("zh-CN", "en-US"), rows)).decode()
    source = source.replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"])))
    # Characters may be written as references, and text in a CDATA section.
    source = source.replace("é", draw(st.sampled_from(["é", "&#233;", "&#x000E9;"])))
    source = source.replace(MARK, draw(st.sampled_from([MARK, f"<![CDATA[{MARK}]]>"])))
    encoding = draw(st.sampled_from(sorted(ENCODINGS)))
    changed = ENCODINGS[encoding](source)
    return name, source, changed, side


@MANY
@given(planted())
def test_a_planted_word_is_found_at_its_line_and_column(made: tuple[str, str, bytes, str]) -> None:
    name, source, data, side = made
    declared = source.replace("UTF-8", "GB18030") if b"GB18030" in data else source
    before = declared[: declared.index(MARK)].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    memory = read(name, data, places=True)
    content = getattr(list(memory.entries)[1], side)
    place = Origins(content.runs, memory.line_starts).position(content.text.index(MARK))
    shift = 1 if name != "tmx" and data[:2] == b"\xff\xfe" else 0
    assert place == Position(len(before), len(before[-1]) + 1), shift


@FEW
@given(memories(), st.sampled_from(NAMES))
def test_every_character_stands_where_its_run_says(memory: TranslationMemory, name: str) -> None:
    data = written(name, memory)
    text = data.decode()
    for entry in read(name, data, places=True).entries:
        for content in filter(None, (entry.source, entry.target)):
            for index, run in enumerate(content.runs):
                end = content.runs[index + 1].text_start if index + 1 < len(content.runs) else len(content.text)
                part = content.text[run.text_start : end]
                raw = text[run.file_start : run.file_start + run.file_length]
                assert raw == part or raw.startswith(("&", "<cp "))


CONTROL = [chr(code) for code in (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF)]


@pytest.mark.parametrize("char", CONTROL)
def test_a_character_that_xml_cannot_hold_is_kept_by_xliff_2_and_refused_by_the_others(char: str) -> None:
    memory = TranslationMemory(Header("zh", "en"), (Entry("u7", Content(f"一{char}二"), Content("x")),))
    assert read("2.0", written("2.0", memory)) == memory
    for name in ("tmx", "1.2"):
        with pytest.raises(InputError) as error:
            written(name, memory)
        assert error.value.message.key == "xml.unwritable"
        assert dict(error.value.message.fields) == {"code": f"U+{ord(char):04X}", "unit": "u7"}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", ["\ud800", "a\udfff"])
def test_half_of_a_surrogate_pair_is_refused(name: str, text: str) -> None:
    with pytest.raises(InputError):
        written(name, TranslationMemory(Header(), (Entry("1", Content(text), None),)))


@pytest.mark.parametrize("name", NAMES)
def test_units_of_the_same_id_are_told_apart_in_the_file_and_keep_their_ids(name: str) -> None:
    rows = tuple(Entry("a b", Content(str(number)), Content("x")) for number in range(3))
    memory = TranslationMemory(Header("zh", "en"), rows)
    assert read(name, written(name, memory)) == memory


@pytest.mark.parametrize("name", ["1.2", "2.0"])
def test_units_of_several_files_go_back_to_files_of_these_names(name: str) -> None:
    rows = (
        Entry("1", Content("一"), Content("one")),
        Entry("1", Content("二"), Content("two"), properties=(("original", "b.html"),)),
        Entry("2", Content("三"), Content("three")),
    )
    memory = TranslationMemory(Header("zh", "en", original="a.html"), rows)
    data = written(name, memory)
    assert data.count(b"<file ") == 3
    assert read(name, data) == memory


GLOSSARY = Glossary(
    (
        Concept(
            "ascend-class",
            (
                Term("腾飞班", "zh"),
                Term("Ascend Class", "en"),
                Term("Ascend Programme", "en", TermStatus.ADMITTED),
                Term("Tengfei Class", "en", TermStatus.DEPRECATED),
            ),
            definition="A class run with industry",
        ),
        Concept("it", (Term("信息技术", "zh"), Term("IT", "en"))),
    )
)


def glossaries_in(data: bytes) -> list[list[str]]:
    from bitext.formats.xml import parse

    units = [element for element in parse(data, "a").root.walk() if element.name == "unit"]
    return [[row.text for part in unit.walk() if part.name == "glossEntry" for row in part.elements] for unit in units]


def test_the_concepts_whose_terms_stand_in_a_unit_go_with_it() -> None:
    rows = (
        Entry("1", Content("腾飞班开班"), Content("The Ascend Class opened")),
        Entry("2", Content("没有术语"), Content("no term")),
    )
    data = b"".join(xliff.write(TranslationMemory(Header("zh-CN", "en"), rows), version="2.1", glossary=GLOSSARY))
    assert glossaries_in(data) == [["腾飞班", "Ascend Class", "Ascend Programme", "A class run with industry"], []]
    again = list(read("2.1", data).entries)
    assert [replace(row, properties=()) for row in again] == list(rows)
    assert [name for row in again for name, _ in row.properties] == ["<glossary>"]
    memory = TranslationMemory(Header("zh-CN", "en"), again)
    assert b"".join(xliff.write(memory, version="2.1")).count(b"glossEntry") == 2
    assert glossaries_in(b"".join(xliff.write(memory, version="2.1", glossary=GLOSSARY))) == glossaries_in(data)


@pytest.mark.parametrize(("text", "found"), [("the it class", 1), ("bit by bit, its", 0), ("IT-based", 1), ("AIT", 0)])
def test_an_english_term_is_found_as_a_whole_word(text: str, found: int) -> None:
    memory = TranslationMemory(Header("en", "zh"), (Entry("1", Content(text), None),))
    data = b"".join(xliff.write(memory, version="2.0", glossary=GLOSSARY))
    assert len(glossaries_in(data)[0]) == 2 * found


@pytest.mark.parametrize(("version", "glossary"), [("1.2", GLOSSARY), ("3.0", None), ("", None)])
def test_a_version_that_cannot_be_written_is_refused(version: str, glossary: Glossary | None) -> None:
    with pytest.raises(ConfigError):
        xliff.write(TranslationMemory(Header(), ()), version=version, glossary=glossary)


def test_xliff_2_can_be_chosen_by_name() -> None:
    from bitext.formats.bitexts.registry import KINDS, module_of

    memory = TranslationMemory(Header("zh", "en"), (Entry("1", Content("一\x01"), Content("one")),))
    data = b"".join(module_of(KINDS["xliff2"]).write(memory))
    assert b'version="2.1"' in data
    assert read("2.1", data) == memory
