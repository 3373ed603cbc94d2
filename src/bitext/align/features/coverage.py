"""Which words of one side are explained by a group of segments on the other side.

A channel of evidence (dictionary, numbers, names ...) gives words on both sides and links between them. A word of a
target segment is explained by a group of source segments if one of them holds a word linked to it; likewise with the
sides exchanged. How much that says depends on how often it would happen by chance: a word that every other segment
could explain says nothing.

What a group explains is a union, so a word is counted through the last segment of the group that explains it. What
channels say is linear in their weights, so those that a score is made of are counted together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from bitext.align.features.arrays import Numbered, expand, in_order, marked
from bitext.align.features.channel import Channel, Channels
from bitext.align.features.column import ADDITION, OMISSION, TWO_SIDED, Column
from bitext.align.features.groups import MARGIN, Groups, padded, row_steps, table_width
from bitext.align.grid import Grid
from bitext.align.shapes import LARGEST_GROUP, SHAPES

Ints: TypeAlias = npt.NDArray[np.int64]
Array: TypeAlias = npt.NDArray[np.float32]
Bools: TypeAlias = npt.NDArray[np.bool_]
Doubles: TypeAlias = npt.NDArray[np.float64]

_PARTS: Final = ("target", "targets", "source", "sources", "added", "omitted")
_BYTE: Final = 256
_PAIRS, _FOURS, _EIGHTS, _BYTES = (np.uint64(int(digits * 8, 16)) for digits in ("55", "33", "0f", "01"))
"""Every second bit, every second two bits, every second four bits, and the last bit of each byte."""
_AT_ONCE: Final = 1 << 21
"""Words times segments within reach that are looked at together, which bounds the memory that it takes."""

Weighted: TypeAlias = tuple[Channel, Sequence[float]]
"""A channel and the weights of its columns, in the order of `column_names`."""


@dataclass(frozen=True, slots=True)
class _Side:
    """The words of one side that anything is linked to, of all channels: no two channels share a key.

    `starts` and `ends` are those of the documents' segments, `document` is that of each segment.
    """

    segment: Ints
    key: Ints
    channel: Ints
    keys: int
    starts: Ints
    ends: Ints
    document: Ints


@dataclass(frozen=True, slots=True)
class _Explained:
    """The words of one side, and which segments of the other explain them.

    Row `row[w]` of `marks` has a one for each segment that explains word w, by its number in its document, `MARGIN`
    columns to the right. `information` is -ln of the chance that a random segment explains the word; 0 if none does.
    """

    row: Ints
    marks: Bools
    information: Array
    linkable: Bools


def column_names(channel: str) -> tuple[str, ...]:
    """The names of the columns of a channel of that name: information and number of the explained target words, the
    same of source words, and for beads of one side the words left unexplained."""
    return tuple(f"{channel}-{part}" for part in _PARTS)


def coverage_columns(name: str, channels: Channels, grid: Grid) -> Iterator[Column]:
    """The columns of the channel of that name."""
    channel = channels.get(name)
    if channel is None or not (len(channel.links) and len(channel.source.key) and len(channel.target.key)):
        return
    shapes = (*[[index for index, _, _ in TWO_SIDED]] * 4, [ADDITION], [OMISSION])
    for column, of_shapes, one in zip(column_names(name), shapes, np.eye(len(_PARTS)).tolist(), strict=True):
        out = np.zeros((len(SHAPES), grid.rows, grid.width), dtype=np.float32)
        coverage_groups([(channel, one)], grid).add_to(out, grid)
        yield from ((column, shape, out[shape]) for shape in of_shapes)


def coverage_groups(channels: Sequence[Weighted], grid: Grid) -> Groups:
    """What the channels say of all groups together."""
    found = Groups.empty(grid)
    if not channels:
        return found
    source, target, links = _merged([channel for channel, _ in channels], grid)
    if not len(links):
        return found
    weights = np.array([row for _, row in channels])
    by_source, by_target = _explained(source, target, links), _explained(target, source, links[:, ::-1])
    _add_targets(found, target, by_source, weights[:, :2], grid)
    _add_sources(found, source, by_target, weights[:, 2:4], grid)
    _add_lone(found.added, target, by_source, weights[:, 4])
    _add_lone(found.omitted, source, by_target, weights[:, 5])
    return found


def _add_lone(out: Array, words: _Side, said: _Explained, weights: Doubles) -> None:
    """Adds by segment the words that anything on the other side explains."""
    out += np.bincount(words.segment, weights[words.channel] * said.linkable, minlength=len(out))


def _merged(channels: Sequence[Channel], grid: Grid) -> tuple[_Side, _Side, Ints]:
    """The linked words of all channels, and the links between their keys."""
    segments: tuple[list[Ints], list[Ints]] = ([], [])
    keys: tuple[list[Ints], list[Ints]] = ([], [])
    links = []
    first = np.zeros(2, dtype=np.int64)
    for channel in channels:
        last = [0, 0]
        for side, words in enumerate((channel.source, channel.target)):
            segments[side].append(words.segment)
            keys[side].append(words.key + first[side])
            last[side] = max(int(words.key.max(initial=0)), int(channel.links[:, side].max(initial=0)))
        links.append(channel.links + first)
        first = first + last + 1
    every = np.concatenate(links)
    there = [marked(int(count), np.concatenate(side)) for count, side in zip(first, keys, strict=True)]
    every = every[there[0][every[:, 0]] & there[1][every[:, 1]]]
    bounds = ((grid.source_starts, grid.source_ends), (grid.target_starts, grid.target_ends))
    sides = []
    for side in (0, 1):
        used = marked(int(first[side]), every[:, side])
        number = np.cumsum(used) - 1
        kept = [used[some] for some in keys[side]]
        segment = np.concatenate([some[chosen] for some, chosen in zip(segments[side], kept, strict=True)])
        key = number[np.concatenate([some[chosen] for some, chosen in zip(keys[side], kept, strict=True)])]
        channel_of = np.repeat(np.arange(len(channels)), [np.count_nonzero(chosen) for chosen in kept])
        starts, ends = bounds[side]
        document = np.repeat(np.arange(len(starts)), ends - starts)
        sides.append(_Side(segment, key, channel_of, int(np.count_nonzero(used)), starts, ends, document))
        every[:, side] = number[every[:, side]]
    return sides[0], sides[1], every


def _explained(left: _Side, right: _Side, links: Ints) -> _Explained:
    """What the segments of the left side explain of the words of the right one; links are (left key, right key)."""
    # Each document has keys of its own, so that the tables do not grow with the number of documents times keys.
    left_document = left.document[left.segment]
    explaining = Numbered.of(left_document * left.keys + left.key)
    packed = right.document[right.segment] * right.keys + right.key
    wanted = Numbered.of(packed)
    sizes = left.ends - left.starts
    longest = int(sizes.max(initial=0))
    present = np.zeros((len(explaining.values), -(-(longest + 2 * MARGIN) // 64) * 64), dtype=bool)
    column = left.segment - left.starts[left_document] + MARGIN
    present[explaining.number(left_document * left.keys + left.key), column] = True
    bits = np.ascontiguousarray(np.packbits(present, axis=1).view(np.uint64).T)
    # The union of the segments of all keys that are linked to one that is wanted.
    document, key = np.divmod(wanted.values, right.keys)
    order = in_order(links[:, 1])
    bounds = np.searchsorted(links[order, 1], np.arange(right.keys + 1))
    owner, at = expand(bounds[key], bounds[key + 1])
    number = explaining.number(links[order, 0].take(at) + (document * left.keys).repeat(bounds[key + 1] - bounds[key]))
    found = np.flatnonzero(number >= 0)
    begins = np.flatnonzero(np.diff(owner.take(found), prepend=-1))
    united = np.zeros((len(bits), len(wanted.values)), dtype=np.uint64)
    if len(begins):
        of_key = np.bitwise_or.reduceat(bits.take(number.take(found), axis=1), begins, axis=1)
        united[:, owner[found[begins]]] = of_key
    marks = np.unpackbits(np.ascontiguousarray(united.T).view(np.uint8), axis=1).view(bool)
    frequency = _ones(united).sum(axis=0)
    chance = np.minimum((frequency + 0.5) / (sizes[document] + 1.0), 1.0)
    information = np.where(frequency > 0, -np.log(chance), 0.0).astype(np.float32)
    row = wanted.number(packed)
    return _Explained(row, marks, information[row], (frequency > 0)[row])


def _ones(bits: npt.NDArray[np.uint64]) -> Ints:
    """The number of ones among the bits of each number: counted in pairs of bits, in fours, in bytes, and in all."""
    pairs = bits - (bits >> np.uint64(1) & _PAIRS)
    fours = (pairs & _FOURS) + (pairs >> np.uint64(2) & _FOURS)
    eights = fours + (fours >> np.uint64(4)) & _EIGHTS
    ones: Ints = (eights * _BYTES >> np.uint64(56)).astype(np.int64)
    return ones


def _add_targets(groups: Groups, words: _Side, said: _Explained, weights: Doubles, grid: Grid) -> None:
    """Adds the target words that groups of source segments explain."""
    width, cells = table_width(grid), grid.rows * table_width(grid)
    first, last = source_reach(grid, words.document)
    row = (first + words.document)[words.segment]
    column, size = (first - grid.source_starts[words.document] + MARGIN)[words.segment], (last - first)[words.segment]
    # Cell of a row and a segment: row * width + segment - low + MARGIN.
    start_of_row = np.arange(grid.rows) * width - grid.low + MARGIN
    tables = np.zeros((2, LARGEST_GROUP, cells))
    for some, rows, counts, gap in _marks(said, column, size, row):
        cell = start_of_row.take(rows)
        cell += np.repeat(words.segment[some], counts)
        _count(tables, cell, gap, counts, _values(words.channel[some], said.information[some], weights))
    steps = row_steps(grid)
    total = np.zeros((2, grid.rows, grid.width + MARGIN))
    for size_of_group, by_gap in enumerate(_by_least_gap(tables), start=1):
        for part in (0, 1):
            total[part] += padded(by_gap[part]).take(steps[size_of_group - 1])
        groups.target[size_of_group - 1, :, MARGIN:] += total[0] - np.log(size_of_group) * total[1]


def _add_sources(groups: Groups, words: _Side, said: _Explained, weights: Doubles, grid: Grid) -> None:
    """Adds the source words that groups of target segments explain."""
    width, cells = table_width(grid), grid.rows * table_width(grid)
    row = words.segment + words.document[words.segment]
    column = grid.low[row] - grid.target_starts[grid.document[row]]
    tables = np.zeros((2, LARGEST_GROUP, cells))
    for some, cell, counts, gap in _marks(said, column, np.full(len(row), width), row * width):
        _count(tables, cell, gap, counts, _values(words.channel[some], said.information[some], weights))
    total = np.zeros((2, grid.rows, width))
    for size, by_gap in enumerate(_by_least_gap(tables), start=1):
        total[:, :, : width + 1 - size] += by_gap.reshape(2, grid.rows, width)[:, :, size - 1 :]
        groups.source[size - 1] += total[0] - np.log(size) * total[1]


def _marks(said: _Explained, first: Ints, size: Ints, place: Ints) -> Iterator[tuple[slice, Ints, Ints, Ints]]:
    """The marks of the words within `size` columns from `first` on, some words at a time.

    Gives the words; the place of each mark, that of column `first` being `place`; the number of marks of each word; and
    how far to the left of each mark the word has another one: 0 for the next column to 4 for the fifth or none.
    """
    reach = int(size.max(initial=1))
    last = int(first.max(initial=0)) + reach
    marks = said.marks if last <= said.marks.shape[1] else np.pad(said.marks, ((0, 0), (0, last - said.marks.shape[1])))
    windows = np.lib.stride_tricks.sliding_window_view(marks, reach, axis=1)
    within = np.tri(reach + 1, reach, -1, dtype=bool) if (size < reach).any() else None
    at_once = max(_AT_ONCE // reach, 1)
    for start in range(0, len(first), at_once):
        some = slice(start, start + at_once)
        near = windows[said.row[some], first[some]]
        if within is not None:
            near &= within[size[some]]
        counts = np.add.reduce(near, axis=1, dtype=np.uint8 if reach < _BYTE else np.int64)
        found = np.flatnonzero(near)
        gap = np.diff(found, prepend=0)
        gap -= 1
        np.minimum(gap, LARGEST_GROUP - 1, out=gap)
        begins = np.cumsum(counts, dtype=np.int64) - counts
        gap[begins[counts > 0]] = LARGEST_GROUP - 1
        found += np.repeat(place[some] - reach * np.arange(len(counts)), counts)
        yield some, found, counts, gap


def _count(tables: Doubles, cell: Ints, gap: Ints, counts: Ints, values: Sequence[Doubles]) -> None:
    """Adds to the tables by gap, at the cell of each mark, the values of the words that the marks are of."""
    flat = tables.reshape(2, -1)
    at = gap * tables.shape[2]
    at += cell
    for part, value in enumerate(values):
        flat[part] += np.bincount(at, np.repeat(value, counts), minlength=flat.shape[1])


def _values(channel: Ints, information: Array, weights: Doubles) -> tuple[Doubles, Doubles]:
    """What each word counts: by its information and number, and by the weight of its information."""
    of_information = weights[channel, 0]
    return of_information * information + weights[channel, 1], of_information


def _by_least_gap(tables: Doubles) -> Iterator[Doubles]:
    """Of tables by gap, (2, 5, cells), the sums over gaps of at least 1, 2, ... 5 columns; in place."""
    for size in range(LARGEST_GROUP - 1, 0, -1):
        tables[:, size - 1] += tables[:, size]
    for size in range(LARGEST_GROUP):
        yield tables[:, size]


def source_reach(grid: Grid, document: Ints) -> tuple[Ints, Ints]:
    """For each target segment the first and one past the last source segment whose row's band is near it."""
    segments = np.arange(len(document))
    first = np.searchsorted(grid.low + grid.width + LARGEST_GROUP, segments, side="right")
    last = np.searchsorted(grid.low, segments + LARGEST_GROUP, side="right")
    starts, ends = grid.source_starts[document], grid.source_ends[document]
    return np.clip(first - document, starts, ends), np.clip(last - document, starts, ends)
