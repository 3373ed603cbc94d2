"""The columns of similarity equal their plain definitions, bead by bead, in full searches and in bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bitext.align.dictionary import dictionary
from bitext.align.encoders.protocol import Array
from bitext.align.features import similarity
from bitext.align.features.facts import letters
from bitext.align.features.resources import Resources, Vectors
from bitext.align.grid import Grid, banded_grid, diagonal_band
from bitext.align.shapes import LARGEST_BEAD, LARGEST_GROUP, SHAPES
from bitext.align.sides import Side, Sides

DIMENSION = 6
NOTHING_TO_GROW_INTO = 0.05
TOLERANCE = 2e-4
Sizes = tuple[int, int]


def side_of(sizes: Sequence[int], rng: np.random.Generator) -> Side:
    count = sum(sizes)
    texts = tuple("ab好 " * int(n) for n in rng.integers(0, 9, count))
    document = np.repeat(np.arange(len(sizes)), sizes)
    return Side(texts, np.arange(count), np.zeros(count, dtype=np.int64), np.array(sizes, dtype=np.int64), document)


def random_vectors(count: int, rng: np.random.Generator) -> Array:
    out = rng.normal(0.3, 1.0, (LARGEST_GROUP, count, DIMENSION))
    return np.asarray(out / np.linalg.norm(out, axis=2, keepdims=True), dtype=np.float32)


@dataclass
class Problem:
    """Documents side by side with vectors of all groups, and the definitions once more, one number at a time."""

    sides: Sides
    vectors: Vectors
    grid: Grid

    def __post_init__(self) -> None:
        self.centred = [
            self._centred(vectors, side)
            for vectors, side in ((self.vectors.source, self.sides.source), (self.vectors.target, self.sides.target))
        ]
        self.letters = letters(self.sides.source) * 3.0, letters(self.sides.target)

    @staticmethod
    def _centred(vectors: Array, side: Side) -> Array:
        out = vectors.astype(np.float64)
        for document in range(len(side.sizes)):
            own = side.document == document
            out[:, own] -= vectors[0, own].mean(axis=0)
        return np.asarray(out / (np.linalg.norm(out, axis=2, keepdims=True) + 1e-6), dtype=np.float32)

    def cosine(self, a: int, b: int, i: int, j: int) -> float:
        return float(self.centred[0][a - 1, i] @ self.centred[1][b - 1, j])

    def fits(self, row: int, a: int, b: int, i: int, j: int) -> bool:
        document = self.grid.document[row]
        inside = i >= self.grid.source_starts[document] and j >= self.grid.target_starts[document]
        return bool(inside and i + a <= self.grid.source_ends[document] and j + b <= self.grid.target_ends[document])

    def in_band(self, row: int, j: int, document: int) -> bool:
        """Whether a row is one of the document and has the column of target segment j."""
        inside = 0 <= row < self.grid.rows and self.grid.document[row] == document
        return bool(inside and self.grid.low[row] <= j < self.grid.low[row] + self.grid.width)

    def expected(self, name: str, row: int, a: int, b: int, i: int, j: int) -> float:
        """The column `name` for the bead of a and b segments that begins at source i and target j."""
        document, here = int(self.grid.document[row]), self.cosine(a, b, i, j)
        if name in ("similarity", "similarity-merged"):
            return float(self.vectors.source[a - 1, i] @ self.vectors.target[b - 1, j])
        if name in ("centred", "centred-merged"):
            return here
        if name == "centred-length":
            smaller = min(self.letters[0][i : i + a].sum(), self.letters[1][j : j + b].sum())
            return float(here * min(np.log1p(smaller), 5.0))
        change = {
            "grow-target": (self.fits(row, a, b + 1, i, j), (a, b + 1, i, j)),
            "grow-source": (self.fits(row, a + 1, b, i, j), (a + 1, b, i, j)),
            "grow-target-left": (
                self.in_band(row, j - 1, document) and self.fits(row, a, b + 1, i, j - 1), (a, b + 1, i, j - 1)
            ),
            "grow-source-left": (
                self.in_band(row - 1, j, document) and self.fits(row, a + 1, b, i - 1, j), (a + 1, b, i - 1, j)
            ),
        }.get(name)  # fmt: skip
        if change is not None:
            possible, other = change
            return float(np.clip(here - self.cosine(*other), -0.5, 0.5)) if possible else NOTHING_TO_GROW_INTO
        if name == "shrink-target":
            second = self.cosine(a, b - 1, i, j + 1) if self.in_band(row, j + 1, document) else 0.0
            return float(np.clip(here - max(self.cosine(a, b - 1, i, j), second), -0.5, 0.5))
        assert name == "shrink-source"
        second = self.cosine(a - 1, b, i + 1, j) if self.in_band(row + 1, j, document) else 0.0
        return float(np.clip(here - max(self.cosine(a - 1, b, i, j), second), -0.5, 0.5))

    def best(self, row: int | None, j: int | None) -> float:
        """The best similarity of single segments in a row, or at a target segment over all rows; no less than -0.2."""
        rows = range(self.grid.rows) if row is None else (row,)
        cells = ((r, c) for r in rows for c in self.grid.targets[r].tolist() if j is None or c == j)
        found = [
            self.cosine(1, 1, int(self.grid.source[r]), c)
            for r, c in cells
            if self.fits(r, 1, 1, int(self.grid.source[r]), c)
        ]
        return max([-0.2, *found])


def problem(sizes: list[Sizes], width: int, seed: int) -> Problem:
    rng = np.random.default_rng(seed)
    sides = Sides(side_of([s for s, _ in sizes], rng), side_of([t for _, t in sizes], rng))
    vectors = Vectors(*(random_vectors(len(side.texts), rng) for side in (sides.source, sides.target)))
    return Problem(sides, vectors, banded_grid(sizes, [diagonal_band(*size, width) for size in sizes], width))


sizes = st.lists(st.tuples(st.integers(1, 7), st.integers(1, 7)), min_size=1, max_size=3)


@settings(deadline=None, max_examples=12)
@example([(7, 7)], 8, 1)
@example([(7, 6), (2, 1), (5, 7)], 4, 2)
@given(sizes, st.integers(2, 8), st.integers(0, 2**32))
def test_columns_are_those_of_the_plain_definitions(given_sizes: list[Sizes], width: int, seed: int) -> None:
    case = problem(given_sizes, width, seed)
    resources = Resources(dictionary(), vectors=case.vectors)
    seen: set[tuple[str, int]] = set()
    for name, shape, values in similarity.columns(case.sides, case.grid, resources):
        a, b = SHAPES[shape]
        assert (name, shape) not in seen
        seen.add((name, shape))
        full = np.broadcast_to(values, (case.grid.rows, case.grid.width))
        for row, column in np.argwhere(case.grid.valid(a, b)).tolist():
            i, j = int(case.grid.source[row]), int(case.grid.targets[row, column])
            if name == "lone-omitted":
                expected = case.best(row, None)
            elif name == "lone-added":
                expected = case.best(None, j)
            else:
                expected = case.expected(name, row, a, b, i, j)
            assert full[row, column] == pytest.approx(expected, abs=TOLERANCE), (name, (a, b), (i, j))
    assert seen == every_column()


def every_column() -> set[tuple[str, int]]:
    """The columns that there must be, by shape."""
    out = {("lone-added", SHAPES.index((0, 1))), ("lone-omitted", SHAPES.index((1, 0)))}
    for shape, (a, b) in enumerate(SHAPES):
        if a and b:
            names = ["similarity", "centred", "centred-length"]
            names += ["similarity-merged", "centred-merged"] if a + b > 2 else []
            names += (
                ["grow-target", "grow-source", "grow-target-left", "grow-source-left"] if a + b < LARGEST_BEAD else []
            )
            names += ["shrink-target"] if b > 1 else []
            names += ["shrink-source"] if a > 1 else []
            out |= {(name, shape) for name in names}
    return out


def test_without_vectors_there_are_no_columns() -> None:
    case = problem([(2, 2)], 3, 0)
    assert list(similarity.columns(case.sides, case.grid, Resources(dictionary()))) == []
