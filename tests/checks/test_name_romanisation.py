"""name-romanisation: fires only where the translation shows a slip."""

import pytest
from tests.checks.examples import bitext
from tests.checks.pairs import found, marked
from tests.text.tables import rows

from bitext.checks.context import Context
from bitext.checks.facts import NAMES, Facts, Style
from bitext.checks.name_romanisation import RULE
from bitext.model.alignment import Bitext
from bitext.model.documents import BlockKind
from bitext.model.findings import Severity
from bitext.model.glossary import Glossary


@pytest.mark.parametrize(("zh", "en", "expected"), rows("names", "pairs.txt"))
def test_pairs_of_the_table(zh: str, en: str, expected: str) -> None:
    assert marked(found(RULE, [(zh, en)])) == {word.strip() for word in expected.split(";") if word.strip()}


def test_the_right_form_is_proposed_and_not_applied_unseen() -> None:
    (finding,) = found(RULE, [("校长王小明表示", "President Xiaoming Wang said")])
    assert finding.suggestion == "Wang Xiaoming"
    assert finding.edit is not None
    assert (finding.edit.replacement, finding.edit.safe) == ("Wang Xiaoming", False)


def test_a_person_once_named_by_post_is_known_in_the_whole_item() -> None:
    pairs = [
        ("校长王小明致辞。", "President Wang Xiaoming spoke."),
        ("会后王小明参观了学校。", "Then Wang Xaoming looked around."),
    ]
    assert marked(found(RULE, pairs)) == {"王小明", "Wang Xaoming"}


def test_one_who_is_always_called_the_western_way_is_told_once_and_of_one_mention_only_hinted_at() -> None:
    pairs = [("鲁中海教授获奖。", "Prof. Zhonghai Lu won a prize."), ("鲁中海教授致辞。", "Prof. Zhonghai Lu spoke.")]
    assert [finding.severity for finding in found(RULE, pairs)] == [Severity.WARNING]
    assert [finding.severity for finding in found(RULE, pairs[:1])] == [Severity.INFO]


def test_a_surname_in_capitals_may_stand_last() -> None:
    assert found(RULE, [("鲁中海教授获奖。", "Prof. Zhonghai LU won a prize.")]) == ()


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("党委书记刘锦出席。", "Wang Wei, Secretary of the Party Committee, attended."),
        ("校长王小明表示感谢。", "President Zhang Hua expressed his thanks."),
    ],
)
def test_another_persons_name_in_the_place_of_a_name_is_reported(zh: str, en: str) -> None:
    (finding,) = found(RULE, [(zh, en)])
    assert finding.message.key == "figures.name-romanisation.other"


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("党委书记刘锦出席。", "Secretary Liu and Wang Wei attended."),
        ("党委书记刘锦与王伟出席。", "The Party Secretary and Wang Wei attended."),
        ("党委书记刘锦和校长张华出席。", "Wang Wei and Zhao Min attended."),
        ("行政长官李家超致辞。", "The Chief Executive spoke in Hong Kong."),
        ("记者刘锦报道。", "Shan Xi Normal University opened."),
        ("局长许正宇表示欢迎。", "Christopher Hui Ching-yu, the Secretary, expressed his welcome."),
        ("台长阎晓明致辞，市委常委、宣传部部长出席。", "Yan Xiaoming spoke and the head of publicity attended."),
    ],
)
def test_a_name_that_may_be_someone_elses_is_silent(zh: str, en: str) -> None:
    assert found(RULE, [(zh, en)]) == ()


@pytest.mark.parametrize(
    ("zh", "en", "form"),
    [
        ("会后王小红参观了学校。", "Then Wang Xiaohang looked around.", "Wang Xiaohang"),
        ("会后王小红参观了学校。", "Then Wang Xiao-hong looked around.", "Wang Xiao-hong"),
        ("作者：岳川 责任编辑：岳川", "Writer: Zhao Min Editor: Yue Chuan", "Zhao Min"),
        ("前主席孟宏伟，已经认罪。", "Former president of Interpol Sun Liping confessed.", "Sun Liping"),
        ("局长黄玮表示欢迎。", "Wang Wei, director of the bureau, expressed his welcome.", "Wang Wei"),
        ("主要对手是副总理刘鹤。", "He has mainly dealt with Sun Liping, the vice-premier.", "Sun Liping"),
    ],
)
def test_a_name_is_known_by_its_post_or_by_a_form_that_is_nearly_right(zh: str, en: str, form: str) -> None:
    assert form in marked(found(RULE, [(zh, en)]))


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("作者孙辕表示", "says Irene Yuan Sun, author of the book"),
        ("来源：文汇报", "Source: Wen Hui Bao"),
        ("登上高峰，走进方正", "They climbed Gao Fan Hill"),
        ("记者陈尚营、王立武报道", "By Chen Shangying and Wang Liwu"),
    ],
)
def test_what_is_no_slip_of_a_name_is_silent(zh: str, en: str) -> None:
    assert found(RULE, [(zh, en)]) == ()


