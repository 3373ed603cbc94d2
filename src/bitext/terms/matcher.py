"""Finds where the terms of a glossary occur in a text: one pass, longest term first, each hit saying what it folded."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from bitext.model.documents import Document, Language, Span
from bitext.model.glossary import Glossary, Occurrence
from bitext.terms.forms import Keyed, differences, keyed, keys
from bitext.text.marks import DOUBLE_QUOTES, PAIRS
from bitext.text.scripts import is_han
from bitext.text.words import FUNCTION_WORDS, chinese_words, is_chinese_word, words

AMBIGUOUS = 3
"""Chinese terms of up to so many characters are checked against the words around them: longer ones are rarely
found by chance across two words, and dictionaries cut long names wrongly."""
MIN_CLOSED = 6
"""Two words written as one are looked for from this length on: "data base" as "database", but not "a part"."""


class _Automaton(Protocol):
    def find_matches_as_indexes(self, haystack: str, overlapping: bool = False) -> list[tuple[int, int, int]]: ...


@dataclass(frozen=True, slots=True)
class Hits:
    """What a text holds: the longest terms in order, and those that stand inside or across a longer one."""

    occurrences: tuple[Occurrence, ...]
    nested: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class _Hit:
    span: Span
    key: str


class Matcher:
    """The terms in one language of a glossary, ready to be looked for. It is built once and may be used by threads."""

    def __init__(self, glossary: Glossary, language: Language) -> None:
        from ahocorasick_rs import AhoCorasick

        # Parallel lists of strings and values, no tuple or list a term: the garbage collector would walk them all.
        self._concepts = [c for c in glossary.concepts for term in c.terms if term.language == language]
        self._terms = [term for c in glossary.concepts for term in c.terms if term.language == language]
        term_keys = keys([term.text for term in self._terms])
        self._first: dict[str, int] = {}
        self._others: dict[str, list[int]] = {}
        for index, key in enumerate(term_keys):
            if key and self._first.setdefault(key, index) != index:
                self._others.setdefault(key, []).append(index)
        self._patterns = list(self._first)
        self._automaton: _Automaton = AhoCorasick(self._patterns, store_patterns=False)
        self._closed = self._closed_forms()
        self._folds: dict[tuple[str, str], tuple[str, ...]] = {}

    def _closed_forms(self) -> dict[str, str]:
        """Words written as one, with the key of the term that has them as two: "database" for "data base"."""
        rows = {}
        for key in self._patterns:
            if key.count(" ") == 3 and len(key) > MIN_CLOSED and key[0] == key[-1] == " ":
                closed = key.replace(" ", "")
                if closed.isalpha() and f" {closed} " not in self._first:
                    rows[closed] = key
        return rows

    def occurrences(self, text: Document | str) -> tuple[Occurrence, ...]:
        """The terms found in `text`, in order. No two overlap unless they stand at the very same span."""
        return self.hits(text).occurrences

    def hits(self, text: Document | str) -> Hits:
        """The terms found in `text` and those nested in them. A term never crosses the edge of a block."""
        outer: list[Occurrence] = []
        nested: list[Occurrence] = []
        for piece, start in _pieces(text):
            longest, others = _longest(self._found(piece))
            outer += self._occurrences(piece, start, longest)
            nested += self._occurrences(piece, start, others)
        return Hits(tuple(outer), tuple(nested))

    def _found(self, text: str) -> list[_Hit]:
        folded = keyed(text)
        found = []
        straddling = _Straddling(folded.normalised.text)
        for index, start, end in self._automaton.find_matches_as_indexes(folded.key, overlapping=True):
            key = self._patterns[index]
            if _ends_there(folded, end) and not straddling(folded, key, start, end):
                found.append(_Hit(_whole(folded.original(start, end), text, key), key))
        if self._closed:
            for token in folded.tokens:
                if token.key in self._closed:
                    end = token.start + len(token.key)
                    found.append(_Hit(folded.original(token.start, end), self._closed[token.key]))
        return found

    def _occurrences(self, text: str, start: int, hits: Iterable[_Hit]) -> Iterator[Occurrence]:
        for hit in hits:
            surface = text[hit.span.start : hit.span.end]
            span = Span(start + hit.span.start, start + hit.span.end)
            best: dict[str, Occurrence] = {}
            for index in (self._first[hit.key], *self._others.get(hit.key, ())):
                concept, term = self._concepts[index], self._terms[index]
                how = self._how(surface, term.text)
                if "case" in how and (is_acronym(term.text) or _other_words(surface, term.text)):
                    continue
                found = Occurrence(concept, term, span, how)
                if concept.id not in best or _rank(found) < _rank(best[concept.id]):
                    best[concept.id] = found
            yield from best.values()

    def _how(self, surface: str, term: str) -> tuple[str, ...]:
        if surface == term:
            return ()
        if len(self._folds) > 1 << 16:
            self._folds.clear()
        pair = (surface, term)
        if pair not in self._folds:
            self._folds[pair] = differences(surface, term)
        return self._folds[pair]


def _rank(occurrence: Occurrence) -> tuple[int, bool]:
    """Of two terms of one concept that are found at one place, the one with less folding is meant."""
    return len(occurrence.how), not occurrence.term.status.licensed


def _pieces(text: Document | str) -> Iterator[tuple[str, int]]:
    if isinstance(text, str):
        yield text, 0
    else:
        for block in text.blocks:
            yield text.slice(block.span), block.span.start


def is_acronym(term: str) -> bool:
    """Whether a term is written in capitals throughout, such as SZIIT or 5G, so that its case tells it from words."""
    return len(term) <= 8 and term.isupper() and not any(is_han(character) for character in term)


def _other_words(surface: str, term: str) -> bool:
    """Whether an acronym of the term stands as a word of another meaning: "who" is not the WHO, nor "it" IT."""
    pairs = zip(words(surface), words(term), strict=False)
    return any(b.isupper() and len(b) > 1 and a == b.lower() and a in FUNCTION_WORDS for (a, _), (b, _) in pairs)


def _ends_there(folded: Keyed, end: int) -> bool:
    """Whether no sign that belongs to the word follows it: "C" is not found in C++ or C#, nor 1 in 1%."""
    return folded.key[end - 1] != " " or end >= len(folded.key) or folded.key[end] not in "+#"


