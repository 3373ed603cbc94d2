"""Chinese person names: where they stand in a text, and how GB/T 28039-2011 writes them in Latin letters.

The standard puts the surname first, joins the syllables of the given name and capitalises both: 刘锦 is Liu Jin, 欧阳文
is Ouyang Wen. It is for names in standard Chinese; people of Hong Kong, Taiwan, abroad and of national minorities have
spellings of their own, which no rule can know.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise, product

from bitext.model.documents import Span
from bitext.text.normal import simplified

_READINGS = {
    "单": ("shan",), "單": ("shan",), "仇": ("qiu",), "解": ("xie",), "曾": ("zeng",), "任": ("ren",),
    "尉迟": ("yu", "chi"), "万俟": ("mo", "qi"), "区": ("ou",), "查": ("zha",), "朴": ("piao",),
    "盖": ("ge",), "缪": ("miao",), "翟": ("zhai",), "乐": ("yue",), "员": ("yun",), "繁": ("po",),
    "召": ("shao",), "种": ("chong",), "覃": ("qin",), "薄": ("bo",), "冼": ("xian",), "那": ("na",),
    "华": ("hua",), "宓": ("mi",), "逄": ("pang",), "郗": ("xi",), "长孙": ("zhang", "sun"),
    "令狐": ("ling", "hu"), "单于": ("chan", "yu"), "澹台": ("tan", "tai"), "洗": ("xian",),
    "黑": ("he",), "訾": ("zi",), "隗": ("wei",), "应": ("ying",), "宁": ("ning",), "石": ("shi",),
    "於": ("yu",), "秘": ("bi",), "沈": ("shen",), "曲": ("qu",), "纪": ("ji",), "俞": ("yu",),
    "尹": ("yin",), "卜": ("bu",), "车": ("che",), "都": ("du",), "葛": ("ge",), "哈": ("ha",),
    "牟": ("mou",), "干": ("gan",), "柏": ("bai",), "燕": ("yan",), "盛": ("sheng",), "洛": ("luo",),
    "上官": ("shang", "guan"),
}  # fmt: skip
"""Surnames that are not read as the character is elsewhere, or that have several readings as a word."""
_SECOND = {
    "翟": "di",
    "覃": "tan",
    "缪": "mou",
    "曾": "ceng",
    "隗": "kui",
    "召": "zhao",
    "盖": "gai",
    "区": "qu",
    "查": "cha",
}
"""Second readings that some bearers use; they are admitted and never proposed."""

_AFTER_NAME = (
    "先生|女士|小姐|同志|教授|副教授|老师|同学|院士|博士|书记|校长|院长|主任|部长|处长|局长|主席|总理"
    "|市长|省长|经理|总裁|董事长|记者|医生|律师|教练"
)
_SAYS = (
    "说|称|表示|指出|介绍|认为|强调|告诉|透露|坦言|解释|宣布|回忆|建议|补充|呼吁|要求|致辞|讲话|发言|主持"
    "|出席|率|一行|等|代表|分别|陪同|参加|作|向|对|与|和|及|在|为|担任|当选|获|带领|荣获|是|就|从|的|以"
    "|也|还|将|曾|已|共同|一起|受|会见|签署|签约|到|来|前往|接受|携|并|任|于|被|今年|同|给|把"
)
_BOUNDARY = r"[\s，。、；：！？,.;:!?()（）《》“”\"'‘’】【\[\]|/—-]"
_HAN = r"[\u3400-\u9fff]"


def table(name: str) -> list[str]:
    """The words of a file of the folder `data`."""
    text = resources.files("bitext.text").joinpath("data", name).read_text(encoding="utf-8")
    return [word for line in text.splitlines() if not line.startswith("#") for word in line.split()]


@cache
def titles() -> tuple[str, ...]:
    """Posts, titles and roles that stand beside the names of persons, longest first."""
    return tuple(sorted(table("titles.zh.txt"), key=lambda word: (-len(word), word)))


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    """Surnames of one character and of two."""
    words = table("surnames.zh.txt")
    return frozenset(word for word in words if len(word) == 1), frozenset(word for word in words if len(word) == 2)


def is_no_name(name: str) -> bool:
    """Whether a Chinese name begins with an ordinary word: 高度 of 高度评价."""
    return simplified(name)[:2] in _not_names()


@cache
def _not_names() -> frozenset[str]:
    return frozenset(table("not-names.zh.txt"))


def surnames() -> frozenset[str]:
    """Surnames of one character."""
    return _surnames()[0]


def double_surnames() -> frozenset[str]:
    """Surnames of two characters."""
    return _surnames()[1]


@cache
def _pattern() -> re.Pattern[str]:
    single, double = _surnames()
    name = rf"(?:{'|'.join(sorted(double))}|[{''.join(sorted(single))}])"
    post = rf"(?:{'|'.join(titles())})"
    ends = rf"(?={_BOUNDARY}|$|(?:{_SAYS}|{_AFTER_NAME}))"
    said = r"(?=(?:说|称|表示|指出|介绍|认为|强调|告诉|透露|坦言|宣布|回忆|致辞|主持|率队|一行|" + _AFTER_NAME + "))"
    return re.compile(
        rf"(?:(?:{'|'.join(titles())})[\s：:]{{0,2}}|(?:^|{_BOUNDARY})(?={name}{_HAN}{{1,2}}(?:{said})))"
        rf"(?P<name>{name}(?:{_HAN}(?![和与及、]{post}){_HAN}{ends}|{_HAN}{ends}))"
    )


def person_names(text: str) -> tuple[Span, ...]:
    """Spans of probable names of persons in a Chinese text, in order.

    A name is a known surname with one or two characters that stands after a title or post (校长王晖, 记者 李明) or
    at the head of a clause before a title or a verb of saying (王晖表示). Precision goes before completeness.
    """
    found: list[Span] = []
    position = 0
    pattern = _pattern()
    text = simplified(text)
    while (match := pattern.search(text, position)) is not None:
        position = match.end("name")
        if match["name"][:2] in _not_names():
            continue
        found.append(Span(*match.span("name")))
        # 校长王晖、李明: the names of a list follow one another.
        while (more := _next_pattern().match(text, position)) is not None:
            found.append(Span(*more.span("name")))
            position = more.end("name")
    return tuple(found)


@cache
def _next_pattern() -> re.Pattern[str]:
    single, double = _surnames()
    name = rf"(?:{'|'.join(sorted(double))}|[{''.join(sorted(single))}])"
    return re.compile(rf"[、\s](?P<name>{name}(?:{_HAN}{_HAN}|{_HAN})(?=[、，。；）)\s]|等|$))")


def surname(name: str) -> str:
    """The surname of a Chinese name, in Simplified characters; empty where it is none that is known."""
    single, double = _surnames()
    name = simplified(name)
    if name[:2] in double and len(name) > 2:
        return name[:2]
    return name[:1] if name[:1] in single else ""


def split_readings(name: str) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Spellings of the surname, likeliest first, and of the given name as tuples of syllables; lower case.

    `ü` is spelled ü, yu or v after l and n. Both are empty where `name` does not begin with a known surname.
    """
    family = surname(name)
    if not family or len(name) <= len(family):
        return (), ()
    given = list(product(*(_syllables(character) for character in simplified(name)[len(family) :])))
    return _surname_spellings(family), tuple(given[:24])


