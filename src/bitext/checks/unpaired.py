"""What the rules of omitted and of added segments share: segments that stand alone in their bead."""

from __future__ import annotations

from collections.abc import Iterator

from bitext.checks.context import SIDES, Context
from bitext.model.alignment import Side
from bitext.model.documents import BlockKind
from bitext.model.findings import Finding, Message, Severity

MINOR = (BlockKind.METADATA,)
"""Blocks whose segments are often left out on purpose."""


_LEAST = 2
"""Letters, characters and figures that a segment needs to be missed."""


def unpaired(context: Context, side: Side, rule: str) -> Iterator[Finding]:
    """Findings for the units that have `side` alone; a bare list mark such as "b)" is none."""
    other = SIDES[side == "source"]
    for unit in context.units:
        span = context.span(unit, side)
        if span is None or context.span(unit, other) is not None:
            continue
        mark = context.mark(side, span)
        if sum(map(str.isalnum, mark.text)) < _LEAST:
            continue
        minor = context.kind_at(side, span.start) in MINOR
        yield Finding(
            rule=rule,
            message=Message.of(f"rules.{rule}.found"),
            severity=Severity.INFO if minor else Severity.WARNING,
            unit=unit.id,
            source=mark if side == "source" else None,
            target=mark if side == "target" else None,
        )
