"""Which waiver files a run uses: those of --waivers, else the files named so beside the pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bitext.model.findings import ListedWaiver, Message

NAME = "bitext-waivers.csv"


def chosen(given: Sequence[str], pages: Sequence[str]) -> tuple[tuple[ListedWaiver, ...], tuple[Message, ...]]:
    """The waivers, and a note if their files were found beside `pages` rather than given."""
    from bitext import pipeline

    if given:
        return pipeline.read_waivers(given), ()
    beside = dict.fromkeys(Path(page).with_name(NAME) for page in pages if Path(page).name)
    found = [path.as_posix() for path in beside if path.is_file()]
    note = Message.of("waivers.notes.found", paths=", ".join(found))
    return pipeline.read_waivers(found), (note,) if found else ()
