"""Sentence alignment: two segmented documents in, beads with calibrated confidence out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bitext.align.encoders.protocol import Encoder
from bitext.align.model import Profile
from bitext.model.alignment import Alignment
from bitext.model.documents import SegmentedDocument
from bitext.model.glossary import Glossary

__all__ = ["BATCH", "SEGMENTS", "Encoder", "Profile", "align", "align_many", "batches"]

BATCH = 64
"""Pairs that `align_many` takes up at a time, at most."""
SEGMENTS = 6_000
"""Segments of both sides from which on it takes up no more pairs, so that long documents do not add up in memory."""


def align(
    source: SegmentedDocument,
    target: SegmentedDocument,
    glossary: Glossary = Glossary(),  # noqa: B008 - frozen
    *,
    profile: Profile = "accurate",
    encoder: Encoder | None = None,
    evidence: bool = False,
) -> Alignment:
    """The alignment of two segmented documents of different languages.

    `encoder` takes the place of the packaged one in the accurate profile. With `evidence` each bead tells what speaks
    for it, which takes about a quarter more time. Raises AlignmentImpossible if both sides are in one language.
    """
    return next(align_many([(source, target)], glossary, profile=profile, encoder=encoder, evidence=evidence))


def align_many(
    pairs: Iterable[tuple[SegmentedDocument, SegmentedDocument]],
    glossary: Glossary = Glossary(),  # noqa: B008 - frozen
    *,
    profile: Profile = "accurate",
    encoder: Encoder | None = None,
    evidence: bool = False,
) -> Iterator[Alignment]:
    """The alignments of many pairs, in order; those taken up together share the work that does not grow with them."""
    from bitext.align.batch import Settings, align_batch, settings

    chosen: Settings | None = None
    for batch in batches(pairs):
        if chosen is None:
            chosen = settings(glossary, profile, encoder, evidence=evidence)
        yield from align_batch(batch, chosen)


def batches(
    pairs: Iterable[tuple[SegmentedDocument, SegmentedDocument]],
) -> Iterator[list[tuple[SegmentedDocument, SegmentedDocument]]]:
    """The pairs as they are taken up together: at most `BATCH` of them, fewer of long ones."""
    batch: list[tuple[SegmentedDocument, SegmentedDocument]] = []
    segments = 0
    for source, target in pairs:
        batch.append((source, target))
        segments += len(source.segments) + len(target.segments)
        if len(batch) == BATCH or segments >= SEGMENTS:
            yield batch
            batch, segments = [], 0
    if batch:
        yield batch
