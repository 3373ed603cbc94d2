"""The plain rules: tables of what is a slip and what is not, and that no text makes them slow."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.examples import bitext
from tests.growth import assert_near_linear
from tests.text.tables import rows

from bitext.checks.context import Context
from bitext.checks.plain import MOST_SLIPS
from bitext.checks.registry import RULES
from bitext.checks.rule import Rule
from bitext.model.alignment import Bitext
from bitext.model.documents import BlockKind
from bitext.model.findings import Finding
from bitext.model.glossary import Glossary

PLAIN = [rule for name, rule in RULES.items() if name.startswith("plain-")]
KINDS = {"zh": ("zh", ""), "en": ("", "en")}


def page(text: str, language: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Bitext:
    """A page alone, its blocks parted by bars."""
    return bitext([(one, "", 1.0, kind) if language == "zh" else ("", one, 1.0, kind) for one in text.split("|")])


def found(rule: Rule, item: Bitext) -> list[Finding]:
    return list(rule.check(Context(item, Glossary())))


@pytest.mark.parametrize(("name", "language", "text", "expected"), rows("plain", "slips.txt"))
def test_slips_of_the_table(name: str, language: str, text: str, expected: str) -> None:
    findings = found(RULES[f"plain-{name}"], page(text.replace("¦", "|"), language))
    marks = [mark.text for one in findings for mark in (one.source, one.target) if mark is not None]
    assert marks == [word.strip().replace("␣", " ") for word in expected.split(" ; ") if word.strip()]


@pytest.mark.parametrize(("zh", "en", "expected"), rows("plain", "links.txt"))
def test_addresses_of_two_pages(zh: str, en: str, expected: str) -> None:
    findings = found(RULES["plain-links"], bitext([(zh, en, 1.0, BlockKind.PARAGRAPH)]))
    assert [one.message.key.rpartition(".")[2] for one in findings] == expected.split()


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [("1、Bug fixes", "."), ("12、 Bug fixes", "."), ("Bugs、 fixes", ","), ("In 2022、 fixes", ",")],
)
def test_the_mark_after_the_number_of_an_item_is_a_stop(text: str, suggestion: str) -> None:
    assert [one.suggestion for one in found(RULES["plain-width"], page(text, "en"))] == [suggestion]


@pytest.mark.parametrize("rule", PLAIN, ids=lambda rule: rule.id)
@given(
    st.text('的 在,，.。“”"()（）《》aA1@/:-wW。．\u00a0\u200b图3', max_size=60),
    st.text('the Figure3 ,，.。“”"()（）@/:-。．\u200b中', max_size=60),
)
@settings(deadline=None, max_examples=60)
def test_marks_are_what_stands_there_and_edits_change_just_that(rule: Rule, zh: str, en: str) -> None:
    item = bitext([(f"一{zh}", f"x{en}", 1.0, BlockKind.PARAGRAPH)])
    for one in found(rule, item):
        for mark in (one.source, one.target, *one.related):
            side = None if mark is None else item.side(mark.side)
            assert mark is None or (side is not None and side.document.slice(mark.span) == mark.text)
        if one.edit is not None:
            assert not one.edit.safe
            assert one.edit.replacement != (one.source or one.target or pytest.fail("no mark")).text


HOSTILE = [
    *("“" * 30_000, "”" * 30_000, "“|" * 5_000 + "”|" * 5_000, '"' * 30_001, "(a" * 20_000, "《" * 30_000),
    *("a" * 60_000, "a." * 30_000, "a@" * 30_000, "www." * 15_000, "http:/" * 10_000, "a-" * 30_000),
    *("的" * 30_000, "the " * 15_000, "，" * 30_000, "一," * 20_000, "图" * 30_000, "图1" * 20_000, "表一、" * 10_000),
    *(" " * 60_000, "a  " * 20_000, "一 " * 30_000, "\u200b" * 30_000, "一。" * 20_000, "Figure 1, " * 6_000),
]


@pytest.mark.parametrize("rule", PLAIN, ids=lambda rule: rule.id)
def test_no_text_makes_a_rule_slow_or_endless(rule: Rule) -> None:
    def check(size: int) -> None:
        for whole in HOSTILE:
            text = whole[: len(whole) * size // 100]
            for language in KINDS:
                assert len(found(rule, page(f"一{text}" if language == "zh" else f"x{text}", language))) <= MOST_SLIPS

    assert_near_linear(check, 100)


@pytest.mark.parametrize("rule", PLAIN, ids=lambda rule: rule.id)
@pytest.mark.parametrize("kind", [BlockKind.METADATA, BlockKind.TABLE_CELL])
def test_what_is_no_running_text_is_left_alone(rule: Rule, kind: BlockKind) -> None:
    assert found(rule, page("the the “中文 ，a ,b www。a。cn", "en", kind)) == []
