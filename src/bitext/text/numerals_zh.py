"""Numbers in Chinese: 1.2万, 3亿5000万, 一百二十三, 两倍, 三成, 百分之三十, 三分之二, 第三届, 10至15."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from importlib import resources

from bitext.model.documents import Span
from bitext.text import hannumerals
from bitext.text.dates_zh import FLAT
from bitext.text.hannumerals import MAGNITUDES
from bitext.text.normal import simplified
from bitext.text.numerals import VERSIONS, Number, NumberKind, fraction, outside, ranges
from bitext.text.units import CURRENCIES_ZH, CURRENCY_SIGNS, MEASURE, ZH, alternatives


def _table(name: str) -> frozenset[str]:
    """The words of a file of the folder `data`."""
    text = resources.files("bitext.text").joinpath("data", name).read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


# Ordinary words and names that hold numeral characters.
_WORDS = _table("not-numbers.zh.txt")
_LENGTHS = tuple(sorted({len(word) for word in _WORDS}))
_FORMAL = frozenset("壹贰叁肆伍陆柒捌玖拾佰仟")
"""Numerals of cheques, which alone are words of their own."""
_VAGUE_WORDS = (
    "上万|过万|破万|逾万|近万|数万|上亿|过亿|近亿|数亿|破亿|上千|近千|数千|上百|近百|数百|过百|几百|几千|几万|几亿|几十|数十"
    "|百余|千余|万余|亿余|百多|千多|万多|百来|十余|十多|十几|十来"
)


_A = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<![A-Za-z\d.)）])\.\d+"
_MAG = f"(?:千(?![瓦米克卡帕赫伏禧])|[{MAGNITUDES.replace('千', '')}])"
_HAN = "[零〇一二两兩三四五六七八九十百千万亿廿卅萬億壹贰叁肆伍陆柒捌玖拾佰仟]"
# 5k; 2w, as computer people write 2万, which may be watts too.
_K = r"(?:(?<=\d)(?:[Kk](?![A-Za-z\d])|w(?![a-z\d])))?"
_DIGITS = rf"(?:{_A})(?:\s?[多余几来]?{_MAG}+)?(?:零?\d+(?:\.\d+)?{_MAG}+)*(?:(?<=[万萬])\d{{4}}(?![\d.,]))?{_K}"
_VAGUE = r"[几数](?=[十百千万亿])"
_HANS = rf"(?:{_VAGUE})?{_HAN}+(?:[多余几来]{_MAG}+)?(?:点[零〇一二三四五六七八九]+)?"

_NOT_TENTHS = "为立功长员果本都绩年品交份语型套就了千百群分因形真熟名片队行色千"

_PATTERN = re.compile(
    rf"(?=[A-Za-z\d.#第首头双近过超破逾一半数几上成减折腰大十百千万亿]|{_HAN})(?:"
    + "|".join(
        (
            r"(?P<skip>(?:https?://|www\.)[\w./?=&%#~:+-]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,99}"
            rf"|{VERSIONS})",
            rf"(?P<percent>百分之(?P<pv>{_A}|百|{_HANS}))",
            rf"(?P<fraction>(?P<den>\d{{1,6}}|{_HAN}+)分之(?P<num>\d{{1,6}}|{_HAN}+))",
            r"(?P<half>一半|减半|折半|腰斩|半数|大半|(?<!\d)[1一]/2|半(?=年|个|月|天|日|小时|周|米|公里|斤|公斤|吨|价|数|世纪|壁|百))",
            rf"(?P<model>(?<![A-Za-z])[A-Za-z][A-Za-z]*[-·]?(?P<mv>\d+)(?:[A-Za-z]+\d*|[.-]\d+)*(?![\d.,])(?=(?!\s?(?:{_MAG}|%|元|美元|人))))",
            rf"(?P<tenths>(?P<tv>[一二两三四五六七八九]|(?<![\d.])\d)成(?P<th>[一二三四五六七八九半])?(?![{_NOT_TENTHS}]))",
            r"(?P<seconds>\d{1,3}秒\d{1,3}(?!\d))",
            rf"(?P<digits>{_DIGITS})",
            r"(?P<plan>十[一二三四五])五(?=(?:[”’」』\"']|规划|时期|期间|计划|开局|收官|末|以来|和))",
            rf"(?P<ordinal>第(?P<ov>{_HAN}+))",
            r"(?P<first>首(?=[届次个批家例名位期款部场轮季艘架座台])|头(?=号)|双(?=方))",
            rf"(?P<vague>{_VAGUE_WORDS})(?P<vm>{_MAG}*)",
            rf"(?P<han>{_HANS})",
        )
    )
    + ")"
)

_UNIT = alternatives(ZH)
_SUFFIX = re.compile(
    r"(?P<more>[多余几来+])?(?:\s?个(?!成))?(?P<half>半(?=[年月个小天周日]))?\s?(?:"
    r"(?P<points>个?(?:百分点|百分點))|(?P<basis>[个個]?基[本准準]?[点點])|(?P<pips>点子)|(?P<percent>%)|(?P<permille>‰)"
    r"|(?P<times>倍)"
    rf"|(?P<currency>{alternatives(CURRENCIES_ZH)})|(?P<unit>{_UNIT})(?:(?<![A-Za-z])|(?![A-Za-z])))?"
    r"(?P<after>[多余])?(?P<halfafter>半(?!个|导|径|场|决|岛|球|路|空))?(?P<tail>以上|左右|上下|许|开外|以内|以下)?"
)
_BEFORE = re.compile(
    r"(?:约|约有|大约有|近|大约|约为|超|超过|逾|达到|至少|不足|几近|将近|大概|近乎|突破|高达|多达|接近"
    r"|上|好|最多|最少|不到|不低于|不少于|不超过|过|多于|少于|低于|高于|只有)\s?$"
)
_SIGN = re.compile(rf"(?:{alternatives(CURRENCY_SIGNS)})\s?$")
_RANGE = re.compile(r"\s?(?:[-–—~～]|——|至|到|或|比|:|：|、)\s?")
_WIDE_COMMA = re.compile("(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_OLD_POINT = re.compile("(?<=[0-9０-９])[·•](?=[0-9０-９]{1,3}[万亿萬億%％])")
_LIST = re.compile(r"\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.、．)）](?!\d))")
# Round the clock, every day, a complete turn: figures of speech.
_IDIOMATIC = frozenset(
    (Decimal(value), unit) for value, unit in ((24, "hour"), (365, "day"), (180, "degree"), (360, "degree"))
)
# Readers so far: the two pages count for themselves; but 访问量200万 and 阅读20本书 may be such counts or not.
_COUNTER = re.compile(r"(?:浏览|点击|阅读|访问|阅览)(?:次数|量|数)?[\s：:]{1,3}$")
_LIKE_COUNTER = re.compile(r"(?:浏览|点击|阅读|访问|阅览)(?:次数|量|数)?$")
# 618大促, 1024程序员节: days that are called by their figures.
_FESTIVAL = re.compile(r"[”」]?\s?(?:年中|年度)?(?:大促|促销|购物|购物节|狂欢节|程序员|电商节)")
_PERCENT_SCALE = {"points": 0, "percent": 0, "permille": -1, "basis": -2}


def found(text: str, dates: Sequence[Span]) -> Iterator[Number]:
    """The numbers of a Chinese text, those that overlap a span of `dates` left out."""
    flat = simplified(_OLD_POINT.sub(".", _WIDE_COMMA.sub(",", text)).translate(FLAT))
    listed = _LIST.match(flat)
    rows = outside(_singles(flat), dates, listed.end() if listed else 0)
    yield from ranges(rows, lambda first, second: _join(flat, first, second))


def _singles(text: str) -> Iterator[Number]:
    for match in _PATTERN.finditer(text):
        number = _number(text, match)
        if number is not None:
            yield number


def _number(text: str, match: re.Match[str]) -> Number | None:
    span = Span(*match.span())
    if len(span) > hannumerals.LONGEST or _within_word(text, span.start):
        return None
    build = next((build for group, build in _BUILDERS.items() if match[group] is not None), None)
    return None if build is None else build(text, span, match)


def _within_word(text: str, start: int) -> bool:
    """Whether the character at `start` belongs to an ordinary word of the table."""
    if text[start].isascii():
        return False
    return any(
        text[begin : begin + length] in _WORDS
        for length in _LENGTHS
        for begin in range(max(0, start - length + 1), start + 1)
    ) and not text.startswith("十分钟", start)


_SHORT = {"K": 1000, "k": 1000, "w": 10_000}


def _value(text: str) -> Decimal | None:
    """The value of 1,200, 1.2万, 3亿5000万, 100多万, 一百二十三, 三点五."""
    if text[0] != "." and (not text[0].isdigit() or not text[0].isascii()):
        return hannumerals.decimal(re.sub("[多余几来]", "", text))
    total = Decimal(0)
    for digits, factors in re.findall(rf"([\d.,]+)\s?[多余几来]?({_MAG}*)", text):
        total += Decimal(digits.replace(",", "")) * hannumerals.magnitude(factors)
    return total * _SHORT.get(text[-1], 1)


def _percent(text: str, span: Span, match: re.Match[str]) -> Number | None:
    value = Decimal(100) if match["pv"] == "百" else _value(match["pv"])
    return None if value is None else Number(span, value, kind="percent", exact=_exact(text, span))


def _half(_: str, span: Span, __: re.Match[str]) -> Number:
    return Number(span, Decimal("0.5"), kind="fraction", exact=False, firm=False)


def _model(_: str, __: Span, match: re.Match[str]) -> Number:
    return Number(Span(*match.span("mv")), Decimal(match["mv"]), firm=False)


def _seconds(_: str, span: Span, match: re.Match[str]) -> Number:
    return Number(span, Decimal(match["seconds"].replace("秒", ".")), unit="second")


def _ordinal(_: str, span: Span, match: re.Match[str]) -> Number | None:
    """第三; the 十三 of 十三五; 首 and the two of 双方."""
    if match["first"]:
        return Number(span, Decimal(2 if match["first"] == "双" else 1), kind="ordinal", firm=False)
    value = hannumerals.value(match["ov"] or match["plan"])
    if value is None:
        return None
    return Number(span, Decimal(value), kind="ordinal", firm=value > 10 and match["plan"] is None)


def _fraction(text: str, span: Span, match: re.Match[str]) -> Number | None:
    parts = [int(part) if part.isascii() else hannumerals.value(part) for part in (match["num"], match["den"])]
    if parts[0] is None or not parts[1]:
        return None
    return Number(span, fraction(parts[0], parts[1]), kind="fraction", exact=_exact(text, span), firm=parts[1] > 5)


def _tenths(text: str, span: Span, match: re.Match[str]) -> Number:
    """三成 is 30 %, 七成五 75 %."""
    first, rest = match["tv"], match["th"]
    value = 10 * (int(first) if first.isdigit() else hannumerals.ONES[first])
    value += 5 if rest == "半" else hannumerals.ONES[rest] if rest else 0
    return Number(span, Decimal(value), kind="percent", exact=_exact(text, span))


def _vague(text: str, span: Span, match: re.Match[str]) -> Number | None:
    word = match["vague"] + match["vm"]
    core = "".join(character for character in word if character in MAGNITUDES)
    suffix = _SUFFIX.match(text, span.end)
    currency = (suffix and suffix["currency"]) or ""
    return Number(
        span, Decimal(hannumerals.magnitude(core)), exact=False, firm=False, currency=CURRENCIES_ZH.get(currency, "")
    )


def _exact(text: str, span: Span) -> bool:
    return _BEFORE.search(text, max(0, span.start - 5), span.start) is None


def _counted(text: str, span: Span, match: re.Match[str]) -> Number | None:
    if _COUNTER.search(text, max(0, span.start - 8), span.start):
        return None
    form = "digits" if match["digits"] is not None else "han"
    core = match[form]
    suffix = _SUFFIX.match(text, span.end)
    assert suffix is not None  # noqa: S101  every part of it is optional
    bounds: tuple[Decimal, Decimal | None] | None
    if core in _FORMAL:
        return None  # 陆战队, 伍 of surnames, 拾 of 收拾
    if form == "han":
        core = core.lstrip("几数")
        bounds = _han_bounds(core)
    else:
        bounds = (_value(core) or Decimal(0), None)
    if bounds is None:
        return None
    vague = form == "han" and (core != text[span.start : span.end] or bool(re.search("[多余几来]", core)))
    marks = (form == "digits" and bool(re.search("[多余几来]", core))) or any(
        suffix[name] for name in ("more", "after", "tail")
    )
    number = Number(span, bounds[0], bounds[1], exact=not (vague or marks) and _exact(text, span))
    number = _with_suffix(text, number, suffix)
    firm = not vague and (
        _firm_digits(text, number, suffix) if form == "digits" else _firm_han(text, number, core, suffix)
    )
    return replace(number, firm=firm)


def _han_bounds(core: str) -> tuple[Decimal, Decimal | None] | None:
    value = _value(core)
    if value is not None:
        return value, None
    bounds = hannumerals.span_of_two(core)
    return None if bounds is None else (Decimal(bounds[0]), Decimal(bounds[1]))


def _with_suffix(text: str, number: Number, suffix: re.Match[str]) -> Number:
    """The number with what stands after it: its kind, unit or currency."""
    kind: NumberKind = "plain"
    value = number.value
    for name, shift in _PERCENT_SCALE.items():
        if suffix[name]:
            kind, value = "percent", value.scaleb(shift)
    other = value.scaleb(-2) if suffix["pips"] else None  # in Hong Kong basis points, or points of an index
    if text[number.span.end - 1] == "w":
        other = value.scaleb(-4)
    if suffix["times"]:
        kind = "multiple"
    elif text[max(0, number.span.start - 2) : number.span.start].rstrip().endswith("第"):
        kind = "ordinal"
    if suffix["half"] or suffix["halfafter"]:
        value += Decimal("0.5")
    sign = _SIGN.search(text, max(0, number.span.start - 4), number.span.start)
    currency = CURRENCIES_ZH.get(suffix["currency"] or "", "") or (CURRENCY_SIGNS[sign[0].strip()] if sign else "")
    number = replace(number, other=other)
    points = bool(suffix["points"] or suffix["basis"])
    unit = ZH.get(suffix["unit"] or "", "")
    return replace(number, value=value, kind=kind, unit=unit, currency=currency, points=points)


def _firm_digits(text: str, number: Number, suffix: re.Match[str]) -> bool:
    if (number.value, number.unit) in _IDIOMATIC:
        return False
    if _LIKE_COUNTER.search(text, max(0, number.span.start - 8), number.span.start):
        return False
    after = text[number.span.end : number.span.end + 1]
    quoted = text[number.span.start - 1 : number.span.start] + after in ("“”", "「」", "『』", "《》")
    if quoted or _FESTIVAL.match(text, number.span.end):
        return False  # 「3060」目标
    if text[number.span.end - 1] in "Kk" and len(number.span) < 4 and not number.currency:
        return False  # 4K, 10K: of screens and of runs
    if (
        after == "后"
        or text.startswith("事件", number.span.end + after.isspace())
        or (after.isascii() and after.isalpha() and not suffix["unit"])
    ):
        return False
    if after == " " and not suffix[0].strip() and re.match(r"\s[A-Z]", text[number.span.end : number.span.end + 2]):
        return False
    return number.value != 0 or number.kind == "percent"


def _firm_han(text: str, number: Number, core: str, suffix: re.Match[str]) -> bool:
    """Whether a number in Han numerals must be kept: it is no round word (百万) and it counts something."""
    if number.high is not None or number.value <= 10 or core[0] in MAGNITUDES[1:]:
        return number.kind == "percent" and number.high is None and number.value > 5
    if suffix["more"] or suffix["after"]:
        return False
    counted = suffix.end() > number.span.end or re.match(MEASURE, text[number.span.end : number.span.end + 1])
    return len(core) > 3 or bool(counted)


def _join(text: str, first: Number, second: Number) -> Number | None:
    if first.high is not None or second.high is not None or second.span.start - first.span.end > 8:
        return None
    if first.kind == "percent" and (second.kind != "percent" or first.points != second.points):
        return None  # 增长7%至35亿元, 下跌31个基点至2.41%
    if first.other is not None:
        return None
    if first.currency and second.currency and first.currency != second.currency:
        return None  # 7.8港元至1美元
    between = text[first.span.end : second.span.start]
    suffix = _SUFFIX.match(text, first.span.end)
    rest = between[suffix.end() - first.span.end :] if suffix else between
    connector = _RANGE.fullmatch(rest) or _RANGE.fullmatch(between)
    if connector is None or "、" in between or (between.strip() in "：:比" and first.value > second.value * 100):
        return None
    low = first.value
    if first.kind == "plain" and not first.unit and not first.currency:
        low = _scaled(text, first, second)
    span = Span(first.span.start, second.span.end)
    exact = first.exact and second.exact
    return replace(second, span=span, value=low, high=second.value, exact=exact, firm=first.firm and second.firm)


def _scaled(text: str, first: Number, second: Number) -> Decimal:
    """The lower bound of 3至5万 is 30,000: it takes the magnitude that only the upper one shows."""
    core = text[second.span.start : second.span.end]
    factors = re.search(r"[万亿萬億]+$", core)
    if factors is None or text[first.span.end - 1] in MAGNITUDES[1:]:
        return first.value
    factor = hannumerals.magnitude(factors[0])
    return first.value * factor if first.value < second.value / factor else first.value


_BUILDERS: dict[str, Callable[[str, Span, re.Match[str]], Number | None]] = {
    "percent": _percent,
    "fraction": _fraction,
    "half": _half,
    "tenths": _tenths,
    "model": _model,
    "seconds": _seconds,
    "plan": _ordinal,
    "ordinal": _ordinal,
    "first": _ordinal,
    "vague": _vague,
    "digits": _counted,
    "han": _counted,
}
"""What makes a number of a match of the pattern, by the group that matched."""
