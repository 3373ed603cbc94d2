"""What the rules of omitted and of added segments share: segments that nothing on the other side translates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bitext.checks.context import SIDES, Context
from bitext.checks.weight import SURE
from bitext.model.alignment import Side, TranslationUnit
from bitext.model.documents import BlockKind
from bitext.model.findings import Finding, Message, Severity

MINOR = (BlockKind.METADATA,)
"""Blocks whose segments are often left out on purpose."""


_LEAST = 2
"""Letters, characters and figures that a segment needs to be missed."""
_TOKEN = re.compile(r"[\x21-\x7e]+")
"""A single word, figure or address, without Chinese characters: `4.7.0`, `string`, `https://...`."""


def unpaired(context: Context, side: Side, rule: str) -> Iterator[Finding]:
    """Findings for the units that have `side` alone; a bare list mark such as "b)" is none.

    What stands elsewhere on the other page is told once, from the source's side, and only as a note.
    """
    elsewhere = {pair[side == "target"] for pair in context.bitext.moved}
    rows = [unit for unit in context.units if context.span(unit, side) is not None]
    for place, unit in enumerate(rows):
        span = context.span(unit, side)
        if span is None or not _alone(context, unit, side) or unit.id in elsewhere:
            continue
        mark = context.mark(side, span)
        if sum(map(str.isalnum, mark.text)) < _LEAST:
            continue
        yield Finding(
            rule=rule,
            message=Message.of(f"rules.{rule}.found"),
            severity=_severity(context, side, rows, place),
            unit=unit.id,
            source=mark if side == "source" else None,
            target=mark if side == "target" else None,
        )


def inside(context: Context, side: Side, rule: str) -> Iterator[Finding]:
    """A note for each segment of `side` that stands in a unit with others and is translated by nothing there."""
    page = context.bitext.side(side)
    for of, index in context.bitext.uncovered:
        if of != side or page is None:
            continue
        span = page.segments[index].span
        unit = context.unit_at(side, span.start)
        if unit is not None:
            mark = context.mark(side, span)
            yield Finding(
                rule=rule,
                message=Message.of(f"rules.{rule}.inside"),
                severity=Severity.INFO,
                unit=unit.id,
                source=mark if side == "source" else None,
                target=mark if side == "target" else None,
            )


def _alone(context: Context, unit: TranslationUnit, side: Side) -> bool:
    return context.span(unit, SIDES[side == "source"]) is None


def _severity(context: Context, side: Side, rows: Sequence[TranslationUnit], place: int) -> Severity:
    """A warning where the bead is sure, unless readers of the other page hardly miss the segment."""
    unit = rows[place]
    span = context.span(unit, side)
    kind = BlockKind.PARAGRAPH if span is None else context.kind_at(side, span.start)
    before, after = (0 <= there < len(rows) and _alone(context, rows[there], side) for there in (place - 1, place + 1))
    # A heading whose text is there is layout: one page is parted more finely than the other. A cell of a row that is
    # there is mostly the aligner's slip.
    parting = kind is BlockKind.HEADING and not after and place + 1 < len(rows)
    kept = parting or (kind is BlockKind.TABLE_CELL and not before and not after)
    minor = kind in MINOR or kept or unit.confidence < SURE or _TOKEN.fullmatch(context.text(unit, side)) is not None
    return Severity.INFO if minor else Severity.WARNING


def elsewhere(context: Context, rule: str) -> Iterator[Finding]:
    """One note for each run of neighbouring segments of the source that stand in another place of the translation."""
    last = (-2, -2)
    runs: list[list[tuple[int, int]]] = []
    for pair in context.bitext.moved:
        here = (context.index(pair[0]), context.index(pair[1]))
        if runs and here[0] - last[0] in (0, 1) and here[1] - last[1] in (0, 1):
            runs[-1].append(pair)
        else:
            runs.append([pair])
        last = here
    for run in runs:
        source, target = (context.unit(one) for one in run[0])
        if source.source is None or target.target is None:
            continue
        count = len({pair[0] for pair in run})
        yield Finding(
            rule=rule,
            message=Message.of(f"rules.{rule}.moved.{'one' if count == 1 else 'many'}", n=count),
            severity=Severity.INFO,
            unit=source.id,
            source=context.mark("source", source.source),
            target=context.mark("target", target.target),
        )
