"""Counts what a format has no place for, for the notes of a conversion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bitext.model.findings import Message


class Loss:
    """How many values of each field were kept in notes, and how many were left out."""

    def __init__(self) -> None:
        self._kept: Counter[str] = Counter()
        self._left: Counter[str] = Counter()

    def kept(self, field: str) -> None:
        """Counts a value of `field` that stands in a note."""
        self._kept[field] += 1

    def left(self, field: str) -> None:
        """Counts a value of `field` that is not in the file."""
        self._left[field] += 1

    def notes(self, format: str) -> Iterator[Message]:  # noqa: A002
        """What became of the values that `format` has no place for."""
        for key, counts in (("kept", self._kept), ("left", self._left)):
            if counts:
                fields = ", ".join(f"{name} ({n})" for name, n in sorted(counts.items()))
                yield Message.of(f"glossaries.write.{key}", format=format, fields=fields)
