"""Dates in English: May 11, 2022; 11th May; 11/05/2022; the 2021-22 academic year; Wednesday; 3:30 p.m.; the 1990s."""

from __future__ import annotations

import re
from collections.abc import Callable

from bitext.model.documents import Span
from bitext.text.dates import DateMention, Meridiem

_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
]
MONTHS = {name: index % 12 + 1 for index, name in enumerate(_NAMES)} | {"sept": 9}
_WEEKDAYS = {
    "Monday": 1, "Tuesday": 2, "Wednesday": 3, "Thursday": 4, "Friday": 5, "Saturday": 6, "Sunday": 7,
}  # fmt: skip
_CENTURIES = dict(
    zip(
        ["fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty-first"],
        range(15, 22),
        strict=True,
    )
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}

_LONG = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHORT = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
_MON = rf"(?:{_LONG}|{_LONG.upper()}|(?:{_SHORT}|{_SHORT.upper()})\b\.?)"
_D = r"(?:[12]\d|3[01]|0?[1-9])"
_ORD = r"(?:st|nd|rd|th)?"
_Y = r"(?:1[5-9]|20)\d{2}"
_TO = r"\s?(?:-|–|—|~|to|and|until|through|till)\s?"
_HALF = r"[ap]\.?\s?m\b\.?"

_ISO = (
    rf"(?P<iso_y>{_Y})(?P<sep>[-/.])(?P<iso_m>1[0-2]|0?[1-9])(?P=sep)(?P<iso_d>{_D})(?!\d)"
    r"|(?<![\d.-])(?P<ym_y>20\d\d)[-.](?P<ym_m>0[1-9]|1[0-2])(?![\d.-])"
)
_SLASH = rf"(?<![\d/.])(?P<s1>{_D})(?P<sep2>[/.])(?P<s2>{_D})(?P=sep2)(?P<s_y>{_Y})(?!\d)"
_MDY = (
    rf"\b(?P<a_m>{_MON})\s(?:the\s)?(?P<a_d>{_D}){_ORD}\b(?![:%.]\d|,\d{{3}}|\s(?:percent|per cent|a\.?m|p\.?m))"
    rf"(?P<a_end>{_TO}(?P<a_d2>{_D}){_ORD}\b(?![:%.]\d|,\d{{3}}|\s(?:percent|per cent|[a-z]+s\b)))?"
    rf"(?:,?\s?(?P<a_y>{_Y})\b(?!,\d))?"
)
_DMY = (
    rf"(?<![\d.,:$€£¥/-])(?:(?P<b_d0>{_D}){_ORD}{_TO})?(?P<b_d>{_D}){_ORD}\s(?:day\s)?(?:of\s)?(?P<b_m>{_MON})\b"
    rf"(?:,?\s(?P<b_y>{_Y})\b(?!,\d))?"
)
_MY = rf"\b(?P<c_m>{_MON}),?\s(?:of\s)?(?P<c_y>{_Y})\b(?!,\d)"
_M = (
    r"\b(?P<d_m>January|February|April|June|July|August|September|October|November|December|Sept\.|Aug\.|Oct\.|Nov\.|Dec\.|Jan\.|Feb\.)"
    r"(?=\W|$)|(?<=\b)(?:(?<=in )|(?<=since )|(?<=until )|(?<=by )|(?<=last )|(?<=next )|(?<=this )"
    r"|(?<=early )|(?<=late )|(?<=of )"
    r"|(?<=from )|(?<=to )|(?<=between )|(?<=mid-)|(?<=mid )|(?<=In ))(?P<d2_m>May|March)\b(?! \d)"
)
_ACADEMIC = (
    rf"\b(?P<ac_y>{_Y})(?:\s?(?:-|–|—|/|to)\s?(?P<ac_e>{_Y})|(?:-|–|—|/)(?P<ac_e2>\d{{2}}))\b(?!\d|-\d)"
    rf"|\b(?:FY|fiscal(?: year)?)\s?(?P<fy>{_Y}|\d{{2}})\b"
)
_YEAR = (
    r"(?<!than )(?<!over )(?<!least )(?<!nearly )(?<!about )(?<!roughly )(?<!some )(?<!almost )(?<!around )(?<!mately )"
    rf"(?<![\d,.$€£¥#/-])\b(?P<y>{_Y})\b(?![,.]\d|[%:°]|-[a-z]|\s?(?:[ap]\.?m\b|[-–—~]\s?\d(?!\d{{3}})|"
    r"(?:percent|per cent|million|billion|yuan|dollars|people|hours|km|kilomet|met(?:er|re)s|hectares|mu\b"
    r"|tons?\b|tonnes|yards|miles|feet|square|"
    r"units|cases|jobs|votes|students|teachers|points)))"
)
_DECADE = r"\b(?P<dc>(?:1[5-9]|20)\d0)['’]?s\b|(?<!\d)['’]?(?P<dc2>[2-9]0)['’]?s\b"
_CENTURY = r"\b(?:(?P<ce>1?\d|2[01])(?:st|nd|rd|th)|(?P<ce_w>" + "|".join(_CENTURIES) + r"))[\s-][Cc]entury\b"
_QUARTER = (
    r"\b(?P<q>"
    + "|".join([*_ORDINALS, *(name.title() for name in _ORDINALS)])
    + r")[\s-][Qq]uarters?\b|\bQ(?P<q2>[1-4])\b"
)
_TIME = (
    rf"(?<![\d.:])(?P<h>[01]?\d|2[0-3])(?:[:.](?P<mi>[0-5]\d)(?::[0-5]\d)?)?\s?(?P<half>{_HALF})"
    r"|(?<![\d.:])(?P<h2>[01]?\d|2[0-3]):(?P<mi2>[0-5]\d)(?::[0-5]\d)?(?![\d:])|\b(?P<h3>[01]?\d|2[0-3])\so['’]clock|\b(?P<h4>midnight|noon|midday)\b"
)
_WEEK = r"\b(?P<wd>" + "|".join(_WEEKDAYS) + r")s?\b"
_DAYS = (
    rf"(?<=[Tt]he )(?P<dd>{_D})(?:st|nd|rd|th)(?=\s(?:of|and|to|local|in|which)\b|\s?\(|[,.;:)]|$)"
    rf"|(?<=[Oo]n )(?P<dd2>{_D})(?:st|nd|rd|th)\b"
)
_RELATIVE = (
    r"\b(?P<rel>(?:[Tt]his|[Ll]ast|[Nn]ext) (?:month|year|week|weekend|quarter)"
    r"|[Yy]esterday|[Tt]oday|[Tt]omorrow|[Tt]onight"
    r"|that (?:day|year|month)|same (?:day|year|month)|recently|[Rr]ecently|year-end|year end)\b"
)