@cache
def _surname_spellings(family: str) -> tuple[str, ...]:
    parts = _READINGS.get(family) or tuple(_readings(character)[0] for character in family)
    rows = ["".join(row) for row in product(*(_spellings(part) for part in parts))]
    return (*rows, _SECOND[family]) if family in _SECOND else tuple(rows)


def _spellings(syllable: str) -> tuple[str, ...]:
    """lv -> lü, lyu, lv: the standard's form, that of passports, and that of keyboards."""
    if "v" not in syllable:
        return (syllable,)
    return syllable.replace("v", "ü"), syllable.replace("v", "yu"), syllable


def _syllables(character: str) -> tuple[str, ...]:
    """The readings of a character, the common one first, in every admitted spelling."""
    return tuple(spelling for reading in _readings(character) for spelling in _spellings(reading))


@cache
def readings(character: str) -> frozenset[str]:
    """All readings of a character, as a surname too, in every admitted spelling."""
    plain = simplified(character)
    return frozenset((*_syllables(plain), *_surname_spellings(plain)))


@cache
def _readings(character: str) -> tuple[str, ...]:
    from pypinyin import Style, pinyin  # 300 ms: only when there is a name to read

    return tuple(pinyin(character, style=Style.NORMAL, heteronym=True)[0][:4])


def romanisations(name: str) -> frozenset[str]:
    """The admissible forms of a Chinese name: "Liu Jin"; both "Li Jian'an" and the passports' "Li Jianan".

    Empty where the name does not begin with a known surname.
    """
    families, givens = split_readings(name)
    return frozenset(
        f"{family.capitalize()} {form.capitalize()}"
        for family in families
        for given in givens
        for form in joined(given)
    )


def preferred(name: str) -> str:
    """The form to propose: the likeliest reading, as the standard writes it; empty where the name is not known."""
    families, givens = split_readings(name)
    return f"{families[0].capitalize()} {joined(givens[0])[0].capitalize()}" if families and givens else ""


