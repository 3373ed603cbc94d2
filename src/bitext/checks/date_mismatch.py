"""A date of one text that contradicts the date of the other.

Why: a wrong day sends guests to an empty hall, and a wrong year stays in the archive. The rule reads days, months,
years, weekdays, times of day, academic years, decades, centuries and quarters in both languages, and compares what both
texts say: 5月11日, May 11 and 11 May are the same, 11日 agrees with May 11, 下午3时30分 with 3:30 p.m. Only a
contradiction is reported. A date that one text leaves out, or gives as "last Wednesday", is not. A weekday that one
text alone gives is compared with the calendar.

How to mend: look which text is right and correct the other. A time that was converted to another time zone is best
given in both texts with its zone.

How to waive: `<!-- bitext-ignore date-mismatch: reason -->` before the sentence.

Fires:

    zh: 签约仪式于2022年5月11日举行。
    en: The signing ceremony was held on May 12, 2022.
    marks: May 12, 2022

    zh: 讲座定于周三下午3时30分开始。
    en: The lecture will begin at 3:30 p.m. on Thursday.
    marks: Thursday

    zh: 2021-2022学年共有三个班开班。
    en: Three classes opened in the 2020-21 academic year.
    marks: 2020-21

    zh: 讲座于2022年5月11日举行。
    en: The lecture was held on Thursday, May 11.
    marks: Thursday

Silent:

    zh: 签约仪式于5月11日下午3时30分举行，有效期至2025年。
    en: The signing ceremony was held at 3:30 p.m. on 11 May 2022 and is valid until 2025.

    zh: 记者11日获悉，20世纪90年代建成的校区将于年底翻新。
    en: It was learned on Wednesday that the campus built in the 1990s will be renovated by the end of the year.

    zh: 讲座于2022年5月11日举行。
    en: The lecture was held on Wednesday, May 11.
"""

from __future__ import annotations

from collections.abc import Iterator

from bitext.checks.context import Context
from bitext.checks.date_matching import Contradiction, contradictions
from bitext.checks.figures import Figures, around, figures, shifted
from bitext.checks.rule import Rule
from bitext.checks.weekdays import wrong_weekdays
from bitext.checks.weight import DOUBTFUL
from bitext.model.alignment import Side, TranslationUnit
from bitext.model.findings import Finding, Mark, Message, Severity
from bitext.text.dates import DateMention


def check(context: Context) -> Iterator[Finding]:
    """The dates of each translation unit that contradict each other."""
    for unit in context.units:
        if unit.source is None or unit.target is None or unit.confidence < DOUBTFUL:
            continue
        source, target = figures(context, unit, "source"), figures(context, unit, "target")
        if source.dates and target.dates:
            near = (around(context, unit, "source"), around(context, unit, "target"))
            rows = contradictions(source, target, near)
            for row in rows:
                yield _finding(context, unit, row)
            if not any("weekday" in row.fields for row in rows):
                yield from _calendar(context, unit, source, target)


def _calendar(context: Context, unit: TranslationUnit, source: Figures, target: Figures) -> Iterator[Finding]:
    """Weekdays that one side alone has and that do not fall on their dates."""
    sides: tuple[tuple[Side, Figures, Figures], ...] = (("source", source, target), ("target", target, source))
    for side, ours, theirs in sides:
        for row in wrong_weekdays(ours, theirs, context.date):
            mark, day = _mark(context, unit, side, row.weekday), _mark(context, unit, side, row.day)
            yield Finding(
                rule=RULE.id,
                message=Message.of("figures.date-mismatch.calendar", weekday=mark.text, date=day.text),
                severity=RULE.severity,
                unit=unit.id,
                source=mark if side == "source" else None,
                target=mark if side == "target" else None,
                related=(day,),
            )


def _finding(context: Context, unit: TranslationUnit, row: Contradiction) -> Finding:
    source, target = _mark(context, unit, "source", row.source), _mark(context, unit, "target", row.target)
    return Finding(
        rule=RULE.id,
        message=Message.of(f"figures.date-mismatch.{row.fields[0]}", source=source.text, target=target.text),
        severity=RULE.severity,
        unit=unit.id,
        source=source,
        target=target,
    )


def _mark(context: Context, unit: TranslationUnit, side: Side, mention: DateMention) -> Mark:
    return context.mark(side, shifted(context, unit, side, mention.span))


RULE: Rule = Rule("date-mismatch", "unit", Severity.ERROR, check)
