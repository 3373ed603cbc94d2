"""Faults as they are planted in the renderings of terms, each kind a function from a place to what is written there.

What is no fault is not planted, whatever a check would say of it:

- a rendering that is more than half of its unit is not left out or replaced by another one, since what would be left is
  another sentence or none;
- one that introduces a short form in brackets is not left out, replaced, varied or left in Chinese: introductions are
  measured by themselves, and all later uses of the short form would hang on it;
- a short form is no other wording of a full name, nor is what names another concept too;
- a post that the unit has already is not given to a person;
- a word is not varied by one that is the same but for its number;
- a term is not replaced by one that has all its words;
- a term in brackets is not left in Chinese, which is how an original is given.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bitext.checks.context import Context
from bitext.checks.renderings import Rendered
from bitext.checks.title_mismatch import _is_post, _persons
from bitext.model.documents import Span
from bitext.model.glossary import Concept, Glossary, Term, TermKind
from bitext.terms.forms import keys
from bitext.text.words import content_words, singular

Spoilt = tuple[str, str]
"""What is written instead of a rendering, and what of it the glossary has to list as deprecated."""
REPLACEMENTS = ("Arrangement", "District", "Operations", "Vehicle", "Gathering")
_INTRODUCES = re.compile(r"\s?[(（][^()（）]{0,24}[A-Z][^()（）]{0,12}[)）]")
_FULL = (TermKind.FULL, TermKind.VARIANT)
_OPENS, _CLOSES = "（([【", "）)]】"


@dataclass(frozen=True)
class Page:
    """What the kinds need to know of an item: its context, and how often it uses which wording of each concept."""

    context: Context
    glossary: Glossary
    wordings: dict[str, Counter[str]] = field(default_factory=dict)
    """The keys of the wordings of each concept in the target, with their counts."""
    sources: dict[str, set[str]] = field(default_factory=dict)
    """The terms of each concept in the source."""
    names: Counter[str] = field(default_factory=Counter)
    """The keys of the English terms of the glossary, with the number of concepts that each names."""
    posts: frozenset[Span] = frozenset()
    """Where posts stand beside the name of a person in the source."""

    @staticmethod
    def of(context: Context, glossary: Glossary) -> Page:
        """The page of a context."""
        wordings: dict[str, Counter[str]] = {}
        sources: dict[str, set[str]] = {}
        for one in context.occurrences("target"):
            wordings.setdefault(one.concept.id, Counter())[keys([one.term.text])[0]] += 1
        for one in context.occurrences("source"):
            sources.setdefault(one.concept.id, set()).add(one.term.text)
        english = [[term.text for term in one.in_language("en")] for one in glossary.concepts]
        names = Counter(key for texts in english for key in {*keys(texts)})
        units = [unit for unit in context.units if unit.source is not None and unit.target is not None]
        persons = [person for unit in units for person in _persons(context, unit, "source")]
        posts = frozenset(post.span for one in persons for post in one.posts)
        return Page(context, glossary, wordings, sources, names, posts)


@dataclass(frozen=True)
class Place:
    """A rendering: its `words` as they stand, the pair of mentions, and its page."""

    words: str
    pair: Rendered
    page: Page
    rng: random.Random

    @property
    def term(self) -> Term:
        """The term that is found there."""
        return self.pair.target.occurrences[0].term

    @property
    def concept(self) -> Concept:
        """The concept that is named there."""
        return self.pair.source.occurrences[0].concept

    def is_most(self) -> bool:
        """Whether the rendering is more than half of its unit."""
        return self.pair.unit.target is None or 2 * len(self.pair.target.span) > len(self.pair.unit.target)

    def introduces(self) -> bool:
        """Whether brackets with capitals follow, as where a short form is introduced."""
        text = self.page.context.document("target").text
        return _INTRODUCES.match(text, self.pair.target.span.end) is not None

    def in_brackets(self) -> bool:
        """Whether brackets are open there."""
        target, span = self.pair.unit.target, self.pair.target.span
        before = self.page.context.document("target").text[target.start if target else 0 : span.start]
        return sum(map(before.count, _OPENS)) > sum(map(before.count, _CLOSES))


def dropped(place: Place) -> Spoilt | None:
    """Nothing."""
    return None if place.is_most() or place.introduces() else ("", "")


def variant(place: Place) -> Spoilt | None:
    """One word of several replaced by one that means something else, or two letters of a single word swapped."""
    parts = place.words.split(" ")
    long = [index for index, part in enumerate(parts) if len(part) > 4 and part.isalpha()]
    if not long or place.introduces():
        return None
    index = place.rng.choice(long)
    old = parts[index]
    if len(parts) > 1:
        parts[index] = place.rng.choice(REPLACEMENTS)
    else:
        parts[index] = old[:2] + old[3] + old[2] + old[4:]
    return None if singular(parts[index].lower()) == singular(old.lower()) else (" ".join(parts), "")


def other(place: Place) -> Spoilt | None:
    """The rendering of another concept."""
    chosen = place.rng.choice(place.page.glossary.concepts)
    english = chosen.licensed("en")
    if not english or chosen.id in place.pair.source.concepts or place.is_most() or place.introduces():
        return None
    return None if _within(place.concept.licensed("en"), english[0].text) else (english[0].text, "")


def _within(terms: Iterable[Term], text: str) -> bool:
    """Whether all words of one of the terms are in `text`, or all words of `text` in one of them."""
    there = {*content_words(text)}
    return any(there <= {*content_words(term.text)} or {*content_words(term.text)} <= there for term in terms)


def chinese(place: Place) -> Spoilt | None:
    """The Chinese term itself, unless it is Latin."""
    text = place.pair.source.occurrences[0].term.text
    served = not place.in_brackets() and not place.introduces()
    return (text, "") if served and any("\u4e00" <= letter <= "\u9fff" for letter in text) else None


def lower(place: Place) -> Spoilt | None:
    """The capitals of a name of several words lost, but for the first."""
    words = place.words
    capitals = [part for part in words.split() if part[0].isupper()]
    if place.pair.target.occurrences[0].how or len(capitals) < 3 or words.isupper():
        return None
    parts = words.split(" ")
    return " ".join([parts[0], *(part.lower() if part[1:].islower() else part for part in parts[1:])]), ""


def deprecated(place: Place) -> Spoilt | None:
    """A variant that the glossary lists as deprecated, in the plural and the capitals of the place."""
    term, words = place.term.text, place.words
    if len(term.split()) < 2 or not words.startswith(term.split()[0]):
        return None
    first, rest = term.split(" ", 1)
    bad = f"{first} {place.rng.choice(['Joint', 'Grand', 'Common'])} {rest}"
    return (bad + ("s" if words == f"{term}s" else ""), bad)


def reworded(place: Place) -> Spoilt | None:
    """Another licensed wording of a concept that the page, with one Chinese term for it, renders in one way only."""
    concept, page = place.concept, place.page
    used = page.wordings.get(concept.id, Counter())
    if len(used) != 1 or sum(used.values()) < 2 or len(page.sources.get(concept.id, ())) != 1 or place.in_brackets():
        return None
    full = place.term.kind in _FULL
    texts = [one.text for one in concept.licensed("en") if not _brief(one.text) and (one.kind in _FULL) == full]
    free = [t for t, key in zip(texts, keys(texts), strict=True) if key not in used and page.names[key] == 1]
    return None if not free or _brief(place.words) else (place.rng.choice(free), "")


def _brief(text: str) -> bool:
    """Whether a term is an acronym or has one in it."""
    return any(sum(map(str.isupper, word)) > 1 for word in text.split())


def other_post(place: Place) -> Spoilt | None:
    """Another post of the glossary for a person."""
    if place.pair.source.span not in place.page.posts:
        return None
    source = place.pair.unit.source or place.pair.source.span
    there = {name for one in place.page.context.mentions("source", source) for name in one.concepts}
    posts = [c for c in place.page.glossary.concepts if _is_post(c) and c.licensed("en") and c.id not in there]
    if not posts:
        return None
    chosen = place.rng.choice(posts)
    text = chosen.licensed("en")[0].text
    return (
        None if chosen.id in place.pair.source.concepts or _within(place.concept.licensed("en"), text) else (text, "")
    )


Kind = tuple[str, Callable[[Place], Spoilt | None]]
TERM_KINDS: dict[str, Kind] = {
    "dropped": ("term-missing", dropped),
    "variant": ("term-missing", variant),
    "other concept": ("term-missing", other),
    "left in Chinese": ("term-untranslated", chinese),
    "capitals lost": ("term-case", lower),
    "deprecated": ("term-deprecated", deprecated),
    "other wording": ("term-inconsistent", reworded),
    "other post": ("title-mismatch", other_post),
}
"""Kinds of faults in renderings: the rule that is meant for each, and how it is made."""
