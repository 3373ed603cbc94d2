"""Aligns pairs of segmented documents: pieces, features, scores, search, beads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from bitext.align.anchors import anchors
from bitext.align.calibration import calibrated
from bitext.align.encoders.protocol import Encoder
from bitext.align.encoding import encoded
from bitext.align.features import FEATURES
from bitext.align.features.arrays import expand
from bitext.align.features.channel import Channel, Channels
from bitext.align.features.channels import channels
from bitext.align.features.facts import Facts, facts
from bitext.align.features.learnt import learnt_channel
from bitext.align.features.resources import Resources, Vectors
from bitext.align.grid import Grid, banded_grid
from bitext.align.leaps import SHORTEST, Leap, leap
from bitext.align.learning import FEWEST_SEGMENTS, learn, meetings
from bitext.align.model import Model, bead_scores
from bitext.align.pieces import Piece, cut, is_short, parted_at, whole_piece, widened
from bitext.align.search import NEVER, Doubles, Lattice, backward, best_paths_by_row, forward, posteriors_by_row
from bitext.align.shapes import LARGEST_GROUP, SHAPES
from bitext.align.sides import Side, Sides
from bitext.model.alignment import Evidence

Ints: TypeAlias = npt.NDArray[np.int64]
Array: TypeAlias = npt.NDArray[np.float32]
_Step: TypeAlias = tuple[int, int, int]
"""A bead by its row, its column and the index of its shape."""

RISK: Final = 0.45
"""What a bead must be worth, in probability, to pay for itself: half the F1 that is aimed at (the decision that
maximises 2 * right / (found + gold) takes each bead whose probability exceeds F1 / 2)."""
_EDGE: Final = 2
"""Columns from a band's edge at which a path makes us look further."""
_BATCH: Final = 150_000
"""Cells that are searched at a time."""
_DEEPEST: Final = 12
"""Leaps after one another for which a piece is parted."""
_SURPLUS: Final = np.array([a + b if 0 in (a, b) or a + b >= LARGEST_GROUP else 0 for a, b in SHAPES], np.float32)
"""Segments in beads such as are found where one side lacks something: those of one side and the largest."""


@dataclass(frozen=True, slots=True)
class RawBead:
    """A bead by segment numbers of its document: [source[0], source[1]) and [target[0], target[1])."""

    source: tuple[int, int]
    target: tuple[int, int]
    confidence: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The beads of one pair of documents, and whether a band had to be widened to find them."""

    beads: list[RawBead]
    widened: bool = False


def align_sides(
    sides: Sides, model: Model, given: Resources, encoder: Encoder | None, *, evidence: bool = False
) -> list[Outcome]:
    """The beads of each pair of documents of the batch, if wanted with what each feature says for them."""
    given = replace(given, channels=channels(sides, given.lexicon), facts=facts(sides, given.lexicon))
    if encoder is not None:
        given = encoded(sides, encoder, given)
    pieces = [piece for document in range(len(sides.sizes)) for piece in _pieces(sides, given, document)]
    found: list[list[RawBead]] = [[] for _ in sides.sizes]
    searches: list[Search] = []
    for piece in pieces:
        if not min(piece.sizes):
            found[piece.document] += _one_sided(piece, model)
    for batch in _batches([piece for piece in pieces if min(piece.sizes)]):
        for result in _searched(batch, sides, model, given, keep=evidence):
            if isinstance(result, Search):
                searches.append(result)
            else:
                found[result.document] += _one_sided(result, model)
    # The vectors have said what they had to say; of a long document they take much memory.
    given = replace(given, vectors=None, parts={}, channels={}, facts=None)
    learnt = _learnt(sides, searches, given)
    for search in searches:
        if learnt is not None:
            search.learn(model, learnt.of(*search.index), given)
        for piece, beads in zip(search.pieces, search.beads(model), strict=True):
            found[piece.document] += beads
    wider = {piece.document for search in searches if search.widened for piece in search.pieces}
    return [Outcome(sorted(beads, key=_place), document in wider) for document, beads in enumerate(found)]


def _place(bead: RawBead) -> tuple[int, int, int, int]:
    return (*bead.source, *bead.target)


def _pieces(sides: Sides, given: Resources, document: int) -> list[Piece]:
    sources, targets = sides.sizes[document]
    if is_short(sources, targets) or not sources or not targets:
        return [whole_piece(document, (0, sources), (0, targets))]
    own = [np.arange(*_range(side, document)) for side in (sides.source, sides.target)]
    return cut(document, sources, targets, anchors(_channels_of(given, (own[0], own[1]))))


def _channels_of(given: Resources, index: tuple[Ints, Ints]) -> Channels:
    """The channels of the segments `index` of either side alone."""
    return {name: channel.of(*index) for name, channel in given.channels.items()}


def _facts_of(given: Resources, index: tuple[Ints, Ints]) -> tuple[Facts, Facts] | None:
    return given.facts and (given.facts[0].of(index[0]), given.facts[1].of(index[1]))


def _range(side: Side, document: int) -> tuple[int, int]:
    start = int(side.sizes[:document].sum())
    return start, start + int(side.sizes[document])


def _batches(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Pieces of like size together, so that little is padded; the order does not depend on the machine."""
    batch: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: (p.width, p.sizes, p.document, p.source)):
        rows = max([piece.sizes[0], *(p.sizes[0] for p in batch)]) + 1
        if batch and (len(batch) + 1) * rows * piece.width > _BATCH:
            yield batch
            batch = []
        batch.append(piece)
    if batch:
        yield batch


