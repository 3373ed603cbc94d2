"""Reads alignments: the text lines of vecalign and Bertalign, and the JSON lines of `bitext align`.

A text line is `[0, 1]:[2]`: numbers of source and of target segments from 0 on, rising; what follows a second colon
(a cost) is passed over. JSON lines hold the segments themselves, which are numbered in order.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from bitext.errors import InputError
from bitext.formats.carried import lines_with_offsets
from bitext.formats.encoding import decode
from bitext.formats.frames import frame_at
from bitext.model.alignment import IndexPair
from bitext.model.findings import Message

_SPACE = re.compile(r"[ \t]*+")
_NUMBER = re.compile(r"[0-9]{1,9}+(?![0-9])")
_HEADER = ("bitext-alignment", 1)


@dataclass(frozen=True, slots=True)
class ReadAlignment:
    """The beads of a file and the line of each. `texts` are the segments of both sides, where the file holds them."""

    beads: tuple[IndexPair, ...]
    lines: tuple[int, ...]
    texts: tuple[tuple[str, ...], tuple[str, ...]] | None = None


def parse(data: bytes, path: str) -> ReadAlignment:
    """The alignment in the bytes of a file; which of the two formats it has is told by its first character.

    Blank lines are passed over. Raises InputError with line, column and a frame for the first thing that is wrong.
    """
    text = decode(data, path).text
    rows = [(number, line) for number, (line, _) in enumerate(lines_with_offsets(text), start=1) if line.strip()]
    if not rows:
        raise InputError(Message.of("alignment.empty"), path)
    if rows[0][1].lstrip()[0] == "{":
        return _JsonLines(text, path).read(rows)
    return _TextLines(text, path).read(rows)


class _Reader:
    def __init__(self, text: str, path: str) -> None:
        self.text, self.path = text, path

    def error(self, key: str, line: int, column: int = 1, length: int = 1, **fields: str | int) -> InputError:
        frame = frame_at(self.text, line, column, length)
        return InputError(Message.of(f"alignment.{key}", **fields), self.path, line, column, frame)


class _TextLines(_Reader):
    def read(self, rows: list[tuple[int, str]]) -> ReadAlignment:
        beads = tuple(self._bead(number, line) for number, line in rows)
        return ReadAlignment(beads, tuple(number for number, _ in rows))

    def _bead(self, number: int, line: str) -> IndexPair:
        source, place = self._numbers(number, line, 0)
        place = self._expect(":", number, line, place)
        target, place = self._numbers(number, line, place)
        if place < len(line) and line[place] != ":":
            raise self._misplaced(number, line, place, ":")
        return source, target

    def _numbers(self, number: int, line: str, place: int) -> tuple[tuple[int, ...], int]:
        """The list from `place` on, and the place behind it and the white space that follows."""
        place = self._expect("[", number, line, place)
        found: list[int] = []
        while not found or line[place : place + 1] == ",":
            if found:
                place = _past_space(line, place + 1)
            match = _NUMBER.match(line, place)
            if match is None:
                if found:
                    raise self._misplaced(number, line, place, "0")
                break
            value = int(match.group())
            if found and value <= found[-1]:
                raise self.error("order", number, place + 1, len(match.group()), value=value, before=found[-1])
            found.append(value)
            place = _past_space(line, match.end())
        return tuple(found), self._expect("]", number, line, place)

    def _expect(self, sign: str, number: int, line: str, place: int) -> int:
        place = _past_space(line, place)
        if line[place : place + 1] != sign:
            raise self._misplaced(number, line, place, sign)
        return _past_space(line, place + 1)

    def _misplaced(self, number: int, line: str, place: int, sign: str) -> InputError:
        if place == len(line):
            return self.error("text-end", number, max(place, 1), sign=sign)
        return self.error("text", number, place + 1, found=line[place])


def _past_space(line: str, place: int) -> int:
    match = _SPACE.match(line, place)
    return match.end() if match else place


class _JsonLines(_Reader):
    def read(self, rows: list[tuple[int, str]]) -> ReadAlignment:
        first = self._object(*rows[0])
        if "format" in first:
            self._check_header(first, rows[0][0])
            rows = rows[1:]
        texts: tuple[list[str], list[str]] = ([], [])
        beads = tuple(self._bead(number, line, texts) for number, line in rows)
        if not beads:
            raise InputError(Message.of("alignment.empty"), self.path)
        return ReadAlignment(beads, tuple(number for number, _ in rows), (tuple(texts[0]), tuple(texts[1])))

    def _object(self, number: int, line: str) -> dict[str, object]:
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            raise self.error("json", number, min(error.colno, max(len(line), 1)), reason=error.msg) from None
        except (ValueError, RecursionError):  # a number of thousands of digits, lists within lists within lists
            raise self.error("json-object", number) from None
        if not isinstance(value, dict):
            raise self.error("json-object", number)
        return value

    def _check_header(self, header: dict[str, object], number: int) -> None:
        if (header["format"], header.get("version")) != _HEADER:
            raise self.error("header", number, found=f"{header['format']} {header.get('version')}"[:60])

    def _bead(self, number: int, line: str, texts: tuple[list[str], list[str]]) -> IndexPair:
        row = self._object(number, line)
        source, target = (
            self._numbered(row.get(name), name, number, out)
            for name, out in zip(("source", "target"), texts, strict=True)
        )
        return source, target

    def _numbered(self, value: object, name: str, number: int, out: list[str]) -> tuple[int, ...]:
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            raise self.error("json-side", number, name=name)
        first = len(out)
        out.extend(value)
        return tuple(range(first, len(out)))


def require_same_segments(gold: ReadAlignment, auto: ReadAlignment, path: str) -> None:
    """Raises InputError, placed in the file `path` of `auto`, if both files hold segments and these differ."""
    if gold.texts is None or auto.texts is None:
        return
    for side, mine, theirs in zip((0, 1), auto.texts, gold.texts, strict=True):
        if mine != theirs:
            index = _first_difference(mine, theirs)
            name = ("source", "target")[side]
            line = next((line for line, bead in zip(auto.lines, auto.beads, strict=True) if index in bead[side]), 0)
            raise InputError(Message.of(f"alignment.other-segments-{name}", number=index + 1), path, line)


def _first_difference(mine: tuple[str, ...], theirs: tuple[str, ...]) -> int:
    return next(
        (index for index, pair in enumerate(zip(mine, theirs, strict=False)) if pair[0] != pair[1]),
        min(len(mine), len(theirs)),
    )
