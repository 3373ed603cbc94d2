"""What the optional columns of a glossary ask for: names by the item's date, capitals, terms that stand as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.checks.examples import bitext

from bitext.checks.registry import RULES
from bitext.checks.run import run
from bitext.formats.glossaries.csv import parse
from bitext.messages import catalogue
from bitext.model.documents import BlockKind
from bitext.model.findings import Finding, Severity
from bitext.model.glossary import CasePolicy, Glossary, Term, TermStatus
from bitext.terms.effective import effective

PLAIN = BlockKind.PARAGRAPH
NAMES = """concept,language,term,status,kind,valid_from,valid_until
szpu,zh,深圳职业技术大学,preferred,full,2023-06-05,
szpu,zh,深圳职业技术学院,superseded,full,,2023-06-04
szpu,en,Shenzhen Polytechnic University,preferred,full,2023-06-05,
szpu,en,Shenzhen Polytechnic College,superseded,full,1993,2023-06-04
"""


def glossary(text: str) -> Glossary:
    return parse(text.encode(), "g.csv")


def found(known: Glossary, zh: str, en: str, *rules: str, date: str = "", kind: BlockKind = PLAIN) -> list[Finding]:
    return list(run(bitext([(zh, en, 1.0, kind)], date), known, [RULES[rule] for rule in rules]))


@pytest.mark.parametrize(
    ("date", "fires"), [("2022-05-13", False), ("2023-06-04", False), ("2023-06-05", True), ("", True), ("2024", True)]
)
def test_a_former_name_is_right_until_its_last_day(date: str, fires: bool) -> None:
    old = ("深圳职业技术学院来访。", "Shenzhen Polytechnic College paid a visit.")
    findings = found(glossary(NAMES), *old, "term-deprecated", "term-missing", date=date)
    assert {one.rule for one in findings} == ({"term-deprecated"} if fires else set())
    dated = any("2023-06-04" in catalogue.render(one.message, "en") for one in findings)
    assert dated is (fires and bool(date))


def test_the_name_proposed_is_that_of_the_items_day() -> None:
    for date, name in (
        ("2022-05-13", "Shenzhen Polytechnic College"),
        ("2024-01-01", "Shenzhen Polytechnic University"),
    ):
        zh = "深圳职业技术学院来访。" if date < "2023" else "深圳职业技术大学来访。"
        findings = found(glossary(NAMES), zh, "Guests paid a visit.", "term-missing", date=date)
        assert [one.suggestion for one in findings] == [name]


def test_a_preferred_name_whose_time_is_over_is_superseded() -> None:
    known = glossary(
        "concept,language,term,valid_until\na,zh,创新大赛,\na,en,Innovation Contest,2020\na,en,Innovation Cup,\n"
    )
    assert not found(known, "创新大赛开幕。", "The Innovation Contest opened.", "term-deprecated", date="2020-12-31")
    late = found(known, "创新大赛开幕。", "The Innovation Contest opened.", "term-deprecated", date="2021-01-01")
    assert [one.suggestion for one in late] == ["Innovation Cup"]


@given(st.dates().map(lambda day: day.isoformat()), st.sampled_from(["", "2019", "2019-05", "2019-05-20"]))
def test_a_status_depends_on_the_date_only_where_validity_is_told(date: str, until: str) -> None:
    known = Glossary.merged([glossary(f"concept,language,term,valid_until\na,en,One,{until}\na,zh,一号,\n")])
    statuses = [term.status for term in effective(known, date).concepts[0].terms]
    over = bool(until) and date[: len(until)] > until
    assert statuses == [TermStatus.SUPERSEDED if over else TermStatus.PREFERRED, TermStatus.PREFERRED]
    assert effective(known, date) is effective(known, date)
    assert until or effective(known, date) is known


@pytest.mark.parametrize(
    ("policy", "text", "kind", "fires"),
    [
        ("exact", "the eLearn portal opened.", PLAIN, False),
        ("exact", "The Elearn portal opened.", PLAIN, True),
        ("exact", "The ELEARN portal opened.", PLAIN, True),
        ("exact", "Elearn Portal opens", BlockKind.TITLE, True),
        ("first", "ELearn portal is open.", PLAIN, False),
        ("first", "The Elearn portal opened.", PLAIN, True),
        ("first", "Elearn Portal opens", BlockKind.TITLE, False),
        ("any", "The Elearn Portal opened.", PLAIN, False),
        ("any", "The ELEARN PORTAL opened.", PLAIN, False),
    ],
)
def test_capitals_are_held_to_what_the_glossary_lays_down(policy: str, text: str, kind: BlockKind, fires: bool) -> None:
    known = glossary(f"concept,language,term,case\na,zh,在线学习平台,\na,en,eLearn portal,{policy}\n")
    findings = found(known, "在线学习平台开放。", text, "term-case", kind=kind)
    assert bool(findings) is fires
    assert {one.suggestion for one in findings} <= {"eLearn portal"}


@pytest.mark.parametrize(
    ("english", "fires"),
    [
        ("The students tried DeepSeek.", False),
        ("The students tried DeepSeek's newest model.", False),
        ("The students tried Deepseek.", True),
        ("The students tried the Deep Search model.", True),
        ("The students tried a new model.", True),
    ],
)
def test_what_is_not_to_be_translated_must_stand_as_it_is(english: str, fires: bool) -> None:
    known = glossary("concept,language,term,translate\na,zh,DeepSeek,no\na,en,Deep Search,yes\n")
    findings = found(known, "同学们试用了DeepSeek。", english, "term-missing", "term-untranslated")
    assert {(one.rule, one.suggestion) for one in findings} == ({("term-missing", "DeepSeek")} if fires else set())


def test_chinese_that_must_stand_in_english_is_not_left_over() -> None:
    known = glossary("concept,language,term,translate\na,zh,福,no\n")
    zh, en = "老师写下大字福。", "The teacher wrote a large 福."
    assert found(Glossary(), zh, en, "term-untranslated")
    assert not found(known, zh, en, "term-untranslated", "term-missing")


def test_all_columns_are_read_under_either_name() -> None:
    english = "concept,language,term,domain,scope,valid_from,valid_until,case,translate,source\n"
    chinese = "概念,语言,术语,领域,范围,启用日期,停用日期,大小写,是否翻译,来源\n"
    row = "a,en,eLearn,teaching,news,2019,2023-06,exact,no,handbook\n"
    one, other = glossary(english + row), glossary(chinese + row)
    assert one == other
    concept = one.concepts[0]
    assert (concept.domain, concept.scope) == ("teaching", "news")
    term: Term = concept.terms[0]
    assert (term.valid_from, term.valid_until, term.case, term.translate, term.source) == (
        "2019", "2023-06", CasePolicy.EXACT, False, "handbook"
    )  # fmt: skip
    assert Glossary.merged([one]).concepts == one.concepts


def test_a_name_is_too_early_only_where_another_one_was_in_its_place() -> None:
    new = ("深圳职业技术大学来访。", "Shenzhen Polytechnic University paid a visit.")
    findings = found(glossary(NAMES), *new, "term-deprecated", "term-missing", date="2022-05-13")
    assert [(one.severity, one.suggestion) for one in findings] == [(Severity.WARNING, "深圳职业技术学院")]
    assert not any(one.edit.safe for one in findings if one.edit is not None)
    assert found(glossary(NAMES), *new, "term-deprecated", "term-missing", date="2023-06-05") == []
    assert found(glossary(NAMES), *new, "term-deprecated", "term-missing") == []
    alone = glossary("concept,language,term,valid_from\na,zh,创新大赛,2023\na,en,Innovation Cup,2023\n")
    assert found(alone, "创新大赛开幕。", "The Innovation Cup began.", "term-deprecated", date="2022-01-01") == []


def test_a_name_that_is_too_early_in_english_alone_is_told_there() -> None:
    findings = found(
        glossary(NAMES),
        "深圳职业技术学院来访。",
        "Shenzhen Polytechnic University paid a visit.",
        *("term-deprecated", "term-missing"),
        date="2022-05-13",
    )
    assert [(one.rule, one.severity, one.suggestion) for one in findings] == [
        ("term-deprecated", Severity.WARNING, "Shenzhen Polytechnic College")
    ]
    assert "since 2023-06-05 only" in catalogue.render(findings[0].message, "en")
