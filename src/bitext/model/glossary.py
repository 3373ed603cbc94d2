"""Concepts, their terms, and where terms occur in a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bitext.model.documents import Language, Span


class TermStatus(StrEnum):
    """Administrative status of a term (the picklist of ISO 30042)."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    SUPERSEDED = "superseded"

    @property
    def licensed(self) -> bool:
        """Whether the term may be used."""
        return self in (TermStatus.PREFERRED, TermStatus.ADMITTED)


class TermKind(StrEnum):
    """What form of the name a term is."""

    FULL = "full"
    SHORT = "short"
    ACRONYM = "acronym"
    VARIANT = "variant"


class CasePolicy(StrEnum):
    """Which capitals a term may have in running text: any, those of the glossary, or those but for the first letter."""

    ANY = "any"
    EXACT = "exact"
    FIRST = "first"


@dataclass(frozen=True, slots=True)
class Term:
    """One designation of a concept in one language. `path`, `line` and `column` say where the glossary lists it.

    `valid_from` and `valid_until` are the first and the last date on which it was in use (ISO 8601, a year or a month
    too), or empty. `case` is None where nothing was laid down. What is not to be translated (`translate` is False) must
    stand in the other language as it is. `source` says where the designation comes from. `region` is what the glossary
    says of the language beside its name: "TW" of zh-TW, "Hant-HK" of zh-Hant-HK; terms are looked for without it.
    """

    text: str
    language: Language
    status: TermStatus = TermStatus.PREFERRED
    kind: TermKind = TermKind.FULL
    note: str = ""
    path: str = ""
    line: int = 0
    column: int = 0
    valid_from: str = ""
    valid_until: str = ""
    case: CasePolicy | None = None
    translate: bool = True
    source: str = ""
    region: str = ""

    @property
    def tag(self) -> str:
        """The language with its region, as BCP 47 writes it."""
        return f"{self.language}-{self.region}" if self.region else self.language


@dataclass(frozen=True, slots=True)
class Concept:
    """What the terms of one glossary entry name, in both languages.

    `domain` is its subject field, `definition` says what it is and `note` is for people. `scope` limits it to the items
    that it is for: names of sites or columns, or patterns of the pages' paths, parted by semicolons; empty for all.
    """

    id: str
    terms: tuple[Term, ...]
    domain: str = ""
    scope: str = ""
    definition: str = ""
    note: str = ""

    def in_language(self, language: Language) -> tuple[Term, ...]:
        """The concept's terms of `language`, in the glossary's order."""
        return tuple(term for term in self.terms if term.language == language)

    def licensed(self, language: Language) -> tuple[Term, ...]:
        """The preferred and admitted terms of `language`, preferred ones first."""
        terms = [term for term in self.in_language(language) if term.status.licensed]
        return tuple(sorted(terms, key=lambda term: term.status is not TermStatus.PREFERRED))


@dataclass(frozen=True, slots=True)
class Glossary:
    """The concepts of one or more glossary files, sorted by id."""

    concepts: tuple[Concept, ...] = ()

    @staticmethod
    def merged(glossaries: Iterable[Glossary]) -> Glossary:
        """One glossary of all concepts; the terms of a concept that several files list are joined in order."""
        found: dict[str, list[Concept]] = {}
        for glossary in glossaries:
            for concept in glossary.concepts:
                found.setdefault(concept.id, []).append(concept)
        return Glossary(tuple(_joined(found[name]) for name in sorted(found)))


def _joined(concepts: list[Concept]) -> Concept:
    terms = dict.fromkeys(term for concept in concepts for term in concept.terms)
    domain = next((concept.domain for concept in concepts if concept.domain), "")
    scope = next((concept.scope for concept in concepts if concept.scope), "")
    definition = next((concept.definition for concept in concepts if concept.definition), "")
    note = next((concept.note for concept in concepts if concept.note), "")
    return Concept(concepts[0].id, tuple(terms), domain, scope, definition, note)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A term found in a document's text, `how` naming the foldings that were needed ("case", "plural")."""

    concept: Concept
    term: Term
    span: Span
    how: tuple[str, ...] = ()
