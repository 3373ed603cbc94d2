"""The cells at which beads may begin, for several documents at once.

Segments of all documents are numbered through on either side. A document of n source segments has n + 1 rows; row r
belongs to the point before source segment `source[r]`, and its column k to the point before target segment
`low[r] + k`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from bitext.align.search import Lattice
from bitext.align.shapes import LARGEST_GROUP

Ints: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]
Array: TypeAlias = npt.NDArray[np.float32]
_Value = TypeVar("_Value", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows and columns of a batch; `source_ends` and `target_ends` are one past a document's last segments."""

    source: Ints
    low: Ints
    document: Ints
    width: int
    source_starts: Ints
    source_ends: Ints
    target_starts: Ints
    target_ends: Ints

    @property
    def rows(self) -> int:
        """Rows of all documents."""
        return len(self.source)

    @property
    def documents(self) -> int:
        """Number of documents."""
        return len(self.source_starts)

    @property
    def targets(self) -> Ints:
        """The target segment at each cell, (rows, width); numbers past the end of the document occur."""
        return self.low[:, None] + np.arange(self.width)

    def row_of(self, segment: Ints, document: Ints) -> Ints:
        """The row of source segments of the given documents: each earlier document has a row more than segments."""
        return segment + document

    def valid(self, a: int, b: int) -> Bools:
        """Where a bead of `a` source and `b` target segments fits into its document, (rows, width)."""
        rows = self.source + a <= self.source_ends[self.document]
        columns = self.targets + b <= self.target_ends[self.document][:, None]
        return rows[:, None] & columns

    def lattice(self) -> Lattice:
        """The same cells as the search wants them: one document a layer, each padded to the largest."""
        sources, targets = self.source_ends - self.source_starts, self.target_ends - self.target_starts
        rows = int(sources.max()) + 1
        low = np.zeros((self.documents, rows), dtype=np.int64)
        inside = np.arange(rows) <= sources[:, None]
        low[inside] = self.low - self.target_starts[self.document]
        low = np.where(inside, low, low[np.arange(self.documents), sources][:, None])
        return Lattice(low, self.width, sources, targets)

    def by_row(self, values: Array, fill: float) -> npt.NDArray[np.float64]:
        """`values` (rows, width, n) as (most rows, n, documents, width), `fill` where a document has no such row.

        That is fast where the values of each of the n lie together, as `of_rows` gives them back.
        """
        rows = int((self.source_ends - self.source_starts).max()) + 1
        out = np.full((rows, values.shape[2], self.documents, self.width), fill)
        out[self._row_in_document, :, self.document] = values.swapaxes(1, 2)
        return out

    def of_rows(self, values: npt.NDArray[np.float64]) -> Array:
        """What `by_row` gives, back as (rows, width, n) in single precision."""
        out = np.empty((values.shape[1], self.rows, self.width), dtype=np.float32)
        ends = np.cumsum(self.source_ends - self.source_starts + 1)
        for document, (first, last) in enumerate(pairwise([0, *ends.tolist()])):
            out[:, first:last] = values[: last - first, :, document].swapaxes(0, 1)
        return out.transpose(1, 2, 0)

    @property
    def _row_in_document(self) -> Ints:
        return self.source - self.source_starts[self.document]


def full_grid(sizes: list[tuple[int, int]]) -> Grid:
    """A grid of all cells of documents of the given numbers of source and target segments."""
    width = max(target for _, target in sizes) + 1
    return banded_grid(sizes, [np.zeros(source + 1, dtype=np.int64) for source, _ in sizes], width)


def banded_grid(sizes: list[tuple[int, int]], lows: list[Ints], width: int) -> Grid:
    """A grid of bands: `lows[d][i]` is the first target point at source point i of document d."""
    sources = np.array([source for source, _ in sizes], dtype=np.int64)
    targets = np.array([target for _, target in sizes], dtype=np.int64)
    source_ends, target_ends = np.cumsum(sources), np.cumsum(targets)
    source_starts, target_starts = source_ends - sources, target_ends - targets
    document = np.repeat(np.arange(len(sizes)), sources + 1)
    return Grid(
        source=np.arange(len(document)) - document,
        low=np.concatenate([low + start for low, start in zip(lows, target_starts, strict=True)]),
        document=document,
        width=width,
        source_starts=source_starts,
        source_ends=source_ends,
        target_starts=target_starts,
        target_ends=target_ends,
    )


def diagonal_band(source: int, target: int, width: int) -> Ints:
    """First target points of a band of `width` columns around the straight line from start to end."""
    centre = np.round(np.arange(source + 1) * (target / max(source, 1))).astype(np.int64)
    return np.clip(centre - width // 2, 0, max(0, target + 1 - width))


def spread(grid: Grid, values: Array, a: int) -> Array:
    """Of values by source segment, the sum over the `a` segments from each row on, (rows,)."""
    total = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64), np.zeros(LARGEST_GROUP)])
    total[len(values) + 1 :] = total[len(values)]
    out: Array = (total[grid.source + a] - total[grid.source]).astype(np.float32)
    return out


def spread_targets(grid: Grid, values: Array, b: int) -> Array:
    """Of values by target segment, the sum over the `b` segments from each cell on, (rows, width)."""
    total = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64), np.zeros(b)])
    total[len(values) + 1 :] = total[len(values)]
    return cells_of(grid, (total[b:] - total[: len(values) + 1]).astype(np.float32))


def cells_of(grid: Grid, values: npt.NDArray[_Value]) -> npt.NDArray[_Value]:
    """Of values by target point the one at each cell, (rows, width); beyond the last there is the last."""
    beyond = int(grid.low.max(initial=0)) + grid.width - len(values)
    if beyond > 0:
        values = np.pad(values, (0, beyond), mode="edge")
    return np.lib.stride_tricks.sliding_window_view(values, grid.width)[grid.low]
