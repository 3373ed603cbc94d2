"""HTML source to tokens with offsets, in one pass over the text.

Follows the tokenizer of the HTML standard where it matters for text: quoted attribute values hide `>`, comments and
raw text elements hide tags. Each pattern is possessive and each failing search ends the scan, so the time is linear
whatever the source holds. Python's own `html.parser` is quadratic on several kinds of broken input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from html.entities import html5
from typing import NamedTuple


class TokenKind(Enum):
    """What a token is."""

    TEXT = 0
    START = 1
    END = 2
    RAW = 3
    COMMENT = 4


class Token(NamedTuple):
    """A stretch [start, end) of the source. `attributes` is where a start tag's attributes begin.

    RAW is the inside of an element that holds no markup: a script, a style sheet, a title.
    """

    kind: TokenKind
    name: str
    start: int
    end: int
    attributes: int = 0


RAW_ELEMENTS = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript"})

_OPEN = re.compile(r"<(?:(/?)([a-zA-Z][^\t\n\f\r />]*+)|(!--)|[!?/])")
_REST_OF_TAG = re.compile(r"""(?:[^>=]++|=[\t\n\f\r ]*+(?:"[^"]*+"|'[^']*+')?+)*+>""")
_COMMENT_END = re.compile(r"--!?>")
_RAW_ENDS = {name: re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE) for name in RAW_ELEMENTS}
_ATTRIBUTE = re.compile(
    r"""([^\t\n\f\r =/>"']++)(?:[\t\n\f\r ]*+=[\t\n\f\r ]*+(?:"([^"]*+)"|'([^']*+)'|([^\t\n\f\r >]++)))?+"""
)
_REFERENCE = re.compile(r"&(?:#(?:[0-9]++|[xX][0-9a-fA-F]++);?|[a-zA-Z][a-zA-Z0-9]{1,31};?)")

_LEGACY = frozenset(name for name in html5 if not name.endswith(";"))
_LONGEST_LEGACY = max(map(len, _LEGACY))
_WINDOWS = {code: bytes((code,)).decode("windows-1252", errors="replace") for code in range(0x80, 0xA0)}


def tokenize(source: str) -> Iterator[Token]:
    """The tokens of `source` in order; declarations are left out. A tag that never ends ends the scan."""
    position = text_start = 0
    while match := _OPEN.search(source, position):
        if match.start() > text_start:
            yield Token(TokenKind.TEXT, "", text_start, match.start())
        name = match[2]
        if name is None:
            position = text_start = _after_other(source, match)
            if match[3]:
                yield Token(TokenKind.COMMENT, "", match.start(), position)
            continue
        rest = _REST_OF_TAG.match(source, match.end())
        if rest is None:
            return
        position = text_start = rest.end()
        name = name.lower()
        if match[1]:
            yield Token(TokenKind.END, name, match.start(), position)
            continue
        yield Token(TokenKind.START, name, match.start(), position, match.end())
        if name in RAW_ELEMENTS:
            end = _RAW_ENDS[name].search(source, position)
            position = text_start = end.start() if end else len(source)
            yield Token(TokenKind.RAW, name, rest.end(), position)
    if text_start < len(source):
        yield Token(TokenKind.TEXT, "", text_start, len(source))


def _after_other(source: str, match: re.Match[str]) -> int:
    """The end of the comment, declaration or bogus comment that `match` opens."""
    if match[3]:
        # `<!-->` and `<!--->` are whole comments.
        end = _COMMENT_END.search(source, match.end() - 2)
        return end.end() if end else len(source)
    close = source.find(">", match.end())
    return close + 1 if close >= 0 else len(source)


def attributes(source: str, start: int, end: int) -> dict[str, str]:
    """The attributes of the start tag whose attributes stand in [start, end); of doubles the first counts."""
    values: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(source, start, end):
        value = match[2] or match[3] or match[4] or ""
        values.setdefault(match[1].lower(), decoded(value) if "&" in value else value)
    return values


def decoded(text: str) -> str:
    """`text` with its character references decoded."""
    parts: list[str] = []
    position = 0
    for start, end, value in references(text):
        parts += (text[position:start], value)
        position = end
    return "".join((*parts, text[position:]))


def references(text: str) -> Iterator[tuple[int, int, str]]:
    """The character references in `text`: where each starts and ends, and the characters it stands for."""
    for match in _REFERENCE.finditer(text):
        value, length = _reference(match[0])
        if length:
            yield match.start(), match.start() + length, value


def _reference(text: str) -> tuple[str, int]:
    if text[1] == "#":
        return _numeric(text.rstrip(";")[2:]), len(text)
    name = text[1:]
    if name in html5:
        return html5[name], len(text)
    for length in range(min(len(name), _LONGEST_LEGACY), 1, -1):
        if name[:length] in _LEGACY:
            return html5[name[:length]], length + 1
    return "", 0


def _numeric(digits: str) -> str:
    hexadecimal = digits[0] in "xX"
    digits = (digits[1:] if hexadecimal else digits).lstrip("0")
    code = int(digits or "0", 16 if hexadecimal else 10) if len(digits) < 8 else 0
    if code in _WINDOWS:
        return _WINDOWS[code]
    return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"
