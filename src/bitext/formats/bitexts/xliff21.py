"""XLIFF 2.1 chosen by name: read as XLIFF of any version is, written in version 2.1."""

from __future__ import annotations

from collections.abc import Iterator

from bitext.formats.bitexts import xliff
from bitext.formats.bitexts.xliff import read
from bitext.model.glossary import Glossary
from bitext.model.memory import TranslationMemory

__all__ = ["read", "write"]


def write(memory: TranslationMemory, *, glossary: Glossary | None = None) -> Iterator[bytes]:
    """`memory` as an XLIFF 2.1 file, in pieces, with the concepts of `glossary` whose terms stand in it.

    Raises InputError for half of a surrogate pair.
    """
    return xliff.write(memory, version="2.1", glossary=glossary)
