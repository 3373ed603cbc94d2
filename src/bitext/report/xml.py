"""Small XML files for other programs: elements made of names, attributes and text, whatever characters these hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write (production 2, Char), not even as a reference."""
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = _TEXT | {ord('"'): "&quot;", ord("\n"): "&#10;", ord("\t"): "&#9;"}


def element(name: str, attributes: Mapping[str, str | int], content: str | Iterable[str] = ()) -> str:
    """The element `name`; `content` is text, or elements already made, each on a line of its own."""
    pairs = "".join(f' {key}="{_written(str(value), _ATTRIBUTE)}"' for key, value in attributes.items())
    inner = _written(content, _TEXT) if isinstance(content, str) else "".join(f"\n{child}" for child in content)
    if not inner:
        return f"<{name}{pairs}/>"
    return f"<{name}{pairs}>{inner}{'' if isinstance(content, str) else chr(10)}</{name}>"


def document(root: str, *, ascii_only: bool = False) -> str:
    """A whole file, to be written as UTF-8; `ascii_only` writes references for what is not ASCII."""
    if ascii_only:
        root = root.encode("ascii", "xmlcharrefreplace").decode("ascii")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n'


def _written(text: str, references: Mapping[int, str]) -> str:
    return _FORBIDDEN.sub("\ufffd", text).translate(references)
