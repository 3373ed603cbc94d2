"""What the parser found wrong, as messages that say what to mend."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from bitext.model.findings import Message

_KEYS: Mapping[int, str] = {
    3: "xml.no-element",
    4: "xml.not-well-formed",
    5: "xml.unclosed-token",
    7: "xml.mismatched",
    8: "xml.duplicate-attribute",
    9: "xml.junk-after",
    11: "xml.entity-unknown",
    14: "xml.bad-reference",
    17: "xml.declaration-late",
    20: "xml.unclosed-cdata",
    27: "xml.prefix-unknown",
}
"""Error codes of expat (expat.h) to messages; the rest share one."""

_UNCLOSED = 3
_INVALID = 4
_MISMATCHED = 7


_BARE = re.compile(r"&[^&;<>\s]{0,40}+\Z|<\Z")
"""What was begun before the place where the parser saw that it is no reference and no tag."""


def message_of(code: int, before: str, following: str, opened: Sequence[tuple[str, int]]) -> tuple[Message, int]:
    """The message for the error `code` between `before` and `following`, and how many characters before it stands.

    `opened` are the open elements with their lines.
    """
    if opened and code in (_UNCLOSED, _MISMATCHED):
        name, line = opened[-1]
        if code == _UNCLOSED:
            return Message.of("xml.unclosed", name=name[:60], line=line), 0
        return Message.of("xml.mismatched", closing=_name_at(following), name=name[:60], line=line), 0
    if code == _INVALID and following and _forbidden(following[0]):
        return Message.of("xml.control", code=f"U+{ord(following[0]):04X}"), 0
    bare = _BARE.search(before[-42:]) if code == _INVALID else None
    if bare:
        key = "xml.bare-ampersand" if bare[0][0] == "&" else "xml.bare-less-than"
        return Message.of(key), len(bare[0])
    return Message.of(_KEYS.get(code, "xml.not-well-formed")), 0


def _name_at(text: str) -> str:
    return text.lstrip("</").split(">", 1)[0].split(None, 1)[0][:60] if text.lstrip("</ \r\n\t>") else "?"


def _forbidden(char: str) -> bool:
    return (unicodedata.category(char) == "Cc" and char not in "\t\r\n" and char < "\x20") or char in "\ufffe\uffff"
