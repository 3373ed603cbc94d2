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


@dataclass(frozen=True, slots=True)
class Term:
    """One designation of a concept in one language. `path`, `line` and `column` say where the glossary lists it."""

    text: str
    language: Language
    status: TermStatus = TermStatus.PREFERRED
    kind: TermKind = TermKind.FULL
    note: str = ""
    path: str = ""
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Concept:
    """What the terms of one glossary entry name, in both languages."""

    id: str
    terms: tuple[Term, ...]

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
        terms: dict[str, list[Term]] = {}
        for glossary in glossaries:
            for concept in glossary.concepts:
                terms.setdefault(concept.id, []).extend(concept.terms)
        return Glossary(tuple(Concept(id, tuple(dict.fromkeys(terms[id]))) for id in sorted(terms)))


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A term found in a document's text, `how` naming the foldings that were needed ("case", "plural")."""

    concept: Concept
    term: Term
    span: Span
    how: tuple[str, ...] = ()
