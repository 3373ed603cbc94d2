"""From any format to any other: the texts of all units arrive, and what is left out is counted."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.formats.bitexts.memories import texts

from bitext.formats.bitexts.conversion import read_as, written_as
from bitext.formats.bitexts.losses import Losses
from bitext.formats.bitexts.registry import KINDS, WRITABLE
from bitext.model.memory import Code, Content, Entry, Header, TranslationMemory

XML_SAFE = "".join(map(chr, range(32))) + "\x7f\ufeff\ufffe\uffff"
SAFE = texts(XML_SAFE, breaks=False).map(lambda text: f"{text}x")


def through(name: str, memory: TranslationMemory) -> tuple[TranslationMemory, Losses]:
    """`memory` written as the format `name` and read again, and what was left out."""
    kind = KINDS[name]
    losses = Losses(kind)
    files = [b"".join(parts) for parts in zip(*written_as(kind, memory, losses), strict=True)]
    paths = ("a.zh", "a.en") if kind.files == 2 else (f"a.{name}",)
    again = read_as(kind, [io.BytesIO(file) for file in files], paths)
    return replace(again, entries=tuple(again.entries)), losses


def pairs(memory: TranslationMemory) -> list[tuple[str, str]]:
    return [(entry.source.text, entry.target.text) for entry in memory.entries if entry.source and entry.target]


@pytest.mark.parametrize("first", WRITABLE)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(st.tuples(SAFE, SAFE), min_size=1, max_size=3), second=st.sampled_from(WRITABLE))
def test_the_texts_arrive_whatever_the_formats(first: str, second: str, rows: list[tuple[str, str]]) -> None:
    entries = tuple(Entry(str(n), Content(a), Content(b)) for n, (a, b) in enumerate(rows, start=1))
    between, _ = through(first, TranslationMemory(Header(), entries))
    after, losses = through(second, replace(between, header=Header()))
    assert pairs(after) == rows
    assert losses.units == len(rows)


FULL = Entry(
    "1",
    Content("甲\t乙", (Code(1, "alone", "1", "<br>", attributes=(("equiv-text", "br"),)),)),
    Content("a"),
    state="final",
    notes=("n",),
    properties=(("p", "q"), ("source-segments", "0-1 2-3")),
    confidence=0.5,
)


@pytest.mark.parametrize("name", WRITABLE)
def test_what_a_format_does_not_hold_is_counted_and_nothing_else(name: str) -> None:
    plain = Entry("2", Content("丙"), None)
    memory = TranslationMemory(Header(original="a.html"), (FULL, plain, FULL))
    after, losses = through(name, memory)
    found = dict(losses.found)
    inline = "attributes" if "codes" in KINDS[name].holds else "codes"
    assert (
        set(found) == {"breaks", "states", "notes", "properties", "confidences", "header", inline} - KINDS[name].holds
    )
    assert all(n == (1 if feature == "header" else 2) for feature, n in found.items())
    first = next(iter(after.entries))
    assert (first.state == "final") == ("states" in KINDS[name].holds)
    assert (first.notes == ("n",)) == ("notes" in KINDS[name].holds)
    assert (first.confidence == 0.5) == ("confidences" in KINDS[name].holds)
    assert (("p", "q") in first.properties) == ("properties" in KINDS[name].holds)
    assert first.source is not None
    assert bool(first.source.codes) == ("codes" in KINDS[name].holds)
    assert ("\t" in first.source.text) == ("breaks" in KINDS[name].holds)
    assert (after.header.original == "a.html") == ("header" in KINDS[name].holds)
