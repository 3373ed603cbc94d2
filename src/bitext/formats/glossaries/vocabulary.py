"""The words of people's own sheets: names of columns and values, in English and Chinese, and what they mean here."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bitext.formats.tables import word_set
from bitext.model.documents import Language
from bitext.model.glossary import CasePolicy, TermKind, TermStatus

COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(
        ("concept", "concept id", "id", "entry id", "string id", "stringid", "概念", "概念编号"), "concept"
    ),
    **dict.fromkeys(("language", "lang", "语言", "语种"), "language"),
    **dict.fromkeys(("term", "术语", "词条"), "term"),
    **dict.fromkeys(("status", "term status", "usage status", "状态", "术语状态"), "status"),
    **dict.fromkeys(("kind", "type", "term type", "类型", "类别"), "kind"),
    **dict.fromkeys(
        ("note", "notes", "comment", "comments", "remark", "remarks", "备注", "说明", "注释", "注"), "note"
    ),
    **dict.fromkeys(("domain", "subject", "subject field", "领域", "专业", "学科"), "domain"),
    **dict.fromkeys(("scope", "范围", "适用范围"), "scope"),
    **dict.fromkeys(("definition", "description", "定义", "释义"), "definition"),
    **dict.fromkeys(("concept note", "概念备注"), "concept_note"),
    **dict.fromkeys(("valid from", "生效日期", "启用日期"), "valid_from"),
    **dict.fromkeys(("valid until", "失效日期", "停用日期"), "valid_until"),
    **dict.fromkeys(("case", "大小写"), "case"),
    **dict.fromkeys(("translate", "翻译", "是否翻译"), "translate"),
    **dict.fromkeys(("source", "来源", "出处"), "source"),
}
"""What a column holds by its name, which is folded by `folded`."""
REQUIRED = ("concept", "language", "term")
"""Columns of a sheet of one term a row that must be there; all others may be left out."""

LANGUAGES: Mapping[str, Language] = {
    **dict.fromkeys(("zh", "zh-cn", "zh-hans", "zh-tw", "zh-hk", "zh-hant", "chinese", "中文", "中", "汉语"), "zh"),
    **dict.fromkeys(("en", "en-us", "en-gb", "english", "英文", "英", "英语"), "en"),
}
_TAG = re.compile(r"[A-Za-z]{2,8}-([A-Za-z0-9]{1,8}(?:-[A-Za-z0-9]{1,8})*)")
_REGIONS = ("CN", "TW", "HK", "MO", "SG", "Hans", "Hant", "US", "GB")
_REGION = {name.lower(): name for name in _REGIONS}


def region_of(tag: str) -> str:
    """What `tag` says of its language beside the name, spelled as is usual: "TW" for zh_tw, "Hant-HK" for zh-hant-hk;
    nothing where it is no tag of two parts or more."""
    found = _TAG.fullmatch(tag.strip().replace("_", "-"))
    return "-".join(_REGION.get(part.lower(), part) for part in found[1].split("-")) if found else ""


SPELT: Mapping[str, Language] = {
    **{name.replace("-", " "): language for name, language in LANGUAGES.items()},
    **dict.fromkeys(
        ("simplified chinese", "traditional chinese", "简体中文", "繁体中文", "简体", "繁体", "汉文"), "zh"
    ),
}
"""Names of languages as the headers of columns spell them, folded."""
TERM_WORDS = word_set(
    "term terms name string text translation 术语 名称 名 词条 词 词汇 表达 译名 译文 译法 翻译 说法 全称"
)
"""What a header may add to a language: 英文译名 is a column of English terms."""
SOURCE_WORDS = frozenset(("source term", "source string", "source text")) | word_set(
    "sourcestring 原文 原词 源语 源术语"
)
TARGET_WORDS = frozenset(("target term", "target string", "target text")) | word_set(
    "translation target targetstring 译名 译文 译法 对应词 目标语 译语 目标术语"
)
RULED: Mapping[str, TermStatus] = {
    **dict.fromkeys(
        ("不推荐", "不推荐使用的", "不用", "禁用", "弃用", "拒用", "错误", "deprecated", "forbidden", "prohibited"),
        TermStatus.DEPRECATED,
    ),
    **dict.fromkeys(("旧", "曾用", "superseded", "former"), TermStatus.SUPERSEDED),
    **dict.fromkeys(("其他", "备选", "许用", "可用", "admitted", "alternative"), TermStatus.ADMITTED),
}
"""What a header may say before what its terms are: 不推荐译名 is a column of terms not to be used."""

STATUSES: Mapping[str, TermStatus] = {
    **{status.value: status for status in TermStatus},
    **dict.fromkeys(("首选", "首选术语", "推荐"), TermStatus.PREFERRED),
    **dict.fromkeys(("许用", "可用", "允许", "准用"), TermStatus.ADMITTED),
    **dict.fromkeys(("弃用", "拒用", "禁用", "不用"), TermStatus.DEPRECATED),
    **dict.fromkeys(("被取代", "取代", "已取代", "旧称"), TermStatus.SUPERSEDED),
}
KINDS: Mapping[str, TermKind] = {
    **{kind.value: kind for kind in TermKind},
    **dict.fromkeys(("全称", "全名"), TermKind.FULL),
    **dict.fromkeys(("简称", "短名"), TermKind.SHORT),
    **dict.fromkeys(("缩写", "首字母缩写", "缩略语"), TermKind.ACRONYM),
    **dict.fromkeys(("变体", "异形", "异体"), TermKind.VARIANT),
}
CASES: Mapping[str, CasePolicy] = {
    **{policy.value: policy for policy in CasePolicy},
    **dict.fromkeys(("任意", "不限"), CasePolicy.ANY),
    **dict.fromkeys(("严格", "固定"), CasePolicy.EXACT),
    **dict.fromkeys(("首字母", "首字母除外"), CasePolicy.FIRST),
}
TRANSLATED: Mapping[str, bool] = {**dict.fromkeys(("yes", "是"), True), **dict.fromkeys(("no", "否", "不译"), False)}

_SIGNS = str.maketrans(dict.fromkeys("_-:：/()（）[]【】", " "))


def folded(name: str) -> str:
    """The name of a column without case, signs and superfluous white space."""
    return " ".join(name.lower().translate(_SIGNS).split())
