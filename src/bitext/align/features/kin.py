"""Words whose own vectors are near each other: what the dictionary does not list and the encoder knows.

Two channels by the cosine of the words' vectors: `kin`, where most pairs translate each other, and `near`, where many
do. Every word is encoded by itself, so whether two words are kin does not depend on the texts they stand in.
"""

from __future__ import annotations

from collections.abc import Iterator

from bitext.align.features.column import Column
from bitext.align.features.coverage import Channel, Words, column_names, coverage_columns
from bitext.align.features.resources import Resources
from bitext.align.features.text import chinese_words, english_words, joined, lookup
from bitext.align.grid import Grid
from bitext.align.sides import Sides

COLUMNS = column_names("kin") + column_names("near")


def columns(sides: Sides, grid: Grid, resources: Resources) -> Iterator[Column]:
    """Coverage by kin words; nothing without an encoder."""
    kin = resources.kin
    if kin is None:
        return
    chinese = chinese_words(joined(sides.source.texts), resources.lexicon)
    english = english_words(sides.target.texts)
    source, source_row = lookup(kin.source, chinese.key)
    target, target_row = lookup(kin.target, english.key)
    words = Words(chinese.segment[source], source_row), Words(english.segment[target], target_row)
    for name, links in (("kin", kin.links[kin.close]), ("near", kin.links)):
        yield from coverage_columns(name, Channel(*words, links), grid)
