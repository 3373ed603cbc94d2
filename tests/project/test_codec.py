"""Values survive the way to bytes and back; bytes that are no value are refused, whatever they are."""

import json
import math
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.project.outcomes import outcomes

from bitext.model.documents import Span
from bitext.model.findings import Finding, Message, Outcome, Severity
from bitext.model.glossary import CasePolicy, Concept, Glossary, Term
from bitext.project.codec import Refused, decode, encode


@settings(max_examples=25, deadline=None)
@given(outcomes)
def test_outcomes_survive_the_way_to_bytes_and_back(outcome: Outcome) -> None:
    assert decode(encode(outcome), Outcome) == outcome


def test_values_of_other_kinds_survive_it_too() -> None:
    terms = (Term("a", "en", case=CasePolicy.EXACT), Term("甲", "zh", translate=False))
    glossary = Glossary((Concept("x", terms), Concept("y", ())))
    assert decode(encode(glossary), Glossary) == glossary
    assert encode(replace(glossary)) == encode(glossary)


def test_whole_numbers_and_fractions_stay_what_they_are() -> None:
    message = Message.of("key", half=0.5, one=1, whole=1.0)
    fields = dict(decode(encode(message), Message).fields)
    assert {name: type(value) for name, value in fields.items()} == {"half": float, "one": int, "whole": float}


def test_severities_come_back_as_severities() -> None:
    finding = decode(encode(Finding("x", Message.of("key"), Severity.INFO)), Finding)
    assert type(finding.severity) is Severity


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats() | st.text(max_size=2),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=2), inner, max_size=2),
    max_leaves=12,
)


@given(json_values.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=40))
def test_other_data_are_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        decode(data, Outcome)


SMALL = Outcome(None, (Finding("x", Message.of("key", n=1), Severity.ERROR, unit=3),))


@given(st.data())
def test_changed_data_are_refused_or_are_an_outcome(data: st.DataObject) -> None:
    whole = bytearray(encode(SMALL))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place : place + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=2))
        whole = whole or bytearray(b"x")
    try:
        found = decode(bytes(whole), Outcome)
    except Refused:
        return
    assert decode(encode(found), Outcome) == found


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"[" * 100_000, id="deep"),
        pytest.param(b"[" * 100_000 + b"]" * 100_000, id="deep and closed"),
        pytest.param(b"[[1e18],[" + b"9" * 5_000 + b"]]", id="many digits"),
    ],
)
def test_hostile_data_are_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        decode(data, Span)


@pytest.mark.parametrize("data", [b"[[5],[1]]", b"[[true],[true]]", b"[[0.0],[1]]", b"[[0],[1],[2]]", b"[[0,0],[1,1]]"])
def test_values_that_break_their_law_or_type_are_refused(data: bytes) -> None:
    assert decode(b"[[1],[5]]", Span) == Span(1, 5)
    with pytest.raises(Refused):
        decode(data, Span)


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"1e999"])
def test_numbers_that_are_not_finite_are_refused(number: bytes) -> None:
    data = encode(Finding("x", Message.of("key"), Severity.ERROR, confidence=0.25))
    assert decode(data.replace(b"0.25", b"0.5"), Finding).confidence == 0.5
    with pytest.raises(Refused):
        decode(data.replace(b"0.25", number), Finding)


def test_numbers_that_are_not_finite_have_no_bytes() -> None:
    with pytest.raises(Refused):
        encode(Finding("x", Message.of("key"), Severity.ERROR, confidence=math.nan))


@dataclass(frozen=True)
class Odd:
    table: dict[str, Any]


def test_types_without_a_layout_are_a_fault_of_the_program() -> None:
    with pytest.raises(TypeError, match="no layout"):
        decode(b"[[]]", Odd)
