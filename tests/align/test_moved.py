"""What stands elsewhere on the other page is found among what an alignment leaves alone; what is not there is not."""

from itertools import pairwise

import pytest
from tests.align.samples import items, sides

import bitext
from bitext.align.moved import _beside, moved
from bitext.model.alignment import Alignment
from bitext.model.glossary import Glossary
from bitext.pipeline import Profile

SOURCE = [
    "双方于5月11日签署了战略合作协议。",
    "会议由副校长王伟主持。",
    "学校将建设两间联合实验室。",
    "学生可以到企业参加为期六个月的实习。",
    "与会人员参观了图书馆和校史馆。",
    "企业每年提供三十个奖学金名额。",
]
TARGET = [
    "The two sides signed a strategic cooperation agreement on May 11.",
    "The meeting was chaired by Vice President Wang Wei.",
    "The school will set up two joint laboratories.",
    "Students can take six-month internships at the company.",
    "The participants visited the library and the school history museum.",
    "The company offers thirty scholarships every year.",
]


def told(alignment: Alignment, profile: Profile = "accurate") -> list[tuple[str, str]]:
    """The texts of the pairs that stand elsewhere."""
    pairs = moved(alignment, Glossary(), profile)
    beads = alignment.beads
    return [(alignment.source_text(beads[i]), alignment.target_text(beads[j])) for i, j in pairs]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_sentence_that_went_to_the_end_is_found_there(number: int) -> None:
    target = [*TARGET[:number], *TARGET[number + 1 :], TARGET[number]]
    assert told(bitext.align(SOURCE, target)) == [(SOURCE[number], TARGET[number])]


def test_what_crosses_among_the_left_overs_is_found_too() -> None:
    source, target = sides(pair for item in items()[:2] for pair in item)
    common = list(zip(SOURCE, TARGET, strict=True))
    first, second = common[0], common[2]
    alignment = bitext.align([first[0], second[0], *source], [*target, second[1], first[1]])
    assert {first, second} <= set(told(alignment))


def test_what_went_from_the_end_of_a_page_to_its_beginning_is_found() -> None:
    # Its blocks come after those of the pairs that it is put beside.
    source, target = sides(pair for item in items()[:2] for pair in item)
    alignment = bitext.align([*source, SOURCE[5]], [TARGET[5], *target])
    assert (SOURCE[5], TARGET[5]) in told(alignment)


def test_pages_in_the_same_order_have_nothing_elsewhere() -> None:
    assert told(bitext.align(SOURCE, TARGET)) == []


def test_the_line_beside_what_was_moved_went_with_it() -> None:
    beside = _beside([(4, 9)], [3, 5, 6, 20], [8, 10, 11, 30])
    assert list(beside) == [(3, 8), (5, 10)]
    assert list(_beside([(4, 9)], [3, 5], [11])) == []


@pytest.mark.parametrize("number", range(len(SOURCE)))
def test_left_overs_that_say_different_things_are_no_pair(number: int) -> None:
    other = (number + 3) % len(SOURCE)
    source = [text for index, text in enumerate(SOURCE) if index != other]
    target = [text for index, text in enumerate(TARGET) if index != number]
    pairs = told(bitext.align(source, target))
    assert (SOURCE[number], TARGET[other]) not in pairs


def test_sentences_of_different_news_items_are_no_pair() -> None:
    # What one item alone has in Chinese, and the next one alone in English, before a common end.
    common = sides(items()[0])
    for first, second in pairwise(items()[1:6]):
        source, target = [*sides(first)[0][:4], *common[0]], [*sides(second)[1][:4], *common[1]]
        alignment = bitext.align(source, target)
        own = set(sides(first)[0][:4])
        assert not [pair for pair in told(alignment) if pair[0] in own]


def test_the_fast_profile_finds_nothing_elsewhere() -> None:
    alignment = bitext.align(SOURCE, [*TARGET[1:], TARGET[0]], profile="fast")
    assert told(alignment, "fast") == []