_FORMS = (
    *(_ISO, _SLASH, _MDY, _DMY, _MY, _M, _DECADE, _CENTURY, _ACADEMIC, _TIME, _YEAR),
    *(_QUARTER, _WEEK, _DAYS, _RELATIVE),
)
# The look-ahead spares the positions within words the trial of every form.
_PATTERN = re.compile(r"(?=[\d'’]|\b[A-Za-z])(?:" + "|".join(_FORMS) + ")")


def mentions(text: str) -> tuple[DateMention, ...]:
    """The dates of an English text, in order."""
    found: list[DateMention] = []
    for match in _PATTERN.finditer(text):
        found += _built(match)
    return tuple(found)


def _int(text: str | None) -> int | None:
    return int(text) if text else None


def _month(text: str | None) -> int | None:
    return MONTHS[text.rstrip(".").lower()] if text else None


def _month_first(match: re.Match[str], span: Span) -> tuple[DateMention, ...]:
    month, year = _month(match["a_m"]), _int(match["a_y"])
    if not match["a_d2"]:
        return (DateMention(span, year=year, month=month, day=int(match["a_d"])),)
    cut = match.start("a_end")
    return (
        DateMention(Span(span.start, cut), year=year, month=month, day=int(match["a_d"])),
        DateMention(Span(match.start("a_d2"), span.end), year=year, month=month, day=int(match["a_d2"])),
    )


