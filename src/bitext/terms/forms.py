"""The key of a text: what stays of it when all that may differ between a term and its use is folded away.

A term occurs in a text where its key occurs in the text's key. In the key English words are in lower case and in the
singular, without possessive and with one spelling (-ize, -or, -er), each between two spaces, so that a match cannot
begin or end inside a word; Chinese characters stand by themselves. White space, quotes, "the", and hyphens between
words leave no trace, and "&" is "and". Folding is done once per text, so that terms need not be multiplied by forms.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bitext.model.documents import Span
from bitext.text.normal import Normalised, normalise
from bitext.text.scripts import HAN_CLASS, LATIN_CLASS, Script, script_of
from bitext.text.words import singular

SEPARATOR = "\0"
"""Parts the keys of several texts that are folded in one go; it matches nothing."""


def _token_pattern(letters: str) -> re.Pattern[str]:
    # A word token takes its hyphens, apostrophes and decimal figures along, and the stops of "Co., Ltd.": so the text
    # of a token alone decides what it leaves in the key.
    word = f"[{letters}\\d]"
    return re.compile(
        rf"(?:RMB|CNY|HKD|USD|EUR|GBP|JPY|MOP|TWD|NTD)(?=\d)"  # RMB17 is the currency and a figure
        rf"|[{letters}][a-z]{{3,}}(?=\d{{1,2}}(?![\w'-]|[.,]\d))"  # a footnote's number: Future Fund3
        rf"|{word}+(?:'[{letters}]+)*(?:(?:(?<=\d)[.,](?=\d)|- ?(?={word})){word}+(?:'[{letters}]+)*)*"
        rf"(?:[.,]+(?=\s*(?:[Ll]td|LTD|[Ll]imited|[Ii]nc|LLC)\b))?"
        rf"|[{HAN_CLASS}]+|\s+|.",
        re.DOTALL,
    )


_TOKEN = _token_pattern(LATIN_CLASS)
_ASCII_TOKEN = _token_pattern("A-Za-z")  # the same on a text of ASCII alone, and much faster
_SUBWORD = re.compile(r"[^-\s]+")
_VOID = "\"' \t\n"
_DOTS = re.compile("[・‧•∙]")
_SPELLINGS = {
    **{f"is{end}": f"iz{end}" for end in ("e", "ed", "ing", "ation", "ational", "er")},
    **{f"our{end}": f"or{end}" for end in ("", "able", "al", "ful", "ite", "ed", "ing", "er")},
    "yse": "yze",
    "ysed": "yzed",
    "tre": "ter",
    "gramme": "gram",
    "fence": "fense",
    "licence": "license",
}
_SPELLED = tuple(_SPELLINGS)
_ARTICLES = frozenset({"the", "The", "THE"})
_LEADING = re.compile("^ (?:an? )+(?=.)")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the key: where it begins there, and its place in the folded text. A word's key has no spaces here."""

    start: int
    key: str
    begin: int
    end: int
    is_word: bool


@dataclass(frozen=True, slots=True)
class Keyed:
    """A text with its key and the way back."""

    text: str
    key: str
    tokens: tuple[Token, ...]
    starts: tuple[int, ...]
    normalised: Normalised

    def token_at(self, offset: int) -> Token:
        """The token that holds the character at `offset` of the key."""
        return self.tokens[bisect_right(self.starts, offset) - 1]

    def original(self, start: int, end: int) -> Span:
        """The span of the text that [start, end) of the key came from; the bounds may be the spaces around words."""
        first = self.token_at(start + (self.key[start] == " "))
        last = self.token_at(end - 1 - (self.key[end - 1] == " "))
        begin = first.begin if first.is_word else first.begin + start - first.start
        stop = last.end if last.is_word else last.begin + end - last.start
        return self.normalised.original(Span(begin, stop))


@lru_cache(maxsize=1 << 16)
def word_key(word: str) -> str:
    """The key of one English word or figure as written; empty for an article."""
    if word in _ARTICLES:
        return ""
    if word == "&":
        return "and"
    if len(word) > 2 and word[-1] == "s" and word[-2].isupper():
        return word[:-1].lower()  # the plural of an acronym: AIs, MoUs
    key = singular(stem(word).lower())
    if len(key) > 4 and key.endswith(_SPELLED):
        ending = max((end for end in _SPELLED if key.endswith(end)), key=len)
        return key[: -len(ending)] + _SPELLINGS[ending]
    return key


def stem(word: str) -> str:
    """`word` without its possessive ending."""
    return word[:-2] if word[-2:] in ("'s", "'S", "’s", "’S") else word


def fold(text: str) -> Normalised:
    """`text` in one width and one Chinese script, upper and lower case kept."""
    return normalise(_DOTS.sub("·", text), case=False)


def keyed(text: str) -> Keyed:
    """`text` with its key."""
    normalised = fold(text)
    tokens: list[Token] = []
    pieces: list[str] = []
    length, spaced = 0, False
    for key, is_word, begin, end in _pieces(normalised.text):
        if is_word:
            if not spaced:
                pieces.append(" ")
                length += 1
            pieces += (key, " ")
        else:
            pieces.append(key)
        tokens.append(Token(length, key, begin, end, is_word))
        length += len(key) + is_word
        spaced = is_word
    return Keyed(text, "".join(pieces), tuple(tokens), tuple(token.start for token in tokens), normalised)


def _pattern(folded: str) -> re.Pattern[str]:
    return _ASCII_TOKEN if folded.isascii() else _TOKEN


