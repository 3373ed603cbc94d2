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
_AT_ONCE: Final = 1 << 23
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
    present = np.zeros((len(explaining.values), -(-longest // 64) * 64), dtype=bool)
    present[explaining.number(left_document * left.keys + left.key), left.segment - left.starts[left_document]] = True
    bits = np.ascontiguousarray(np.packbits(present, axis=1).view(np.uint64).T)
    # The union of the segments of all keys that are linked to one that is wanted.
    document, key = np.divmod(wanted.values, right.keys)
    order = in_order(links[:, 1])
    bounds = np.searchsorted(links[order, 1], np.arange(right.keys + 1))
    owner, at = expand(bounds[key], bounds[key + 1])
    number = explaining.number(links[order, 0].take(at) + (document * left.keys).take(owner))
    found = np.flatnonzero(number >= 0)
    begins = np.flatnonzero(np.diff(owner.take(found), prepend=-1))
    united = np.zeros((len(wanted.values), len(bits)), dtype=np.uint64)
    if len(begins):
        of_key = np.bitwise_or.reduceat(bits.take(number.take(found), axis=1), begins, axis=1)
        united[owner[found[begins]]] = of_key.T
    marks = np.zeros((len(united), longest + 2 * MARGIN), dtype=bool)
    marks[:, MARGIN : MARGIN + longest] = np.unpackbits(united.view(np.uint8), axis=1, count=longest)
    frequency = marks.sum(axis=1, dtype=np.int64)
    chance = np.minimum((frequency + 0.5) / (sizes[document] + 1.0), 1.0)
    information = np.where(frequency > 0, -np.log(chance), 0.0).astype(np.float32)
    row = wanted.number(packed)
    return _Explained(row, marks, information[row], (frequency > 0)[row])


def _add_targets(groups: Groups, words: _Side, said: _Explained, weights: Doubles, grid: Grid) -> None:
    """Adds the target words that groups of source segments explain."""
    low, width, cells = grid.low - MARGIN, table_width(grid), grid.rows * table_width(grid)
    first, last = source_reach(grid, words.document)
    # From the columns of the marks to the rows of the grid.
    shift = (grid.source_starts + np.arange(grid.documents) - MARGIN)[words.document]
    first, size = (first + words.document - shift)[words.segment], (last - first)[words.segment]
    tables = np.zeros((2, LARGEST_GROUP, cells))
    for some, column, counts, gap in _marks(said, first, size):
        segment = words.segment[some]
        row, place = column + np.repeat(shift[segment], counts), np.repeat(segment, counts)
        place -= low.take(row)
        inside = np.flatnonzero((place >= 0) & (place < width))
        row *= width
        row += place
        row += gap * cells
        values = _values(words.channel[some], said.information[some], weights)
        _count(tables, row.take(inside), [np.repeat(value, counts).take(inside) for value in values])
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
    first = grid.low[row] - grid.target_starts[grid.document[row]]
    tables = np.zeros((2, LARGEST_GROUP, cells))
    for some, column, counts, gap in _marks(said, first, np.full(len(first), width)):
        cell = column + np.repeat(row[some] * width - first[some], counts)
        cell += gap * cells
        values = _values(words.channel[some], said.information[some], weights)
        _count(tables, cell, [np.repeat(value, counts) for value in values])
    total = np.zeros((2, grid.rows, width))
    for size, by_gap in enumerate(_by_least_gap(tables), start=1):
        total[:, :, : width + 1 - size] += by_gap.reshape(2, grid.rows, width)[:, :, size - 1 :]
        groups.source[size - 1] += total[0] - np.log(size) * total[1]


def _marks(said: _Explained, first: Ints, size: Ints) -> Iterator[tuple[slice, Ints, Ints, Ints]]:
    """The marks of the words within `size` columns from `first` on, some words at a time.

    Gives the words; of each mark its column; the number of marks of each word; and how far to the left of each mark the
    word has another one: 0 for the next column to 4 for the fifth or none.
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
        column = np.flatnonzero(near)
        gap = np.diff(column, prepend=0)
        gap -= 1
        np.minimum(gap, LARGEST_GROUP - 1, out=gap)
        begins = np.cumsum(counts) - counts
        gap[begins[counts > 0]] = LARGEST_GROUP - 1
        column += np.repeat(first[some] - reach * np.arange(len(counts)), counts)
        yield some, column, counts, gap


def _values(channel: Ints, information: Array, weights: Doubles) -> tuple[Doubles, Doubles]:
    """What each word counts: by its information and number, and by the weight of its information."""
    of_information = weights[channel, 0]
    return of_information * information + weights[channel, 1], of_information


def _count(tables: Doubles, cell: Ints, values: Sequence[Doubles]) -> None:
    flat = tables.reshape(2, -1)
    for part, value in enumerate(values):
        flat[part] += np.bincount(cell, value, minlength=flat.shape[1])


def _by_least_gap(tables: Doubles) -> Iterator[Doubles]:
    """Of tables by gap, (2, 5, cells), the sums over gaps of at least 1, 2, ... 5 columns."""
    sums = np.cumsum(tables[:, ::-1], axis=1)[:, ::-1]
    for size in range(LARGEST_GROUP):
        yield sums[:, size]


def source_reach(grid: Grid, document: Ints) -> tuple[Ints, Ints]:
    """For each target segment the first and one past the last source segment whose row's band is near it."""
    segments = np.arange(len(document))
    first = np.searchsorted(grid.low + grid.width + LARGEST_GROUP, segments, side="right")
    last = np.searchsorted(grid.low, segments + LARGEST_GROUP, side="right")
    starts, ends = grid.source_starts[document], grid.source_ends[document]
    return np.clip(first - document, starts, ends), np.clip(last - document, starts, ends)


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
