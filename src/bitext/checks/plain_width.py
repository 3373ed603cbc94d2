"""A full-width mark, letter or digit in English, or a half-width comma, stop or bracket between Chinese characters.

Why: full-width forms tear holes into an English line, and a half-width comma sticks to the Chinese character before
it; both are what an input method leaves behind. In Chinese the rule follows the style of the mainland (GB/T 15834),
where marks between Chinese characters are of full width, round brackets too. The settings can say otherwise of
brackets: under `[style]`, `brackets` is "full", "half" or "either", and `punctuation` ("mainland", "hongkong" or
"either") chooses them with the quotes. Brackets around Latin letters, and marks beside digits or letters, are left to
the house. Chinese quoted in an English page keeps its own marks.

How to mend: write the mark proposed.

How to waive: `<!-- bitext-ignore plain-width: reason -->` before the paragraph.

Fires:

    en: The Institute signed the agreement， and both sides spoke.
    marks: ，

    en: The Ascend Class（腾飞班）opened in ２０２２.
    marks: （
    marks: ２０２２

    zh: 学校举行了签约仪式,双方参加(详见附件).
    marks: ,
    marks: (详见附件)

Silent:

    en: The poem begins with “床前明月光，疑是地上霜。” and every child knows it.

    zh: 会议于10:30开始，研究人工智能(AI)与3.5亿元的投入。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from bitext.checks.context import Context
from bitext.checks.plain import HAN, Slip, on_pages
from bitext.checks.rule import Rule
from bitext.model.documents import Language, Span
from bitext.model.findings import Finding, Message, Severity
from bitext.text.scripts import is_han

_HALVES = {full: chr(ord(full) - 0xFEE0) for full in map(chr, range(0xFF01, 0xFF5F))} | {
    "。": ".",
    "、": ",",
    "　": " ",
}
"""Full-width forms and what English writes for them; corner brackets and 《》 belong to what is quoted."""
_FULLS = {",": "，", ".": "。", ";": "；", ":": "：", "?": "？", "!": "！"}
"""What the mainland standard writes for half-width marks between Chinese characters."""
_NUMBER = re.compile(r"\s*(?:\d{1,2}|[ivxIVX]{1,4})\s?")
"""The number of a list's item, before its mark."""
_WIDE = re.compile(r"[！-～。、]+")
_CLOSER = f"[{HAN}”’》」』）】]"
_NARROW = re.compile(
    rf"(?<={_CLOSER})(?P<mark>[,;:?!.])(?=\s?[{HAN}“‘《「『（【(]|$)"
    rf"|(?<=[{HAN}])(?P<brackets>\((?=[{HAN}])[^()\n]{{1,80}}(?<=[{HAN}])\))"
)
_WIDE_BRACKETS = re.compile(rf"（(?=[{HAN}])[^（）\n]{{1,80}}(?<=[{HAN}])）")
_FAR = 24
"""Characters beyond which what stands on either side of a mark says nothing of it."""


def check(context: Context) -> Iterator[Finding]:
    """The slips of both pages, each in its own language."""
    yield from on_pages(context, RULE.id, RULE.severity, partial(_slips, brackets=context.facts.style.brackets))


def _slips(text: str, language: Language, brackets: str) -> Iterator[Slip]:
    return _in_english(text) if language == "en" else _in_chinese(text, brackets)


def _in_english(text: str) -> Iterator[Slip]:
    for match in _WIDE.finditer(text):
        if not _within_chinese(text, match.start(), match.end()):
            wanted = "".join(_HALVES.get(character, character) for character in match[0])
            if match[0] == "、" and _NUMBER.fullmatch(text, 0, match.start()):
                wanted = "."
            message = Message.of("plain.width.full", found=match[0], wanted=wanted)
            yield Slip(Span(*match.span()), message, wanted)


def _within_chinese(text: str, start: int, end: int) -> bool:
    """Whether the letters next to a mark are Chinese on both sides, or on one where the text ends on the other."""
    before = next((one for one in reversed(text[max(0, start - _FAR) : start]) if one.isalnum()), "")
    after = next((one for one in text[end : end + _FAR] if one.isalnum()), "")
    # A quotation ends with its own mark: the Latin letters after its quotes are not beside it.
    if text[end : end + 1] in tuple('”」』》"') and before and is_han(before):
        return True
    sides = [is_han(one) for one in (before, after) if one]
    return bool(sides) and all(sides)


def _in_chinese(text: str, brackets: str) -> Iterator[Slip]:
    for match in _WIDE_BRACKETS.finditer(text) if brackets == "half" else ():
        wanted = f"({match[0][1:-1]})"
        yield Slip(Span(*match.span()), Message.of("style.brackets.full", found=match[0], wanted=wanted), wanted)
    for match in _NARROW.finditer(text):
        if match["brackets"] and brackets != "full":
            continue
        if match["brackets"]:
            wanted = f"（{match['brackets'][1:-1]}）"
        elif match["mark"] == "." and match.end() < len(text):
            continue  # 图.表 and names of files: only at the end it must be a stop
        else:
            wanted = _FULLS[match["mark"]]
        group = "brackets" if match["brackets"] else "mark"
        message = Message.of("plain.width.half", found=match[group], wanted=wanted)
        yield Slip(Span(*match.span(group)), message, wanted)


RULE = Rule("plain-width", "page", Severity.WARNING, check)
