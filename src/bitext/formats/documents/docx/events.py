"""The XML of a Word file's parts as events, with short names for the namespaces that matter."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NoReturn, TypeAlias
from xml.parsers import expat

from bitext.errors import InputError
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
    "http://www.w3.org/XML/1998/namespace": "xml:",
}
"""The namespaces of the usual and of the strict form; names of all others have no prefix."""


@lru_cache(maxsize=2048)
def _short(name: str) -> str:
    uri, _, local = name.rpartition(" ")
    return _PREFIXES.get(uri, "?:" if uri else "") + local


def is_on(value: str) -> bool:
    """Whether the value of an on-off property, which may be left out, means on."""
    return value.lower() not in ("0", "false", "off", "none")


def walk(
    chunks: Iterable[bytes],
    path: str,
    start: Start,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call `start`, `end` and `text` for what the XML in `chunks` holds, in order.

    Raises InputError for XML that is damaged, declares a document type (entities among it), or is nested too deeply.
    """
    depth = 0

    def opened(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise InputError(Message.of("documents.docx.too-deep", limit=MAX_DEPTH), path)
        start(_short(name), {_short(key): value for key, value in attributes.items()})

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(_short(name))

    def refused(*_: object) -> NoReturn:
        raise InputError(Message.of("documents.docx.entities"), path)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refused
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise InputError(Message.of("documents.docx.damaged"), path) from error
