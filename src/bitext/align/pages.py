"""Pages made of passages of other pages, to be aligned once more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import repeat

from bitext.model.documents import Block, BlockKind, Document, Language, Origins, Segment, SegmentedDocument, Span


def page_of(
    texts: Sequence[str], language: Language, kinds: Iterable[BlockKind] = repeat(BlockKind.PARAGRAPH)
) -> SegmentedDocument:
    """A page of these segments in this order, each in a block of its own, of the kinds given."""
    blocks: list[Block] = []
    segments: list[Segment] = []
    start = 0
    for place, (text, kind) in enumerate(zip(texts, kinds, strict=False)):
        span = Span(start, start + len(text))
        blocks.append(Block(span, kind))
        segments.append(Segment(span, text, place))
        start = span.end + 1
    return SegmentedDocument(Document("", language, "\n".join(texts), tuple(blocks), Origins(())), tuple(segments))
