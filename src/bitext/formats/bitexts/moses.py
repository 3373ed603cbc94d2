"""A pair of plain files with a line for each unit, as the Moses tools and most training data have it.

This is the one format of two files, so its functions take and give pairs. A blank line has no counterpart.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import PurePath
from typing import BinaryIO

from bitext.errors import InputError
from bitext.formats.bitexts.headers import is_tag
from bitext.formats.bitexts.lines import Line, read_lines
from bitext.formats.bitexts.text import encoded
from bitext.model.findings import Message
from bitext.model.memory import Content, Entry, Header, TranslationMemory
from bitext.text.display import unbroken


def read_pair(source: BinaryIO, target: BinaryIO, paths: tuple[str, str]) -> TranslationMemory:
    """The units of two streams; the languages are the suffixes of `paths` (news.zh, news.en) where these are tags.

    Raises InputError, while units are taken, if one file has more lines than the other.
    """
    rows = (read_lines(stream, path).rows for stream, path in zip((source, target), paths, strict=True))
    first, second = (PurePath(path).suffix[1:] for path in paths)
    header = Header(first, second) if is_tag(first) and is_tag(second) and first != second else Header()
    return TranslationMemory(header, _entries(zip_longest(*rows), paths))


def _entries(pairs: Iterator[tuple[Line | None, ...]], paths: tuple[str, str]) -> Iterator[Entry]:
    number = 0
    for number, pair in enumerate(pairs, start=1):
        for line, path, other in zip(pair, paths, reversed(paths), strict=True):
            if line is None:
                raise InputError(Message.of("bitexts.moses.shorter", lines=number - 1, other=other), path)
        source, target = (Content(line.bare) if line is not None and line.bare else None for line in pair)
        yield Entry(str(number), source, target)


def write_pair(memory: TranslationMemory) -> Iterator[tuple[bytes, bytes]]:
    """Line by line, both files as UTF-8 with line feeds; line breaks within a text become spaces."""
    for entry in memory.entries:
        source, target = ("\n" if side is None else f"{unbroken(side.text)}\n" for side in (entry.source, entry.target))
        first, second = encoded((source, target))
        yield first, second
