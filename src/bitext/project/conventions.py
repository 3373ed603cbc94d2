"""How sites name the two pages of a pair, told from the paths of their files.

The tag of a language stands in the name of the file (`a.zh.md`, `a_en.md`, `zh.html`) or of a folder (`content/zh/`);
the language that a site began with often goes without one (`a.md` beside `a.zh.md`, `blog/` beside `i18n/zh/...`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bitext.model.documents import Language
from bitext.settings.model import PairPattern
from bitext.settings.patterns import TAG, language_of

_NAME = re.compile(rf"(?P<before>(?:^|.*[/])(?:[^/]*?[._-])?)(?P<tag>{TAG})(?P<suffix>\.[A-Za-z]+)", re.DOTALL)
_FOLDER = re.compile(rf"(?P<before>(?:.*/)?)(?P<tag>{TAG})/(?P<rest>.*)", re.DOTALL)
_PLUGIN = re.compile(r"docusaurus-plugin-content-(?P<name>[a-z-]+)/(?:current/)?")
_SUFFIX = re.compile(r"\.[A-Za-z]+\Z")
_LEAST_SHARE = 0.2
"""From this share of pages that pair on, a way of naming is taken for the site's."""


@dataclass(frozen=True, slots=True)
class _Slot:
    """A page whose path has a tag, and the ways of naming that this may be."""

    language: Language
    pattern: PairPattern
    item: str


def proposed(files: Sequence[str]) -> tuple[PairPattern, ...]:
    """The patterns that pair most of `files`, the one that pairs the most first; none where nothing pairs."""
    known = set(files)
    items: dict[PairPattern, dict[str, set[Language]]] = {}
    for path in files:
        for slot in _slots(path):
            items.setdefault(slot.pattern, {}).setdefault(slot.item, set()).add(slot.language)
    for pattern, rows in items.items():
        if pattern.zh != pattern.en:
            _look_for_untagged(rows, known)
    counts = Counter({pattern: sum(len(sides) == 2 for sides in rows.values()) for pattern, rows in items.items()})
    kept = [pattern for pattern, n in counts.items() if n and n >= _LEAST_SHARE * len(items[pattern])]
    return tuple(sorted(kept, key=lambda pattern: (-counts[pattern], len(pattern.zh), pattern.zh, pattern.en)))


def _look_for_untagged(rows: dict[str, set[Language]], known: set[str]) -> None:
    """Adds the language of the untagged page to each item whose untagged page is there."""
    for item, sides in rows.items():
        if item in known:
            sides.add("en" if "zh" in sides else "zh")


def _slots(path: str) -> Iterator[_Slot]:
    yield from _in_name(path)
    yield from _in_folder(path)


def _in_name(path: str) -> Iterator[_Slot]:
    match = _NAME.fullmatch(path)
    if match is None:
        return
    before, tag, suffix = match["before"], match["tag"], match["suffix"]
    language = language_of(tag)
    stem = before.rpartition("/")[2]
    if not stem:
        # The whole name is the tag: one folder an item.
        yield _Slot(language, _both("{path}/{language}" + suffix if "/" in before else "{language}" + suffix), before)
        return
    sign = stem[-1]
    yield _Slot(language, _both(f"{{path}}{sign}{{language}}{suffix}"), before)
    untagged = f"{before[:-1]}{suffix}"
    yield _Slot(language, _two(f"**/*{sign}{tag}{suffix}", f"**/*{suffix}", language), untagged)


def _in_folder(path: str) -> Iterator[_Slot]:
    match = _FOLDER.fullmatch(path)
    ending = _SUFFIX.search(path)
    if match is None or ending is None:
        return
    before, tag, rest = match["before"], match["tag"], match["rest"]
    language = language_of(tag)
    pages = f"**/*{ending[0]}"
    yield _Slot(language, _both(f"{before}{{language}}/{pages}"), rest)
    plugin = _PLUGIN.match(rest)
    if before.endswith("i18n/") and plugin is not None:
        home = f"{before.removesuffix('i18n/')}{plugin['name']}/"
        tagged = f"{before}{tag}/{plugin[0]}{pages}"
        yield _Slot(language, _two(tagged, f"{home}{pages}", language), f"{home}{rest[plugin.end() :]}")
    else:
        yield _Slot(language, _two(f"{before}{tag}/{pages}", f"{before}{pages}", language), f"{before}{rest}")


def _both(pattern: str) -> PairPattern:
    return PairPattern(pattern, pattern)


def _two(tagged: str, untagged: str, language: Language) -> PairPattern:
    return PairPattern(tagged, untagged) if language == "zh" else PairPattern(untagged, tagged)


def described(patterns: Iterable[PairPattern]) -> list[str]:
    """The patterns as a settings file has them."""
    return [f'"{one.zh}"' if one.zh == one.en else f'{{ zh = "{one.zh}", en = "{one.en}" }}' for one in patterns]
