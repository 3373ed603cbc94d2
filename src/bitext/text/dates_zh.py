"""Dates in Chinese: 2022年5月11日, 5月上旬, 周三, 2021-2022学年, 下午3时30分, 20世纪90年代, 本月."""

from __future__ import annotations

import re
from collections.abc import Callable

from bitext.model.documents import Span
from bitext.text import hannumerals
from bitext.text.dates import DateMention, Meridiem
from bitext.text.normal import simplified
from bitext.text.units import MEASURE

_TRADITIONAL = (
    "萬億兩個點時週號餘約幾數歲學級屆後間內畝頃裡噸鐘達過減際種類頁筆張條隻輛"
    "處戶場項層樓門車黨團隊線單雙歐鎊韓澳幣圓紀賽財曆開從將趨還與對於為續"
)
_SIMPLIFIED = (
    "万亿两个点时周号余约几数岁学级届后间内亩顷里吨钟达过减际种类页笔张条只辆"
    "处户场项层楼门车党团队线单双欧镑韩澳币圆纪赛财历开从将趋还与对于为续"
)
FLAT = str.maketrans("０１２３４５６７８９：．－％＄￡～" + _TRADITIONAL, "0123456789:.-%$£~" + _SIMPLIFIED)
"""Full-width forms to half width and Traditional characters to Simplified ones, one for one, so that offsets hold."""

_Y = r"(?:1[5-9]|20)\d{2}|[一二][〇零○一二三四五六七八九]{3}"
_ONE = "[一二三四五六七八九]"
_DAY = rf"[12]\d|3[01]|0?[1-9]|三十一?|二十{_ONE}?|廿{_ONE}?|十{_ONE}?|{_ONE}"
_MONTH = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_TO = r"\s?(?:[-－–—~～至到]|－－|——)\s?"
_PART = r"上旬|中旬|下旬|月初|年初|年底|年末|年中|初|中|底|末"
_HALF = (
    r"今晚|昨晚|明晚|当晚|今早|凌晨|清晨|早上|早晨|早|上午|中午|正午|下午|午后|傍晚|晚上|晚间|晚|夜里|夜间|深夜|午夜"
)

