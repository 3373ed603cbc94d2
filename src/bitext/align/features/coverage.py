"""Which words of one side are explained by a group of segments on the other side.

A channel of evidence (dictionary, numbers, names ...) gives words on both sides and links between them. A word of a
target segment is explained by a group of source segments if one of them holds a word linked to it; likewise with the
sides exchanged. How much that says depends on how often it would happen by chance: a word that every other segment
could explain says nothing. For groups of any length the explained words are counted through the first segment of the
group that explains them, so that the work is linear in the number of coincidences.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from bitext.align.features.channel import Channel, Channels, Words
from bitext.align.features.column import ADDITION, OMISSION, TWO_SIDED, Column
from bitext.align.grid import Grid, spread, spread_targets
from bitext.align.shapes import LARGEST_GROUP

Ints: TypeAlias = npt.NDArray[np.int64]
Array: TypeAlias = npt.NDArray[np.float32]

_WIDEST_MARGIN = 64
_DENSE = 32
"""Numbers up to this many times their count are told apart by marking a table rather than by sorting."""


@dataclass(frozen=True, slots=True)
class Explained:
    """Words of one side explained by groups of 1, 2 ... segments of the other.

    `weight[n - 1]` and `count[n - 1]` are tables for groups of n segments: the explained words' information (-ln of
    the chance that n random segments explain them) and their number. A table of target words has a column for each
    target segment from low[r] on; one of source words has one for each target group's first segment, `margin` columns
    earlier. `information` and `linkable` are totals of each segment's words that anything in the document explains.
    """

    weight: Array
    count: Array
    margin: int
    information: Array
    linkable: Array


@dataclass(frozen=True, slots=True)
class _Side:
    """One side as the explaining or the explained one: its words and where the segments of a document begin and end."""

    words: Words
    document: Ints
    starts: Ints
    ends: Ints


def explain_targets(channel: Channel, grid: Grid) -> Explained:
    """Target words that groups of source segments explain; tables are (5, rows, width + 5)."""
    left, right = _source_side(channel, grid), _target_side(channel, grid)
    rows = grid.row_of(np.arange(len(left.document)), left.document)
    first = grid.low[np.maximum(rows - LARGEST_GROUP, grid.source_starts[left.document] + left.document)]
    last = grid.low[rows] + grid.width + LARGEST_GROUP
    events = _coincidences(left, right, channel.links, first, last)
    width = grid.width + LARGEST_GROUP
    cells = []
    for step in range(LARGEST_GROUP):
        segment = events.segment - step
        fits = (segment > events.previous) & (segment >= left.starts[events.document])
        row = grid.row_of(segment, events.document)[fits]
        cells.append((fits, row, right.words.segment[events.word][fits] - grid.low[row]))
    return _tables(cells, events, right, grid.rows, width, 0)


def explain_sources(channel: Channel, grid: Grid) -> Explained:
    """Source words that groups of target segments explain; tables are (5, rows, margin + width)."""
    left, right = _target_side(channel, grid), _source_side(channel, grid)
    first, last = source_reach(grid, left.document)
    events = _coincidences(left, right, channel.links[:, ::-1], first, last)
    margin = min(_drift(grid), _WIDEST_MARGIN)
    row = grid.row_of(right.words.segment[events.word], events.document)
    cells = []
    for step in range(LARGEST_GROUP):
        segment = events.segment - step
        fits = (segment > events.previous) & (segment >= left.starts[events.document])
        cells.append((fits, row[fits], (segment - grid.low[row] + margin)[fits]))
    return _tables(cells, events, right, grid.rows, margin + grid.width, margin)


def _drift(grid: Grid) -> int:
    """Columns that the band moves by within the rows of a group, at most."""
    steps = range(1, LARGEST_GROUP)
    moves = [(grid.low[n:] - grid.low[:-n])[grid.document[n:] == grid.document[:-n]] for n in steps]
    return max(int(move.max(initial=0)) for move in moves)


def _source_side(channel: Channel, grid: Grid) -> _Side:
    document = np.repeat(np.arange(grid.documents), grid.source_ends - grid.source_starts)
    return _Side(channel.source, document, grid.source_starts, grid.source_ends)


def _target_side(channel: Channel, grid: Grid) -> _Side:
    document = np.repeat(np.arange(grid.documents), grid.target_ends - grid.target_starts)
    return _Side(channel.target, document, grid.target_starts, grid.target_ends)


def source_reach(grid: Grid, document: Ints) -> tuple[Ints, Ints]:
    """For each target segment the first and one past the last source segment whose row's band is near it."""
    first, last = np.empty(len(document), np.int64), np.empty(len(document), np.int64)
    for d in range(grid.documents):
        rows = slice(grid.source_starts[d] + d, grid.source_ends[d] + d + 1)
        segments = np.arange(grid.target_starts[d], grid.target_ends[d])
        low = grid.low[rows]
        first[segments] = np.searchsorted(low + grid.width + LARGEST_GROUP, segments, side="right")
        last[segments] = np.searchsorted(low, segments + LARGEST_GROUP, side="right")
        first[segments] += grid.source_starts[d]
        last[segments] += grid.source_starts[d]
    return first, last


