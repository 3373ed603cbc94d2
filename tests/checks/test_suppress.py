"""What a waiver takes away, and that one which takes nothing away is told."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.checks.examples import bitext, concept

from bitext.checks.registry import DEFAULT, RULES
from bitext.checks.run import Judgement, judged
from bitext.model.alignment import Bitext, Side
from bitext.model.documents import BlockKind, Span, Waiver
from bitext.model.findings import Acceptance, Finding, ListedWaiver
from bitext.model.glossary import Glossary

GLOSSARY = Glossary(
    (concept("校企合作 = school-enterprise cooperation"), concept("腾飞班 = Ascend Class; not Tengfei Class"))
)
PAIRS = [
    ("双方举行会谈。", "The two sides held talks.", 1.0, BlockKind.PARAGRAPH),
    ("腾飞班开班。", "A programme began.", 1.0, BlockKind.PARAGRAPH),
    ("学校有40人参加。", "Forty-one people of the school took part.", 1.0, BlockKind.PARAGRAPH),
    ("腾飞班获奖。", "The Tengfei Class won a prize.", 1.0, BlockKind.PARAGRAPH),
    ("当天下午气氛热烈。", "", 1.0, BlockKind.PARAGRAPH),
]
ITEM = bitext(PAIRS)
PLAIN = judged(ITEM, GLOSSARY).findings
FOUND = ["term-missing", "number-mismatch", "term-deprecated", "segment-omitted"]


def block(side: Side, index: int) -> Span:
    page = ITEM.side(side)
    assert page is not None
    return page.document.blocks[index].span


def waiving(side: Side, *waivers: Waiver, item: Bitext = ITEM, path: str = "") -> Bitext:
    page = item.side(side)
    assert page is not None
    changed = replace(page, document=replace(page.document, waivers=waivers, path=path))
    return replace(item, source=changed) if side == "source" else replace(item, target=changed)


def with_waivers(side: Side, *waivers: Waiver) -> Judgement:
    return judged(waiving(side, *waivers), GLOSSARY)


def rules(findings: Sequence[Finding]) -> list[str]:
    return [finding.rule for finding in findings]


def messages(judgement: Judgement) -> list[str]:
    return [finding.message.key.rpartition(".")[2] for finding in judgement.findings if finding.rule == "waiver-unused"]


def test_the_item_of_these_tests_has_its_faults() -> None:
    assert rules(PLAIN) == FOUND


@pytest.mark.parametrize(
    ("side", "index", "rule"),
    [
        ("source", 1, "term-missing"),
        ("target", 1, "term-missing"),
        ("source", 2, "number-mismatch"),
        ("target", 2, "number-mismatch"),
        ("source", 3, "term-deprecated"),
        ("target", 3, "term-deprecated"),
        ("source", 4, "segment-omitted"),
    ],
)
def test_a_waiver_counts_on_either_page_and_takes_its_own_rule_only(side: Side, index: int, rule: str) -> None:
    judgement = with_waivers(side, Waiver((rule,), "why", block(side, index), 1))
    assert rules(judgement.waived) == [rule]
    assert rules(judgement.findings) == [name for name in FOUND if name != rule]
    elsewhere = with_waivers(side, Waiver((rule,), "why", block(side, 0), 1))
    assert elsewhere.waived == ()
    assert messages(elsewhere) == ["found"]


def test_a_waiver_of_the_page_and_one_of_several_rules() -> None:
    judgement = with_waivers("target", Waiver(("term-missing", "number-mismatch", "term-case"), "why", None, 1))
    assert rules(judgement.waived) == ["term-missing", "number-mismatch"]
    assert messages(judgement) == ["found"]


@pytest.mark.parametrize(
    ("waiver", "said"),
    [
        (Waiver(("term-missing",), "", None, 1), "malformed"),
        (Waiver((), "why", None, 1), "malformed"),
        (Waiver(("term-mising",), "why", None, 1), "unknown"),
        (Waiver(("waiver-unused",), "why", None, 1), ""),
    ],
)
def test_what_does_not_count_is_told_and_takes_nothing_away(waiver: Waiver, said: str) -> None:
    judgement = with_waivers("source", waiver)
    assert judgement.waived == ()
    assert messages(judgement) == ([said] if said else [])


def test_a_waiver_of_a_rule_that_was_not_asked_is_not_called_idle() -> None:
    item = waiving("target", Waiver(("term-missing",), "why", None, 1))
    some = [rule for rule in DEFAULT if rule.id != "term-missing"]
    assert messages(judged(item, GLOSSARY, some)) == []
    assert messages(judged(Bitext(None, item.target, ()), GLOSSARY)) == []


def test_fingerprints_do_not_depend_on_waivers() -> None:
    twice = bitext([*PAIRS, *PAIRS])
    plain = {finding.fingerprint for finding in judged(twice, GLOSSARY).findings}
    first = Waiver(("term-missing",), "why", block("source", 1), 1)
    judgement = judged(waiving("source", first, item=twice), GLOSSARY)
    assert rules(judgement.waived) == ["term-missing"]
    assert {finding.fingerprint for finding in (*judgement.findings, *judgement.waived)} == plain


ROW = ListedWaiver("term-missing", concept="腾飞班", reason="why", author="me")


@pytest.mark.parametrize(
    "row",
    [
        ROW,
        replace(ROW, concept="", text="腾飞班"),
        replace(ROW, text="腾飞班"),
        replace(ROW, page="*.html"),
        replace(ROW, page="news/*.html"),
        replace(ROW, expires="2026-11-22"),
    ],
)
def test_a_row_takes_what_meets_all_it_asks_for(row: ListedWaiver) -> None:
    judgement = judged(waiving("target", path="site/news/a.html"), GLOSSARY, waivers=[row], today="2026-11-22")
    assert rules(judgement.waived) == ["term-missing"]
    assert messages(judgement) == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (replace(ROW, concept="校企合作"), ""),
        (replace(ROW, concept="校企合作", page="a.html"), "listed-found"),
        (replace(ROW, rule="term-case"), "listed-found"),
        (replace(ROW, text="获奖"), "listed-found"),
        (replace(ROW, text="not on the page"), ""),
        (replace(ROW, page="b.html"), ""),
        (replace(ROW, expires="2026-11-21"), "listed-expired"),
        (replace(ROW, reason=""), "listed-malformed"),
        (replace(ROW, rule="no-rule"), "listed-unknown"),
    ],
)
def test_a_row_that_takes_nothing_is_told_where_it_is_about_these_pages(row: ListedWaiver, said: str) -> None:
    judgement = judged(waiving("target", path="site/news/a.html"), GLOSSARY, waivers=[row], today="2026-11-22")
    assert judgement.waived == ()
    assert messages(judgement) == ([said] if said else [])


@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from([*FOUND, "term-case", "nonsense"]), max_size=3).map(tuple),
            st.sampled_from(["", "why"]),
            st.none() | st.integers(0, 3),
        ),
        max_size=6,
    )
)
def test_waivers_part_the_findings_and_lose_none(rows: list[tuple[tuple[str, ...], str, int | None]]) -> None:
    waivers = [
        Waiver(names, reason, None if index is None else block("target", index), 1) for names, reason, index in rows
    ]
    judgement = with_waivers("target", *waivers)
    kept = [finding for finding in judgement.findings if finding.rule != "waiver-unused"]
    as_found = [replace(finding, accepted=None) for finding in judgement.waived]
    assert sorted(map(repr, (*kept, *as_found))) == sorted(map(repr, PLAIN))
    assert all(one.accepted is not None and one.accepted.reason == "why" for one in judgement.waived)
    assert all(one.accepted is None for one in kept)
    licensed = {rule for names, reason, _ in rows if reason for rule in names}
    assert set(rules(judgement.waived)) <= licensed & set(RULES)


def test_a_waived_finding_tells_which_waiver_accepts_it() -> None:
    inside = with_waivers("target", Waiver(("term-deprecated",), "quoted", None, 7)).waived
    assert [finding.accepted for finding in inside] == [Acceptance("quoted", True, "", 7)]
    row = ListedWaiver("term-deprecated", reason="agreed", path="waivers.csv", line=3)
    listed = judged(ITEM, GLOSSARY, waivers=[row]).waived
    assert [finding.accepted for finding in listed] == [Acceptance("agreed", False, "waivers.csv", 3)]
