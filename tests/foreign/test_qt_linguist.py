"""Qt's lconvert reads the XLIFF 1.2 that we write: ids, texts and notes. It reads no text beside inline codes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from bitext.formats.bitexts import xliff
from bitext.model.memory import Content, Entry, Header, TranslationMemory

ROWS = (
    ("深信院与腾讯签约。", "SZIIT signed with Tencent."),
    ("A < B & “甲” ]]>", "A < B & “a” ]]>"),
    ("𠀀与😀 q\u0301", "\U00020000 and \U0001f600 q\u0301"),
    ("<b>不是标签</b> &amp;", "<b>no tag</b> &amp;"),
    ("甲\t乙  丙\n丁", "a\tb  c\nd"),
)


def test_lconvert_reads_the_texts_and_notes_of_our_xliff(tmp_path: Path) -> None:
    program = shutil.which("lconvert")
    if program is None:
        pytest.skip("Qt's lconvert is not on the path (Debian: qttools5-dev-tools)")
    entries = tuple(
        Entry(f"u{number}", Content(source), Content(target), "translated", (f"note {number}",))
        for number, (source, target) in enumerate(ROWS)
    )
    memory = TranslationMemory(Header("zh-CN", "en-US", original="news.html"), entries)
    path, made = tmp_path / "ours.xlf", tmp_path / "theirs.ts"
    path.write_bytes(b"".join(xliff.write(memory)))
    subprocess.run([program, "-i", str(path), "-if", "xlf", "-of", "ts", "-o", str(made)], check=True, timeout=60)
    messages = etree.fromstring(made.read_bytes(), etree.XMLParser(load_dtd=False, no_network=True)).iter("message")
    found = [[row.get("id"), *map(row.findtext, ("source", "translation", "translatorcomment"))] for row in messages]
    assert found == [[f"u{n}", *texts, f"note {n}"] for n, texts in enumerate(ROWS)]
