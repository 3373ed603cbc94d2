"""A house that lays down its brackets and quotes is told of the other ones, and of nothing more."""

import pytest
from tests.checks.examples import bitext

from bitext.checks.context import Context
from bitext.checks.facts import QUOTES, REGIONS, WIDTHS, Facts, Style
from bitext.checks.registry import RULES
from bitext.model.documents import BlockKind
from bitext.model.glossary import Glossary

CASES = [
    ("plain-width", "双方参加(详见附件)会议。", "full", "（详见附件）"),
    ("plain-width", "双方参加（详见附件）会议。", "half", "(详见附件)"),
    ("plain-width", "研究（AI）与(AI)。", "half", ""),
    ("plain-width", "学校举行了仪式,双方参加。", "half", "，"),
    ("plain-width", "双方参加(详见附件)和（详见附件）会议。", "either", ""),
    ("plain-quotes", "学校入选“典型案例”。", "corner", "「典型案例」"),
    ("plain-quotes", "他说：“我们的‘工匠’精神”。", "corner", "「我们的『工匠』精神」"),
    ("plain-quotes", "歌曲“It’s a Dream”获奖。", "corner", "「It’s a Dream」"),
    ("plain-quotes", "学校入选「典型案例」。", "curly", "“典型案例”"),
    ("plain-quotes", "他说：「我們的『工匠』精神」。", "curly", "“我們的‘工匠’精神”"),
    ("plain-quotes", "学校入选「典型案例」和“典型案例”。", "either", ""),
    ("plain-quotes", "学校入选「典型案例」。", "corner", ""),
    ("plain-quotes", "学校入选“典型案例”。", "curly", ""),
]


def told(rule: str, zh: str, en: str, style: Style) -> list[str | None]:
    item = bitext([(zh, en, 1.0, BlockKind.PARAGRAPH)])
    rows = RULES[rule].check(Context(item, Glossary(), Facts(style=style)))
    return [None if one.edit is None else one.edit.replacement for one in rows]


@pytest.mark.parametrize(("rule", "text", "house", "wanted"), CASES)
def test_what_the_house_does_not_write_is_told(rule: str, text: str, house: str, wanted: str) -> None:
    style = Style(brackets=house) if rule == "plain-width" else Style(quotes=house)
    assert told(rule, text, "", style) == ([wanted] if wanted else [])


@pytest.mark.parametrize("quotes", QUOTES)
@pytest.mark.parametrize("brackets", WIDTHS)
def test_english_and_the_pairing_of_marks_do_not_depend_on_the_style(quotes: str, brackets: str) -> None:
    style = Style(brackets, quotes)
    assert told("plain-quotes", "", "“We are proud,” she said of the 「quoted」.", style) == []
    assert told("plain-quotes", "合唱了《匠心筑梦。", "", style) == [None]
    assert told("plain-width", "", "The Class（no. 1）opened.", style) == ["(", ")"]


def test_a_region_is_brackets_and_quotes_and_either_can_be_laid_down_apart() -> None:
    assert Style.of() == Style() == REGIONS[""]
    assert Style.of("hongkong") == Style("either", "corner")
    assert Style.of("hongkong", brackets="full") == Style("full", "corner")
    assert Style.of("mainland", quotes="either") == Style("full", "either")
