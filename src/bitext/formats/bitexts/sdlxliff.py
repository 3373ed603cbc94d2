"""SDLXLIFF, the bilingual files of Trados Studio: segments with their confirmation level, match and lock.

The state of an entry is the confirmation level ("Draft", "Translated", "ApprovedSignOff"). Text that a tracked change
deletes is left out, and what a comment says is a note of its segment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from bitext.formats.bitexts.packages import Comments, Dialect, Facts, Segment, read_package, written_back
from bitext.model.memory import Content, TranslationMemory

_SDL = "{http://sdl.com/FileTypes/SdlXliff/1.0}"
_KEPT = ("percent", "origin", "origin-system", "text-match", "struct-match", "locked")


def _facts(segment: Segment, comments: Comments) -> Facts:
    told = segment.unit.definitions.get(segment.mid)
    rows = [(name, told.get(name)) for name in _KEPT] if told is not None else []
    properties = tuple(row for row in rows if row[1] and row != ("locked", "false"))
    return Facts(
        state=told.get("conf") if told is not None else "",
        notes=tuple(comments[name] for name in dict.fromkeys(_comment_ids(segment)) if comments.get(name)),
        properties=properties,
        locked=("locked", "true") in properties,
    )


def _comment_ids(segment: Segment) -> Iterator[str]:
    for side in (segment.source, segment.target):
        for part in side.walk() if side is not None else ():
            if part.name == "mrk" and part.get("mtype") == "x-sdl-comment":
                yield part.get(f"{_SDL}cid")


DIALECT = Dialect(_facts, deleted="x-sdl-deleted", comments="cmt-defs")


def read(stream: BinaryIO, path: str, *, places: bool = False) -> TranslationMemory:
    """The segments of a file. Raises InputError with line and column, most of it while entries are taken."""
    return read_package(stream, path, DIALECT, places=places)


def write_back(original: bytes, targets: Mapping[str, Content]) -> bytes:
    """The file `original` with `targets`, by the ids of its entries, as translations; every other byte stays.

    Raises InputError for ids and codes that the file does not have, and for locked segments.
    """
    return written_back(original, targets, DIALECT)
