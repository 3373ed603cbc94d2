"""The XML of a Word file's parts as events, with short names for the namespaces that matter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO, TypeAlias

from bitext.errors import InputError
from bitext.formats import xml
from bitext.formats.xml import Limits, XmlReader
from bitext.model.findings import Message

Attributes: TypeAlias = dict[str, str]
Start: TypeAlias = Callable[[str, Attributes], None]

MAX_DEPTH = 1_000
"""Elements inside each other. A table in a table has ten levels more."""

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic:",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic:",
    "urn:schemas-microsoft-com:vml": "v:",
}
"""The namespaces of the usual and of the strict form; names of all others have no prefix."""


def _short(namespace: str, name: str) -> str:
    return _PREFIXES.get(namespace, "?:" if namespace else "") + name


def _attribute(row: tuple[str, str]) -> tuple[str, str]:
    name, value = row
    if name.startswith("{"):
        namespace, _, local = name[1:].rpartition("}")
        return _short(namespace, local), value
    return row


def is_on(value: str) -> bool:
    """Whether the value of an on-off property, which may be left out, means on."""
    return value.lower() not in ("0", "false", "off", "none")


def walk(
    stream: BinaryIO,
    path: str,
    start: Start,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call `start`, `end` and `text` for what the XML in `stream` holds, in order.

    Raises InputError for XML that is damaged, declares entities, or is nested too deeply. The lines of a part within
    the file say nothing to people, so that the error names the whole file.
    """
    reader = XmlReader(stream, path, limits=Limits(depth=MAX_DEPTH))
    for event in _translated(reader, path):
        if isinstance(event, xml.Start):
            start(_short(event.namespace, event.name), dict(map(_attribute, event.attributes)))
        elif isinstance(event, xml.Text):
            if text is not None:
                text(event.text)
        elif end is not None:
            end(_short(event.namespace, event.name))


def _translated(reader: XmlReader, path: str) -> Iterator[xml.Event]:
    try:
        yield from reader
    except InputError as error:
        key = error.message.key
        if not key.startswith(("xml.", "formats.")):
            raise
        raise InputError(
            Message.of(_ERRORS.get(key, "documents.docx.damaged"), **_FIELDS.get(key, {})), path
        ) from error


_ERRORS = {
    "xml.too-deep": "documents.docx.too-deep",
    "xml.entity-declared": "documents.docx.entities",
    "xml.entity-unknown": "documents.docx.entities",
}
_FIELDS = {"xml.too-deep": {"limit": MAX_DEPTH}}
