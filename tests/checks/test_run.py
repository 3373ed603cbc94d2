"""The engine: what it leaves of a severity, fingerprints that outlive edits, and that nothing is swallowed."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.checks.examples import bitext, concept

from bitext.checks import term_deprecated, term_missing
from bitext.checks.context import Context
from bitext.checks.registry import DEFAULT, RULES
from bitext.checks.rule import Rule
from bitext.checks.run import run, without_repeats
from bitext.checks.weight import DOUBTFUL, SURE, lowered
from bitext.model.alignment import Bitext
from bitext.model.documents import BlockKind, Span
from bitext.model.findings import Finding, Mark, Message, Severity
from bitext.model.glossary import Glossary

GLOSSARY = Glossary((concept("腾飞班 = Ascend Class; not Tengfei Class"),))
PAIRS = [
    ("双方举行会谈。", "The two sides held talks.", 1.0, BlockKind.PARAGRAPH),
    ("腾飞班开班。", "A programme began.", 1.0, BlockKind.PARAGRAPH),
    ("当天下午气氛热烈。", "The mood was good.", 1.0, BlockKind.PARAGRAPH),
    ("腾飞班获奖。", "The Tengfei Class won a prize.", 1.0, BlockKind.PARAGRAPH),
]


def at(confidence: float) -> tuple[Finding, ...]:
    pairs = [(zh, en, confidence, kind) for zh, en, _, kind in PAIRS]
    return run(bitext(pairs), GLOSSARY, [term_missing.RULE, term_deprecated.RULE])


@given(st.sampled_from(Severity), st.floats(0, 1), st.floats(0, 1))
def test_severity_never_rises_as_confidence_falls(severity: Severity, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert lowered(severity, low).rank >= lowered(severity, high).rank >= severity.rank
    assert lowered(severity, SURE) is severity
    assert lowered(severity, DOUBTFUL / 2) is Severity.INFO


@pytest.mark.parametrize(
    ("confidence", "severity"), [(1.0, Severity.ERROR), (0.89, Severity.WARNING), (0.4, Severity.INFO)]
)
def test_a_finding_across_a_bead_weighs_what_the_bead_does(confidence: float, severity: Severity) -> None:
    missing = next(finding for finding in at(confidence) if finding.rule == "term-missing")
    assert (missing.severity, missing.confidence) == (severity, confidence)


@pytest.mark.parametrize(("confidence", "safe"), [(1.0, True), (0.8, False)])
def test_what_one_page_says_keeps_its_weight_but_is_mended_unseen_under_a_sure_bead_only(
    confidence: float, safe: bool
) -> None:
    bad = next(finding for finding in at(confidence) if finding.rule == "term-deprecated")
    assert bad.severity is Severity.ERROR
    assert bad.edit is not None
    assert bad.edit.safe is safe


def test_findings_come_in_the_order_of_the_page_whatever_the_order_of_the_rules() -> None:
    item = bitext(PAIRS)
    rules = [term_deprecated.RULE, term_missing.RULE]
    assert run(item, GLOSSARY, rules) == run(item, GLOSSARY, rules[::-1])
    assert [finding.unit for finding in run(item, GLOSSARY, rules)] == [1, 3]


def test_a_fingerprint_outlives_an_edit_elsewhere_and_a_move_of_the_lines() -> None:
    more = [("新的一段。", "A new paragraph of some length.", 1.0, BlockKind.PARAGRAPH), *PAIRS]
    before, after = run(bitext(PAIRS), GLOSSARY), run(bitext(more), GLOSSARY)
    assert [finding.fingerprint for finding in before] == [finding.fingerprint for finding in after]
    assert [finding.unit for finding in before] != [finding.unit for finding in after]


def test_the_same_fault_twice_has_two_fingerprints() -> None:
    prints = [finding.fingerprint for finding in run(bitext([*PAIRS, *PAIRS]), GLOSSARY, [term_missing.RULE])]
    assert len(prints) == len(set(prints)) == 2


def test_a_rule_that_fails_raises() -> None:
    def broken(_: Context) -> Iterator[Finding]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(bitext(PAIRS), GLOSSARY, [Rule("broken", "page", Severity.ERROR, broken)])


def test_a_page_alone_is_judged_by_the_rules_for_pages_only() -> None:
    item = bitext(PAIRS)
    alone = Bitext(None, item.target, ())
    assert {finding.rule for finding in run(alone, GLOSSARY)} == {"term-deprecated"}
    assert not run(Bitext(item.source, None, ()), GLOSSARY)


def mark(start: int, end: int) -> Mark:
    return Mark("target", Span(start, end), "x" * (end - start))


def test_what_lies_within_another_finding_of_its_kind_is_said_once() -> None:
    outer = Finding("r", Message("k"), Severity.ERROR, unit=1, target=mark(0, 9))
    inner, elsewhere = replace(outer, target=mark(3, 5)), replace(outer, target=mark(10, 12))
    other = replace(inner, rule="s")
    assert without_repeats([inner, outer, elsewhere, other, outer]) == [outer, elsewhere, other]


def test_empty_pages_have_no_findings_and_an_empty_glossary_is_no_error() -> None:
    assert not run(Bitext(None, None, ()), GLOSSARY)
    assert not [f for f in run(bitext(PAIRS), Glossary()) if f.rule.startswith("term-")]


def test_the_registry_knows_each_rule_by_its_id() -> None:
    assert all(name == rule.id for name, rule in RULES.items())
    assert set(DEFAULT) <= set(RULES.values())


@given(st.text("腾飞班深信院。 ", max_size=20), st.text("Ascend Class Tengfei. ", max_size=40), st.floats(0, 1))
def test_any_pair_can_be_judged(zh: str, en: str, confidence: float) -> None:
    item = bitext([(zh, en, confidence, BlockKind.PARAGRAPH)])
    for finding in run(item, GLOSSARY):
        for one in (finding.source, finding.target, *finding.related):
            if one is not None:
                side = item.side(one.side)
                assert side is not None
                assert side.document.slice(one.span) == one.text
        assert finding.fingerprint


def test_an_edit_does_not_double_the_stop_of_the_sentence() -> None:
    page = bitext([("学校感谢腾讯。", "The school thanks Tencent Company.", 1.0, BlockKind.PARAGRAPH)])
    glossary = Glossary((concept("腾讯 = Tencent Co., Ltd.; not Tencent Company"),))
    (finding,) = run(page, glossary, [RULES["term-deprecated"]])
    assert finding.edit is not None
    assert finding.edit.replacement == "Tencent Co., Ltd"
