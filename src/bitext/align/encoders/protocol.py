"""What the aligner asks of an encoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias, runtime_checkable

import numpy as np
import numpy.typing as npt

from bitext.model.documents import Language

Array: TypeAlias = npt.NDArray[np.float32]
Ints: TypeAlias = npt.NDArray[np.int64]


class Encoder(Protocol):
    """Gives segments of either language vectors in one space, in which translations are near each other."""

    @property
    def name(self) -> str:
        """What stands in the signature of alignments made with it."""
        ...

    def encode(self, texts: Sequence[str], groups: Ints) -> Array:
        """Unit vectors (len(groups), dimension) of the texts [first, last) joined, for each row of `groups`."""
        ...


@dataclass(frozen=True, slots=True)
class Clauses:
    """Unit vectors of the clauses of texts, in order; the text that each belongs to, and its length, 1 being usual."""

    vectors: Array
    text: Ints
    lengths: Array


@dataclass(frozen=True, slots=True)
class Reading:
    """What one pass over texts gives: vectors of groups, the number of tokens of each text, clauses fine and coarse."""

    vectors: Array
    tokens: Array
    clauses: tuple[Clauses, Clauses]


@runtime_checkable
class ReadsClauses(Protocol):
    """An encoder that gives vectors of clauses, as they stand in their text, at little cost beside those of groups."""

    def read(self, texts: Sequence[str], groups: Ints, document: Ints, language: Language) -> Reading:
        """Groups as `Encoder.encode` gives them, and what else the pass over the texts yields.

        `document` is the number of each text's document; clauses do not see the texts of another one.
        """
        ...
