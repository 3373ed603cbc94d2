"""Ids of concepts for sheets that have none: made of the words, the same from run to run."""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"[^0-9a-z]+")
_LONGEST = 60


class Ids:
    """Gives each key an id: its English term in small letters with hyphens, else the key's first text as it is.

    Where two keys would have one id, the later one has a number.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], str] = {}
        self._taken: dict[str, int] = {}

    def of(self, key: tuple[str, ...], english: str) -> str:
        """The id of `key`, which `english` names too; the same one for the same key."""
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._new(_slug(english) or " ".join(key[0].split())[:_LONGEST].rstrip())
        return found

    def _new(self, name: str) -> str:
        while True:
            count = self._taken[name] = self._taken.get(name, 0) + 1
            if count == 1:
                return name
            numbered = f"{name}-{count}"
            if numbered not in self._taken:
                self._taken[numbered] = 1
                return numbered


def _slug(text: str) -> str:
    return _BETWEEN.sub("-", text.lower())[:_LONGEST].strip("-")
