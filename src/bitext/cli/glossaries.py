"""Which glossary a run uses: the files of --glossary, else those of the folder glossaries/, else none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bitext.model.findings import Message
from bitext.model.glossary import Glossary

FOLDER = "glossaries"


def chosen(paths: Sequence[str], root: Path = Path()) -> tuple[Glossary, tuple[Message, ...]]:
    """The glossary, and a note if its files were found, in the folder of `root`, rather than named."""
    from bitext.glossaries import read_glossary

    found = paths or discovered(root)
    note = Message.of("report.notes.found-glossaries", paths=", ".join(found))
    return read_glossary(found), (note,) if found and not paths else ()


def discovered(root: Path = Path()) -> list[str]:
    """The paths of the glossaries in the folder of `root`, in order."""
    return sorted(path.as_posix() for path in (root / FOLDER).glob("*.*") if _is_glossary(path))


def _is_glossary(path: Path) -> bool:
    from bitext.formats.glossaries.registry import DISCOVERED

    # Excel keeps a file ~$NAME beside each workbook that is open.
    return path.suffix.lower() in DISCOVERED and not path.name.startswith(("~$", "."))
