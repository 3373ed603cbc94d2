"""Words that a dictionary says translate each other: CC-CEDICT, joined by the institution's glossary.

Two channels: `word` holds every link (single characters and parts of longer words included), `gloss` only those from
a whole dictionary word to an English word that is by itself a translation of it.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from bitext.align.features.arrays import distinct, expand
from bitext.align.features.channel import Channel, Words
from bitext.align.features.column import Column
from bitext.align.features.coverage import column_names, coverage_columns
from bitext.align.features.lexicon import LONGEST_WORD, Hashes, Lexicon, hash_ngrams
from bitext.align.features.resources import Resources
from bitext.align.features.text import (
    FoundWords,
    Ints,
    JoinedText,
    chinese_words,
    english_words,
    first_bits,
    joined,
    known_words,
    lookup,
)
from bitext.align.grid import Grid
from bitext.align.sides import Sides

CHANNELS = ("word", "gloss")
COLUMNS = column_names("word") + column_names("gloss")


def columns(sides: Sides, grid: Grid, resources: Resources) -> Iterator[Column]:
    """Coverage by the dictionary, both channels."""
    del sides
    for name in ("word", "gloss"):
        yield from coverage_columns(name, resources.channels, grid)


def dictionary_channels(sides: Sides, lexicon: Lexicon) -> dict[str, Channel]:
    """The words of both sides and what the dictionary says of them; "gloss" has glosses of whole words only."""
    links = _Links(sides, lexicon)
    return {"word": links.channel(strong=False), "gloss": links.channel(strong=True)}


class _Links:
    """The words of both sides with all links between them."""

    def __init__(self, sides: Sides, lexicon: Lexicon) -> None:
        text = joined(sides.source.texts)
        chinese, english = chinese_words(text, lexicon), english_words(sides.target.texts)
        keys, source = np.unique(chinese.key, return_inverse=True)
        self._words = Words(chinese.segment, source), Words(english.segment, english.number)
        self._stems = max(len(english.keys), 1)
        word, part, stem, strong = _links(text, chinese, source, keys, english.keys, lexicon)
        self._links, self._strong = word * self._stems + stem, strong & (part == keys[word])

    def channel(self, *, strong: bool) -> Channel:
        """A channel of all links, or of the strong ones."""
        links = distinct(self._links[self._strong] if strong else self._links)
        return Channel(*self._words, np.stack(np.divmod(links, self._stems), axis=1))


def _links(
    text: JoinedText, found: FoundWords, source: Ints, keys: Hashes, stems: Hashes, lexicon: Lexicon
) -> tuple[Ints, Hashes, Ints, npt.NDArray[np.bool_]]:
    """Distinct word, the part of it that is linked, the distinct stem it is linked to, and whether it is a gloss."""
    example = np.zeros(len(keys), dtype=np.int64)
    example[source] = np.arange(len(source))
    start, length = found.start[example], found.length[example]
    word: list[Ints] = []
    part: list[Hashes] = []
    for size, hashes in enumerate(hash_ngrams(text.codes, LONGEST_WORD), start=1):
        for offset in range(LONGEST_WORD - size + 1):
            inside = np.flatnonzero(length >= offset + size)
            word.append(inside)
            part.append(hashes[start[inside] + offset])
    owner, parts = np.concatenate(word), np.concatenate(part)
    known, row = known_words(lexicon, parts)
    at, link = expand(lexicon.offsets[row], lexicon.offsets[row + 1])
    present, stem = lookup(stems, lexicon.stems[link], first_bits(stems))
    chosen = known[at[present]]
    return owner[chosen], parts[chosen], stem, lexicon.strong[link[present]]
