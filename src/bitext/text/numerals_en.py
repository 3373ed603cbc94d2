"""Numbers in English: 12,000, 1.2 million, twelve thousand, a hundred, two-thirds, 30 per cent, RMB 5 million, twofold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from bitext.model.documents import Span
from bitext.text.numerals import Number, NumberKind, fraction
from bitext.text.units import CURRENCIES_EN, CURRENCY_SIGNS, EN, alternatives

_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: SIM905
_ONES = "one two three four five six seven eight nine".split()  # noqa: SIM905
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
SMALL = (
    {word: index + 1 for index, word in enumerate(_ONES)}
    | {word: index + 10 for index, word in enumerate(_TEENS)}
    | {word: 10 * index + 20 for index, word in enumerate(_TENS)}
)
_ORDINAL_ONES = "first second third fourth fifth sixth seventh eighth ninth".split()  # noqa: SIM905
_ORDINAL_TEENS = (
    "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split()  # noqa: SIM905
)
ORDINALS = (
    {word: index + 1 for index, word in enumerate(_ORDINAL_ONES)}
    | {word: index + 10 for index, word in enumerate(_ORDINAL_TEENS)}
    | {f"{word[:-1]}ieth": 10 * index + 20 for index, word in enumerate(_TENS)}
    | {"hundredth": 100, "thousandth": 1000}
)
SCALES = {
    "hundred": 10**2,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "lakh": 10**5,
    "crore": 10**7,
}
_SHORT = {
    "mln": 10**6,
    "mn": 10**6,
    "bn": 10**9,
    "tn": 10**12,
    "k": 10**3,
    "K": 10**3,
    "m": 10**6,
    "M": 10**6,
    "B": 10**9,
    "b": 10**9,
}
_VAGUE = {
    "dozens": 12,
    "scores": 20,
    "tens": 10,
    "hundreds": 100,
    "thousands": 1000,
    "millions": 10**6,
    "billions": 10**9,
    "trillions": 10**12,
}
_MULTIPLES = {
    "double": 2, "doubles": 2, "doubled": 2, "doubling": 2, "twice": 2, "twofold": 2, "triple": 3, "triples": 3,
    "tripled": 3, "tripling": 3, "trebled": 3, "treble": 3, "threefold": 3, "fourfold": 4, "fivefold": 5,
    "sixfold": 6, "sevenfold": 7, "eightfold": 8, "tenfold": 10, "quadruple": 4, "quadrupled": 4,
}  # fmt: skip
_FEW: dict[str, int | Decimal] = {
    "decade and a half": 15,"both": 2, "pair": 2, "couple": 2, "duo": 2, "twin": 2, "twins": 2, "trio": 3, "quartet": 4, "either": 2, "dual": 2, "zero": 0,
        "once": 1, "last": 1, "single": 1, "half-dozen": 6, "teenage": 13, "decade": 10, "decades": 10, "century": 100, "centuries": 100,
        "fortnight": 14, "biennial": 2,
        "centenary": 100, "centennial": 100, "bicentenary": 200, "bicentennial": 200, "sesquicentennial": 150,
        "quarter": Decimal("0.25"), "quartile": Decimal("0.25"), "halve": Decimal("0.5"), "halved": Decimal("0.5"), "halving": Decimal("0.5"), "halves": Decimal("0.5"), "millennia": 1000, "millennium": 1000}  # fmt: skip
_PARTS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4} | {
    f"{word}{end}": value for word, value in ORDINALS.items() if 4 <= value <= 100 for end in ("", "s")
}
_ROMAN = {roman: index + 1 for index, roman in enumerate("I II III IV V VI VII VIII IX X XI XII".split())}  # noqa: SIM905

_CARDINALS = "|".join(sorted(SMALL, key=lambda word: (-len(word), word)))
_SCALE = "|".join(SCALES)
_ORDINAL = "|".join(sorted(ORDINALS, key=lambda word: (-len(word), word)))
_ONE = "|".join(_ONES)
_CARDINAL = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-](?:{_ONE})\b)?|{'|'.join(sorted(_TEENS, key=len, reverse=True))}|{_ONE})"
_CHUNK = rf"{_CARDINAL}(?:[\s-](?:{_SCALE}|dozen)\b)*"
_AFTER_SCALE = "|".join(f"(?<={word})" for word in SCALES)
# One chunk follows another only after a scale: two hundred and five, but not "three nine-foot pianos".
_WORDS = (
    rf"(?:{_CHUNK}|an?(?:\s(?:{_SCALE})\b)+)(?:(?:{_AFTER_SCALE})(?:,?\s(?:and\s)?){_CHUNK})*"
    rf"(?:(?:[\s-]|(?:{_AFTER_SCALE})\sand\s)(?:{_ORDINAL})\b)?"
)
_A = r"\d{1,3}(?:,\d{2,3})*,\d{3}(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w.])\.\d+"

# The look-ahead spares most positions the trial of every alternative.
_PATTERN = re.compile(
    r"(?=[\d½.]|\b[a-z])(?:"
    + "|".join(
        (
            r"(?P<skip>(?:https?://|www\.)[\w./?=&%#~:+-]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,99}"
            r"|\b(?:no one|one another|each other|one day|at once|in one|at first|first of all|first-class|first-hand|second-hand|secondly|thirdly|firstly"
            r"|First Lady|third[- ]part(?:y|ies)|split[- ]second|for seconds?|half[- ](?:time|way|hearted)|[Hh]alf-?finals?|quarter-?finals?"
            r"|[Qq]uarterback|head[- ]quarters?|one-?stop|one-sided|two-way|Seventh-day|Ninety-?Nine|zero-sum|9/11|24/7|50[/-]50)\b)",
            rf"(?P<parts>(?:\b(?P<pn>{_CARDINALS}|an?)[\s-])(?P<pd>{'|'.join(sorted(_PARTS, key=len, reverse=True))})\b(?!\s(?:time|place|person|party|year|day|week|month|round|quarter|edition|season|session|term|century|of\sthe\scentury)))",
            r"(?P<half>\b[Hh]alf\b(?:[\s-](?:a[\s-])?(?P<hs>hundred|thousand|million|billion|trillion|dozen)\b)?|½)",
            r"(?P<slash>(?<![\d/.])(?P<sn>[1-9])/(?P<sd>[2-9]|10)(?![\d/]))",
            rf"(?P<fold>\b(?P<fv>\d+)-?fold\b|\b(?:{'|'.join(sorted(_MULTIPLES, key=len, reverse=True))})\b)",
            r"(?P<model>(?<![\w$€£¥])(?!(?:RMB|CNY|USD|HKD|EUR|GBP|RM|US|HK|NT|Won|SFr|CHF|JPY|INR|Rs|S?kr|NKr|Bt|KRW)\d)[A-Za-z][A-Za-z-]{0,20}?-?(?P<mv>\d+)(?:[A-Za-z]+\d*|[.-]\d+)*(?!\d))",
            r"(?P<noth>(?<![\d.,])(?P<nv>\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th)\b)",
            rf"(?P<digits>(?:{_A})(?:[\s-]?(?:hundred|thousand|million|billion|trillion|lakh|crore)\b|\s?(?:mln|bn|mn|tn|k|m|b)\b(?!\.?c\b))?(?:[\s-](?:million|billion|trillion)\b)?)",
            rf"(?P<words>\b(?:{_WORDS})\b)",
            r"(?P<dozen>\bdozen\b)",
            rf"(?P<ordinal>\b(?:{_ORDINAL})\b)",
            rf"(?P<vague>\b(?:(?:tens|hundreds)\sof\s(?:thousands|millions)|{'|'.join(_VAGUE)})\b)",
            rf"(?P<few>\b(?:{'|'.join(sorted(_FEW, key=len, reverse=True))})\b)",
            rf"(?P<scaled>\b(?:{_SCALE})\b)",
            r"(?P<roman>\b(?:[Pp]hase|[Pp]art|[Vv]olume|[Cc]hapter|[Tt]ype|[Ll]evel|War|[Cc]lass)\s(?P<rv>X?(?:IX|IV|V?I{1,3}|V)|X)\b)",
        )
    )
    + ")",
    re.IGNORECASE,
)
# '21 is a year; readers so far are counted by each page for itself.
_COUNTER = re.compile(r"(?:['’]|\b(?:views?|hits|reads?|clicks|visits)\s?[:：]?\s?)$", re.IGNORECASE)
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
    "dozen",
    "ordinal",
    "vague",
    "few",
    "scaled",
    "roman",
)

_SUFFIX = re.compile(
    r"(?P<plus>\+)?(?:\s?(?P<percent>%|percentage[\s-]points?|per\s?cent(?:age)?\b(?:\spoints?)?|pct\b)|[\s-]?(?P<basis>bps?\b|basis[\s-]points?)"
    rf"|[\s-](?P<times>times|fold)\b|[\s-]?(?P<currency>{alternatives(CURRENCIES_EN)})\b|[\s-]?(?P<unit>{alternatives(EN)})\b)?"
    r"(?P<tail>\s(?:or so|or more|odd)\b)?"
)
_BEFORE = re.compile(
    r"(?:\b(?:about|around|some|nearly|almost|over|than|least|most|up to|roughly|approximately|approx\.?|estimated|close to|above|exceed(?:ed|s|ing)?|"
    r"below|under|near|surpass(?:ed|es|ing)?|topped|past|an|as|circa)|[~≈<>])\s?(?:the\s)?(?:[A-Z$€£¥]{1,4}\s?)?$",
    re.IGNORECASE,
)
_FEW_UNIT = re.compile(rf"\s(?:of\s)?(?P<unit>{alternatives(EN)})\b")
_SIGN = re.compile(rf"(?:{alternatives(CURRENCY_SIGNS)})\s?$")
_RANGE = re.compile(r"\s?(?:[-–—~:]|to|and|or|versus|vs\.?)\s?(?:[A-Z]{0,3}[$€£¥])?")
_DASHES = frozenset("-–—~")
_NAME = re.compile(r"\b[A-Za-z]*[A-Z][A-Za-z]*\s$")
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
    yield from _ranges(text, _outside(_singles(text), dates, listed.end() if listed else 0))


def _outside(rows: Iterable[Number], dates: Sequence[Span], start: int) -> Iterator[Number]:
    index = 0
    for row in rows:
        while index < len(dates) and dates[index].end <= row.span.start:
            index += 1
        if row.span.start >= start and not (index < len(dates) and dates[index].overlaps(row.span)):
            yield row


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


def _weak(text: str, span: Span, group: str, match: re.Match[str]) -> Number | None:
    """Small, vague and proportional words: they may answer a number and never ask for one."""
    word = match[0].lower()
    match group:
        case "parts":
            top = match["pn"].lower()
            return Number(span, fraction(SMALL.get(top, 1), _PARTS[match["pd"].lower()]), kind="fraction", firm=False)
        case "slash":
            return Number(span, fraction(int(match["sn"]), int(match["sd"])), kind="fraction", firm=False)
        case "half":
            size = SCALES.get((match["hs"] or "").lower(), 12 if match["hs"] else 1)
            return Number(span, Decimal(size) / 2, kind="fraction" if size == 1 else "plain", exact=False, firm=False)
        case "fold":
            value = Decimal(match["fv"] or _MULTIPLES[word])
            return Number(span, value, kind="multiple", firm=False)
        case "ordinal":
            return Number(span, Decimal(ORDINALS[word]), kind="ordinal", firm=False)
        case "vague":
            product = 1
            for part in word.split():
                product *= _VAGUE.get(part, 1)
            return Number(span, Decimal(product), exact=False, firm=False)
        case "roman":
            return Number(span, Decimal(_ROMAN[match["rv"].upper()]), kind="ordinal", firm=False)
        case "scaled":
            return Number(span, Decimal(SCALES[word]), exact=False, firm=False)
    unit = _FEW_UNIT.match(text, span.end)
    return Number(
        span,
        Decimal(12 if group == "dozen" else _FEW[word]),
        exact=False,
        firm=False,
        unit=EN[unit["unit"]] if unit else "",
    )


def _counted(text: str, match: re.Match[str], group: str) -> Number | None:
    span, core = Span(*match.span()), match[group]
    value, other = _digits(core) if group == "digits" else (_spelled(core), None)
    if value is None:
        return _ordinal(span, core)
    suffix = _SUFFIX.match(text, span.end)
    assert suffix is not None  # noqa: S101  every part of it is optional
    sign = _SIGN.search(text, max(0, span.start - 4), span.start)
    currency = CURRENCY_SIGNS[sign[0].strip()] if sign else CURRENCIES_EN.get(suffix["currency"] or "", "")
    if other is not None and (currency or core[-1] in "MB"):
        value, other = other, None
    kind: NumberKind = "percent" if suffix["percent"] or suffix["basis"] else "multiple" if suffix["times"] else "plain"
    if suffix["basis"]:
        value = value.scaleb(-2)
    exact = not (suffix["plus"] or suffix["tail"]) and _BEFORE.search(text, max(0, span.start - 16), span.start) is None
    number = Number(
        span, value, kind=kind, unit=EN.get(suffix["unit"] or "", ""), currency=currency, exact=exact, other=other
    )
    if core.lower().endswith("dozen"):
        return replace(number, exact=False, firm=False)
    return replace(number, firm=_firm(text, number, group, core))


def _firm(text: str, number: Number, group: str, core: str) -> bool:
    if group == "words":
        return number.value > 10 and not core.lower().startswith(("a ", "an "))
    if _COUNTER.search(text, max(0, number.span.start - 16), number.span.start):
        return False
    if number.value == 0 and number.kind == "plain":
        return False
    if core[-1] == "K" and len(core) < 4 and not number.currency:
        return False
    if text[number.span.end : number.span.end + 1].isalpha() and not number.unit:
        return False
    named = _NAME.search(text, max(0, number.span.start - 20), number.span.start)
    return (
        named is None
        or _COUNTING.fullmatch(named[0]) is not None
        or bool(number.unit or number.currency or not core.isdigit() or _titled(text))
    )


@lru_cache(maxsize=64)
def _titled(text: str) -> bool:
    """Whether a text is a headline in title case, where a capital does not tell a name."""
    words: list[str] = re.findall(r"\b[A-Za-z]{4,}", text[:400])
    return sum(word[0].isupper() for word in words) * 2 > len(words)


def _digits(core: str) -> tuple[Decimal, Decimal | None]:
    """The value of 1,200, 1.2 million, 120-million, 5bn; with 50m a second reading of 50 million."""
    parsed = re.match(r"([\d.,]+)[\s-]?([A-Za-z]*)[\s-]?([A-Za-z]*)", core)
    assert parsed is not None  # noqa: S101  the caller's pattern begins with a digit
    value = Decimal(parsed[1].replace(",", ""))
    first, second = parsed[2], parsed[3].lower()
    if first in _SHORT and len(first) == 1:
        return value, value * _SHORT[first]
    return value * (SCALES.get(first.lower()) or _SHORT.get(first.lower()) or 1) * SCALES.get(second, 1), None


def _spelled(core: str) -> Decimal | None:
    total = section = 0
    for word in re.findall(r"[a-z]+", core.lower()):
        if word in ("a", "an"):
            section = 1
        elif word in SMALL:
            section += SMALL[word]
        elif word in ("hundred", "dozen"):
            section = (section or 1) * (100 if word == "hundred" else 12)
        elif word in SCALES:
            total, section = total + (section or 1) * SCALES[word], 0
        elif word != "and":
            return None
    return Decimal(total + section)


def _ordinal(span: Span, core: str) -> Number | None:
    """Twenty-first, one hundred and fifth: a cardinal that ends in an ordinal."""
    *head, last = re.findall(r"[a-z]+", core.lower())
    value = _spelled(" ".join(head))
    if value is None or last not in ORDINALS:
        return None
    return Number(span, value + ORDINALS[last], kind="ordinal", firm=False)


def _ranges(text: str, rows: Iterable[Number]) -> Iterator[Number]:
    """Joins neighbours such as 3 to 5 million into one number; the first takes the magnitude and kind of the second."""
    held: Number | None = None
    for row in rows:
        if held is not None and (joined := _join(text, held, row)) is not None:
            held = joined
            continue
        if held is not None:
            yield held
        held = row
    if held is not None:
        yield held


def _join(text: str, first: Number, second: Number) -> Number | None:
    gap = text[first.span.end : second.span.start]
    if first.other is not None or second.other is not None:
        return None
    if first.high is not None or second.high is not None or len(gap) > 8 or second.kind == "ordinal":
        return None
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
    return 1 if word is None else SCALES.get(word[0].lower()) or _SHORT.get(word[0]) or 1