def joined(syllables: tuple[str, ...]) -> tuple[str, ...]:
    """The given name in one word, first with the apostrophe that a vowel at the head of a later syllable needs."""
    marked = "".join(f"'{part}" if index and part[0] in "aoe" else part for index, part in enumerate(syllables))
    return (marked, marked.replace("'", "")) if "'" in marked else (marked,)


@dataclass(frozen=True, slots=True)
class NameForm:
    """A Latin form of a name as a text has it.

    `kind` is "standard", "order", "hyphen", "spaced", "misspelt" or, for what need not be this name at all, "other".
    """

    span: Span
    text: str
    kind: str


_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_FOLD = str.maketrans("’āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ", "'aaaaooooeeeeiiiiuuuuüüüü")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of an English text: their spans, folded forms, and whether a space alone parts each from the next.

    `places` are the indices of each folded form, in order.
    """

    text: str
    spans: tuple[Span, ...]
    folded: tuple[str, ...]
    adjacent: tuple[bool, ...]
    places: Mapping[str, Sequence[int]]


def words(text: str) -> Words:
    """The words of `text` for `forms`."""
    spans = tuple(Span(*match.span()) for match in _WORD.finditer(text))
    folded = tuple(_bare(text[span.start : span.end].lower().translate(_FOLD)) for span in spans)
    gaps = pairwise(spans)
    adjacent = (*(text[first.end : second.start].isspace() for first, second in gaps), False)
    places: dict[str, list[int]] = {}
    for index, word in enumerate(folded):
        places.setdefault(word, []).append(index)
    return Words(text, spans, folded, adjacent, places)


def _bare(word: str) -> str:
    return word.removesuffix("'s")


def forms(name: str, page: Words) -> tuple[NameForm, ...]:
    """Where the Latin forms of a Chinese name stand in the words of a text: standard ones and likely slips."""
    families, givens = split_readings(name)
    wanted = _Wanted(
        frozenset(families),
        frozenset(form for given in givens for form in joined(given)),
        frozenset("-".join(given) for given in givens if len(given) > 1),
        frozenset(given for given in givens if len(given) > 1),
    )
    found = []
    # A form has the surname first or second, or else the right given name second; nothing more is looked at.
    second = [place - 1 for word in wanted.families | wanted.joined for place in page.places.get(word, ()) if place]
    first = [place for word in wanted.families for place in page.places.get(word, ()) if place + 1 < len(page.folded)]
    for index in sorted({*first, *second}):
        kind, count = _classified(wanted, page, index)
        if kind:
            start, last = page.spans[index].start, page.spans[index + count - 1]
            end = last.start + len(page.folded[index + count - 1])
            found.append(NameForm(Span(start, end), page.text[start:end], kind))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Wanted:
    families: frozenset[str]
    joined: frozenset[str]
    hyphened: frozenset[str]
    parted: frozenset[tuple[str, ...]]


def _classified(wanted: _Wanted, page: Words, index: int) -> tuple[str, int]:
    """The kind of form that begins at word `index` and its number of words; "" where none does."""
    if not page.adjacent[index]:
        return "", 0
    first, second = page.folded[index : index + 2]
    if first in wanted.families:
        third = page.folded[index + 2] if page.adjacent[index + 1] else ""
        return _after_surname(wanted, page, index, second, third)
    if not _capital(page, index):
        return "", 0
    if second in wanted.families and (first in wanted.joined or first in wanted.hyphened):
        return "order", 2
    if second in wanted.families and len(first) >= _SURE_LENGTH and any(near(first, form) for form in wanted.joined):
        return "misspelt", 2
    if second in wanted.joined and any(near(first, form) for form in wanted.families):
        return "misspelt", 2
    return "", 0


_SURE_LENGTH = 5
"""Letters of a given name before a surname from which on a slip in one of them leaves no doubt: Xiaohang Wang."""


def _after_surname(wanted: _Wanted, page: Words, index: int, second: str, third: str) -> tuple[str, int]:
    if second in wanted.joined:
        return "standard", 2
    if second in wanted.hyphened:
        return "hyphen", 2
    if (second, third) in wanted.parted:
        return "spaced", 3
    capitals = _capital(page, index) and _capital(page, index + 1)
    return ("misspelt", 2) if capitals and any(near(second, form) for form in wanted.joined) else ("", 0)


def _capital(page: Words, index: int) -> bool:
    return page.text[page.spans[index].start].isupper()


def near(one: str, two: str) -> bool:
    """Whether two different words are one slip apart: a letter more, less or other, or two neighbours swapped."""
    if one == two or abs(len(one) - len(two)) > 1 or min(len(one), len(two)) < 2:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    rest, other = one[start:], two[start:]
    return (
        rest[1:] == other
        or rest == other[1:]
        or rest[1:] == other[1:]
        or (len(rest) > 1 and rest[:2] == other[1::-1] and rest[2:] == other[2:])
    )
