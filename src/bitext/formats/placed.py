"""Where the sentences of an alignment file stand in the pages that it is of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bitext.formats.alignments import ReadAlignment
from bitext.model.alignment import TranslationUnit
from bitext.model.documents import Document, Span


def units(read: ReadAlignment, source: Document, target: Document) -> tuple[TranslationUnit, ...] | None:
    """One translation unit for each bead of `read`, in order.

    None where the file holds no sentences, or not those of these two texts in their order: the pages were changed, or
    the file is of others. White space may differ, and the texts may have more between the sentences.
    """
    if read.texts is None:
        return None
    left, right = _spans(source.text, read.texts[0]), _spans(target.text, read.texts[1])
    if left is None or right is None:
        return None
    made = []
    for number, (first, second) in enumerate(read.beads):
        made.append(TranslationUnit(number, _joined(left, first), _joined(right, second)))
    return tuple(made)


def _spans(text: str, sentences: Iterable[str]) -> list[Span] | None:
    """Where each of the `sentences` stands in `text`, each after the one before it."""
    offsets = [offset for offset, character in enumerate(text) if not character.isspace()]
    solid = "".join(text[offset] for offset in offsets)
    found, place = [], 0
    for sentence in sentences:
        wanted = "".join(sentence.split())
        start = solid.find(wanted, place) if wanted else -1
        if start < 0:
            return None
        place = start + len(wanted)
        found.append(Span(offsets[start], offsets[place - 1] + 1))
    return found


def _joined(spans: Sequence[Span], indices: Sequence[int]) -> Span | None:
    return Span(spans[indices[0]].start, spans[indices[-1]].end) if indices else None
