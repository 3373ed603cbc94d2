"""Which pronouns and nouns go back to a name, and which belong to their own sentence."""

import pytest

from bitext.terms.references import (
    has_gap,
    has_tacit_agent,
    head_nouns,
    is_body,
    refers_back,
    speaks_for_itself,
    takes_up,
)

CLASS = ["腾飞班", "Ascend Class"]


@pytest.mark.parametrize(
    "text",
    [
        "It has 40 students.",
        "Its students",
        "This was welcome.",
        "With the help of its partners, the programme grew.",
        "When it opened, the mayor was there.",
        "During the year, it received 48,000 visitors.",
    ],
)
def test_a_pronoun_that_opens_the_next_sentence_takes_a_name_up(text: str) -> None:
    assert takes_up(text, CLASS)


@pytest.mark.parametrize(
    "text",
    [
        "This measure was welcome.",
        "measures that raise quality",
        "students whose marks are high",
        # What stands before the pronoun in its own sentence is what it stands for.
        "The college has renewed its commitment.",
        "The college invited the author of its song.",
        "The college won. It was glad.",
        # Nothing, and nobody, is meant by these.
        "It is important to note the date.",
        "Exports to the US grew.",
        "She said so.",
        "We said so.",
    ],
)
def test_a_pronoun_of_its_own_sentence_takes_nothing_up(text: str) -> None:
    terms = ["未来计划", "Future Plan"]
    assert not takes_up(text, terms)


@pytest.mark.parametrize(
    ("text", "terms", "back"),
    [
        ("They signed.", ["认可机构", "AIs"], True),
        ("It signed.", ["认可机构", "AIs"], False),
        ("They signed.", ["未来基金", "Future Fund"], False),
        ("They sang.", CLASS, True),
        ("She signed.", ["校长", "President"], True),
        ("We signed.", ["深圳大学", "Shenzhen University"], True),
    ],
)
def test_a_pronoun_agrees_with_the_name(text: str, terms: list[str], back: bool) -> None:
    assert takes_up(text, terms) is back


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("the two institutes", True),
        ("the Shenzhen-based institute", True),
        ("The institute's new campus", True),
        ("the Research Institute of late", True),
        ("the nearby institute", False),
        ("the law institute", False),
    ],
)
def test_only_words_that_make_no_other_thing_of_it_stand_before_a_noun(text: str, back: bool) -> None:
    assert refers_back(text, frozenset({"institute"}), ["Marine Research Institute"]) is back


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("The has launched a plan.", True),
        ("They praised the work of the.", True),
        ("The reform of the ’s rules", True),
        ("A rise of the by 25 points", True),
        ("The on-site check", False),
        ("The Is and the Ors", False),
        ("The fund has grown.", False),
        ("They see the .NET class.", False),
        ("Overall, ’s money markets grew.", True),
        ("Shenzhen’s money markets grew.", False),
    ],
)
def test_an_article_without_a_noun_is_a_gap(text: str, gap: bool) -> None:
    assert has_gap(text) is gap


@pytest.mark.parametrize(
    ("terms", "body"),
    [
        (["金管局", "HKMA"], True),
        (["HKMA", "Monetary Authority"], True),
        (["轉數快", "FPS"], False),
        (["基本利率"], False),
    ],
)
def test_only_institutions_speak_of_themselves(terms: list[str], body: bool) -> None:
    assert is_body(terms) is body


@pytest.mark.parametrize(("text", "first"), [("gave us time", True), ("in US dollars", False), ("Our plan", True)])
def test_the_first_person_is_no_country(text: str, first: bool) -> None:
    assert speaks_for_itself(text) is first


@pytest.mark.parametrize(
    ("text", "tacit"),
    [
        ("Three seminars were held for students.", True),
        ("The measures were also first introduced in 2009.", True),
        ("The seminars were held by the college.", False),
        ("The seminars were long.", False),
        ("The work was finished by 2009.", True),
    ],
)
def test_a_passive_without_an_agent_leaves_unsaid_who_acts(text: str, tacit: bool) -> None:
    assert has_tacit_agent(text) is tacit


def test_brackets_without_end_in_a_term_are_read_soon() -> None:
    assert head_nouns(["(" * 50_000]) == frozenset()
