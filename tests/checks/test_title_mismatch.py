"""title-mismatch: fires where another post of the glossary stands beside the name, and only there."""

import pytest
from tests.checks.examples import concept
from tests.checks.pairs import document, marked

from bitext.checks.run import run
from bitext.checks.title_mismatch import RULE
from bitext.model.alignment import Bitext, TranslationUnit
from bitext.model.findings import Finding
from bitext.model.glossary import Glossary

GLOSSARY = Glossary.merged(
    Glossary((concept(line),))
    for line in (
        "党委书记 = Secretary of the Party Committee; Party Secretary",
        "党委副书记 = Deputy Secretary of the Party Committee",
        "校长 = President",
        "副校长 = Vice President",
        "副教授 = associate professor",
        "系主任 = head of department; department head",
        "产教融合 = integration of education and industry",
    )
)


def found(zh: str, en: str, glossary: Glossary = GLOSSARY) -> tuple[Finding, ...]:
    source, target = document([zh], "zh"), document([en], "en")
    unit = TranslationUnit(0, source.segments[0].span, target.segments[0].span)
    return run(Bitext(source, target, (unit,)), glossary, [RULE])


@pytest.mark.parametrize(
    ("zh", "en", "wrong"),
    [
        ("校长王晖表示感谢。", "Vice President Wang Hui expressed his thanks.", "Vice President"),
        ("副校长王晖表示感谢。", "President Wang Hui expressed his thanks.", "President"),
        ("党委书记刘锦出席。", "Liu Jin, President of the institute, was there.", "President"),
        ("党委书记刘锦、校长王晖出席。", "President Liu Jin and Party Secretary Wang Hui were there.", "President"),
        (
            "党委副书记刘锦出席。",
            "Liu Jin, Secretary of the Party Committee, spoke.",
            "Secretary of the Party Committee",
        ),
        ("副教授徐文涛介绍。", "Professor Xu Wentao said so.", "Professor"),
        ("系主任李明出席。", "President Li Ming was there.", "President"),
    ],
)
def test_another_post_beside_the_name_is_reported(zh: str, en: str, wrong: str) -> None:
    assert wrong in marked(found(zh, en))


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("校长王晖表示感谢。", "President Wang Hui expressed his thanks."),
        ("校长王晖表示感谢。", "Wang Hui, the president, expressed his thanks."),
        ("校长王晖表示感谢。", "Wang Hui expressed his thanks."),
        ("校长王晖表示感谢。", "The president expressed his thanks to the Party Secretary."),
        ("党委书记刘锦、校长王晖出席。", "Party Secretary Liu Jin and President Wang Hui were there."),
        ("党委书记刘锦、校长王晖出席。", "Liu Jin, Party Secretary, and Wang Hui, President, were there."),
        ("党委副书记、校长王晖出席。", "Wang Hui, Deputy Secretary of the Party Committee and President, was there."),
        ("党委副书记、校长王晖出席。", "President Wang Hui was there."),
        ("党委书记刘锦出席。", "Secretary Liu Jin was there."),
        ("副教授徐文涛介绍。", "Associate Professor Xu Wentao said so."),
        ("刘锦与校长座谈。", "Liu Jin talked with the President."),
        ("董事长马明和校长王晖签约。", "Chairman Ma Ming and President Wang Hui signed."),
    ],
)
def test_the_right_post_or_none_is_silent(zh: str, en: str) -> None:
    assert found(zh, en) == ()


def test_the_right_rendering_is_proposed() -> None:
    (finding,) = found("副校长王晖表示感谢。", "President Wang Hui expressed his thanks.")
    assert (finding.suggestion, finding.concept) == ("Vice President", "副校长")


def test_without_posts_in_the_glossary_nothing_is_said() -> None:
    glossary = Glossary((concept("产教融合 = integration of education and industry"),))
    assert found("校长王晖", "Vice President Wang Hui", glossary) == ()
