"""SDLXLIFF and MQXLIFF: read segment by segment, written back with every other byte as it was."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.bitexts.memories import texts
from tests.formats.data import data_folder
from translate.storage import xliff as toolkit

from bitext.errors import InputError
from bitext.formats.bitexts import mqxliff, sdlxliff
from bitext.formats.bitexts.registry import kind_of
from bitext.formats.bitexts.units import read_units
from bitext.model.memory import Code, Content, Entry, TranslationMemory

STUDIO = """\ufeff<?xml version="1.0" encoding="utf-8"?><xliff xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" \
version="1.2" sdl:version="1.0" xmlns="urn:oasis:names:tc:xliff:document:1.2">\
<doc-info xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"><cmt-defs><cmt-def id="c1"><Comments><Comment user="Li">\
ask the school</Comment></Comments></cmt-def></cmt-defs></doc-info>
<file original="news.docx" source-language="zh-CN" datatype="x-sdlfilterframework2" target-language="en-US"><body>
<trans-unit id="u0" translate="no"><source><x id="0" /></source></trans-unit>\r
<trans-unit id="u1"><source>腾飞班<g id="5">开班</g>。学生36名。</source><seg-source><mrk mtype="seg" mid="1">腾飞班\
<g id="5">开班</g>。</mrk> <mrk mtype="seg" mid="2">学生36名。</mrk></seg-source><target><mrk mtype="seg" mid="1">The \
<mrk mtype="x-sdl-deleted" sdl:revid="r1">Tengfei</mrk><mrk mtype="x-sdl-added" sdl:revid="r2">Ascend</mrk> Class \
<g id="5">opens</g> &amp; starts.</mrk> <mrk mtype="seg" mid="2" /></target><sdl:seg-defs><sdl:seg id="1" \
conf="Translated" origin="tm" percent="98"><sdl:value key="x">y</sdl:value></sdl:seg><sdl:seg id="2" /></sdl:seg-defs>\
</trans-unit>
<trans-unit id="u2"><source>第三句。<x id="7" xid="a-b" /></source><seg-source><mrk mtype="seg" mid="3">第三句。\
<x id="7" xid="a-b" /></mrk></seg-source><sdl:seg-defs><sdl:seg id="3" conf="Draft" locked="false" /></sdl:seg-defs>\
</trans-unit>
<trans-unit id="u3"><source>锁定。</source><seg-source><mrk mtype="seg" mid="4">锁定。</mrk></seg-source><target>\
<mrk mtype="seg" mid="4"><mrk mtype="x-sdl-comment" sdl:cid="c1">Locked.</mrk></mrk></target><sdl:seg-defs>\
<sdl:seg id="4" conf="ApprovedSignOff" locked="true" /></sdl:seg-defs></trans-unit>
</body></file></xliff>
"""

MEMOQ = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:mq="MQXliff">
<file original="a.docx" source-language="zh-cn" target-language="en-us" datatype="x-docx"><body>
<trans-unit id="1" mq:status="ManuallyConfirmed" mq:percent="101"><source xml:space="preserve">双方<bpt id="1">\
&lt;b&gt;</bpt>签约<ept id="1">&lt;/b&gt;</ept>。</source>
<target xml:space="preserve">The two sides <bpt id="1">&lt;b&gt;</bpt>signed<ept id="1">&lt;/b&gt;</ept>.</target>
<mq:comments><mq:comment id="x" creatoruser="Li">check the date</mq:comment></mq:comments></trans-unit>
<trans-unit id="2" mq:status="NotStarted"><source xml:space="preserve">结束。</source><target></target></trans-unit>
<trans-unit id="3" mq:status="Edited" mq:locked="locked"><source>锁定。</source><target>Locked.</target></trans-unit>
</body></file></xliff>
"""

SAMPLES = {"sdlxliff": (sdlxliff, STUDIO), "mqxliff": (mqxliff, MEMOQ)}
LARGE = 45_000


def read(module: ModuleType, data: bytes, *, places: bool = False) -> dict[str, Entry]:
    memory: TranslationMemory = module.read(io.BytesIO(data), "a", places=places)
    return {entry.id: entry for entry in memory.entries}


def test_studio_segments_have_their_level_match_lock_and_comments() -> None:
    found = read(sdlxliff, STUDIO.encode())
    assert list(found) == ["u1.1", "u1.2", "u2.3", "u3.4"]
    first = found["u1.1"]
    assert first.target is not None
    assert first.target.text == "The Ascend Class opens & starts."
    assert (first.state, first.properties) == ("Translated", (("percent", "98"), ("origin", "tm")))
    assert found["u1.2"].target == Content("")
    assert (found["u2.3"].target, found["u2.3"].state, found["u2.3"].properties) == (None, "Draft", ())
    assert (found["u3.4"].notes, found["u3.4"].properties) == (("ask the school",), (("locked", "true"),))


