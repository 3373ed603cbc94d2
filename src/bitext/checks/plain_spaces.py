"""A space too many or too few: double spaces, one before a comma, none after it, one between Chinese characters.

Why: such slips come from joined lines and from copying out of other programs, and they show in print. In English two
spaces within a sentence, a space before a mark and none after it are reported; two spaces after a full stop are a
style. In Chinese a space between two Chinese characters of a sentence and one beside a full-width mark are. Characters
that cannot be seen (zero-width spaces, no-break spaces inside Chinese words) are reported in both. Numbers, addresses
and names of files are left alone; so are spaces between Chinese and Latin, which is a question of house style.

How to mend: add or remove the space.

How to waive: `<!-- bitext-ignore plain-spaces: reason -->` before the paragraph.

Fires:

    en: The Institute  signed the agreement , and both sides spoke.
    marks: e  s

    en: The delegation came by train.It left in June,after two weeks.
    marks: train.It
    marks: June,after

    zh: 学校举行 了签约仪式， 双方参加。
    marks: 行 了

Silent:

    en: See www.sziit.edu.cn, version 3.5.2 or Node.js at 10:30, e.g. today. It was . . . late.

    zh: 记者 李明 深圳大学 AI 学院 共有 35 人
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bitext.checks.context import Context
from bitext.checks.plain import HAN, Slip, on_pages
from bitext.checks.rule import Rule
from bitext.model.documents import Language, Span
from bitext.model.findings import Finding, Message, Severity

_H = f"[{HAN}]"
_UNSEEN = rf"(?<=[A-Za-z{HAN}])[\u200b\u2060\ufeff\u200e\u200f]+|(?<={_H})[\u00a0\u200c\u200d]+(?={_H})"
_ENGLISH = {
    "double": r"[A-Za-z,;] {2,}[A-Za-z(]",
    "before": r"(?<=[A-Za-z)”]) (?:[,;!?]|[.:](?! ?[.)(/:]))(?=\s[A-Za-z“(]|$)",
    "after": (
        r"(?<![\w/@.:,;=&#\\-])[A-Za-z’']{2,30}(?:[,;!?]|\.(?=[A-Z][a-z’']+(?:[\s,]|$)))(?=[A-Za-z])[A-Za-z’']{2,30}"
        r"(?=[\s,.;!?)”]|$)(?![.,][\w/])"
    ),
}
_STOPS = "，。；：！？、）》」』】"
_CHINESE = {
    "between": rf"(?<={_H}{_H}){_H} {_H}(?={_H}{{2}})",
    "beside": rf"(?<={_H})[ \u00a0]+[{_STOPS}]|[，。；：！？、（《「『【][ \u00a0]+(?={_H})",
}
_KNOWN = re.compile(
    r"^(?:Node|Vue|React|Next|Deep|Chart|Socket|ASP|VB|ADO)\.|^(?:Inc|Ltd|Co|No|Dr|Mr|Ms|St|vs|Fig|Vol)\."
)
_SENTENCE = re.compile(r"[，。；！？]")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Few runs ask for this rule; the others do not wait for its patterns."""
    return re.compile(pattern)


def check(context: Context) -> Iterator[Finding]:
    """The slips of both pages."""
    yield from on_pages(context, RULE.id, RULE.severity, _slips)


def _slips(text: str, language: Language) -> Iterator[Slip]:
    for match in _compiled(_UNSEEN).finditer(text):
        codes = " ".join(f"U+{ord(one):04X}" for one in match[0])
        yield Slip(Span(*match.span()), Message.of("plain.spaces.unseen", codes=codes), "")
    yield from _in_english(text) if language == "en" else _in_chinese(text)


def _in_english(text: str) -> Iterator[Slip]:
    for key, pattern in _ENGLISH.items():
        for match in _compiled(pattern).finditer(text):
            if key != "after" or not _is_name(match[0]):
                yield _slip(key, match, _mended(key, match[0]))


def _is_name(found: str) -> bool:
    """Whether a stop stands within a name: Node.js, Form.Item, Inc.The."""
    return _KNOWN.match(found) is not None or ("." in found and found[0].isupper())


def _in_chinese(text: str) -> Iterator[Slip]:
    # Without a mark of a sentence it is a list of names, a signature or a headline, which spaces part on purpose.
    running = _SENTENCE.search(text) is not None
    for key, pattern in _CHINESE.items() if running else ():
        for match in _compiled(pattern).finditer(text):
            yield _slip(key, match, _mended(key, match[0]))


def _mended(key: str, found: str) -> str:
    if key == "double":
        return re.sub(" +", " ", found)
    if key == "after":
        return re.sub(r"([,;!?.])", r"\1 ", found, count=1)
    return re.sub(r"\s", "", found)


def _slip(key: str, match: re.Match[str], wanted: str) -> Slip:
    return Slip(Span(*match.span()), Message.of(f"plain.spaces.{key}", wanted=wanted.strip() or wanted), wanted)


RULE = Rule("plain-spaces", "page", Severity.INFO, check, default=False)
