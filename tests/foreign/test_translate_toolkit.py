"""translate-toolkit reads the XLIFF 2 that we write (TMX, XLIFF 1.2, TBX and UTX are tried beside their own tests)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.bitexts.coded import memories

from bitext.formats.bitexts import xliff
from bitext.formats.xml_write import FORBIDDEN
from bitext.model.memory import Code, Content, Entry, Header, TranslationMemory

VERSIONS = ("2.0", "2.1", "2.2")


def units(memory: TranslationMemory, version: str) -> list[tuple[str | None, str | None]]:
    """The source and the target of each unit, as translate-toolkit reads them."""
    xliff2 = pytest.importorskip("translate.storage.xliff2", reason="this translate-toolkit has no XLIFF 2")
    store = xliff2.Xliff2File.parsestring(b"".join(xliff.write(memory, version=version)))
    return [(_text(unit.source), _text(unit.target)) for unit in store.units]


def _text(told: object) -> str | None:
    return None if told is None else str(told)


def plain(content: Content | None) -> Content | None:
    """`content` without what the toolkit has no text for: codes, and characters that XML must write as elements."""
    return content and Content(f"a{FORBIDDEN.sub('', content.text)}z")


@settings(max_examples=15, deadline=None)
@given(memories(), st.sampled_from(VERSIONS))
def test_the_texts_of_our_xliff_2_are_read(memory: TranslationMemory, version: str) -> None:
    rows = tuple(
        replace(row, source=plain(row.source) or Content("none"), target=plain(row.target)) for row in memory.entries
    )
    found = units(replace(memory, header=Header("zh-CN", "en-US"), entries=rows), version)
    assert found == [tuple(side and side.text for side in (row.source, row.target)) for row in rows]


@pytest.mark.parametrize("version", VERSIONS)
def test_texts_with_codes_are_read_without_them(version: str) -> None:
    pair = (Code(1, "open", "1", "<b>", "bold"), Code(3, "close", "1", "</b>"), Code(4, "alone", "2", "<br/>", "lb"))
    memory = TranslationMemory(Header("zh-CN", "en-US"), (Entry("1", Content("与腾讯签约", pair), None),))
    assert units(memory, version) == [("与腾讯签约", None)]
