"""The words of English numbers, their values, and numbers spelled out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

ONES = {
    word: index + 1
    for index, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"))
}
TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SMALL = ONES | TEENS | TENS
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "hundredth": 100, "thousandth": 1000,
    **{f"{word}th": value for word, value in TEENS.items() if value > 12},
    **{f"{word[:-1]}ieth": value for word, value in TENS.items()},
}  # fmt: skip
SCALES = {
    "hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "lakh": 10**5, "crore": 10**7,
}  # fmt: skip
SHORT_SCALES = {
    "mln": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12, "k": 10**3, "K": 10**3, "m": 10**6, "M": 10**6,
    "B": 10**9, "b": 10**9,
}  # fmt: skip
VAGUE = {
    "dozens": 12, "scores": 20, "tens": 10, "hundreds": 100, "thousands": 1000, "millions": 10**6,
    "billions": 10**9, "trillions": 10**12,
}  # fmt: skip
MULTIPLES = {
    "double": 2, "doubles": 2, "doubled": 2, "doubling": 2, "twice": 2, "twofold": 2, "triple": 3, "triples": 3,
    "tripled": 3, "tripling": 3, "trebled": 3, "treble": 3, "threefold": 3, "fourfold": 4, "fivefold": 5,
    "sixfold": 6, "sevenfold": 7, "eightfold": 8, "tenfold": 10, "quadruple": 4, "quadrupled": 4,
}  # fmt: skip
IMPLIED: dict[str, int | Decimal] = {
    "both": 2, "pair": 2, "couple": 2, "duo": 2, "twin": 2, "twins": 2, "trio": 3, "quartet": 4, "either": 2,
    "dual": 2, "zero": 0, "once": 1, "last": 1, "single": 1, "half-dozen": 6, "dozen": 12, "teenage": 13,
    "fortnight": 14, "decade and a half": 15, "decade": 10, "decades": 10, "biennial": 2, "century": 100,
    "centuries": 100, "centenary": 100, "centennial": 100, "bicentenary": 200, "bicentennial": 200,
    "sesquicentennial": 150, "millennia": 1000, "millennium": 1000,
    **dict.fromkeys(("quarter", "quartile"), Decimal("0.25")),
    **dict.fromkeys(("than-even", "than even", "even chance", "even odds"), Decimal("0.5")),
    **dict.fromkeys(("halve", "halves", "halved", "halving"), Decimal("0.5")),
}  # fmt: skip
"""Words that imply a number without being one."""
PARTS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4} | {
    f"{word}{end}": value for word, value in ORDINALS.items() if 4 <= value <= 100 for end in ("", "s")
}
ROMAN = {
    "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10, "XI": 11, "XII": 12,
}  # fmt: skip


def choice(words: Iterable[str]) -> str:
    """The words as alternatives of a regular expression, longest first."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


SCALE = choice(SCALES)
ORDINAL = choice(ORDINALS)
_CARDINAL = rf"(?:(?:{choice(TENS)})(?:[\s-](?:{choice(ONES)})\b)?|{choice(TEENS)}|{choice(ONES)})"
_CHUNK = rf"{_CARDINAL}(?:[\s-](?:{SCALE}|dozen)\b)*"
_AFTER_SCALE = "|".join(f"(?<={word})" for word in SCALES)
# One chunk follows another only after a scale: two hundred and five, but not "three nine-foot pianos".
SPELLED = (
    rf"(?:{_CHUNK}|an?(?:\s(?:{SCALE})\b)+)(?:(?:{_AFTER_SCALE})(?:,?\s(?:and\s)?){_CHUNK})*"
    rf"(?:(?:[\s-]|(?:{_AFTER_SCALE})\sand\s)(?:{ORDINAL})\b)?"
)
"""A regular expression of numbers in words, cardinal or ordinal."""


def spelled(core: str) -> Decimal | None:
    """The value of a cardinal in words; None where a word is no cardinal's."""
    total = section = 0
    for word in re.findall(r"[a-z]+", core.lower()):
        if word in ("a", "an"):
            section = 1
        elif word in SMALL:
            section += SMALL[word]
        elif word in ("hundred", "dozen"):
            section = (section or 1) * (100 if word == "hundred" else 12)
        elif word in SCALES:
            total, section = total + (section or 1) * SCALES[word], 0
        elif word != "and":
            return None
    return Decimal(total + section)
