"""A batch of document pairs as the features see it: the segments' texts, numbered through, and their blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from bitext.model.documents import BlockKind

Ints: TypeAlias = npt.NDArray[np.int64]

KINDS = tuple(BlockKind)


@dataclass(frozen=True, slots=True)
class Side:
    """The segments of one side of all documents of a batch.

    `texts` in order; `block` is the number of the block that each segment stands in, rising over the whole batch,
    and `kind` the index of that block's kind in `KINDS`. `sizes` are the documents' numbers of segments. `pair` is the
    number of the pair of documents each segment comes from, which a document cut into pieces shares between them.
    """

    texts: tuple[str, ...]
    block: Ints
    kind: Ints
    sizes: Ints
    pair: Ints

    @property
    def document(self) -> Ints:
        """The document of each segment."""
        return np.repeat(np.arange(len(self.sizes)), self.sizes)

    def part(self, ranges: Sequence[tuple[int, int]]) -> Side:
        """The segments of `ranges` (first, one past the last) as documents of their own."""
        index = np.concatenate([np.arange(first, last) for first, last in ranges]).astype(np.int64)
        return Side(
            tuple(self.texts[i] for i in index.tolist()),
            self.block[index],
            self.kind[index],
            np.array([last - first for first, last in ranges], dtype=np.int64),
            self.pair[index],
        )


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of a batch; `source` is always the Chinese one, whichever the user calls the source."""

    source: Side
    target: Side

    @property
    def sizes(self) -> list[tuple[int, int]]:
        """Numbers of source and target segments of each document."""
        return list(zip(self.source.sizes.tolist(), self.target.sizes.tolist(), strict=True))
