"""Small XML files for other programs: elements made of names, attributes and text, whatever characters these hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bitext.formats import xml_write


def element(name: str, attributes: Mapping[str, str | int], content: str | Iterable[str] = ()) -> str:
    """The element `name`; `content` is text, or elements already made, each on a line of its own."""
    pairs = "".join(f' {key}="{xml_write.value(_writable(str(value)))}"' for key, value in attributes.items())
    inner = (
        xml_write.text(_writable(content)) if isinstance(content, str) else "".join(f"\n{child}" for child in content)
    )
    if not inner:
        return f"<{name}{pairs}/>"
    return f"<{name}{pairs}>{inner}{'' if isinstance(content, str) else chr(10)}</{name}>"


def document(root: str, *, ascii_only: bool = False) -> str:
    """A whole file, to be written as UTF-8; `ascii_only` writes references for what is not ASCII."""
    if ascii_only:
        root = root.encode("ascii", "xmlcharrefreplace").decode("ascii")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n'


def _writable(text: str) -> str:
    """`text` with a sign in place of what XML has no way to write: a report is of use without it."""
    return xml_write.FORBIDDEN.sub("\ufffd", text)
