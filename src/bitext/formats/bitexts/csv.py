"""Translation units as comma-separated values, as `tsv` has them.

What is read may be parted by commas, semicolons or tabs; what is written begins with a byte order mark, by which
spreadsheet programs on Windows know UTF-8, and has the line ends of RFC 4180.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from bitext.formats.bitexts.lines import read_lines
from bitext.formats.bitexts.tsv import read_table, write_table
from bitext.model.memory import TranslationMemory


def read(stream: BinaryIO, path: str, *, places: bool = False) -> TranslationMemory:
    """The units of a table. Raises InputError with line and column, some of it while units are taken."""
    return read_table(read_lines(stream, path, places=places), path, "", places=places)


def write(memory: TranslationMemory) -> Iterator[bytes]:
    """The table as UTF-8 with a mark. Inline codes and properties are left out."""
    return chain((codecs.BOM_UTF8,), write_table(memory, ",", "\r\n"))
