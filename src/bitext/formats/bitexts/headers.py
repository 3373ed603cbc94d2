"""What the columns of a table of translation units hold, told by their names in either language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bitext.text.languages import guess_language

Role: TypeAlias = Literal["id", "source", "target", "state", "confidence", "notes"]

ROLES: Mapping[Role, str] = {
    "id": "id; no; no.; nr; #; key; number; segment id; unit; 编号; 序号; 号; 标识; 編號; 序號",
    "source": "source; src; source text; source segment; original; 原文; 源文; 源语; 源语言; 源文本; 句段原文",
    "target": "target; tgt; trg; target text; target segment; translation; 译文; 译语; 目标; 目标语; 目标语言; "
    "目标文本; 目标句; 句段译文; 翻译; 譯文; 翻譯",
    "state": "state; status; 状态; 翻译状态; 狀態",
    "confidence": "confidence; score; probability; 置信度; 可信度; 得分; 分数",
    "notes": "notes; note; comment; comments; remark; remarks; 备注; 注释; 批注; 说明; 附注; 備註; 註釋",
}
LANGUAGE_NAMES: Mapping[str, str] = {
    "zh": "chinese; mandarin; 中文; 汉语; 汉文; 华语; 漢語; 中文（简体）; 中文(简体)",
    "zh-Hans": "simplified chinese; chinese (simplified); 简体中文; 简体",
    "zh-Hant": "traditional chinese; chinese (traditional); 繁体中文; 繁體中文; 繁体; 繁體",
    "en": "english; 英文; 英语; 英語",
}

_NAMED: Mapping[str, Role] = {name: role for role, names in ROLES.items() for name in names.split("; ")}
_LANGUAGES: Mapping[str, str] = {name: tag for tag, names in LANGUAGE_NAMES.items() for name in names.split("; ")}
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,4}")
_OURS = re.compile(r"(?:zh|en)(?:[-_][a-z0-9]{2,8}){0,4}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what: indices from 0 on, and the languages (BCP 47) where the names tell them.

    `others` are the names of the columns that hold something else.
    """

    source: int
    target: int
    id: int | None = None
    state: int | None = None
    confidence: int | None = None
    notes: int | None = None
    languages: tuple[str, str] | None = None
    others: tuple[tuple[int, str], ...] = ()


def is_tag(text: str) -> bool:
    """Whether `text` has the form of a language tag that can name a column."""
    return _TAG.fullmatch(text) is not None and text.casefold() not in _NAMED


def columns_of(names: Sequence[str]) -> Columns | None:
    """The columns of a first row `names`, or None where it is no header but the first unit.

    The texts are in the columns named source and target, or in those named after two languages, of which the first is
    the source. Columns beside these may have any name.
    """
    plain = [name.strip().casefold() for name in names]
    roles: dict[Role, int] = {}
    for index, name in enumerate(plain):
        if name in _NAMED:
            roles.setdefault(_NAMED[name], index)
    tags = _tagged(names, plain, every_language=plain[:1] == ["id"])
    source, target = roles.get("source"), roles.get("target")
    if source is None or target is None:
        if len(tags) != 2:
            return None
        (source, first), (target, second) = tags
        languages: tuple[str, str] | None = (first, second)
    else:
        languages = None
    used = {source, target, *(roles[role] for role in roles if role not in ("source", "target"))}
    others = tuple((index, name.strip()) for index, name in enumerate(names) if index not in used and name.strip())
    more = {role: roles.get(role) for role in ("id", "state", "confidence", "notes")}
    return Columns(source, target, languages=languages, others=others, **more)


def _tagged(names: Sequence[str], plain: Sequence[str], *, every_language: bool) -> list[tuple[int, str]]:
    """The columns named after a language. Any tag is believed only in a table that looks like ours: `hi` is a greeting
    in one language and the name of another."""
    found = []
    for index, (name, low) in enumerate(zip(names, plain, strict=True)):
        if low in _LANGUAGES:
            found.append((index, _LANGUAGES[low]))
        elif low not in _NAMED and (_OURS.fullmatch(low) or (every_language and _TAG.fullmatch(name.strip()))):
            found.append((index, name.strip()))
    return found


def told_languages(sources: Iterable[str], targets: Iterable[str]) -> tuple[str, str]:
    """The languages of two columns by their letters; Chinese and English where these do not tell."""
    guessed = guess_language(" ".join(sources)), guess_language(" ".join(targets))
    return ("en", "zh") if guessed in (("en", "zh"), ("en", None), (None, "zh")) else ("zh", "en")
