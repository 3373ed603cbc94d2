"""Where keys and values stand in a TOML text, which the standard library's reader does not tell.

Made for texts that the standard library has accepted: nothing is checked twice here.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import TypeAlias

from bitext.model.documents import Span

KeyPath: TypeAlias = tuple[str | int, ...]
"""Keys and indices from the top of a TOML text down, such as ("pairs", 1, "zh")."""

_BLANK = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)++")
_SPACE = re.compile(r"[ \t]*+")
_KEY = re.compile(r"""[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+'""")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*+"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*+'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*+"'
    r"|'[^'\n]*+'",
    re.DOTALL,
)
_BARE = re.compile(r"[^,\]}\r\n#]++")


@dataclass(slots=True)
class Places:
    """The spans of keys and of values by their paths."""

    keys: dict[KeyPath, Span] = field(default_factory=dict)
    values: dict[KeyPath, Span] = field(default_factory=dict)


def places(text: str) -> Places:
    """The places of all keys and values of a valid TOML `text`."""
    scanner = _Scanner(text)
    scanner.document()
    return scanner.found


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found = Places()
        self.arrays: dict[KeyPath, int] = {}

    def document(self) -> None:
        table: KeyPath = ()
        self._blank()
        while self.at < len(self.text):
            if self.text.startswith("[", self.at):
                table = self._header()
            else:
                self._pair(table)
            self._blank()

    def _blank(self) -> None:
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def _space(self) -> None:
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def _header(self) -> KeyPath:
        brackets = 2 if self.text.startswith("[[", self.at) else 1
        self.at += brackets
        path = self._key((), last_is_array=brackets == 2)
        self.at += brackets
        return path

    def _pair(self, table: KeyPath) -> None:
        path = self._key(table)
        self.at += 1  # the equals sign
        self._space()
        self._value(path)

    def _key(self, table: KeyPath, *, last_is_array: bool = False) -> KeyPath:
        """A key, dotted perhaps, that stands here; each of its parts is placed."""
        path = table
        while True:
            self._space()
            match = _KEY.match(self.text, self.at)
            if match is None:
                return path
            path = (*path, _name(match[0]))
            self.found.keys.setdefault(path, Span(match.start(), match.end()))
            self.at = match.end()
            self._space()
            more = self.text.startswith(".", self.at)
            if not more and last_is_array:
                self.arrays[path] = self.arrays.get(path, 0) + 1
            if path in self.arrays and not (table and table[: len(path)] == path):
                path = (*path, self.arrays[path] - 1)
                self.found.keys.setdefault(path, Span(match.start(), match.end()))
            if not more:
                return path
            self.at += 1

    def _value(self, path: KeyPath) -> None:
        start = self.at
        if self.text.startswith("[", self.at):
            self._array(path)
        elif self.text.startswith("{", self.at):
            self._inline(path)
        else:
            match = _STRING.match(self.text, self.at) or _BARE.match(self.text, self.at)
            if match is not None:
                self.at = start + len(match[0].rstrip())
        self.found.values[path] = Span(start, self.at)

    def _array(self, path: KeyPath) -> None:
        self.at += 1
        index = 0
        self._blank()
        while self.at < len(self.text) and self.text[self.at] != "]":
            self._value((*path, index))
            index += 1
            self._comma()
        self.at += 1

    def _inline(self, path: KeyPath) -> None:
        self.at += 1
        self._blank()
        while self.at < len(self.text) and self.text[self.at] != "}":
            self._pair(path)
            self._comma()
        self.at += 1

    def _comma(self) -> None:
        self._blank()
        if self.text.startswith(",", self.at):
            self.at += 1
        self._blank()


def _name(raw: str) -> str:
    return next(iter(tomllib.loads(f"{raw} = 0"))) if raw[0] in "\"'" else raw
