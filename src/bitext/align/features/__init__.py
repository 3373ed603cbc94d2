"""The evidence for a bead: each feature is a module that yields named columns of numbers."""

from __future__ import annotations

from typing import Final

from bitext.align.features import (
    blocks,
    learnt,
    length,
    lexical,
    marks,
    names,
    numbers,
    parts,
    shape,
    similarity,
    strings,
)
from bitext.align.features.column import Feature

FEATURES: Final[dict[str, Feature]] = {
    "shape": shape,
    "length": length,
    "marks": marks,
    "blocks": blocks,
    "lexical": lexical,
    "numbers": numbers,
    "strings": strings,
    "names": names,
    "learnt": learnt,
    "similarity": similarity,
    "parts": parts,
}
"""All features by name, in the order of their weights."""

COVERAGE: Final = {
    "lexical": lexical.CHANNELS,
    "numbers": numbers.CHANNELS,
    "strings": strings.CHANNELS,
    "names": names.CHANNELS,
    "learnt": learnt.CHANNELS,
}
"""The features that are coverage by channels, which a score counts together (see `coverage`)."""
