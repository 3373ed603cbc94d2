"""Text as XML writes it. What XML 1.0 cannot hold is refused, never dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bitext.errors import InputError
from bitext.model.findings import Message

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that may not stand in XML 1.0, not even as references."""

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_VALUE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
)


def text(raw: str, unit: str = "") -> str:
    """`raw` as character data. Raises InputError, naming `unit`, for a character that XML cannot hold."""
    require_writable(raw, unit)
    return raw.translate(_TEXT)


def attributes(pairs: Iterable[tuple[str, str]], unit: str = "") -> str:
    """The attributes `pairs`, each with a space before it; names are the caller's own and not checked."""
    return "".join(f' {name}="{value(raw, unit)}"' for name, raw in pairs)


def value(raw: str, unit: str = "") -> str:
    """`raw` as it stands in an attribute's value between double quotes."""
    require_writable(raw, unit)
    return raw.translate(_VALUE)


def require_writable(raw: str, unit: str) -> None:
    """Raises InputError for a character that XML cannot hold."""
    found = FORBIDDEN.search(raw)
    if found:
        code = f"U+{ord(found[0]):04X}"
        raise InputError(
            Message.of("xml.unwritable", code=code, unit=unit) if unit else Message.of("xml.unwritable-head", code=code)
        )
