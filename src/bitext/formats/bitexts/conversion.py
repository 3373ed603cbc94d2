"""From one format of bitexts to another, unit by unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from bitext.formats.bitexts import moses, xliff21
from bitext.formats.bitexts.losses import Losses
from bitext.formats.bitexts.registry import Kind, module_of
from bitext.model.glossary import Glossary
from bitext.model.memory import TranslationMemory


def read_as(kind: Kind, streams: Sequence[BinaryIO], paths: Sequence[str]) -> TranslationMemory:
    """The units of a file, or of a pair of files, of `kind`, as a stream. Raises InputError, later too."""
    if kind.files == 2:
        return moses.read_pair(streams[0], streams[1], (paths[0], paths[1]))
    return module_of(kind).read(streams[0], paths[0])


def written_as(
    kind: Kind, memory: TranslationMemory, losses: Losses, glossary: Glossary | None = None
) -> Iterator[tuple[bytes, ...]]:
    """The contents of the file, or of the pair of files, of `kind` in pieces; `losses` is told what is left out.

    XLIFF 2 carries the concepts of the `glossary`; no other kind may be given one.
    """
    counted = losses.counted(memory)
    if glossary is not None:
        return ((piece,) for piece in xliff21.write(counted, glossary=glossary))
    if kind.files == 2:
        return iter(moses.write_pair(counted))
    return ((piece,) for piece in module_of(kind).write(counted))
