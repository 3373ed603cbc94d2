"""What is done with glossaries by themselves: read, converted, compared with an archive of pages.

Each function returns a value; nothing is written or printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bitext import pipeline
from bitext.errors import InputError
from bitext.model.documents import Language
from bitext.model.findings import Message
from bitext.model.glossary import Glossary

if TYPE_CHECKING:
    from bitext.formats.glossaries.reading import Reading, Written
    from bitext.terms.lint import Remark

GLOSSARY_LIMIT = 100 * 1024 * 1024
"""Bytes above which a glossary is refused."""


def read_glossary(paths: Sequence[str]) -> Glossary:
    """The glossary of all concepts in the files `paths`. Raises InputError with the place of what is wrong."""
    return read_noted(paths).glossary


def read_noted(paths: Sequence[str]) -> Reading:
    """The glossary of all concepts in the files `paths`, and what of the files it does not hold. Raises InputError."""
    from bitext.formats.files import read_bytes
    from bitext.formats.glossaries import registry
    from bitext.formats.glossaries.reading import Reading

    for path in paths:
        registry.require_suffix(path)
    readings = [registry.read(read_bytes(path, GLOSSARY_LIMIT), path) for path in paths]
    notes = tuple(note for reading in readings for note in reading.notes)
    return Reading(Glossary.merged(reading.glossary for reading in readings), notes)


def convert_glossary(path: str, target: str, dialect: str | None = None) -> Written:
    """The glossary in the file `path` in the format that the suffix of `target` tells; nothing is written.

    The notes tell what was not read and what the format has no place for. Raises InputError for a file that cannot be
    read or holds what the format cannot, ConfigError for a suffix or a dialect that cannot be written.
    """
    from bitext.formats.files import read_bytes
    from bitext.formats.glossaries import registry
    from bitext.formats.glossaries.reading import Written

    registry.require_writable(target, dialect)
    registry.require_suffix(path)
    reading = registry.read(read_bytes(path, GLOSSARY_LIMIT), path)
    written = registry.write(reading.glossary, target, dialect)
    return Written(written.data, (*reading.notes, *written.notes))


def lint_glossary(glossary: Glossary, archive: str | None = None) -> tuple[tuple[Remark, ...], int]:
    """What is doubtful in a glossary, and the number of pages of the folder `archive` that it was compared with.

    Raises InputError if the folder holds no page named zh.* or en.*, or one that cannot be read.
    """
    from bitext.terms.lint import remarks

    pages = None if archive is None else [pipeline.read(path, language) for path, language in _archived(archive)]
    return remarks(glossary, pages), len(pages or ())


def _archived(folder: str) -> list[tuple[str, Language]]:
    """The pages zh.* and en.* in `folder` and below it, in order."""
    from bitext.formats.detect import ACCEPTED_SUFFIXES

    found: list[tuple[str, Language]] = [
        (str(path), "zh" if path.stem == "zh" else "en")
        for path in sorted(Path(folder).rglob("*.*"))
        if path.stem in ("zh", "en") and path.suffix.lower() in ACCEPTED_SUFFIXES
    ]
    if not found:
        raise InputError(Message.of("errors.archive.empty"), folder)
    return found