@dataclass(frozen=True, slots=True)
class _Coincidences:
    """Pairs of an explaining segment and an explained word, by word and segment.

    `previous` is the segment before that explains the same word, or -1; `information` and `linkable` are by word.
    """

    segment: Ints
    word: Ints
    previous: Ints
    document: Ints
    information: Array
    linkable: npt.NDArray[np.bool_]


def _coincidences(left: _Side, right: _Side, links: Ints, first: Ints, last: Ints) -> _Coincidences:
    # Keys and segments are packed into one number, the key above, so that one sort orders both.
    bits = max(len(left.document), len(right.document)).bit_length() + 1
    key, segment = _unpack(distinct(_offers(left.words, links, bits)), bits)
    document = left.document[segment]
    information, linkable = _information(left, right, key, document)
    # The words themselves, as far as they stand within reach.
    words = right.words.key << bits | right.words.segment
    order = np.argsort(words, kind="stable")
    low = key << bits | np.maximum(first, right.starts[left.document])[segment]
    high = key << bits | np.minimum(last, right.ends[left.document])[segment]
    begin = np.searchsorted(words[order], low)
    owner, at = expand(begin, np.maximum(begin, np.searchsorted(words[order], high)))
    word, explaining = _unpack(np.sort(order[at] << bits | segment[owner]), bits)
    previous = np.full(len(word), -1, dtype=np.int64)
    same = word[1:] == word[:-1]
    previous[1:][same] = explaining[:-1][same]
    return _Coincidences(explaining, word, previous, left.document[explaining], information, linkable)


def _offers(words: Words, links: Ints, bits: int) -> Ints:
    """Keys of the other side and the segments that could explain them, packed; the same may come several times."""
    key, segment = _unpack(distinct(words.key << bits | words.segment), bits)
    links = links[np.argsort(links[:, 0], kind="stable")]
    bounds = np.searchsorted(links[:, 0], np.arange(int(key.max(initial=0)) + 2))
    owner, at = expand(bounds[key], bounds[key + 1])
    offers: Ints = links[at, 1] << bits | segment[owner]
    return offers


def _information(left: _Side, right: _Side, key: Ints, document: Ints) -> tuple[Array, npt.NDArray[np.bool_]]:
    """For each word of the right side -ln of the chance that a random segment explains it, and whether any does.

    `key` and `document` are those of the left side's offers, sorted.
    """
    count = len(right.words.key)
    if not len(key):
        return np.zeros(count, dtype=np.float32), np.zeros(count, dtype=bool)
    bits = len(left.starts).bit_length()
    packed = key << bits | document
    changes = np.flatnonzero(np.diff(packed, prepend=-1))
    offers, frequency = packed[changes], np.diff(changes, append=len(packed))
    own_document = right.document[right.words.segment]
    own = right.words.key << bits | own_document
    place = np.minimum(np.searchsorted(offers, own), len(offers) - 1)
    linkable = offers[place] == own
    chance = (frequency[place] + 0.5) / ((left.ends - left.starts)[own_document] + 1.0)
    return np.where(linkable, -np.log(np.minimum(chance, 1.0)), 0.0).astype(np.float32), linkable


def _unpack(packed: Ints, bits: int) -> tuple[Ints, Ints]:
    return packed >> bits, packed & ((1 << bits) - 1)


