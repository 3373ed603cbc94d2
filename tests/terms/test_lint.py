"""What is said of a glossary itself: every kind of remark in its place, and silence where nothing is wrong."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.checks.examples import page
from tests.growth import assert_near_linear

from bitext.formats.glossaries.csv import parse
from bitext.messages import catalogue
from bitext.model.documents import BlockKind
from bitext.model.findings import Severity
from bitext.model.glossary import Concept, Glossary, Term, TermStatus
from bitext.terms.lint import remarks
from bitext.terms.matcher import matcher

ROOT = Path(__file__).parents[2]
CASES = tomllib.loads((ROOT / "tests/cases/terms/lint.toml").read_text("utf-8"))["case"]


def glossary(rows: list[str]) -> Glossary:
    return parse("\n".join(["concept,language,term,status,kind", *rows]).encode(), "g.csv")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_remark_stands_where_its_entry_does(case: dict[str, Any]) -> None:
    found = remarks(glossary(case["rows"]))
    assert [[one.rule, *(term.line for term in one.terms)] for one in found] == case["remarks"]
    for one in found:
        assert all(term.column > 1 and term.path == "g.csv" for term in one.terms)
        assert catalogue.render(one.message, "zh") != catalogue.render(one.message, "en")


@pytest.mark.parametrize("text", ["the", "“”", "@", "…", "a", "an", "-", "x", "5"])
def test_what_is_said_never_to_be_found_is_not_found(text: str) -> None:
    known = Glossary((Concept("a", (Term(text, "en"), Term("甲", "zh"))),))
    rules = {one.rule for one in remarks(known)}
    hits = matcher(known, "en").occurrences(f"They wrote {text} there, an x-ray, and {text}.")
    assert ("never-matches" in rules) is not bool(hits)


def test_every_kind_of_remark_is_a_case() -> None:
    said = {key.removeprefix("lint.") for key in catalogue.templates("en") if key.startswith("lint.")}
    said = {key for key in said if not key.startswith("report.")}
    cased = {remark[0] for case in CASES for remark in case["remarks"]}
    assert said - cased == {"never-seen", "only-inside", "one-language.zh", "nothing-licensed.en"}


@pytest.mark.parametrize(
    ("domains", "told"), [(("", ""), 1), (("医学", "医学"), 1), (("教育", "医学"), 0), (("", "医学"), 0)]
)
def test_a_domain_or_a_scope_tells_two_concepts_of_one_term_apart(domains: tuple[str, str], told: int) -> None:
    terms = [(Term("院长", "zh"), Term("Dean", "en")), (Term("院长", "zh"), Term("Hospital Director", "en"))]
    for field in ("domain", "scope"):
        rows = zip("ab", terms, domains, strict=True)
        known = Glossary(tuple(Concept(name, both, **{field: value}) for name, both, value in rows))
        assert [one.rule for one in remarks(known)] == ["preferred-elsewhere"] * told


def test_a_row_in_two_files_is_a_duplicate() -> None:
    rows = b"concept,language,term\na,zh,\xe7\x94\xb2\na,en,First\n"
    found = remarks(Glossary.merged([parse(rows, "one.csv"), parse(rows, "two.csv")]))
    assert [(one.rule, [(term.path, term.line) for term in one.terms]) for one in found] == [
        ("duplicate", [("two.csv", 2), ("one.csv", 2)]),
        ("duplicate", [("two.csv", 3), ("one.csv", 3)]),
    ]


def test_a_concept_is_seen_by_any_of_its_terms_in_either_language() -> None:
    known = glossary(
        ["a,zh,腾飞班,,", "a,en,Ascend Class,,", "b,zh,校长,,", "b,en,President,,", "c,zh,院士,,", "c,en,fellow,,"]
    )
    pages = [
        page([("騰飛班開班。", BlockKind.PARAGRAPH)], "zh").document,
        page([("Two fellows came.", BlockKind.PARAGRAPH)], "en").document,
    ]
    assert [(one.rule, one.concept, one.severity) for one in remarks(known, pages)] == [
        ("never-seen", "b", Severity.INFO)
    ]
    assert [one.concept for one in remarks(known, [])] == ["a", "b", "c"]
    assert remarks(known) == ()


def test_a_term_that_stands_only_inside_longer_ones_is_covered_by_them() -> None:
    rows = ["a,zh,腾讯,,", "a,en,Tencent,,", "b,zh,腾讯云,,", "b,en,Tencent Cloud,,"]
    inside = [page([("腾讯云发布腾讯云新版。腾讯云来访。", BlockKind.PARAGRAPH)], "zh").document]
    (remark,) = remarks(glossary(rows), inside)
    assert (remark.rule, remark.severity, [term.text for term in remark.terms]) == (
        "only-inside",
        Severity.INFO,
        ["腾讯", "腾讯云"],
    )
    assert "3 times" in catalogue.render(remark.message, "en")
    # By itself on any page, or inside longer forms of its own concept, it is of use.
    free = page([("腾讯来访。", BlockKind.PARAGRAPH)], "zh").document
    assert remarks(glossary(rows), [*inside, free]) == ()
    assert remarks(glossary([*rows[:2], "a,zh,腾讯云,admitted,"]), inside) == ()
    assert remarks(glossary(rows)) == ()


def test_the_institutions_glossary_has_nothing_to_mend() -> None:
    found = remarks(parse((ROOT / "glossaries/sziit.csv").read_bytes(), "sziit.csv"))
    assert {one.severity for one in found} <= {Severity.INFO}
    assert not [one for one in found if one.rule == "shadowed"]


def test_the_cost_grows_with_the_number_of_terms() -> None:
    def lint(size: int) -> None:
        terms = [Term("same" if i % 2 else f"word{i}", "en", list(TermStatus)[i % 4]) for i in range(size)]
        assert remarks(Glossary((Concept("a", tuple(terms)),)))
        assert remarks(Glossary(tuple(Concept(str(i), (term,)) for i, term in enumerate(terms))))

    assert_near_linear(lint, 12_000)


def test_two_preferred_names_of_different_times_are_no_contradiction() -> None:
    head = "concept,language,term,valid_from,valid_until\na,zh,校名,,\n"
    after = parse(f"{head}a,en,Old College,,2015-08-31\na,en,New University,2015-09-01,\n".encode(), "g.csv")
    assert remarks(after) == ()
    overlapping = parse(f"{head}a,en,Old College,,2016-08-31\na,en,New University,2015-09-01,\n".encode(), "g.csv")
    assert [one.rule for one in remarks(overlapping)] == ["two-preferred"]