def _searched(
    pieces: list[Piece],
    sides: Sides,
    model: Model,
    given: Resources,
    *,
    keep: bool,
    wider: bool = False,
    level: int = 0,
) -> Iterator[Search | Piece]:
    """The pieces searched, and what of them one side lacks.

    Those whose paths touch the edge of their band are searched again with wider ones, those with leaps in parts.
    """
    if not pieces:
        return
    search = Search.of(pieces, sides, model, given, widened=wider, keep=keep)
    touching = search.touching()
    parted = search.parted() if level < _DEEPEST else {}
    if not touching and not parted:
        yield search
        return
    sound = [number for number in range(len(pieces)) if number not in touching and number not in parted]
    if sound:
        yield search.only(sound, sides, given)
    del search  # what was found for the others is not needed while they are searched again
    parts = [part for found in parted.values() for part in found]
    yield from (part for part in parts if not min(part.sizes))
    waiting = [part for part in parts if min(part.sizes)]
    yield from _searched(waiting, sides, model, given, keep=keep, wider=wider, level=level + 1)
    again = [widened(pieces[number]) for number in touching]
    yield from _searched(again, sides, model, given, keep=keep, wider=True, level=level)


def _learnt(sides: Sides, searches: list[Search], given: Resources) -> Channel | None:
    """What the first pass teaches of each pair's words."""
    if not searches or not (sides.source.sizes + sides.target.sizes >= FEWEST_SEGMENTS).any():
        return None
    met = [search.meetings() for search in searches]
    source, target, value = (np.concatenate([row[column] for row in met]) for column in range(3))
    words = learn(sides, source.astype(np.int64), target.astype(np.int64), value, given.lexicon)
    return None if words is None else learnt_channel(sides, words, given.lexicon)


def _one_sided(piece: Piece, model: Model) -> list[RawBead]:
    (s, s_end), (t, t_end) = piece.source, piece.target
    sure = round(float(calibrated(np.array([piece.probability]), model.calibration)[0]), 4)
    return [RawBead((i, i + 1), (t, t), sure) for i in range(s, s_end)] + [
        RawBead((s, s), (j, j + 1), sure) for j in range(t, t_end)
    ]


