"""The archive: the item that departs from what most items do is told, and nothing else."""

import random
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.examples import bitext, concept

from bitext import pipeline
from bitext.checks.archive import archive_findings, compared, observations
from bitext.checks.context import Context
from bitext.messages import catalogue
from bitext.model.alignment import Bitext
from bitext.model.documents import BlockKind, Span, Waiver
from bitext.model.findings import Finding, Item, ListedWaiver, Mark, Observation, Outcome, Report, Severity
from bitext.model.glossary import Glossary
from bitext.report import json as json_report
from bitext.report import terminal

GLOSSARY = Glossary((concept("产教融合 = industry-education integration; integration of industry and education"),))
Pairs = list[tuple[str, str]]


def page(pairs: Pairs) -> Bitext:
    return bitext([(zh, en, 1.0, BlockKind.PARAGRAPH) for zh, en in pairs])


def outcome(pairs: Pairs, glossary: Glossary = GLOSSARY) -> Outcome:
    return pipeline.judge(Item(page(pairs)), glossary, observe=True)


def told(*items: Pairs) -> list[tuple[str, int, str]]:
    """Rule, item and marked English of what the archive of these items says."""
    rows = archive_findings([outcome(pairs) for pairs in items])
    return [(row.rule, row.item, row.target.text if row.target is not None else "") for row in rows]


USUAL = [("学校深化产教融合。", "The school deepens industry-education integration.")]
ODD = [("产教融合取得成效。", "The integration of industry and education bore fruit.")]


@pytest.mark.parametrize("place", range(3))
def test_the_minority_is_told_wherever_it_stands(place: int) -> None:
    items = [USUAL, USUAL]
    items.insert(place, ODD)
    assert told(*items) == [("term-inconsistent", place, "integration of industry and education")]


def test_the_finding_names_the_places_and_the_number_of_the_majority() -> None:
    (finding,) = archive_findings([outcome(pairs) for pairs in (USUAL, ODD, USUAL)])
    assert [(mark.item, mark.text) for mark in finding.related] == [
        (0, "industry-education integration"),
        (2, "industry-education integration"),
    ]
    assert "2 other items" in catalogue.render(finding.message, "en")
    assert "另外 2 篇" in catalogue.render(finding.message, "zh")
    assert (finding.severity, finding.suggestion) == (Severity.WARNING, "industry-education integration")
    assert (finding.concept, len(finding.fingerprint)) == ("产教融合", 16)


def test_of_equals_the_earlier_is_the_usage_and_the_later_no_more_than_a_note() -> None:
    (finding,) = archive_findings([outcome(USUAL), outcome(ODD)])
    assert (finding.item, finding.severity, finding.suggestion) == (1, Severity.INFO, "")


def test_an_item_that_has_both_ways_is_left_to_the_rule_of_the_item() -> None:
    assert told(USUAL, USUAL, [*USUAL, *ODD]) == []


@pytest.mark.parametrize(
    ("usual", "odd", "expected"),
    [
        (
            [("师生合唱了《匠心筑梦》。", "They sang “Dreams of Craft”.")],
            [("晚会以《匠心筑梦》作结。", "It closed with “Ingenuity Builds Dreams”.")],
            ("rendering-inconsistent", "Ingenuity Builds Dreams"),
        ),
        (
            [("代表团来到星海软件学院。", "The delegation came to Xinghai School of Software.")],
            [("星海软件学院介绍了课程。", "Xinghai Software Institute presented its courses.")],
            ("rendering-inconsistent", "Xinghai Software Institute"),
        ),
        (
            [("联盟成立。", "The Vocational Education Alliance (VEA) was founded.")],
            [("联盟扩大。", "The Vocational Training Alliance (VEA) has grown.")],
            ("rendering-inconsistent", "Vocational Training Alliance"),
        ),
        (
            [("参赛队伍须在五月三十日前报名。", "Teams must enter by May 30.")],
            [("参赛队伍须在五月三十日前报名。", "The entry deadline is May 30.")],
            ("rendering-inconsistent", "The entry deadline is May 30."),
        ),
        (
            [("教授吕明致辞。", "Professor Lü Ming gave a speech.")],
            [("教授吕明介绍了项目。", "Professor Lyu Ming introduced the project.")],
            ("name-romanisation", "Lyu Ming"),
        ),
        (
            [("软件学院开放。", "The School of Software opened its doors.")],
            [("软件学院教师参加。", "Teachers of the Software School took part.")],
            ("english-variant", "Software School"),
        ),
    ],
)
def test_each_kind_of_rendering_is_compared(usual: Pairs, odd: Pairs, expected: tuple[str, str]) -> None:
    rows = told(usual, usual, odd)
    assert (expected[0], 2, expected[1]) in rows
    assert told(usual, usual, usual) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([("师生合唱了《匠心筑梦》。", "They sang “Dreams of Craft”.")], [("《匠心筑梦》", "“Dreams of Craft.”")]),
        (
            [("参观港科大。", "It visited the University of Science.")],
            [("参观。", "It visited the University of Science (Guangzhou).")],
        ),
        ([("他很好。", "He is well.")], [("他很好。", "He is fine.")]),
    ],
)
def test_what_is_the_same_or_may_be_another_thing_is_silent(one: Pairs, other: Pairs) -> None:
    assert told(one, one, other) == []


