"""Glossaries made at random, and what of a glossary must survive writing and reading."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from bitext.model.glossary import CasePolicy, Concept, Glossary, Term, TermKind, TermStatus

AWKWARD = "中文腾é́\U00020000\U0001f393aB1 \t\n\r,;；|\"'<>&#=\\_-:x\u00a0\u3000\u200b\u2028]"
"""Astral, combining and invisible characters, and the signs of every format."""
CONTROLS = "\x01\x08\x0b\x0c\x1b\x1f\x7f\x85\ufffe"


SPECIAL = ["-", "#", "# x", "bitext:note=x", "TBX termType: x", "_x0041_", "a | b", "a\n b", "=1+1"]
REGIONS_ZH, REGIONS_EN = ("", "TW", "Hant-HK"), ("", "GB", "US")
DATES = [("", ""), ("2020", ""), ("2020-05", "2021-01-31"), ("", "2023-06-04"), ("2023", "2023-05")]


def _texts(alphabet: str) -> st.SearchStrategy[str]:
    """Texts as readers give them: without white space at the edges."""
    return st.one_of(st.text(st.sampled_from(alphabet), max_size=12), st.sampled_from(SPECIAL)).map(str.strip)


def _terms(text: st.SearchStrategy[str], word: st.SearchStrategy[str]) -> st.SearchStrategy[Term]:
    def term(text: str, note: str, source: str, dates: tuple[str, str], picked: tuple[int, ...]) -> Term:
        language, status, kind, case, translate, region = picked
        return Term(
            text,
            "zh" if language else "en",
            list(TermStatus)[status],
            list(TermKind)[kind],
            note,
            valid_from=dates[0],
            valid_until=dates[1],
            case=[None, *CasePolicy][case],
            translate=bool(translate),
            source=source,
            region=(REGIONS_ZH if language else REGIONS_EN)[region],
        )

    picked = st.tuples(*(st.integers(0, last) for last in (1, 3, 3, 3, 1, 2)))
    return st.builds(term, word, text, text, st.sampled_from(DATES), picked)


def _glossaries(alphabet: str) -> st.SearchStrategy[Glossary]:
    """Glossaries of some concepts in the order of their ids, Chinese terms first."""

    def concept(name: str, terms: list[Term], told: tuple[str, str, str, str]) -> Concept:
        return Concept(name, tuple(sorted(terms, key=lambda term: (term.language != "zh", term.region))), *told)

    text = _texts(alphabet)
    word = text.filter(bool)
    terms = st.lists(_terms(text, word), min_size=1, max_size=3, unique_by=lambda term: (term.language, term.text))
    concepts = st.builds(concept, word, terms, st.tuples(text, text, text, text))
    rows = st.lists(concepts, min_size=1, max_size=3, unique_by=lambda one: one.id)
    return rows.map(lambda made: Glossary(tuple(sorted(made, key=lambda one: one.id))))


GLOSSARIES = _glossaries(AWKWARD)
"""Glossaries whose characters XML can hold."""
WITH_CONTROLS = _glossaries(AWKWARD + CONTROLS)


def bare(glossary: Glossary) -> Glossary:
    """The glossary without the places of its terms."""
    return Glossary(
        tuple(
            replace(concept, terms=tuple(replace(term, path="", line=0, column=0) for term in concept.terms))
            for concept in glossary.concepts
        )
    )
