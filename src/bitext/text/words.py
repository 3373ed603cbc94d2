"""English words, their singular and plural by rule, and Chinese words by dictionary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bitext.model.documents import Span
from bitext.text.scripts import LATIN_CLASS

WORD = re.compile(rf"[{LATIN_CLASS}\d]+(?:['’][{LATIN_CLASS}]+)*")
"""A run of Latin letters and digits, an apostrophe inside it included."""


def _list(words: str) -> list[str]:
    return words.split()


FUNCTION_WORDS = frozenset(
    _list(
        """
        a an the this that these those and or nor but of in on at by for to from with without into onto over under upon
        as is are was were be been being has have had do does did will would shall should can could may might must not
        no it its he she they them their his her him we us our you your i my me which who whom whose what where when
        while if than then so such there here up out off about between among during through per via both each all any
        some
        """
    )
)
"""English words that carry grammar rather than content, in lower case."""

_IRREGULAR = dict(
    pair.split("=")
    for pair in _list(
        """
        women=woman children=child people=person feet=foot teeth=tooth mice=mouse geese=goose oxen=ox
        criteria=criterion phenomena=phenomenon curricula=curriculum memoranda=memorandum strata=stratum
        bacteria=bacterium alumni=alumnus stimuli=stimulus nuclei=nucleus fungi=fungus radii=radius foci=focus
        indices=index matrices=matrix appendices=appendix vertices=vertex codices=codex
        analyses=analysis theses=thesis crises=crisis hypotheses=hypothesis diagnoses=diagnosis emphases=emphasis
        syntheses=synthesis parentheses=parenthesis oases=oasis axes=axis
        lives=life wives=wife knives=knife leaves=leaf halves=half shelves=shelf selves=self wolves=wolf calves=calf
        thieves=thief loaves=loaf elves=elf scarves=scarf hooves=hoof
        heroes=hero potatoes=potato tomatoes=tomato echoes=echo vetoes=veto torpedoes=torpedo embargoes=embargo
        buses=bus gases=gas lenses=lens viruses=virus campuses=campus bonuses=bonus censuses=census statuses=status
        apparatuses=apparatus quizzes=quiz movies=movie ties=tie pies=pie lies=lie dies=die
        shoes=shoe canoes=canoe toes=toe foes=foe caches=cache headaches=headache aches=ache niches=niche
        """
    )
)
_PLURALS = {singular: plural for plural, singular in _IRREGULAR.items()} | {
    "basis": "bases",
    "curriculum": "curriculums",
}
_NOT_MAN = frozenset(
    _list("specimen regimen abdomen omen women acumen semen human german roman shaman talisman ottoman")
)
_INVARIABLE = frozenset(
    _list(
        """
        series species means news physics mathematics economics politics ethics athletics electronics robotics
        statistics logistics mechanics dynamics optics genetics linguistics informatics graphics arms customs goods
        headquarters sports premises proceeds earnings savings thanks clothes his its this thus yes gas bus plus lens
        always perhaps besides sometimes towards afterwards overseas as is was has us does sheep fish aircraft
        spacecraft offspring canvas atlas bias alias christmas texas kansas paris arkansas across less
        """
    )
)
_USES = frozenset(_list("abuses accuses amuses excuses fuses muses refuses reuses ruses uses misuses recluses"))
"""Words in -uses whose singular is in -use, unlike viruses and campuses."""
_ES = re.compile(r"(?:ss|sh|ch|x|zz)es$")
_NO_PLURAL = re.compile(r"(?:ss|us|is|ics)$")


@lru_cache(maxsize=1 << 14)
def singular(word: str) -> str:
    """The singular of an English noun in lower case, by rule; the word itself where it does not look like a plural."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("men") and word not in _NOT_MAN:
        return f"{word[:-2]}an"
    if len(word) < 4 or not word.endswith("s") or word in _INVARIABLE or _NO_PLURAL.search(word):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("uses") and word[-5:-4] not in "aeo" and word not in _USES:
        return word[:-2]
    return word[:-2] if _ES.search(word) else word[:-1]


def plural(word: str) -> str:
    """The plural of an English noun in lower case, by rule."""
    if word in _PLURALS:
        return _PLURALS[word]
    if word in _INVARIABLE or word in _IRREGULAR:
        return word
    if word.endswith("man") and word not in _NOT_MAN:
        return f"{word[:-2]}en"
    if re.search(r"(?:s|sh|ch|x|z)$", word):
        return word + "es"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + "s"


def is_plural(word: str) -> bool:
    """Whether `word` looks like a plural: it has a singular that is another word."""
    return singular(word.lower()) != word.lower()


def without_verb_ending(word: str) -> str:
    """`word` (lower case, six letters or more) without -ing or -ed, and without the e, y or doubled letter before it.

    Only for comparing two words: what is left need not be a word.
    """
    if len(word) < 6:
        return word.rstrip("e")
    for ending in ("ing", "ed", "e", "s"):
        if word.endswith(ending):
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else re.sub("[iy]$", "", word)


def words(text: str) -> Iterator[tuple[str, Span]]:
    """The English words and figures of `text`, each with its place."""
    for match in WORD.finditer(text):
        yield match.group(), Span(*match.span())


def content_words(text: str) -> list[str]:
    """The words of `text` that carry its meaning: lower case, singular, no function words, no possessive 's."""
    lowered = (re.sub(r"['’]s?$", "", word.lower()) for word, _ in words(text))
    return [singular(word) for word in lowered if word not in FUNCTION_WORDS]


def chinese_words(text: str) -> list[Span]:
    """The words of a Chinese text in order, by dictionary (rjieba); together they cover the text.

    Characters that make no word of the dictionary stand alone: nothing is guessed.
    """
    import rjieba  # 0.1 s for its dictionary

    return [Span(start, end) for _, start, end in rjieba.tokenize(text, "default", False)]


def is_chinese_word(text: str) -> bool:
    """Whether the dictionary lists `text`."""
    import rjieba

    return bool(rjieba.has_word(text))
