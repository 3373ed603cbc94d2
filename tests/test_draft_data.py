"""The drafts hold the faults that their lists name, and every rule has a fault planted."""

import json
from pathlib import Path
from typing import TypedDict, cast

import pytest
from lxml import etree, html

FOLDER = Path(__file__).parent / "drafts"
DRAFTS = sorted(path.parent for path in FOLDER.glob("*/expected.json"))
RULES = {
    "term-missing",
    "term-deprecated",
    "term-inconsistent",
    "term-untranslated",
    "term-case",
    "segment-omitted",
    "segment-added",
    "number-mismatch",
    "date-mismatch",
    "name-romanisation",
    "title-mismatch",
}
each_draft = pytest.mark.parametrize("draft", DRAFTS, ids=lambda path: path.name)


class Fault(TypedDict):
    rule: str
    source: str | None
    target: str | None
    note: str


class Expected(TypedDict):
    faults: list[Fault]
    clean: list[str]


def expected(draft: Path) -> Expected:
    return cast("Expected", json.loads((draft / "expected.json").read_text(encoding="utf-8")))


def visible(page: Path) -> str:
    """The text of the page's body, each run of white space as one space."""
    tree = html.document_fromstring(page.read_text(encoding="utf-8"))
    etree.strip_elements(tree, etree.Comment, "head", "script", "style", with_tail=False)
    return " ".join(str(tree.xpath("string()")).split())


@each_draft
def test_planted_words_stand_in_the_pages(draft: Path) -> None:
    source, target = visible(draft / "zh.html"), visible(draft / "en.html")
    for fault in expected(draft)["faults"]:
        assert fault["source"] is None or fault["source"] in source, fault
        assert fault["target"] is None or fault["target"] in target, fault
        assert fault["note"], fault


@each_draft
def test_clean_words_stand_in_a_page_and_are_not_planted(draft: Path) -> None:
    both = visible(draft / "zh.html") + visible(draft / "en.html")
    lists = expected(draft)
    planted = {fault[side] for fault in lists["faults"] for side in ("source", "target")}
    assert lists["clean"]
    for words in lists["clean"]:
        assert words in both
        assert words not in planted


@each_draft
def test_faults_are_three_to_eight_and_have_the_sides_their_rule_needs(draft: Path) -> None:
    faults = expected(draft)["faults"]
    assert 3 <= len(faults) <= 8
    for fault in faults:
        assert (fault["source"] is None) == (fault["rule"] in {"segment-added", "term-inconsistent", "term-case"}), (
            fault
        )
        assert (fault["target"] is None) == (fault["rule"] in {"segment-omitted", "term-missing"}), fault


def test_every_rule_is_planted_and_no_other() -> None:
    assert {fault["rule"] for draft in DRAFTS for fault in expected(draft)["faults"]} == RULES
    assert len(DRAFTS) >= 6
