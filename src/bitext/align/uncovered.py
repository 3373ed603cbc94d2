"""Which sentences the aligner put beside others although nothing on the other side translates them.

A page that lacks a sentence has it mostly alone in its bead. Where the sentence stands beside one that says much the
same, the two may be put into one bead with the translation of the other. Such a bead is asked once more: does what
speaks for it grow if one of its sentences is left out? A sentence that is translated brings words, numbers and length
with it; one that is not only weighs on the bead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bitext.align.pages import page_of
from bitext.model.alignment import Alignment, Bead, Side
from bitext.model.documents import Language, SegmentedDocument
from bitext.model.glossary import Glossary

_SURE: Final = 0.95
"""From this confidence of a bead on all its sentences are taken for translated."""
_KNOWN: Final = 0.9
"""The confidence of the pairs that are put around the beads in question."""
_AROUND: Final = 6
"""So many of them before each and behind."""
_LARGEST: Final = 4
"""Sentences of a bead that are looked at one by one."""
_GAIN: Final = 0.8
"""Nats by which the bead has to be better off without a sentence. Of 31 sentences that lost their translation and were
taken into a neighbour 22 gained 0.3 to 3.0, the median 1.2; of 3,519 pairings of clean texts two gained 0.6 and 0.8."""
_LESS: Final = 0.25
"""The same for a sentence of two that, alone with the other side, is not paired with it."""
_PAIR: Final = 2
_SHORTEST: Final[dict[Language, int]] = {"zh": 6, "en": 20}
"""Letters, characters and figures of a sentence that is worth a word."""
_GLUE: Final[dict[Language, str]] = {"zh": "", "en": " "}


@dataclass(frozen=True, slots=True)
class Uncovered:
    """The segment `segment` of `side` in the bead `bead` (indices) has no counterpart there."""

    bead: int
    side: Side
    segment: int


def uncovered(alignment: Alignment, glossary: Glossary, profile: str = "accurate") -> tuple[Uncovered, ...]:
    """The sentences within beads of several to one that the other side lacks, in order.

    Empty in the fast profile, which knows too little of what texts say.
    """
    asked = [index for index, bead in enumerate(alignment.beads) if _in_question(bead)] if profile == "accurate" else []
    if not asked:
        return ()
    from bitext.align import align_many

    context = _context(alignment.beads, asked)
    variants = range(-1, max(max(_sizes(alignment.beads[index])) for index in asked))
    pages = (_pages(alignment, context, frozenset(asked), left_out) for left_out in variants)
    scores = [_scores(found, len(context)) for found in align_many(pages, glossary, evidence=True)]
    places = {index: place for place, index in enumerate(context)}
    rows = (_told(alignment, index, [row[places[index]] for row in scores]) for index in asked)
    return tuple(row for row in rows if row is not None)


def _in_question(bead: Bead) -> bool:
    low, high = sorted(_sizes(bead))
    return low == 1 < high <= _LARGEST and bead.confidence < _SURE


def _sizes(bead: Bead) -> tuple[int, int]:
    return len(bead.source), len(bead.target)


def _context(beads: Sequence[Bead], asked: Sequence[int]) -> list[int]:
    """The beads in question and the sure pairs around each, in order."""
    sure = [index for index, bead in enumerate(beads) if bead.kind == "1-1" and bead.confidence >= _KNOWN]
    chosen = set(asked)
    place = 0
    for index in asked:
        while place < len(sure) and sure[place] < index:
            place += 1
        chosen.update(sure[max(0, place - _AROUND) : place + _AROUND])
    return sorted(chosen)


def _pages(
    alignment: Alignment, context: Sequence[int], asked: frozenset[int], left_out: int
) -> tuple[SegmentedDocument, SegmentedDocument]:
    """Both pages with each bead as one segment, of those in question the sentence number `left_out` left out."""
    sides = []
    for page, source in ((alignment.source, True), (alignment.target, False)):
        language = page.document.language
        texts = []
        for index in context:
            bead = alignment.beads[index]
            indices = list(bead.source if source else bead.target)
            if index in asked and 0 <= left_out < len(indices) > 1:
                del indices[left_out]
            texts.append(_GLUE[language].join(page.segments[at].text for at in indices))
        sides.append(page_of(texts, language))
    return sides[0], sides[1]


def _scores(alignment: Alignment, count: int) -> list[float | None]:
    """What speaks for the pair of the i-th segments, in nats; None where they were not paired."""
    scores: list[float | None] = [None] * count
    for bead in alignment.beads:
        if bead.kind == "1-1" and bead.source == bead.target:
            scores[bead.source.start] = sum(reason.weight for reason in bead.evidence)
    return scores


def _told(alignment: Alignment, index: int, scores: Sequence[float | None]) -> Uncovered | None:
    """The sentence without which the bead is best off, if that is enough; `scores` begin with that of the whole."""
    bead = alignment.beads[index]
    side: Side = "source" if len(bead.source) > 1 else "target"
    page, indices = (alignment.source, bead.source) if side == "source" else (alignment.target, bead.target)
    gains = list(_gains(scores, len(indices)))
    if not gains:
        return None
    best = max(gains)
    if best[0] < (_LESS if _is_stranger(scores, len(indices), best[1]) else _GAIN):
        return None
    text = page.segments[indices[best[1]]].text
    long = sum(map(str.isalnum, text)) >= _SHORTEST[page.document.language]
    return Uncovered(index, side, indices[best[1]]) if long else None


def _is_stranger(scores: Sequence[float | None], count: int, number: int) -> bool:
    """Whether one of two sentences is not paired with the other side when it is alone with it."""
    return count == _PAIR and scores[1 + (1 - number)] is None


def _gains(scores: Sequence[float | None], count: int) -> Iterator[tuple[float, int]]:
    """What the bead wins by each sentence that is left out."""
    whole = scores[0]
    for number, score in enumerate(scores[1 : count + 1]):
        if whole is not None and score is not None:
            yield score - whole, number
