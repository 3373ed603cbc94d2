"""Sure pairs of segments in long documents, found without looking at every pair.

Words that are rare on both sides (dictionary words, names, numbers, Latin strings) vote for the pairs of segments in
which they meet; pairs that are each other's best and have others along their way are chained in order by the heaviest
increasing subsequence. What is not in order with the rest, a moved section, is thereby left out.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from bitext.align.features.arrays import Numbered, expand, in_order
from bitext.align.features.channel import Channel, Channels

Ints: TypeAlias = npt.NDArray[np.int64]
Doubles: TypeAlias = npt.NDArray[np.float64]

_RAREST: Final = 8
"""Segments that a word may stand in at most to vote."""
_VOTING: Final = ("word", "name", "number", "string")
"""The channels whose words vote."""
_LEAST: Final = 9.0
"""Information, in nats over both sides, that a pair needs."""
_NEIGHBOURS: Final = 8
"""Pairs on either side that are asked whether a pair goes their way."""
_SUPPORT: Final = 2
"""How many of them must. A quarter of the pairs in novels meet by chance; this leaves one in fifteen of those and all
of the right ones (`scripts/bench_align.py --anchors`)."""
_NEAR: Final = 4
_STEEPEST: Final = 1.7
"""Segments of one side for one of the other between two pairs that go the same way, and segments more or less."""


def anchors(channels: Channels) -> Ints:
    """Rows (source segment, target segment) of one pair of documents, both rising, from its channels."""
    source, target, weight = candidates(channels)
    kept = supported(source, target)
    return _chain(source[kept], target[kept], weight[kept])


def candidates(channels: Channels) -> tuple[Ints, Ints, Doubles]:
    """The pairs of segments that are each other's best, sorted, and the information of the words that vote for them."""
    votes = [_votes(channels[name]) for name in _VOTING if name in channels]
    source, target, weight = (np.concatenate(column) for column in zip(*votes, strict=True))
    size = int(target.max(initial=0)) + 1
    pairs = Numbered.of(source * size + target)
    total = np.bincount(pairs.number(source * size + target), weight, len(pairs.values)).astype(np.float64)
    source, target = np.divmod(pairs.values, size)
    best = (total >= _best(source, total)[source]) & (total >= _best(target, total)[target]) & (total >= _LEAST)
    return source[best], target[best], total[best]


def _votes(channel: Channel) -> tuple[Ints, Ints, Doubles]:
    """Pairs of segments in which linked rare words meet, and the words' information."""
    sides = []
    for side, words in enumerate((channel.source, channel.target)):
        # Keys are linked of which this document may have no word.
        keys = max(int(words.key.max(initial=0)), int(channel.links[:, side].max(initial=0))) + 2
        order = np.lexsort((words.segment, words.key)) if _unordered(words.segment) else in_order(words.key)
        key, segment = words.key[order], words.segment[order]
        fresh = np.flatnonzero((np.diff(key, prepend=-1) != 0) | (np.diff(segment, prepend=-1) != 0))
        key, segment = key[fresh], segment[fresh]
        bounds = np.searchsorted(key, np.arange(keys))
        sides.append((segment, bounds, int(words.segment.max(initial=0)) + 1))
    (source, source_bounds, sources), (target, target_bounds, targets) = sides
    links = channel.links
    frequency = [
        bounds[links[:, side] + 1] - bounds[links[:, side]]
        for side, bounds in enumerate((source_bounds, target_bounds))
    ]
    rare = (frequency[0] > 0) & (frequency[1] > 0) & (frequency[0] <= _RAREST) & (frequency[1] <= _RAREST)
    links, counts = links[rare], [column[rare] for column in frequency]
    information = np.log(sources / counts[0]) + np.log(targets / counts[1])
    owner, at = expand(source_bounds[links[:, 0]], source_bounds[links[:, 0] + 1])
    partner = links[owner, 1]
    begin, end = target_bounds[partner], target_bounds[partner + 1]
    _, there = expand(begin, end)
    return source[at].repeat(end - begin), target[there], (information[owner] / 2).repeat(end - begin)


def _unordered(segment: Ints) -> bool:
    return bool((np.diff(segment) < 0).any())


def supported(source: Ints, target: Ints) -> npt.NDArray[np.bool_]:
    """Which of the pairs, in order of their source segments, go the way of enough of their neighbours."""
    support = np.zeros(len(source), dtype=np.int64)
    for step in range(1, _NEIGHBOURS + 1):
        along, across = source[step:] - source[:-step], target[step:] - target[:-step]
        agrees = (across <= _STEEPEST * along + _NEAR) & (_STEEPEST * across >= along - _NEAR)
        support[step:] += agrees
        support[:-step] += agrees
    return support >= _SUPPORT


def _best(segment: Ints, total: Doubles) -> Doubles:
    out = np.zeros(int(segment.max(initial=0)) + 1)
    np.maximum.at(out, segment, total)
    return out


def _chain(source: Ints, target: Ints, weight: Doubles) -> Ints:
    """The heaviest subsequence of the pairs that rises on both sides, by a list of ever heavier ends."""
    order = np.lexsort((-target, source))
    ends: list[int] = []
    totals: list[float] = []
    pairs: list[int] = []
    before = np.full(len(order), -1, dtype=np.int64)
    for pair in order.tolist():
        place = bisect_right(ends, int(target[pair]) - 1)
        before[pair] = pairs[place - 1] if place else -1
        total = (totals[place - 1] if place else 0.0) + float(weight[pair])
        while place < len(ends) and totals[place] <= total:
            del ends[place], totals[place], pairs[place]
        if not place or totals[place - 1] < total:
            ends.insert(place, int(target[pair]))
            totals.insert(place, total)
            pairs.insert(place, pair)
    chain: list[int] = []
    last = pairs[-1] if pairs else -1
    while last >= 0:
        chain.append(last)
        last = int(before[last])
    index = np.array(chain[::-1], dtype=np.int64)
    return np.stack([source[index], target[index]], axis=1)
