"""Numbers in English: 12,000, 1.2 million, twelve thousand, two-thirds, 30 per cent, RMB 5 million, twofold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from math import prod

from bitext.model.documents import Span
from bitext.text.numeral_words import (
    IMPLIED,
    MULTIPLES,
    ORDINAL,
    ORDINALS,
    PARTS,
    ROMAN,
    SCALE,
    SCALES,
    SHORT_SCALES,
    SMALL,
    SPELLED,
    VAGUE,
    choice,
    spelled,
)
from bitext.text.numerals import VERSIONS, Number, NumberKind, fraction, outside, ranges
from bitext.text.units import CURRENCIES_EN, CURRENCY_SIGNS, EN, alternatives

_A = r"\d{1,3}(?:,\d{2,3})*,\d{3}(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w.)])\.\d+"

# The look-ahead spares most positions the trial of every alternative.
_PATTERN = re.compile(
    r"(?=[\d½.#]|\b[a-z])(?:"
    + "|".join(
        (
            r"(?P<skip>(?:https?://|www\.)[\w./?=&%#~:+-]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,99}"
            rf"|{VERSIONS}"
            r"|\b(?:no one|one another|each other|one day|at once|in one|at first|first of all|first-class"
            r"|first-hand|second-hand|secondly|thirdly|firstly"
            r"|First Lady|split[- ]second|for seconds?|half[- ](?:time|way|hearted)"
            r"|half-?finals?|quarter-?finals?|quarterback|head[- ]quarters?|one-?stop|one-sided|two-way|Seventh-day"
            r"|zero-sum|second to none|9/11|24/7|50[/-]50)\b)",
            rf"(?P<parts>(?:\b(?P<pn>{choice(SMALL)}|an?)[\s-])(?P<pd>{choice(PARTS)})\b"
            r"(?![\s-](?:hundred|thousand|million|billion|dozen|decade|time|place|person|party|year|day|week|month|round|quarter|edition|season|session|term"
            r"|century|of\sthe\scentury)))",
            r"(?P<half>\b[Hh]alf\b(?:[\s-](?:a[\s-])?(?P<hs>hundred|thousand|million|billion|trillion|dozen|decade|century)\b)?|½)",
            r"(?P<slash>(?<![\d/.])(?P<sn>[1-9])/(?P<sd>[2-9]|10)(?![\d/]))",
            rf"(?P<fold>\b(?P<fv>\d+)-?fold\b|\b(?:{choice(MULTIPLES)})\b)",
            r"(?P<model>(?<![\w$€£¥])(?!(?:RMB|CNY|USD|HKD|EUR|GBP|RM|US|HK|NT|Won|SFr|CHF|JPY|INR|Rs|S?kr|NKr|Bt|KRW)\d)[A-Za-z][A-Za-z-]{0,20}?-?(?P<mv>\d+)(?:[A-Za-z]+\d*|[.-]\d+)*(?!\d))",
            r"(?P<noth>(?<![\d.,])(?P<nv>\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th)\b)",
            rf"(?P<digits>(?:{_A})(?:\+?[\s-]?(?:hundred|thousand|million|billion|trillion|lakh|crore)\b|\s?(?:mln|bn|mn|tn|k|m|b)\b(?!\.?c\b))?(?:[\s-](?:million|billion|trillion)\b)?)",
            rf"(?P<words>\b(?:{SPELLED})\b)",
            rf"(?P<ordinal>\b(?:{ORDINAL})\b)",
            rf"(?P<vague>\b(?:(?:tens|hundreds)\sof\s(?:thousands|millions)|{choice(VAGUE)})\b)",
            rf"(?P<few>\b(?:{choice(IMPLIED)})\b)",
            rf"(?P<scaled>\b(?:{SCALE})\b)",
            r"(?P<roman>\b(?:[Pp]hase|[Pp]art|[Vv]olume|[Cc]hapter|[Tt]ype|[Ll]evel|War|[Cc]lass)\s(?P<rv>X?(?:IX|IV|V?I{1,3}|V)|X)\b)",
        )
    )
    + ")",
    re.IGNORECASE,
)
# Readers so far are counted by each page for itself; but "he reads 20 books" may be such a count or not.
_COUNTER = re.compile(r"(?i)\b(?:views?|hits|reads?|clicks|visits)\s?[:：]\s?$|^\s?(?:views|hits|reads|clicks)\s$")
_LIKE_COUNTER = re.compile(r"(?i)\b(?:views?|hits|reads?|clicks|visits)\s?$")
_LONGEST = 200
_GROUPS = (
    "parts",
    "half",
    "slash",
    "fold",
    "model",
    "noth",
    "digits",
    "words",
    "ordinal",
    "vague",
    "few",
    "scaled",
    "roman",
)

_SUFFIX = re.compile(
    r"(?P<plus>\+)?(?:\s?(?P<percent>(?P<points>(?:per\s?centage|per\s?cent|pct|%)[\s-](?:points?|pts?)\b|ppts?\b|pp\b)|%|per\s?cent(?:age)?\b|pct\b)|[\s-]?(?P<basis>bps?\b|basis[\s-]points?)"
    rf"|[\s-](?P<times>times|fold)\b|[\s-]?(?P<currency>{alternatives(CURRENCIES_EN)})\b|[\s-]?(?P<unit>{alternatives(EN)})\b)?"
    r"(?P<tail>\s(?:or so|or more|odd)\b)?"
)
_BEFORE = re.compile(
    r"(?:\b(?:about|around|some|nearly|almost|over|than|least|most|up to|roughly|approximately|approx\.?"
    r"|estimated|close to|above|exceed(?:ed|s|ing)?|below|under|near|surpass(?:ed|es|ing)?|topped|past|an|as|circa)"
    r"(?![a-z])|[~≈<>])\s?(?:the\s)?(?:(?-i:[A-Z$€£¥]{1,4})\s?)?$",
    re.IGNORECASE,
)
_FEW_UNIT = re.compile(rf"\s(?:of\s)?(?P<unit>{alternatives(EN)})\b")
_SIGN = re.compile(rf"(?:{alternatives(CURRENCY_SIGNS)})\s?$")
_RANGE = re.compile(r"\s?(?:[-–—~:]|to|and|or|versus|vs\.?)\s?(?:[A-Z]{0,3}[$€£¥])?")
_DASHES = frozenset("-–—~")
_SHARE_AFTER = re.compile(
    r"\s*(?:$|[^\w\s]|(?:of|to|from|in|on|for|at|by|since|and|or|as|than|more|less|lower|higher|larger|smaller|bigger"
    r"|cheaper|faster|longer|below|above|over|are|is|was|were|have|had|said|say|says|would|will|between|during|after"
    r"|within|the|its|their|last|this)\b)"
)
_SHARE_BEFORE = re.compile(
    r"\b(?:by|up|down|about|around|nearly|almost|roughly|approximately|least|fell|rose|dropped|cut|lost|shed)\s$",
    re.IGNORECASE,
)
_NAME = re.compile(r"\b[A-Za-z]*[A-Z][A-Za-z]*\s$")
# The figures of charts and tables are numbers of the text, not of a name such as Boeing 737 or Chapter 11.
_LABEL = re.compile(
    r"(?:Chart|Table|Figure|Note|Section|Article|Annex|Appendix|Level|Stage|Phase|Part|Step|Page|Item"
    r"|Lesson|Grade|Volume|Question)s?\s"
)
_COUNTING = re.compile(
    r"(?:About|Around|Some|Nearly|Almost|Over|Than|Least|Most|To|Roughly|Approximately|The|In|On|By|Of"
    r"|And|At|From|For|With|Only|All|Between|Within|After|Before|A|An|Its|Their|Has|Have|Had|Is|Was"
    r"|Were|Are|This|These|Those|That|More|Up|No|RMB|USD|US|Under|Another|Last|Next|Past|First|Other"
    r"|Just|Now|He|She|It|They|We|You|Each|Every|Since|Until|Through|But|Or|As|When|While|If|Yuan|Aged"
    r"|Age|There|Also|Both|His|Her|Our|My|Your)\s"
)


def found(text: str, dates: Sequence[Span]) -> Iterator[Number]:
    """The numbers of an English text, those that overlap a span of `dates` left out."""
    listed = re.match(r"\s*[(（]?\d{1,2}[.)）、](?!\d)", text)
    rows = outside(_singles(text), dates, listed.end() if listed else 0)
    yield from ranges(rows, lambda first, second: _join(text, first, second))


def _singles(text: str) -> Iterator[Number]:
    for match in _PATTERN.finditer(text):
        number = _number(text, match)
        if number is not None:
            yield number


def _number(text: str, match: re.Match[str]) -> Number | None:
    group = next((name for name in _GROUPS if match[name]), "")
    if not group or match.end() - match.start() > _LONGEST:
        return None
    if group in ("digits", "words"):
        return _counted(text, match, group)
    span = Span(*match.span())
    if group == "model":
        return Number(Span(*match.span("mv")), Decimal(match["mv"]), firm=False)
    if group == "noth":
        value = Decimal(match["nv"].replace(",", ""))
        return Number(span, value, kind="ordinal", firm=value > 1)
    return _weak(text, span, group, match)


def _weak(text: str, span: Span, group: str, match: re.Match[str]) -> Number:
    """Small, vague and proportional words: they may answer a number and never ask for one."""
    word = match[0].lower()
    number = Number(span, Decimal(0), firm=False)
    match group:
        case "parts":
            name = match["pd"].lower()
            value, other = fraction(SMALL.get(match["pn"].lower(), 1), PARTS[name]), None
            if match["pn"].lower() in ("a", "an") and name in ORDINALS:
                other = Decimal(ORDINALS[name])
                if not _is_share(text, span):
                    return replace(number, value=other, kind="ordinal")
            return replace(number, value=value, kind="fraction", other=other)
        case "slash":
            return replace(number, value=fraction(int(match["sn"]), int(match["sd"])), kind="fraction")
        case "half":
            size = Decimal((SCALES | IMPLIED).get((match["hs"] or "").lower(), 1))
            kind: NumberKind = "fraction" if size == 1 else "plain"
            return replace(number, value=size / 2, kind=kind, exact=False)
        case "fold":
            return replace(number, value=Decimal(match["fv"] or MULTIPLES[word]), kind="multiple")
        case "ordinal" | "roman":
            value = Decimal(ORDINALS[word] if group == "ordinal" else ROMAN[match["rv"].upper()])
            return replace(number, value=value, kind="ordinal")
        case "vague" | "scaled":
            value = Decimal(prod((VAGUE | SCALES).get(part, 1) for part in word.split()))
            return replace(number, value=value, exact=False)
    unit = _FEW_UNIT.match(text, span.end)
    return replace(number, value=Decimal(IMPLIED[word]), exact=False, unit=EN[unit["unit"]] if unit else "")


def _is_share(text: str, span: Span) -> bool:
    """Whether "a third" is a part of something: by a third, a third of them; but "a third summit"."""
    after = _SHARE_AFTER.match(text, span.end)
    return after is not None or _SHARE_BEFORE.search(text, max(0, span.start - 16), span.start) is not None


def _counted(text: str, match: re.Match[str], group: str) -> Number | None:
    span, core = Span(*match.span()), match[group]
    if _COUNTER.search(text, max(0, span.start - 16), span.start):
        return None
    if text[span.start - 1 : span.start] in ("'", "’") and len(span) == 2 and core.isdigit():
        return None  # '21 is a year
    value, other = _digits(core) if group == "digits" else (spelled(core), None)
    if value is None:
        return _ordinal(span, core)
    suffix = _SUFFIX.match(text, span.end)
    assert suffix is not None  # noqa: S101  the pattern always matches there
    sign = _SIGN.search(text, max(0, span.start - 4), span.start)
    currency = CURRENCY_SIGNS[sign[0].strip()] if sign else CURRENCIES_EN.get(suffix["currency"] or "", "")
    if other is not None and currency:
        value, other = other, value  # an amount may be a rate too: Rmb6.913 a dollar
    kind: NumberKind = "percent" if suffix["percent"] or suffix["basis"] else "multiple" if suffix["times"] else "plain"
    if suffix["basis"]:
        value = value.scaleb(-2)
    exact = not (suffix["plus"] or suffix["tail"]) and _BEFORE.search(text, max(0, span.start - 16), span.start) is None
    unit, points = EN.get(suffix["unit"] or "", ""), bool(suffix["points"] or suffix["basis"])
    number = Number(span, value, kind=kind, unit=unit, currency=currency, exact=exact, other=other, points=points)
    if core.lower().endswith("dozen"):
        return replace(number, exact=False, firm=False)
    return replace(number, firm=_firm(text, number, group, core))


def _firm(text: str, number: Number, group: str, core: str) -> bool:
    if group == "words":
        return number.value > 10 and not core.lower().startswith(("a ", "an "))
    if _LIKE_COUNTER.search(text, max(0, number.span.start - 16), number.span.start):
        return False
    if number.value == 0 and number.kind == "plain":
        return False
    if core[-1] == "K" and len(core) < 4 and not number.currency:
        return False
    if text[number.span.end : number.span.end + 1].isalpha() and not number.unit and number.kind == "plain":
        return False
    named = _NAME.search(text, max(0, number.span.start - 20), number.span.start)
    return (
        named is None
        or _COUNTING.fullmatch(named[0]) is not None
        or _LABEL.fullmatch(named[0]) is not None
        or bool(number.unit or number.currency or not core.isdigit() or _titled(text))
    )


@lru_cache(maxsize=64)
def _titled(text: str) -> bool:
    """Whether a text is a headline in title case, where a capital does not tell a name."""
    words: list[str] = re.findall(r"\b[A-Za-z]{4,}", text[:400])
    return sum(word[0].isupper() for word in words) * 2 > len(words)


def _digits(core: str) -> tuple[Decimal, Decimal | None]:
    """The value of 1,200, 1.2 million, 120-million, 5bn; with 50m a second reading of 50 million."""
    parsed = re.match(r"([\d.,]+)\+?[\s-]?([A-Za-z]*)[\s-]?([A-Za-z]*)", core)
    assert parsed is not None  # noqa: S101  the pattern always matches there
    value = Decimal(parsed[1].replace(",", ""))
    first, second = parsed[2], parsed[3].lower()
    if not first and re.fullmatch(r"\d{1,3}\.\d{3}", core):
        return value, value * 1000  # a point may part thousands
    if first in SHORT_SCALES and len(first) == 1:
        return value, value * SHORT_SCALES[first]
    return value * (SCALES.get(first.lower()) or SHORT_SCALES.get(first.lower()) or 1) * SCALES.get(second, 1), None


def _ordinal(span: Span, core: str) -> Number | None:
    """Twenty-first, one hundred and fifth: a cardinal that ends in an ordinal."""
    *head, last = re.findall(r"[a-z]+", core.lower())
    value = spelled(" ".join(head))
    if value is None or last not in ORDINALS:
        return None
    return Number(span, value + ORDINALS[last], kind="ordinal", firm=False)


def _join(text: str, first: Number, second: Number) -> Number | None:
    gap = text[first.span.end : second.span.start]
    if first.other is not None or second.other is not None:
        return None
    if first.high is not None or second.high is not None or len(gap) > 8 or second.kind == "ordinal":
        return None
    if first.kind == "percent" and (second.kind != "percent" or first.points != second.points):
        return None
    if first.currency and second.currency and first.currency != second.currency:
        return None  # HK$7.8 to one US dollar
    if gap.strip() in _DASHES and not (text[first.span.end - 1] + text[second.span.start]).isdigit():
        return None
    if not _RANGE.fullmatch(gap) or (gap.strip() in ("and", "or", ":") and first.value >= second.value):
        return None
    factor = _trailing_scale(text[second.span.start : second.span.end])
    low = first.value
    if factor > 1 and text[first.span.end - 1].isdigit() and low < second.value / factor:
        low *= factor
    return replace(
        second,
        span=Span(first.span.start, second.span.end),
        value=low,
        high=second.value,
        currency=second.currency or first.currency,
        exact=first.exact and second.exact,
        firm=first.firm and second.firm,
        other=None,
    )


def _trailing_scale(core: str) -> int:
    word = re.search(r"[A-Za-z]+$", core)
    return 1 if word is None else SCALES.get(word[0].lower()) or SHORT_SCALES.get(word[0]) or 1
