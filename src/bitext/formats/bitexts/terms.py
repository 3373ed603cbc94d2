"""The glossary module of XLIFF 2: the concepts of a glossary whose terms stand in a unit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, cast

from bitext.formats.bitexts.tags import primary
from bitext.formats.xml_write import text
from bitext.model.documents import Language
from bitext.model.glossary import Concept, Glossary
from bitext.model.memory import Entry, Header

GLOSSARY = "urn:oasis:names:tc:xliff:glossary:2.0"

GLOSSARY_START = b"<gls:glossary>"
"""What stands in the file once for each unit with terms of the glossary; one of the file alone begins otherwise."""
Finder: TypeAlias = Callable[[Entry], tuple[tuple[str, str], ...]]
"""Gives for an entry each term that stands in its source, and its element of the glossary module."""


def glossary_finder(glossary: Glossary, header: Header) -> Finder:
    """What finds the terms of `glossary` that stand in the sources of entries.

    A term stands there as it is written, but for capitals, and not within a longer Latin word.
    """
    import ahocorasick_rs

    source, target = primary(header.source_language), primary(header.target_language)
    if {source, target} != {"zh", "en"}:
        return lambda _: ()
    listed = [
        (term.text, concept)
        for concept in glossary.concepts
        for term in concept.in_language(cast("Language", source))
        if concept.licensed(cast("Language", target))
    ]
    automaton = ahocorasick_rs.AhoCorasick([_folded(term) for term, _ in listed])

    def found_in(entry: Entry) -> tuple[tuple[str, str], ...]:
        if entry.source is None:
            return ()
        folded = _folded(entry.source.text)
        found = automaton.find_matches_as_indexes(folded, overlapping=True)
        numbers = sorted({number for number, start, end in found if _is_word(folded, start, end)})
        rows = dict.fromkeys(listed[number] for number in numbers)
        return tuple((term, _entry(term, concept, cast("Language", target), entry.id)) for term, concept in rows)

    return found_in


def _folded(raw: str) -> str:
    # Letter by letter, so that no offset moves.
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in raw)


def _is_word(raw: str, start: int, end: int) -> bool:
    inside = [raw[edge - 1 : edge + 1] for edge in (start, end) if 0 < edge < len(raw)]
    return not any(len(pair) == 2 and all(char.isascii() and char.isalnum() for char in pair) for pair in inside)


def _entry(term: str, concept: Concept, target: Language, unit: str) -> str:
    translations = "".join(
        f"<gls:translation>{text(row.text, unit)}</gls:translation>\n" for row in concept.licensed(target)
    )
    definition = f"<gls:definition>{text(concept.definition, unit)}</gls:definition>\n" if concept.definition else ""
    return f"<gls:glossEntry>\n<gls:term>{text(term, unit)}</gls:term>\n{translations}{definition}</gls:glossEntry>\n"
