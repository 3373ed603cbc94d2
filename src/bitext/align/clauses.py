"""Cuts segments into clauses by their characters, for encoders that read a text as a whole (see `features.parts`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from bitext.model.documents import Language


@dataclass(frozen=True, slots=True)
class _Cut:
    """Where clauses end; their least lengths and the one that counts as 1, in characters; what joins them."""

    marks: re.Pattern[str]
    least: dict[str, int]
    usual: int
    glue: str


_CUTS: Final[dict[Language, _Cut]] = {
    "zh": _Cut(re.compile(r"(?<=[，；：、。！？…])(?![”’」』）])|(?<=[”」])"), {"fine": 3, "coarse": 10}, 8, ""),
    "en": _Cut(re.compile(r"(?<=[,;:—.!?])\s+|(?<=—)"), {"fine": 8, "coarse": 30}, 25, " "),
}


def clause_texts(
    texts: Sequence[str], language: Language, grain: str
) -> tuple[list[str], npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """The clauses of all texts, "fine" or "coarse", the text of each, and its length, 1 being usual."""
    cut = _CUTS[language]
    found = [clauses(text, cut.marks, cut.least[grain], cut.glue) for text in texts]
    owner = np.repeat(np.arange(len(texts)), [len(row) for row in found])
    every = [clause for row in found for clause in row]
    return every, owner, np.array([len(clause) / cut.usual for clause in every], dtype=np.float32)


def clauses(text: str, marks: re.Pattern[str], least: int, glue: str) -> list[str]:
    """The text cut after its clause marks; what is shorter than `least` is joined to what stands before."""
    found: list[list[str]] = []
    length = 0
    for piece in marks.split(text):
        part = piece.strip()
        if part and found and (length < least or len(part) < least // 2):
            found[-1].append(part)
            length += len(glue) + len(part)
        elif part:
            found.append([part])
            length = len(part)
    return [glue.join(parts) for parts in found] or [text or "."]
