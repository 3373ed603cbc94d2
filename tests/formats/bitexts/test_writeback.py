"""Translations written back into the file of a CAT tool: each finds its segment, and all other bytes stay."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.bitexts.test_packages import MEMOQ, STUDIO

from bitext.errors import ConfigError, InputError
from bitext.formats.bitexts import jsonl, tmx
from bitext.formats.bitexts.registry import KINDS, module_of
from bitext.formats.bitexts.writeback import WrittenBack, write_back
from bitext.model.memory import Code, Content, Entry

WHOLE = Path("tests/cases/formats/whole-12.xlf").read_text(encoding="utf-8")
FILES = {"sdlxliff": STUDIO.encode(), "mqxliff": MEMOQ.encode(), "xliff": WHOLE.encode()}


def entries(name: str) -> tuple[Entry, ...]:
    return tuple(module_of(KINDS[name]).read(io.BytesIO(FILES[name]), "a").entries)


def back(name: str, rows: list[Entry]) -> WrittenBack:
    return write_back(FILES[name], KINDS[name], rows, "a")


def units(*pairs: tuple[str, str]) -> list[Entry]:
    return [Entry(str(n), Content(source), Content(target)) for n, (source, target) in enumerate(pairs, start=1)]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("carrier", [tmx, jsonl])
def test_a_file_that_went_through_another_format_unchanged_comes_back_byte_for_byte(name: str, carrier: object) -> None:
    kind = module_of(KINDS["tmx" if carrier is tmx else "jsonl"])
    memory = module_of(KINDS[name]).read(io.BytesIO(FILES[name]), "a")
    carried = kind.read(io.BytesIO(b"".join(kind.write(memory))), "a")
    done = back(name, list(carried.entries))
    assert done.data == FILES[name]
    assert (done.written, done.homeless, done.codes, done.locked) == ((), (), (), ())
    assert done.same > 0


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(FILES)), st.data())
def test_new_translations_are_read_again_and_all_else_stays(name: str, data: st.DataObject) -> None:
    before = entries(name)
    text = st.text("ab<&>\"' 译文。", min_size=1, max_size=8).filter(str.strip)
    wanted = [row for row in before if dict(row.properties).get("translate") != "no"]
    plain = [row.id for row in wanted if row.source and not row.source.codes]
    new = {key: data.draw(text) for key in plain if data.draw(st.booleans())}
    if not new:
        return
    done = back(name, [replace(row, target=Content(new[row.id])) for row in before if row.id in new])
    after = {row.id: row for row in module_of(KINDS[name]).read(io.BytesIO(done.data), "a").entries}
    skipped = {*done.locked, *done.codes}
    for row in before:
        again = after[row.id]
        assert (again.source, again.state, again.notes) == (row.source, row.state, row.notes)
        if row.id in new and not any(key.startswith(row.id) for key in skipped):
            assert again.target is not None
            assert again.target.text == new[row.id]
        elif row.id not in new:
            assert again.target == row.target
    bare = re.compile(r"<target.*?</target>|<target[^>]*/>|\s+", re.DOTALL)
    assert bare.sub("", done.data.decode()) == bare.sub("", FILES[name].decode())


def test_a_translation_finds_its_segment_by_the_source_text() -> None:
    done = back("sdlxliff", units(("学生36名。", "36 students."), ("不在此文件。", "Not here.")))
    assert done.written == ("u1.2",)
    assert done.homeless == ("不在此文件。",)
    assert '<mrk mtype="seg" mid="2">36 students.</mrk>' in done.data.decode()


def test_an_id_alone_is_not_believed() -> None:
    row = Entry("u1.2", Content("另一句。"), Content("Another."))
    with pytest.raises(InputError) as error:
        back("sdlxliff", [row])
    assert error.value.message.key == "writeback.none"


TWICE = """<xliff version="1.2"><file original="a" source-language="zh" target-language="en" datatype="html"><body>
<trans-unit id="1"><source>是</source></trans-unit><trans-unit id="2"><source>是</source></trans-unit>
<trans-unit id="3"><source>是</source></trans-unit></body></file></xliff>"""


@pytest.mark.parametrize(
    ("given_", "wanted"),
    [
        ([("a", "One"), ("b", "Two"), ("c", "Three")], ["One", "Two", "Three"]),
        ([("a", "One")], ["One", "One", "One"]),
        ([("2", "Two"), ("b", "B")], ["Two", "Two", "B"]),
        ([("a", ""), ("b", "B")], ["B", "B", "B"]),
    ],
)
def test_segments_with_the_same_text_take_translations_in_turn(
    given_: list[tuple[str, str]], wanted: list[str]
) -> None:
    rows = [Entry(name, Content("是"), Content(target)) for name, target in given_]
    done = write_back(TWICE.encode(), KINDS["xliff"], rows, "a")
    assert re.findall("<target>(.*?)</target>", done.data.decode()) == wanted
    assert done.homeless == ()


def test_what_is_not_to_be_translated_stays_whatever_says_so() -> None:
    unit = "<trans-unit{0}><source>{1}</source></trans-unit>"
    no, yes = (f" translate='{told}'" for told in ("no", "yes"))
    inner = unit.format("", "否") + f"<group>{unit.format('', '也许')}{unit.format(yes, '是')}</group>"
    body = f"<group{no}>{inner}</group>{unit.format('', '对')}{unit.format(no, '错')}"
    data = TWICE[: TWICE.index("<trans-unit")] + body + "</body></file></xliff>"
    rows = units(("否", "No"), ("也许", "Maybe"), ("是", "Yes"), ("对", "Right"), ("错", "Wrong"))
    done = write_back(data.encode(), KINDS["xliff"], rows, "a")
    assert re.findall("<target>(.*?)</target>", done.data.decode()) == ["Yes", "Right"]
    assert done.homeless == ("否", "也许", "错")


def test_codes_that_a_translation_lacks_are_told() -> None:
    data = TWICE.replace("<source>是", '<source><x id="1"/>是<x id="2"/>').encode()
    one, two = (Code(0, "alone", name) for name in ("1", "2"))
    rows = [
        Entry(name, Content("是"), Content("Yes", codes))
        for name, codes in zip("123", ((), (two,), (one, two)), strict=True)
    ]
    done = write_back(data, KINDS["xliff"], rows, "a")
    assert (done.written, done.stripped) == (("1", "2", "3"), ("1", "2"))


@pytest.mark.parametrize("name", ['id="1"', "", 'id="1" x="y"'])
def test_segments_with_the_same_id_or_none_have_each_their_own_translation(name: str) -> None:
    sources = ("是", "否", "也许")
    body = "".join(f"<trans-unit {name}><source>{source}</source></trans-unit>" for source in sources)
    data = TWICE[: TWICE.index("<trans-unit")] + body + "</body></file></xliff>"
    rows = units(("否", "No"), ("也许", "Maybe"), ("是", "Yes"))
    done = write_back(data.encode(), KINDS["xliff"], rows, "a")
    assert re.findall("<target>(.*?)</target>", done.data.decode()) == ["Yes", "No", "Maybe"]
    assert (len(done.written), done.homeless) == (3, ())
    again = write_back(done.data, KINDS["xliff"], rows, "a")
    assert (again.data, again.same) == (done.data, 3)


@pytest.mark.parametrize(
    ("target", "key"), [(None, "writeback.empty"), (" ", "writeback.empty"), ("a", "writeback.none")]
)
def test_a_file_without_translations_is_told_from_translations_of_another_file(target: str | None, key: str) -> None:
    rows = [Entry("1", Content("另一句。"), None if target is None else Content(target))]
    with pytest.raises(InputError) as error:
        back("sdlxliff", rows)
    assert error.value.message.key == key


def test_what_cannot_be_written_is_named_and_stays() -> None:
    code = Content("x", (Code(0, "alone", "99"),))
    rows = [*units(("锁定。", "New."), ("第三句。", "Third.")), Entry("u1.2", Content("学生36名。"), code)]
    done = back("sdlxliff", rows)
    assert (done.locked, done.codes, done.stripped) == (("u3.4",), ("u1.2",), ("u2.3",))
    assert done.written == ("u2.3",)
    after = done.data.decode()
    assert "Locked." in after
    assert '<mrk mtype="seg" mid="2" />' in after


@pytest.mark.parametrize(
    ("data", "name", "key"),
    [
        (b"a\tb\n", "tsv", "writeback.kind"),
        (Path("tests/cases/formats/whole-20.xlf").read_bytes(), "xliff", "writeback.version"),
    ],
)
def test_other_files_are_not_written_into(data: bytes, name: str, key: str) -> None:
    with pytest.raises(ConfigError) as error:
        write_back(data, KINDS[name], units(("甲", "a")), "a")
    assert error.value.message.key == key
