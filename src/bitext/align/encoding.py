"""What the features of the accurate profile need of an encoder: vectors of groups and of clauses, numbers of tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from bitext.align.clauses import clause_texts
from bitext.align.encoders.protocol import Clauses, Encoder, ReadsClauses
from bitext.align.features.resources import PartVectors, Resources, Vectors
from bitext.align.shapes import LARGEST_GROUP
from bitext.align.sides import Side, Sides
from bitext.messages import catalogue
from bitext.model.documents import Language

Array: TypeAlias = npt.NDArray[np.float32]
Ints: TypeAlias = npt.NDArray[np.int64]

GRAINS: Final = ("fine", "coarse")
_SEEN: Final = LARGEST_GROUP - 1
"""Segments that a group reaches beyond its first one; and since clauses see four tokens, more than they see."""
_AT_ONCE: Final = 2_000
"""Segments that are encoded at a time, which bounds the memory that it takes."""


def encoded(sides: Sides, encoder: Encoder, given: Resources) -> Resources:
    """`given` and what `encoder` says of both sides, of which the source is Chinese and the target English."""
    source, target = _of_side(sides.source, encoder, "zh"), _of_side(sides.target, encoder, "en")
    if source[0].shape[2] != target[0].shape[2] and len(sides.source.texts) and len(sides.target.texts):
        raise _unusable(encoder, target[0][0], len(sides.target.texts))
    tokens = None if source[1] is None or target[1] is None else (source[1], target[1])
    parts = dict(zip(GRAINS, zip(source[2], target[2], strict=True), strict=True))
    return replace(given, vectors=Vectors(source[0], target[0]), tokens=tokens, parts=parts)


_Encoded: TypeAlias = tuple[Array, Array | None, tuple[PartVectors, PartVectors]]


def _of_side(side: Side, encoder: Encoder, language: Language) -> _Encoded:
    if not side.texts:
        none = np.zeros((0, 1), dtype=np.float32)
        parts = PartVectors(none, np.zeros(0, dtype=np.int64), none[:, 0])
        return np.zeros((LARGEST_GROUP, 0, 1), dtype=np.float32), None, (parts, parts)
    if isinstance(encoder, ReadsClauses):
        return _by_reading(side, encoder, language)
    return _by_texts(side, encoder, language)


def _by_reading(side: Side, encoder: ReadsClauses, language: Language) -> _Encoded:
    """Groups, tokens and clauses from one pass over the text."""
    vectors: list[Array] = []
    tokens: list[Array] = []
    clauses: tuple[list[Clauses], list[Clauses]] = ([], [])
    for begin, first, last, until, groups in _chunks(side):
        distinct, where = _distinct(groups)
        reading = encoder.read(side.texts[begin:until], distinct - begin, side.document[begin:until], language)
        vectors.append(reading.vectors[where].reshape(LARGEST_GROUP, last - first, -1))
        tokens.append(reading.tokens[first - begin : last - begin])
        for out, found in zip(clauses, reading.clauses, strict=True):
            own = (found.text >= first - begin) & (found.text < last - begin)
            out.append(Clauses(found.vectors[own], found.text[own] + begin, found.lengths[own]))
    parts = tuple(_parts(side, found) for found in clauses)
    return np.concatenate(vectors, axis=1), np.concatenate(tokens), (parts[0], parts[1])


def _by_texts(side: Side, encoder: Encoder, language: Language) -> _Encoded:
    """Groups, and clauses as texts by themselves."""
    vectors: list[Array] = []
    for begin, first, last, until, groups in _chunks(side):
        distinct, where = _distinct(groups)
        found = _asked(encoder, side.texts[begin:until], distinct - begin)
        if vectors and vectors[0].shape[2] != found.shape[1]:
            raise _unusable(encoder, found, len(distinct))
        vectors.append(found[where].reshape(LARGEST_GROUP, last - first, -1))
    parts = tuple(_parts(side, [_alone(side, encoder, language, grain)]) for grain in GRAINS)
    return np.concatenate(vectors, axis=1), None, (parts[0], parts[1])


def _alone(side: Side, encoder: Encoder, language: Language, grain: str) -> Clauses:
    texts, owner, lengths = clause_texts(side.texts, language, grain)
    distinct = list(dict.fromkeys(texts))
    number = {text: place for place, text in enumerate(distinct)}
    ones = np.arange(len(distinct))
    vectors = _asked(encoder, distinct, np.stack([ones, ones + 1], axis=1))[[number[text] for text in texts]]
    return Clauses(vectors, owner, lengths)


def _asked(encoder: Encoder, texts: Sequence[str], groups: Ints) -> Array:
    """What `encoder` gives, which may be anybody's. Raises ValueError if these are no vectors of the groups."""
    found = np.asarray(encoder.encode(texts, groups), dtype=np.float32)
    if found.ndim != 2 or len(found) != len(groups) or not np.isfinite(found).all():
        raise _unusable(encoder, found, len(groups))
    return found


def _unusable(encoder: Encoder, found: Array, groups: int) -> ValueError:
    shape = " x ".join(map(str, found.shape))
    return ValueError(catalogue.text("align.encoder.wrong-vectors", name=encoder.name, found=shape, groups=groups))


def _chunks(side: Side) -> Iterator[tuple[int, int, int, int, Ints]]:
    """Runs of segments [first, last), with so many more on both sides that nothing changes at the seams.

    Gives where to begin, first and last, where to stop, and the groups of 1 to 5 segments from each on. Groups are cut
    at the ends of documents. They are rows (first, one past the last), all of one segment first.
    """
    count, ends = len(side.texts), np.cumsum(side.sizes)[side.document]
    for first in range(0, count, _AT_ONCE):
        last = min(first + _AT_ONCE, count)
        starts = np.arange(first, last)
        sizes = range(1, LARGEST_GROUP + 1)
        groups = [np.stack([starts, np.minimum(starts + n, ends[first:last])], axis=1) for n in sizes]
        yield max(first - _SEEN, 0), first, last, min(last + _SEEN, count), np.concatenate(groups)


def _distinct(groups: Ints) -> tuple[Ints, Ints]:
    """The groups, each once, in order, and which of them each one was."""
    size = int(groups.max(initial=0)) + 1
    packed, where = np.unique(groups[:, 0] * size + groups[:, 1], return_inverse=True)
    return np.stack(np.divmod(packed, size), axis=1), where


def _parts(side: Side, found: list[Clauses]) -> PartVectors:
    """Clauses as unit vectors of their differences from the document's mean."""
    owner = np.concatenate([clauses.text for clauses in found])
    vectors = np.concatenate([clauses.vectors for clauses in found])
    lengths = np.concatenate([clauses.lengths for clauses in found])
    return PartVectors(_centred(vectors, side.document[owner]), owner, lengths)


def _centred(vectors: Array, document: Ints) -> Array:
    """The vectors less the mean of their document, each of unit length; in place, for they are many."""
    edges = np.flatnonzero(np.diff(document, prepend=-1, append=-1)).tolist()
    for first, last in pairwise(edges):
        vectors[first:last] -= vectors[first:last].mean(axis=0)
    vectors /= (np.sqrt(np.einsum("ij,ij->i", vectors, vectors)) + np.float32(1e-6))[:, None]
    return vectors
