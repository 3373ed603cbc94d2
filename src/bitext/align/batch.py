"""From segmented documents to the arrays of the aligner and back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from bitext.align.aligner import Outcome, align_sides
from bitext.align.dictionary import dictionary, extended
from bitext.align.encoders.protocol import Encoder
from bitext.align.features.resources import Resources
from bitext.align.model import Model, Profile, model
from bitext.align.sides import KINDS, Side, Sides
from bitext.align.threads import one_thread
from bitext.errors import AlignmentImpossible
from bitext.model.alignment import Alignment, Bead
from bitext.model.documents import SegmentedDocument
from bitext.model.findings import Message
from bitext.model.glossary import Glossary
from bitext.version import __version__

FALLBACK, WIDENED = "align.notes.fast-fallback", "align.notes.widened"
"""Message keys of what an alignment's user should know."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is loaded once for many pairs."""

    model: Model
    encoder: Encoder | None
    given: Resources
    notes: tuple[str, ...]
    evidence: bool = False

    @property
    def signature(self) -> str:
        """Version, profile, encoder and weights, as they stand in the alignments' signatures."""
        encoder = self.encoder.name if self.encoder else "none"
        return f"bitext:{__version__}|profile:{self.model.profile}|encoder:{encoder}|weights:{self.model.signature}"


def settings(glossary: Glossary, profile: Profile, encoder: Encoder | None, *, evidence: bool = False) -> Settings:
    """The model, lexicon and encoder of a profile; without usable weights, the fast profile and a note."""
    notes: tuple[str, ...] = ()
    if profile == "accurate" and encoder is None:
        from bitext.align.encoders.packaged import WeightsUnusable, packaged_encoder

        # The encoder's files are unpacked while the dictionary is compiled: most of a first run is these two.
        with ThreadPoolExecutor(max_workers=1) as pool:
            loading = pool.submit(packaged_encoder)
            dictionary()
            try:
                encoder = loading.result()
            except WeightsUnusable:
                profile, notes = "fast", (FALLBACK,)
    given = Resources(extended(dictionary(), glossary))
    return Settings(model(profile), encoder if profile == "accurate" else None, given, notes, evidence)


def align_batch(pairs: Sequence[tuple[SegmentedDocument, SegmentedDocument]], chosen: Settings) -> Iterator[Alignment]:
    """The alignments of the pairs, in order."""
    oriented = [(s, t) if s.document.language == "zh" else (t, s) for s, t in pairs]
    for source, target in oriented:
        if source.document.language == target.document.language:
            raise AlignmentImpossible(Message.of("align.same-language"))
    sides = Sides(side([chinese for chinese, _ in oriented]), side([english for _, english in oriented]))
    with one_thread():
        outcomes = align_sides(sides, chosen.model, chosen.given, chosen.encoder, evidence=chosen.evidence)
    for (source, target), outcome in zip(pairs, outcomes, strict=True):
        yield _alignment(source, target, outcome, chosen)


def _alignment(source: SegmentedDocument, target: SegmentedDocument, outcome: Outcome, chosen: Settings) -> Alignment:
    swapped = source.document.language == "en"
    beads = []
    for raw in outcome.beads:
        ranges = (raw.target, raw.source) if swapped else (raw.source, raw.target)
        beads.append(Bead(range(*ranges[0]), range(*ranges[1]), raw.confidence, raw.evidence))
    notes = chosen.notes + ((WIDENED,) if outcome.widened else ())
    return Alignment(source, target, tuple(beads), chosen.signature, notes)


def side(documents: Sequence[SegmentedDocument]) -> Side:
    """The segments of the documents, numbered through."""
    texts = tuple(segment.text for document in documents for segment in document.segments)
    block: list[int] = []
    kind: list[int] = []
    before = 0
    for document in documents:
        blocks = document.document.blocks
        block += [before + segment.block for segment in document.segments]
        kind += [KINDS.index(blocks[segment.block].kind) for segment in document.segments]
        before += len(blocks)
    sizes = [len(document.segments) for document in documents]
    pair = np.repeat(np.arange(len(sizes)), sizes)
    return Side(texts, *(np.array(values, dtype=np.int64) for values in (block, kind, sizes, pair)))
