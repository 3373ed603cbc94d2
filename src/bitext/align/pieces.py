"""Cuts pairs of documents into pieces that can be searched, each with its band.

A pair of short documents is one piece in which every path is searched. In a long one the band follows the anchors;
where they leap (a chapter left out, a preface put in) the leap is a piece of its own, searched whole. As one false
anchor makes a leap too, such a piece reaches on both sides to where two anchors stand close together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from bitext.align.grid import diagonal_band
from bitext.align.leaps import Leap

Ints: TypeAlias = npt.NDArray[np.int64]

FULL: Final = 10_000
"""Cells up to which a piece is searched whole."""
_SMALL: Final = 2_500
"""Cells up to which a stretch of a long document is searched whole."""
_LARGEST_LEAP: Final = 1_000_000
"""Cells up to which a leap is searched whole."""
_LEAP: Final = 24
"""Segments by which the way between two anchors may differ from the expected one before it counts as a leap."""
_CLOSE: Final = 6
_STRAIGHT: Final = 3
"""Source segments between two anchors that make each other firm, and target segments beside the expected way."""
_STRETCH: Final = 150
"""Source segments that a stretch of a long document has at least."""
_NARROWEST, _WIDEST = 33, 161
"""Columns of a band at first."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Source segments [source[0], source[1]) against target segments [target[0], target[1]) of one document.

    `low` is the band's first target point, counted from the piece's start, at each source point; `width` its columns.
    Of a piece of one side `probability` is that the other side lacks it.
    """

    document: int
    source: tuple[int, int]
    target: tuple[int, int]
    low: Ints
    width: int
    probability: float = 1.0

    @property
    def sizes(self) -> tuple[int, int]:
        """Numbers of source and target segments."""
        return self.source[1] - self.source[0], self.target[1] - self.target[0]

    @property
    def whole(self) -> bool:
        """Whether the band holds all cells."""
        return self.width > self.sizes[1]


def whole_piece(document: int, source: tuple[int, int], target: tuple[int, int]) -> Piece:
    """A piece without a band."""
    low = np.zeros(source[1] - source[0] + 1, dtype=np.int64)
    return Piece(document, source, target, low, target[1] - target[0] + 1)


def is_short(sources: int, targets: int) -> bool:
    """Whether a pair of documents of these sizes is searched whole."""
    return (sources + 1) * (targets + 1) <= FULL


def cut(document: int, sources: int, targets: int, anchors: Ints) -> list[Piece]:
    """The pieces of a long pair of documents along its anchors (rows of source and target segment)."""
    points = np.concatenate([[[0, 0]], anchors, [[sources, targets]]])
    points = points[np.concatenate([[True], np.diff(points, axis=0).sum(axis=1) > 0])]
    steps = np.diff(points, axis=0)
    ratio = np.median(steps[:, 1] / np.maximum(steps[:, 0], 1)) if len(steps) > 8 else targets / sources
    aside = np.abs(steps[:, 1] - steps[:, 0] * ratio)
    leaps = np.flatnonzero(aside > _LEAP + 0.3 * steps[:, 0])
    close = (steps[:, 0] <= _CLOSE) & (aside <= _STRAIGHT)
    firm = np.concatenate([[True], close]) | np.concatenate([close, [True]])
    pieces: list[Piece] = []
    first = 0
    for start, end in [*_leaps(points, leaps.tolist(), firm), (len(steps), len(steps))]:
        if start > first:
            cuts = _stretches(points, first, start)
            pieces += [_banded(document, points[begin : until + 1]) for begin, until in cuts]
        if start < len(steps):
            pieces.append(_leap(document, points[start], points[end]))
        first = end
    return pieces


def _leaps(points: Ints, leaps: list[int], firm: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """First and last point of each leap between firm points; those that meet are one."""
    held: tuple[int, int] | None = None
    for leap in leaps:
        start, end = _widened(points, leap, firm)
        if held and start < held[1] and _cells(points[held[0]], points[max(end, held[1])]) <= _LARGEST_LEAP:
            held = held[0], max(end, held[1])
        else:
            if held:
                yield held
            held = max(start, held[1] if held else 0), end
    if held:
        yield held


def _widened(points: Ints, leap: int, firm: npt.NDArray[np.bool_]) -> tuple[int, int]:
    """The firm points around the step from the point `leap`, as far as the piece stays small enough."""
    start, end = leap, leap + 1
    while not firm[start] and _cells(points[start - 1], points[end]) <= _LARGEST_LEAP:
        start -= 1
    while not firm[end] and _cells(points[start], points[end + 1]) <= _LARGEST_LEAP:
        end += 1
    return start, end


def _cells(start: Ints, end: Ints) -> int:
    sources, targets = (end - start).tolist()
    return int((sources + 1) * (targets + 1))


def _stretches(points: Ints, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Cuts a run of points where two anchors follow each other on both sides, so that no bead can cross the cut.

    Each stretch has its own band, and what is counted by document (how rare a word is) is counted near by.
    """
    start = first
    for place in range(first + 1, last):
        near = (points[place] - points[place - 1] == 1).all()
        if near and points[place, 0] - points[start, 0] >= _STRETCH <= points[last, 0] - points[place, 0]:
            yield start, place
            start = place
    yield start, last


