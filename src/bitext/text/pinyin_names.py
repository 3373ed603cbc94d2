"""What looks like the name of a Chinese person in an English text, and which Chinese name it is a form of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from bitext.model.documents import Span
from bitext.text.names import NameForm, Words, double_surnames, forms, readings, split_readings, surnames, table
from bitext.text.normal import simplified

_SYLLABLE = (
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|[aeiouü])"
)
_GIVEN = re.compile(rf"{_SYLLABLE}(?:['’-]?{_SYLLABLE})?")
_TWO = re.compile(rf"{_SYLLABLE}['’-]?{_SYLLABLE}")
SURE_LENGTH = 4
"""Letters of a given name from which on a slip in one of them leaves no doubt which name is meant."""
_HAN_RUN = re.compile("[\u3400-\u9fff]{2,}")
_POSTS = frozenset(
    (
        *("president", "professor", "prof", "secretary", "dean", "director", "mr", "ms", "mrs", "dr", "chairman"),
        *("chairwoman", "chair", "principal", "chief", "head", "minister", "mayor", "governor", "premier", "manager"),
        *("reporter", "student", "teacher", "engineer", "general", "comrade", "academician", "correspondent", "editor"),
        *("author", "counselor", "counsellor", "coach", "captain", "mp", "judge", "lawyer", "writer"),
    )
)
"""Words with a capital that may stand directly before a name; others are parts of it: Christopher Hui."""
_LABELS = frozenset({"editor", "editors", "reporter", "author", "writer", "translator", "photo", "source", "story"})
"""Words with a capital that may stand directly after a name in the line that tells who wrote."""
_PLACES = frozenset({"hong kong", "he bei", "shan dong", "guang dong", "xin jiang", "yun nan", "wu han", "nan jing"})


@cache
def surname_readings() -> frozenset[str]:
    """The surnames of one character in Latin letters."""
    return frozenset(table("surnames.pinyin.txt"))


def pinyin_names(page: Words) -> tuple[NameForm, ...]:
    """What looks like the name of a Chinese person: Wang Wei, Li Xiaoming and, with two syllables, Xiaoming Li.

    It is a capitalised surname in pinyin and one capitalised word of one or two syllables, with no capitalised word
    directly after it. One directly before it makes another name, Christopher Hui, but for a post, and where the given
    name has two syllables: of Interpol Meng Hongwei. The forms have the kind "other".
    """
    found = []
    for index in range(len(page.folded) - 1):
        first, second = page.folded[index : index + 2]
        if not _pair(page, index) or "-" in first + second:
            continue
        if second in surname_readings() and _TWO.fullmatch(first) and not _has_name_around(page, index):
            found.append(_form(page, index))
            continue
        if first not in surname_readings() or len(second) < 2:
            continue
        if not _GIVEN.fullmatch(second) or f"{first} {second}" in _PLACES:
            continue
        longer = _pair(page, index + 1) and page.folded[index + 2] not in _LABELS
        if not _TWO.fullmatch(second):
            longer = longer or _has_name_before(page, index)
        if not longer:
            found.append(_form(page, index))
    return tuple(found)


def _pair(page: Words, index: int) -> bool:
    """Whether word `index` and the next stand side by side and both begin with a capital."""
    if not page.adjacent[index]:
        return False
    return all(page.text[page.spans[place].start].isupper() for place in (index, index + 1))


def _form(page: Words, index: int) -> NameForm:
    start, end = page.spans[index].start, page.spans[index + 1].start + len(page.folded[index + 1])
    return NameForm(Span(start, end), page.text[start:end], "other")


def has_name_before(page: Words, form: NameForm) -> bool:
    """Whether a word with a capital that is no post stands directly before a form: Irene in Irene Yuan Sun."""
    index = bisect_left(page.spans, form.span.start, key=lambda span: span.start)
    return _has_name_before(page, index)


def _has_name_before(page: Words, index: int) -> bool:
    return bool(index) and _pair(page, index - 1) and page.folded[index - 1] not in _POSTS


def _has_name_around(page: Words, index: int) -> bool:
    """Whether a word with a capital stands directly before or after the two words from `index` on."""
    return _has_name_before(page, index) or (_pair(page, index + 1) and page.folded[index + 2] not in _LABELS)


def is_two_syllables(name: str) -> bool:
    """Whether a Latin given name has two syllables."""
    return _TWO.fullmatch(name) is not None


def _surnames_at_names(page: Words) -> frozenset[str]:
    """The surnames in pinyin that have what may be a given name on either side of them, with a slip perhaps after."""
    known, found = surname_readings(), set()
    for index in range(len(page.folded) - 1):
        first, second = page.folded[index : index + 2]
        if _pair(page, index):
            if first in known and (len(second) >= SURE_LENGTH or _GIVEN.fullmatch(second)):
                found.add(first)
            if second in known and _TWO.fullmatch(first):
                found.add(second)
    return frozenset(found)


def names_by_forms(text: str, page: Words) -> Iterator[tuple[str, Span, tuple[NameForm, ...]]]:
    """What may be names of persons in a Chinese text by their Latin forms in the English one, with these forms.

    A name is a surname and one or two more characters, wherever it stands. Nothing is said of a text that has no names
    in pinyin, and then no readings are looked up.
    """
    wanted = _surnames_at_names(page)
    if not wanted:
        return
    single, double = surnames(), double_surnames()
    for match in _HAN_RUN.finditer(simplified(text)):
        run = match[0]
        for start in range(len(run) - 1):
            family = run[start : start + 2] if run[start : start + 2] in double else run[start]
            if len(family) == 1 and (family not in single or not wanted & _spellings(family)):
                continue
            for length in (len(family) + 2, len(family) + 1):
                name = text[match.start() + start : match.start() + start + length]
                found = forms(name, page) if start + length <= len(run) else ()
                if found:
                    yield name, Span(match.start() + start, match.start() + start + length), found


@cache
def _spellings(family: str) -> frozenset[str]:
    return frozenset(split_readings(f"{family}一")[0])


def read_so(text: str, form: str) -> Iterator[str]:
    """What in a Chinese text is read as the two words of a Latin form, whichever of them is the surname.

    Whether it begins with a known surname does not matter: the form itself says that it is a name.
    """
    first, _, last = form.lower().replace("’", "").replace("'", "").partition(" ")
    for match in _HAN_RUN.finditer(text):
        run = match[0]
        for start in range(len(run) - 1):
            for family, given in ((first, last), (last, first)):
                for cut in (1, 2):
                    if cut == 1 and not any(family.startswith(reading) for reading in readings(run[start])):
                        break
                    if _is_read(run[start : start + cut], family):
                        rest = run[start + cut : start + cut + 2]
                        yield from (run[start : start + cut + n] for n in (1, 2) if _is_read(rest[:n], given))


def _is_read(characters: str, letters: str) -> bool:
    """Whether characters may be read as these letters, all of them."""
    if not characters or not letters:
        return not characters and not letters
    heads = (reading for reading in readings(characters[0]) if letters.startswith(reading))
    return any(_is_read(characters[1:], letters[len(head) :]) for head in heads)
