"""Beads, alignments and the translation units made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from bitext.model.documents import SegmentedDocument, Span

Side: TypeAlias = Literal["source", "target"]
IndexPair: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]
"""A bead as bare numbers of segments, from 0 on; golds made by hand hold beads whose segments are not adjacent."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a bead: the name of the feature and what it adds to the bead's score, in nats.

    A bead's score is that of its features together; what counts is by how much it exceeds that of the other beads that
    could take its place, so that a feature may speak against a bead that is right all the same.
    """

    feature: str
    weight: float


@dataclass(frozen=True, slots=True)
class Bead:
    """Segments of the source and of the target that translate each other.

    `source` and `target` are ranges of segment indices; one of them may be empty (an omission or an addition).
    `confidence` is a calibrated posterior probability, 0 to 1, that exactly this bead is right. `evidence` is what
    speaks for and against it, the weightiest first, where it was asked for.
    """

    source: range
    target: range
    confidence: float
    evidence: tuple[Evidence, ...] = ()

    @property
    def kind(self) -> str:
        """The shape of the bead, such as "1-2"."""
        return f"{len(self.source)}-{len(self.target)}"


@dataclass(frozen=True, slots=True)
class Alignment:
    """The beads of two segmented documents.

    Law: beads are in order on both sides and each segment is in exactly one bead.
    `signature` names what made the alignment (version, profile, weights); `notes` are message keys of what the
    user should know of how it was made ("align.notes.fast-fallback").
    """

    source: SegmentedDocument
    target: SegmentedDocument
    beads: tuple[Bead, ...]
    signature: str = ""
    notes: tuple[str, ...] = ()

    def source_text(self, bead: Bead) -> str:
        """The source side of `bead` as it stands in the document."""
        return self.source.text(bead.source)

    def target_text(self, bead: Bead) -> str:
        """The target side of `bead` as it stands in the document."""
        return self.target.text(bead.target)


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """What the checks see: a stretch of the source text and one of the target text.

    A side is None where it has no counterpart. `bead` is None for units that a CAT tool aligned.
    """

    id: int
    source: Span | None
    target: Span | None
    bead: Bead | None = None

    @property
    def confidence(self) -> float:
        """How sure the pairing is: the bead's confidence, or 1 where a CAT tool paired the sides."""
        return 1.0 if self.bead is None else self.bead.confidence


@dataclass(frozen=True, slots=True)
class Bitext:
    """Two documents as translation units; for a page alone one side is None and there are no units.

    `moved` are pairs of units' ids, of one with a source alone and of one with a target alone, that translate each
    other although they stand in different places; sorted. `uncovered` are segments, by side and index, that stand in a
    unit with others although nothing on the other side translates them.
    """

    source: SegmentedDocument | None
    target: SegmentedDocument | None
    units: tuple[TranslationUnit, ...]
    moved: tuple[tuple[int, int], ...] = ()
    uncovered: tuple[tuple[Side, int], ...] = ()

    def side(self, side: Side) -> SegmentedDocument | None:
        """The segmented document of `side`."""
        return self.source if side == "source" else self.target