@dataclass(slots=True)
class Search:
    """Pieces searched together: their grid, the scores of their beads and the posteriors."""

    pieces: list[Piece]
    parts: Sides
    index: tuple[Ints, Ints]
    grid: Grid
    lattice: Lattice
    scores: Array
    probabilities: Array
    widened: bool
    given: Resources | None
    """What the features were made of, kept only where they are to be asked again for the evidence."""

    @staticmethod
    def of(pieces: list[Piece], sides: Sides, model: Model, given: Resources, *, widened: bool, keep: bool) -> Search:
        """The first pass over `pieces`."""
        grid, parts, index = _laid_out(pieces, sides, max(piece.width for piece in pieces))
        given = _given_of(given, parts, index)
        scores, lattice = bead_scores(model, parts, grid, given), grid.lattice()
        probabilities = _probabilities(scores, grid, lattice)
        return Search(pieces, parts, index, grid, lattice, scores, probabilities, widened, given if keep else None)

    def only(self, numbers: Sequence[int], sides: Sides, given: Resources) -> Search:
        """What was found for some of the pieces; `given` is that of the whole batch."""
        pieces = [self.pieces[number] for number in numbers]
        grid, parts, index = _laid_out(pieces, sides, self.grid.width)
        first = self.lattice.first_rows[numbers]
        _, rows = expand(first, first + self.lattice.sources[numbers] + 1)
        scores, probabilities = (
            values.transpose(2, 0, 1)[:, rows].transpose(1, 2, 0) for values in (self.scores, self.probabilities)
        )
        kept = None if self.given is None else _given_of(given, parts, index)
        return Search(pieces, parts, index, grid, grid.lattice(), scores, probabilities, self.widened, kept)

    def learn(self, model: Model, learnt: Channel, given: Resources) -> None:
        """The second pass: adds what the learnt words say."""
        given = replace(given, channels={"learnt": learnt})
        if self.given is not None:
            self.given = replace(self.given, channels={**self.given.channels, "learnt": learnt})
        self.scores += bead_scores(model, self.parts, self.grid, given, only=("learnt",))
        self.probabilities = _probabilities(self.scores, self.grid, self.lattice)

    def meetings(self) -> tuple[Ints, Ints, Doubles]:
        """Pairs of segments, numbered in the whole batch, and the probability that a bead joins them."""
        source, target, value = meetings(self.grid, self.probabilities)
        return self.index[0][source], self.index[1][target], value

    def touching(self) -> list[int]:
        """The pieces whose best path comes near an edge of its band that is not an edge of the document."""
        if all(piece.whole for piece in self.pieces):
            return []
        return [
            number
            for number, path in enumerate(self._paths())
            if not self.pieces[number].whole and _touches(path, self.lattice, number)
        ]

    def parted(self) -> dict[int, list[Piece]]:
        """The pieces, by number, from which a run of segments is best left out, in the parts that this makes."""
        surplus = np.add.reduceat(self.probabilities.sum(axis=1) @ _SURPLUS, self.lattice.first_rows)
        found: dict[int, list[Piece]] = {}
        for number in np.flatnonzero(surplus >= SHORTEST).tolist():
            piece = self.pieces[number]
            if piece.whole and (gap := self._leap(number)) is not None:
                found[number] = parted_at(piece, gap)
        return found

    def _leap(self, number: int) -> Leap | None:
        rows, columns = (size + 1 for size in self.pieces[number].sizes)
        first = int(self.lattice.first_rows[number])
        alone = Lattice(np.zeros((1, rows), dtype=np.int64), columns, *np.array([[rows - 1], [columns - 1]]))
        scores = self.scores[None, first : first + rows, :columns].astype(np.float64)
        return leap(forward(scores, alone)[0], backward(scores, alone)[0])

    def beads(self, model: Model) -> Iterator[list[RawBead]]:
        """The beads of each piece."""
        paths = self._paths()
        first = self.lattice.first_rows
        cells = np.array(
            [(first[n] + row, column, shape) for n, path in enumerate(paths) for row, column, shape in path]
        )
        at = tuple(cells.reshape(-1, 3).T)
        confidence = iter(calibrated(self.probabilities[at].astype(np.float64), model.calibration).tolist())
        reasons = self._reasons(model, self.given, at) if self.given is not None else repeat(())
        for number, (piece, path) in enumerate(zip(self.pieces, paths, strict=True)):
            low = self.lattice.low[number]
            yield [_bead(piece, low, step, next(confidence), next(reasons)) for step in path]

    def _reasons(self, model: Model, given: Resources, at: tuple[Ints, ...]) -> Iterator[tuple[Evidence, ...]]:
        """What each feature adds to the score of each of the cells, the weightiest first."""
        told = {
            # Rounded as double precision, in which they are told.
            name: np.round(bead_scores(model, self.parts, self.grid, given, only=(name,))[at].astype(float), 2).tolist()
            for name in FEATURES
        }
        for place in range(len(at[0])):
            rows = [Evidence(name, values[place]) for name, values in told.items() if values[place]]
            yield tuple(sorted(rows, key=lambda row: -abs(row.weight)))

    def _paths(self) -> list[list[_Step]]:
        worth = np.where(self.scores > NEVER / 2, self.probabilities - np.float32(RISK), NEVER)
        return best_paths_by_row(self.grid.by_row(worth, NEVER), self.lattice)


