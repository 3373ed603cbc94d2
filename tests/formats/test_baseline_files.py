"""Baselines are written in one way, read back as they were, and refused with the line that is wrong."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.errors import InputError
from bitext.formats.baseline_files import dumps, loads
from bitext.model.findings import Recorded

texts = st.text(st.sampled_from('ab"\\中\n\r\u2028\x85,\udc80😀'), max_size=5)
rows = st.builds(
    Recorded,
    st.lists(texts, min_size=1, max_size=2).map(tuple),
    st.text("xyz-", min_size=1, max_size=4),
    texts,
    st.tuples(texts, texts),
    texts,
)
HEADER = b'{"bitext-baseline": 1}\n'
ROW = Recorded(("news/1.zh.md", "news/1.en.md"), "number-mismatch", "", ("3200名", "320"), "0123456789abcdef")


@given(st.lists(rows, max_size=5))
def test_what_is_written_is_read_back(given_rows: list[Recorded]) -> None:
    data = dumps(given_rows)
    assert loads(data, "x") == tuple(sorted(set(given_rows)))
    assert dumps(reversed(given_rows)) == dumps(loads(data, "x")) == data
    assert data.count(b"\n") == 1 + len(set(given_rows))


@given(st.lists(rows, max_size=4), st.lists(rows, max_size=4), st.booleans())
def test_lines_of_two_branches_may_stand_in_any_order_twice_and_with_other_ends(
    ours: list[Recorded], theirs: list[Recorded], windows: bool
) -> None:
    merged = dumps(ours) + b"\n" + dumps(theirs).partition(b"\n")[2]
    if windows:
        merged = b"\xef\xbb\xbf" + merged.replace(b"\n", b"\r\n")
    assert loads(merged, "x") == tuple(sorted({*ours, *theirs}))


def test_a_line_is_made_for_people() -> None:
    line = dumps([ROW]).decode().splitlines()[1]
    assert line == (
        '{"paths": ["news/1.zh.md", "news/1.en.md"], "rule": "number-mismatch", '
        '"words": ["3200名", "320"], "fingerprint": "0123456789abcdef"}'
    )


GOOD = json.loads(dumps([ROW]).splitlines()[1])


def changed(**fields: object) -> bytes:
    return HEADER + json.dumps({**GOOD, **fields}).encode() + b"\n"


@pytest.mark.parametrize(
    ("data", "key", "line"),
    [
        (b"", "header", 1),
        (b"\n\n", "header", 1),
        (b"rule,page\n", "header", 1),
        (b"[1]\n", "header", 1),
        (b'{"bitext-baseline": 2}\n', "version", 1),
        (HEADER + b"<<<<<<< HEAD\n", "conflict", 2),
        (b"<<<<<<< HEAD\n" + HEADER, "conflict", 1),
        (changed() + b">>>>>>> main\n", "conflict", 3),
        (HEADER + b"\n{}\n", "row", 3),
        (HEADER + b"[[[[\n", "row", 2),
        (HEADER + b"[" * 100_000 + b"\n", "row", 2),
        (HEADER + b"9" * 10_000 + b"\n", "row", 2),
        (changed(paths=[]), "row", 2),
        (changed(paths=["a", 1]), "row", 2),
        (changed(paths="a"), "row", 2),
        (changed(words=["a"]), "row", 2),
        (changed(rule=""), "row", 2),
        (changed(rule=None), "row", 2),
        (changed(concept=["x"]), "row", 2),
        (HEADER + b"\xff\n", "encoding", 2),
    ],
)
def test_what_is_wrong_is_told_with_its_line(data: bytes, key: str, line: int) -> None:
    with pytest.raises(InputError) as caught:
        loads(data, "bitext-baseline.jsonl")
    assert (caught.value.message.key, caught.value.line) == (f"baseline.errors.{key}", line)
    assert all(len(row) < 200 for row in caught.value.frame)
    assert "\n" not in caught.value.message.key
    assert caught.value.render("zh")


def test_the_row_that_the_bad_ones_were_made_of_is_good() -> None:
    assert loads(changed(), "x") == (ROW,)
