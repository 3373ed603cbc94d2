"""A channel of evidence: words on both sides and what translates what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one side in order: the segment each stands in, and its key (a small number)."""

    segment: Ints
    key: Ints

    def of(self, index: Ints) -> Words:
        """The words of the segments `index`, in that order and numbered anew."""
        last = max(int(self.segment.max(initial=0)), int(index.max(initial=0)))
        place = np.full(last + 1, -1, dtype=np.int64)
        place[index] = np.arange(len(index))
        segment = place[self.segment]
        kept = np.flatnonzero(segment >= 0)
        kept = kept[np.argsort(segment[kept], kind="stable")]
        return Words(segment[kept], self.key[kept])


@dataclass(frozen=True, slots=True)
class Channel:
    """Words of both sides and the rows (source key, target key) of what translates what, each once."""

    source: Words
    target: Words
    links: Ints

    def of(self, source: Ints, target: Ints) -> Channel:
        """What the channel says of these segments alone."""
        return Channel(self.source.of(source), self.target.of(target), self.links)


Channels: TypeAlias = Mapping[str, Channel]
"""Channels by name."""
