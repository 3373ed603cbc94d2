"""Runs of segments that one side lacks: a chapter left out, a list of links put in.

A bead of one side says of one segment that the other side lacks it, and costs as much as is rare in pairs where such
segments stand alone. Of forty in a row each costs that again, and it becomes cheaper to join them to what they have
nothing to do with. But they are one event. So a whole lattice is also asked for its best leap: how far do paths come
up to a point, how far from another one, straight below or beside it, to the end?
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from bitext.align.search import Doubles

SHORTEST: Final = 6
"""Segments of the shortest run that counts as one event."""


@dataclass(frozen=True, slots=True)
class Leap:
    """Rows [`source[0]`, `source[1]`) and columns [`target[0]`, `target[1]`), of which one are none, that are left out.

    `probability` is that of leaving them out as a whole, against all paths that do not.
    """

    source: tuple[int, int]
    target: tuple[int, int]
    probability: float


def leap(ahead: Doubles, behind: Doubles) -> Leap | None:
    """What is best left out as a whole; None if nothing is.

    `ahead` and `behind` are the log-sums of the paths to and from each point of a lattice, (rows, columns), with
    `ahead[-1, -1]` as that of all. A leap costs the logarithm of the number of leaps there could have been.
    """
    total, cost = float(ahead[-1, -1]), float(np.log(ahead.size * sum(ahead.shape) / 2))
    across = _best(ahead, behind)
    down = _best(ahead.T, behind.T)
    gain = max(across[0], down[0]) - cost - total
    if gain <= 0:
        return None
    probability = float(1.0 / (1.0 + np.exp(-gain)))
    if across[0] >= down[0]:
        _, i, j, j2 = across
        return Leap((i, i), (j, j2), probability)
    _, j, i, i2 = down
    return Leap((i, i2), (j, j), probability)


def _best(ahead: Doubles, behind: Doubles) -> tuple[float, int, int, int]:
    """The best leap along a row: its worth, its row, its first column and the one behind its last."""
    if ahead.shape[1] <= SHORTEST:
        return -np.inf, 0, 0, 0
    so_far = np.maximum.accumulate(ahead, axis=1)[:, :-SHORTEST]
    worth = so_far + behind[:, SHORTEST:]
    row, column = divmod(int(worth.argmax()), worth.shape[1])
    first = int(ahead[row, : column + 1].argmax())
    return float(worth[row, column]), row, first, column + SHORTEST
