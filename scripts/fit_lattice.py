"""Sparse lattices for the fit: only the beads that survive pruning, searched by compiled loops.

The same sums as `bitext.align.search`, which a test of the fit compares, some hundred times faster on pruned beads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numba
import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NEVER = -1e30


@dataclass(slots=True)
class Beads:
    """Beads of many documents as edges between nodes, sorted by their start within a document.

    `bounds` are where each document's beads begin and end; `first` and `last` its first and last node.
    """

    start: Ints
    end: Ints
    bounds: Ints
    first: Ints
    last: Ints
    nodes: int


def beads(parts: Sequence[tuple[Ints, Ints, tuple[int, int]]]) -> Beads:
    """Numbers the nodes of documents given as (start points, end points, sizes); points are rows (i, j)."""
    starts, ends, bounds, first, last = [], [], [0], [], []
    nodes = 0
    for start, end, (sources, targets) in parts:
        stride = targets + 1
        points = np.concatenate([start @ [stride, 1], end @ [stride, 1], [0, sources * stride + targets]])
        distinct, number = np.unique(points, return_inverse=True)
        count = len(start)
        starts.append(number[:count] + nodes)
        ends.append(number[count : 2 * count] + nodes)
        first.append(number[-2] + nodes)
        last.append(number[-1] + nodes)
        nodes += len(distinct)
        bounds.append(bounds[-1] + count)
    return Beads(np.concatenate(starts), np.concatenate(ends), np.array(bounds), np.array(first), np.array(last), nodes)


@numba.njit(cache=True)
def _join(a: float, b: float) -> float:
    if a < b:
        a, b = b, a
    return a if b <= NEVER / 2 else a + np.log1p(np.exp(b - a))


@numba.njit(cache=True)
def posteriors(
    start: Ints, end: Ints, bounds: Ints, first: Ints, last: Ints, nodes: int, scores: Doubles, use: Bools
) -> tuple[Doubles, Doubles]:
    """The probability of each bead among the paths of beads in `use`, and each document's log-sum of paths."""
    ahead, behind = np.full(nodes, NEVER), np.full(nodes, NEVER)
    out, total = np.zeros(len(start)), np.full(len(first), NEVER)
    for d in range(len(first)):
        ahead[first[d]] = 0.0
        behind[last[d]] = 0.0
        for k in range(bounds[d], bounds[d + 1]):
            if use[k] and ahead[start[k]] > NEVER / 2:
                ahead[end[k]] = _join(ahead[end[k]], ahead[start[k]] + scores[k])
        for k in range(bounds[d + 1] - 1, bounds[d] - 1, -1):
            if use[k] and behind[end[k]] > NEVER / 2:
                behind[start[k]] = _join(behind[start[k]], behind[end[k]] + scores[k])
        total[d] = ahead[last[d]]
        if total[d] > NEVER / 2:
            for k in range(bounds[d], bounds[d + 1]):
                if use[k] and ahead[start[k]] > NEVER / 2 and behind[end[k]] > NEVER / 2:
                    out[k] = np.exp(ahead[start[k]] + scores[k] + behind[end[k]] - total[d])
    return out, total


@numba.njit(cache=True)
def best_path(start: Ints, end: Ints, first: int, last: int, nodes: int, worth: Doubles) -> Ints:
    """Indices of the beads of one document on the path of the highest sum of `worth`, in order."""
    best = np.full(nodes, NEVER)
    came = np.full(nodes, -1)
    best[first] = 0.0
    for k in range(len(start)):
        value = best[start[k]] + worth[k]
        if best[start[k]] > NEVER / 2 and value > best[end[k]]:
            best[end[k]] = value
            came[end[k]] = k
    count, node = 0, last
    while node != first:
        count += 1
        node = start[came[node]]
    path = np.empty(count, dtype=np.int64)
    node = last
    for place in range(count - 1, -1, -1):
        path[place] = came[node]
        node = start[came[node]]
    return path
