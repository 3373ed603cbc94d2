"""Short forms introduced, and badly introduced, in pages that have none: faults for the rule on first mentions.

A concept with a name of several words that a page has twice or more is given a short form of its own, which the
glossary then lists: an acronym of the initials in English, two characters of the name in Chinese. The first mention
becomes "name (short form)" in one of the usual manners and the later ones the short form alone; that page has no fault.
A fault is one of

- dropped: the name never stands there, all mentions are the short form (in Chinese, a Latin acronym);
- late: the short form comes first and its introduction after it;
- twice: the second mention introduces the short form again.

Only concepts are taken that the page names in no other way and nowhere but in running text, since any earlier place
with the name is as good; none whose name is an acronym itself, stands in brackets, or has Latin letters or figures
directly beside it, so that it is part of a longer name or has the number of a footnote. A fault is found if
term-first-mention says just that of the place; every other finding of the rule that the page as it was published does
not have is wrong, on pages with and without faults.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from scripts.term_faults import SEED, Fault, spliced
from scripts.term_sets import Case

from bitext.checks.context import Context
from bitext.checks.registry import RULES
from bitext.checks.run import run
from bitext.checks.term_first_mention import PARAGRAPHS
from bitext.model.alignment import Bitext, Side
from bitext.model.documents import BlockKind, Language, SegmentedDocument, Span
from bitext.model.findings import Finding
from bitext.model.glossary import Concept, Glossary, Occurrence, Term, TermKind, TermStatus
from bitext.terms.household import HOUSEHOLD
from bitext.text.scripts import is_han
from bitext.text.words import FUNCTION_WORDS

RULE = RULES["term-first-mention"]
RUNNING = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
MANNERS: dict[Language, tuple[str, ...]] = {
    "en": (
        *("{name} ({short})", "{name} (“{short}”)", "{name} (the “{short}”)", '{name} ("{short}")', "{short} ({name})"),
        *("{name} (hereinafter referred to as {short})", "{name} (hereinafter “{short}”)", "{name}, or {short},"),
        *("{name} (or {short})", "{name} ({short} for short)", "{name} （{short}）"),
    ),
    "zh": (
        *("{name}（以下简称“{short}”）", "{name}（下称“{short}”）", "{name}（简称{short}）", "{name}（“{short}”）"),
        *(
            "{name}（以下简称：{short}）",
            "{name}（以下称为「{short}」）",
            "{name}（{short}）",
            "{name}(以下简称“{short}”)",
        ),
    ),
}
"""How short forms are introduced."""
_ACRONYM = re.compile(r"[A-Z][^\s]*[A-Z]|\d")
AGAIN: dict[Language, str] = {"en": "{name} ({short})", "zh": "{name}（以下简称“{short}”）"}
KEYS: dict[str, tuple[str, ...]] = {
    "dropped": ("found", "zh-bare"),
    "late": ("late", "zh-late"),
    "twice": ("again", "zh-again"),
}
"""The messages of the rule that are meant for each fault."""


@dataclass(frozen=True)
class Written:
    """What was written for one concept: the kind of fault, or "clean", and the edits of the page."""

    kind: str
    concept: str
    term: Term
    faults: tuple[Fault, ...]
    """One for each mention, with what is written there."""

    @property
    def place(self) -> int:
        """Which of the mentions the rule has to mark: the first, or the second introduction."""
        return 1 if self.kind == "twice" else 0


@dataclass
class MentionTally:
    """Counts by language and kind, and what to look at."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: int = 0
    wrong: list[tuple[str, Finding, str]] = field(default_factory=list)
    missed: list[tuple[str, Written]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of the findings that are about a fault."""
        return self.right / max(1, self.right + len(self.wrong))

    def recall(self) -> float:
        """The share of all faults that is found."""
        return sum(self.found.values()) / max(1, sum(self.planted.values()))


def measure_mentions(case: Case, tally: MentionTally, side: Side, seed: str = "") -> None:
    """Plants one round of introductions into a page of an item and counts what is found of the faults among them."""
    page = case.bitext.side(side)
    if page is None or sum(block.kind is BlockKind.PARAGRAPH for block in page.document.blocks) < PARAGRAPHS:
        return
    rng = random.Random(f"{SEED} {case.name} {side} {seed}")  # noqa: S311
    written = list(_written(Context(case.bitext, case.glossary), side, rng))
    if not written:
        return
    before = Counter(_words(finding) for finding in run(case.bitext, case.glossary, [RULE]))
    glossary = _with_short_forms(case.glossary, written)
    faults = sorted((fault for one in written for fault in one.faults), key=lambda fault: fault.span)
    findings = run(_rewritten(case.bitext, side, page, faults), glossary, [RULE])
    edits = spliced(page.document.text, faults)
    told = [finding for finding in findings if not before[_words(finding)]]
    for one in written:
        if one.kind != "clean":
            key = f"{page.document.language} {one.kind}"
            tally.planted[key] += 1
            start = edits.moved(one.faults[one.place].span.start)
            end = edits.moved(one.faults[one.place].span.end)
            hits = [f for f in told if _is_about(f, one, Span(start, end), side)]
            tally.found[key] += bool(hits)
            tally.right += len(hits)
            told = [finding for finding in told if finding not in hits]
            if not hits:
                tally.missed.append((case.name, one))
    kinds = {one.concept: one.kind for one in written}
    tally.wrong += ((case.name, finding, kinds.get(finding.concept, "")) for finding in told)


def _words(finding: Finding) -> tuple[str, str, str]:
    mark = finding.source or finding.target
    return finding.concept, finding.message.key, mark.text if mark is not None else ""


def _is_about(finding: Finding, one: Written, span: Span, side: Side) -> bool:
    mark = finding.source if side == "source" else finding.target
    key = finding.message.key.rsplit(".", 1)[-1]
    return finding.concept == one.concept and key in KEYS[one.kind] and mark is not None and mark.span.overlaps(span)


def _written(context: Context, side: Side, rng: random.Random) -> Iterator[Written]:
    """What is to be written for each concept of the page that serves, kinds by chance."""
    text = context.document(side).text
    language = context.document(side).language
    taken: set[str] = set()
    for concept, uses in _served(context, side).items():
        kind = rng.choice(["clean", "dropped", "late", "twice"])
        short = _short(uses[0].term.text, text, context, taken, latin=language == "en" or kind == "dropped")
        if short is None:
            continue
        taken.add(short.text)
        name = text[uses[0].span.start : uses[0].span.end]
        manner = rng.choice(MANNERS[language]).format(name=name, short=short.text)
        again = AGAIN[language].format(name=name, short=short.text)
        firsts = {"clean": [manner], "dropped": [], "late": [short.text, again], "twice": [again, again]}[kind]
        words = [*firsts, *[short.text] * len(uses)][: len(uses)]
        faults = tuple(Fault(kind, 0, one.span, new, concept=concept) for one, new in zip(uses, words, strict=True))
        yield Written(kind, concept, short, faults)


def _served(context: Context, side: Side) -> dict[str, list[Occurrence]]:
    """The places of the concepts that may be given a short form, in the order of the page."""
    whole = Span(0, len(context.document(side).text))
    places: defaultdict[str, list[Occurrence]] = defaultdict(list)
    barred: set[str] = set()
    for mention in context.mentions(side, whole):
        for one in mention.occurrences:
            places[one.concept.id].append(one)
            if len(mention.occurrences) > 1 or one.how or context.kind_at(side, one.span.start) not in RUNNING:
                barred.add(one.concept.id)
    for mention in context.mentions(side, whole, nested=True):
        barred |= mention.concepts
    rows = {concept: uses for concept, uses in places.items() if concept not in barred}
    return {concept: uses for concept, uses in rows.items() if _serves(context, side, uses)}


def _serves(context: Context, side: Side, uses: Sequence[Occurrence]) -> bool:
    text, term = context.document(side).text, uses[0].term
    if len(uses) < 2 or any(one.term.text != term.text for one in uses):
        return False
    if _ACRONYM.search(term.text) or any(_beside(text, one.span) for one in uses):
        return False
    units = [context.unit_at(side, one.span.start) for one in uses[:2]]
    others = context.occurrences("source" if side == "target" else "target")
    return units[0] != units[1] and any(one.concept.id == uses[0].concept.id for one in others)


def _beside(text: str, span: Span) -> bool:
    """Whether a name has brackets around or after it, or letters and figures where no word of its own could stand."""
    before, after = text[max(0, span.start - 2) : span.start], text[span.end : span.end + 2]
    if before[-1:] in ("(", "（") or after.strip()[:1] in ("(", "（"):
        return True
    if not is_han(text[span.start]):
        return after[:1].isalnum() or before[-1:].isalnum()
    return any(one.isascii() and (one.isalnum() or one in "-/_.@") for one in (before.strip()[-1:], after.strip()[:1]))


def _short(name: str, text: str, context: Context, taken: set[str], *, latin: bool) -> Term | None:
    """A short form of a name that stands for nothing yet; None where there is none."""
    if all(map(is_han, name)) and not latin:
        short = name[0] + name[len(name) // 2]
        fresh = len(name) >= 5 and short not in text and short not in taken
        return Term(short, "zh", TermStatus.ADMITTED, TermKind.SHORT) if fresh else None
    if all(map(is_han, name)):
        short = "".join(chr(ord("B") + ord(letter) % 20) for letter in name[:3]) + "Q"
        fresh = len(name) >= 4 and short not in text and short not in taken
        return Term(short, "en", TermStatus.ADMITTED, TermKind.ACRONYM) if fresh else None
    initials = [word[0].upper() for word in re.findall(r"[A-Za-z]+", name) if word.lower() not in FUNCTION_WORDS]
    short = "".join(initials)
    listed = {term.text for one in context.glossary.concepts for term in one.terms}
    fresh = short not in HOUSEHOLD | listed | taken and re.search(rf"\b{short}s?\b", text) is None
    return Term(short, "en", TermStatus.ADMITTED, TermKind.ACRONYM) if fresh and 1 < len(initials) < 8 else None


def _with_short_forms(glossary: Glossary, written: Sequence[Written]) -> Glossary:
    added = {one.concept: one.term for one in written}
    return Glossary(tuple(_with(concept, added.get(concept.id)) for concept in glossary.concepts))


def _with(concept: Concept, term: Term | None) -> Concept:
    return concept if term is None else replace(concept, terms=(*concept.terms, term))


def _rewritten(bitext: Bitext, side: Side, page: SegmentedDocument, faults: Sequence[Fault]) -> Bitext:
    """The item with another text on one side, its units as they were."""
    edits = spliced(page.document.text, faults)
    blocks = tuple(replace(block, span=edits.span(block.span)) for block in page.document.blocks)
    document = replace(page.document, text=edits.text, blocks=blocks)
    spans = [edits.span(segment.span) for segment in page.segments]
    segments = tuple(
        replace(segment, span=span, text=document.slice(span))
        for segment, span in zip(page.segments, spans, strict=True)
    )
    new = SegmentedDocument(document, segments)
    if side == "source":
        moved = (replace(u, source=None if u.source is None else edits.span(u.source)) for u in bitext.units)
        return replace(bitext, source=new, units=tuple(moved))
    moved = (replace(u, target=None if u.target is None else edits.span(u.target)) for u in bitext.units)
    return replace(bitext, target=new, units=tuple(moved))
