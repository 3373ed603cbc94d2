"""Operations on arrays of small numbers, which tables do many times faster than sorting does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int64]

_DENSE: Final = 32
"""Numbers up to this many times their count are told apart by marking a table rather than by sorting."""
_HALF: Final = 16
_SMALL: Final = 1 << _HALF
"""Numbers below this have tables in any case, and are ordered by counting them."""


def distinct(values: Ints) -> Ints:
    """The values, none negative, each once, in order. (`np.unique` hashes them, which takes many times as long.)"""
    size = int(values.max(initial=-1)) + 1
    if size <= _DENSE * len(values):
        return np.flatnonzero(marked(size, values))
    values = np.sort(values)
    out: Ints = values[np.diff(values, prepend=-1) != 0]
    return out


def marked(count: int, numbers: Ints) -> npt.NDArray[np.bool_]:
    """A table of `count` truth values that are true for the numbers."""
    out = np.zeros(count, dtype=bool)
    out[numbers] = True
    return out


def summed(keys: Ints, values: npt.NDArray[np.float64]) -> tuple[Ints, npt.NDArray[np.float64]]:
    """The distinct keys, in order, and the sum of the values of each, added up in the order in which they come."""
    order = in_order(keys)
    ordered = keys[order]
    begins = np.diff(ordered, prepend=-1) != 0
    number = np.cumsum(begins) - 1
    totals = np.bincount(number, values[order], minlength=int(number[-1]) + 1 if len(number) else 0)
    return ordered[begins], totals.astype(np.float64)


def expand(begin: Ints, end: Ints) -> tuple[Ints, Ints]:
    """All indices of the ranges [begin, end), and the range each belongs to."""
    sizes = end - begin
    owner = np.repeat(np.arange(len(sizes)), sizes)
    offset = np.repeat(begin - (np.cumsum(sizes) - sizes), sizes)
    offset += np.arange(len(offset))
    return owner, offset


def in_order(values: Ints) -> Ints:
    """The order, stable, in which the values, none negative, rise."""
    largest = int(values.max(initial=0))
    if largest >= _SMALL * _SMALL:
        return np.argsort(values, kind="stable")
    # Sixteen bits are ordered by counting; by the upper ones, what the lower ones have ordered stays so.
    order = np.argsort(values.astype(np.uint16), kind="stable")
    if largest < _SMALL:
        return order
    upper = (values >> _HALF).astype(np.uint16)
    return order[np.argsort(upper[order], kind="stable")]


@dataclass(frozen=True, slots=True)
class Numbered:
    """Distinct values in order, by which they are numbered; `table` holds the number of each value, where they fit, and
    of all larger ones at its end."""

    values: Ints
    table: npt.NDArray[np.int32] | None

    @staticmethod
    def of(values: Ints) -> Numbered:
        """The numbers of the values, none of which is negative."""
        found = distinct(values)
        size = int(found[-1]) + 1 if len(found) else 0
        if size > _DENSE * len(values) + _SMALL:
            return Numbered(found, None)
        table = np.full(size + 1, -1, dtype=np.int32)
        table[found] = np.arange(len(found))
        return Numbered(found, table)

    def number(self, values: Ints) -> Ints:
        """The number of each of the values, -1 of those that have none."""
        if not len(self.values):
            return np.full(len(values), -1, dtype=np.int64)
        if self.table is None:
            place = np.minimum(np.searchsorted(self.values, values), len(self.values) - 1)
            return np.where(self.values[place] == values, place, -1)
        return self.table.take(values, mode="clip").astype(np.int64)
