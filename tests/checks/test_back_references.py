"""The second mention of a name needs a rendering, a reference or a shared subject; so does a further sentence."""

import time

import pytest
from tests.checks.examples import concept

from bitext.checks.registry import RULES
from bitext.checks.run import run
from bitext.model.alignment import Bead, Bitext, TranslationUnit
from bitext.model.documents import Block, Document, Language, Origins, Segment, SegmentedDocument, Span
from bitext.model.glossary import Glossary

GLOSSARY = Glossary((concept("腾飞班 = Ascend Class"), concept("深信院 = SZIIT")))
Sentences = tuple[str, ...]

SILENT: list[tuple[Sentences, Sentences]] = [
    (("腾飞班获奖，腾飞班由腾讯设立。",), ("The Ascend Class won a prize and was set up by Tencent.",)),
    (("腾飞班获奖，腾讯设立了腾飞班。",), ("The Ascend Class won a prize and was set up by Tencent.",)),
    (("腾飞班获奖；腾飞班举办了竞赛。",), ("The Ascend Class won a prize and held a contest.",)),
    (("腾飞班获奖，腾飞班有40名学生。",), ("The Ascend Class, which has 40 students, won a prize.",)),
    (("腾飞班获奖，腾飞班有40名学生。",), ("The Ascend Class won a prize; the class has 40 students.",)),
    (("腾飞班获奖。", "腾飞班有40名学生。"), ("The Ascend Class won a prize.", "It has 40 students.")),
    (("腾飞班获奖。", "腾飞班有40名学生。"), ("It has 40 students.", "The Ascend Class won a prize.")),
    (("腾飞班获奖。", "腾飞班有40名学生。"), ("The Ascend Class won a prize.", "The class has 40 students.")),
    (("腾飞班获奖。", "腾飞班有40名学生。"), ("The Ascend Class, which has 40 students, won a prize.",)),
    (
        ("比赛结束，腾飞班获奖。", "腾飞班有40名学生。"),
        ("The contest is over.", "The Ascend Class, which has 40 students, won a prize."),
    ),
    (("腾飞班获奖。", "腾飞班有40名学生。"), ("The Ascend Class won a prize and has 40 students.",)),
]
FIRES: list[tuple[Sentences, Sentences]] = [
    (("腾飞班获奖，腾飞班由腾讯设立。",), ("The Ascend Class won a prize. Tencent founded the programme.",)),
    # A sentence of its own has neither a rendering nor a reference.
    (
        ("腾飞班获奖并公布了名单。", "腾飞班有40名学生。"),
        ("The Ascend Class won its prize.", "There are 40 students."),
    ),
    (
        ("腾飞班获奖。", "腾讯与腾飞班签约。"),
        ("The Ascend Class won a prize and was praised.", "Tencent signed the contract."),
    ),
    # The Chinese name is no subject, so that no subject can be shared.
    (("深信院与腾飞班获奖，并祝贺腾飞班。",), ("SZIIT and the Ascend Class won a prize and held a contest.",)),
]


def page(sentences: Sentences, language: Language) -> SegmentedDocument:
    segments, start = [], 0
    for text in sentences:
        segments.append(Segment(Span(start, start + len(text)), text, 0))
        start += len(text) + 1
    whole = " ".join(sentences)
    document = Document("", language, whole, (Block(Span(0, len(whole))),), Origins(()))
    return SegmentedDocument(document, tuple(segments))


def missing(chinese: Sentences, english: Sentences) -> int:
    source, target = page(chinese, "zh"), page(english, "en")
    bead = Bead(range(len(chinese)), range(len(english)), 1.0)
    unit = TranslationUnit(0, source.span(bead.source), target.span(bead.target), bead)
    return len(run(Bitext(source, target, (unit,)), GLOSSARY, [RULES["term-missing"]]))


@pytest.mark.parametrize(("chinese", "english"), SILENT)
def test_a_name_that_is_taken_up_or_shared_is_rendered(chinese: Sentences, english: Sentences) -> None:
    assert missing(chinese, english) == 0


@pytest.mark.parametrize(("chinese", "english"), FIRES)
def test_a_name_that_nothing_takes_up_is_missing(chinese: Sentences, english: Sentences) -> None:
    assert missing(chinese, english) == 1


def test_an_acronym_that_was_never_introduced_is_one_mistake() -> None:
    glossary = Glossary((concept("转数快 = Faster Payment System"),))
    source = page(("转数快启用了。", "转数快增长。", "他们用转数快。", "转数快免费。"), "zh")
    target = page(("The FPS is in use.", "The FPS grew.", "They use the FPS.", "The FPS is free."), "en")
    beads = [Bead(range(n, n + 1), range(n, n + 1), 1.0) for n in range(4)]
    units = [TranslationUnit(n, source.span(one.source), target.span(one.target), one) for n, one in enumerate(beads)]
    found = run(Bitext(source, target, tuple(units)), glossary, [RULES["term-missing"]])
    assert [one.source.span for one in found if one.source] == [Span(0, 3)]


def test_a_unit_that_names_and_lacks_names_without_end_costs_little() -> None:
    started = time.process_time()
    assert missing(("深信院与腾飞班合作。" * 4000,), ("SZIIT met. " * 4000,)) > 0
    assert time.process_time() - started < 8
