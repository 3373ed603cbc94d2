"""The zip archives that the files of office programs are, opened within bounds."""

from __future__ import annotations

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

DAMAGED = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError, OverflowError)
"""What the standard library raises for archives that are damaged or packed in ways it does not know."""

_DIRECTORY_LIMIT = 4 * 1024 * 1024
"""Bytes of the list of parts. Ten thousand of them have a quarter of this."""


def opened(data: bytes) -> ZipFile:
    """The archive in `data`, of which nothing is unpacked yet. Raises one of DAMAGED for what is none.

    So it is for one whose list of parts is longer than that of any document: the whole list is read at once.
    """
    end = data.rfind(b"PK\x05\x06")
    if end < 0 or int.from_bytes(data[end + 12 : end + 16], "little") > _DIRECTORY_LIMIT:
        raise BadZipFile
    return ZipFile(BytesIO(data))
