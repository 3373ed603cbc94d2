"""Patterns of pages: what of a path stands for the language and what is common to both pages of a pair.

`*` and `?` stay within one name, `**/` is any number of folders, `{path}` any text, `{language}` the tag of a language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from bitext.model.documents import Language

Part: TypeAlias = Literal["text", "*", "**", "?", "path", "language"]

TAG = r"(?i:zh|cn|chs|cht|chinese|eng|english|en)(?:[-_](?:[A-Za-z]{2}|[A-Za-z]{4}|[0-9]{3}))*"
"""The tag of a page's language, as the names of files and folders have it: zh, zh-CN, zh_Hans, cn, en, en-US ..."""

_TOKEN = re.compile(r"\{language\}|\{path\}|\*\*/|\*\*|\*|\?")
_PARTS: dict[str, Part] = {
    "{language}": "language",
    "{path}": "path",
    "**/": "**",
    "**": "path",
    "*": "*",
    "?": "?",
}
_REGEX: dict[Part, str] = {"*": "([^/]*)", "?": "([^/])", "**": "((?:[^/]+/)*)", "path": "(.+)"}
_DEPRIORITISED = ("tw", "hk", "mo", "hant", "cht")


def parts(pattern: str) -> tuple[tuple[Part, str], ...]:
    """`pattern` as stretches of text and wildcards, in order."""
    found: list[tuple[Part, str]] = []
    last = 0
    for match in _TOKEN.finditer(pattern):
        if match.start() > last:
            found.append(("text", pattern[last : match.start()]))
        part = _PARTS[match[0]]
        # Two wildcards for folders in a row say no more than one, and take much longer to match.
        if not (part == "**" and found and found[-1][0] == "**"):
            found.append((part, match[0]))
        last = match.end()
    if last < len(pattern):
        found.append(("text", pattern[last:]))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Match:
    """What a path has in place of a pattern's wildcards, and of `{language}` ("" where the pattern has none)."""

    key: tuple[str, ...]
    tag: str


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    rows = []
    seen = False
    for part, text in parts(pattern.removeprefix("./")):
        if part == "text":
            rows.append(re.escape(text))
        elif part == "language":
            rows.append("(?P=language)" if seen else f"(?P<language>{TAG})")
            seen = True
        else:
            rows.append(_REGEX[part])
    return re.compile("".join(rows), re.DOTALL)


def match(pattern: str, path: str) -> Match | None:
    """What `path` has in place of the wildcards of `pattern`; None where it does not fit."""
    compiled = _compiled(pattern)
    found = compiled.fullmatch(path)
    if found is None:
        return None
    at = compiled.groupindex.get("language", 0)
    key = tuple(text for index, text in enumerate(found.groups(), 1) if index != at)
    return Match(key, found["language"] if at else "")


def filled(pattern: str, key: tuple[str, ...], tag: str) -> str:
    """The path that fits `pattern` with `key` in place of its wildcards and `tag` in place of the language."""
    rest = iter(key)
    rows = []
    for part, text in parts(pattern.removeprefix("./")):
        rows.append(text if part == "text" else tag if part == "language" else next(rest, ""))
    return "".join(rows)


def language_of(tag: str) -> Language:
    """The language of a tag such as "zh-Hans" or "cn"."""
    return "en" if tag.lower().startswith("en") else "zh"


def preference(tag: str) -> tuple[bool, int, str]:
    """Orders the tags of one language: the plain and the simplified ones first."""
    lower = tag.lower()
    return any(part in _DEPRIORITISED for part in re.split(r"[-_]", lower)), len(lower), lower
