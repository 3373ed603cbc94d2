"""What the plain rules share: they read each page by itself, block by block, and mark slips of the pen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from bitext.checks.context import Context
from bitext.model.alignment import Side
from bitext.model.documents import Block, BlockKind, Document, Language, Span
from bitext.model.findings import Edit, Finding, Mark, Message, Severity

HAN = "\u3400-\u9fff"
"""Chinese characters as the inside of a character class: coarser than `HAN_CLASS`, and compiled in no time."""
UNREAD = frozenset({BlockKind.METADATA, BlockKind.TABLE_CELL})
"""Kinds of blocks that are no running text: what stands there follows no rules of prose."""
MOST_SLIPS = 200
"""Findings of one rule on one page: a page that has more of them keeps another house style."""


@dataclass(frozen=True, slots=True)
class Slip:
    """Something wrong at `span` of a block's text. `wanted` is what should stand there, None where that is unknown."""

    span: Span
    message: Message
    wanted: str | None = None


Finder: TypeAlias = Callable[[str, Language], Iterator[Slip]]


def blocks(document: Document) -> Iterator[Block]:
    """The blocks of running text, headlines and captions."""
    return (block for block in document.blocks if block.kind not in UNREAD)


def on_pages(context: Context, rule: str, severity: Severity, find: Finder) -> Iterator[Finding]:
    """What `find` marks in the blocks of the pages that there are; it is given the text of a block."""
    for side, document in context.documents:
        count = 0
        for block in blocks(document):
            for slip in find(document.slice(block.span), document.language):
                count += 1
                if count <= MOST_SLIPS:
                    yield finding(context, rule, severity, side, moved(slip, block.span.start))


def moved(slip: Slip, offset: int) -> Slip:
    """The slip with its span in the page."""
    return Slip(Span(slip.span.start + offset, slip.span.end + offset), slip.message, slip.wanted)


def finding(context: Context, rule: str, severity: Severity, side: Side, slip: Slip) -> Finding:
    """A finding at a slip whose span is in the page of `side`."""
    unit = context.unit_at(side, slip.span.start)
    mark: Mark = context.mark(side, slip.span)
    return Finding(
        rule=rule,
        message=slip.message,
        severity=severity,
        unit=None if unit is None else unit.id,
        source=mark if side == "source" else None,
        target=mark if side == "target" else None,
        edit=None if slip.wanted is None else Edit(side, slip.span, slip.wanted),
        suggestion=(slip.wanted or "").strip(),
    )