_ISO = (
    rf"(?P<iso_y>(?:1[5-9]|20)\d{{2}})(?P<sep>[-/.])(?P<iso_m>{_MONTH})(?P=sep)(?P<iso_d>[12]\d|3[01]|0?[1-9])(?!\d)"
    r"|(?<![\d.-])(?P<ym_y>20\d\d)[-.](?P<ym_m>0[1-9]|1[0-2])(?![\d.万亿-])"
)
_ACADEMIC = (
    rf"(?P<ac_y>{_Y})(?:\s?(?:{_TO}|/)\s?(?P<ac_e>\d{{4}}|\d{{2}}))?\s?(?P<ac_k>学年度?|赛季|财年|财政年度|级(?!别)|届)"
    rf"|(?P<ac2_y>{_Y})(?:{_TO}|/)(?P<ac2_e>\d{{4}}|\d{{2}})年度|(?<![\d.])(?P<ac3_y>{_Y})\s?[-–—/]\s?(?P<ac3_e>\d{{2}})(?![\d./-])\s?年?"
)
_YEARS = rf"(?P<ys_y>{_Y})\s?年?(?=(?:{_TO}|/)(?:{_Y})\s?年)"
_FULL = (
    rf"(?:(?P<y>{_Y})\s?年\s?)(?P<m>{_MONTH})\s?月份?(?:\s?(?P<d>{_DAY})(?:\s?[日号]|(?={_TO}(?:{_DAY})\s?[日号])))?(?P<part>{_PART})?"
    rf"|(?P<m2>{_MONTH})\s?月份?(?:\s?(?P<d2>{_DAY})(?:\s?[日号]|(?=(?:{_TO}|\s?[、和与及]\s?)(?:\d\d?月)?(?:{_DAY})\s?[日号])))(?P<part2>{_PART})?"
    rf"|(?<![个\d百千万半数])(?P<m3>1[0-2]|0?[1-9]|十[一二]|[一二三四五六七八九十])\s?月(?!亮|饼|球|薪|租|票|收|均|龄|子|光|嫂|台)份?"
    rf"(?P<part3>{_PART})?"
    rf"|(?<![\d.])(?P<m5>1[0-2]|[1-9])(?={_TO}(?:1[0-2]|[1-9])\s?月)"
    rf"|(?P<y4>{_Y})\s?年(?!级|代|龄|轻|货|纪|夜|间)(?P<part4>{_PART})?"
    rf"|(?<![\d.:A-Za-z¥$€￥第-])(?<!\d,)(?P<y5>(?:19|20)\d\d)"
    rf"(?=[《》]|\s?{hannumerals.HAN}|(?<=[A-Za-z] \d{{4}})\s?(?:[·，。、；：|)）,;]|$))(?!\s?(?:{MEASURE}|[万亿百千]))"
)
_DAYS = (
    rf"(?<![\d为近续期达.])(?P<dd>{_DAY})\s?日(?!内|游|以上|以内|元|本|之内|常|夜|语|龄|程)"
    rf"|(?<![\d.、])(?P<dr>[12]\d|3[01]|[1-9])(?={_TO}(?:[12]\d|3[01]|[1-9])\s?日)"
)
_WEEK = r"(?:星期|礼拜|(?<![一两二三四五六七八九十几\d])周)(?P<wd>[一二三四五六日天])(?![个名场部年次家种样生])"
_TIME = (
    rf"(?P<half>{_HALF})?\s?(?<![\d.:])(?P<h>[01]?\d|2[0-4])(?::(?P<mi>[0-5]\d)(?::[0-5]\d)?(?![\d:])"
    rf"|[时時](?![代期间段刻尚速长])(?:\s?(?P<mi2>[0-5]?\d)分|(?P<hh>半))?|[点點](?:\s?(?P<mi3>[0-5]?\d)分|(?P<hh2>半)|整|钟))"
    rf"|(?P<half2>{_HALF})\s?(?P<h2>[01]?\d|2[0-4]|十[一二]?|[一二三四五六七八九两])\s?[点點时](?!\d)(?P<hh3>半)?"
)
_TEN = rf"[1-9]0|{_ONE}十"
_DECADE = (
    r"(?:(?P<dc_c>1\d|2[01]|十[五六七八九]|二十一?)\s?世纪)?\s?(?:上世纪\s?)?"
    rf"(?:(?P<dc2>{_TEN})年?代?(?=\s?[、和与及至到-]\s?(?:{_TEN})\s?年代)"
    rf"|(?:(?P<dc_y>(?:1[5-9]|20)\d0)|(?P<dc>{_TEN}))\s?年代)"
)
_CENTURY = r"(?P<ce>[1-9]|1\d|2[01]|十[一二三四五六七八九]?|二十一?|[二三四五六七八九])\s?世纪"
_QUARTER = r"第?(?P<q>[一二三四首1-4])季(?:度|(?!节|相|军))|(?<![A-Za-z])Q(?P<q2>[1-4])(?!\d)"
_RELATIVE = (
    r"(?P<rel>本月|上月|上个月|下月|下个月|当月|今年|去年|明年|前年|后年|当年|同年|(?:本|上|下)周末|(?:本|上|下)周(?![一二三四五六日天])|昨天|今天|明天|昨日|今日|明日"
    r"|当日|当天|前日|前天|同日|翌日|次日|近日|日前|今晚|昨晚|当晚|本季度|上季度|年初|年底|年末|月底|月初)"
)

_PATTERN = re.compile(
    "|".join((_ISO, _ACADEMIC, _YEARS, _DECADE, _CENTURY, _FULL, _TIME, _WEEK, _QUARTER, _DAYS, _RELATIVE))
)

_WEEKDAYS = {character: index + 1 for index, character in enumerate("一二三四五六日")} | {"天": 7}
_PARTS = {"上": "early", "初": "early", "中": "mid", "下": "late", "底": "late", "末": "late"}
_PM = frozenset(
    {
        "今晚",
        "昨晚",
        "明晚",
        "当晚",
        "中午",
        "正午",
        "下午",
        "午后",
        "傍晚",
        "晚上",
        "晚间",
        "晚",
        "夜里",
        "夜间",
        "深夜",
    }
)


