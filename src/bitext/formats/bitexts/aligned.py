"""An alignment as a translation memory: one unit a bead."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from bitext.formats.bitexts.segments import join
from bitext.model.alignment import Alignment
from bitext.model.documents import SegmentedDocument
from bitext.model.memory import Content, Entry, Header, Properties, TranslationMemory

_JOINERS = {"zh": "", "en": " "}


def memory_of(alignment: Alignment) -> TranslationMemory:
    """The beads of `alignment` as units: the texts of their segments joined as the language writes them, and where
    the segments stand in them."""
    source, target = alignment.source.document, alignment.target.document
    header = Header(
        source_language=source.language,
        target_language=target.language,
        original=_shown(source.path),
        signature=alignment.signature,
        properties=(("target", _shown(target.path)),) if target.path else (),
    )
    return TranslationMemory(header, _entries(alignment))


def _shown(path: str) -> str:
    return PurePath(path).as_posix() if path else ""


def _entries(alignment: Alignment) -> Iterator[Entry]:
    for number, bead in enumerate(alignment.beads, start=1):
        source, told = _side(alignment.source, bead.source, "source")
        target, more = _side(alignment.target, bead.target, "target")
        confidence = round(bead.confidence, 4)
        yield Entry(str(number), source, target, properties=(*told, *more), confidence=confidence)


def _side(page: SegmentedDocument, indices: range, name: str) -> tuple[Content | None, Properties]:
    if not indices:
        return None, ()
    joiner = _JOINERS[page.document.language]
    text, told = join([page.segments[index].text for index in indices], joiner)
    return Content(text), ((f"{name}-segments", told),) if told else ()
