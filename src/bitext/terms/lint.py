"""What is doubtful in a glossary itself: entries that contradict each other, cannot be found, or say nothing.

Each test is a function from the entries to remarks; `TESTS` lists them all. Terms are compared by their keys, as the
matcher does, so two entries that differ in case, number, hyphens or script alone count as the same text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bitext.model.documents import Document, Language
from bitext.model.findings import Message, Severity
from bitext.model.glossary import Concept, Glossary, Occurrence, Term, TermKind, TermStatus
from bitext.terms.forms import keys
from bitext.terms.matcher import Hits, is_acronym, matcher
from bitext.text.words import FUNCTION_WORDS

LANGUAGES: tuple[Language, Language] = ("zh", "en")
COMPARED = 4
"""So many preferred terms of a concept are looked for inside its deprecated ones."""
OFTEN = 3
"""From so many places inside longer terms on, and no other one, a term is taken to be covered by them."""
SHOWN = 8
"""So many other places are listed with one remark."""

_WORDS = (
    "ace act ad add age ago aid aim air ant apt arc arm art ask bad bag ball bar base bat bay beat bed best bet "
    "big bit boat body book boss box boy bus buy cab call camp cap car card care case cast cat city club cost cup "
    "cut dad dare date day deal dear den door dot draw ear east eat edge edit end era eye face fact fair fall fan "
    "far fast fat fit fix fly fun game gap gas gate get gift girl give go goal goat gold good grid had hand hard "
    "hat heat help high hill hint hit home hope hot ice idea join keep key kid kind lab lamp land last late law "
    "lead leaf leap let life light line link list live lot love low luck main make man map mark mask may meet men "
    "mile mind mine moon moss move new news next nice nine node now oak odd oil old one open own pace pack pain "
    "pair park part past path peace pen pet pie pin plan play pool pop post race rain rest rich ride ring rise "
    "road role rose run safe sage sail save sea see seed set ship side sign sit six smart snap son soon soul spa "
    "spot star start stem step stop sun tap tea team tell ten test tide time tip top tree true two use van view "
    "vote wall war warm wave way web west win wind wine wish wood word work year yes young zero"
)
_ORDINARY = frozenset(_WORDS.split()) | FUNCTION_WORDS


@dataclass(frozen=True, slots=True)
class Entry:
    """A term with its concept and its key."""

    concept: Concept
    term: Term
    key: str


@dataclass(frozen=True, slots=True)
class Remark:
    """One doubtful thing: the term it is about first, then the others that have to do with it."""

    rule: str
    message: Message
    severity: Severity
    concept: str
    terms: tuple[Term, ...]


def remarks(glossary: Glossary, archive: Iterable[Document] | None = None) -> tuple[Remark, ...]:
    """What is doubtful in `glossary`, sorted by place; with an `archive` also what no page of it names."""
    entries = _entries(glossary)
    found = [remark for test in TESTS for remark in test(glossary, entries)]
    if archive is not None:
        found += _compared(glossary, archive)
    return tuple(sorted(found, key=_place))


def _place(remark: Remark) -> tuple[str, int, int, int, str]:
    first = remark.terms[0]
    return first.path, first.line, first.column, remark.severity.rank, remark.rule


def _entries(glossary: Glossary) -> list[Entry]:
    rows = [(concept, term) for concept in glossary.concepts for term in concept.terms]
    folded = keys([term.text for _, term in rows])
    return [Entry(concept, term, key) for (concept, term), key in zip(rows, folded, strict=True)]


def _remark(rule: str, severity: Severity, entry: Entry, others: Iterable[Entry] = (), **fields: str | int) -> Remark:
    rest = tuple(other.term for other in others)
    fields = {"term": entry.term.text, "concept": entry.concept.id, **fields}
    if rest:
        fields.setdefault("other", rest[0].text)
    return Remark(rule, Message.of(f"lint.{rule}", **fields), severity, entry.concept.id, (entry.term, *rest[:SHOWN]))


def _matchless(_: Glossary, entries: Sequence[Entry]) -> Iterator[Remark]:
    """Entries of which folding leaves nothing, or nothing but signs that stand in every text."""
    for entry in entries:
        if not entry.key.strip():
            yield _remark("never-matches", Severity.ERROR, entry)
        elif not any(map(str.isalnum, entry.key)):
            yield _remark("only-signs", Severity.WARNING, entry)


def _same_key(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    groups: dict[tuple[Language, str], list[Entry]] = {}
    for entry in entries:
        if entry.key.strip():
            groups.setdefault((entry.term.language, entry.key), []).append(entry)
    return (group for group in groups.values() if len(group) > 1)


def _duplicates(_: Glossary, entries: Sequence[Entry]) -> Iterator[Remark]:
    """Entries of one concept that are the same text, to the letter or after folding."""
    for group in _same_key(entries):
        first: dict[str, Entry] = {}
        for entry in group:
            known = first.setdefault(entry.concept.id, entry)
            if known is entry:
                continue
            if known.term.text == entry.term.text and known.term.status is not entry.term.status:
                fields = {"status": entry.term.status.value, "first": known.term.status.value}
                yield _remark("status-differs", Severity.ERROR, entry, [known], **fields)
            elif known.term.text == entry.term.text:
                yield _remark("duplicate", Severity.WARNING, entry, [known])
            elif known.term.status.licensed == entry.term.status.licensed:
                yield _remark("shadowed", Severity.INFO, entry, [known])
            else:
                yield _remark("told-apart-by-spelling", Severity.INFO, entry, [known])


def _contradictions(_: Glossary, entries: Sequence[Entry]) -> Iterator[Remark]:
    """A text that one concept licenses and another forbids."""
    for group in _same_key(entries):
        good = {entry.concept.id: entry for entry in group if entry.term.status.licensed}
        for entry in group:
            others = [other for name, other in good.items() if name != entry.concept.id][:SHOWN]
            if others and not entry.term.status.licensed and entry.concept.id not in good:
                status = entry.term.status.value
                yield _remark(
                    "contradiction", Severity.WARNING, entry, others, status=status, elsewhere=others[0].concept.id
                )


def _same_concepts(_: Glossary, entries: Sequence[Entry]) -> Iterator[Remark]:
    """Two concepts that share a licensed term in both languages: most likely one thing listed twice."""
    first: dict[str, Entry] = {}
    for entry in entries:
        if entry.term.status.licensed and entry.key.strip():
            first.setdefault(entry.concept.id, entry)
    for one, other in sorted(_one_thing(entries)):
        yield _remark("same-concept", Severity.WARNING, first[other], [first[one]], elsewhere=one)


def _one_thing(entries: Sequence[Entry]) -> set[tuple[str, str]]:
    """The pairs of concepts that share a licensed term in both languages."""
    shared: dict[tuple[str, str], set[Language]] = {}
    for group in _same_key([entry for entry in entries if entry.term.status.licensed]):
        # All are compared with the first one only, so that a word of a thousand concepts costs a thousand steps.
        leader, *rest = list(dict.fromkeys(entry.concept.id for entry in group))
        for name in rest:
            shared.setdefault((leader, name), set()).add(group[0].term.language)
    return {pair for pair, languages in shared.items() if len(languages) == len(LANGUAGES)}


def _preferred_twice(_: Glossary, entries: Sequence[Entry]) -> Iterator[Remark]:
    """Two preferred terms of one kind in one language; what is said in another region is apart."""
    first: dict[tuple[str, str, TermKind], Entry] = {}
    for entry in entries:
        term = entry.term
        if term.status is TermStatus.PREFERRED:
            known = first.setdefault((entry.concept.id, term.tag, term.kind), entry)
            if known is not entry and known.term.text != term.text and not _apart(known.term, term):
                yield _remark("two-preferred", Severity.WARNING, entry, [known], kind=term.kind.value)


def _preferred_of_several(_: Glossary, entries: Sequence[Entry]) -> Iterator[Remark]:
    """A text that two concepts prefer, where nothing tells in which subject or on which pages it means which.

    In Chinese that asks for two translations of one word; an English word for two things is common and only noted.
    """
    one_thing = _one_thing(entries)
    for group in _same_key([entry for entry in entries if entry.term.status is TermStatus.PREFERRED]):
        first: dict[tuple[str, str], Entry] = {}
        for entry in group:
            concept = entry.concept
            known = first.setdefault((concept.domain, concept.scope), entry)
            if known.concept.id == concept.id or _apart(known.term, entry.term):
                continue
            if (known.concept.id, concept.id) in one_thing:
                continue
            severity = Severity.WARNING if entry.term.language == "zh" else Severity.INFO
            yield _remark("preferred-elsewhere", severity, entry, [known], elsewhere=known.concept.id)


def _apart(one: Term, other: Term) -> bool:
    """Whether the times of two terms do not overlap, as far as they are told."""
    return any(
        a.valid_until and b.valid_from and a.valid_until <= b.valid_from for a, b in ((one, other), (other, one))
    )


def _containing(_: Glossary, entries: Sequence[Entry]) -> Iterator[Remark]:
    """Deprecated terms with the preferred one inside them."""
    preferred: dict[tuple[str, Language], list[Entry]] = {}
    for entry in entries:
        if entry.term.status is TermStatus.PREFERRED and entry.key.strip():
            preferred.setdefault((entry.concept.id, entry.term.language), []).append(entry)
    for entry in entries:
        if entry.term.status.licensed:
            continue
        for other in preferred.get((entry.concept.id, entry.term.language), [])[:COMPARED]:
            if other.key in entry.key and other.key != entry.key:
                yield _remark("contains-preferred", Severity.INFO, entry, [other])
                break


def _ordinary_words(_: Glossary, entries: Sequence[Entry]) -> Iterator[Remark]:
    """Acronyms that are English words when a headline is set in capitals."""
    for entry in entries:
        text = entry.term.text
        if entry.term.language == "en" and is_acronym(text) and text.lower() in _ORDINARY:
            yield _remark("acronym-is-word", Severity.INFO, entry, word=text.lower())


def _one_sided(glossary: Glossary, entries: Sequence[Entry]) -> Iterator[Remark]:
    """Concepts without a term, or without one that may be written, in one of the languages."""
    first: dict[str, Entry] = {}
    for entry in entries:
        first.setdefault(entry.concept.id, entry)
    for concept in glossary.concepts:
        for language in LANGUAGES:
            kept = any(not term.translate for term in concept.terms)
            if concept.terms and not concept.licensed(language) and not kept:
                rule = "nothing-licensed" if concept.in_language(language) else "one-language"
                yield _remark(f"{rule}.{language}", Severity.WARNING, first[concept.id])


TESTS: tuple[Callable[[Glossary, Sequence[Entry]], Iterator[Remark]], ...] = (
    _matchless,
    _duplicates,
    _contradictions,
    _same_concepts,
    _preferred_twice,
    _preferred_of_several,
    _containing,
    _ordinary_words,
    _one_sided,
)


def _compared(glossary: Glossary, archive: Iterable[Document]) -> Iterator[Remark]:
    """What the pages of an archive tell: concepts that are never met, and terms that longer ones always cover."""
    seen: set[str] = set()
    free: set[Term] = set()
    covered: dict[Term, list[tuple[Occurrence, Occurrence]]] = {}
    for page in archive:
        hits = matcher(glossary, page.language).hits(page)
        seen |= {one.concept.id for one in (*hits.occurrences, *hits.nested)}
        free |= {one.term for one in hits.occurrences}
        for one, longer in _coverings(hits):
            covered.setdefault(one.term, []).append((one, longer))
    yield from _unseen(glossary, seen)
    for term, rows in covered.items():
        if term not in free and len(rows) >= OFTEN:
            one, longer = rows[0]
            entries = Entry(one.concept, term, ""), [Entry(longer.concept, longer.term, "")]
            yield _remark("only-inside", Severity.INFO, *entries, n=len(rows))


def _coverings(hits: Hits) -> Iterator[tuple[Occurrence, Occurrence]]:
    """Licensed terms inside a longer one, and that one; a short form in the full form of its own concept is none."""
    for one in hits.nested:
        index = bisect_right(hits.occurrences, one.span.start, key=lambda hit: hit.span.start) - 1
        longer = hits.occurrences[index] if index >= 0 else None
        if longer is not None and longer.span.contains(one.span) and longer.span != one.span:
            others = one.concept.id != longer.concept.id
            if others and one.term.status.licensed:
                yield one, longer


def _unseen(glossary: Glossary, seen: Collection[str]) -> Iterator[Remark]:
    for concept in glossary.concepts:
        if concept.terms and concept.id not in seen:
            term = (concept.licensed("zh") or concept.terms)[0]
            yield _remark("never-seen", Severity.INFO, Entry(concept, term, ""))