def _whole(span: Span, text: str, key: str) -> Span:
    """`span` with the signs that belong to the name but not to its key: a quote opened before it, a stop after it."""
    start, end = span.start, span.end
    closer = PAIRS.get(text[start - 1], "") if start else ""
    if closer and closer in DOUBLE_QUOTES and closer in text[start:end]:
        start -= 1
    if key.endswith((" ltd ", " inc ", " corp ", " co ")) and text[end : end + 1] == ".":
        end += 1
    return Span(start, end)


_OFFICERS = "长员"
"""The head or a member of what stands before: 教务处 is meant in 教务处长, though 处长 is a word."""


class _Straddling:
    """Tells whether a short Chinese term stands across the border of two words, as 大学生 does in 大学|生活.

    Words are looked up only when the first short term is found. Dictionaries cut names and new words wrongly, so a
    term is given up only if both its edges lie inside words, or if it is a word of the dictionary itself, which yet
    was cut otherwise, and no single character, the mark of a word that the dictionary lacks, is among the pieces.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._words: list[Span] | None = None

    def __call__(self, folded: Keyed, key: str, start: int, end: int) -> bool:
        if not 2 <= len(key) <= AMBIGUOUS or not all(map(is_han, key)):
            return False
        token = folded.token_at(start)
        term = Span(token.begin + start - token.start, token.begin + end - token.start)
        pieces = self._pieces(term)
        cut = (pieces[0].start < term.start) + (pieces[-1].end > term.end)
        if not cut or self._text[pieces[-1].end - 1] in _OFFICERS:
            return False
        if len(pieces) == 1:
            return self._is_two_words(pieces[0]) and abs(term.start + term.end - pieces[0].start - pieces[0].end) == 1
        return cut == 2 or (min(map(len, pieces)) > 1 and is_chinese_word(key))

    def _is_two_words(self, word: Span) -> bool:
        """Whether a word of four characters is made of two: 教育部门 is 教育|部门, and 教育部 stands across them."""
        half = word.start + 2
        halves = self._text[word.start : half], self._text[half : word.end]
        return len(word) == 4 and all(map(is_chinese_word, halves))

    def _pieces(self, span: Span) -> list[Span]:
        """The words that `span` is made of or cuts."""
        if self._words is None:
            self._words = chinese_words(self._text)
        first = bisect_right(self._words, span.start, key=lambda word: word.start) - 1
        last = bisect_left(self._words, span.end, key=lambda word: word.start)
        return self._words[first:last]


def _longest(hits: list[_Hit]) -> tuple[list[_Hit], list[_Hit]]:
    """Leftmost and longest hits first; whatever overlaps one of those is nested, unless it has the same span."""
    hits.sort(key=lambda hit: (hit.span.start, -hit.span.end, hit.key))
    longest: list[_Hit] = []
    nested: list[_Hit] = []
    for hit in hits:
        last = longest[-1].span if longest else None
        free = last is None or hit.span.start >= last.end or hit.span == last
        (longest if free else nested).append(hit)
    return longest, nested


_recent: deque[tuple[Glossary, Language, Matcher]] = deque(maxlen=4)


def matcher(glossary: Glossary, language: Language) -> Matcher:
    """The matcher of a glossary, kept for the next call with the very same glossary: items share one."""
    for known, its_language, ready in tuple(_recent):
        if known is glossary and its_language == language:
            return ready
    made = Matcher(glossary, language)
    _recent.append((glossary, language, made))
    return made
