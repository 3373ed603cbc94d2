"""Verbs that share one subject in English: "The Class won a prize and was set up by Tencent" names the class once.

Chinese may repeat the subject before each of the verbs. Only what is plain is told: the name is followed by its verb,
and later in the sentence a conjunction by another one.
"""

from __future__ import annotations

import re
from itertools import islice

from bitext.model.documents import Span

_IRREGULAR_WORDS = (
    "became began bought brought built came chose drew fell felt found gave got grew held kept knew laid "
    "led left lent lost made met paid put ran read rose said sang sat saw sent set sold sought spent spoke stood "
    "struck swam swept taught told took underwent undertook went won wore wrote"
)
_AFTER_WORDS = (
    "a an the its their his her our this these that those all more some many both each two three in on at by to with "
    "for from as into up out over off down about against after before during among through under upon within"
)
_BE = frozenset({"is", "are", "was", "were"})
_AUXILIARIES = _BE | {"has", "have", "had", "will", "would", "can", "could", "may", "might", "must", "does", "did"}
_IRREGULAR = frozenset(_IRREGULAR_WORDS.split())
_ADVERBS = frozenset({"also", "then", "soon", "later", "thus", "now", "once", "again", "even", "not"})
_AFTER_A_VERB = frozenset(_AFTER_WORDS.split())
"""What shows that a word in -ed is the verb and no adjective: "and invited experts" may be either, and is left."""
_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|\d[\d.,]*")
_CONJUNCTION = re.compile(r"(?<![\w-])(?:and|but|or|then)(?![\w-])", re.IGNORECASE)
_SIGN = re.compile(r"[^\s\w'’-]")
_INSIDE = re.compile(
    r"\b(?:of|with|in|on|at|by|for|from|to|about|like|among|between|under)\s+(?:(?:the|an?|its|our)\s+)?$",
    re.IGNORECASE,
)
"""Before a name that is no subject: "the students of the Class won"."""
_STOP = re.compile(r"[.!?;](?=\s|$)")
_NEAR = 160
"""Characters beyond the conjunction that are looked at."""
_MOST = 20
"""Conjunctions of a sentence that are looked at."""


def shared_subject(text: str, name: Span) -> str:
    """Whether the name at `name` of an English `text` is the subject of a further verb: "active", "passive" or ""."""
    stop = _STOP.search(text, name.end)
    end = stop.start() if stop is not None else len(text)
    if _INSIDE.search(text[max(0, name.start - 20) : name.start]) or not _verb(
        text[name.end : min(end, name.end + _NEAR)]
    ):
        return ""
    found = ""
    for conjunction in islice(_CONJUNCTION.finditer(text, name.end, end), _MOST):
        kind = _verb(text[conjunction.end() : min(end, conjunction.end() + _NEAR)])
        if kind == "passive":
            return kind
        found = found or kind
    return found


def _verb(text: str) -> str:
    """What kind of finite verb `text` begins with, adverbs before it passed over; empty where it is none."""
    rows = list(islice(_WORD.finditer(text), 6))
    place = 0
    while place < len(rows) and _is_adverb(rows[place][0]):
        place += 1
    words = [row[0].lower() for row in rows[place:]]
    # A sign before the verb parts it from the name: ", held in May," tells more of the name.
    if not words or _SIGN.search(text[: rows[place].start()]):
        return ""
    if words[0] in _AUXILIARIES:
        participle = next((word for word in words[1:] if not _is_adverb(word) and word not in ("been", "be")), "")
        be = words[0] in _BE or "been" in words[1:3] or "be" in words[1:3]
        return "passive" if be and (participle.endswith("ed") or participle in _IRREGULAR) else "active"
    if words[0] in _IRREGULAR:
        return "active"
    return "active" if words[0].endswith("ed") and (len(words) == 1 or _goes_on(words[1])) else ""


def _is_adverb(word: str) -> bool:
    return word.lower() in _ADVERBS or (word.endswith("ly") and len(word) > 4)


def _goes_on(word: str) -> bool:
    return word in _AFTER_A_VERB or word[0].isdigit() or _is_adverb(word)
