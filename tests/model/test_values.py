"""Laws of the values that pass between the stages: spans, origins, segments, beads, glossaries."""

import pickle
from dataclasses import FrozenInstanceError, fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.model.alignment import Alignment, Bead, Bitext, TranslationUnit
from bitext.model.documents import (
    Block,
    Document,
    OriginRun,
    Origins,
    Position,
    Segment,
    SegmentedDocument,
    Span,
)
from bitext.model.findings import Finding, Mark, Message, Report, Severity
from bitext.model.glossary import Concept, Glossary, Term, TermStatus


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, 30))
    return Span(start, draw(st.integers(start, 40)))


@given(spans(), spans())
def test_spans_are_sets_of_code_points(one: Span, other: Span) -> None:
    first, second = set(range(one.start, one.end)), set(range(other.start, other.end))
    assert len(one) == len(first)
    assert one.overlaps(other) == bool(first & second) or not (first and second)
    if second:
        assert one.contains(other) == (second <= first)


@pytest.mark.parametrize(("start", "end"), [(-1, 0), (2, 1)])
def test_what_ends_before_it_begins_is_no_span(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


@given(st.lists(st.tuples(st.sampled_from(["keep", "drop", "entity"]), st.sampled_from("ab\n中😀")), max_size=40))
def test_origins_give_the_line_and_column_of_each_kept_character(steps: list[tuple[str, str]]) -> None:
    file, text, runs, places = "", "", [], []
    for action, char in steps:
        written = "&amp;" if action == "entity" else char
        if action != "drop":
            runs.append(OriginRun(len(text), len(file), len(written)))
            places.append(len(file))
            text += "&" if action == "entity" else char
        file += written
    starts = (0, *(place + 1 for place, char in enumerate(file) if char == "\n"))
    origins = Origins(tuple(runs), starts)
    for offset, place in enumerate(places):
        before = file[:place]
        expected = Position(before.count("\n") + 1, place - (before.rfind("\n") + 1) + 1)
        assert origins.position(offset) == expected


def document(texts: list[str]) -> SegmentedDocument:
    text = "\n".join(texts)
    blocks, segments, start = [], [], 0
    for index, part in enumerate(texts):
        span = Span(start, start + len(part))
        blocks.append(Block(span))
        segments.append(Segment(span, part, index))
        start += len(part) + 1
    origins = Origins((OriginRun(0, 0, len(text)),))
    return SegmentedDocument(Document("", "en", text, tuple(blocks), origins), tuple(segments))


@given(st.lists(st.text("ab ", min_size=1, max_size=5), min_size=1, max_size=6), st.data())
def test_the_text_of_a_group_runs_from_its_first_segment_to_its_last(texts: list[str], data: st.DataObject) -> None:
    page = document(texts)
    first = data.draw(st.integers(0, len(texts)))
    last = data.draw(st.integers(first, len(texts)))
    assert page.text(range(first, last)) == "\n".join(texts[first:last])
    span = page.span(range(first, last))
    assert (span is None) == (first == last)
    assert all(page.document.slice(segment.span) == segment.text for segment in page.segments)


def test_a_bead_is_named_by_its_shape_and_a_unit_without_one_is_sure() -> None:
    bead = Bead(range(2, 3), range(4, 6), 0.5)
    assert bead.kind == "1-2"
    assert TranslationUnit(0, Span(0, 1), None, bead).confidence == 0.5
    assert TranslationUnit(0, Span(0, 1), None).confidence == 1.0


def test_values_cannot_be_changed_and_survive_a_trip_to_another_process() -> None:
    page = document(["one", "two"])
    alignment = Alignment(page, page, (Bead(range(2), range(2), 0.9),), "signature")
    mark = Mark("target", Span(0, 3), "one", Message.of("rules.x.found", term="a", n=2))
    finding = Finding("x", Message.of("rules.x.found"), Severity.ERROR, target=mark)
    for value in (alignment, Bitext(page, None, ()), Report((), (finding,))):
        assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - our own bytes
        with pytest.raises(FrozenInstanceError):
            setattr(value, fields(value)[0].name, None)


def test_messages_with_the_same_fields_are_equal_whatever_their_order() -> None:
    assert Message.of("key", a=1, b="x") == Message.of("key", b="x", a=1)


def test_severities_are_ranked_from_the_gravest() -> None:
    assert sorted(Severity, key=lambda severity: severity.rank) == [Severity.ERROR, Severity.WARNING, Severity.INFO]


names = st.text("abc", min_size=1, max_size=2)
terms = st.builds(Term, names, st.sampled_from(["zh", "en"]), st.sampled_from(TermStatus))
glossaries = st.lists(st.builds(Concept, names, st.lists(terms, max_size=3).map(tuple)), max_size=3).map(
    lambda concepts: Glossary.merged([Glossary((concept,)) for concept in concepts])
)


@given(glossaries, glossaries)
def test_a_merged_glossary_has_the_terms_of_all_and_no_concept_twice(one: Glossary, other: Glossary) -> None:
    merged = Glossary.merged([one, other])
    ids = [concept.id for concept in merged.concepts]
    assert ids == sorted(set(ids))
    rows = {(concept.id, term) for glossary in (one, other) for concept in glossary.concepts for term in concept.terms}
    assert {(concept.id, term) for concept in merged.concepts for term in concept.terms} == rows
    assert Glossary.merged([merged]) == merged


@given(glossaries)
def test_licensed_terms_are_the_preferred_ones_first_and_never_deprecated(glossary: Glossary) -> None:
    for concept in glossary.concepts:
        statuses = [term.status for term in concept.licensed("en")]
        assert all(status.licensed for status in statuses)
        assert statuses == sorted(statuses, key=lambda status: status is not TermStatus.PREFERRED)
