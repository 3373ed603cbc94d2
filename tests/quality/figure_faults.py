"""Faults as they are planted in the figures and names of a sentence pair, each kind a function."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bitext.model.documents import Language, Span
from bitext.text import hannumerals
from bitext.text.names import person_names, romanisations, surname
from bitext.text.numeral_words import ORDINALS

MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905
PERSONS = ("Wang Wei", "Chen Gang", "Zhao Min", "Sun Liping", "Huang Zhiqiang")
_CLOCK = re.compile(r"\s?[ap]\.?m\b")
_TOKEN = re.compile(r"(?<![A-Za-z\d.,:/#-])\d[\d,]*(?:\.\d+)?(?![A-Za-z\d:/-]|,\d)")


@dataclass(frozen=True, slots=True)
class Pair:
    """One sentence pair; `languages` are those of source and target."""

    source: str
    target: str
    languages: tuple[Language, Language] = ("zh", "en")


Fault = tuple[Pair, Span]


def _replaced(pair: Pair, start: int, end: int, text: str) -> Fault:
    changed = pair.target[:start] + text + pair.target[end:]
    return Pair(pair.source, changed, pair.languages), Span(start, start + len(text))


def _bare(token: str) -> str:
    return token.replace(",", "").replace(".", "").strip("0")


def _tokens(pair: Pair) -> list[re.Match[str]]:
    """The digits of the target that also stand, but for zeros, commas and the point, in the source.

    Lines with an address and the numbers of lists are left alone: those digits are not judged.
    """
    if "://" in pair.target or re.match(r"\s*[(（]?\d+[.、)）]", pair.target):
        return []
    known = {_bare(token) for token in re.findall(r"\d[\d,.]*", pair.source)}
    rows = (match for match in _TOKEN.finditer(pair.target) if _bare(match[0]) in known and _bare(match[0]))
    return [match for match in rows if not _CLOCK.match(pair.target, match.end())]


def _factor(pair: Pair, chooser: random.Random) -> Fault | None:
    rows = [match for match in _tokens(pair) if not _is_dated(pair, match)]
    if not rows:
        return None
    match = chooser.choice(rows)
    token = match[0]
    if "." in token:
        whole, places = token.split(".")
        text = f"{whole}{places[0]}.{places[1:]}".rstrip(".") if chooser.random() < 0.5 else f"0.{whole}{places}"
    elif "," in token:
        text = f"{int(token.replace(',', '')) * 10:,}"
    else:
        text = f"{token}0"
    return _replaced(pair, match.start(), match.end(), text)


def _is_dated(pair: Pair, match: re.Match[str]) -> bool:
    """Whether digits look like a year or stand by a month: those are planted as dates."""
    around = pair.target[max(0, match.start() - 12) : match.end() + 12]
    return bool(
        re.fullmatch(r"(?:1[5-9]|20)\d\d(?:\.\d\d)?", match[0]) or re.search("|".join(MONTHS) + "|[年月日时]", around)
    )


def _magnitude(pair: Pair, chooser: random.Random) -> Fault | None:
    slips = {"million": "billion", "billion": "million", "thousand": "million", "万": "亿", "亿": "万"}
    rows = list(re.finditer(r"(?<=\d\s)(?:million|billion|thousand)\b|(?<=\d)[万亿](?![亿千])", pair.target))
    if not rows or not _tokens(pair):
        return None
    match = chooser.choice(rows)
    fault = _replaced(pair, match.start(), match.end(), slips[match[0]])
    start = match.start()
    while start and pair.target[start - 1] in "0123456789., ":
        start -= 1
    return fault[0], Span(start, fault[1].end)


def _digit(pair: Pair, chooser: random.Random) -> Fault | None:
    rows = [match for match in _tokens(pair) if not _is_dated(pair, match)]
    if not rows:
        return None
    match = chooser.choice(rows)
    places = [place for place in range(match.start(), match.end()) if pair.target[place] in "123456789"]
    place = chooser.choice(places)
    digit = chooser.choice([digit for digit in "123456789" if digit != pair.target[place]])
    fault = _replaced(pair, place, place + 1, digit)
    return fault[0], Span(*match.span())


def _day(pair: Pair, _: random.Random) -> Fault | None:
    pattern = rf"(?:{'|'.join(MONTHS)})\s(?P<d>\d{{1,2}})\b(?!\d|,\d{{3}})|月(?P<z>\d{{1,2}})日"
    match = re.search(pattern, pair.target)
    if match is None or not re.search(r"\d\s?日|\b\d{1,2}\b", pair.source):
        return None
    group = "d" if match["d"] else "z"
    day = int(match[group])
    if not re.search(rf"(?<!\d){day}(?:\s?日|(?:st|nd|rd|th)?\b)", pair.source):
        return None
    other = day + 1 if day < 28 else day - 1
    return _replaced(pair, match.start(group), match.end(group), str(other))


def _month(pair: Pair, chooser: random.Random) -> Fault | None:
    if pair.languages[1] == "zh":
        return _chinese_month(pair, chooser)
    match = re.search(rf"\b(?:{'|'.join(MONTHS)})\b(?=\s\d)", pair.target)
    if match is None or f"{MONTHS.index(match[0]) + 1}月" not in pair.source.replace(" ", ""):
        return None
    other = MONTHS[(MONTHS.index(match[0]) + chooser.randrange(1, 11)) % 12]
    return _replaced(pair, match.start(), match.end(), other)


def _chinese_month(pair: Pair, chooser: random.Random) -> Fault | None:
    match = re.search(r"(?<![\d.])(1[0-2]|[1-9])(?=\s?月\s?\d)", pair.target)
    if match is None or MONTHS[int(match[0]) - 1] not in pair.source:
        return None
    return _replaced(pair, match.start(), match.end(), str((int(match[0]) + chooser.randrange(0, 11)) % 12 + 1))


def _year(pair: Pair, chooser: random.Random) -> Fault | None:
    rows = [
        m for m in re.finditer(r"(?<![A-Za-z\d,.$/-])(?:19|20)\d\d(?![\d,.s/-]\w?)", pair.target) if m[0] in pair.source
    ]
    if not rows:
        return None
    match = chooser.choice(rows)
    other = int(match[0]) + chooser.choice((-10, -1, 1, 2))
    return _replaced(pair, match.start(), match.end(), str(other))


def _weekday(pair: Pair, chooser: random.Random) -> Fault | None:
    if pair.languages[1] == "zh":
        return _chinese_weekday(pair, chooser)
    match = re.search(rf"\b(?:{'|'.join(WEEKDAYS)})\b", pair.target)
    if match is None or not re.search(rf"[周期]{'一二三四五六日'[WEEKDAYS.index(match[0])]}", pair.source):
        return None
    other = WEEKDAYS[(WEEKDAYS.index(match[0]) + chooser.randrange(1, 6)) % 7]
    return _replaced(pair, match.start(), match.end(), other)


def _chinese_weekday(pair: Pair, chooser: random.Random) -> Fault | None:
    match = re.search(r"(?<=[周期])[一二三四五六日](?![年个次名])", pair.target)
    if match is None or WEEKDAYS["一二三四五六日".index(match[0])] not in pair.source:
        return None
    other = chooser.choice([day for day in "一二三四五六日" if day != match[0]])
    return _replaced(pair, match.start(), match.end(), other)


def _points(pair: Pair, _: random.Random) -> Fault | None:
    """Per cent for percentage points or the other way round."""
    said = pair.source + " "
    points = "百分点" in said or re.search("percentage point", said) is not None
    percent = re.search(r"[%％]|百分之|per ?cent\b", said) is not None
    if points == percent:
        return None
    slips = (
        ((r"\bpercentage points?\b", "percent"), (r"个?百分点", "%"))
        if points
        else ((r"(?<=\d)%|(?<=\d )per ?cent\b", " percentage points"), (r"(?<=\d)[%％]", "个百分点"))
    )
    pattern, text = slips[pair.languages[1] == "zh"]
    match = re.search(pattern, pair.target)
    if match is None:
        return None
    fault = _replaced(pair, match.start(), match.end(), text.strip() if match[0].startswith("per") else text)
    start = re.search(r"[\d.]*\s?$", pair.target[: match.start()])
    return fault[0], Span(match.start() if start is None else start.start(), fault[1].end)


_NAMED_ORDINALS = {value: word for word, value in ORDINALS.items() if value <= 10}


def _ordinal(pair: Pair, _: random.Random) -> Fault | None:
    """The next ordinal for one that both texts have."""
    if pair.languages[1] == "zh":
        match = re.search(r"第(?P<n>\d{1,3}|[二三四五六七八九十]{1,3})(?![\d条])", pair.target)
        value = 0 if match is None else int(match["n"]) if match["n"].isascii() else hannumerals.value(match["n"]) or 0
        ends = rf"\b{value}(?:st|nd|rd|th)\b|\b{_NAMED_ORDINALS.get(value, 'no such')}\b"
        if match is None or not re.search(ends, pair.source, re.IGNORECASE):
            return None
        return _replaced(pair, match.start("n"), match.end("n"), str(value + 1))
    words = "|".join(word for value, word in _NAMED_ORDINALS.items() if value > 1)
    for match in re.finditer(rf"\b(?:(?P<d>\d{{1,3}})(?:st|nd|rd|th)|(?P<w>{words}))\b", pair.target, re.IGNORECASE):
        value = int(match["d"]) if match["d"] else ORDINALS[match["w"].lower()]
        near = pair.target[max(0, match.start() - 12) : match.end() + 14]
        said = rf"第(?:{value}|{_han(value)})(?![\d十条])"
        if re.search("|".join(MONTHS) + "|[cC]entury|quarter|[-]", near) or not re.search(said, pair.source):
            continue
        return _replaced(pair, match.start(), match.end(), _th(value + 1, digits=bool(match["d"])))
    return None


def _th(value: int, *, digits: bool) -> str:
    if not digits and value in _NAMED_ORDINALS:
        return _NAMED_ORDINALS[value]
    ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


def _han(value: int) -> str:
    tens, ones = divmod(value, 10)
    digits = "〇一二三四五六七八九"
    if value >= 100:
        return "".join(digits[int(digit)] for digit in str(value))
    return ("" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十") + (digits[ones] if ones else "")


def _range(pair: Pair, chooser: random.Random) -> Fault | None:
    """One end of a range moved, the order of the two kept."""
    known = {_bare(token) for token in re.findall(r"\d[\d,.]*", pair.source)}
    pattern = r"(?<![\w.,:/-])(?P<a>\d{1,4})(?P<to>\s?(?:-|–|~|至|到|to)\s?)(?P<b>\d{1,4})(?![\w.,:/-]*\d|[年月日号])"
    for match in re.finditer(pattern, pair.target):
        low, high = int(match["a"]), int(match["b"])
        dated = re.search("|".join(MONTHS) + "|[年月日时]", pair.target[max(0, match.start() - 12) : match.end() + 12])
        both = {_bare(match["a"]), _bare(match["b"])} <= known - {""}
        if low < high < 1500 and both and not dated and "://" not in pair.target:
            lower = chooser.random() < 0.5 and low > 2
            group, other = ("a", low - 1) if lower else ("b", high + chooser.choice((1, 2, 3)))
            return _replaced(pair, match.start(group), match.end(group), str(other))
    return None


def _name(pair: Pair, chooser: random.Random) -> Fault | None:
    """A slip in a name: order, a letter more or less."""
    for form, place in _named(pair):
        return _replaced(pair, place, place + len(form), _misspelt(form, chooser))
    return None


def _named(pair: Pair) -> Iterator[tuple[str, int]]:
    """The names of persons in the source with a form that the target has as words of its own, and where it stands."""
    if pair.languages != ("zh", "en"):
        return
    for person in person_names(pair.source):
        for form in sorted(romanisations(pair.source[person.start : person.end])):
            match = re.search(rf"\b{re.escape(form)}\b(?!['’-]\w)", pair.target)
            if match is not None and form.isascii():
                yield form, match.start()


def _misspelt(form: str, chooser: random.Random) -> str:
    surname, _, given = form.partition(" ")
    if not given:
        return form + "g"
    ways = (
        f"{given} {surname}",
        f"{surname} {given[:-1]}"
        if given[-1] == "g"
        else f"{surname} {given}g"
        if given[-1] == "n"
        else f"{given} {surname}",
        f"{surname} {given[0]}{'h' if given[1] != 'h' else ''}{given[1:] if given[1] != 'h' else given[2:]}",
    )
    return chooser.choice([way for way in ways if way != form])


def _unposted(pair: Pair, chooser: random.Random) -> Fault | None:
    """A letter more or less in the name of a person who stands by no post and no verb of saying."""
    if pair.languages != ("zh", "en"):
        return None
    posted = {pair.source[span.start : span.end] for span in person_names(pair.source)}
    for match in re.finditer(r"\b[A-Z][a-z]{1,5} [A-Z][a-z]{4,}\b(?![’'-]\w)", pair.target):
        for name in _names_of(pair.source, match[0]):
            if not any(one in name or name in one for one in posted):
                surname, given = match[0].split()
                slips = [f"{given}g" if given.endswith("n") else given[:-1], f"{given[0]}{given[2:]}"]
                return _replaced(pair, match.start(), match.end(), f"{surname} {chooser.choice(slips)}")
    return None


def _names_of(text: str, form: str) -> Iterator[str]:
    """The names of three characters in a Chinese text that are written so in Latin letters."""
    for start in range(len(text) - 2):
        name = text[start : start + 3]
        if surname(name) and all("\u4e00" <= letter <= "\u9fff" for letter in name) and form in romanisations(name):
            yield name


def _person(pair: Pair, chooser: random.Random) -> Fault | None:
    """Another person's name in place of a name."""
    for form, place in _named(pair):
        other = chooser.choice([name for name in PERSONS if name.split()[0] != form.split()[0]])
        return _replaced(pair, place, place + len(form), other)
    return None