def _probabilities(scores: Array, grid: Grid, lattice: Lattice) -> Array:
    """The posterior of each bead, in the rows of the grid.

    In single precision: those of a long document are held until all of it has been searched.
    """
    return grid.of_rows(posteriors_by_row(grid.by_row(scores, NEVER), lattice)[0])


def _bead(piece: Piece, low: Ints, step: _Step, confidence: float, evidence: tuple[Evidence, ...]) -> RawBead:
    row, column, shape = step
    a, b = SHAPES[shape]
    i, j = piece.source[0] + row, piece.target[0] + int(low[row]) + column
    return RawBead((i, i + a), (j, j + b), round(confidence, 4), evidence)


def _touches(path: list[_Step], lattice: Lattice, document: int) -> bool:
    """Whether a path comes near an edge of the band that is not an edge of the document."""
    low, last = lattice.low[document], int(lattice.targets[document])
    for row, column, _ in path:
        left = column < _EDGE and low[row] > 0
        right = column >= lattice.width - _EDGE and low[row] + lattice.width <= last
        if left or right:
            return True
    return False


def _laid_out(pieces: list[Piece], sides: Sides, width: int) -> tuple[Grid, Sides, tuple[Ints, Ints]]:
    """The grid of the pieces, the pieces as documents of a batch, and the numbers of their segments in the larger one.

    Bands are `width` columns wide, which is that of the widest at least.
    """
    lows = [np.clip(piece.low, 0, max(0, piece.sizes[1] + 1 - width)) for piece in pieces]
    return banded_grid([piece.sizes for piece in pieces], lows, width), *_parts(pieces, sides)


def _given_of(given: Resources, parts: Sides, index: tuple[Ints, Ints]) -> Resources:
    """What is given of the segments `index` of either side, which are those of `parts`."""
    given = replace(given, channels=_channels_of(given, index), facts=_facts_of(given, index))
    if given.vectors is None:
        return given
    chosen = Vectors(given.vectors.source[:, index[0]], given.vectors.target[:, index[1]])
    own = {name: (pair[0].of(index[0]), pair[1].of(index[1])) for name, pair in given.parts.items()}
    tokens = given.tokens and (given.tokens[0][index[0]], given.tokens[1][index[1]])
    return replace(given, vectors=_clipped(chosen, parts), parts=own, tokens=tokens)


def _parts(pieces: list[Piece], sides: Sides) -> tuple[Sides, tuple[Ints, Ints]]:
    """The pieces as documents of a batch, and the numbers of their segments in the larger one."""
    ranges: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for piece in pieces:
        for out, side, (first, last) in zip(
            ranges, (sides.source, sides.target), (piece.source, piece.target), strict=True
        ):
            start = int(side.sizes[: piece.document].sum())
            out.append((start + first, start + last))
    index = [np.concatenate([np.arange(*bounds) for bounds in out]) for out in ranges]
    return Sides(sides.source.part(ranges[0]), sides.target.part(ranges[1])), (index[0], index[1])


def _clipped(vectors: Vectors, parts: Sides) -> Vectors:
    """Vectors of groups that would run past a piece's end replaced by those of the part that does not."""
    return Vectors(_clip_side(vectors.source, parts.source), _clip_side(vectors.target, parts.target))


def _clip_side(vectors: Array, side: Side) -> Array:
    ends = np.cumsum(side.sizes)[side.document]
    room = ends - np.arange(len(side.texts))
    out = vectors
    for size in range(2, LARGEST_GROUP + 1):
        past = np.flatnonzero(room < size)
        out[size - 1, past] = vectors[room[past] - 1, past]
    return out
