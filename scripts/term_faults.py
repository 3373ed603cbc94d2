"""Faults planted into clean items by a fixed seed, and which of them a check finds.

All kinds are planted together, one fault in a unit and in a part of the units only, where the clean text has no finding
for that concept or no finding on figures. Then the page with the faults goes the whole way again: segmented, aligned,
checked by the default rules. What the clean page has as well is left out. A fault is found if a rule that is meant for
its kind marks it; a finding is right if it is at a fault or a consequence of one.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from scripts.term_kinds import TERM_KINDS, Page, Place
from scripts.term_sets import Case, align
from tests.quality.figure_faults import CHANGES, Pair

from bitext.checks.context import SIDES, Context
from bitext.checks.registry import DEFAULT
from bitext.checks.renderings import Rendered
from bitext.checks.run import run
from bitext.model.alignment import Bitext, TranslationUnit
from bitext.model.documents import BlockKind, Document, SegmentedDocument, Span
from bitext.model.findings import Finding
from bitext.model.glossary import Glossary, Term, TermStatus

SEED = 20220513
SHARE = 0.3
"""Share of the units that get a fault: enough to count, and most neighbours stay as they are."""
FIGURES = frozenset({"number-mismatch", "date-mismatch"})
CONTROL = "random:"
"""How the names of concepts begin that are control words: nothing is planted there, nothing of them is counted."""
HEADLINES = (BlockKind.TITLE, BlockKind.HEADING, BlockKind.METADATA, BlockKind.TABLE_CELL)
"""Where capitals follow other rules, so that none are lost."""
OMITTED = "sentence omitted"


@dataclass(frozen=True)
class Fault:
    """A fault to plant: what is written instead of `span` of the target, and what the rules may mark in the source."""

    kind: str
    unit: int
    span: Span
    replacement: str
    source: Span | None = None
    concept: str = ""
    deprecated: str = ""


NAMES = ("name", "name alone", "person")
MEANT: dict[str, frozenset[str]] = {
    **{kind: frozenset({rule}) for kind, (rule, _) in TERM_KINDS.items()},
    **{kind: frozenset({"name-romanisation"}) if kind in NAMES else FIGURES for kind in CHANGES},
    OMITTED: frozenset({"segment-omitted"}),
}
"""Kinds of faults and the rules that are meant for them."""


# --- planting ---------------------------------------------------------------------------------------------------------


def chosen(case: Case, clean: Sequence[Finding], rng: random.Random) -> list[Fault]:
    """The faults of one round, at most one a unit, in the order of the text. Rare kinds are taken where they can be."""
    possible: defaultdict[int, dict[str, Fault]] = defaultdict(dict)
    for fault in (*term_faults(case, clean, rng), *unit_faults(case, clean, rng)):
        possible[fault.unit][fault.kind] = fault
    frequency = Counter(kind for kinds in possible.values() for kind in kinds)
    faults: list[Fault] = []
    for unit in sorted(possible):
        # Two faults side by side are no slips but another text.
        if rng.random() < SHARE and not (faults and unit - faults[-1].unit == 1):
            kinds = sorted(possible[unit])
            if kinds == [OMITTED] and rng.random() < 0.7:
                continue  # a page that lacks a sentence in three has other troubles
            kind = rng.choices(kinds, [1 / frequency[kind] for kind in kinds])[0]
            faults.append(possible[unit][kind])
    target = case.bitext.target
    assert target is not None  # noqa: S101  # every case has both sides
    return sorted((_closed_up(fault, target.document.text) for fault in faults), key=lambda fault: fault.span)


def _closed_up(fault: Fault, text: str) -> Fault:
    """A fault that leaves nothing takes the space after it along, or the one before it at the end of a paragraph."""
    start, end = fault.span.start, fault.span.end
    if not fault.replacement and start and text[start - 1].isspace():
        if text[end : end + 1] == " ":
            end += 1
        elif text[end : end + 1] in ("\n", "") and text[start - 1] == " ":
            start -= 1
    return replace(fault, span=Span(start, end))


def term_faults(case: Case, clean: Sequence[Finding], rng: random.Random) -> list[Fault]:
    """One fault of each kind for each rendering that is the only one of its concept in its unit."""
    context = Context(case.bitext, case.glossary)
    page = Page.of(context, case.glossary)
    amiss = {(finding.unit, finding.concept) for finding in clean}
    varied = {finding.concept for finding in clean if finding.rule == "term-inconsistent"}
    faults = []
    for pair in context.renderings.rendered:
        if len(pair.source.occurrences) > 1 or len(pair.target.occurrences) > 1:
            continue
        name = pair.source.occurrences[0].concept.id
        if name.startswith(CONTROL) or (pair.unit.id, name) in amiss or not _alone(context, pair, name):
            continue
        words = context.document("target").slice(pair.target.span)
        headline = context.kind_at("target", pair.target.span.start) in HEADLINES
        for kind, (_, spoil) in TERM_KINDS.items():
            if (kind == "capitals lost" and headline) or (kind == "other wording" and name in varied):
                continue
            spoilt = spoil(Place(words, pair, page, rng))
            if spoilt is not None:
                text, bad = spoilt
                faults.append(Fault(kind, pair.unit.id, pair.target.span, text, pair.source.span, name, bad))
    rng.shuffle(faults)
    return faults


def _alone(context: Context, pair: Rendered, concept: str) -> bool:
    return all(
        sum(concept in one.concepts for nested in (False, True) for one in context.mentions(side, span, nested=nested))
        == 1
        for side in SIDES
        if (span := context.span(pair.unit, side)) is not None
    )


def unit_faults(case: Case, clean: Sequence[Finding], rng: random.Random) -> list[Fault]:
    """Faults in figures and names, and sentences left out, in units where nothing is amiss with either."""
    rules = FIGURES | {"name-romanisation", "segment-omitted", "segment-added"}
    amiss = {finding.unit for finding in clean if finding.rule in rules}
    context = Context(case.bitext, case.glossary)
    faults: list[Fault] = []
    for unit in case.bitext.units:
        if unit.id in amiss or unit.source is None or unit.target is None:
            continue
        pair = Pair(context.text(unit, "source"), context.text(unit, "target"))
        for kind, change in CHANGES.items():
            made = change(pair, rng)
            if made is not None:
                fault = _within(unit.id, kind, unit.target, pair.target, made)
                named = next((one for one in context.renderings.rendered if one.target.span.overlaps(fault.span)), None)
                faults.append(
                    fault if named is None else replace(fault, concept=named.source.occurrences[0].concept.id)
                )
        if case.aligned and unit.bead is not None and len(unit.bead.target) == 1 and unit.confidence > 0.9:
            faults.append(Fault(OMITTED, unit.id, unit.target, "", unit.source))
    return faults


def _within(unit: int, kind: str, at: Span, before: str, made: tuple[Pair, Span]) -> Fault:
    after, span = made
    end = len(before) - (len(after.target) - span.end)
    return Fault(kind, unit, Span(at.start + span.start, at.start + end), after.target[span.start : span.end])


@dataclass(frozen=True)
class Spliced:
    """A text with edits in it, and where its places went."""

    text: str
    edits: tuple[tuple[Span, int, int], ...] = field(repr=False)
    """Where the edits were, where they are now and how long."""

    def moved(self, offset: int) -> int:
        """Where the character at `offset` of the old text stands now."""
        index = bisect_right(self.edits, offset, key=lambda edit: edit[0].start) - 1
        if index < 0:
            return offset
        before, start, length = self.edits[index]
        if offset == before.start:
            return start
        return start + length + max(0, offset - before.end)

    def span(self, span: Span) -> Span:
        """Where the words of `span`, at whose inside edits may be, stand now."""
        start, end = self.moved(span.start), self.moved(span.end)
        return Span(start, max(start, end))


def spliced(text: str, faults: Sequence[Fault]) -> Spliced:
    """`text` with the faults, which are in order and do not overlap."""
    parts, edits, last, shift = [], [], 0, 0
    for fault in faults:
        parts += [text[last : fault.span.start], fault.replacement]
        edits.append((fault.span, fault.span.start + shift, len(fault.replacement)))
        shift += len(fault.replacement) - len(fault.span)
        last = fault.span.end
    return Spliced("".join([*parts, text[last:]]), tuple(edits))


def planted(case: Case, faults: Sequence[Fault], glossary: Glossary) -> tuple[Bitext, Spliced]:
    """The item with the faults in it, aligned anew where we aligned it, and where its places went."""
    source, target = case.bitext.source, case.bitext.target
    assert source is not None  # noqa: S101
    assert target is not None  # noqa: S101  # every case has both sides
    edits = spliced(target.document.text, faults)
    blocks = [replace(block, span=edits.span(block.span)) for block in target.document.blocks]
    kept = tuple(block for block in blocks if edits.text[block.span.start : block.span.end].strip())
    document = replace(target.document, text=edits.text, blocks=kept)
    if case.aligned:
        return align(source.document, document, glossary), edits
    return _as_before(case.bitext, source, document, target, edits), edits


def _as_before(
    bitext: Bitext, source: SegmentedDocument, document: Document, target: SegmentedDocument, edits: Spliced
) -> Bitext:
    segments = []
    for segment in target.segments:
        span = edits.span(segment.span)
        segments.append(replace(segment, span=span, text=document.slice(span)))
    units = (
        TranslationUnit(unit.id, unit.source, None if unit.target is None else edits.span(unit.target))
        for unit in bitext.units
    )
    return Bitext(source, SegmentedDocument(document, tuple(segments)), tuple(units))


def with_deprecated(glossary: Glossary, faults: Sequence[Fault]) -> Glossary:
    """The glossary with the variants of the faults listed as deprecated."""
    bad: defaultdict[str, list[Term]] = defaultdict(list)
    for fault in faults:
        if fault.deprecated:
            bad[fault.concept].append(Term(fault.deprecated, "en", TermStatus.DEPRECATED))
    return Glossary(tuple(replace(c, terms=(*c.terms, *dict.fromkeys(bad[c.id]))) for c in glossary.concepts))


# --- scoring ----------------------------------------------------------------------------------------------------------


@dataclass
class Tally:
    """Counts by kind of fault and by rule, and what to look at: missed faults and wrong findings with their item."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    unsure: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[Case, Fault]] = field(default_factory=list)
    false: list[tuple[Case, Finding, Fault | None]] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Adds the counts of another tally."""
        for name in ("planted", "found", "unsure", "right", "wrong"):
            getattr(self, name).update(getattr(other, name))

    def recall(self, kinds: Sequence[str]) -> float:
        """The share of the faults of these kinds that is found."""
        return sum(self.found[kind] for kind in kinds) / max(1, sum(self.planted[kind] for kind in kinds))

    def precision(self, rules: Sequence[str]) -> float:
        """The share of the new findings of these rules that is about a fault."""
        right = sum(self.right[rule] for rule in rules)
        return right / max(1, right + sum(self.wrong[rule] for rule in rules))


def measure(case: Case, tally: Tally, seed: str = "") -> None:
    """Plants one round of faults into an item and counts what is found."""
    rng = random.Random(f"{SEED} {case.name} {seed}")  # noqa: S311
    faults = chosen(case, run(case.bitext, case.glossary, DEFAULT), rng)
    glossary = with_deprecated(case.glossary, faults)
    bitext, edits = planted(case, faults, glossary)
    before = {_place(finding) for finding in run(case.bitext, glossary, DEFAULT)}
    clean = {_shifted(place, edits) for place in before}
    told = (finding for finding in run(bitext, glossary, DEFAULT) if not finding.concept.startswith(CONTROL))
    new = [finding for finding in told if _place(finding) not in clean]
    _count(case, faults, [finding for finding in new if finding.rule != "alignment-unsure"], edits, bitext, tally)
    unsure = [finding for finding in new if finding.rule == "alignment-unsure"]
    for fault in faults:
        tally.unsure[fault.kind] += any(_at_source(finding, fault) for finding in unsure)


At = tuple[str, str, Span | None, int | None]


def _place(finding: Finding) -> At:
    """What tells findings apart: by the source's words, else by where the target's begin."""
    source, target = finding.source, finding.target
    if source is not None:
        return finding.rule, finding.concept, source.span, None
    return finding.rule, finding.concept, None, None if target is None else target.span.start


def _shifted(place: At, edits: Spliced) -> At:
    return (*place[:3], None if place[3] is None else edits.moved(place[3]))


def _count(
    case: Case, faults: list[Fault], new: Sequence[Finding], edits: Spliced, bitext: Bitext, tally: Tally
) -> None:
    spans = [_new_span(fault, edits) for fault in faults]
    units = [_units(fault, span, bitext) for fault, span in zip(faults, spans, strict=True)]
    concepts = {fault.concept for fault in faults if fault.concept}
    reached: set[int] = set()
    for finding in new:
        about = [
            index
            for index, fault in enumerate(faults)
            if _concerns(finding, fault, spans[index], finding.unit in units[index])
        ]
        reached |= {index for index in about if finding.rule in MEANT[faults[index].kind]}
        if about or (finding.unit is None and finding.concept in concepts) or _of_the_item(finding, concepts):
            tally.right[finding.rule] += 1
        else:
            tally.wrong[finding.rule] += 1
            near = next((fault for fault, ids in zip(faults, units, strict=True) if finding.unit in ids), None)
            tally.false.append((case, finding, near))
    for index, fault in enumerate(faults):
        tally.planted[fault.kind] += 1
        tally.found[fault.kind] += index in reached
        if index not in reached:
            tally.missed.append((case, fault))


def _of_the_item(finding: Finding, concepts: set[str]) -> bool:
    """Rules that read the item as a whole tell a fault at another place of the same concept."""
    return finding.rule in ("term-inconsistent", "term-first-mention") and finding.concept in concepts


def _new_span(fault: Fault, edits: Spliced) -> Span:
    """Where the words of a fault stand; those around it if it left nothing."""
    end = edits.moved(fault.span.end)
    start = end - len(fault.replacement)
    return Span(start, end) if fault.replacement else Span(max(0, start - 1), end + 1)


def _units(fault: Fault, span: Span, bitext: Bitext) -> set[int]:
    return {
        unit.id
        for unit in bitext.units
        if (unit.target is not None and unit.target.overlaps(span))
        or (unit.source is not None and fault.source is not None and unit.source.overlaps(fault.source))
    }


def _at_source(finding: Finding, fault: Fault) -> bool:
    return finding.source is not None and fault.source is not None and finding.source.span.overlaps(fault.source)


def _concerns(finding: Finding, fault: Fault, span: Span, same_unit: bool) -> bool:
    """Whether a finding marks the words of a fault on either side, or says of its unit what the fault did to it."""
    marks = [mark for mark in (finding.target, *finding.related) if mark is not None and mark.side == "target"]
    if any(mark.span.overlaps(span) for mark in marks) or _at_source(finding, fault):
        return True
    meant = finding.rule in MEANT[fault.kind] and finding.concept in ("", fault.concept)
    return same_unit and (meant or (fault.concept != "" and finding.concept == fault.concept))
