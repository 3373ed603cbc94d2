"""The drafts in `tests/drafts/`: every planted fault is found, and nothing is said of what is clean."""

import json
from pathlib import Path
from typing import TypedDict, cast

import pytest

import bitext
from bitext.model.findings import Finding

ROOT = Path(__file__).parents[1]
DRAFTS = sorted((ROOT / "tests" / "drafts").glob("*/expected.json"))


class Fault(TypedDict):
    rule: str
    source: str | None
    target: str | None


class Expected(TypedDict):
    faults: list[Fault]
    clean: list[str]


def bare(text: str) -> str:
    return "".join(text.split())


def meets(finding: Finding, fault: Fault) -> bool:
    """The same rule, and words in common on a side that both name."""
    if finding.rule != fault["rule"]:
        return False
    pairs = [(finding.source, fault["source"]), (finding.target, fault["target"])]
    both = [(bare(mark.text), bare(words)) for mark, words in pairs if mark is not None and words is not None]
    return any(mark in words or words in mark for mark, words in both)


@pytest.fixture(params=DRAFTS, ids=lambda path: path.parent.name)
def draft(request: pytest.FixtureRequest) -> tuple[Expected, tuple[Finding, ...]]:
    folder = cast("Path", request.param).parent
    expected = cast("Expected", json.loads((folder / "expected.json").read_text(encoding="utf-8")))
    report = bitext.check(folder / "zh.html", folder / "en.html", glossary=ROOT / "glossaries" / "sziit.csv")
    return expected, report.findings


def test_every_planted_fault_is_found_and_nothing_clean_is_marked(
    draft: tuple[Expected, tuple[Finding, ...]],
) -> None:
    expected, findings = draft
    assert [fault for fault in expected["faults"] if not any(meets(one, fault) for one in findings)] == []
    marked = [bare(mark.text) for one in findings for mark in (one.source, one.target) if mark is not None]
    assert not [words for words in expected["clean"] if bare(words) in marked]


@pytest.mark.parametrize("item", sorted((ROOT / "aligned").glob("*/zh.html")), ids=lambda path: path.parent.name)
def test_a_published_item_has_no_error(item: Path) -> None:
    report = bitext.check(item, item.with_name("en.html"), glossary=ROOT / "glossaries" / "sziit.csv")
    assert [(one.rule, one.message) for one in report.findings if one.severity == "error"] == []


def test_the_aligner_agrees_with_the_reviewed_alignments() -> None:
    right = found = wanted = 0
    for path in sorted((ROOT / "aligned").glob("*/alignment.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[1:]]
        gold = {(bare("".join(row["source"])), bare("".join(row["target"]))) for row in rows}
        report = bitext.check(path.with_name("zh.html"), path.with_name("en.html"))
        pair = report.items[0].bitext
        assert pair.source is not None
        assert pair.target is not None
        beads = [unit.bead for unit in pair.units if unit.bead is not None]
        texts = {(bare(pair.source.text(bead.source)), bare(pair.target.text(bead.target))) for bead in beads}
        right, found, wanted = right + len(texts & gold), found + len(texts), wanted + len(gold)
    assert right >= 0.95 * wanted
    assert right >= 0.95 * found