def _currency(pair: Pair, chooser: random.Random) -> Fault | None:
    """An amount in yuan or dollars put into another currency."""
    if pair.languages != ("zh", "en") or not re.search(r"[\d万亿]元|美元|欧元|英镑", pair.source):
        return None
    amount = r"\d[\d.,]*(?: (?:million|billion|trillion))?"
    rows = list(
        re.finditer(rf"(?P<n>{amount}) (?P<c>yuan|euros)\b|(?P<s>US\$|RMB ?|\$|£|€)(?P<m>{amount})", pair.target)
    )
    if len(rows) != 1:
        return None
    match = rows[0]
    if match["n"]:
        other = chooser.choice([name for name in ("US dollars", "euros", "yen") if name != match["c"]])
        return _replaced(pair, match.start(), match.end(), f"{match['n']} {other}")
    other = chooser.choice([sign for sign in ("RMB ", "€", "£", "HK$") if sign.strip() != match["s"].strip()])
    if match["s"] == "$" and other == "HK$":
        return None  # a plain $ may be that
    return _replaced(pair, match.start(), match.end(), f"{other}{match['m']}")


CHANGES: dict[str, Callable[[Pair, random.Random], Fault | None]] = {
    "factor of ten": _factor,
    "magnitude": _magnitude,
    "digit": _digit,
    "day": _day,
    "month": _month,
    "year": _year,
    "weekday": _weekday,
    "name": _name,
    "name alone": _unposted,
    "person": _person,
    "currency": _currency,
    "points": _points,
    "ordinal": _ordinal,
    "range": _range,
}
