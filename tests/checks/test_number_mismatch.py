"""number-mismatch: fires on the pairs of the table that are wrong, is silent on those that are right."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.pairs import found, marked
from tests.text.tables import rows

from bitext.checks.figures import extracted
from bitext.checks.number_matching import mismatches
from bitext.checks.number_mismatch import RULE
from bitext.messages import catalogue
from bitext.model.findings import Severity


@pytest.mark.parametrize(("zh", "en", "expected"), rows("numbers", "pairs.txt"))
def test_pairs_of_the_table(zh: str, en: str, expected: str) -> None:
    assert marked(found(RULE, [(zh, en)])) == {word.strip() for word in expected.split(";") if word.strip()}


def test_a_power_of_ten_is_an_error_and_says_what_the_number_means() -> None:
    (finding,) = found(RULE, [("投入1.2亿元", "invested 12 million yuan")])
    assert finding.severity is Severity.ERROR
    assert finding.suggestion == "120 million"
    assert "1.2亿 = 120 million" in catalogue.render(finding.message, "en")
    assert "1/10" in catalogue.render(finding.message, "zh")


def test_severity_falls_with_confidence_and_a_doubtful_bead_is_not_judged() -> None:
    pair = ("投入1.2亿元", "invested 12 million yuan")
    assert [finding.severity for finding in found(RULE, [pair], 0.7)] == [Severity.WARNING]
    assert found(RULE, [pair], 0.3) == ()


@pytest.mark.parametrize(("confidence", "severity"), [(0.95, Severity.WARNING), (0.8, Severity.WARNING), (0.6, "info")])
def test_a_number_without_an_answer_across_an_unlikely_bead_is_only_noted(confidence: float, severity: str) -> None:
    findings = found(RULE, [("共有320名学生。", "There are students.")], confidence)
    assert [finding.severity for finding in findings] == [severity]


def test_a_neighbour_answers_only_where_the_bead_is_unsure() -> None:
    pairs = [("共有320名学生。", "There are students."), ("他们来自各地。", "The 320 come from all over.")]
    assert found(RULE, pairs, 0.7) == ()
    assert marked(found(RULE, pairs, 0.95)) == {"320"}


@settings(deadline=None)  # the first call loads tables
@given(st.data())
def test_the_same_numbers_in_any_order_match(data: st.DataObject) -> None:
    values = data.draw(st.lists(st.integers(2, 10**9), max_size=8))
    chinese = "，".join(f"有{value}人" for value in values)
    english = ", ".join(f"with {value:,} people" for value in data.draw(st.permutations(values)))
    assert mismatches(extracted(chinese, "zh"), extracted(english, "en"), ((), ())) == []


@pytest.mark.parametrize("step", [0, 1])
def test_a_unit_of_thousands_of_numbers_costs_little(step: int) -> None:
    chinese = "，".join(f"有{3000 + step * index}人" for index in range(5000))
    english = ", ".join(f"with {9000000 + step * index} people" for index in range(5000))
    assert len(mismatches(extracted(chinese, "zh"), extracted(english, "en"), ((), ()))) == 10000


@settings(deadline=None)  # the first call loads tables
@given(st.lists(st.integers(100, 10**8), min_size=1, max_size=6, unique=True), st.data())
def test_one_number_ten_times_too_large_is_named(values: list[int], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(values) - 1))
    changed = [value * 10 if index == place else value for index, value in enumerate(values)]
    if changed[place] in values or 1900 <= changed[place] <= 2099 or 1500 <= values[place] <= 2099:
        return
    chinese = "，".join(f"有{value}人" for value in values)
    english = ", ".join(f"with {value:,} people" for value in changed)
    rows = mismatches(extracted(chinese, "zh"), extracted(english, "en"), ((), ()))
    assert [row.factor for row in rows] == [10]


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("项目投入1.2亿元。", "The project invested 120 million dollars."),
        ("项目投入1.2亿元。", "The project invested US$120 million."),
        ("捐款500万美元。", "RMB 5 million was donated."),
        ("拨款300万欧元。", "A grant of £3 million was made."),
        ("票价80港元。", "Tickets cost 80 yuan."),
        ("市值达到50亿日元。", "The market value reached 5 billion won."),
    ],
)
def test_the_same_amount_in_another_currency_is_reported(zh: str, en: str) -> None:
    (finding,) = found(RULE, [(zh, en)])
    assert finding.message.key == "figures.number-mismatch.currency"


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("项目投入1.2亿元。", "The project invested RMB 120 million."),
        ("项目投入1.2亿元。", "The project invested ¥120 million."),
        ("票价80港元。", "Tickets cost $80."),
        ("票价80澳元。", "Tickets cost A$80 (80 Australian dollars)."),
        ("香港票价80元，比80港元的旧价不变。", "Tickets in Hong Kong cost HK$80 as before."),
        ("投入700万元，约合100万美元。", "It invested 7 million yuan, or 1 million US dollars."),
        ("1美元兑7元人民币。", "One dollar buys 7 yuan."),
        ("本港票價80元。", "Tickets cost HK$80."),
        ("捐款2.75亿加元。", "CA$275 million was donated."),
    ],
)
def test_one_currency_in_other_words_is_silent(zh: str, en: str) -> None:
    assert found(RULE, [(zh, en)]) == ()


def test_a_number_that_went_into_the_next_sentence_is_only_noted() -> None:
    pairs = [("发出13个牌照。", "Licences were granted."), ("业务进入新时代。", "With 13 licences a new era began.")]
    assert [finding.severity for finding in found(RULE, pairs)] == [Severity.INFO, Severity.INFO]
    assert [finding.severity for finding in found(RULE, pairs[:1])] == [Severity.WARNING]


def test_neighbours_of_thousands_of_numbers_cost_little() -> None:
    chinese = "，".join(f"有{3000 + 2 * index}人" for index in range(1200))
    english = ", ".join(f"with {9000000 + index} people" for index in range(1200))
    assert len(found(RULE, [(chinese, "None."), ("没有。", english)])) == 2400


@pytest.mark.parametrize(
    ("zh", "en", "said"),
    [
        ("利率上升30个基点。", "The rate rose by 0.3 percent.", {"source": "0.3", "target": "0.3"}),
        ("利率上升百分之三。", "The rate rose by three percentage points.", {"source": "3", "target": "3"}),
        ("利率上升2至3个百分点。", "The rate rose by 2 to 3 percent.", {"source": "2–3", "target": "2–3"}),
    ],
)
def test_percentage_points_are_told_by_their_value(zh: str, en: str, said: dict[str, str]) -> None:
    assert [dict(finding.message.fields) for finding in found(RULE, [(zh, en)])][:1] == [said]
