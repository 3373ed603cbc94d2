"""Punctuation of Chinese and English: what ends a sentence, what opens and closes, and width pairs.

Each name is a string of single characters, to be used with `in` or inside a character class (see `char_class`).
"""

from __future__ import annotations

import re

CHINESE_STOPS = "。！？｡"
"""Marks that end a Chinese sentence. ｡ is the half-width ideographic stop."""

LATIN_STOPS = ".!?"
ELLIPSES = "…⋯"
"""U+2026 (doubled in Chinese) and the centred U+22EF."""

FULL_WIDTH_STOPS = "．"

SENTENCE_STOPS = CHINESE_STOPS + LATIN_STOPS + ELLIPSES + "‼⁇⁈⁉" + FULL_WIDTH_STOPS
"""Every mark that can end a sentence in either language."""

CLAUSE_STOPS = "；;，,：:、"
"""Marks inside a sentence."""

OPENERS = "（(「『《〈【〔〖［[｛{“‘«‹﹁﹃〘〚＜"
CLOSERS = "）)」』》〉】〕〗］]｝}”’»›﹂﹄〙〛＞"
"""Closing brackets and quotes; the n-th closes the n-th of OPENERS."""

PAIRS = dict(zip(OPENERS, CLOSERS, strict=True))
"""Opening mark to closing mark."""

STRAIGHT_QUOTES = "\"'＂＇"
"""Quotes that open and close with the same mark."""

DOUBLE_QUOTES = "“”„‟″«»「」『』﹁﹂﹃﹄〝〞〟＂"
"""Every double quote but the straight ASCII one; Chinese corner quotes too."""

SINGLE_QUOTES = "‘’‚‛′‹›ʼ＇`´"
"""Every single quote and apostrophe but the straight ASCII one."""

DASHES = "‐‑‒–—―−﹘﹣－⸺⸻"
"""Hyphens and dashes but the ASCII one, and the minus sign."""

BULLETS = "•●○■□◆◇▪▫▶►★☆※·‣⁃∙"

IGNORABLES = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
"""Characters that are not seen: soft hyphen, zero-width spaces and joiners, direction marks, byte order mark."""


def char_class(*strings: str) -> str:
    """The characters of `strings` as the inside of a character class for `re`, escaped."""
    return "".join(re.escape(character) for string in strings for character in string)
