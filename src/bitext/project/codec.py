"""Frozen values of the model to compact bytes and back, for a cache that travels between machines.

The bytes are JSON, laid out by columns: many values of one dataclass are one list a field, so that the thousands of
small values of a page are decoded by a few passes over plain lists. Types come from the annotations of the dataclasses,
nothing in the bytes names one, and what does not fit them is refused: unlike pickles, bytes of a stranger can do no
more than be refused.

Known are str, int, float, bool, unions of these, literals, enums of strings, ranges of step 1, tuples, dataclasses, and
any of them or None.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from itertools import chain
from math import isfinite
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from bitext.model import findings

T = TypeVar("T")

_PLAIN = (str, int, float, bool)


class Refused(ValueError):
    """Bytes that are not those of a value of the wanted type, or a value that has no bytes."""


@dataclass(frozen=True, slots=True)
class _Column:
    """How many values of one type are laid out, and how so many of them are read from what was laid out."""

    lay: Callable[[Sequence[Any]], Any]
    read: Callable[[Any, int], Sequence[Any]]


def encode(value: object) -> bytes:
    """The bytes of `value`, a dataclass of known types. Raises Refused for a number that is not finite."""
    column = _column(cast("Hashable", type(value)))
    try:
        text = json.dumps(column.lay([value]), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError) as error:
        raise Refused(str(error)) from error
    return text.encode("utf-8", "surrogatepass")


def decode(data: bytes, kind: type[T]) -> T:
    """The value of type `kind` that `data` are the bytes of. Raises Refused for any other data."""
    column = _column(cast("Hashable", kind))
    try:
        (value,) = column.read(json.loads(data.decode("utf-8", "surrogatepass")), 1)
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise Refused(str(error)) from error
    return cast("T", value)


@cache
def _column(kind: Hashable) -> _Column:
    origin, arguments = get_origin(kind), get_args(kind)
    if kind in _PLAIN:
        return _plain((kind,))
    if origin is Literal:
        return _chosen(dict(zip(arguments, arguments, strict=True)), list)
    if origin in (Union, UnionType):
        return _union(arguments)
    if origin is tuple:
        return _tuples(arguments[0]) if arguments[1:] == (Ellipsis,) else _record(arguments, _rows, tuple)
    if kind is range:
        return _record((int, int), _bounds, _range)
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _chosen({member.value: member for member in kind}, lambda values: [one.value for one in values])
    raise TypeError(f"no layout for {kind!r}")


def _counted(found: Any, count: int) -> list[Any]:
    if type(found) is not list or len(found) != count:
        raise Refused("not the number of values that belongs here")
    return found


def _plain(kinds: tuple[type, ...]) -> _Column:
    if not set(kinds) <= set(_PLAIN):
        raise TypeError(f"no layout for {kinds!r}")
    # A whole number is a float too, but a truth is no number.
    accepted = {*kinds, int} if float in kinds else set(kinds)

    def read(found: Any, count: int) -> Sequence[Any]:
        if not accepted.issuperset(map(type, _counted(found, count))):
            raise Refused("a value of another type")
        if float in kinds and not all(isfinite(one) for one in found if type(one) is float):
            raise Refused("a number that is not finite")
        return cast("list[Any]", found)

    def lay(values: Sequence[Any]) -> list[Any]:
        if not accepted.issuperset(map(type, values)):
            raise TypeError("a value of another type")
        return list(values)

    return _Column(lay, read)


def _chosen(members: dict[Any, Any], lay: Callable[[Sequence[Any]], list[Any]]) -> _Column:
    return _Column(lay, lambda found, count: [members[one] for one in _counted(found, count)])


def _union(kinds: tuple[Any, ...]) -> _Column:
    inner = tuple(kind for kind in kinds if kind is not NoneType)
    if len(inner) < len(kinds):
        return _optional(_column(inner[0]) if len(inner) == 1 else _plain(inner))
    return _plain(inner)


def _optional(inner: _Column) -> _Column:
    """The places of those that are there, then they themselves."""

    def lay(values: Sequence[Any]) -> list[Any]:
        there = [index for index, value in enumerate(values) if value is not None]
        return [there, inner.lay([values[index] for index in there])]

    def read(found: Any, count: int) -> Sequence[Any]:
        there, dense = _counted(found, 2)
        places = _wholes(there, len(there))
        values: list[Any] = [None] * count
        for index, value in zip(places, inner.read(dense, len(places)), strict=True):
            if index >= count:
                raise Refused("a place that is not there")
            values[index] = value
        return values

    return _Column(lay, read)


def _wholes(found: Any, count: int) -> list[int]:
    numbers = _counted(found, count)
    if not {int}.issuperset(map(type, numbers)) or min(numbers, default=0) < 0:
        raise Refused("not a count")
    return numbers


def _tuples(kind: Any) -> _Column:
    """The lengths, then all members in one row."""
    inner = _column(kind)

    def lay(values: Sequence[Any]) -> list[Any]:
        return [list(map(len, values)), inner.lay(list(chain.from_iterable(values)))]

    def read(found: Any, count: int) -> Sequence[Any]:
        lengths, flat = _counted(found, 2)
        members = inner.read(flat, sum(_wholes(lengths, count)))
        rows, start = [], 0
        for length in lengths:
            rows.append(tuple(members[start : start + length]))
            start += length
        return rows

    return _Column(lay, read)


def _record(kinds: Sequence[Any], part: Callable[[Any], Iterable[Any]], make: Callable[..., Any]) -> _Column:
    """One column for each part of a value. `part` takes a value apart and `make` puts its parts together."""
    columns = [_column(kind) for kind in kinds]

    def lay(values: Sequence[Any]) -> list[Any]:
        parts = list(zip(*map(part, values), strict=True)) if values else [()] * len(columns)
        return [column.lay(row) for column, row in zip(columns, parts, strict=True)]

    def read(found: Any, count: int) -> Sequence[Any]:
        rows = [column.read(row, count) for column, row in zip(columns, _counted(found, len(columns)), strict=True)]
        return list(map(make, *rows)) if make is not tuple else list(zip(*rows, strict=True))

    return _Column(lay, read)


def _rows(value: tuple[Any, ...]) -> tuple[Any, ...]:
    return value


def _bounds(value: range) -> tuple[int, int]:
    if value.step != 1:
        raise TypeError("a range with steps")
    return value.start, value.stop


def _range(start: int, stop: int) -> range:
    return range(start, stop)


def _dataclass(kind: type[Any]) -> _Column:
    names = [one.name for one in fields(kind)]
    # Some annotations name what their module imports for types only.
    known = {name: value for name, value in vars(findings).items() if isinstance(value, type)}
    hints = get_type_hints(kind, localns=known)
    if len(names) == 1:
        single = attrgetter(names[0])
        return _record([hints[names[0]]], lambda value: (single(value),), kind)
    return _record([hints[name] for name in names], attrgetter(*names), kind)
