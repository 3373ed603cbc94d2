"""How English refers back to a name without repeating it: "the institute", "the company", "it"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from bitext.model.documents import Span
from bitext.text.normal import simplified
from bitext.text.words import FUNCTION_WORDS, content_words, is_plural, singular, words

_LEGAL = frozenset({"co", "ltd", "limited", "inc", "corp", "llc", "corporation", "company", "plc", "group"})
# "US" is a country; only "us" is a pronoun.
_PRONOUNS = re.compile(
    r"\b(?:it|its|itself|they|their|them|theirs|themselves|both|which|whose|we|our|(?-i:us)|he|she|his|her|him|former|"
    r"latter|one|ones|those|this|these|that)\b",
    re.IGNORECASE,
)
_TAKING_UP = re.compile(
    r"\b(?P<subject>it|they|we|he|she|both)\b"
    r"|\b(?P<other>its|itself|their|them|theirs|themselves|our|(?-i:us)|his|her|him)\b"
    r"|\b(?P<pointer>this|these|those|one|ones|former|latter)\b"
    r"(?=\s*[,.;:)]|\s+(?:is|are|was|were|has|have|had|will|would|can|may)\b)",
    re.IGNORECASE,
)
"""Pronouns that can go back across a stop; "this" and the like only where no noun follows."""
_SINGULAR = frozenset({"it", "its", "itself"})
_PLURAL = frozenset({"they", "their", "them", "theirs", "themselves", "both", "these", "those", "ones"})
_PERSONAL = frozenset({"he", "she", "his", "her", "him"})
_OURS = frozenset({"we", "our", "us"})
_HAN_PERSONS = tuple("长员师授人者生记任理席士家裁督监")
_EXPECTED = (
    "important necessary possible impossible essential vital crucial critical difficult hard easy clear likely "
    "unlikely expected hoped noted estimated believed reported understood recommended worth worthwhile "
    "imperative desirable appropriate understandable natural evident obvious prudent"
)
_EXPLETIVE = re.compile(
    r"\s+(?:is|was|will be|would be|has been|became|becomes|remains|may be|can be)\s+(?:\w{1,12}ly\s+)?"
    rf"(?:{_EXPECTED.replace(' ', '|')})\b",
    re.IGNORECASE,
)
"""What follows an "it" that stands for nothing: "it is important to"."""
_MOST = 20
"""Pronouns of a sentence that are looked at."""
_FEW = 8
"""So many words may stand before a pronoun that opens its sentence but is not its subject: "With the help of its"."""
_AFTER_VERB = (
    "an? the its their his her our in on at by to with for from as that into two three four up down out off over back "
    "about when after since during between under against through somewhat again further slightly more most"
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|shall|should|does|do|did)\b"
    rf"|\b\w{{2,20}}ed\s+(?:{_AFTER_VERB.replace(' ', '|')}|\d+|\w{{2,20}}ly)\b",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(r"\s*(?:when|while|as|if|after|before|since|although|though|because|once)\b", re.IGNORECASE)
_STOP = re.compile(r"[.!?;](?=\s)")
_COLLECTIVE = frozenset(
    (
        *("team", "class", "group", "staff", "committee", "faculty", "delegation", "union", "board", "crew", "council"),
        *("government", "party", "company", "family", "press", "public", "police", "panel", "jury", "band", "squad"),
    )
)
"""Nouns in the singular that "they" may stand for."""
_RELATIVE = re.compile(r"[\s,)）]*(?:which|who|whose|whom|where)\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:[Ww]e|WE|[Oo]urs?|OUR|us|[Oo]urselves)\b")
_BODIES_WORDS = (
    "institute institution university college school academy company corporation group firm bank authority agency "
    "bureau office department ministry commission committee council board government center centre association society "
    "federation foundation union league club hospital museum library court administration division section team class "
    "laboratory studio party press newspaper fund"
)
_BODIES = frozenset(_BODIES_WORDS.split())
_HAN_BODIES = (*"院校局部会署厅委处所社行司府馆团系队班厂台站", "中心", "集团", "基金", "政府", "当局", "机构", "专员")
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|being|be)\s+(?:\w{2,20}ly\s+|also\s+|first\s+|then\s+){0,2}"
    r"(?:\w{2,20}ed|held|made|given|taken|set|put|built|drawn|shown|seen|begun|brought|sent|led|won|written|undertaken)\b"
)
_AGENT = re.compile(r"\bby (?!the end\b|\d|[a-z]{3,12}ing\b)")
_GAP = re.compile(
    r"\b[Tt]he(?:\s+(?:has|have|had|is|are|was|were|would|should|could|also|by|for|of|in|on|at|to|with|from|and|or|under|"
    r"which|that)(?![\w’'-])|\s*(?:[.,;:!?)](?!\w)|['’]s\b))"
    r"|(?<=[\s,;(])['’]s\b"
)
_NEUTRAL_WORDS = (
    "two three four five six seven eight nine ten first second third last next other former latter same whole entire "
    "above said participating new young old big small famous present current existing annual ongoing joint named local "
    "host visiting parent own respective various relevant concerned"
)
_NEUTRAL = frozenset(_NEUTRAL_WORDS.split())
"""Words before a noun that leave it what it is: "the two companies", "the host university"."""
_POSSESSIVE = ("'s", "’s", "s'", "s’")
_POINTERS = frozenset({"the", "this", "these", "that", "those", "its", "their", "our", "said", "such", "both", "each"})


def head_nouns(terms: Iterable[str]) -> frozenset[str]:
    """The nouns by which the bearers of English names are called: institute of "Institute of Technology".

    The word before the first "of", "for" or "in", else the last word; "company" where a legal form closes the name.
    """
    heads: set[str] = set()
    for term in terms:
        plain = re.sub(r"\([^()]*\)", " ", term)
        before = content_words(re.split(r"\b(?:of|for|in|on|to|at|by)\b", plain, maxsplit=1)[0])
        content = content_words(plain)
        if content and content[-1] in _LEGAL:
            heads |= {"company", "group", "firm", "corporation"}
        heads |= {*(before or content)[-1:]}
    return frozenset(heads - {"co", "ltd", "inc", "corp", "llc", "plc"})


def refers_back(text: str, heads: frozenset[str], terms: Iterable[str] = ()) -> bool:
    """Whether `text` has one of the nouns, at most two words after a word that points back.

    The noun must close its phrase ("the banking sector" is about a sector) and what stands between be no name, and
    make no other thing of it: only words of the `terms` themselves, numbers and the like.
    """
    own = frozenset(word.lower() for term in terms for word, _ in words(term))
    pointer = -9
    rows = list(words(text))
    for index, (word, span) in enumerate(rows):
        low = word.lower()
        if low in _POINTERS:
            pointer = index
        elif low in FUNCTION_WORDS or _parted(text, rows[index - 1 : index + 1]):
            pointer = -9  # "the board, under its authority" does not say "the authority"
        elif index - pointer > 1 and not _modifies(rows[index - 1][0], text[rows[index - 1][1].end : span.start], own):
            pointer = -9  # "the District Base" is another name, "the resolution authority" another authority
        elif index - pointer <= 3 and singular(re.sub(r"['’]s?$", "", low)) in heads:
            following = rows[index + 1] if index + 1 < len(rows) else None
            if _another_name(text, rows, index):
                pointer = -9  # "the School of Software" is not the school that was named
            elif low.endswith(_POSSESSIVE) or following is None or _closes(text, span, following):
                return True
    return False


def _modifies(word: str, gap: str, own: frozenset[str]) -> bool:
    """Whether a word between "the" and a noun leaves the noun what it is."""
    low = word.lower()
    if low in own or gap == "-":
        return True
    return not word[:1].isupper() and (low in _NEUTRAL or low.isdigit() or low.endswith(("est", "based")))


def _parted(text: str, pair: list[tuple[str, Span]]) -> bool:
    """Whether a comma, a stop or a bracket stands between two words."""
    return len(pair) == 2 and any(sign in ",.;:()" for sign in text[pair[0][1].end : pair[1][1].start])


def _another_name(text: str, rows: list[tuple[str, Span]], index: int) -> bool:
    """Whether a noun with a capital begins a name of its own: "School of Software"."""
    head, rest = rows[index][0], rows[index + 1 : index + 4]
    if not head[0].isupper() or len(rest) < 2 or rest[0][0] not in ("of", "for"):
        return False
    name = next((word for word, _ in rest[1:] if word.lower() not in FUNCTION_WORDS), "")
    return name[:1].isupper() and not _parted(text, rows[index : index + 2])


def _closes(text: str, noun: Span, next_word: tuple[str, Span]) -> bool:
    """Whether a noun phrase ends before the next word: at a sign, a function word or what looks like a verb."""
    gap, following = text[noun.end : next_word[1].start], next_word[0].lower()
    return bool(gap.strip()) or following in FUNCTION_WORDS or following.endswith(("ed", "s", "ly"))


def has_pronoun(text: str) -> bool:
    """Whether `text` has a pronoun that can stand for a name in the same sentence."""
    return _PRONOUNS.search(text) is not None


def takes_up(text: str, terms: Sequence[str], *, ours: bool = True) -> bool:
    """Whether the first sentence of `text` has a pronoun for what the sentence before named.

    `terms` are those of the concept in both languages; `ours` tells whether "we" may stand for an institution.

    The pronoun agrees in number, and it opens the sentence or is the subject before any verb: in "The Government
    renewed its commitment" the name is in the sentence itself.
    """
    stop = _STOP.search(text)
    sentence = text if stop is None else text[: stop.end()]
    barred = _barred(terms) | (frozenset() if ours else _OURS)
    for match in islice(_TAKING_UP.finditer(sentence), _MOST):
        if match.group().lower() in barred or (match["subject"] and _EXPLETIVE.match(sentence, match.end())):
            continue
        if match["other"] and len(sentence[: match.start()].split()) > _FEW:
            continue
        verb = _VERB.search(sentence, 0, match.end())
        if verb is None or (match["subject"] and _SUBORDINATE.match(sentence)):
            return True
    return False


def _barred(terms: Sequence[str]) -> frozenset[str]:
    """The pronouns that stand for none of the `terms`, for their number or since they are no person's and no body's."""
    heads = [tokens[-1] for term in terms if term.isascii() and (tokens := [word for word, _ in words(term)])]
    plural = any(map(_is_several, heads))
    one = not all(map(_is_several, heads))
    collective = any(singular(head.lower()) in _COLLECTIVE for head in heads)
    barred = frozenset() if any(simplified(term).endswith(_HAN_PERSONS) for term in terms) else _PERSONAL
    barred |= frozenset() if is_body(terms) else _OURS
    return barred | (frozenset() if one else _SINGULAR) | (frozenset() if plural or collective else _PLURAL)


def _is_several(head: str) -> bool:
    return is_plural(head) or (head[-1:] == "s" and head[:-1].isupper())


def is_body(terms: Iterable[str]) -> bool:
    """Whether one of `terms`, English or Chinese, names an institution: what may speak of itself as "we"."""
    return any(_is_body(simplified(term)) for term in terms)


def _is_body(term: str) -> bool:
    return term.endswith(_HAN_BODIES) or bool(_BODIES & head_nouns([term]))


def has_tacit_agent(text: str) -> bool:
    """Whether `text` has a passive and nobody who acts: "Three seminars were held."."""
    return _PASSIVE.search(text) is not None and _AGENT.search(text) is None


def has_gap(text: str) -> bool:
    """Whether a word is plainly lacking in `text` after a "the": "the has launched", "the work of the."."""
    return _GAP.search(text) is not None


def goes_on(text: str) -> bool:
    """Whether `text`, which follows a name, begins with a relative pronoun."""
    return _RELATIVE.match(text) is not None


def speaks_for_itself(text: str) -> bool:
    """Whether `text` is in the first person plural, as when an institution reports on itself."""
    return _FIRST_PERSON.search(text) is not None
