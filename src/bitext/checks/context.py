"""What a rule can see of one item: its units, texts and dates, and what was found in them so far."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property

from bitext.checks.facts import Facts
from bitext.checks.idle import Idle
from bitext.checks.renderings import Renderings, renderings
from bitext.model.alignment import Bitext, Side, TranslationUnit
from bitext.model.documents import Block, BlockKind, Document, Language, Span
from bitext.model.findings import Mark, Message
from bitext.model.glossary import Glossary, Occurrence
from bitext.terms.aliases import aliases, expansions, first_uses
from bitext.terms.assign import Mention, mentions
from bitext.terms.effective import effective, in_scope
from bitext.terms.matcher import Hits, matcher

SIDES: tuple[Side, Side] = ("source", "target")


class Context:
    """One item and its glossary. What several rules need is computed at most once, when the first one asks."""

    def __init__(self, bitext: Bitext, glossary: Glossary, facts: Facts = Facts()) -> None:  # noqa: B008
        self.bitext = bitext
        self.facts = facts
        """What the project knows of the item."""
        paths = tuple(document.path for _, document in self.documents)
        self.glossary = effective(in_scope(glossary, facts.scope, paths), self.date)
        self.idle: tuple[Idle, ...] = ()
        """The waivers that waived nothing, known once all other rules have spoken."""

    @property
    def units(self) -> tuple[TranslationUnit, ...]:
        """The translation units in order; none for a page alone."""
        return self.bitext.units

    @cached_property
    def documents(self) -> tuple[tuple[Side, Document], ...]:
        """The pages that there are, each with its side."""
        sides = ((side, self.bitext.side(side)) for side in SIDES)
        return tuple((side, segmented.document) for side, segmented in sides if segmented is not None)

    def document(self, side: Side) -> Document:
        """The page of `side`. Raises LookupError if this item has none."""
        segmented = self.bitext.side(side)
        if segmented is None:
            raise LookupError(side)
        return segmented.document

    def side_in(self, language: Language) -> Side | None:
        """The side that is written in `language`, if any."""
        return next((side for side, document in self.documents if document.language == language), None)

    @cached_property
    def date(self) -> str:
        """The item's own date (ISO 8601), from whichever page tells it; else empty."""
        return next((document.date for _, document in self.documents if document.date), "")

    def span(self, unit: TranslationUnit, side: Side) -> Span | None:
        """Where `unit` stands in the page of `side`."""
        return unit.source if side == "source" else unit.target

    def text(self, unit: TranslationUnit, side: Side) -> str:
        """The text of one side of `unit`; empty where it has no counterpart."""
        span = self.span(unit, side)
        return "" if span is None else self.document(side).slice(span)

    def sentences(self, unit: TranslationUnit, side: Side) -> tuple[Span, ...]:
        """Where the sentences of one side of `unit` stand; none where a CAT tool made the unit."""
        page = self.bitext.side(side)
        if unit.bead is None or page is None:
            return ()
        indices = unit.bead.source if side == "source" else unit.bead.target
        return tuple(segment.span for segment in page.segments[indices.start : indices.stop])

    def mark(self, side: Side, span: Span, note: Message | None = None) -> Mark:
        """A mark on the text that stands at `span`."""
        return Mark(side, span, self.document(side).slice(span), note)

    @cached_property
    def _hits(self) -> dict[Side, Hits]:
        return {side: matcher(self.glossary, page.language).hits(page) for side, page in self.documents}

    def occurrences(self, side: Side) -> tuple[Occurrence, ...]:
        """The glossary's terms in the page of `side`, in its own language, in order, the longest where they nest."""
        hits = self._hits.get(side)
        return () if hits is None else hits.occurrences

    @cached_property
    def _mentions(self) -> dict[tuple[Side, bool], tuple[Mention, ...]]:
        rows = {}
        for side, hits in self._hits.items():
            rows[side, False], rows[side, True] = mentions(hits.occurrences), mentions(hits.nested)
        return rows

    def mentions(self, side: Side, span: Span, *, nested: bool = False) -> tuple[Mention, ...]:
        """What begins within `span` of the page and names something; or, `nested`, what stands inside a longer name."""
        return _within(self._mentions[side, nested], span)

    def aliases(self, span: Span) -> tuple[Mention, ...]:
        """Where a short form that the target page itself gives to a name stands for it within `span` of the page."""
        return _within(self._aliases, span)

    @cached_property
    def _aliases(self) -> tuple[Mention, ...]:
        text = self.document("target").text
        return aliases(text, self.mentions("target", Span(0, len(text))))

    @cached_property
    def expansions(self) -> dict[str, str]:
        """The acronyms that the target page introduces, each with its words."""
        return expansions(self.document("target").text)

    @cached_property
    def acronyms(self) -> dict[str, int]:
        """Where the target page uses each of its acronyms first."""
        return first_uses(self.document("target").text)

    def left_over(self, span: Span) -> tuple[Mention, ...]:
        """The terms in the source's language that stand within `span` of the target page, left as they were."""
        return _within(self._foreign, span)

    @cached_property
    def _foreign(self) -> tuple[Mention, ...]:
        source, target = self.document("source"), self.document("target")
        if source.language == target.language:
            return ()
        return mentions(matcher(self.glossary, source.language).hits(target).occurrences)

    @cached_property
    def renderings(self) -> Renderings:
        """Which names of the source are rendered in the target and which are not."""
        return renderings(self)

    @cached_property
    def _spans(self) -> dict[Side, list[tuple[Span, TranslationUnit]]]:
        rows: dict[Side, list[tuple[Span, TranslationUnit]]] = {side: [] for side in SIDES}
        for unit in self.units:
            for side in SIDES:
                span = self.span(unit, side)
                if span is not None:
                    rows[side].append((span, unit))
        return {side: sorted(row, key=lambda pair: pair[0]) for side, row in rows.items()}

    def unit_at(self, side: Side, offset: int) -> TranslationUnit | None:
        """The unit that holds the character at `offset` of the page of `side`."""
        rows = self._spans[side]
        index = bisect_right(rows, offset, key=lambda pair: pair[0].start) - 1
        return rows[index][1] if index >= 0 and offset < rows[index][0].end else None

    def block_at(self, side: Side, offset: int) -> Block | None:
        """The block that holds the character at `offset` of the page of `side`."""
        blocks = self.document(side).blocks
        index = bisect_right(blocks, offset, key=lambda block: block.span.start) - 1
        return blocks[index] if index >= 0 and offset < blocks[index].span.end else None

    def kind_at(self, side: Side, offset: int) -> BlockKind:
        """The kind of the block there; a paragraph where no block is."""
        block = self.block_at(side, offset)
        return BlockKind.PARAGRAPH if block is None else block.kind

    def neighbours(self, unit: TranslationUnit) -> Iterator[TranslationUnit]:
        """The unit before and the unit after `unit`, as far as there are such."""
        index = self.index(unit.id)
        for other in (index - 1, index + 1):
            if 0 <= other < len(self.units):
                yield self.units[other]

    def unit(self, id: int) -> TranslationUnit:  # noqa: A002
        """The unit with this id."""
        return self.units[self.index(id)]

    def index(self, id: int) -> int:  # noqa: A002
        """The place of the unit with this id among the units."""
        return self._index[id]

    @cached_property
    def _index(self) -> dict[int, int]:
        return {unit.id: index for index, unit in enumerate(self.units)}


def _within(rows: tuple[Mention, ...], span: Span) -> tuple[Mention, ...]:
    first = bisect_left(rows, span.start, key=lambda mention: mention.span.start)
    last = bisect_left(rows, span.end, key=lambda mention: mention.span.start)
    return rows[first:last]