def _day_first(match: re.Match[str], span: Span) -> tuple[DateMention, ...]:
    month, year = _month(match["b_m"]), _int(match["b_y"])
    last = DateMention(Span(match.start("b_d"), span.end), year=year, month=month, day=int(match["b_d"]))
    if not match["b_d0"]:
        return (last,)
    return DateMention(Span(span.start, match.end("b_d0")), year=year, month=month, day=int(match["b_d0"])), last


def _slashed(match: re.Match[str], span: Span) -> tuple[DateMention, ...]:
    """11/05/2022 leaves day and month open where both readings are dates."""
    first, second, year = int(match["s1"]), int(match["s2"]), int(match["s_y"])
    if first > 12 >= second:
        return (DateMention(span, year=year, month=second, day=first),)
    if second > 12 >= first:
        return (DateMention(span, year=year, month=first, day=second),)
    if first == second <= 12:
        return (DateMention(span, year=year, month=first, day=first),)
    return (DateMention(span, year=year),)


def _time(match: re.Match[str], span: Span) -> tuple[DateMention, ...]:
    digits = match["h"] or match["h2"] or match["h3"]
    hour, minute = int(digits), _int(match["mi"] or match["mi2"])
    meridiem: Meridiem = "24" if hour > 12 or (match["h2"] and len(digits) == 2) else ""
    if match["half"]:
        meridiem = "pm" if match["half"][0] == "p" else "am"
        hour = hour % 12 + (12 if meridiem == "pm" else 0) if hour <= 12 else hour
    return (DateMention(span, "time", hour=hour, minute=minute, meridiem=meridiem),)


def _academic(match: re.Match[str], span: Span) -> tuple[DateMention, ...]:
    if match["fy"]:
        year = int(match["fy"])
        return (DateMention(span, year=year if year > 99 else 2000 + year),)
    year, end = int(match["ac_y"]), match["ac_e"] or match["ac_e2"]
    if len(end) == 4 and int(end) != year + 1:
        return (
            DateMention(Span(span.start, match.end("ac_y")), year=year),
            DateMention(Span(match.start("ac_e"), span.end), year=int(end)),
        )
    return (DateMention(span, "academic-year", year=year, end_year=year - year % 100 + int(end[-2:])),)


def _date(match: re.Match[str], span: Span) -> tuple[DateMention, ...]:
    year = _int(match["y"] or match["c_y"] or match["iso_y"] or match["ym_y"])
    month = _int(match["iso_m"] or match["ym_m"]) or _month(match["c_m"] or match["d_m"] or match["d2_m"])
    return (DateMention(span, year=year, month=month, day=_int(match["iso_d"] or match["dd"] or match["dd2"])),)


def _single(
    build: Callable[[re.Match[str], Span], DateMention],
) -> Callable[[re.Match[str], Span], tuple[DateMention, ...]]:
    return lambda match, span: (build(match, span),)


_BUILDERS: tuple[tuple[tuple[str, ...], Callable[[re.Match[str], Span], tuple[DateMention, ...]]], ...] = (
    (("a_m",), _month_first),
    (("b_m",), _day_first),
    (("s1",), _slashed),
    (("h", "h2", "h3"), _time),
    (("h4",), _single(lambda m, span: DateMention(span, "time", hour=0 if m["h4"] == "midnight" else 12))),
    (("ac_y", "fy"), _academic),
    (("dc", "dc2"), _single(lambda match, span: DateMention(span, "decade", decade=int(match["dc"] or match["dc2"])))),
    (
        ("ce", "ce_w"),
        _single(lambda m, span: DateMention(span, "century", century=_int(m["ce"]) or _CENTURIES[m["ce_w"]])),
    ),
    (
        ("q", "q2"),
        _single(lambda m, span: DateMention(span, "quarter", quarter=_int(m["q2"]) or _ORDINALS[m["q"].lower()])),
    ),
    (("wd",), _single(lambda match, span: DateMention(span, weekday=_WEEKDAYS[match["wd"]]))),
    (("rel",), _single(lambda _, span: DateMention(span, "relative"))),
)


def _built(match: re.Match[str]) -> tuple[DateMention, ...]:
    span = Span(*match.span())
    for groups, build in _BUILDERS:
        if any(match[group] for group in groups):
            return build(match, span)
    return _date(match, span)
