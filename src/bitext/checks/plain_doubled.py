"""A word stands twice in a row: "the the", 的的.

Why: it happens at the end of a line and when a sentence is rewritten, and no reader sees it until it is in print. The
rule reads both languages. What may well stand twice is silent: "had had", "that that", names such as Bora Bora, very
very; in Chinese whatever the dictionary cuts otherwise (目的|的, 为了|了解) and the doubled verbs of speech (看看).

How to mend: take one of them away.

How to waive: `<!-- bitext-ignore plain-doubled: reason -->` before the paragraph.

Fires:

    en: The students of the the Ascend Class took part.
    marks: the the

    en: Twelve teachers visited the laboratory laboratory in May.
    marks: laboratory laboratory

    zh: 学校的的学生参加了比赛。
    marks: 的的

    zh: 学校将进行进行改革。
    marks: 进行进行

Silent:

    en: The students had had a rest, and he said that that was a very very good idea. They flew to Bora Bora.

    zh: 目的的确定为了了解情况，大家看看，讨论讨论，现在在线参加。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bitext.checks.context import Context
from bitext.checks.plain import Slip, on_pages
from bitext.checks.rule import Rule
from bitext.model.documents import Language, Span
from bitext.model.findings import Finding, Message, Severity
from bitext.text.normal import simplified
from bitext.text.words import FUNCTION_WORDS, chinese_words

_DOUBLED = re.compile(r"(?<![\w’'.&/-])([A-Za-z]{1,30})([ \u00a0\n]{1,3})\1(?![\w’'&/-]|\.\w)", re.IGNORECASE)
_OPENING = re.compile(r"(?:^|[.!?]\s|[“\"(])$")
_LONG = 7
"""Letters from which on a word of content does not stand twice for effect: ding ding, heavy heavy."""
_MAY_DOUBLE = frozenset(
    """
    had that is will very really so too many much long far more no yes yeah bye ha blah knock night well now there here
    please again never ever hear win wait ho hey oh go come run walk on in out up do did her you who what it
    quite big little good old new million billion thousand hundred left right one two half
    """.split()  # noqa: SIM905
)
"""Words that stand twice in good English, with emphasis or by grammar."""
_GRAMMAR = frozenset("的了在是和与及为对将把被以等从向由并也都而或但其则至于")
"""Chinese words of one character that never stand twice."""
_COMMON = frozenset(
    """
    进行 我们 他们 以及 因为 所以 可以 可能 已经 目前 同时 通过 关于 对于 由于 其中 这个 没有 举行 根据 按照 为了 包括
    成为 作为 这些 那些 自己 什么 如果 但是 而且 因此 此外 今天 今年 去年 学校 学院 大学 公司 中国 国家 问题 工作 表示
    """.split()  # noqa: SIM905
)
"""Chinese words of two characters that do not double; verbs of speech and measure words do (讨论讨论, 一个一个)."""
_MAYBE = re.compile(r"(\w{1,8})\1")


def check(context: Context) -> Iterator[Finding]:
    """The doubled words of both pages."""
    yield from on_pages(context, RULE.id, RULE.severity, _slips)


def _slips(text: str, language: Language) -> Iterator[Slip]:
    return _in_english(text) if language == "en" else _in_chinese(text)


def _in_english(text: str) -> Iterator[Slip]:
    for match in _DOUBLED.finditer(text):
        second = text[match.end() - len(match[1]) : match.end()]
        # A second capital is a name, and so is a first one (Ant Design design) that no sentence begins with.
        name = second[0].isupper() or (match[1][0].isupper() and not _OPENING.search(text, 0, match.start()))
        word = match[1].lower()
        if not name and word not in _MAY_DOUBLE and (word in FUNCTION_WORDS or len(word) >= _LONG):
            yield _slip(match.start(), match.end(), match[0], match[1])


def _in_chinese(text: str) -> Iterator[Slip]:
    if _MAYBE.search(text) is None:
        return
    plain = simplified(text)
    for first, second in pairwise(chinese_words(plain)):
        word = plain[first.start : first.end]
        if first.end == second.start and word == plain[second.start : second.end] and _never_doubles(word):
            found = text[first.start : second.end]
            yield _slip(first.start, second.end, found, found[len(word) :])


def _never_doubles(word: str) -> bool:
    return word in _GRAMMAR or word in _COMMON


def _slip(start: int, end: int, found: str, word: str) -> Slip:
    return Slip(Span(start, end), Message.of("plain.doubled.found", found=" ".join(found.split()), word=word), word)


RULE = Rule("plain-doubled", "page", Severity.WARNING, check)
