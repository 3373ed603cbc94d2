"""A page's own short forms stand for the names that they were given to, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.checks.examples import concept

from bitext.model.documents import Span
from bitext.model.glossary import Glossary
from bitext.terms.aliases import aliases, expanded, expansions
from bitext.terms.assign import mentions
from bitext.terms.matcher import matcher

GLOSSARY = Glossary((concept("支持组合 = Backing Portfolio"), concept("机构 = authorized institution")))


OTHER = Glossary((*GLOSSARY.concepts, concept("英国石油 = BP")))


def found(text: str) -> list[str]:
    named = mentions(matcher(GLOSSARY, "en").occurrences(text))
    return [text[row.span.start : row.span.end] for row in aliases(text, named)]


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("The Backing Portfolio (BP) grew. The BP and a BP-like fund.", ["BP"]),
        ("Authorized institutions (AIs) met. Each AI signed.", ["AI"]),
        ("The Backing Portfolio (the “Portfolio”) grew. The Portfolio fell.", ["Portfolio"]),
        ("The Backing Portfolio （BP） grew. The BP fell.", ["BP"]),
        ("The BP fell. The Backing Portfolio (BP) grew.", ["BP"]),
        ("The Backing Portfolio grew. The BP fell.", []),
        ("The Backing Portfolio (HK) grew. HK cheered.", []),
        ("The Backing Portfolio (Shenzhen) grew. Shenzhen cheered.", []),
        ("The Backing Portfolio, and others (BP), grew. The BP fell.", []),
    ],
)
def test_what_is_introduced_in_brackets_is_found_wherever_else_it_stands(text: str, forms: list[str]) -> None:
    assert found(text) == forms


def test_a_short_form_that_the_glossary_has_for_something_else_may_mean_either() -> None:
    text = "The Backing Portfolio (BP) grew. The BP fell."
    named = mentions(matcher(OTHER, "en").occurrences(text))
    assert [(row.span, row.concepts) for row in aliases(text, named)] == [(Span(37, 39), named[0].concepts)]


@given(
    st.lists(st.sampled_from(["Backing Portfolio", "(BP)", "BP", "BPs", "the", ".", "AI", "authorized institution"]))
)
def test_short_forms_are_in_order_and_overlap_no_name(pieces: list[str]) -> None:
    text = " ".join(pieces)
    named = mentions(matcher(GLOSSARY, "en").occurrences(text))
    spans = [row.span for row in aliases(text, named)]
    assert spans == sorted(set(spans))
    assert not any(span.overlaps(row.span) for span in spans for row in named)
    assert all(text[span.start : span.end].startswith(("BP", "AI")) for span in spans)
    assert Span(0, 0) not in spans


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("The climate risk stress test (CRST) began.", {"CRST": "climate risk stress test"}),
        ("combat anti-money laundering and counter-financing of terrorism (AML/CFT)", 6),
        ("authorized institutions (AIs) met", {"AI": "authorized institutions"}),
        ("The Bank of the East (BE)", {"BE": "Bank of the East"}),
        ("The fund (HK) grew.", {}),
        ("The climate risk\nstress test (CRST)", {}),
        ("(AB)", {}),
    ],
)
def test_acronyms_are_written_out_by_the_words_whose_initials_they_are(text: str, known: dict[str, str] | int) -> None:
    if isinstance(known, int):
        assert [len(row.replace("-", " ").split()) - 2 for row in expansions(text).values()] == [known]
    else:
        assert expansions(text) == known


def test_what_is_written_out_holds_the_words() -> None:
    known = {"CU": "Convertibility Undertaking"}
    assert expanded("the weak-side CU and CUs", known) == (
        "the weak-side Convertibility Undertaking and Convertibility Undertaking"
    )


@given(st.text(alphabet="AaBb (/)-\n"))
def test_an_acronym_has_the_initials_of_its_words(text: str) -> None:
    for form, phrase in expansions(text).items():
        assert phrase in text
        assert phrase[0].lower() == form[0].lower()
