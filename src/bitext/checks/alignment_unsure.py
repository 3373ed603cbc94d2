"""Sentences whose pairing is more likely wrong than right.

Why: what is found across a wrong pair is wrong too, and a fault there goes unseen. The rule names the stretches of the
page that could not be judged, so that nobody takes silence for approval. Confidence is the aligner's calibrated
probability that exactly these sentences translate each other; below 0.5 a pair counts as unsure.

How to mend: read the stretch in both languages. A sentence that was left out, moved or rewritten is the usual cause.
Correct it, or correct the alignment and give it back to the tool.

How to waive: `<!-- bitext-ignore alignment-unsure: reason -->` before the stretch.

Fires:

    confidence: 0.3
    zh: 双方举行了会谈。
    en: Lunch was served at noon.
    marks: 双方举行了会谈。

Silent:

    confidence: 0.95
    zh: 双方举行了会谈。
    en: The two sides held talks.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from bitext.checks.context import Context
from bitext.checks.rule import Rule
from bitext.checks.weight import DOUBTFUL
from bitext.model.alignment import Side, TranslationUnit
from bitext.model.documents import Span
from bitext.model.findings import Finding, Mark, Message, Severity


def check(context: Context) -> Iterator[Finding]:
    """One finding for each stretch of unsure units."""
    for unsure, group in groupby(context.units, key=lambda unit: unit.confidence < DOUBTFUL):
        if unsure:
            units = list(group)
            confidence = min(unit.confidence for unit in units)
            yield Finding(
                rule=RULE.id,
                message=Message.of(
                    "rules.alignment-unsure.found", units=len(units), confidence=round(100 * confidence)
                ),
                severity=RULE.severity,
                unit=units[0].id,
                source=_stretch(context, units, "source"),
                target=_stretch(context, units, "target"),
                confidence=confidence,
            )


def _stretch(context: Context, units: list[TranslationUnit], side: Side) -> Mark | None:
    spans = [span for unit in units if (span := context.span(unit, side)) is not None]
    if not spans:
        return None
    return context.mark(side, Span(min(span.start for span in spans), max(span.end for span in spans)))


RULE = Rule("alignment-unsure", "unit", Severity.INFO, check)