def _is_word(piece: str) -> bool:
    return piece == "&" or script_of(piece[0]) in (Script.LATIN, Script.DIGIT)


def _pieces(folded: str) -> Iterator[tuple[str, bool, int, int]]:
    """What each token leaves in the key, whether it is a word, and where in `folded` it stands."""
    for match in _pattern(folded).finditer(folded):
        token, start = match.group(), match.start()
        if token[0] in _VOID:
            continue
        if not _is_word(token):
            yield token.lower(), False, start, match.end()
        elif token.isalpha():
            key = word_key(token)
            if key:
                yield key, True, start, match.end()
        else:
            yield from _words(token, start)


def _words(token: str, start: int) -> Iterator[tuple[str, bool, int, int]]:
    for part in _SUBWORD.finditer(token.rstrip(".,")):
        word = part.group()
        key = word_key(word)
        if key:
            begin = start + part.start()
            yield key, True, begin, begin + len(stem(word))


class _KeyPieces(dict[str, str]):
    def __missing__(self, token: str) -> str:
        if _is_word(token):
            words = filter(None, (word_key(word) for word in _SUBWORD.findall(token.rstrip(".,"))))
            joined = " ".join(words)
            piece = joined and f" {joined} "
        else:
            piece = "" if token[0] in _VOID else token.lower()
        self[token] = piece
        return piece


def keys(texts: Sequence[str]) -> list[str]:
    """The keys of many texts, as they are searched for: without "a" or "an" before them and a full stop at the end.

    The key of a text is empty where nothing in it can be searched for, as in an article alone.
    """
    joined = SEPARATOR.join(text.replace(SEPARATOR, "") for text in texts)
    folded = fold(joined).text
    pieces = map(_KeyPieces().__getitem__, _pattern(folded).findall(folded))
    rows = re.sub(" {2,}", " ", "".join(pieces)).split(SEPARATOR)
    return [_searched(row) for row in rows] if texts else []


def _searched(key: str) -> str:
    if key.endswith(" ."):
        key = key[:-1]
    return _LEADING.sub(" ", key) if key.strip() else ""


def differences(surface: str, term: str) -> tuple[str, ...]:
    """What had to be folded for `term` to be found as `surface`; their keys are known to be the same.

    Some of "width", "script", "case", "plural", "possessive", "spelling", "and", "hyphen", "space", "quotes",
    "article", "closed" (two words written as one), in this order.
    """
    plain = re.sub("^(?:an? )+(?=.)", "", term, flags=re.IGNORECASE)
    ours, theirs = keyed(surface.rstrip(".")), keyed(plain.rstrip("."))
    if ours.key != theirs.key:
        return ("case", "closed") if surface[:1].isupper() != term[:1].isupper() else ("closed",)
    found = {"article"} if plain != term else set()
    for one, other in zip(_surfaces(ours), _surfaces(theirs), strict=True):
        found |= _token_differences(one, other)
    gaps, term_gaps = _gaps(ours), _gaps(theirs)
    found |= {name for name, marks in _GAPS.items() if marks.search(gaps) and not marks.search(term_gaps)}
    found |= {name for name, marks in _GAPS.items() if marks.search(term_gaps) and not marks.search(gaps)}
    if not found & {"hyphen", "article", "and", "quotes"} and re.sub(r"[^\s]", "", gaps) != re.sub(
        r"[^\s]", "", term_gaps
    ):
        found.add("space")
    return tuple(name for name in _NAMES if name in found)


_NAMES = (
    *("width", "script", "case", "plural", "possessive", "spelling"),
    *("and", "hyphen", "space", "quotes", "article", "closed"),
)
_GAPS = {
    "hyphen": re.compile("[-‐‑‒–—]"),
    "quotes": re.compile("[\"'“”‘’「」『』]"),
    "article": re.compile(r"\b(?:the|an?)\b", re.IGNORECASE),
}


def _surfaces(folded: Keyed) -> list[str]:
    """The words as they stand in the text; Chinese in one piece, since quotes or line breaks may stand inside it."""
    rows: list[str] = []
    after_word = True
    for token in folded.tokens:
        span = folded.original(token.start, token.start + len(token.key))
        surface = folded.text[span.start : span.end]
        if token.is_word or after_word:
            rows.append(surface)
        else:
            rows[-1] += surface
        after_word = token.is_word
    return rows


def _gaps(folded: Keyed) -> str:
    """What stands between the tokens, less the possessive endings, each gap ended by a bar."""
    rows = []
    end = 0
    for token in folded.tokens:
        span = folded.original(token.start, token.start + len(token.key))
        rows.append(re.sub("^['’][sS]", "", folded.text[end : span.start]))
        end = span.end
    return "|".join(rows)


def _token_differences(one: str, other: str) -> set[str]:
    if one == other:
        return set()
    found = set()
    wide, narrow = (normalise(text, case=False, script=False).text for text in (one, other))
    if (wide == one) != (narrow == other):
        found.add("width")
    if wide.lower() == narrow.lower():
        return found | ({"case"} if wide != narrow else set())
    if script_of(wide[0]) is Script.HAN:
        return found | {"script"}
    if "&" in (wide, narrow):
        return found | {"and"}
    low, high = wide.lower(), narrow.lower()
    found.add("plural" if singular(low) == singular(high) or (low + "s" == high) or (high + "s" == low) else "spelling")
    if any(a != b and a.lower() == b.lower() for a, b in zip(wide, narrow, strict=False)):
        found.add("case")
    return found
