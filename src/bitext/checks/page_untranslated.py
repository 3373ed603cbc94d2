"""A page that is still in the language of its other page.

Why: the page was copied to be translated and then published as it was, so the reader of one language finds the other.
The rule counts words: where most of those of the English page are Chinese, or most sentences of the Chinese page have
no Chinese character at all, the page is not translated. A page that is partly translated is left to the other rules.

How to mend: translate the page, or take it down until it is translated.

How to waive: `<!-- bitext-ignore-file page-untranslated: reason -->` in the page. A waived page is not judged any
further: there is nothing to compare.

Fires:

    en: 双方就校企合作进行了深入交流。
    marks: 双方就校企合作进行了深入交流。

    zh: 双方就校企合作进行了深入交流。
    en: 双方就校企合作进行了深入交流。

    zh: The two sides had a thorough exchange of views on working together.
    en: The two sides had a thorough exchange of views on working together.

Silent:

    zh: 双方就校企合作进行了深入交流。
    en: The two sides had a thorough exchange of views (深入交流).

    zh: 安装 Kubernetes v1.28 和 etcd。
    en: Install Kubernetes v1.28 and etcd.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bitext.checks.context import Context
from bitext.checks.page_unpaired import marks
from bitext.checks.rule import Rule
from bitext.model.documents import Language, SegmentedDocument
from bitext.model.findings import Finding, Message, Severity
from bitext.text.scripts import HAN_CLASS

MOST = 0.6
"""From this share of words in the wrong language on, a page is not translated."""
_HAN = re.compile(f"[{HAN_CLASS}]")
_WORD = re.compile(r"[A-Za-z]{2,}+")
_PROSE = 5
"""English words that a sentence without any Chinese character must have to be no name, title or command."""


def check(context: Context) -> Iterator[Finding]:
    """One finding for each page of the wrong language."""
    for side, document in context.documents:
        page = context.bitext.side(side)
        if page is not None and untranslated(page):
            expected = "chinese" if document.language == "zh" else "english"
            source, target = marks(context, side)
            yield Finding(RULE.id, Message.of(f"pages.untranslated.{expected}"), RULE.severity, None, source, target)


def untranslated(page: SegmentedDocument) -> bool:
    """Whether most of the words of `page` are in the other language than the page's."""
    rows = [_words(segment.text, page.document.language) for segment in page.segments]
    wrong, all_words = (sum(column) for column in zip(*rows, strict=True)) if rows else (0, 0)
    return wrong >= MOST * all_words > 0


def _words(text: str, language: Language) -> tuple[int, int]:
    """The words of a sentence that are in the wrong language, and all of its words; a Han character is one."""
    han, latin = len(_HAN.findall(text)), len(_WORD.findall(text))
    if language == "en":
        return han, han + latin
    return (latin if not han and latin >= _PROSE else 0), han + latin


RULE = Rule("page-untranslated", "page", Severity.ERROR, check)
