"""Bytes become text as the file means them, or the first bad byte is shown."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.data import data_folder

from bitext.errors import InputError
from bitext.formats.declaration import declared_encoding
from bitext.formats.encoding import decode

SIMPLIFIED = "深圳信息职业技术学院与腾讯签署战略合作协议，双方将在六个方面开展合作。"
TRADITIONAL = "深圳資訊職業技術學院與騰訊簽署戰略合作協議，雙方將在六個方面開展合作。"


def page(label: str, text: str = SIMPLIFIED) -> str:
    return f'<html><head><meta charset="{label}"></head><body>{text}</body></html>'


def note(data: bytes, declared: str = "") -> str:
    decoded = decode(data, "a.html", declared)
    assert len(decoded.notes) < 2
    return f"{decoded.encoding} {decoded.notes[0].key.rpartition('.')[2] if decoded.notes else ''}".strip()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (SIMPLIFIED.encode(), "utf-8"),
        (SIMPLIFIED.encode("utf-8-sig"), "utf-8"),
        (SIMPLIFIED.encode("utf-16"), "utf-16-le"),
        (b"\xfe\xff" + SIMPLIFIED.encode("utf-16-be"), "utf-16-be"),
        (("a\n" + SIMPLIFIED).encode("utf-16-le"), "utf-16-le guessed"),
        (SIMPLIFIED.encode("gb18030"), "gb18030 guessed"),
        (TRADITIONAL.encode("big5"), "big5hkscs guessed"),
        (TRADITIONAL.encode("gb18030"), "gb18030 guessed"),
        ("The college’s “new” campus".encode("cp1252"), "windows-1252 guessed"),
        (page("gb2312").encode("gb18030"), "gb18030"),
        (page("GBK").encode("gbk"), "gb18030"),
        (page("big5", TRADITIONAL).encode("big5"), "big5hkscs"),
        (page("utf-8").encode(), "utf-8"),
        (page("gb2312").encode(), "utf-8 declared-wrong"),
        (page("gb2312", "plain English").encode(), "utf-8"),
        (page("utf-8").encode("gb18030"), "gb18030 declared-wrong"),
        (page("big5").encode("gb18030"), "gb18030 declared-wrong"),
        (page("iso-8859-1").encode("gb18030"), "gb18030 declared-wrong"),
        (page("iso-8859-1").encode(), "utf-8 declared-wrong"),
        (page("iso-8859-1", "caf\xe9").encode("latin-1"), "windows-1252"),
        (page("no-such-label").encode("gb18030"), "gb18030 declared-wrong"),
    ],
)
def test_the_encoding_is_that_of_the_bytes(data: bytes, expected: str) -> None:
    assert note(data) == expected


def test_a_declaration_that_came_with_the_file_counts_before_its_own() -> None:
    assert note(page("utf-8").encode("gb18030"), "gbk") == "gb18030"


@pytest.mark.parametrize(
    ("head", "label"),
    [
        (b'<meta charset="gb2312">', "gb2312"),
        (b"<META CHARSET=gbk />", "gbk"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=GB2312">', "GB2312"),
        (b'<meta content="text/html; charset=big5" http-equiv=content-type>', "big5"),
        (b'<?xml version="1.0" encoding="GBK"?><html>', "GBK"),
        (b'<!-- <meta charset="gbk"> --><meta charset="big5">', "big5"),
        (b"<script src='<meta charset=gbk>'></script><meta charset=utf-8>", "utf-8"),
        (b'<meta name="x" content="charset=gbk"><p>', ""),
        (b'plain text with <meta charset="gbk">', ""),
        (b"<!-- never closed <meta charset=gbk>", ""),
        (b"<meta", ""),
    ],
)
def test_a_declaration_is_found_as_browsers_find_it(head: bytes, label: str) -> None:
    assert declared_encoding(head) == label


def zip_with(member: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(member, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (zip_with("word/document.xml"), "Word (.docx)"),
        (zip_with("xl/workbook.xml"), "Excel (.xlsx)"),
        (zip_with("a.txt"), "ZIP"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 20, ".doc"),
        (gzip.compress(b"x", mtime=0), "gzip"),
        (b"{\\rtf1 text}", "RTF"),
        (b"text\0with a zero byte", "zero bytes"),
        (b"\0" * 100, "zero bytes"),
        (b"\xff\xfe" + "a\0b".encode("utf-16-le"), "zero bytes"),
        ("中\0文".encode("utf-16-be"), "zero bytes"),
    ],
)
def test_a_binary_file_is_refused_and_named(data: bytes, said: str) -> None:
    with pytest.raises(InputError) as error:
        decode(data, "a.html")
    assert said in str(error.value)
    assert ".html" in str(error.value)


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        ("中文\n第二行".encode() + b"\xff\xfe\xfd\xfc" * 5 + "完".encode() * 9, 2, 4),
        ("\ufeff中文".encode() + b"\xff" + "文".encode() * 5, 1, 3),
        ("a\r\nb\r中".encode() + b"\xe4\xb8" + "中文大人".encode() * 5, 3, 2),
    ],
)
def test_the_first_bad_byte_is_shown_with_line_and_column(data: bytes, line: int, column: int) -> None:
    with pytest.raises(InputError) as error:
        decode(data, "a.txt")
    assert error.value.message.key == "formats.encoding.bad-byte"
    assert (error.value.line, error.value.column) == (line, column)


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1), st.sampled_from(["utf-8", "utf-8-sig"])
)
def test_unicode_text_is_read_back_as_it_was(text: str, encoding: str) -> None:
    if text.startswith(("{\\rtf", "%PDF-", "PK", "GIF8", "BZh", "MZ")):
        return
    assert decode(text.encode(encoding), "a.txt").text == text.removeprefix("\ufeff")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data, "a.txt")
    except InputError:
        return
    assert "\0" not in decoded.text


@pytest.mark.parametrize(("column", "encoding"), [(2, "gb18030"), (3, "big5hkscs")])
def test_single_sentences_of_news_are_told_by_their_bytes(column: int, encoding: str) -> None:
    rows = [line.split("\t") for file in sorted(data_folder("align/ntrex").glob("*.tsv"))
            for line in file.read_text("utf-8").splitlines()[1:]]  # fmt: skip
    sentences = [row[column].encode(encoding, errors="ignore") for row in rows if not row[column].isascii()]
    right = sum(decode(sentence, "a.txt").encoding == encoding for sentence in sentences)
    assert len(sentences) > 500
    assert right / len(sentences) >= 0.998