def test_waivers_of_the_page_and_of_files_hold_and_are_of_use() -> None:
    waiver = Waiver(("term-inconsistent",), "a quotation", None, 1)
    odd = page(ODD)
    assert odd.source is not None
    waived = replace(odd, source=replace(odd.source, document=replace(odd.source.document, waivers=(waiver,))))
    judged = pipeline.judge(Item(waived), GLOSSARY, observe=True)
    assert "waiver-unused" not in {row.rule for row in judged.findings}
    assert "waiver-unused" in {row.rule for row in pipeline.judge(Item(waived), GLOSSARY).findings}
    outcomes = [outcome(USUAL), outcome(USUAL), judged]
    assert archive_findings(outcomes) == ()
    assert [row.item for row in compared(outcomes).waived] == [2]
    listed = ListedWaiver("term-inconsistent", concept="产教融合", reason="agreed", path="w.csv", line=2)
    both = compared([outcome(USUAL), outcome(USUAL), outcome(ODD)], [listed])
    assert (both.findings, len(both.waived)) == ((), 1)


def test_only_the_chosen_items_are_told() -> None:
    outcomes = [outcome(pairs) for pairs in (USUAL, ODD, USUAL, ODD, USUAL)]
    assert [row.item for row in compared(outcomes, only={3}).findings] == [3]
    assert [row.item for row in compared(outcomes).findings] == [1, 3]


def test_only_the_chosen_rules_observe_and_only_on_demand() -> None:
    context = Context(page(USUAL), GLOSSARY)
    assert {row.rule for row in observations(context)} >= {"term-inconsistent"}
    assert observations(context, {"name-romanisation"}) == ()
    assert pipeline.judge(Item(page(USUAL)), GLOSSARY).observations == ()


def test_reports_show_the_path_of_the_other_item() -> None:
    def named(item: Bitext, path: str) -> Bitext:
        assert item.target is not None
        return replace(item, target=replace(item.target, document=replace(item.target.document, path=path)))

    items = [Item(named(page(pairs), f"{name}.en.html")) for name, pairs in (("a", USUAL), ("b", ODD), ("c", USUAL))]
    outcomes = [pipeline.judge(item, GLOSSARY, observe=True) for item in items]
    report = Report(tuple(items), archive_findings(outcomes))
    shown = "\n".join("".join(text for text, _ in line) for line in terminal.lines(report))
    assert "a.en.html:1:20" in shown
    assert "c.en.html:1:20" in shown
    assert '"path": "c.en.html"' in json_report.dumps(report)
    assert '"item": 2' in json_report.dumps(report)


def observed(key: str, rendering: str, start: int) -> Observation:
    return Observation("name-romanisation", key, rendering, Mark("target", Span(start, start + 1), rendering), name=key)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(st.tuples(st.sampled_from("甲乙"), st.sampled_from("abc")), max_size=4), max_size=7))
def test_nothing_is_told_of_the_usage_and_each_departure_once(rows: list[list[tuple[str, str]]]) -> None:
    item = Item(page([("一" * 9, "x" * 9)]))
    outcomes = [
        Outcome(item, observations=tuple(observed(key, way, n) for n, (key, way) in enumerate(pairs))) for pairs in rows
    ]
    findings = archive_findings(outcomes)
    assert archive_findings(outcomes) == findings
    places = [(row.item, row.message.fields) for row in findings]
    assert len(set(places)) == len(places)
    for row in findings:
        fields = dict(row.message.fields)
        key, here, usual = str(fields["name"]), str(fields["here"]), str(fields["usual"])
        holders = {way: {n for n, pairs in enumerate(rows) if (key, way) in pairs} for way in (here, usual)}
        assert row.item in holders[here] - holders[usual]
        assert len(holders[usual]) >= len(holders[here])
        assert fields["items"] == len(holders[usual])


def test_the_cost_is_linear_in_the_observations() -> None:
    rng = random.Random(7)  # noqa: S311

    def archive(size: int) -> list[Outcome]:
        item = Item(page([("一" * 9, "x" * 9)]))
        rows = [
            tuple(observed(f"n{rng.randrange(size)}", rng.choice("abcd"), n % 9) for n in range(20))
            for _ in range(size)
        ]
        return [Outcome(item, observations=row) for row in rows]

    small, large = archive(400), archive(1600)
    times: list[float] = []
    found: list[tuple[Finding, ...]] = []
    for outcomes in (small, large):
        start = time.process_time()
        found.append(archive_findings(outcomes))
        times.append(time.process_time() - start)
    assert 2 < len(found[1]) / len(found[0]) < 8
    assert times[1] < 12 * times[0] + 0.2