def distinct(values: Ints) -> Ints:
    """The values, none negative, each once, in order. (`np.unique` hashes them, which takes many times as long.)"""
    size = int(values.max(initial=0)) + 1
    if size <= _DENSE * len(values):
        seen = np.zeros(size, dtype=bool)
        seen[values] = True
        return np.flatnonzero(seen)
    values = np.sort(values)
    out: Ints = values[np.diff(values, prepend=-1) != 0]
    return out


def expand(begin: Ints, end: Ints) -> tuple[Ints, Ints]:
    """All indices of the ranges [begin, end), and the range each belongs to."""
    sizes = end - begin
    owner = np.repeat(np.arange(len(sizes)), sizes)
    offset = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return owner, begin[owner] + offset


def _tables(
    cells: list[tuple[npt.NDArray[np.bool_], Ints, Ints]],
    events: _Coincidences,
    right: _Side,
    rows: int,
    width: int,
    margin: int,
) -> Explained:
    weight = np.zeros((LARGEST_GROUP, rows, width), dtype=np.float32)
    count = np.zeros((LARGEST_GROUP, rows, width), dtype=np.float32)
    information = events.information[events.word]
    for step, (fits, row, column) in enumerate(cells):
        inside = (column >= 0) & (column < width)
        flat = row[inside] * width + column[inside]
        weight[step] = np.bincount(flat, information[fits][inside], minlength=rows * width).reshape(rows, width)
        count[step] = np.bincount(flat, minlength=rows * width).reshape(rows, width)
    np.cumsum(weight, axis=0, out=weight)
    np.cumsum(count, axis=0, out=count)
    # n random segments explain a word about n times as often as one.
    weight -= np.log(np.arange(1, LARGEST_GROUP + 1, dtype=np.float32))[:, None, None] * count
    segments = len(right.document)
    total = np.bincount(right.words.segment, events.information, minlength=segments).astype(np.float32)
    linkable = np.bincount(right.words.segment, events.linkable, minlength=segments).astype(np.float32)
    return Explained(weight, count, margin, total, linkable)


def over_targets(table: Array, b: int) -> Array:
    """Sum of a table of target words (rows, width + 5) over groups of `b` target segments, (rows, width)."""
    width = table.shape[1] - LARGEST_GROUP
    out = table[:, :width].copy()
    for step in range(1, b):
        out += table[:, step : step + width]
    return out


def over_sources(table: Array, margin: int, a: int, grid: Grid) -> Array:
    """Sum of a table of source words (rows, margin + width) over groups of `a` source segments, (rows, width)."""
    out = table[:, margin:].copy()
    for step in range(1, a):
        rows = np.minimum(np.arange(grid.rows) + step, grid.rows - 1)
        shift = grid.low - grid.low[rows] + margin
        columns = shift[:, None] + np.arange(grid.width)
        inside = (columns >= 0) & (columns < table.shape[1])
        out += np.where(inside, np.take_along_axis(table[rows], np.clip(columns, 0, table.shape[1] - 1), axis=1), 0)
    return out


def column_names(channel: str) -> tuple[str, ...]:
    """The names of the columns that `coverage_columns` yields for a channel of that name."""
    return tuple(f"{channel}-{part}" for part in ("target", "targets", "source", "sources", "added", "omitted"))


def coverage_columns(name: str, channels: Channels, grid: Grid) -> Iterator[Column]:
    """Information and number of the explained words of both sides; for one-sided beads the words left unexplained.

    `name` is that of the channel.
    """
    channel = channels.get(name)
    if channel is None or not (len(channel.links) and len(channel.source.key) and len(channel.target.key)):
        return
    target, targets, source, sources, added, omitted = column_names(name)
    by_source, by_target = explain_targets(channel, grid), explain_sources(channel, grid)
    for index, a, b in TWO_SIDED:
        yield target, index, over_targets(by_source.weight[a - 1], b)
        yield targets, index, over_targets(by_source.count[a - 1], b)
        yield source, index, over_sources(by_target.weight[b - 1], by_target.margin, a, grid)
        yield sources, index, over_sources(by_target.count[b - 1], by_target.margin, a, grid)
    yield added, ADDITION, spread_targets(grid, by_source.linkable, 1)
    yield omitted, OMISSION, spread(grid, by_target.linkable, 1)[:, None]
