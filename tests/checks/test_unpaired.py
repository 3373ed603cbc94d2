"""Of what has no counterpart, what readers hardly miss or what stands elsewhere is only noted."""

from dataclasses import replace

import pytest
from tests.checks.examples import Example, item

from bitext.checks.registry import RULES
from bitext.checks.run import run
from bitext.model.alignment import Side
from bitext.model.findings import Finding, Severity
from bitext.model.glossary import Glossary

SENTENCES = ("segment-omitted", "segment-added")
TALKS = [("zh", "双方举行了会谈。"), ("en", "The two sides held talks.")]
CELL, HEADING, PARAGRAPH = (("kind", kind) for kind in ("table-cell", "heading", "paragraph"))


def found(rows: list[tuple[str, str]], moved: tuple[tuple[int, int], ...] = ()) -> tuple[Finding, ...]:
    bitext, glossary = item(Example(True, rows))
    return run(replace(bitext, moved=moved), glossary or Glossary(), [RULES[rule] for rule in SENTENCES])


NOTED = {
    "a heading whose text is there": [*TALKS, HEADING, ("zh", "是什么"), ("en", ""), PARAGRAPH, *TALKS],
    "a cell of a row that is there": [CELL, *TALKS, ("zh", "自定义的类名"), ("en", ""), *TALKS],
    "a single word or figure": [*TALKS, ("zh", "4.7.0"), ("en", ""), *TALKS],
    "an address": [*TALKS, ("zh", ""), ("en", "https://example.org/en"), *TALKS],
    "an unsure bead": [*TALKS, ("confidence", "0.8"), ("zh", "会后参观了校史馆。"), ("en", ""), *TALKS],
    "metadata": [*TALKS, ("kind", "metadata"), ("zh", "来源：校办公室"), ("en", ""), PARAGRAPH, *TALKS],
}
WARNED = {
    "a sentence": [*TALKS, ("zh", "会后参观了校史馆。"), ("en", ""), *TALKS],
    "a heading with its text": [
        *TALKS,
        HEADING,
        ("zh", "参观"),
        ("en", ""),
        PARAGRAPH,
        ("zh", "会后参观。"),
        ("en", ""),
    ],
    "a heading at the end": [*TALKS, HEADING, ("zh", "会后参观校史馆"), ("en", "")],
    "a row": [CELL, *TALKS, ("zh", "类名"), ("en", ""), ("zh", "自定义的类名"), ("en", ""), *TALKS],
    "a short Chinese sentence": [*TALKS, ("zh", "请查收。"), ("en", ""), *TALKS],
    "an English sentence": [*TALKS, ("zh", ""), ("en", "Lunch was served."), *TALKS],
}


@pytest.mark.parametrize("rows", NOTED.values(), ids=NOTED)
def test_what_is_hardly_missed_is_a_note(rows: list[tuple[str, str]]) -> None:
    assert [finding.severity for finding in found(rows)] == [Severity.INFO]


@pytest.mark.parametrize("rows", WARNED.values(), ids=WARNED)
def test_what_is_missed_is_a_warning(rows: list[tuple[str, str]]) -> None:
    assert {finding.severity for finding in found(rows)} == {Severity.WARNING}


LEFT = [("zh", "会后参观了校史馆。"), ("en", ""), ("zh", "学校设宴款待来宾。"), ("en", "")]
RIGHT = [("zh", ""), ("en", "They then toured the museum."), ("zh", ""), ("en", "The school hosted a dinner.")]


def test_sentences_that_stand_elsewhere_are_one_note_with_both_places() -> None:
    findings = found([*LEFT, *TALKS, *RIGHT], ((0, 3), (1, 4)))
    assert [(one.rule, one.severity, dict(one.message.fields)) for one in findings] == [
        ("segment-omitted", Severity.INFO, {"n": 2})
    ]
    assert findings[0].source is not None
    assert findings[0].target is not None
    assert (findings[0].source.text, findings[0].target.text) == (LEFT[0][1], RIGHT[1][1])


def test_sentences_that_went_to_two_places_are_two_notes() -> None:
    findings = found([*LEFT, *RIGHT[:2], *TALKS, *RIGHT[2:]], ((0, 4), (1, 2)))
    assert [one.severity for one in findings] == [Severity.INFO, Severity.INFO]


def test_what_does_not_stand_elsewhere_is_still_missed() -> None:
    findings = found([*LEFT, *TALKS, *RIGHT[:2]], ((0, 3),))
    assert [one.source.text for one in findings if one.source and one.severity is Severity.WARNING] == [LEFT[2][1]]


@pytest.mark.parametrize(("side", "rule"), [("source", "segment-omitted"), ("target", "segment-added")])
def test_a_sentence_that_nothing_beside_it_answers_is_a_note(side: Side, rule: str) -> None:
    bitext, glossary = item(Example(True, [*TALKS, *TALKS]))
    findings = run(replace(bitext, uncovered=((side, 1),)), glossary or Glossary(), [RULES[rule] for rule in SENTENCES])
    (finding,) = findings
    mark = finding.source if side == "source" else finding.target
    page = bitext.side(side)
    assert (finding.rule, finding.severity) == (rule, Severity.INFO)
    assert mark is not None
    assert page is not None
    assert mark.span == page.segments[1].span
