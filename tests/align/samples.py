"""Texts for the aligner's tests: the news items of this repository as beads, and long documents of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

import bitext
from bitext.model.alignment import Alignment
from bitext.pipeline import Profile

FOLDER = Path(__file__).parents[2] / "aligned"


@dataclass(frozen=True)
class Pair:
    """Sentences of one bead."""

    source: tuple[str, ...]
    target: tuple[str, ...]


@cache
def items() -> tuple[tuple[Pair, ...], ...]:
    """The beads of each news item."""
    return tuple(tuple(_beads(path)) for path in sorted(FOLDER.glob("*/alignment.jsonl")))


def _beads(path: Path) -> Iterator[Pair]:
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        row = cast("dict[str, list[str]]", json.loads(line))
        yield Pair(tuple(row["source"]), tuple(row["target"]))


def long_document(times: int = 1) -> list[Pair]:
    """All items one after another, `times` over, every other sentence told apart by a number of its own."""
    pairs = [pair for _ in range(times) for item in items() for pair in item]
    return [_numbered(pair, 1_000 + 7 * index) if index % 2 else pair for index, pair in enumerate(pairs)]


def _numbered(pair: Pair, number: int) -> Pair:
    if not (pair.source and pair.target):
        return pair
    source = (*pair.source[:-1], f"{pair.source[-1]}（编号{number}）")
    return Pair(source, (*pair.target[:-1], f"{pair.target[-1]} (No. {number})"))


def sides(pairs: Iterable[Pair]) -> tuple[list[str], list[str]]:
    """The sentences of both sides in order."""
    source: list[str] = []
    target: list[str] = []
    for pair in pairs:
        source += pair.source
        target += pair.target
    return source, target


def beads(pairs: Sequence[Pair]) -> list[tuple[range, range]]:
    """The gold beads as ranges of segment numbers."""
    out: list[tuple[range, range]] = []
    source = target = 0
    for pair in pairs:
        out.append((range(source, source + len(pair.source)), range(target, target + len(pair.target))))
        source, target = source + len(pair.source), target + len(pair.target)
    return out


def ranges(alignment: Alignment) -> list[tuple[range, range]]:
    """The beads found."""
    return [(bead.source, bead.target) for bead in alignment.beads]


def texts(alignment: Alignment) -> list[Pair]:
    """The sentences of the beads found."""
    return [
        Pair(
            tuple(alignment.source.segments[index].text for index in bead.source),
            tuple(alignment.target.segments[index].text for index in bead.target),
        )
        for bead in alignment.beads
    ]


def aligned(pairs: Sequence[Pair], profile: Profile = "fast") -> Alignment:
    """The alignment of the sentences of `pairs`."""
    return bitext.align(*sides(pairs), profile=profile)
