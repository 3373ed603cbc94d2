"""Pages that name each other: the translation key of their front matter, or `<link rel="alternate" hreflang>`."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bitext.errors import InputError
from bitext.formats.encoding import decode
from bitext.model.documents import Language
from bitext.settings.model import Settings
from bitext.settings.patterns import TAG, language_of
from bitext.text.languages import guess_language

HEAD = 64 * 1024
"""Bytes at the beginning of a page in which it may name its translation."""
_MARKDOWN = (".md", ".markdown", ".mdx")
_FRONT = re.compile(r"\A\ufeff?(?:---|\+\+\+)[ \t]*\r?\n(?P<rows>(?:(?!(?:---|\+\+\+)[ \t]*\r?\n)[^\n]*\n)*)")
_KEY = re.compile(
    r"^[\"']?translation[_-]?(?:key|id)[\"']?[ \t]*[:=][ \t]*(?P<value>[^\n#]+)", re.IGNORECASE | re.MULTILINE
)
_LANG = re.compile(r"^(?:lang|language|locale)[ \t]*[:=][ \t]*[\"']?(?P<tag>[A-Za-z_-]{2,12})", re.MULTILINE)
_LINK = re.compile(r"<link\b[^<>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b([a-z]++)\s*+=\s*+(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>]+))", re.IGNORECASE)
_HTML_LANG = re.compile(r"<html\b[^<>]{0,500}?\blang\s*=\s*[\"']?([A-Za-z-]{2,12})", re.IGNORECASE)
_TAG = re.compile(TAG)


@dataclass(frozen=True, slots=True)
class _Head:
    """What the beginning of a page says: its language, its translation key, the paths of its translations."""

    language: Language | None
    key: str = ""
    others: tuple[tuple[Language, str], ...] = ()


def linked(settings: Settings, pages: Sequence[tuple[str, Language | None]]) -> Iterator[tuple[str, str]]:
    """Chinese and English pages, each once, that carry the same translation key or of which one links to the other.

    `pages` are paths relative to the root with their language as far as it is known. A key that stands in more than
    one page of a language pairs nothing.
    """
    heads = {path: _head(settings.opened(path), path, language) for path, language in pages}
    used: set[str] = set()
    for source, target in [*_by_key(heads), *_by_link(heads)]:
        if source not in used and target not in used:
            used |= {source, target}
            yield source, target


def _by_key(heads: dict[str, _Head]) -> Iterator[tuple[str, str]]:
    sides: dict[str, dict[Language, list[str]]] = {}
    for path, head in heads.items():
        if head.key and head.language is not None:
            sides.setdefault(head.key, {}).setdefault(head.language, []).append(path)
    for _, rows in sorted(sides.items()):
        chinese, english = rows.get("zh", []), rows.get("en", [])
        if len(chinese) == len(english) == 1:
            yield chinese[0], english[0]


def _by_link(heads: dict[str, _Head]) -> Iterator[tuple[str, str]]:
    for path, head in heads.items():
        for language, other in head.others:
            if other != path and other in heads and head.language is not None and head.language != language:
                yield (path, other) if language == "en" else (other, path)


def _head(opened: str, path: str, language: Language | None) -> _Head:
    try:
        if not Path(opened).is_file():
            return _Head(language)
        with Path(opened).open("rb") as file:
            data = file.read(HEAD)
        # A character that the limit cuts in two is no fault of the page.
        text = decode(data[: data.rfind(b"\n") + 1] or data, path).text
    except (OSError, ValueError, InputError):
        return _Head(language)
    if path.lower().endswith(_MARKDOWN):
        return _markdown(text, language)
    return _html(text, path, language)


def _markdown(text: str, language: Language | None) -> _Head:
    front = _FRONT.match(text)
    if front is None or (key := _KEY.search(front["rows"])) is None:
        return _Head(language)
    told = language or _told(_LANG.search(front["rows"])) or guess_language(text[front.end() :])
    return _Head(told, key["value"].strip().strip("\"'"))


def _html(text: str, path: str, language: Language | None) -> _Head:
    others = tuple(_alternates(text, path))
    if not others:
        return _Head(language)
    return _Head(language or _told(_HTML_LANG.search(text), 1) or guess_language(text), "", others)


def _told(match: re.Match[str] | None, group: str | int = "tag") -> Language | None:
    return language_of(match[group]) if match is not None and _TAG.fullmatch(match[group]) else None


def _alternates(text: str, path: str) -> Iterator[tuple[Language, str]]:
    """The languages and paths of the translations that an HTML page links to, as far as they are files of the site."""
    for tag in _LINK.finditer(text):
        values = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(tag[0])}
        if "alternate" in values.get("rel", "").lower().split() and _TAG.fullmatch(values.get("hreflang", "")):
            target = _local(values.get("href", ""), path)
            if target:
                yield language_of(values["hreflang"]), target


def _local(href: str, path: str) -> str:
    try:
        address = unquote(urlsplit(href).path)
    except ValueError:
        return ""
    if not address:
        return ""
    joined = address.lstrip("/") if address.startswith("/") else posixpath.join(posixpath.dirname(path), address)
    clean = posixpath.normpath(joined)
    if clean == ".." or clean.startswith("../"):
        return ""
    return f"{clean}/index.html" if address.endswith("/") else clean
