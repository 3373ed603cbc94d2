"""What the aligner asks of an encoder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeAlias, runtime_checkable

import numpy as np
import numpy.typing as npt

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


@runtime_checkable
class CountsTokens(Protocol):
    """An encoder that tells how many tokens it reads a text as; the model's measure of length with the most to say."""

    def token_counts(self, texts: Sequence[str]) -> Array:
        """The number of tokens of each text, (len(texts),)."""
        ...
