"""The encoding that an HTML or XML file declares, found as the HTML standard's prescan finds it."""

from __future__ import annotations

import re
from collections.abc import Mapping

PRESCANNED = 4096
"""Bytes. The standard asks for 1024; pages with long comments or scripts first declare later."""

_LABELS: Mapping[str, str] = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8", "x-unicode20utf8"), "utf-8"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "chinese", "gb_2312-80", "gb_2312", "cp936"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "big5hkscs", "cn-big5", "x-x-big5", "cp950"), "big5hkscs"),
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "us-ascii", "ascii"), "windows-1252"),
    **dict.fromkeys(("windows-1252", "cp1252", "x-cp1252", "iso-8859-15"), "windows-1252"),
    # A page that could be read far enough to find the declaration is not in UTF-16.
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be", "unicode"), "utf-8"),
}
"""Labels that Chinese and English pages declare, and what they are read as (WHATWG Encoding Standard)."""

_XML = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_TAG = re.compile(rb"<!--|<meta(?=[\s/])|</?[A-Za-z]|<[!?/]", re.IGNORECASE)
_ATTRIBUTES = re.compile(rb"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+>?""")
_ATTRIBUTE = re.compile(rb"""([^\s=/>"']++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]++)))?+""")
_CHARSET = re.compile(rb"""charset\s*+=\s*+["']?+([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)


def encoding_of_label(label: str) -> str:
    """The Python codec for a declared label, or nothing where it is none that Chinese or English pages use."""
    return _LABELS.get(label.strip().lower(), "")


def xml_encoding(data: bytes) -> str:
    """The label in the XML declaration at the beginning of `data`, or nothing."""
    declared = _XML.match(data[:PRESCANNED].lstrip())
    return declared[1].decode("ascii") if declared else ""


def declared_encoding(data: bytes) -> str:
    """The label that `data` declares in an XML declaration or an HTML meta element near its beginning, or nothing.

    Comments and the attributes of other elements are skipped, so that a declaration quoted there does not count.
    """
    head = data[:PRESCANNED]
    if not head.lstrip().startswith(b"<"):
        return ""
    declared = xml_encoding(head)
    if declared:
        return declared
    position = 0
    while match := _TAG.search(head, position):
        position = match.end()
        if match[0] == b"<!--":
            end = head.find(b"-->", match.start() + 2)
            position = len(head) if end < 0 else end + 3
            continue
        attributes = _ATTRIBUTES.match(head, position)
        if attributes is None:  # pragma: no cover - the pattern matches the empty string
            break
        position = max(attributes.end(), position)
        label = _of_meta(attributes[0]) if match[0][:5].lower() == b"<meta" else ""
        if label:
            return label
    return ""


def _of_meta(attributes: bytes) -> str:
    values = {
        match[1].lower(): match[2] or match[3] or match[4] or b""
        for match in reversed([*_ATTRIBUTE.finditer(attributes)])
    }
    charset = values.get(b"charset", b"")
    if not charset and values.get(b"http-equiv", b"").lower() == b"content-type":
        found = _CHARSET.search(values.get(b"content", b""))
        charset = found[1] if found else b""
    return charset.strip().decode("ascii", errors="replace")
