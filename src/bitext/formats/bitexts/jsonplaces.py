"""Where the characters of JSON strings stand in their line."""

from __future__ import annotations

import re

from bitext.model.documents import OriginRun

_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{}:,]', re.DOTALL)
_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.", re.DOTALL)


def string_places(line: str) -> dict[str, list[tuple[int, int]]]:
    """For each key of the object in `line` (valid JSON) the strings of its value, or of the list that it is.

    A place is the range between the quotes.
    """
    found: dict[str, list[tuple[int, int]]] = {}
    depth, key, at_key = 0, "", True
    for match in _TOKEN.finditer(line):
        sign = match[0]
        if sign in "{[":
            depth += 1
        elif sign in "}]":
            depth -= 1
        elif sign in ":,":
            at_key = sign == "," if depth == 1 else at_key
        elif depth == 1 and at_key:
            key, at_key = sign[1:-1], False
            found[key] = []
        elif depth <= 2:
            found[key].append((match.start() + 1, match.end() - 1))
    return found


def runs_of(line: str, start: int, end: int) -> tuple[list[OriginRun], int]:
    """The runs of the string between `start` and `end`, and the number of characters that it stands for."""
    runs: list[OriginRun] = []
    length, place = 0, start
    for match in _ESCAPE.finditer(line, start, end):
        if match.start() > place:
            runs.append(OriginRun(length, place, match.start() - place))
            length += match.start() - place
        runs.append(OriginRun(length, match.start(), match.end() - match.start()))
        length, place = length + 1, match.end()
    if end > place:
        runs.append(OriginRun(length, place, end - place))
        length += end - place
    return runs, length