def _leap(document: int, start: Ints, end: Ints) -> Piece:
    sizes = (end - start).tolist()
    if (sizes[0] + 1) * (sizes[1] + 1) <= _LARGEST_LEAP:
        return whole_piece(document, (int(start[0]), int(end[0])), (int(start[1]), int(end[1])))
    return _banded(document, np.stack([start, end]))


def _banded(document: int, points: Ints) -> Piece:
    start, end = points[0], points[-1]
    source, target = (int(start[0]), int(end[0])), (int(start[1]), int(end[1]))
    sizes = source[1] - source[0], target[1] - target[0]
    if (len(points) == 2 and is_short(*sizes)) or (sizes[0] + 1) * (sizes[1] + 1) <= _SMALL:
        return whole_piece(document, source, target)
    gap = int(np.diff(points[:, 0]).max())
    width = min(int(np.clip(_NARROWEST + gap, _NARROWEST, _WIDEST)), sizes[1] + 1)
    if len(points) == 2:
        low = diagonal_band(*sizes, width)
    else:
        centre = np.interp(np.arange(source[0], source[1] + 1), points[:, 0], points[:, 1]).round().astype(np.int64)
        low = np.maximum.accumulate(np.clip(centre - target[0] - width // 2, 0, sizes[1] + 1 - width))
    piece = Piece(document, source, target, low, width)
    while not piece.whole and np.diff(piece.low).max() > piece.width // 2:
        piece = widened(piece)  # a row's band must overlap the next one's
    return piece


def widened(piece: Piece) -> Piece:
    """The piece with a band of twice the width, or whole if that is all."""
    sizes = piece.sizes
    width = min(2 * piece.width, sizes[1] + 1)
    low = np.clip(piece.low - (width - piece.width) // 2, 0, sizes[1] + 1 - width)
    return Piece(piece.document, piece.source, piece.target, low, width)


def parted_at(piece: Piece, gap: Leap) -> list[Piece]:
    """A piece without a band in three: before the gap, the gap, behind it. Parts without any segment are left out."""
    (s, s_end), (t, t_end) = piece.source, piece.target
    ranges = (
        ((s, s + gap.source[0]), (t, t + gap.target[0])),
        ((s + gap.source[0], s + gap.source[1]), (t + gap.target[0], t + gap.target[1])),
        ((s + gap.source[1], s_end), (t + gap.target[1], t_end)),
    )
    before, lacking, behind = (whole_piece(piece.document, *both) for both in ranges)
    lacking = replace(lacking, probability=gap.probability)
    return [part for part in (before, lacking, behind) if any(part.sizes)]
