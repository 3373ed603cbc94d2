"""What stands where within one side of a unit: its segments, kept as a property (`0-37 38-50` are ranges of its text),
and its inline codes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bitext.model.memory import Code

_RANGES = re.compile(r"[0-9]{1,9}-[0-9]{1,9}(?: [0-9]{1,9}-[0-9]{1,9})++")


def join(segments: Sequence[str], joiner: str) -> tuple[str, str]:
    """The text of `segments`, and where they stand in it; the latter is empty where there are fewer than two."""
    ranges: list[str] = []
    start = 0
    for segment in segments:
        ranges.append(f"{start}-{start + len(segment)}")
        start += len(segment) + len(joiner)
    return joiner.join(segments), " ".join(ranges) if len(ranges) > 1 else ""


def segments_of(text: str, told: str, joiner: str) -> list[str]:
    """The segments that `join` made `text` of; the whole text where `told` is not what `join` tells of it."""
    if not _RANGES.fullmatch(told):
        return [text]
    ranges = [(int(start), int(end)) for start, _, end in (part.partition("-") for part in told.split(" "))]
    segments = [text[start:end] for start, end in ranges]
    ordered = all(start <= end for start, end in ranges) and all(a[1] <= b[0] for a, b in pairwise(ranges))
    return segments if ordered and join(segments, joiner) == (text, told) else [text]


def in_order(codes: Sequence[Code], length: int) -> bool:
    """Whether the codes stand one after another within a text of `length` characters."""
    offsets = [0, *(code.offset for code in codes), length]
    return all(a <= b for a, b in pairwise(offsets))
