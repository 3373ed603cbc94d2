"""Of sentences that were put into one bead, those that nothing on the other side translates are told; no others."""

from dataclasses import replace
from itertools import pairwise

import pytest
from tests.align.test_moved import SOURCE, TARGET

import bitext
from bitext.align.uncovered import Uncovered, _told, uncovered
from bitext.model.alignment import Alignment, Bead
from bitext.model.glossary import Glossary
from bitext.pipeline import Profile


def with_one_bead(source: list[str], target: list[str], place: int, confidence: float) -> Alignment:
    """Sentence by sentence, but for the larger side's `place` and `place` + 1, which are one bead with one sentence."""
    alignment = bitext.align(source, target)
    more = int(len(source) > len(target)), int(len(target) > len(source))
    ends = [(0, 0)]
    while ends[-1][0] < len(source):
        here = len(ends) - 1 == place
        ends.append((ends[-1][0] + 1 + here * more[0], ends[-1][1] + 1 + here * more[1]))
    rows = [(range(a, c), range(b, d)) for (a, b), (c, d) in pairwise(ends)]
    beads = tuple(Bead(*row, confidence if index == place else 0.99) for index, row in enumerate(rows))
    return replace(alignment, beads=beads)


def told(alignment: Alignment, profile: Profile = "accurate") -> list[tuple[str, int]]:
    return [(row.side, row.segment) for row in uncovered(alignment, Glossary(), profile)]


@pytest.mark.parametrize("number", range(1, 6))
def test_a_sentence_without_counterpart_beside_another_is_told(number: int) -> None:
    target = [*TARGET[:number], *TARGET[number + 1 :]]
    assert told(with_one_bead(SOURCE, target, number - 1, 0.8)) == [("source", number)]
    source = [*SOURCE[:number], *SOURCE[number + 1 :]]
    assert told(with_one_bead(source, TARGET, number - 1, 0.8)) == [("target", number)]


@pytest.mark.parametrize("number", range(5))
def test_two_sentences_that_were_made_one_are_not_told(number: int) -> None:
    joined = TARGET[number].removesuffix(".") + ", and " + TARGET[number + 1][0].lower() + TARGET[number + 1][1:]
    target = [*TARGET[:number], joined, *TARGET[number + 2 :]]
    assert told(with_one_bead(SOURCE, target, number, 0.8)) == []


def test_a_sure_bead_is_not_asked_again_nor_is_any_without_the_sentence_encoder() -> None:
    target = [*TARGET[:1], *TARGET[2:]]
    assert told(with_one_bead(SOURCE, target, 0, 0.97)) == []
    assert told(with_one_bead(SOURCE, target, 0, 0.8), "fast") == []


def test_pages_without_beads_of_several_sentences_have_nothing_to_tell() -> None:
    assert told(bitext.align(SOURCE, TARGET)) == []


@pytest.mark.parametrize(
    ("scores", "number"),
    [
        ([9.0, None, None], None),
        ([None, 9.0, 9.0], None),
        ([9.0, 9.5, 9.4], None),
        ([9.0, 4.0, 9.9], 1),
        ([9.0, None, 9.3], 1),
        ([9.0, 9.3, None], 0),
        ([9.0, None, 9.1], None),
    ],
)
def test_a_sentence_that_is_not_paired_alone_needs_less_to_be_told(
    scores: list[float | None], number: int | None
) -> None:
    alignment = with_one_bead(SOURCE, [*TARGET[:1], *TARGET[2:]], 0, 0.8)
    assert _told(alignment, 0, scores) == (None if number is None else Uncovered(0, "source", number))
