"""Chinese was left in the English text, though it is no quotation and no gloss in brackets.

Why: Chinese characters in running English are what is left of a draft, and most readers cannot read them. The rule
reads the English page. A name in brackets after its English (学创杯), a quoted original, a title in 《》, and the name
of the language in a menu are silent. What the sentence's Chinese original has word for word is term-untranslated's.

How to mend: translate the words, or put them into brackets after the translation.

How to waive: `<!-- bitext-ignore plain-han: reason -->` before the paragraph.

Fires:

    en: The two sides also visited 揽月楼 in the afternoon.
    marks: 揽月楼

    zh: 活动圆满结束。
    en: The event came to its 结束.
    zh: 大家合影留念。
    en: 全体合影。
    marks: 全体合影

Silent:

    en: The final of the Xuechuang Cup (学创杯) opened with the song 《我的祖国》.

    en: The motto “厚德强技” stands over the gate.

    kind: paragraph
    en: 中文

    zh: 双方还参观了揽月楼。
    en: The two sides also visited 揽月楼.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from bitext.checks.context import Context
from bitext.checks.plain import HAN, MOST_SLIPS, Slip, blocks, finding
from bitext.checks.rule import Rule
from bitext.model.alignment import Side
from bitext.model.documents import Span
from bitext.model.findings import Finding, Message, Severity

_HAN = re.compile(f"[{HAN}]+(?:[·、，。：；！？\\s\\d]{{1,3}}[{HAN}]+)*")
_ENCLOSED = re.compile(
    r"[(（\[【][^()（）\[\]【】\n]{0,300}[)）\]】]|“[^“”\n]{0,300}”|\"[^\"\n]{0,300}\"|‘[^‘’\n]{0,300}’"
    r"|《[^《》\n]{0,300}》|「[^「」\n]{0,300}」|『[^『』\n]{0,300}』|'[^'\n]{0,300}'"
)
_LANGUAGES = frozenset(
    [
        "中文",
        "汉语",
        "漢語",
        "简体",
        "繁体",
        "繁體",
        "简体中文",
        "繁体中文",
        "繁體中文",
        "中文版",
        "中文简体",
        "中文繁体",
        "华语",
        "國語",
        "日本語",
    ]
)


def check(context: Context) -> Iterator[Finding]:
    """The runs of Chinese on the English page that nothing encloses."""
    side = context.side_in("en")
    if side is None:
        return
    for slip in islice(_slips(context, side), MOST_SLIPS):
        yield finding(context, RULE.id, RULE.severity, side, slip)


def _slips(context: Context, side: Side) -> Iterator[Slip]:
    document = context.document(side)
    for block in blocks(document):
        text = document.slice(block.span)
        enclosed = [Span(*match.span()) for match in _ENCLOSED.finditer(text)] if _HAN.search(text) else []
        index = 0
        for match in _HAN.finditer(text):
            while index < len(enclosed) and enclosed[index].end <= match.start():
                index += 1
            covered = index < len(enclosed) and enclosed[index].start <= match.start()
            span = Span(block.span.start + match.start(), block.span.start + match.end())
            if not (covered or match[0] in _LANGUAGES or _meant(context, side, span, match[0])):
                yield Slip(span, Message.of("plain.han.found", found=match[0]))


def _meant(context: Context, side: Side, span: Span, words: str) -> bool:
    """Whether the glossary wants the Chinese in English, or another rule reports it."""
    if context.mentions(side, span):
        return True
    unit = context.unit_at(side, span.start)
    return unit is not None and words in context.text(unit, "source" if side == "target" else "target")


RULE = Rule("plain-han", "page", Severity.WARNING, check)
