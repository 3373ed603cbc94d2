"""A number of one text that is not the number of the other.

Why: figures are what readers trust and copy, and 万 and 亿 make slips of a factor of ten or ten thousand easy: 1.2亿 is
120 million, not 12 million. The rule reads numbers in both languages, digits and words, percentages and 成, fractions,
倍 and -fold, ordinals, amounts and measures, and matches them one to one within the pair of sentences. It knows that
约, 多 and "about" allow rounding, that a converted amount or measure may stand beside the original, that one and other
small counts come and go in good prose, and that figures of names (5G, Boeing 737) are names. Percent and percentage
points are not the same. A factor of ten between two numbers that should be the same is an error, any other difference a
warning; a number that went into the next sentence is only noted.

How to mend: look which text is right and correct the other. If the number was left out on purpose, waive it.

How to waive: `<!-- bitext-ignore number-mismatch: reason -->` before the sentence.

Fires:

    zh: 项目投入1.2亿元，建成实训室35间。
    en: The project invested 12 million yuan and built 35 training rooms.
    marks: 12 million

    zh: 毕业生就业率达到98.5%。
    en: The employment rate of graduates reached 95.8 percent.
    marks: 95.8

    zh: 来自26个国家的320名师生参加了活动。
    en: Teachers and students from 26 countries took part in the event.
    marks: 320

    zh: 失业率上升3个百分点。
    en: The unemployment rate rose by 3 percent.
    marks: 3

    zh: 第三届进博会在上海开幕。
    en: The 4th Import Expo opened in Shanghai.
    marks: 4th

    zh: 企业捐赠500万元设立奖学金。
    en: The company donated 5 million US dollars for scholarships.
    marks: 5 million

Silent:

    zh: 投入1.2亿元，占地约3000亩，三成学生来自外省，招生人数增长两倍。
    en: At 120 million yuan and about 200 hectares, 30% of students are from elsewhere and enrolment has tripled.

    zh: 双方将共建一个5G实训基地，首批培训教师二十余人。
    en: The two sides will build a 5G training base; the first group of over 20 teachers will be trained.

    zh: 视频播放量达100K，捐款500万元人民币（约70万美元）。
    en: The video was played 100,000 times; RMB 5 million (about US$700,000) was donated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bitext.checks.context import Context
from bitext.checks.currencies import Slip, is_local, slips
from bitext.checks.figures import around, figures, shifted
from bitext.checks.number_matching import mismatches
from bitext.checks.number_pairs import MOST, Mismatch
from bitext.checks.percentage_points import PointSlip, of_points
from bitext.checks.rule import Rule
from bitext.checks.weight import DOUBTFUL
from bitext.model.alignment import Side, TranslationUnit
from bitext.model.findings import Finding, Mark, Message, Severity
from bitext.text.figures import Sameness, in_chinese, in_english, sameness
from bitext.text.numerals import Number

_LIKELY = 0.75
"""Confidence below which a number without an answer is only noted."""


def check(context: Context) -> Iterator[Finding]:
    """The numbers of each translation unit that nothing on the other side answers, and amounts in other currencies."""
    languages = (context.document("source").language, context.document("target").language)
    local = any(is_local(document.text) for _, document in context.documents if document.language == "zh")
    judged = [(unit, _compared(context, unit)) for unit in context.units if _is_judged(unit)]
    for index, (unit, rows) in enumerate(judged):
        neighbours = (*judged[max(0, index - 1) : index], *judged[index + 1 : index + 2])
        beside = [row for _, other in neighbours for row in other]
        few = len(rows) <= MOST and len(beside) <= MOST
        for row in rows:
            yield _finding(context, unit, row, moved=few and any(_answers(row, other) for other in beside))
        source, target = figures(context, unit, "source"), figures(context, unit, "target")
        yield from _currencies(context, unit, slips(source, target, languages, local=local))
        yield from _points(context, unit, of_points(source, target))


def _is_judged(unit: TranslationUnit) -> bool:
    return unit.source is not None and unit.target is not None and unit.confidence >= DOUBTFUL


def _compared(context: Context, unit: TranslationUnit) -> list[Mismatch]:
    source, target = figures(context, unit, "source"), figures(context, unit, "target")
    if not source.numbers and not target.numbers:
        return []
    return mismatches(source, target, (around(context, unit, "source"), around(context, unit, "target")))


def _answers(row: Mismatch, other: Mismatch) -> bool:
    """Whether the number that one unit lacks is the one that its neighbour has too much."""
    pairs = ((row.source, other.target), (row.target, other.source))
    alone = None in (row.source, row.target) and None in (other.source, other.target)
    return alone and any(a is not None and b is not None and sameness(a, b) is Sameness.EQUAL for a, b in pairs)


def _currencies(context: Context, unit: TranslationUnit, rows: Iterable[Slip]) -> Iterator[Finding]:
    for row in rows:
        source = context.mark("source", shifted(context, unit, "source", row.source.span))
        target = context.mark("target", shifted(context, unit, "target", row.target.span))
        fields = {"source": source.text, "target": target.text}
        codes = {"ours": row.source.currency, "theirs": row.target.currency}
        message = Message.of("figures.number-mismatch.currency", **fields, **codes)
        yield Finding(RULE.id, message, RULE.severity, unit.id, source, target)


def _points(context: Context, unit: TranslationUnit, rows: Iterable[PointSlip]) -> Iterator[Finding]:
    for row in rows:
        source = context.mark("source", shifted(context, unit, "source", row.source.span))
        target = context.mark("target", shifted(context, unit, "target", row.target.span))
        key = "percent" if row.source.points else "points"
        # The value and not the words: 30个基点 are 0.3 percentage points, and 百分之三 has its sign with it.
        fields = {"source": _percentage(row.source), "target": _percentage(row.target)}
        message = Message.of(f"figures.number-mismatch.{key}", **fields)
        yield Finding(RULE.id, message, RULE.severity, unit.id, source, target)


def _percentage(number: Number) -> str:
    return "–".join(f"{value.normalize():f}" for value in number.bounds)


def _finding(context: Context, unit: TranslationUnit, row: Mismatch, *, moved: bool) -> Finding:
    return Finding(
        rule=RULE.id,
        message=_message(context, unit, row),
        severity=_severity(unit, row, moved=moved),
        unit=unit.id,
        source=_mark(context, unit, "source", row.source),
        target=_mark(context, unit, "target", row.target),
        suggestion=_suggestion(context, row),
    )


def _severity(unit: TranslationUnit, row: Mismatch, *, moved: bool) -> Severity:
    """An error for a power of ten; a note for what went into the next sentence or has an unlikely counterpart."""
    if row.factor is not None:
        return Severity.ERROR
    # That a number has no answer at all says more of a pairing that is not likely than of the number.
    unanswered = row.source is None or row.target is None
    return Severity.INFO if moved or (unanswered and unit.confidence < _LIKELY) else Severity.WARNING


def _message(context: Context, unit: TranslationUnit, row: Mismatch) -> Message:
    if row.source is None or row.target is None:
        side: Side = "target" if row.source is None else "source"
        number = row.target if row.source is None else row.source
        key = "added" if side == "target" else "missing"
        return Message.of(f"figures.number-mismatch.{key}", number=_shown(context, unit, side, number))
    fields = {
        "source": _shown(context, unit, "source", row.source),
        "target": _shown(context, unit, "target", row.target),
    }
    if row.factor is None:
        return Message.of(f"figures.number-mismatch.{'digit' if row.related else 'differs'}", **fields)
    key, times = ("larger", row.factor) if row.factor > 1 else ("smaller", 1 / row.factor)
    return Message.of(f"figures.number-mismatch.{key}", times=f"{times.normalize():,f}", **fields)


def _shown(context: Context, unit: TranslationUnit, side: Side, number: Number | None) -> str:
    """The number as it stands and, where that says more, as the other language writes it: 1.2亿 = 120 million."""
    if number is None:
        return ""
    text = context.text(unit, side)[number.span.start : number.span.end]
    value = in_english(number) if context.document(side).language == "zh" else in_chinese(number)
    plain = number.kind == "percent" or value.replace(",", "") in text.replace(",", "")
    return text if plain else f"{text} = {value}"


def _mark(context: Context, unit: TranslationUnit, side: Side, number: Number | None) -> Mark | None:
    return None if number is None else context.mark(side, shifted(context, unit, side, number.span))


def _suggestion(context: Context, row: Mismatch) -> str:
    if row.source is None or row.target is None or "ordinal" in (row.source.kind, row.target.kind):
        return ""
    page = context.document("target")
    marked = page.slice(row.target.span)
    text = in_english(row.source) if page.language == "en" else in_chinese(row.source)
    # It is to stand in place of the marked words: "95.8" before "percent" takes no sign, a year no comma.
    if "%" not in marked and "％" not in marked:
        text = text.removesuffix("%")
    return text.replace(",", "") if "," not in marked and len(text) == len("2,022") else text


RULE: Rule = Rule("number-mismatch", "unit", Severity.WARNING, check)
