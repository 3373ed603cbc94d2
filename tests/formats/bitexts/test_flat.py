"""Laws of the flat formats: what was written is read again, by us and by readers of others, and places are right."""

from __future__ import annotations

import csv
import io
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.formats.bitexts.memories import memories, read, texts, without_runs, written

from bitext.errors import InputError, MissingExtra
from bitext.formats.bitexts import moses, parquet
from bitext.model.memory import Content, Entry, Header, TranslationMemory

FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FLAT = ("tsv", "csv", "jsonl", "parquet")
ALIGNED = sorted(Path("aligned").glob("*/alignment.jsonl"))


@pytest.mark.parametrize("name", FLAT)
@FEW
@given(data=st.data())
def test_what_was_written_is_read_again(name: str, data: st.DataObject) -> None:
    memory = data.draw(memories(name))
    assert read(name, written(name, memory)) == memory


@pytest.mark.parametrize("name", FLAT)
@FEW
@given(data=st.data())
def test_reading_with_places_differs_by_the_places_alone(name: str, data: st.DataObject) -> None:
    memory = data.draw(memories(name))
    found = read(name, written(name, memory), places=True)
    assert without_runs(found) == memory


@pytest.mark.parametrize("name", ["tsv", "csv", "jsonl"])
@FEW
@given(data=st.data())
def test_every_character_is_found_where_the_file_has_it(name: str, data: st.DataObject) -> None:
    memory = data.draw(memories(name))
    raw = written(name, memory)
    text = raw.decode().removeprefix("\ufeff")
    for entry in read(name, raw, places=True).entries:
        for side in (entry.source, entry.target):
            for offset, character in _places(side):
                assert text[offset] in (character, "\\"), (character, text[offset:][:8])


def _places(side: Content | None) -> list[tuple[int, str]]:
    if side is None:
        return []
    ends = [*(run.text_start for run in side.runs[1:]), len(side.text)] if side.runs else []
    assert bool(side.runs) == bool(side.text)
    assert not side.runs or side.runs[0].text_start == 0
    return [
        (run.file_start + min(index - run.text_start, run.file_length), side.text[index])
        for run, end in zip(side.runs, ends, strict=True)
        for index in range(run.text_start, end)
    ]


@FEW
@given(memories("tsv"))
def test_a_reader_of_tables_finds_the_same_cells(memory: TranslationMemory) -> None:
    for name, dialect in (("tsv", "excel-tab"), ("csv", "excel")):
        text = written(name, memory).decode().removeprefix("\ufeff")
        rows = list(csv.reader(io.StringIO(text, newline=""), dialect))
        assert rows[0][1:3] == [memory.header.source_language, memory.header.target_language]
        found = [row[:3] for row in rows[1:] if row]
        assert found == [
            [entry.id, *("" if side is None else side.text for side in (entry.source, entry.target))]
            for entry in memory.entries
        ]


@FEW
@given(memories("parquet"))
def test_a_reader_of_parquet_finds_the_same_texts(memory: TranslationMemory) -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(written("parquet", memory)))
    for name in ("source", "target"):
        sides = [getattr(entry, name) for entry in memory.entries]
        assert table[name].to_pylist() == [None if side is None else side.text for side in sides]


@pytest.mark.parametrize("metadata", [{}, {"bitext": "{}"}])
def test_a_table_of_another_tool_is_read_by_its_columns(metadata: dict[str, str]) -> None:
    columns = {
        "key": [7, 8],
        "译文": ["Hello", None],
        "原文": ["你好", "再见"],
        "score": [0.5, None],
        "domain": ["a", ""],
    }
    table = pa.table(columns).replace_schema_metadata(metadata)
    sink = io.BytesIO()
    pyarrow.parquet.write_table(table, sink)
    memory = read("parquet", sink.getvalue())
    assert memory.entries == (
        Entry("7", Content("你好"), Content("Hello"), properties=(("domain", "a"),), confidence=0.5),
        Entry("8", Content("再见"), None),
    )
    pyarrow.parquet.write_table(pa.table({"text": ["a"]}), sink := io.BytesIO())
    with pytest.raises(InputError, match="No columns with the texts were found among: text"):
        read("parquet", sink.getvalue())


@pytest.mark.parametrize("path", ALIGNED, ids=lambda path: path.parent.name)
def test_a_reviewed_alignment_is_written_unchanged(path: Path) -> None:
    data = path.read_bytes()
    assert written("jsonl", read("jsonl", data)) == data
    assert written("jsonl", read("jsonl", data, places=True)) == data


@st.composite
def lines(draw: st.DrawFn) -> Entry:
    """A unit whose texts have no line breaks and are not empty."""
    source, target = (
        Content(text) if text else None for text in (draw(texts(breaks=False)), draw(texts(breaks=False)))
    )
    return Entry("", source, target)


@FEW
@given(st.lists(lines(), min_size=1))
def test_two_columns_and_pairs_of_files_keep_what_a_line_can_hold(found: list[Entry]) -> None:
    made = tuple(replace(entry, id=str(number)) for number, entry in enumerate(found, start=1))
    memory = TranslationMemory(Header(), made)
    data = written("columns", memory)
    if not data.startswith(b"\xef\xbb\xbf"):
        assert read("columns", data).entries == made
    files = [b"".join(part) for part in zip(*moses.write_pair(memory), strict=True)]
    if not any(file.startswith(b"\xef\xbb\xbf") for file in files):
        again = moses.read_pair(io.BytesIO(files[0]), io.BytesIO(files[1]), ("a.zh", "a.en"))
        assert tuple(again.entries) == made


@pytest.mark.parametrize("name", [*FLAT, "columns"])
@pytest.mark.parametrize("bad", ["a\0b", "a\ud800b"])
def test_what_no_text_file_can_hold_is_refused(name: str, bad: str) -> None:
    memory = TranslationMemory(Header(), (Entry("1", Content("x"), Content("y")), Entry("2", Content(bad), None)))
    if name in ("parquet", "jsonl") and "\0" in bad:
        assert read(name, written(name, memory)) == memory
        return
    with pytest.raises(InputError, match=r"holds the character U\+"):
        written(name, memory)


def test_without_pyarrow_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match=r"bitext\[parquet\]"):
        read("parquet", b"PAR1")
    with pytest.raises(MissingExtra):
        written("parquet", TranslationMemory(Header(), ()))


def test_a_small_table_that_unpacks_to_a_huge_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = TranslationMemory(Header(), (Entry("1", Content("x" * 5000), None),) * 1000)
    data = written("parquet", memory)
    monkeypatch.setattr(parquet, "_LARGEST", 1_000_000)
    assert len(data) < 20_000
    with pytest.raises(InputError, match="thousand rows"):
        read("parquet", data)


@FEW
@given(st.binary(max_size=300) | st.text('{}[]",:\\\t\n\r;a中0', max_size=80).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for name in ("tsv", "csv", "jsonl", "columns", "parquet"):
        for places in (False, True):
            with suppress(InputError):
                read(name, data, places=places)
