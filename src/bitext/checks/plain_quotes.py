"""A quotation mark or bracket that is opened and never closed, or closed and never opened.

Why: an unpaired quote turns the rest of the paragraph into speech, and it is usually what is left of a sentence that
was cut. The rule reads each paragraph, headline and list item of both languages by itself. A quotation that goes on in
the next paragraph may begin there with a new opening mark, as both languages have it. Numbers of lists such as 1) and
a), apostrophes, and inches and feet are no quotes. Where the settings say so (under `[style]`, `quotes` is "curly" or
"corner"; `punctuation` chooses it with the brackets), “quotes” or 「quotes」 of the other kind in Chinese are told too.

How to mend: add the missing mark, or take away the one that is too many.

How to waive: `<!-- bitext-ignore plain-quotes: reason -->` before the paragraph.

Fires:

    en: The students sang “Dreams of Craft and went home.
    marks: “

    en: The delegation (twelve teachers came by train.
    marks: (

    zh: 师生合唱了《匠心筑梦，掌声不断。
    marks: 《

    zh: 学校入选”典型案例“。
    marks: ”

Silent:

    en: “We are proud,” said the dean (a chemist), “of our students' work.”

    zh: 双方签署了《战略合作协议》（以下简称“协议”）。

    en: 1) The first point. It takes 27" screens.

    en: “It began in May.
    en: “It ended in June,” she said.

    zh: “项目始于五月。
    zh: 六月结束。”她说。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from bitext.checks.context import Context
from bitext.checks.plain import MOST_SLIPS, Slip, blocks, finding, moved, on_pages
from bitext.checks.rule import Rule
from bitext.model.documents import Language, Span
from bitext.model.findings import Finding, Message, Severity

_PAIRS = {
    "“": "”",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "【": "】",
    "〔": "〕",
    "〖": "〗",
    "(": ")",
    "（": ")",
    "[": "]",
    "［": "]",
    "{": "}",
    "｛": "}",
}
_SAME = {"）": ")", "］": "]", "｝": "}"}
"""Closers of either width close openers of either width: that is plain-width's."""
_CLOSERS = frozenset(_PAIRS.values()) | frozenset(_SAME)
_QUOTES = tuple('“「『"')
REACH = 12
"""Blocks after its first one in which a quotation of several paragraphs may be closed."""
_MARKS = re.compile(f'[{re.escape("".join({*_PAIRS, *_CLOSERS}))}"]')
_ITEM = re.compile(
    r"(?:^|[\s；;。，,、：:(（及和與与])[（(]?(?:\d{1,3}|[A-Za-z]{1,4}|[一二三四五六七八九十]{1,3})$|(?<=[一-龥])[ivx]{1,4}$"
)
"""Before a closing bracket: the number of a list, 1) a) （二）."""
_OTHERS: dict[str, tuple[str, dict[int, int]]] = {
    "curly": ("「[^「」\n]{0,400}」|『[^『』\n]{0,400}』", str.maketrans("「」『』", "“”‘’")),
    "corner": ("“[^“”\n]{0,400}”|‘[^‘’\n]{0,400}’", str.maketrans("“”‘", "「」『")),
}
"""By the quotes of the house, the quotations in other ones, and what is written for their marks."""
_CLOSING = re.compile(r"’(?![A-Za-z])")
"""A closing quote, and no apostrophe as in “it’s”."""
_SMILEY = re.compile(r"[:;=][-o^]?$")


def check(context: Context) -> Iterator[Finding]:
    """The marks of each block that nothing answers in it or, where a quotation goes on, in the blocks that follow."""
    for side, document in context.documents:
        rows = [(block.span.start, document.slice(block.span)) for block in blocks(document)]
        slips = (moved(_slip(one.key, one.mark, one.place), start) for start, one in _unanswered(rows))
        for slip in islice(slips, MOST_SLIPS):
            yield finding(context, RULE.id, RULE.severity, side, slip)
    yield from on_pages(context, RULE.id, RULE.severity, partial(_of_another_house, quotes=context.facts.style.quotes))


