"""Names in the two sides of a unit, found by their form alone, and which of them stand for each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bitext.model.documents import Span
from bitext.terms.forms import keys
from bitext.text.normal import simplified
from bitext.text.scripts import HAN_CLASS
from bitext.text.words import chinese_words, content_words

_ZH_QUOTED = re.compile(
    r"《([^《》\n]{1,60})》|“([^“”\n]{1,60})”|「([^「」\n]{1,60})」|『([^『』\n]{1,60})』|\"([^\"\n]{1,60})\""
)
_EN_QUOTED = re.compile(r"“([^“”\n]{1,200})”|\"([^\"\n]{1,200})\"|《([^《》\n]{1,200})》")
_SPEECH = re.compile("[。！？，；：!?;:]")
_HAN_RUN = re.compile(f"[{HAN_CLASS}]+")
LONGEST_NAME, MOST_WORDS, MOST_NAMES = 20, 10, 4
"""Characters of a Chinese name, words of an English one, and names of a sentence up to which they are paired."""

_ZH_HEADS = ("学院", "大学", "公司", "中心", "协会", "学会", "研究院", "研究所", "局", "部")
_NOT_HEADS = ("全部", "部分", "内部", "外部", "总部", "干部", "各部", "结局", "布局", "格局", "一部", "学部", "支部")
_EN_HEADS = (
    *("School", "College", "Institute", "Academy", "University", "Faculty", "Department", "Company", "Corporation"),
    *("Center", "Centre", "Association", "Society", "Federation", "Bureau", "Office", "Ministry", "Commission"),
    *("Administration", "Authority", "Division", "Co., Ltd", "Ltd", "Inc", "Hub"),
)
_WORD = r"[A-Z][\w’'-]{0,30}"
_LINK = r"(?:of|for|and|&|in|on)(?: the)?"
_EN_NAME = re.compile(rf"\b{_WORD}(?: {_LINK} {_WORD}| {_WORD}){{1,9}}(?:,? (?:Co\.,? )?Ltd\b)?")
_HEAD = rf"\b(?:{'|'.join(map(re.escape, _EN_HEADS))})"
_EN_HEAD = re.compile(rf"{_HEAD}\b")
_EN_BODY = re.compile(rf"{_HEAD}(?:$| (?:of|for|in)\b)")
_OF = re.compile(r" of (?:the )?")
_OPENING = re.compile(r"^(?:(?:The|A|An|In|At|On|From|For|And|By|Of) )+")
_LINKS = frozenset(
    (
        *"与和在的由对向于为了到及或是从等把被将给让以按同跟并该本我其他她获经据因这那各每此赴",
        *(
            "我校",
            "这个",
            "参观",
            "走进",
            "来到",
            "访问",
            "前往",
            "考察",
            "调研",
            "位于",
            "联合",
            "邀请",
            "组织",
            "走访",
            "加入",
        ),
    )
)
"""Words that stand before a name and do not belong to it."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name and where it stands in its text. `key` is what its wordings share: width, script, case, number folded.

    `is_name` is False for a single word without a capital, which a sentence inflects: “stable”, “stability”.
    """

    span: Span
    key: str
    content: frozenset[str] = frozenset()
    is_name: bool = True


def named(rows: Sequence[tuple[str, Span]]) -> list[Named]:
    """Names with these texts at these places; those whose key is empty are left out."""
    folded = keys([text for text, _ in rows])
    found = []
    for (text, span), key in zip(rows, folded, strict=True):
        content = frozenset(content_words(text))
        if key.strip():
            found.append(Named(span, key, content, len(content) > 1 or not text.islower()))
    return found


def quoted_in_chinese(text: str) -> list[Named] | None:
    """Quoted names and titles; None where what is quoted is speech, so that nothing can be paired."""
    rows = []
    for match in _ZH_QUOTED.finditer(text):
        inner = match.group(match.lastindex or 0)
        if len(inner) > LONGEST_NAME or _SPEECH.search(inner):
            return None
        rows.append((inner, Span(*match.span(match.lastindex or 0))))
    return named(rows)


def quoted_in_english(text: str) -> list[Named] | None:
    """Quoted names and titles without the comma or stop that English puts inside; None for speech."""
    rows = []
    for match in _EN_QUOTED.finditer(text):
        inner = match.group(match.lastindex or 0)
        name = inner.rstrip(" .,")
        if len(name.split()) > MOST_WORDS or _SPEECH.search(name):
            return None
        start = match.start(match.lastindex or 0)
        rows.append((name, Span(start, start + len(name))))
    return named(rows)


def bodies_in_chinese(text: str) -> list[Named]:
    """Names of institutions, from the last link word before them: 深圳大学 in 来到深圳大学参观."""
    plain = simplified(text)
    if not any(head in plain for head in _ZH_HEADS):
        return []
    rows: list[tuple[str, Span]] = []
    start: int | None = None
    end = 0
    for word in chinese_words(plain):
        surface = plain[word.start : word.end]
        if surface in _LINKS or not _HAN_RUN.fullmatch(surface):
            start = None
            continue
        start, end = (word.start if start is None else start), word.end
        name = text[start:end]
        if surface.endswith(_ZH_HEADS) and not surface.endswith(_NOT_HEADS) and 4 <= len(name) <= LONGEST_NAME:
            if rows and rows[-1][1].start == start:
                rows.pop()  # 深圳大学 inside 深圳大学软件学院
            rows.append((name, Span(start, end)))
    return named(rows)


def bodies_in_english(text: str) -> list[Named]:
    """Capitalised names that end with the noun of an institution or have it before an "of"."""
    rows = []
    for match in _EN_NAME.finditer(text):
        name = _OPENING.sub("", match.group())
        while (link := _OF.search(name)) and not _EN_HEAD.search(name[: link.start()]):
            name = name[link.end() :]  # the President of the Society: only the society
        if _EN_BODY.search(name) and " " in name:
            rows.append((name, Span(match.end() - len(name), match.end())))
    return named(rows)


def paired(source: Sequence[Named], target: Sequence[Named]) -> list[tuple[Named, Named]]:
    """The names of both sides in their order where there are as many of them, and few."""
    if len(source) != len(target) or not 0 < len(source) <= MOST_NAMES:
        return []
    return list(zip(source, target, strict=True))
