"""English stems: one key for the forms of a word, cheap enough for every word of an archive.

The stems need not be words; it is enough that a text and the dictionary's glosses are cut alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

STOPWORDS: Final = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "such",
        "of",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "to",
        "into",
        "onto",
        "upon",
        "with",
        "within",
        "without",
        "as",
        "than",
        "but",
        "and",
        "or",
        "nor",
        "if",
        "so",
        "not",
        "no",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "am",
        "do",
        "does",
        "did",
        "done",
        "have",
        "has",
        "had",
        "having",
        "will",
        "would",
        "shall",
        "should",
        "can",
        "could",
        "may",
        "might",
        "must",
        "it",
        "its",
        "he",
        "him",
        "his",
        "she",
        "her",
        "hers",
        "they",
        "them",
        "their",
        "theirs",
        "we",
        "us",
        "our",
        "ours",
        "you",
        "your",
        "yours",
        "i",
        "me",
        "my",
        "mine",
        "who",
        "whom",
        "whose",
        "which",
        "what",
        "when",
        "where",
        "why",
        "how",
        "there",
        "here",
        "then",
        "also",
        "very",
        "too",
        "just",
        "only",
        "about",
        "over",
        "under",
        "out",
        "up",
        "down",
        "off",
        "again",
        "once",
        "more",
        "most",
        "some",
        "any",
        "each",
        "both",
        "all",
        "other",
        "own",
        "same",
        "s",
        "t",
        "d",
        "ll",
        "ve",
        "re",
        "m",
        "one",
        "sb",
        "sth",
        "somebody",
        "something",
        "someone",
        "etc",
        "esp",
        "fig",
        "lit",
    ]
)
"""Words too common to tell which segment a translation stands in."""

_IRREGULAR_FORMS: Final = """
begin:began begun break:broke broken bring:brought build:built burn:burnt buy:bought catch:caught child:children
choose:chose chosen come:came cut:cutting deal:dealt die:dying died dig:dug draw:drew drawn dream:dreamt
drink:drank drunk drive:drove driven eat:ate eaten fall:fell fallen feel:felt fight:fought find:found fly:flew
flown flies foot:feet forget:forgot forgotten forgive:forgave forgiven freeze:froze frozen get:got gotten
give:gave given go:went gone goes good:better best grow:grew grown hang:hung hear:heard hide:hid hidden
hold:held keep:kept know:knew known lead:led leave:left lend:lent lie:lay lain lying life:lives light:lit
lose:lost make:made man:men mean:meant meet:met mouse:mice pay:paid person:people persons ride:rode ridden
ring:rang rung rise:rose risen run:ran say:said see:saw seen seek:sought sell:sold send:sent shake:shook shaken
shine:shone shoot:shot sing:sang sung sink:sank sunk sit:sat sleep:slept slide:slid speak:spoke spoken
spend:spent stand:stood steal:stole stolen stick:stuck strike:struck swear:swore sworn sweep:swept swim:swam
swum take:took taken teach:taught tear:tore torn tell:told think:thought throw:threw thrown tooth:teeth
understand:understood wake:woke woken wear:wore worn weep:wept wife:wives win:won woman:women write:wrote
written bad:worse worst far:further farther bite:bit bitten blow:blew blown half:halves leaf:leaves knife:knives
self:selves thief:thieves wolf:wolves bend:bent bleed:bled feed:fed flee:fled lay:laid seem:seemed set:setting
show:shown spread:spreading swing:swung shut:shutting wind:wound
"""
"""Base forms, each followed by a colon and its irregular forms."""


def _irregular() -> Iterator[tuple[str, str]]:
    base = ""
    for word in _IRREGULAR_FORMS.split():
        head, colon, form = word.rpartition(":")
        base = head if colon else base
        yield form, base


_IRREGULAR: Final = dict(_irregular())

_SUFFIXES: Final = (
    ("ational", "ate"), ("ization", "ize"), ("isation", "ize"), ("fulness", "ful"), ("ousness", "ous"),
    ("iveness", "ive"), ("ation", "ate"), ("ition", "it"), ("ingly", ""), ("ments", ""), ("ness", ""), ("ment", ""),
    ("ions", ""), ("ing", ""), ("ion", ""), ("ies", "i"), ("ied", "i"), ("ily", "i"), ("est", ""), ("ed", ""),
    ("er", ""), ("or", ""), ("ly", ""), ("es", ""), ("al", ""), ("s", ""),
)  # fmt: skip
_SHORTEST = 3
_BY_LAST: Final = {
    last: tuple(pair for pair in _SUFFIXES if pair[0].endswith(last))
    for last in {suffix[-1] for suffix, _ in _SUFFIXES}
}
"""The suffixes, in the same order, by their last letter: most words have none of them, and most suffixes few words."""


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of an English word in lower case."""
    word = _IRREGULAR.get(word, word)
    for suffix, replacement in _BY_LAST.get(word[-1:], ()):
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST:
            word = word[: len(word) - len(suffix)] + replacement
            break
    if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    if len(word) > _SHORTEST and word[-1] == "e":
        word = word[:-1]
    return f"{word[:-1]}i" if word[-1] == "y" and len(word) >= _SHORTEST else word
