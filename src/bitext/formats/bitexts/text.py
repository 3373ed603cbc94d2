"""What all writers of text share: bytes in pieces of a good size, and what no text file can hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bitext.errors import InputError
from bitext.model.findings import Message

_PIECE = 1 << 16
_NEVER = re.compile("[\0\ud800-\udfff]")


def encoded(rows: Iterable[str]) -> Iterator[bytes]:
    """Each row as UTF-8. Raises InputError for a zero character and for half a surrogate pair."""
    for number, row in enumerate(rows, start=1):
        if bad := _NEVER.search(row):
            raise InputError(Message.of("bitexts.unwritable", code=f"U+{ord(bad[0]):04X}", row=number))
        yield row.encode("utf-8")


def pieces(rows: Iterable[bytes]) -> Iterator[bytes]:
    """`rows` joined to pieces that are worth a system call each."""
    held: list[bytes] = []
    size = 0
    for row in rows:
        held.append(row)
        size += len(row)
        if size >= _PIECE:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)
