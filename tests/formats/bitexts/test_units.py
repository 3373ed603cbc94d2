"""Bitext files as the checks see them: a word is found where it stands, and what cannot be judged is told."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.bitexts.memories import texts, written

from bitext.errors import InputError
from bitext.formats.bitexts.registry import KINDS, module_of
from bitext.formats.bitexts.units import bitext_of, read_units
from bitext.formats.carried import line_starts
from bitext.model.documents import Origins
from bitext.model.memory import Content, Entry, Header, TranslationMemory

MARK = "Zqmark"
PLACED = ("tsv", "csv", "jsonl", "tmx", "xliff", "columns")
XML_SAFE = "".join(map(chr, range(32))) + "\x7f\ufffe\uffff"


@st.composite
def planted(draw: st.DrawFn) -> tuple[Entry, ...]:
    """Units, one of which has the mark in one of its texts."""
    text = texts(XML_SAFE, breaks=False).map(lambda text: f"a{text}")
    made = [Entry(str(n), *draw(st.tuples(text, text))) for n in range(1, draw(st.integers(2, 5)))]  # type: ignore[arg-type]
    entries = [Entry(entry.id, Content(f"{entry.source}"), Content(f"{entry.target}")) for entry in made]
    index, side = draw(st.integers(0, len(entries) - 1)), draw(st.sampled_from(["source", "target"]))
    old = getattr(entries[index], side).text
    cut = draw(st.integers(0, len(old)))
    content = Content(old[:cut] + MARK + old[cut:])
    entry = entries[index]
    entries[index] = replace(entry, source=content) if side == "source" else replace(entry, target=content)
    return tuple(entries)


@pytest.mark.parametrize("name", PLACED)
@settings(max_examples=40)
@given(entries=planted(), end=st.sampled_from(["\n", "\r\n"]))
def test_a_word_is_found_where_it_stands(name: str, entries: tuple[Entry, ...], end: str) -> None:
    data = written(name, TranslationMemory(Header("en", "zh"), entries)).decode()
    data = data.replace("\r\n", "\n").replace("\n", end)
    source = data.removeprefix("\ufeff")
    memory = module_of(KINDS[name]).read(io.BytesIO(data.encode()), "a", places=True)
    bitext = bitext_of(replace(memory, header=Header("en", "zh")), "a").bitext
    pages = [page.document for page in (bitext.source, bitext.target) if page is not None]
    page = next(page for page in pages if MARK in page.text)
    wanted = Origins((), line_starts(source)).position(source.index(MARK))
    for offset in range(len(MARK)):
        place = page.position(page.text.index(MARK) + offset)
        assert (place.line, place.column) == (wanted.line, wanted.column + offset)


def memory(*pairs: tuple[str | None, str | None], header: Header = Header()) -> TranslationMemory:  # noqa: B008
    rows = [[None if text is None else Content(text) for text in pair] for pair in pairs]
    return TranslationMemory(header, tuple(Entry(str(n), row[0], row[1]) for n, row in enumerate(rows, start=1)))


def test_units_without_a_translation_are_counted_and_placed() -> None:
    data = "zh\ten\n你好。\tHello.\n再见。\t\n没有译。\t没有译。\n \tOnly here.\n".encode()
    units = read_units(data, "a.tsv")
    assert [(unit.id, unit.source is None, unit.target is None) for unit in units.bitext.units] == [
        (0, False, False),
        (3, True, False),
    ]
    assert units.untranslated == 2
    assert [(note.key, dict(note.fields)["places"]) for note in units.notes] == [
        ("bitexts.check.untranslated-many", "3:1, 4:1")
    ]


def test_names_that_are_the_same_in_english_are_translations_but_sentences_are_not() -> None:
    header = Header("en", "zh")
    units = bitext_of(memory(("Tencent", "Tencent"), ("It is over now.", "It is over now."), header=header), "a")
    assert (len(units.bitext.units), units.untranslated) == (1, 1)


def test_a_table_without_places_counts_its_units() -> None:
    units = bitext_of(memory(("一\n二", "one"), ("三", "two")), "a.parquet")
    target = units.bitext.target
    assert target is not None
    assert [target.document.position(segment.span.start).line for segment in target.segments] == [1, 2]
    assert [note.key for note in units.notes] == ["bitexts.check.rows"]


@pytest.mark.parametrize(
    ("tags", "direction"),
    [
        (("zh-CN", "en-US"), ("zh", "en")),
        (("EN", "ZH_TW"), ("en", "zh")),
        (("cmn-Hans", "eng"), ("zh", "en")),
    ],
)
def test_chinese_and_english_are_known_by_any_of_their_tags(tags: tuple[str, str], direction: tuple[str, str]) -> None:
    bitext = bitext_of(memory(("x", "y"), header=Header(*tags)), "a").bitext
    assert bitext.source is not None
    assert bitext.target is not None
    assert (bitext.source.document.language, bitext.target.document.language) == direction


@pytest.mark.parametrize("tags", [("zh", "zh-TW"), ("en", "fr"), ("", "en"), ("ja", "zh")])
def test_other_pairs_of_languages_are_refused(tags: tuple[str, str]) -> None:
    with pytest.raises(InputError, match="Chinese with English, in either direction"):
        bitext_of(memory(("x", "y"), header=Header(*tags)), "a")


REFUSED = {
    "no units": (memory(), "no translation unit"),
    "blank units": (memory((" ", "\n"), (None, "")), "no translation unit"),
    "no translation": (memory(("一", None), ("二", " ")), "nothing to judge"),
    "no source": (memory((None, "one")), "No unit of this file has a source text"),
    "English for Chinese": (memory(("This is English. " * 30, "This is English.")), "its source is Chinese, but 0 %"),
    "Chinese for English": (memory(("这是中文。", "这是中文。那也是。" * 60)), "its target is English, but 100 %"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_judged_is_refused(name: str) -> None:
    found, said = REFUSED[name]
    with pytest.raises(InputError, match=said):
        bitext_of(found, "a")
