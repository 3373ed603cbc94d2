"""Runs rules over one item and makes their findings comparable: severity, fingerprint, order, no repeats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bitext.checks import waiver_unused
from bitext.checks.archive import observations
from bitext.checks.context import Context
from bitext.checks.facts import Facts
from bitext.checks.fingerprints import anchor, fingerprinted
from bitext.checks.registry import DEFAULT, RULES
from bitext.checks.rule import Rule
from bitext.checks.suppress import Rules, suppress
from bitext.checks.weight import DOUBTFUL, SURE, lowered
from bitext.model.alignment import Bitext
from bitext.model.findings import Finding, ListedWaiver, Message, Observation, Severity
from bitext.model.glossary import Glossary

__all__ = ["DOUBTFUL", "SURE", "Judgement", "judged", "lowered", "run", "weighed", "without_repeats"]

NEAREST = 50
"""So many findings before one are compared with it for repeats: rules report in the order of the text."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found in one item, and what of it is waived, both sorted by place; and what an archive compares."""

    findings: tuple[Finding, ...]
    waived: tuple[Finding, ...]
    observations: tuple[Observation, ...] = ()


def run(bitext: Bitext, glossary: Glossary, rules: Sequence[Rule] = DEFAULT) -> tuple[Finding, ...]:
    """What `rules` find in one item less what its pages waive, sorted by place."""
    return judged(bitext, glossary, rules).findings


def judged(
    bitext: Bitext,
    glossary: Glossary,
    rules: Sequence[Rule] = DEFAULT,
    waivers: Sequence[ListedWaiver] = (),
    today: str = "",
    facts: Facts = Facts(),  # noqa: B008
    observe: bool = False,
) -> Judgement:
    """What `rules` find in one item, and what is waived of it. A rule that fails raises; it is never skipped.

    `waivers` are those of files, `today` (ISO 8601) tells which of them have expired; those in the pages count anyway.
    `facts` are what a project knows of the item besides its texts. With `observe` the judgement has the observations
    of these rules; a waiver of such a place is of use then, since what it waives may come to light in the archive.
    """
    context = Context(bitext, glossary, facts)
    ordinary = [rule for rule in rules if rule is not waiver_unused.RULE and _applies(rule, context)]
    found = [weighed(_with_one_stop(one, context), rule, context) for rule in ordinary for one in rule.check(context)]
    # Fingerprints before anything is waived: a waiver does not change those of the other findings.
    ordered = _finished(context, without_repeats(found))
    ids = {rule.id for rule in ordinary}
    seen = observations(context, ids) if observe else ()
    parted = suppress(context, [*ordered, *map(_place_of, seen)], Rules(RULES, ids), waivers, today)
    context.idle = parted.idle
    told = _finished(context, waiver_unused.check(context)) if waiver_unused.RULE in rules else []
    kept, waived = ([f for f in rows if f.message.key] for rows in (parted.kept, parted.waived))
    return Judgement(tuple(sorted([*kept, *told], key=lambda f: _order(context, f))), tuple(waived), seen)


def _place_of(row: Observation) -> Finding:
    """An observation as a finding without a message: waivers are asked for it, and nobody is told."""
    marks = {mark.side: mark for mark in (row.other, row.mark) if mark is not None}
    source, target = marks.get("source"), marks.get("target")
    return Finding(row.rule, Message(""), Severity.INFO, row.unit, source, target, concept=row.concept)


def _with_one_stop(finding: Finding, context: Context) -> Finding:
    """`finding` with an edit that does not double the stop which ends the sentence: "Co., Ltd." before a full stop."""
    edit = finding.edit
    if edit is None or not edit.replacement.endswith("."):
        return finding
    text = context.document(edit.side).text
    if text[edit.span.end : edit.span.end + 1] != ".":
        return finding
    return replace(finding, edit=replace(edit, replacement=edit.replacement[:-1]))


def _finished(context: Context, findings: Iterable[Finding]) -> list[Finding]:
    return list(fingerprinted(context, sorted(findings, key=lambda finding: _order(context, finding))))


def _applies(rule: Rule, context: Context) -> bool:
    return len(context.documents) >= (1 if rule.scope == "page" else 2)


def weighed(finding: Finding, rule: Rule, context: Context) -> Finding:
    """`finding` with its unit's confidence, and the severity that this leaves it."""
    if rule.scope == "page" or finding.unit is None:
        return finding
    confidence = min(finding.confidence, context.unit(finding.unit).confidence)
    edit = finding.edit
    if edit is not None and confidence < SURE:
        edit = replace(edit, safe=False)
    return replace(finding, confidence=confidence, severity=lowered(finding.severity, confidence), edit=edit)


def without_repeats(findings: Iterable[Finding]) -> list[Finding]:
    """Findings less those that say of the same words, or of words within them, what another one says already."""
    kept: dict[tuple[str, str, str, int | None], list[Finding]] = {}
    for finding in findings:
        group = kept.setdefault((finding.rule, finding.concept, finding.message.key, finding.unit), [])
        near = group[-NEAREST:]
        if not any(_covers(other, finding) for other in near):
            group[-NEAREST:] = [*(other for other in near if not _covers(finding, other)), finding]
    return [finding for group in kept.values() for finding in group]


def _covers(outer: Finding, inner: Finding) -> bool:
    pairs = ((outer.source, inner.source), (outer.target, inner.target))
    if all(a is None and b is None for a, b in pairs):
        return outer == inner
    return all(a == b or (a is not None and b is not None and a.span.contains(b.span)) for a, b in pairs)


def _order(context: Context, finding: Finding) -> tuple[int, int, int, str, str]:
    mark = anchor(finding)
    unit = finding.unit
    if unit is None and mark is not None:
        holder = context.unit_at(mark.side, mark.span.start)
        unit = None if holder is None else holder.id
    place = mark.span.start if mark is not None else -1
    index = -1 if unit is None else context.index(unit)
    return (index, place, finding.severity.rank, finding.rule, finding.concept)
