"""The number of a figure or table is not the same in both languages: 图3 and Figure 4.

Why: a figure with another number sends the reader to the wrong picture, and the numbers of captions shift whenever a
picture is added to one page alone. The rule compares, sentence by sentence and caption by caption, the figures, charts
and tables that both sides name with a number. A reference that one side leaves out altogether is no fault; a caption
without its number is.

How to mend: look which number is right and correct the other.

How to waive: `<!-- bitext-ignore plain-captions: reason -->` before the paragraph.

Fires:

    kind: caption
    zh: 图3 签约仪式现场
    en: Figure 4: The signing ceremony
    marks: 图3
    marks: Figure 4

    zh: 结果见表二和图2-1。
    en: The results are in Table 3 and Figure 2-1.
    marks: 表二
    marks: Table 3

    kind: caption
    zh: 图3 签约仪式现场
    en: The signing ceremony
    marks: 图3

Silent:

    kind: caption
    zh: 图三：签约仪式现场
    en: Fig. 3 The signing ceremony

    zh: 如图2和图3所示，发表2篇论文，代表3人参加。
    en: As Figures 2 and 3 show, 2 papers were published and 3 representatives took part.

    zh: 结果如图5所示。
    en: The results are shown below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bitext.checks.context import Context
from bitext.checks.figures import shifted
from bitext.checks.rule import Rule
from bitext.checks.weight import DOUBTFUL
from bitext.model.alignment import Side, TranslationUnit
from bitext.model.documents import BlockKind, Language, Span
from bitext.model.findings import Finding, Message, Severity
from bitext.text import hannumerals

_NUMBER = r"\d{1,3}(?:[-.–]\d{1,3}){0,2}(?![\d%年月日人名个项篇次]|[.,]\d)"
_HAN_NUMBER = "[一二三四五六七八九十]{1,3}(?![一-龥])"
_CHINESE = re.compile(
    rf"(?<![一-龥])(?:附|见|如|及|和|与|在|由|从)?(?P<kind>图表|圖表|图|圖|表)\s?(?P<number>{_NUMBER}|{_HAN_NUMBER})"
    r"|(?<=[见如及和与在由从、，。])(?P<kind2>图表|圖表|图|圖|表)\s?"
    rf"(?P<number2>{_NUMBER}|{_HAN_NUMBER}|[一二三四五六七八九十]{{1,3}}(?=[和与及所中、]))"
)
_ENGLISH = re.compile(
    r"\b(?P<kind>[Ff]igures?|[Ff]igs?\.?|[Cc]harts?|[Dd]iagrams?|[Tt]ables?|[Pp]ictures?|[Pp]hotos?)\s"
    rf"(?P<number>{_NUMBER})(?P<more>(?:(?:,| and|, and| to|[-–])\s?{_NUMBER}){{0,6}})"
)
_TABLES = ("表", "table")


@dataclass(frozen=True, slots=True)
class _Reference:
    """A numbered figure or table: `label` is its number as 3 or 2-1."""

    span: Span
    label: str
    table: bool


def check(context: Context) -> Iterator[Finding]:
    """The numbers of each unit that differ, and those that a caption lost."""
    for unit in context.units:
        if unit.source is None or unit.target is None or unit.confidence < DOUBTFUL:
            continue
        rows = {
            side: _references(context.text(unit, side), context.document(side).language)
            for side, _ in context.documents
        }
        source, target = rows["source"], rows["target"]
        if source or target:
            yield from _compared(context, unit, source, target)


def _references(text: str, language: Language) -> list[_Reference]:
    found = []
    for match in (_CHINESE if language == "zh" else _ENGLISH).finditer(text):
        suffix = "" if match["kind"] else "2"
        kind, number = match[f"kind{suffix}"], match[f"number{suffix}"]
        start = match.start(f"kind{suffix}")
        table = kind.lower().startswith(_TABLES)
        found.append(_Reference(Span(start, match.end(f"number{suffix}")), _label(number), table))
        for more in re.finditer(_NUMBER, match["more"] if language == "en" else ""):
            at = match.start("more") + more.start()
            found.append(_Reference(Span(at, at + len(more[0])), _label(more[0]), table))
    return found


def _label(number: str) -> str:
    """3 for 三, 2-1 for 2.1 and 2–1."""
    value = None if number[0].isdigit() else hannumerals.value(number)
    return re.sub("[.–]", "-", number) if value is None else str(value)


def _compared(
    context: Context, unit: TranslationUnit, source: list[_Reference], target: list[_Reference]
) -> Iterator[Finding]:
    left, right = _unanswered(source, target), _unanswered(target, source)
    for one, other in zip(left, right, strict=False):
        # A chart may be 图 or 表 in Chinese; one pair that is left over on either side is the same thing.
        if one.table == other.table or len(left) == len(right) == 1:
            yield _finding(context, unit, "differs", one, other)
    if not target and left and _is_caption(context, unit, "source"):
        digits = re.findall(r"\d+", context.text(unit, "target"))
        if left[0].label.partition("-")[0] not in digits:
            yield _finding(context, unit, "missing", left[0], None)


def _unanswered(ours: list[_Reference], theirs: list[_Reference]) -> list[_Reference]:
    """Those whose number the other side lacks."""
    labels = {one.label for one in theirs}
    ends = {end for label in labels for end in _ends(label)}
    return [one for one in ours if one.label not in labels | ends and not _ends(one.label) & labels]


def _ends(label: str) -> set[str]:
    """The ends of what may be a range, 2-4; the other side may name them one by one."""
    parts = label.split("-")
    return set(parts) if len(parts) == 2 and int(parts[0]) < int(parts[1]) else set()


def _is_caption(context: Context, unit: TranslationUnit, side: Side) -> bool:
    span = context.span(unit, side)
    return span is not None and context.kind_at(side, span.start) is BlockKind.CAPTION


def _finding(context: Context, unit: TranslationUnit, key: str, one: _Reference, other: _Reference | None) -> Finding:
    source = context.mark("source", shifted(context, unit, "source", one.span))
    target = None if other is None else context.mark("target", shifted(context, unit, "target", other.span))
    fields = {"source": source.text} | ({} if target is None else {"target": target.text})
    return Finding(RULE.id, Message.of(f"plain.captions.{key}", **fields), RULE.severity, unit.id, source, target)


RULE = Rule("plain-captions", "unit", Severity.WARNING, check, default=False)
