"""Tables as people and other tools make them: headers in either language, quotes that are none, mistakes placed."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.bitexts.memories import read

from bitext.errors import InputError
from bitext.formats.bitexts import lines, tsv
from bitext.formats.bitexts.registry import kind_of, kind_of_path
from bitext.model.memory import TranslationMemory

Rows = list[tuple[str | None, str | None]]


def rows(memory: TranslationMemory) -> Rows:
    return [tuple(None if side is None else side.text for side in (e.source, e.target)) for e in memory.entries]  # type: ignore[misc]


HEADERS = {
    "tags": ("zh-CN\ten-US\n你好\tHello\n", ("zh-CN", "en-US"), [("你好", "Hello")]),
    "Chinese names, other columns": (
        "编号\t原文\t译文\t备注\n7\t你好\tHello\t问候\n",
        ("zh", "en"),
        [("你好", "Hello")],
    ),
    "English names, target first": ("Translation\tSource text\nHello\t你好\n", ("zh", "en"), [("你好", "Hello")]),
    "names of languages": ("English\t简体中文\nHello\t你好\n", ("en", "zh-Hans"), [("Hello", "你好")]),
    "none, English first": (
        "Hello\t你好\nGood night\t晚安\n",
        ("en", "zh"),
        [("Hello", "你好"), ("Good night", "晚安")],
    ),
    "none, words that are tags": ("hi\tno\n", ("zh", "en"), [("hi", "no")]),
    "blank lines": ("\n zh\ten\n\n你好\tHello\n\n", ("zh", "en"), [("你好", "Hello")]),
    "missing cells": ('id\tzh\ten\tnote\n1\t你好\n2\t\t""\tx\n', ("zh", "en"), [("你好", None), (None, "")]),
}


@pytest.mark.parametrize("name", HEADERS)
def test_columns_are_known_by_their_names(name: str) -> None:
    text, languages, expected = HEADERS[name]
    memory = read("tsv", text.encode())
    assert (memory.header.source_language, memory.header.target_language) == languages
    assert rows(memory) == expected


QUOTES: dict[str, tuple[str, Rows]] = {
    "a spreadsheet's": ('zh\ten\n"说“""好""”"\t"He said\n""yes""."\n', [('说“"好"”', 'He said\n"yes".')]),
    "a tab in quotes": ('zh\ten\n甲\t"a\tb"\n', [("甲", "a\tb")]),
    "quotation marks of the text": ('zh\ten\n你好\t"Hi," he said.\n', [("你好", '"Hi," he said.')]),
    "a quotation over two units": ('zh\ten\n甲\t"I came.\n乙\tI saw."\n', [("甲", '"I came.'), ("乙", 'I saw."')]),
    "one over two units of the first column": ('zh\ten\n"甲\ta\n乙"\tb\n', [('"甲', "a"), ('乙"', "b")]),
    "never closed": ('zh\ten\n甲\t"open\n乙\tb\n', [("甲", '"open'), ("乙", "b")]),
    "inches": ('zh\ten\n五寸\t5" pipe\n', [("五寸", '5" pipe')]),
}


@pytest.mark.parametrize("name", QUOTES)
def test_quotes_of_cells_are_told_from_quotation_marks(name: str) -> None:
    text, expected = QUOTES[name]
    assert rows(read("tsv", text.encode())) == expected


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_may_be_parted_by_any_usual_sign_and_be_in_any_usual_encoding(sign: str, encoding: str) -> None:
    text = f'原文{sign}译文\n学校举行了开学典礼。{sign}"A ""ceremony"", held."\n'
    assert rows(read("csv", text.encode(encoding))) == [("学校举行了开学典礼。", 'A "ceremony", held.')]


BAD = {
    "too many columns": ("csv", b"zh,en\na,b\nc,d,e\n", (3, 1), "has 3 columns"),
    "too few columns": ("csv", b"note,zh,en\nx,a,b\ny\n", (3, 1), "has 1 of 3 columns"),
    "one column": ("csv", b"hello\n", (1, 1), "one column"),
    "no closing quote": ("csv", b'zh,en\na,"b\nc,d\n', (2, 3), "never closed"),
    "text after a quote": ("csv", b'zh,en\na,"b" c\n', (2, 6), "after the quotation mark"),
    "no number": ("tsv", b"zh\ten\tconfidence\na\tb\thigh\n", (2, 1), '"high" is no number'),
    "no units": ("tsv", b"\n\n", (0, 0), "no translation unit"),
    "no tab": ("columns", "甲\ta\n乙 b\n".encode(), (2, 4), "no tab"),
    "no JSON": ("jsonl", b'{"source": ["a"], "target": ["b"]}\n{"source": \n', (2, 12), "not JSON"),
    "no list": ("jsonl", b'{"source": 5, "target": ["b"]}\n', (1, 1), "not a list of texts"),
    "another format": ("jsonl", b'{"format": "x", "version": 1}\n', (1, 1), '"x 1"'),
    "half a character": ("jsonl", b'{"source": ["a\\ud800"], "target": []}\n', (1, 15), "half of a character"),
    "a code outside the text": (
        "jsonl",
        b'{"source": ["a"], "target": [], "source_codes": [{"offset": 2, "kind": "open", "id": "1"}]}\n',
        (1, 1),
        '"source_codes" is not accepted',
    ),
    "no encoding": ("tsv", b"zh\ten\n\xe4\xbd\xa0\t\xff\xff\xff\xff\n", (2, 3), "byte FF"),
    "no Parquet": ("parquet", b"PAR1 and no more", (0, 0), "no Parquet file"),
    "binary": ("tsv", b"a\0b\tc\n", (0, 0), "This is no text"),
}


@pytest.mark.parametrize("places", [False, True])
@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_said_with_its_place(name: str, places: bool) -> None:
    kind, data, place, said = BAD[name]
    with pytest.raises(InputError, match=said) as caught:
        read(kind, data, places=places)
    assert (caught.value.line, caught.value.column) == place
    assert str(caught.value).count(". ") >= 1


@given(
    st.lists(st.sampled_from(["a", "中", "\U00020000", "\r", "\n", "\r\n", "\t"])).map("".join),
    st.integers(1, 9),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_a_long_file_has_the_same_lines_read_piece_by_piece(text: str, size: int, encoding: str) -> None:
    data = f"a\n{text}xyz".encode(encoding)
    expected = list(lines.read_lines(io.BytesIO(data), "a").rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "DEFAULT_LIMIT", 4)
        patch.setattr(lines, "_CHUNK", size)
        assert list(lines.read_lines(io.BytesIO(data), "a").rows) == expected


def test_a_long_file_has_the_place_of_a_bad_byte_and_is_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "DEFAULT_LIMIT", 100)
    monkeypatch.setattr(lines, "_CHUNK", 64)
    line = "学校举行了开学典礼。\tThe school held its opening ceremony.\n".encode()
    with pytest.raises(InputError, match="byte FF") as caught:
        list(tsv.read(io.BytesIO(line * 50 + b"\xe5\xad\xa6\t\xff\n"), "a.tsv").entries)
    assert (caught.value.line, caught.value.column) == (51, 3)
    with pytest.raises(InputError, match="too large to be checked at once"):
        tsv.read(io.BytesIO(line * 50), "a.tsv", places=True)


def test_a_line_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("DEFAULT_LIMIT", 100), ("_CHUNK", 64), ("LONGEST_LINE", 1000)):
        monkeypatch.setattr(lines, name, value)
    with pytest.raises(InputError, match="more than 1000 characters"):
        list(lines.read_lines(io.BytesIO(b"a" * 5000), "a.tsv").rows)


KINDS_BY_CONTENTS = {
    "a.tmx": (b"", "tmx"),
    "A.SDLXLIFF": (b"", "sdlxliff"),
    "a.xlf": (b'<xliff version="1.2">', "xliff"),
    "b.xlf": (b'<?xml version="1.0"?><xliff xmlns:mq="MQXliff">', "mqxliff"),
    "c.xlf": ('\ufeff<xliff xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0">'.encode("utf-16"), "sdlxliff"),
    "a.xml": (b'<?xml version="1.0"?>\n<tmx version="1.4">', "tmx"),
    "a": (b"PAR1", "parquet"),
    "a.json": (b'{"format": "bitext-alignment"}', "jsonl"),
}


@pytest.mark.parametrize("path", KINDS_BY_CONTENTS)
def test_a_format_is_known_by_suffix_and_contents(path: str) -> None:
    head, name = KINDS_BY_CONTENTS[path]
    assert kind_of(path, head).name == name


@pytest.mark.parametrize("path", ["a.docx", "a.txt", "a"])
def test_a_file_that_is_no_bitext_is_refused(path: str) -> None:
    assert kind_of_path(path) is None
    with pytest.raises(InputError, match="not known as bitexts"):
        kind_of(path, b"Hello.")
