"""Which of the segments that an alignment leaves alone translate each other after all: those that stand elsewhere.

Beads never cross, so a paragraph, a table row or a caption that was moved is left alone on both sides. What is left
over on either side is aligned once more by itself, as if it were a document, and again for what crosses there. Among
left-overs that have nothing to do with each other the aligner still looks for the best pairs, so its confidence is
not enough: what the texts say (similarity, words, numbers, strings) has to speak for a pair by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

from bitext.align.pages import page_of
from bitext.model.alignment import Alignment, Bead
from bitext.model.documents import SegmentedDocument
from bitext.model.glossary import Glossary

SURE: Final = 0.9
"""The confidence of the pairs that are put beside the left-overs."""
_LIKELY: Final = 0.6
"""The confidence that a pair of left-overs needs."""
_SAYING: Final = frozenset({"similarity", "lexical", "learnt", "numbers", "names", "strings"})
_ENOUGH: Final = 3.9
"""What those features must add together, in nats. Left-overs of 36 pages of documentation that do translate each other
had 3.9 to 11; those of one page beside those of another had 3.6 at most, as had other sentences of one short page."""
_ROUNDS: Final = 3
_KNOWN: Final = 12
"""Sure pairs that are put beside the left-overs."""
_LARGEST: Final = 2
"""Segments a side: a pair of larger groups is mostly a remainder that has to go somewhere."""


def moved(alignment: Alignment, glossary: Glossary, profile: str = "accurate") -> tuple[tuple[int, int], ...]:
    """Indices of beads, one with a source alone and one with a target alone, that translate each other; sorted.

    Empty where one side has nothing left over, and in the fast profile, which knows too little of what texts say.
    """
    if profile != "accurate":
        return ()
    beads = alignment.beads
    sources = [index for index, bead in enumerate(beads) if len(bead.source) == 1 and not bead.target]
    targets = [index for index, bead in enumerate(beads) if len(bead.target) == 1 and not bead.source]
    found: list[tuple[int, int]] = []
    for _ in range(_ROUNDS):
        pairs = list(_pairs(alignment, sources, targets, glossary)) if sources and targets else []
        if not pairs:
            break
        found += pairs
        sources, targets = _without(sources, found, 0), _without(targets, found, 1)
    return tuple(sorted([*found, *_beside(found, sources, targets)]))


def _without(rows: Sequence[int], pairs: Sequence[tuple[int, int]], side: int) -> list[int]:
    gone = {pair[side] for pair in pairs}
    return [index for index in rows if index not in gone]


def _beside(
    pairs: Sequence[tuple[int, int]], sources: Sequence[int], targets: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Left-overs next to a pair on both sides: a paragraph moves with the short line before or after it."""
    free: tuple[set[int], set[int]] = (set(sources), set(targets))
    for source, target in pairs:
        for step in (-1, 1):
            pair = (source + step, target + step)
            if pair[0] in free[0] and pair[1] in free[1]:
                yield pair
                free[0].remove(pair[0])
                free[1].remove(pair[1])


def _pairs(
    alignment: Alignment, sources: Sequence[int], targets: Sequence[int], glossary: Glossary
) -> Iterator[tuple[int, int]]:
    from bitext.align import align

    beads = alignment.beads
    known = [bead for bead in beads if bead.kind == "1-1" and bead.confidence >= SURE][:_KNOWN]
    left = _part(alignment.source, [*(beads[i].source[0] for i in sources), *(bead.source[0] for bead in known)])
    right = _part(alignment.target, [*(beads[j].target[0] for j in targets), *(bead.target[0] for bead in known)])
    for bead in align(left, right, glossary, evidence=True).beads:
        inside = bead.source.stop <= len(sources) and bead.target.stop <= len(targets)
        if inside and _sure(bead):
            yield from product((sources[i] for i in bead.source), (targets[j] for j in bead.target))


def _part(page: SegmentedDocument, indices: Sequence[int]) -> SegmentedDocument:
    """A document of these segments in this order, each in a block of its own."""
    chosen = [page.segments[index] for index in indices]
    kinds = [page.document.blocks[segment.block].kind for segment in chosen]
    return page_of([segment.text for segment in chosen], page.document.language, kinds)


def _sure(bead: Bead) -> bool:
    small = 0 < len(bead.source) <= _LARGEST and 0 < len(bead.target) <= _LARGEST
    said = sum(reason.weight for reason in bead.evidence if reason.feature in _SAYING)
    return small and bead.confidence >= _LIKELY and said >= _ENOUGH