def test_memoq_rows_have_their_status_match_lock_and_comments() -> None:
    found = read(mqxliff, MEMOQ.encode())
    assert [(entry.state, dict(entry.properties)) for entry in found.values()] == [
        ("ManuallyConfirmed", {"percent": "101"}),
        ("NotStarted", {}),
        ("Edited", {"locked": "locked"}),
    ]
    assert found["1"].notes == ("check the date",)
    assert found["1"].source == Content("双方签约。", (Code(2, "open", "1", "<b>"), Code(4, "close", "1", "</b>")))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_word_of_a_package_is_found_where_it_stands(name: str) -> None:
    _, text = SAMPLES[name]
    pages = read_units(text.encode(), f"a.{name}").bitext
    rows = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    for page, words in ((pages.source, ("学生36名", "锁定", "签约")), (pages.target, ("opens", "signed", "Locked"))):
        assert page is not None
        for word in words:
            if word in page.document.text:
                place = page.document.position(page.document.text.index(word))
                line = rows[place.line - 1]
                assert line.startswith(word, place.column - 1)


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_what_is_written_back_unchanged_leaves_every_byte(name: str, encoding: str) -> None:
    module, text = SAMPLES[name]
    data = text.removeprefix("\ufeff").replace("utf-8", encoding).replace("UTF-8", encoding).encode(encoding)
    have = {key: entry.target for key, entry in read(module, data).items() if entry.target is not None}
    assert module.write_back(data, have) == data


@pytest.mark.parametrize("name", SAMPLES)
@settings(max_examples=40)
@given(data=st.data())
def test_what_is_written_back_is_read_again_and_all_else_stays(name: str, data: st.DataObject) -> None:
    module, text = SAMPLES[name]
    before = read(module, text.encode())
    free = [key for key, entry in before.items() if "locked" not in dict(entry.properties)]
    safe = texts("".join(map(chr, range(32))) + "\ufffe\uffff")
    chosen = data.draw(st.dictionaries(st.sampled_from(free), safe.map(Content), min_size=1))
    after = module.write_back(text.encode(), chosen)
    again = read(module, after)
    for key, entry in before.items():
        if key in chosen:
            assert again[key] == replace(entry, target=chosen[key])
        elif entry.target is not None:
            assert again[key] == entry
    assert _frame(after.decode()) == _frame(text)


def _frame(text: str) -> str:
    """The file without its targets."""
    return re.sub(r"<target.*?</target>", "", text, flags=re.DOTALL)


def test_codes_are_written_with_the_tags_that_the_file_has() -> None:
    found = read(sdlxliff, STUDIO.encode())
    target = Content("Third sentence.", (Code(0, "alone", "7"),))
    after = sdlxliff.write_back(STUDIO.encode(), {"u2.3": target}).decode()
    assert (
        '<target><mrk mtype="seg" mid="3"><x id="7" xid="a-b" />Third sentence.</mrk></target><sdl:seg-defs>' in after
    )
    first = found["u1.1"].source
    assert first is not None
    after = sdlxliff.write_back(STUDIO.encode(), {"u1.1": first}).decode()
    assert (
        '<target><mrk mtype="seg" mid="1">腾飞班<g id="5">开班</g>。</mrk> <mrk mtype="seg" mid="2" /></target>'
        in after
    )


REFUSED = {
    "an id that the file does not have": ({"u9.9": Content("x")}, "has no segment u9.9"),
    "a locked segment": ({"u3.4": Content("x")}, "u3.4 is locked"),
    "a code that the segment does not have": ({"u1.2": Content("x", (Code(0, "alone", "7"),))}, "has inline codes"),
    "half of a pair": ({"u1.1": Content("x", (Code(0, "open", "5"),))}, "has inline codes"),
    "a character that XML cannot hold": ({"u1.1": Content("a\0b")}, r"U\+0000"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_spoil_a_package_is_refused(name: str) -> None:
    targets, said = REFUSED[name]
    with pytest.raises(InputError, match=said):
        sdlxliff.write_back(STUDIO.encode(), targets)


@pytest.mark.parametrize("name", SAMPLES)
def test_another_reader_finds_the_translations_written_back(name: str) -> None:
    module, text = SAMPLES[name]
    key = "u2.3" if name == "sdlxliff" else "2"
    after = module.write_back(text.encode(), {key: Content("It is <over> & done.")})
    store = toolkit.Xliff1File.parsestring(after)  # type: ignore[no-untyped-call]
    assert "It is <over> & done." in {str(unit.target) for unit in store.units}


def test_real_packages_keep_every_byte_and_take_translations() -> None:
    folder = data_folder("formats/okapi")
    paths = [path for path in sorted(folder.rglob("*.*")) if path.suffix == ".sdlxliff" or "MQ-12" in path.name]
    small = [path for path in paths if path.stat().st_size < LARGE]
    assert len(small) >= 10
    for path in small:
        data = path.read_bytes()
        module = SAMPLES[kind_of(str(path), data).name][0]
        before = read(module, data, places=True)
        have = {key: replace(entry.target, runs=()) for key, entry in before.items() if entry.target is not None}
        assert module.write_back(data, have) == data, path
        new = {key: Content(f"译文 <&> {number}") for number, key in enumerate(before)}
        after = module.write_back(data, new)
        assert {key: entry.target for key, entry in read(module, after).items()} == new, path
        restored = read(module, module.write_back(after, have))
        assert {key: restored[key].target for key in have} == have, path
