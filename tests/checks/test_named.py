"""Names found by their form alone: what they take in, and that no text makes them slow or fall over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.checks.examples import bitext
from tests.growth import assert_near_linear

from bitext.checks.named import bodies_in_chinese, bodies_in_english, quoted_in_chinese, quoted_in_english
from bitext.checks.registry import RULES
from bitext.checks.run import run
from bitext.model.documents import BlockKind
from bitext.model.findings import Severity
from bitext.model.glossary import Glossary

FINDERS = (quoted_in_chinese, quoted_in_english, bodies_in_chinese, bodies_in_english)
RULE = RULES["rendering-inconsistent"]
SONG = [
    ("师生合唱了《匠心筑梦》。", "They sang “Dreams of Craft”."),
    ("晚会以《匠心筑梦》作结。", "It closed with “Ingenuity Builds Dreams”."),
]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("代表团来到星海软件学院参观。", ["星海软件学院"]),
        ("星海大学与东方公司签约。", ["星海大学", "东方公司"]),
        ("干部全部到场。", []),
    ],
)
def test_chinese_institutions_begin_after_a_link_word_and_end_with_their_noun(text: str, names: list[str]) -> None:
    assert [text[one.span.start : one.span.end] for one in bodies_in_chinese(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("At Xinghai School of Software they met.", ["Xinghai School of Software"]),
        ("The President of the Reliability Society spoke.", ["Reliability Society"]),
        ("The Reliability Society Best Paper Award went to Li Ming.", []),
    ],
)
def test_english_institutions_are_named_without_their_officers_and_prizes(text: str, names: list[str]) -> None:
    assert [text[one.span.start : one.span.end] for one in bodies_in_english(text)] == names


def test_speech_in_quotes_is_no_name() -> None:
    assert quoted_in_chinese("他说：“欢迎大家，请坐。”") is None
    assert quoted_in_english("He said, “Welcome; do sit down.”") is None


@given(st.text('《》“”"学院公司大学与 ASchoolof,。(', max_size=60))
def test_every_name_stands_where_it_is_said_to(text: str) -> None:
    for finder in FINDERS:
        for one in finder(text) or []:
            assert one.key.strip()
            assert text[one.span.start : one.span.end].strip()


@pytest.mark.parametrize("piece", ["Ab of ", "“", "《学院", "School, ", "Aa (", "学院"])
def test_no_text_makes_the_search_quadratic(piece: str) -> None:
    def find(size: int) -> None:
        for finder in FINDERS:
            finder(piece * (size // len(piece)))

    assert_near_linear(find, 100_000)


def test_headlines_and_unsure_pairs_are_not_compared() -> None:
    for confidence, kind in ((1.0, BlockKind.HEADING), (0.8, BlockKind.PARAGRAPH)):
        pairs = [(zh, en, confidence, kind) for zh, en in SONG]
        assert not run(bitext(pairs), Glossary(), [RULE])


def test_the_finding_stands_at_the_rarer_wording_and_names_the_usual_one() -> None:
    pairs = [(zh, en, 1.0, BlockKind.PARAGRAPH) for zh, en in (SONG[0], SONG[1], SONG[0])]
    found = [one for one in run(bitext(pairs), Glossary(), [RULE]) if one.message.key.endswith("found")]
    assert [(one.severity, one.suggestion, len(one.related)) for one in found] == [
        (Severity.WARNING, "Dreams of Craft", 2)
    ]
    assert found[0].target is not None
    assert found[0].target.text == "Ingenuity Builds Dreams"
