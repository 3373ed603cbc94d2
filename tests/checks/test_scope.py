"""A concept with a scope is for the items of that scope only: a site or column by name, or pages by their paths."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.checks.examples import bitext

from bitext.checks.facts import Facts
from bitext.checks.registry import RULES
from bitext.checks.run import judged
from bitext.formats.glossaries.csv import parse
from bitext.model.alignment import Bitext
from bitext.model.documents import BlockKind, SegmentedDocument
from bitext.model.glossary import Concept, Glossary, Term
from bitext.terms.effective import applies, in_scope, waiting

CASES = [
    ("", "", "a.html", True),
    ("", "news", "a.html", True),
    ("news", "news", "a.html", True),
    ("News；admissions", "news", "a.html", True),
    ("news; admissions", "sziit; Admissions", "a.html", True),
    ("news", "", "a.html", False),
    ("news", "newsletter", "a.html", False),
    ("news", "", "news/a.html", False),
    ("news/*", "", "content/news/2023/a.html", True),
    ("news/*", "", "news/a.html", True),
    ("news/*", "news", "oldnews/a.html", False),
    ("*.md", "", "x/a.md", True),
    ("news/2023/*; sziit", "sziit", "a.html", True),
    ("news/2023/*; sziit", "", "news/2022/a.html", False),
]


def placed(bitext: Bitext, path: str) -> Bitext:
    def moved(side: SegmentedDocument | None) -> SegmentedDocument | None:
        return None if side is None else replace(side, document=replace(side.document, path=path))

    return replace(bitext, source=moved(bitext.source), target=moved(bitext.target))


@pytest.mark.parametrize(("scope", "told", "path", "fires"), CASES)
def test_a_term_is_asked_for_in_its_scope_only(scope: str, told: str, path: str, fires: bool) -> None:
    known = parse(f"concept,language,term,scope\na,zh,腾飞班,{scope}\na,en,Ascend Class,\n".encode(), "g.csv")
    item = placed(bitext([("腾飞班开班。", "A class began.", 1.0, BlockKind.PARAGRAPH)]), path)
    findings = judged(item, known, [RULES["term-missing"]], facts=Facts(scope=told)).findings
    assert [one.concept for one in findings] == ["a"] * fires


@given(st.lists(st.sampled_from([*(case[0] for case in CASES)])), st.sampled_from(["", "news", "sziit"]))
def test_what_is_left_is_what_applies_and_items_alike_share_it(scopes: list[str], told: str) -> None:
    concepts = (Concept(f"c{n:02}", (Term("x", "en"),), scope=scope) for n, scope in enumerate(scopes))
    known = Glossary(tuple(concepts))
    left = in_scope(known, told, ["news/a.md"])
    assert left.concepts == tuple(one for one in known.concepts if applies(one, told, ["news/a.md"]))
    assert in_scope(known, told, ["news/a.md"]) is left
    assert left is known or len(left.concepts) < len(known.concepts)


def test_concepts_that_wait_for_a_scope_are_counted() -> None:
    scopes = ("news", "news/*", "", "sziit; *.md")
    known = Glossary(tuple(Concept(str(n), (Term("x", "en"),), scope=scope) for n, scope in enumerate(scopes)))
    assert (waiting(known, ["a.html"]), waiting(known, ["a.md"])) == (2, 1)
