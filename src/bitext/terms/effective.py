"""The glossary as it holds for one item: its scopes, names by its date, what is not to be translated in both languages.

The rules know statuses only. So a superseded name is made preferred for an item of the time before its end, and a
licensed one superseded for an item of the time after, or of the time when another name was in its place; what must
stand as it is becomes a term of the other language.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import PurePath

from bitext.model.documents import Language
from bitext.model.glossary import Concept, Glossary, Term, TermStatus

_KEPT = 8
_recent: deque[tuple[Glossary, tuple[int, ...], Glossary]] = deque(maxlen=_KEPT)
_plain: deque[Glossary] = deque(maxlen=_KEPT)
_UNCHANGED = frozenset({"possessive", "plural", "quotes", "article", "width", "space"})
"""What may differ from a term that must stand as it is: the grammar around it and its typography."""


_scoped: deque[tuple[Glossary, frozenset[str], Glossary]] = deque(maxlen=_KEPT)
_unscoped: deque[Glossary] = deque(maxlen=_KEPT)
_PARTS = re.compile(r"[;；]")
_PATTERN = re.compile(r"[*?/\[]")


def applies(concept: Concept, scope: str, paths: Sequence[str]) -> bool:
    """Whether `concept` is for an item of the site or column `scope` with pages at `paths`.

    A concept without a scope is for all. Each part of a scope, parted by semicolons, is a name, compared without case,
    or, if it has one of `*?/[`, a pattern for a path or for its end from some folder on, such as `news/2023/*`.
    """
    parts = [part.strip() for part in _PARTS.split(concept.scope) if part.strip()]
    names = {part.strip().casefold() for part in _PARTS.split(scope)} - {""}
    return not parts or any(_fits(part, paths) if _PATTERN.search(part) else part.casefold() in names for part in parts)


def waiting(glossary: Glossary, paths: Sequence[str]) -> int:
    """The number of concepts that are for some named scope, and would hold for pages at `paths` if it were told."""
    return sum(
        not applies(concept, "", paths) and any(not _PATTERN.search(part) for part in _PARTS.split(concept.scope))
        for concept in glossary.concepts
        if concept.scope
    )


def _fits(pattern: str, paths: Sequence[str]) -> bool:
    shown = [PurePath(path).as_posix() for path in paths if path]
    return any(fnmatchcase(path, pattern) or fnmatchcase(path, f"*/{pattern}") for path in shown)


def in_scope(glossary: Glossary, scope: str, paths: Sequence[str]) -> Glossary:
    """The concepts of `glossary` that are for an item of `scope` with pages at `paths`.

    The same object comes back where no concept has a scope, and for items that leave out the same concepts.
    """
    if any(known is glossary for known in tuple(_unscoped)):
        return glossary
    if not any(concept.scope for concept in glossary.concepts):
        _unscoped.append(glossary)
        return glossary
    left = frozenset(concept.id for concept in glossary.concepts if not applies(concept, scope, paths))
    if not left:
        return glossary
    for known, its_left, ready in tuple(_scoped):
        if known is glossary and its_left == left:
            return ready
    made = Glossary(tuple(concept for concept in glossary.concepts if concept.id not in left))
    _scoped.append((glossary, left, made))
    return made


def effective(glossary: Glossary, date: str) -> Glossary:
    """`glossary` as it holds on `date` (ISO 8601, or empty for an item without one).

    The same object comes back where nothing depends on either, and for items that the dates treat alike, so that they
    share what was built for it.
    """
    if any(known is glossary for known in tuple(_plain)):
        return glossary
    special = [concept for concept in glossary.concepts if any(map(_is_special, concept.terms))]
    if not special:
        _plain.append(glossary)
        return glossary
    state = tuple(_phase(term, date) for concept in special for term in concept.terms)
    for known, its_state, ready in tuple(_recent):
        if known is glossary and its_state == state:
            return ready
    changed = {concept.id: _concept(concept, date) for concept in special}
    made = Glossary(tuple(changed.get(concept.id, concept) for concept in glossary.concepts))
    _recent.append((glossary, state, made))
    return made


def _is_special(term: Term) -> bool:
    return bool(term.valid_from or term.valid_until) or not term.translate


def _phase(term: Term, date: str) -> int:
    """-1 before a term was in use, 1 after, 0 in that time or where it cannot be told."""
    # Compared as far as both go: 2023-05-31 is within 2023.
    first, last = (min(len(date), len(bound)) for bound in (term.valid_from, term.valid_until))
    return int(date[:last] > term.valid_until[:last]) or -int(date[:first] < term.valid_from[:first])


def _concept(concept: Concept, date: str) -> Concept:
    terms = _on_date(concept, date)
    fixed = [term for term in terms if not term.translate]
    present = {(term.language, term.text) for term in terms}
    for term in fixed:
        other: Language = "en" if term.language == "zh" else "zh"
        if (other, term.text) not in present:
            terms.append(replace(term, language=other))
            present.add((other, term.text))
    chinese = [term for term in concept.in_language("zh") if term.status.licensed]
    if chinese and not any(term.translate for term in chinese):
        names = {term.text for term in chinese}
        terms = [term for term in terms if term.language == "zh" or term.text in names]
    return replace(concept, terms=tuple(terms))


def _on_date(concept: Concept, date: str) -> list[Term]:
    """The concept's terms with the status that they have on `date`: a former name goes before those of later days."""
    former = {term for term in concept.terms if _is_still_right(term, date)}
    kinds = {(term.language, term.kind) for term in former}
    rows = []
    for term in concept.terms:
        phase, status = _phase(term, date), term.status
        if term in former:
            status = TermStatus.PREFERRED
        elif status.licensed and (phase > 0 or (phase < 0 and (term.language, term.kind) in kinds)):
            status = TermStatus.SUPERSEDED
        elif status is TermStatus.PREFERRED and (phase < 0 or (term.language, term.kind) in kinds):
            status = TermStatus.ADMITTED
        rows.append(replace(term, status=status))
    return rows


def _is_still_right(term: Term, date: str) -> bool:
    """Whether a superseded term was the name on `date`."""
    superseded = term.status is TermStatus.SUPERSEDED
    return superseded and bool(date and term.valid_until) and _phase(term, date) == 0


def too_early(term: Term, date: str) -> bool:
    """Whether an item of `date` is older than the name that `term` is."""
    return bool(date) and _phase(term, date) < 0


def stands_unchanged(term: Term, how: tuple[str, ...]) -> bool:
    """Whether a hit found by the foldings `how` leaves `term` as it is, where that is asked for."""
    return term.translate or _UNCHANGED.issuperset(how)