def _of_another_house(text: str, language: Language, quotes: str) -> Iterator[Slip]:
    """The quotations in Chinese whose marks the house does not use."""
    if language != "zh" or quotes not in _OTHERS:
        return
    pattern, marks = _OTHERS[quotes]
    for match in re.finditer(pattern, text):
        inner = _CLOSING.sub("』", match[0]) if quotes == "corner" else match[0]
        wanted = inner.translate(marks)
        yield Slip(Span(*match.span()), Message.of(f"style.quotes.{quotes}", found=match[0], wanted=wanted), wanted)


@dataclass(frozen=True, slots=True)
class _Unpaired:
    """A mark that nothing answers in its block: "unclosed", "unopened" or an "odd" straight quote."""

    key: str
    mark: str
    place: int


def _unpaired(text: str) -> list[_Unpaired]:
    open_marks: list[tuple[str, int]] = []
    straight: list[int] = []
    found: list[_Unpaired] = []
    for match in _MARKS.finditer(text):
        mark, place = match[0], match.start()
        if mark == '"':
            # After a digit it may be an inch.
            straight.append(-1 if text[max(0, place - 1) : place].isdigit() else place)
        elif mark in _PAIRS:
            open_marks.append((mark, place))
        elif not _closed(open_marks, _SAME.get(mark, mark)) and not _stands_alone(text, mark, place):
            found.append(_Unpaired("unopened", mark, place))
    found += [_Unpaired("unclosed", mark, place) for mark, place in open_marks]
    if len(straight) % 2 and -1 not in straight:
        found.append(_Unpaired("odd", '"', straight[-1]))
    return sorted(found, key=lambda one: one.place)


def _unanswered(rows: Sequence[tuple[int, str]]) -> Iterator[tuple[int, _Unpaired]]:
    """What nothing answers in the blocks after it either, with the offset of its block; in order.

    A quotation of several paragraphs may be opened anew in each of them and closed once: its openers have one closer.
    """
    waiting: list[tuple[int, int, _Unpaired]] = []
    alone: list[tuple[int, _Unpaired]] = []
    for index, (start, text) in enumerate(rows):
        alone += [(at, one) for block, at, one in waiting if index - block > REACH]
        anew = text.lstrip()[:1]
        waiting = [row for row in waiting if index - row[0] <= REACH and not (row[2].mark == anew and anew in _QUOTES)]
        for one in _unpaired(text):
            answered = [row for row in waiting if row[0] < index and _answers(one, row[2])]
            if answered:
                waiting = [row for row in waiting if row not in answered]
            elif one.key == "unopened" or len(waiting) >= MOST_SLIPS:
                alone.append((start, one))
            else:
                waiting.append((index, start, one))
    alone += [(at, one) for _, at, one in waiting]
    return iter(sorted(alone, key=lambda row: row[0] + row[1].place))


def _answers(one: _Unpaired, before: _Unpaired) -> bool:
    """Whether a mark closes what a mark of an earlier block opened."""
    if one.key == "odd":
        return before.key == "odd"
    return one.key == "unopened" and before.key == "unclosed" and _PAIRS[before.mark] == _SAME.get(one.mark, one.mark)


def _closed(open_marks: list[tuple[str, int]], closer: str) -> bool:
    """Takes the last mark away that `closer` closes, if there is one among those that are open."""
    for index in range(len(open_marks) - 1, max(-1, len(open_marks) - 9), -1):
        if _PAIRS[open_marks[index][0]] == closer:
            del open_marks[index]
            return True
    return False


def _stands_alone(text: str, mark: str, place: int) -> bool:
    """Whether a closing bracket is that of a list's number or of a smiley."""
    before = text[max(0, place - 6) : place]
    return mark in ")）" and bool(_ITEM.search(before) or _SMILEY.search(before))


def _slip(key: str, mark: str, place: int) -> Slip:
    return Slip(Span(place, place + 1), Message.of(f"plain.quotes.{key}", mark=mark))


RULE = Rule("plain-quotes", "page", Severity.WARNING, check)
