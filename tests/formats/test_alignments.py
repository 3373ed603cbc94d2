"""Reading alignments: both formats, and the place of what is wrong in them."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bitext
from bitext.errors import InputError
from bitext.formats.alignments import ReadAlignment, parse, require_same_segments
from bitext.model.alignment import IndexPair
from bitext.report.rows import beads_jsonl


def beads(text: str) -> tuple[IndexPair, ...]:
    return parse(text.encode("utf-8"), "a.align").beads


def refusal(text: str) -> InputError:
    with pytest.raises(InputError) as caught:
        parse(text.encode("utf-8"), "a.align")
    return caught.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[0, 1]:[2]", (((0, 1), (2,)),)),
        ("[0,1]:[2]:0.314\n", (((0, 1), (2,)),)),
        ("[]:[0]\r\n[0]:[]\r\n", (((), (0,)), ((0,), ()))),
        ("\n  [0] : [ 0 , 1 ] : cost : 3\n\n", (((0,), (0, 1)),)),
        ("\ufeff[7]:[9]", (((7,), (9,)),)),
        ("[71, 73]:[117, 118]\n[72]:[]", (((71, 73), (117, 118)), ((72,), ()))),
    ],
)
def test_text_lines_are_read(text: str, expected: tuple[IndexPair, ...]) -> None:
    assert beads(text) == expected


def test_json_lines_are_numbered_in_order_with_or_without_a_header() -> None:
    rows = [
        {"source": ["甲。", "乙。"], "target": ["A."]},
        {"source": [], "target": ["B."]},
        {"source": ["丙"], "target": []},
    ]
    text = "\n".join(json.dumps(row) for row in rows)
    expected = (((0, 1), (0,)), ((), (1,)), ((2,), ()))
    assert beads(text) == expected
    header = json.dumps({"format": "bitext-alignment", "version": 1})
    read = parse(f"{header}\n{text}\n".encode(), "a.jsonl")
    assert (read.beads, read.lines) == (expected, (2, 3, 4))
    assert read.texts == (("甲。", "乙。", "丙"), ("A.", "B."))


def test_what_align_writes_is_read_back() -> None:
    alignment = bitext.align("你好。今天下雨。", "Hello. It rains today.", profile="fast")
    read = parse("".join(beads_jsonl(alignment)).encode(), "a.jsonl")
    assert read.beads == tuple((tuple(bead.source), tuple(bead.target)) for bead in alignment.beads)


PLACES = [
    ("\n \n", 0, 0, "no bead"),
    ("[0]:[0]\nhello", 2, 1, '"h" is out of place'),
    ("[0]:[0]\n[1]", 2, 3, '":" was expected'),
    ("[0]:[0", 1, 6, '"]" was expected'),
    ("[0]:[0]\n[2:[1]", 2, 3, '":" is out of place'),
    ("[0, 1,]:[0]", 1, 7, '"]" is out of place'),
    ("[-1]:[0]", 1, 2, '"-" is out of place'),
    ("[0.5]:[0]", 1, 3, '"." is out of place'),
    ("[0]:[0] 7", 1, 9, '"7" is out of place'),
    ("[1, 0]:[0]", 1, 5, "0 follows 1"),
    ("[0]:[3, 3]", 1, 9, "3 follows 3"),
    ("[9999999999999]:[0]", 1, 2, "out of place"),
    ('{"source": [], "target": ["a"]}\n{"source": [', 2, 12, "not JSON"),
    ('{"source": ["a"]}', 1, 1, "target of this bead"),
    ('{"source": "a", "target": ["b"]}', 1, 1, "source of this bead"),
    ('{"source": [1], "target": ["b"]}', 1, 1, "source of this bead"),
    ('{"source": [], "target": ["a"]}\n[0]:[0]', 2, 4, "not JSON"),
    ('{"source": [], "target": ["a"]}\n[0]', 2, 1, "no JSON object"),
    ('{"a": ' + "[" * 100_000, 1, 1, "no JSON object"),
    ('{"a": ' + "9" * 5_000 + "}", 1, 1, "no JSON object"),
    ('{"format": "bitext-alignment", "version": 2}', 1, 1, "bitext-alignment 2"),
    ('{"format": "bitext-alignment", "version": 1}', 0, 0, "no bead"),
]


@pytest.mark.parametrize(("text", "line", "column", "said"), PLACES, ids=[text[:24] for text, *_ in PLACES])
def test_what_is_wrong_is_told_with_its_place(text: str, line: int, column: int, said: str) -> None:
    error = refusal(text)
    assert (error.path, error.line, error.column) == ("a.align", line, column)
    assert said in str(error)
    for language in ("en", "zh"):
        assert re.search("Accepted: |接受：", error.render(language))
    if line:
        assert error.frame


@given(st.text(alphabet='[]:0123456789, .-{}"\n\t\\asource大', max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = outcome(text)
    assert "Accepted: " in found if isinstance(found, str) else len(found.beads) == len(found.lines) > 0


def outcome(text: str) -> ReadAlignment | str:
    try:
        return parse(text.encode("utf-8"), "a.align")
    except InputError as error:
        return str(error)


@given(st.lists(st.tuples(st.sets(st.integers(0, 99)), st.sets(st.integers(0, 99))), min_size=1))
def test_what_is_written_as_lists_is_read_back(rows: list[tuple[set[int], set[int]]]) -> None:
    pairs = [(sorted(source), sorted(target)) for source, target in rows]
    text = "\n".join(f"{source}:{target}" for source, target in pairs)
    assert beads(text) == tuple((tuple(source), tuple(target)) for source, target in pairs)


def test_a_huge_line_is_read_in_one_go() -> None:
    numbers = ", ".join(map(str, range(200_000)))
    assert len(beads(f"[{numbers}]:[0]")[0][0]) == 200_000
    assert refusal("[0" + " " * 1_000_000 + ";").column == 1_000_003


@pytest.mark.parametrize(
    ("auto", "line", "said"),
    [
        ([{"source": ["甲"], "target": ["A"]}, {"source": ["丙"], "target": ["B"]}], 2, "Segment 2 of the source"),
        ([{"source": ["甲"], "target": ["A"]}, {"source": ["乙"], "target": ["C"]}], 2, "Segment 2 of the target"),
        ([{"source": ["甲"], "target": ["A"]}], 0, "Segment 2 of the source"),
    ],
)
def test_alignments_of_other_segments_are_not_compared(auto: list[dict[str, list[str]]], line: int, said: str) -> None:
    gold = [{"source": ["甲"], "target": ["A"]}, {"source": ["乙"], "target": ["B"]}]
    golden, found = (parse("\n".join(map(json.dumps, rows)).encode(), "x") for rows in (gold, auto))
    require_same_segments(golden, golden, "x")
    require_same_segments(parse(b"[0]:[0]", "x"), found, "x")
    with pytest.raises(InputError, match=said) as caught:
        require_same_segments(golden, found, "auto.jsonl")
    assert (caught.value.path, caught.value.line) == ("auto.jsonl", line)