def mentions(text: str) -> tuple[DateMention, ...]:
    """The dates of a Chinese text, in order."""
    return tuple(_mention(match) for match in _PATTERN.finditer(simplified(text.translate(FLAT))))


def _number(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if text.isascii() else hannumerals.value(text)


def _quarter(text: str) -> int | None:
    return 1 if text == "首" else _number(text)


def _part(text: str | None) -> str:
    return next((part for mark, part in _PARTS.items() if mark in text), "") if text else ""


def _hour(match: re.Match[str]) -> tuple[int | None, Meridiem]:
    hour = _number(match["h"] or match["h2"])
    half = match["half"] or match["half2"]
    if hour is None or not half:
        # A plain 15时 or 20:30 is of 24 hours by its size; 8时 may be of either half.
        return hour, "24" if hour is not None and (hour > 12 or len(match["h"] or "") == 2) else ""
    if half in _PM:
        return hour + 12 if hour < 12 and not (half in ("深夜", "夜里") and hour < 6) else hour, "pm"
    return hour % 24, "am"


def _time(match: re.Match[str], span: Span) -> DateMention:
    hour, meridiem = _hour(match)
    minute = 30 if match["hh"] or match["hh2"] or match["hh3"] else _number(match["mi"] or match["mi2"] or match["mi3"])
    return DateMention(span, "time", hour=hour, minute=minute, meridiem=meridiem)


def _academic(match: re.Match[str], span: Span) -> DateMention:
    year, end = (
        _number(match["ac_y"] or match["ac2_y"] or match["ac3_y"]),
        match["ac_e"] or match["ac2_e"] or match["ac3_e"],
    )
    if year is not None and end:
        return DateMention(span, "academic-year", year=year, end_year=year - year % 100 + int(end[-2:]))
    return DateMention(span, "academic-year" if match["ac_k"] in ("学年", "学年度") else "date", year=year)


def _decade(match: re.Match[str], span: Span) -> DateMention:
    if match["dc_y"]:
        return DateMention(span, "decade", decade=_number(match["dc_y"]))
    century, years = _number(match["dc_c"]), _number(match["dc"] or match["dc2"]) or 0
    return DateMention(span, "decade", decade=years if century is None else (century - 1) * 100 + years)


def _date(match: re.Match[str], span: Span) -> DateMention:
    month = match["m"] or match["m2"] or match["m3"] or match["m5"] or match["iso_m"] or match["ym_m"]
    day = match["d"] or match["d2"] or match["dd"] or match["dr"] or match["iso_d"]
    part = _part(match["part"] or match["part2"] or match["part3"] or match["part4"])
    year = match["y"] or match["y4"] or match["y5"] or match["ys_y"] or match["iso_y"] or match["ym_y"]
    return DateMention(span, year=_number(year), month=_number(month), day=_number(day), part=part)


_BUILDERS: tuple[tuple[tuple[str, ...], Callable[[re.Match[str], Span], DateMention]], ...] = (
    (("ac_y", "ac2_y", "ac3_y"), _academic),
    (("h", "h2"), _time),
    (("dc", "dc_y", "dc2"), _decade),
    (("ce",), lambda match, span: DateMention(span, "century", century=_number(match["ce"]))),
    (("wd",), lambda match, span: DateMention(span, weekday=_WEEKDAYS[match["wd"]])),
    (
        ("q", "q2"),
        lambda match, span: DateMention(span, "quarter", quarter=_quarter(match["q"] or match["q2"])),
    ),
    (("rel",), lambda _, span: DateMention(span, "relative")),
)


def _mention(match: re.Match[str]) -> DateMention:
    start = match.start()
    span = Span(start + (match[0][0] == " "), match.end())
    for groups, build in _BUILDERS:
        if any(match[group] for group in groups):
            return build(match, span)
    return _date(match, span)
