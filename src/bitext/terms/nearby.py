"""What stands in a text instead of a term: a near variant of it, or the pinyin of its Chinese original.

Both are looked for only where a rendering is missing, in the text of one translation unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, islice, pairwise

from bitext.model.documents import Language, Span
from bitext.terms.forms import keys
from bitext.terms.household import HOUSEHOLD
from bitext.text.scripts import HAN_CLASS
from bitext.text.words import FUNCTION_WORDS, singular, without_verb_ending, words

LONGEST = 2000
"""Words or characters of a unit that are looked through; a unit beyond that is no sentence."""
ENOUGH = {1: 1, 2: 2, 3: 2, 4: 3}
"""Of so many content words of a term so many must stand together; of more than four, three quarters."""

_SHORTEST_FORM = 3
"""Letters of an acronym that says by itself what it is for."""
SHORTEST_INSIDE = 5
"""Letters from which a word inside another one is no accident: "age" in "package" is one."""

_AND = re.compile(r"\w (?:and|or) \w")
_BRACKETS = re.compile(r"\s?[(（][^()（）]{0,40}[)）]")
_Piece = tuple[str, Span]


@dataclass(frozen=True, slots=True)
class Near:
    """A stretch that looks like a term. `complete`: it has all the content words; `inflected`: it is the term itself

    but for the endings of verbs ("infected" for "infect").
    """

    span: Span
    complete: bool
    inflected: bool


def near_variant(text: str, terms: Iterable[str], language: Language, taken: Sequence[Span] = ()) -> Near | None:
    """The stretch of `text` that looks most like one of `terms` but is none of them; None if nothing is near.

    Near is: the content words in another order or with other function words, one of several words replaced, or a
    letter or two misspelt. What `taken` covers is known to render something else.
    """
    pieces = [piece for piece in _pieces(text, language) if not any(piece[1].overlaps(span) for span in taken)]
    best: tuple[bool, float, int, Near] | None = None
    for term in terms:
        wanted = [word for word, _ in _split(term, language)]
        for score, span in _windows(pieces, wanted):
            found = Near(span, score == 1, language == "en" and _inflected(text[span.start : span.end], wanted))
            rank = (found.inflected, score, -span.start)
            if best is None or rank > best[:3]:
                best = (*rank, found)
    return None if best is None else best[3]


def in_other_words(text: str, terms: Sequence[str], written_out: str = "") -> bool:
    """Whether `text` has one of the English `terms` but for brackets, for a word that it shares, or by an acronym.

    That is "offshore renminbi (CNH) market" for "offshore renminbi market", "withholding and other taxes" for
    "withholding taxes", WHO for World Health Organization, and AI for artificial intelligence. `written_out` is `text`
    with its acronyms written out.
    """
    shown = text[: 20 * LONGEST]
    others = [other for other in (_BRACKETS.sub("", shown), written_out[: 40 * LONGEST]) if other and other != shown]
    whole = keys([*others, *terms]) if others else []
    if any(part and part in row for row in whole[: len(others)] for part in whole[len(others) :]):
        return True
    known = HOUSEHOLD & {_initials(term, letters) for term in terms for letters in ("A-Z", "A-Za-z")}
    return any(re.search(rf"\b{acronym}\b", shown) for acronym in sorted(known)) or _shares_word(shown, terms)


def _initials(term: str, letters: str) -> str:
    """The initials of a term among these letters: its capitals alone, or those of all its words."""
    return "".join(re.findall(rf"\b[{letters}]", term)).upper()


def short_again(text: str, terms: Iterable[str], first: Mapping[str, int], place: int) -> bool:
    """Whether `text`, at `place` of its page, has an acronym for one of `terms` that the page has used before.

    The page may never have said what it stands for: that is one mistake, at the acronym's first use, and not as many
    as it has uses. `first` tells where each acronym stands first.
    """
    forms = {_initials(term, letters) for term in terms for letters in ("A-Z", "A-Za-z")}
    again = [form for form in forms if len(form) >= _SHORTEST_FORM and first.get(form, place) < place]
    return any(re.search(rf"\b{form}s?\b", text) for form in again)


def _shares_word(text: str, terms: Iterable[str]) -> bool:
    """Whether the words of a term stand with "and" and one or two others between them: "bond and equity markets"."""
    if _AND.search(text) is None:
        return False
    there = [singular(word.lower()) for word, _ in islice(_words(text), LONGEST)]
    for term in terms:
        head, *rest = [singular(word.lower()) for word, _ in words(term)] or [""]
        for place in (index for index, word in enumerate(there) if rest and word == head):
            if there[place + 1 : place + 2] in (["and"], ["or"]) and any(
                there[place + gap : place + gap + len(rest)] == rest for gap in (3, 4)
            ):
                return True
    return False


def misspelt(text: str, terms: Iterable[str], taken: Sequence[Span] = ()) -> Span | None:
    """Where `text` has one of the `terms` that are a single English word with a letter too many, too few or swapped.

    Plurals and other words of the same stem are no misspellings. What `taken` covers renders something else.
    """
    wanted: dict[str, list[str]] = {}
    for term in terms:
        if len(term) >= SHORTEST_INSIDE and term.isalpha() and term.isascii():
            wanted.setdefault(term[:2].lower(), []).append(term)
    for word, span in _words(text) if wanted else ():
        alike = wanted.get(word[:2].lower(), ())
        if any(_is_slip(word, term) for term in alike) and not any(span.overlaps(other) for other in taken):
            return span
    return None


def _is_slip(word: str, term: str) -> bool:
    """Whether a word is the term with two letters swapped, or a long one with a letter in its middle wrong."""
    one, other = (singular(word.lower()), singular(term.lower())) if not term.isupper() else (word, term)
    if one == other or one[:2] != other[:2] or one[-1] != other[-1]:
        return False
    if sorted(one) == sorted(other):
        return _edits(one, other, 1)
    return min(len(one), len(other)) > 8 and _edits(one, other, 1)


def inside_word(text: str, terms: Iterable[str], taken: Sequence[Span] = ()) -> bool:
    """Whether a word of `text` ends in one of the English `terms` that are a single word: virus in "coronavirus".

    What `taken` covers is known to render something else.
    """
    endings = tuple(term for term in terms if len(term) >= SHORTEST_INSIDE and term.isalpha() and term.islower())
    if not endings:
        return False
    return any(
        singular(word.lower()).endswith(endings) and not any(span.overlaps(other) for other in taken)
        for word, span in _words(text)
        if word.isalpha()
    )


def _inflected(surface: str, wanted: Sequence[str]) -> bool:
    words_there = [word for word, _ in _split(surface, "en")]
    return list(map(without_verb_ending, words_there)) == list(map(without_verb_ending, wanted))


@lru_cache(maxsize=4)
def _words(text: str) -> tuple[_Piece, ...]:
    """The English words of a unit that are looked through, read once for all the terms that it lacks."""
    return tuple(words(text[: 20 * LONGEST]))


@lru_cache(maxsize=4)
def _pieces(text: str, language: Language) -> tuple[_Piece, ...]:
    """The pieces of a unit that are looked through, read once for all the terms that it lacks."""
    return tuple(_split(text[: 20 * LONGEST], language)[:LONGEST])


def _split(text: str, language: Language) -> list[_Piece]:
    if language == "zh":
        return [(match.group(), Span(*match.span())) for match in re.finditer(f"[{HAN_CLASS}]|[A-Za-z0-9]+", text)]
    lowered = ((re.sub(r"['’]s?$", "", word.lower()), span) for word, span in words(text))
    return [(word, span) for word, span in lowered if word not in FUNCTION_WORDS]


def _windows(pieces: Sequence[_Piece], wanted: Sequence[str]) -> Iterable[tuple[float, Span]]:
    """Stretches as long as the term that hold enough of its words, with the share of the words that they hold."""
    size = len(wanted)
    enough = ENOUGH.get(size, -(-size * 3 // 4))
    if not size:
        return
    values = {word: _likeness(word, wanted) for word in {word for word, _ in pieces}}
    if size == 1:
        yield from ((values[word], span) for word, span in pieces if values[word] > 0)
        return
    sums = [0.0, *accumulate(values[word] for word, _ in pieces)]
    for start in range(len(pieces) - size + 1):
        if sums[start + size] - sums[start] < enough - 0.6:
            continue
        score, span = _held(pieces[start : start + size], wanted)
        if score >= enough - 0.6 and span is not None:
            yield score / size, span


def _held(window: Sequence[_Piece], wanted: Sequence[str]) -> tuple[float, Span | None]:
    """How many of the words wanted the window holds, each used once, and from where to where."""
    left = list(wanted)
    score, spans = 0.0, []
    for word, span in window:
        match = max(left, key=lambda other: _same(word, other), default=None)
        if match is not None and _same(word, match):
            score += _same(word, match)
            spans.append(span)
            left.remove(match)
    return score, Span(spans[0].start, spans[-1].end) if spans else None


def _likeness(word: str, wanted: Sequence[str]) -> float:
    return max(_same(word, other) for other in wanted)


def _same(one: str, other: str) -> float:
    """1 for the same word, 0.75 for one that is misspelt or has another ending, 0 for another word."""
    if one == other or singular(one) == singular(other):
        return 1.0
    if without_verb_ending(one) == without_verb_ending(other) and one.isalpha():
        return 0.75
    shorter = min(len(one), len(other))
    if shorter < 4 or (shorter == 4 and len(one) == len(other)) or one[0] != other[0] or not one.isalpha():
        return 0.0
    if one[:5] == other[:5] and abs(len(one) - len(other)) <= 3:
        return 0.75
    return 0.75 if _edits(one, other, 2 if shorter >= 9 else 1) else 0.0


def _edits(one: str, other: str, most: int) -> bool:
    """Whether `one` becomes `other` by at most so many insertions, deletions, replacements or swaps of neighbours."""
    if abs(len(one) - len(other)) > most:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return False
    return row[-1] <= most


def pinyin_left(text: str, term: str, allowed: Iterable[str]) -> Span | None:
    """Where `text` spells at least two syllables of the Chinese `term` in pinyin, joined or apart; None if nowhere.

    Words of `allowed`, the licensed renderings, do not count: Shenzhen is English too.
    """
    syllables = _syllables(term)
    known = {word.lower() for rendering in allowed for word, _ in words(rendering)}
    rows = [(word.lower(), span) for word, span in _words(text)]
    joined = {"".join(syllables[i:j]) for i in range(len(syllables)) for j in range(i + 2, len(syllables) + 1)} - known
    pairs = set(pairwise(syllables))
    longest: Span | None = None
    for index, (word, span) in enumerate(rows):
        found = None
        if word in joined and len(word) > 4:
            found = span
        elif (
            index and (rows[index - 1][0], word) in pairs and not {rows[index - 1][0], word} & (known | FUNCTION_WORDS)
        ):
            found = Span(rows[index - 1][1].start, span.end)
        if found is not None and text[found.start].isupper() and (longest is None or len(found) > len(longest)):
            longest = found
    return longest


def _syllables(term: str) -> list[str]:
    from pypinyin import lazy_pinyin  # 0.1 s for its tables

    han = "".join(re.findall(f"[{HAN_CLASS}]", term))
    return [syllable.replace("ü", "v") for syllable in lazy_pinyin(han)]
