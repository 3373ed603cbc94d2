"""Faults planted in clean sentence pairs, and how many of them the rules on numbers, dates and names find."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bitext.checks import date_mismatch, name_romanisation, number_mismatch
from bitext.checks.context import Context
from bitext.checks.rule import Rule
from bitext.model.alignment import Bitext, TranslationUnit
from bitext.model.documents import Block, Document, Language, Origins, Segment, SegmentedDocument, Span
from bitext.model.findings import Finding
from bitext.model.glossary import Glossary
from bitext.text.names import person_names, romanisations

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
RULES: tuple[Rule, ...] = (number_mismatch.RULE, date_mismatch.RULE, name_romanisation.RULE)
FIGURES = ("number-mismatch", "date-mismatch")
SEED = 20240511

MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905
PERSONS = ("Wang Wei", "Chen Gang", "Zhao Min", "Sun Liping", "Huang Zhiqiang")
_TOKEN = re.compile(r"(?<![A-Za-z\d.,:/#-])\d[\d,]*(?:\.\d+)?(?![A-Za-z\d:/-]|,\d)")


@dataclass(frozen=True, slots=True)
class Pair:
    """One sentence pair; `languages` are those of source and target."""

    source: str
    target: str
    languages: tuple[Language, Language] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Planted:
    """A pair with one fault: the span of the target text that was changed."""

    kind: str
    pair: Pair
    span: Span


def datasets() -> dict[str, list[Pair]]:
    """The sets of sentence pairs; a set whose files are absent is left out."""
    readers: dict[str, Callable[[], list[Pair]]] = {
        "wmt21 zh-en": lambda: _parallel("wmt21/newstest2021.zh-en.src.zh", "wmt21/newstest2021.zh-en.ref.A.en"),
        "wmt21 en-zh": lambda: [
            Pair(pair.target, pair.source, ("en", "zh"))
            for pair in _parallel("wmt21/newstest2021.en-zh.ref.A.zh", "wmt21/newstest2021.en-zh.src.en")
        ],
        "ntrex": _ntrex,
        "pdc": lambda: _parallel("pdc-sample/pdc.zh.sample", "pdc-sample/pdc.en.sample"),
        "institutions": _institutions,
        "tico19": _tico19,
    }
    sets = {}
    for name, read in readers.items():
        try:
            sets[name] = [pair for pair in read() if pair.source.strip() and pair.target.strip()]
        except FileNotFoundError:
            continue
    return {name: pairs for name, pairs in sets.items() if pairs}


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")


def _parallel(zh: str, en: str) -> list[Pair]:
    chinese, english = _lines(DATA / "align" / zh), _lines(DATA / "align" / en)
    return [Pair(a, b) for a, b in zip(chinese, english, strict=False)]


def _ntrex() -> list[Pair]:
    rows = [line.split("\t") for line in _lines(DATA / "align" / "ntrex" / "ntrex.tsv")[1:] if line]
    return [Pair(row[2], row[1]) for row in rows]


def _tico19() -> list[Pair]:
    path = DATA / "terms" / "tico19" / "all.en-zh.tmx"
    if not path.is_file():
        raise FileNotFoundError(path)
    from lxml import etree

    units = (
        ["".join(str(text) for text in seg.itertext()) for seg in unit.iter("seg")]
        for unit in etree.parse(path).iter("tu")
    )
    return [Pair(row[0], row[1], ("en", "zh")) for row in units if len(row) == 2]


def _institutions() -> list[Pair]:
    """Pages of the same number of lines that are not empty, line by line."""
    pairs: list[Pair] = []
    root = DATA / "lint" / "institutions"
    for chinese in sorted(root.glob("*/content/zh*/**/*.md")):
        folder = next(part for part in chinese.parts if part.startswith("zh"))
        for name in ("en", "en-us"):
            english = Path(*[name if part == folder else part for part in chinese.parts])
            if english.is_file():
                sides = [[line for line in _lines(path) if line.strip()] for path in (chinese, english)]
                if len(sides[0]) == len(sides[1]):
                    pairs += [Pair(a, b) for a, b in zip(*sides, strict=True)]
    return pairs


def bitext(pairs: Sequence[Pair]) -> Bitext:
    """One item of which each pair is a unit of full confidence."""
    language, other = pairs[0].languages
    source = _document([pair.source for pair in pairs], language)
    target = _document([pair.target for pair in pairs], other)
    units = tuple(
        TranslationUnit(index, a.span, b.span)
        for index, (a, b) in enumerate(zip(source.segments, target.segments, strict=True))
    )
    return Bitext(source, target, units)


def _document(lines: Sequence[str], language: Language) -> SegmentedDocument:
    segments, blocks, start = [], [], 0
    for index, line in enumerate(lines):
        span = Span(start, start + len(line))
        segments.append(Segment(span, line, index))
        blocks.append(Block(span))
        start = span.end + 1
    return SegmentedDocument(Document("", language, "\n".join(lines), tuple(blocks), Origins(())), tuple(segments))


def findings(pairs: Sequence[Pair], rules: Sequence[Rule] = RULES, page: int = 1) -> Iterator[tuple[int, Finding]]:
    """What `rules` find, with the index of the pair; so many pairs as `page` says make one item."""
    for start in range(0, len(pairs), page):
        context = Context(bitext(pairs[start : start + page]), Glossary())
        for rule in rules:
            for finding in rule.check(context):
                yield start + (finding.unit or 0), finding


def plant(pairs: Sequence[Pair], clean: frozenset[int], per_kind: int) -> list[Planted]:
    """Up to `per_kind` faults of each kind, one a pair, in pairs that are `clean` of findings."""
    chooser = random.Random(SEED)  # noqa: S311
    order = [index for index in range(len(pairs)) if index in clean]
    planted: list[Planted] = []
    for kind, change in CHANGES.items():
        chooser.shuffle(order)
        made = 0
        for index in order:
            fault = change(pairs[index], chooser)
            if fault is not None and made < per_kind:
                planted.append(Planted(kind, *fault))
                made += 1
    return planted


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
    if "://" in pair.target or re.match(r"\s*\d+[.、]", pair.target):
        return []
    known = {_bare(token) for token in re.findall(r"\d[\d,.]*", pair.source)}
    return [match for match in _TOKEN.finditer(pair.target) if _bare(match[0]) in known and _bare(match[0])]


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
    match = re.search(rf"\b(?:{'|'.join(MONTHS)})\b(?=\s\d)", pair.target)
    if match is None or f"{MONTHS.index(match[0]) + 1}月" not in pair.source.replace(" ", ""):
        return None
    other = MONTHS[(MONTHS.index(match[0]) + chooser.randrange(1, 11)) % 12]
    return _replaced(pair, match.start(), match.end(), other)


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
    match = re.search(rf"\b(?:{'|'.join(WEEKDAYS)})\b", pair.target)
    if match is None or not re.search(rf"[周期]{'一二三四五六日'[WEEKDAYS.index(match[0])]}", pair.source):
        return None
    other = WEEKDAYS[(WEEKDAYS.index(match[0]) + chooser.randrange(1, 6)) % 7]
    return _replaced(pair, match.start(), match.end(), other)


def _name(pair: Pair, chooser: random.Random) -> Fault | None:
    if pair.languages != ("zh", "en"):
        return None
    for person in person_names(pair.source):
        for form in sorted(romanisations(pair.source[person.start : person.end])):
            place = pair.target.find(form)
            if place >= 0 and form.isascii():
                text = _misspelt(form, chooser)
                return _replaced(pair, place, place + len(form), text)
    return None


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


def _person(pair: Pair, chooser: random.Random) -> Fault | None:
    """Another person's name in place of a name."""
    if pair.languages != ("zh", "en"):
        return None
    for person in person_names(pair.source):
        for form in sorted(romanisations(pair.source[person.start : person.end])):
            place = pair.target.find(form)
            if place >= 0 and form.isascii():
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
    "person": _person,
    "currency": _currency,
}


def found(fault: Planted) -> bool:
    """Whether a finding of the fault's family marks the changed words."""
    wanted = ("name-romanisation",) if fault.kind in ("name", "person") else FIGURES
    rules = [rule for rule in RULES if rule.id in wanted]
    return any(
        finding.target is not None
        and (finding.target.span.overlaps(fault.span) or fault.span.contains(finding.target.span))
        for _, finding in findings([fault.pair], rules)
    )
