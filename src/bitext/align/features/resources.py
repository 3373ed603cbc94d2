"""What the features need besides the texts: the lexicon, the glossary's words, the group vectors, words learnt."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from bitext.align.features.channel import Channels
from bitext.align.features.facts import Facts
from bitext.align.features.lexicon import Lexicon

Array: TypeAlias = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Vectors:
    """Unit vectors of groups: `source[n - 1, i]` of the n source segments from i on, (5, segments, dimension).

    A group that would run past its document's end holds the vector of the part that does not.
    """

    source: Array
    target: Array


@dataclass(frozen=True, slots=True)
class LearntWords:
    """Chinese strings and English stems that go together in a document's sure beads: rows of hashes, sorted."""

    pairs: npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class PartVectors:
    """Unit vectors (parts, dimension) of the parts of one side's segments, in order.

    `segment` is the segment of each part, `lengths` its length, a usual clause having 1.
    """

    vectors: Array
    segment: npt.NDArray[np.int64]
    lengths: Array

    def of(self, index: npt.NDArray[np.int64]) -> PartVectors:
        """The parts of the segments `index`, in that order and numbered anew."""
        first, last = np.searchsorted(self.segment, index), np.searchsorted(self.segment, index, side="right")
        counts = last - first
        segment = np.repeat(np.arange(len(index)), counts)
        rows = np.arange(len(segment)) + np.repeat(first - (np.cumsum(counts) - counts), counts)
        return PartVectors(self.vectors[rows], segment, self.lengths[rows])


@dataclass(frozen=True, slots=True)
class Resources:
    """What there is of it: without an encoder only lexicon and channels, in the first pass none of learnt words.

    `channels` are those of `features.channels`, by name. `facts` are those of both sides; where they are not given,
    features count for themselves. `tokens` are the numbers of the encoder's pieces in each segment, if it tells them;
    `parts` has a pair (source, target) for each grain of `features.parts`.
    """

    lexicon: Lexicon
    channels: Channels = field(default_factory=dict)
    facts: tuple[Facts, Facts] | None = None
    vectors: Vectors | None = None
    tokens: tuple[Array, Array] | None = None
    parts: dict[str, tuple[PartVectors, PartVectors]] = field(default_factory=dict)