def test_two_admissible_spellings_in_one_item_are_one_too_many() -> None:
    pairs = [
        ("教授吕明致辞。", "Professor Lü Ming spoke."),
        ("吕明说。", "Lü Ming said."),
        ("吕明介绍。", "Lyu Ming said."),
    ]
    assert marked(found(RULE, pairs)) == {"吕明", "Lyu Ming"}


ORDERS = [
    ("surname-first", "Xiaoming Wang", "Wang Xiaoming"),
    ("given-first", "Wang Xiaoming", "Xiaoming Wang"),
    ("given-first", "Wang Xiao-ming", "Xiaoming Wang"),
    ("given-first", "Xiaomin Wang", "Xiaoming Wang"),
    ("surname-first", "Xiaomin Wang", "Wang Xiaoming"),
    ("either", "Wang Xaoming", "Wang Xiaoming"),
    ("surname-first", "Wang Xiaoming", ""),
    ("given-first", "Xiaoming Wang", ""),
    ("given-first", "WANG Xiaoming", ""),
    ("either", "Xiaoming Wang", ""),
    ("either", "Wang Xiaoming", ""),
]


def told(pairs: list[tuple[str, str]], names: str) -> list[str]:
    context = Context(item(pairs), Glossary(), Facts(style=Style(names=names)))
    return [finding.suggestion for finding in RULE.check(context)]


def item(pairs: list[tuple[str, str]]) -> Bitext:
    return bitext([(zh, en, 1.0, BlockKind.PARAGRAPH) for zh, en in pairs])


@pytest.mark.parametrize(("names", "form", "wanted"), ORDERS)
def test_the_house_says_which_name_comes_first(names: str, form: str, wanted: str) -> None:
    assert told([("校长王小明表示感谢。", f"President {form} expressed his thanks.")], names) == (
        [wanted] if wanted else []
    )


@pytest.mark.parametrize("names", NAMES)
def test_one_person_is_called_in_one_order_in_an_item(names: str) -> None:
    pairs = [
        ("校长王小明致辞。", "President Wang Xiaoming spoke."),
        ("王小明说。", "Wang Xiaoming said."),
        ("王小明介绍。", "Xiaoming Wang said."),
    ]
    assert len(told(pairs, names)) == (2 if names == "given-first" else 1)


def test_a_house_that_has_chosen_the_given_name_first_is_warned_of_each_other_mention() -> None:
    pairs = [("校长王小明致辞。", "President Wang Xiaoming spoke.")]
    context = Context(item(pairs), Glossary(), Facts(style=Style(names="given-first")))
    assert [finding.severity for finding in RULE.check(context)] == [Severity.WARNING]


def test_a_unit_of_thousands_of_names_costs_little() -> None:
    pairs = [("王小红和" * 5000, "Wang Xiaohang and " * 5000)]
    assert found(RULE, pairs) == ()


def test_names_beside_a_unit_of_thousands_of_names_cost_little() -> None:
    persons = " ".join(f"Zhang {one}{other}" for one in ("Xiao", "Da", "Zhong") for other in ("hua", "wei", "ming"))
    long = ("王小明会见李白和客人" * 5000, "They met.")
    assert found(RULE, [long, ("校长王小明致辞。", f"{persons} spoke."), long]) == ()


def test_many_persons_in_a_unit_of_many_words_cost_little() -> None:
    persons = [f"{a}{b}{c}" for a in "王李张" for b in "小大中" for c in "明华平军"]
    pairs = [("".join(f"校长{name}致辞。" for name in persons), "The president of the school spoke to them. " * 20_000)]
    assert found(RULE, pairs) == ()
