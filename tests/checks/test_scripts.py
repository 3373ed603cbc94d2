"""Traditional pages give the findings of Simplified ones, whichever script the glossary is in."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from opencc import OpenCC

from bitext import pipeline
from bitext.checks.registry import RULES
from bitext.checks.run import run
from bitext.glossaries import read_glossary
from bitext.model.alignment import Bitext
from bitext.model.documents import SegmentedDocument
from bitext.model.findings import Finding, Item, Mark
from bitext.model.glossary import Glossary

ROOT = Path(__file__).parents[2]
PAGES = sorted([*(ROOT / "tests" / "drafts").glob("*/zh.html"), *(ROOT / "aligned").glob("*/zh.html")])
GLOSSARY = read_glossary([str(ROOT / "glossaries" / "sziit.csv")])
OWN = frozenset({"plain-width", "plain-spaces", "plain-quotes"})
"""Rules that look at the marks of a page, which the converter may change; there is nothing of a script in them."""
ALL = [rule for name, rule in RULES.items() if name not in OWN]


class Changed(ValueError):
    """The converter made more or fewer characters of a text, so that its places cannot be compared."""


@cache
def converter(name: str) -> OpenCC:
    return OpenCC(name)


def converted(text: str, to: str) -> str:
    """`text` in the other script, character for character, as a page keeps its places."""
    other = converter(to).convert(text)
    if len(other) != len(text):
        raise Changed(text)
    return str(other)


def page(side: SegmentedDocument, to: str) -> SegmentedDocument:
    text = converted(side.document.text, to)
    segments = tuple(replace(one, text=text[one.span.start : one.span.end]) for one in side.segments)
    return SegmentedDocument(replace(side.document, text=text), segments)


@cache
def glossary(to: str) -> Glossary:
    return Glossary(
        tuple(
            replace(
                concept,
                terms=tuple(
                    replace(term, text=converted(term.text, to)) if term.language == "zh" else term
                    for term in concept.terms
                ),
            )
            for concept in GLOSSARY.concepts
        )
    )


def places(bitext: Bitext, terms: Glossary) -> list[tuple[object, ...]]:
    """What is found where: rule, concept, severity and the marked spans."""

    def spans(finding: Finding) -> Iterator[tuple[str, int, int]]:
        marks: list[Mark | None] = [finding.source, finding.target, *finding.related]
        yield from ((mark.side, mark.span.start, mark.span.end) for mark in marks if mark is not None)

    return [(one.rule, one.concept, one.severity, tuple(spans(one))) for one in run(bitext, terms, ALL)]


@cache
def item(path: Path) -> Item:
    source, target, _ = pipeline.read_pair(str(path), str(path.with_name("en.html")))
    return pipeline.pair_item(source, target, GLOSSARY, "fast")


@cache
def scripts(path: Path) -> dict[str, Bitext]:
    """The pair with its Chinese page in Simplified and in Traditional characters."""
    pair = item(path).bitext
    assert pair.source is not None
    simplified = replace(pair, source=page(pair.source, "t2s"))
    assert simplified.source is not None
    return {"Simplified": simplified, "Traditional": replace(pair, source=page(simplified.source, "s2t"))}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_a_page_gives_the_same_findings_in_either_script_with_a_glossary_in_either_script(path: Path) -> None:
    pages = scripts(path)
    assert pages["Simplified"] != pages["Traditional"]
    found = {
        (script, terms): places(pages[script], glossary(to))
        for script in pages
        for terms, to in (("Simplified", "t2s"), ("Traditional", "s2t"))
    }
    wanted = found["Simplified", "Simplified"]
    assert {key: value for key, value in found.items() if value != wanted} == {}


def test_the_pages_have_findings_to_compare() -> None:
    rules = {row[0] for path in PAGES for row in places(scripts(path)["Traditional"], GLOSSARY)}
    assert len(rules) >= 8
