"""term-first-mention on Chinese pages: short forms before their introduction, and acronyms that nobody explains."""

import pytest
from tests.checks.examples import Example, concept, item

from bitext.checks.registry import RULES
from bitext.checks.run import run
from bitext.model.findings import Severity
from bitext.model.glossary import Glossary

SHORT = "深圳信息职业技术学院; short 深信院 = Shenzhen Institute of Information Technology; SZIIT"
ACRONYM = "成果导向教育 = outcome-based education; OBE"
RULE = RULES["term-first-mention"]


def told(glossary: str, *lines: str) -> list[tuple[str, Severity, str]]:
    page, _ = item(Example(fires=True, rows=[("zh", line) for line in lines]))
    findings = run(page, Glossary((concept(glossary),)), [RULE])
    return [(one.message.key.rpartition(".")[2], one.severity, one.source.text) for one in findings if one.source]


@pytest.mark.parametrize(
    "words", ["（以下简称“深信院”）", "（简称深信院）", "（下称「深信院」）", "（深信院）", "，简称“深信院”，"]
)
def test_a_short_form_before_its_introduction_is_reported_and_behind_it_silent(words: str) -> None:
    named, used = f"活动由深圳信息职业技术学院{words}主办。", "深信院师生参加。"
    assert told(SHORT, used, named, "活动结束。") == [("zh-late", Severity.WARNING, "深信院")]
    assert told(SHORT, named, used, "活动结束。") == []


def test_a_second_introduction_is_no_more_than_a_note() -> None:
    named = "活动由深圳信息职业技术学院（以下简称“深信院”）主办。"
    assert told(SHORT, named, "活动开始。", named) == [("zh-again", Severity.INFO, "深信院")]


@pytest.mark.parametrize(
    "lines",
    [
        ("深信院师生参加。", "活动开始。", "活动结束。"),
        ("深信院师生参加。", "深圳信息职业技术学院感谢大家。", "活动结束。"),
        ("深圳信息职业技术学院开学。", "深信院师生参加。", "深圳信息职业技术学院（简称“深信院”）历史悠久。"),
        ("深信院师生参加。", "活动由深圳信息职业技术学院（以下简称“深信院”）主办。"),
    ],
)
def test_a_page_that_never_introduces_a_short_form_or_named_it_before_is_silent(lines: tuple[str, ...]) -> None:
    assert told(SHORT, *lines) == []


@pytest.mark.parametrize(
    ("line", "fires"),
    [
        ("按照OBE理念修订了方案。", True),
        ("按照OBE（成果导向）理念修订了方案。", False),
        ("按照“成果导向”（OBE）理念修订了方案。", False),
        ("按照成果导向教育理念修订了OBE方案。", False),
        ("使用OBE-2平台和www.OBE.cn网站。", False),
    ],
)
def test_an_acronym_that_nothing_explains_is_reported(line: str, fires: bool) -> None:
    rows = told(ACRONYM, line, "教师参加了研讨。", "新方案九月实施。")
    assert rows == ([("zh-bare", Severity.WARNING, "OBE")] if fires else [])


def test_an_acronym_that_the_glossary_prefers_is_silent() -> None:
    preferred = "成果导向教育 = OBE; outcome-based education"
    assert told(preferred, "按照OBE理念修订了方案。", "教师参加了研讨。", "新方案九月实施。") == []
