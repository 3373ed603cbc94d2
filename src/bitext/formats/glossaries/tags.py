"""What a format has no place for, kept in its notes: one note a value, such as `bitext:valid-from=2023-05`.

Line breaks, bars and backslashes of a value are escaped, so that a tag is one line, and one part of a comment whose
parts stand between bars.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

MARK = "bitext:"
_TAG = re.compile(r"bitext:([a-z-]+)=(.*)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_LETTERS = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "|": "\\p"})
_SIGNS = {"\\": "\\", "n": "\n", "r": "\r", "t": "\t", "p": "|"}


def tag(name: str, value: str) -> str:
    """The tag that holds `value` under `name`, which is of small letters and hyphens."""
    return f"{MARK}{name}={value.translate(_LETTERS)}"


def untagged(notes: Iterable[str]) -> tuple[list[str], Mapping[str, str]]:
    """`notes` that are none of ours, and the values of those that are."""
    plain: list[str] = []
    values: dict[str, str] = {}
    for note in notes:
        match = _TAG.fullmatch(note)
        if match is None:
            plain.append(note)
        else:
            values[match[1]] = _ESCAPED.sub(lambda found: _SIGNS.get(found[1], found[0]), match[2])
    return plain, values
