"""MQXLIFF, the bilingual files of memoQ: one segment a unit, with its row status, match rate and lock.

The state of an entry is the row status ("NotStarted", "Edited", "ManuallyConfirmed", "Proofread").
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO

from bitext.formats.bitexts.packages import Comments, Dialect, Facts, Segment, read_package, written_back
from bitext.model.memory import Content, TranslationMemory

_MQ = "{MQXliff}"
_KEPT = ("percent", "locked", "errors", "warnings")


def _facts(segment: Segment, _: Comments) -> Facts:
    unit = segment.unit.element
    rows = tuple((name, told) for name in _KEPT if (told := unit.get(f"{_MQ}{name}")) not in ("", "false"))
    return Facts(unit.get(f"{_MQ}status"), segment.unit.notes, rows, any(name == "locked" for name, _ in rows))


DIALECT = Dialect(_facts)


def read(stream: BinaryIO, path: str, *, places: bool = False) -> TranslationMemory:
    """The segments of a file. Raises InputError with line and column, most of it while entries are taken."""
    return read_package(stream, path, DIALECT, places=places)


def write_back(original: bytes, targets: Mapping[str, Content]) -> bytes:
    """The file `original` with `targets`, by the ids of its entries, as translations; every other byte stays.

    Raises InputError for ids and codes that the file does not have, and for locked segments.
    """
    return written_back(original, targets, DIALECT)
