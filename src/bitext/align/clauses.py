"""Cuts segments into parts at their clause marks and gives the parts vectors (see `features.parts`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np

from bitext.align.encoders.protocol import Encoder
from bitext.align.features.column import Array
from bitext.align.features.resources import PartVectors
from bitext.align.sides import Side, Sides

_CHINESE = re.compile(r"(?<=[，；：、。！？…])(?![”’」』）])|(?<=[”」])")
_ENGLISH = re.compile(r"(?<=[,;:—.!?])\s+|(?<=—)")


@dataclass(frozen=True, slots=True)
class _Grain:
    """Least length of a part, in characters, and the length that counts as one, by language."""

    chinese: int
    english: int


_GRAINS: Final = {"fine": _Grain(3, 8), "coarse": _Grain(10, 30)}
_USUAL: Final = _Grain(8, 25)


def part_vectors(sides: Sides, encoder: Encoder) -> dict[str, tuple[PartVectors, PartVectors]]:
    """Vectors of both sides' parts, fine and coarse, centred by document."""
    return {
        name: (
            _of_side(sides.source, encoder, _CHINESE, grain.chinese, _USUAL.chinese, ""),
            _of_side(sides.target, encoder, _ENGLISH, grain.english, _USUAL.english, " "),
        )
        for name, grain in _GRAINS.items()
    }


def _of_side(side: Side, encoder: Encoder, marks: re.Pattern[str], least: int, usual: int, glue: str) -> PartVectors:
    texts: list[str] = []
    segment: list[int] = []
    for index, text in enumerate(side.texts):
        found = parts(text, marks, least, glue)
        texts += found
        segment += [index] * len(found)
    distinct = list(dict.fromkeys(texts))
    number = {text: place for place, text in enumerate(distinct)}
    ones = np.arange(len(distinct))
    vectors = encoder.encode(distinct, np.stack([ones, ones + 1], axis=1))[[number[text] for text in texts]]
    owner = np.array(segment, dtype=np.int64)
    lengths = np.array([len(text) / usual for text in texts], dtype=np.float32)
    return PartVectors(_centred(vectors, side.document[owner]), owner, lengths)


def parts(text: str, marks: re.Pattern[str], least: int, glue: str) -> list[str]:
    """The text cut after its clause marks; what is shorter than `least` is joined to what stands before."""
    found: list[str] = []
    for piece in marks.split(text):
        part = piece.strip()
        if part and found and (len(found[-1]) < least or len(part) < least // 2):
            found[-1] += glue + part
        elif part:
            found.append(part)
    return found or [text or "."]


def _centred(vectors: Array, document: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Array:
    starts = np.flatnonzero(np.diff(document, prepend=-1))
    counts = np.diff(np.append(starts, len(document)))
    mean = np.add.reduceat(vectors, starts, axis=0) / counts[:, None]
    out = vectors - np.repeat(mean, counts, axis=0)
    out /= np.linalg.norm(out, axis=1, keepdims=True) + 1e-6
    return out.astype(np.float32)
