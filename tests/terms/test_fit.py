"""A replacement takes over the number, the capitals and the article of what it replaces."""

import pytest

from bitext.model.documents import Span
from bitext.terms.fit import fitted, starts_with_vowel_sound, with_article


@pytest.mark.parametrize(
    ("surface", "term", "replacement", "expected"),
    [
        ("Tengfei Class", "Tengfei Class", "Ascend Class", "Ascend Class"),
        ("Tengfei Classes", "Tengfei Class", "Ascend Class", "Ascend Classes"),
        ("teaching places", "teaching place", "office of academic affairs", "offices of academic affairs"),
        ("vice professor", "vice professors", "associate professors", "associate professor"),
        ("Vice professor", "vice professor", "associate professor", "Associate professor"),
        ("TEACHING AFFAIRS PLACE", "Teaching Affairs Place", "Academic Affairs Office", "ACADEMIC AFFAIRS OFFICE"),
        ("Companies", "company", "agency", "Agencies"),
        ("policies", "policy", "AI", "AIs"),
    ],
)
def test_number_and_capitals_follow_the_place(surface: str, term: str, replacement: str, expected: str) -> None:
    assert fitted(surface, term, replacement) == expected


def test_a_headline_keeps_its_capitals() -> None:
    assert fitted("School Enterprise Union", "school enterprise union", "school-enterprise cooperation") == (
        "School-enterprise cooperation"
    )
    assert fitted("Strategy Union", "strategy union", "strategic partnership", headline=True) == "Strategic Partnership"


@pytest.mark.parametrize(
    ("text", "old", "new", "expected"),
    [
        ("He is a vice professor.", "vice professor", "associate professor", "He is an associate professor."),
        ("He is an old fellow.", "old fellow", "young fellow", "He is a young fellow."),
        ("An old plan. A old plan.", "old plan", "SZIIT plan", "An SZIIT plan. A old plan."),
        ("A “union” plan", "union” plan", "agreement” plan", "An “agreement” plan"),
        ("a good plan", "plan", "agreement", "a good agreement"),
        ("the Ministry", "Ministry", "the Ministry of Education", "the Ministry of Education"),
        ("banana vice professor", "vice professor", "associate professor", "banana associate professor"),
    ],
)
def test_the_article_before_it_agrees(text: str, old: str, new: str, expected: str) -> None:
    start = text.index(old)
    span, replacement = with_article(text, Span(start, start + len(old)), new)
    assert text[: span.start] + replacement + text[span.end :] == expected


@pytest.mark.parametrize("name", ["SZIIT", "MBA", "hour", "agreement", "11th", "8-hour day", "umbrella", "uninformed"])
def test_an_stands_before_a_vowel_sound(name: str) -> None:
    assert starts_with_vowel_sound(name)


@pytest.mark.parametrize("name", ["university", "European", "one-off", "UN", "Tencent", "useful", "10th", "house"])
def test_a_stands_before_a_consonant_sound(name: str) -> None:
    assert not starts_with_vowel_sound(name)
