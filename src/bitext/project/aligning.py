"""What a worker does that aligns: batches of pairs in, beads out. The documents stay with the run, which has them."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from bitext.model.alignment import Alignment, Bead
from bitext.model.documents import SegmentedDocument
from bitext.model.glossary import Glossary
from bitext.pipeline import Profile

if TYPE_CHECKING:
    from bitext.align.batch import Settings

Batch: TypeAlias = Sequence[tuple[SegmentedDocument, SegmentedDocument]]
Made: TypeAlias = tuple[tuple[Bead, ...], str, tuple[str, ...]]
"""Beads, signature and notes of an alignment."""


@dataclass(frozen=True, slots=True)
class AlignJob:
    """How all pairs of a run are aligned. `encoder` is the folder of a model, or empty for the packaged one."""

    glossary: Glossary = field(default_factory=Glossary)
    profile: Profile = "accurate"
    encoder: str = ""
    evidence: bool = False


@dataclass(frozen=True, slots=True)
class AlignTask:
    """Pairs that are aligned together."""

    batch: Batch


def made(task: AlignTask, job: AlignJob) -> list[Made]:
    """What makes the alignments of the pairs, in order."""
    from bitext.align.batch import align_batch

    found = align_batch(task.batch, _chosen(job))
    return [(alignment.beads, alignment.signature, alignment.notes) for alignment in found]


@lru_cache(maxsize=1)
def _chosen(job: AlignJob) -> Settings:
    """What is loaded once for all tasks of a job."""
    from bitext.align.batch import settings
    from bitext.pipeline import encoder_of

    encoder = encoder_of(job.encoder) if job.encoder else None
    return settings(job.glossary, job.profile, encoder, evidence=job.evidence)


def alignments(batch: Batch, rows: Sequence[Made]) -> list[Alignment]:
    """The alignments of the pairs that were made as `rows` say."""
    return [
        Alignment(source, target, beads, signature, notes)
        for (source, target), (beads, signature, notes) in zip(batch, rows, strict=True)
    ]


def answer(task: AlignTask, job: AlignJob) -> bytes:
    """What `made` gives, as bytes. None at all where it fails: the run meets the same error by itself, and tells it."""
    try:
        return pickle.dumps(made(task, job))
    except Exception:  # noqa: BLE001  # whatever it is, it is for the run to tell
        return b""
