"""The matcher finds a term in all the forms that it has in running text, and nothing across the border of a word."""

from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.model.documents import Block, Document, Language, OriginRun, Origins, Span
from bitext.model.glossary import Concept, Glossary, Term, TermStatus
from bitext.terms.forms import keyed, keys
from bitext.terms.matcher import Matcher, matcher

CASES = Path(__file__).parents[1] / "cases/terms/matching.txt"


def rows() -> list[list[str]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [
        [field.strip().replace("¶", "\n") for field in line.split("|")] for line in lines if line[:1] not in ("", "#")
    ]


def language_of(text: str) -> Language:
    return "zh" if any("㐀" <= character <= "鿿" for character in text) else "en"


def glossary(*terms: str) -> Glossary:
    return Glossary(tuple(Concept(text, (Term(text, language_of(text)),)) for text in terms))


@pytest.mark.parametrize(("term", "text", "found", "how"), rows())
def test_a_term_is_found_in_its_forms_and_nowhere_else(term: str, text: str, found: str, how: str) -> None:
    hits = Matcher(glossary(term), language_of(term)).occurrences(text)
    assert [(text[hit.span.start : hit.span.end], " ".join(hit.how)) for hit in hits] == (
        [(found, how)] if found else []
    )


WORDS = st.lists(
    st.sampled_from(
        [
            *("Tencent", "cloud", "Ascend", "class", "of", "the", "education", "co.,", "ltd.", "R&D", "it's", "(new)"),
            *("腾讯", "腾飞班", "深圳", "2022", "1.5", "—"),
        ]
    ),
    min_size=1,
    max_size=8,
).map(" ".join)


@given(WORDS, st.integers(0, 3), st.integers(0, 3))
def test_the_key_of_a_text_is_the_key_of_its_words_whatever_stands_around(text: str, before: int, after: int) -> None:
    padded = "\n" * before + text + " " * after
    assert keyed(padded).key == keyed(text).key


@given(st.text(max_size=40))
def test_every_character_of_the_key_comes_from_a_place_in_the_text(text: str) -> None:
    folded = keyed(text)
    end = 0
    for token in folded.tokens:
        span = folded.original(token.start, token.start + len(token.key))
        assert folded.key[token.start : token.start + len(token.key)] == token.key
        assert end <= span.start < span.end <= len(text)
        end = span.start


@given(st.lists(st.text(max_size=12), max_size=6))
def test_folding_many_terms_at_once_gives_the_key_of_each(texts: list[str]) -> None:
    assert keys(texts) == [keys([text])[0] for text in texts]


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_a_term_is_found_in_a_text_of_itself(terms: list[str]) -> None:
    for language in get_args(Language):
        entries = glossary(*terms)
        found = Matcher(entries, language)
        for concept in entries.concepts:
            for term in concept.in_language(language):
                key = keys([term.text])[0]
                assert not key or key in keys([hit.term.text for hit in found.occurrences(term.text)])


@given(st.lists(WORDS, min_size=1, max_size=6), WORDS)
def test_longest_terms_do_not_overlap_unless_they_stand_at_the_same_span(terms: list[str], text: str) -> None:
    for language in get_args(Language):
        hits = Matcher(glossary(*terms), language).occurrences(text)
        for one, other in pairwise(hits):
            assert one.span == other.span or one.span.end <= other.span.start


def test_the_longest_wins_and_what_it_holds_is_nested() -> None:
    hits = Matcher(glossary("腾讯", "腾讯科技（深圳）有限公司", "深圳"), "zh").hits("腾讯科技（深圳）有限公司与腾讯")
    assert [hit.term.text for hit in hits.occurrences] == ["腾讯科技（深圳）有限公司", "腾讯"]
    assert [hit.term.text for hit in hits.nested] == ["腾讯", "深圳"]


def test_two_concepts_with_one_term_are_both_found_at_its_span() -> None:
    entries = Glossary((Concept("a", (Term("college", "en"),)), Concept("b", (Term("College", "en"),))))
    assert [(hit.concept.id, hit.span) for hit in Matcher(entries, "en").occurrences("a college")] == [
        ("a", Span(2, 9)),
        ("b", Span(2, 9)),
    ]


def test_of_two_terms_of_a_concept_the_one_as_it_is_written_is_meant() -> None:
    terms = (Term("Vocational Education Law", "en"), Term("vocational education law", "en", TermStatus.DEPRECATED))
    found = Matcher(Glossary((Concept("law", terms),)), "en").occurrences("the vocational education law")
    assert [hit.term.status for hit in found] == [TermStatus.DEPRECATED]


def test_a_term_does_not_cross_the_edge_of_a_block() -> None:
    text = "Tencent\nCloud"
    blocks = (Block(Span(0, 7)), Block(Span(8, 13)))
    page = Document("", "en", text, blocks, Origins((OriginRun(0, 0, len(text)),)))
    found = Matcher(glossary("Tencent Cloud", "cloud"), "en")
    assert [hit.span for hit in found.occurrences(page)] == [Span(8, 13)]
    assert [hit.span for hit in found.occurrences(text)] == [Span(0, 13)]


def test_a_matcher_is_kept_for_the_same_glossary_and_language() -> None:
    entries = glossary("Tencent")
    assert matcher(entries, "en") is matcher(entries, "en")
    assert matcher(entries, "en") is not matcher(glossary("Tencent"), "en")


def test_an_article_alone_or_a_quote_is_never_found() -> None:
    assert not Matcher(glossary("the", '"', " "), "en").occurrences('the "end" of the day')


def test_a_long_run_of_one_word_takes_linear_time() -> None:
    assert len(Matcher(glossary("x y", "b x b y"), "en").occurrences("x b " * 50_000)) == 0
    assert len(Matcher(glossary("go on"), "en").occurrences("go on " * 20_000)) == 20_000
