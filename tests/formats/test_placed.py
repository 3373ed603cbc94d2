"""The sentences of an alignment file are found in its pages, each after the one before it, or not at all."""

import json

from hypothesis import given
from hypothesis import strategies as st

from bitext.formats.alignments import parse
from bitext.formats.documents.plain import document_from_text
from bitext.formats.placed import units
from bitext.model.documents import Document

WORDS = st.text(alphabet="ab c", min_size=1, max_size=8).filter(lambda text: bool(text.strip()))


def documents(left: list[str], right: list[str]) -> tuple[Document, Document]:
    return document_from_text("\n".join(left), "zh"), document_from_text(" ".join(right), "en")


def lines(rows: list[tuple[list[str], list[str]]]) -> bytes:
    return "\n".join(json.dumps({"source": left, "target": right}) for left, right in rows).encode()


@given(st.lists(st.tuples(st.lists(WORDS, max_size=2), st.lists(WORDS, max_size=2)), min_size=1, max_size=6))
def test_every_sentence_stands_where_its_unit_says(rows: list[tuple[list[str], list[str]]]) -> None:
    left, right = ([text for row in rows for text in row[side]] for side in (0, 1))
    if not left or not right:
        return
    source, target = documents(left, right)
    found = units(parse(lines(rows), "a.jsonl"), source, target)
    assert found is not None
    for unit, row in zip(found, rows, strict=True):
        for document, span, texts in ((source, unit.source, row[0]), (target, unit.target, row[1])):
            text = "" if span is None else document.slice(span)
            assert "".join(text.split()) == "".join("".join(texts).split())


def test_pages_that_were_changed_since_have_no_units() -> None:
    source, target = documents(["一。", "二。"], ["One.", "Two."])
    there = parse(lines([(["一。"], ["One."]), (["二。"], ["Two."])]), "a.jsonl")
    assert units(there, source, target) is not None
    assert units(there, *documents(["一。", "三。"], ["One.", "Two."])) is None
    assert units(there, *documents(["二。", "一。"], ["One.", "Two."])) is None
    assert units(parse(b"[0]:[0]\n", "a.txt"), source, target) is None


def test_what_a_page_has_between_the_sentences_is_passed_over() -> None:
    source, target = documents(["一。", "（图）", "二。"], ["One.", "Two."])
    found = units(parse(lines([(["一。"], ["One."]), (["二。"], ["Two."])]), "a.jsonl"), source, target)
    assert found is not None
    assert [source.slice(unit.source) for unit in found if unit.source is not None] == ["一。", "二。"]
