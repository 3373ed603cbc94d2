"""Which of the two languages a text is in, told by its letters."""

from __future__ import annotations

import re

from bitext.model.documents import Language
from bitext.text.scripts import HAN_CLASS, LATIN_CLASS

HAN_SHARE_OF_CHINESE = 0.3
"""From this share of Han among its letters on a text is taken for Chinese. English needs about four letters where
Chinese needs one character, so a text that says everything in both languages stands near one fifth."""

_KNOWN_SHARE = 0.5
"""A text of which less than this share of letters is Han or Latin is in neither language."""

_HAN = re.compile(f"[{HAN_CLASS}]+")
_LATIN = re.compile(f"[{LATIN_CLASS}]+")
_KANA = re.compile("[\u3041-\u30ff]+")


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(match.end() - match.start() for match in pattern.finditer(text))


def han_share(text: str) -> float:
    """The share of Han characters among the Han and Latin letters of `text`, 0 to 1; 0 where there are none."""
    han, latin = _count(_HAN, text), _count(_LATIN, text)
    return han / (han + latin) if han + latin else 0.0


def guess_language(text: str) -> Language | None:
    """The language of `text`, or None where it has no letters or most of them are neither Han nor Latin.

    Japanese counts as neither: a fifth of kana among the letters rules Chinese out.
    """
    letters = sum(map(str.isalpha, text))
    han, latin, kana = (_count(pattern, text) for pattern in (_HAN, _LATIN, _KANA))
    if not letters or han + latin < _KNOWN_SHARE * letters:
        return None
    if han >= HAN_SHARE_OF_CHINESE * (han + latin):
        return None if kana > 0.2 * letters else "zh"
    return "en"
