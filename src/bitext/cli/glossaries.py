"""Which glossary a run uses: the files of --glossary, else those of the folder glossaries/, else none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bitext.model.findings import Message
from bitext.model.glossary import Glossary

FOLDER = "glossaries"


def chosen(paths: Sequence[str]) -> tuple[Glossary, tuple[Message, ...]]:
    """The glossary, and a note if its files were found rather than named."""
    from bitext import pipeline

    if paths:
        return pipeline.read_glossary(paths), ()
    found = sorted(path.as_posix() for path in Path(FOLDER).glob("*.csv"))
    note = Message.of("report.notes.found-glossaries", paths=", ".join(found))
    return pipeline.read_glossary(found), (note,) if found else ()
