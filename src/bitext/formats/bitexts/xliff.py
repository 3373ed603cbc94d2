"""The XML localisation interchange file format: 1.2 and 2.x, read by what the file says, written by choice.

What is no text, state or note is a property of the header or of the unit, so that every format that holds properties
carries it, and it is written back in its place:

- an attribute under its own name, of another namespace as `{namespace}name`, of a source or target as `source:NAME` or
  `target:NAME`, of the n-th note as `xliff:note:N:NAME`, of the outermost element as `xliff:root:NAME`;
- an element as `<NAME>`, as XML (`fragments`): proposed translations, contexts, what other tools put in, and of a unit
  of several segments, with the first of them, what stands around and between them;
- `xliff:group` is the path of the groups that a unit is in, of which the first unit of each carries `<group>`;
  `xliff:after:PATH:<NAME>` is what follows a unit and is none;
- `xliff:left-out` names an element around units that was too large to be kept.

Comments and processing instructions of the XML are not kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from bitext.errors import ConfigError
from bitext.formats.bitexts import xliff2, xliff2_write, xliff12, xliff12_write
from bitext.formats.bitexts.text import pieces
from bitext.formats.carried import line_starts
from bitext.formats.xml import Element, Start, XmlReader
from bitext.formats.xml_source import decoded
from bitext.model.findings import Message
from bitext.model.glossary import Glossary
from bitext.model.memory import TranslationMemory

VERSIONS = ("1.2", "2.0", "2.1", "2.2")
"""What can be written."""


def read(stream: BinaryIO, path: str, *, places: bool = False) -> TranslationMemory:
    """The units of an XLIFF file of any version. Its entries are a stream themselves unless `places` are asked for.

    Raises InputError with line and column, most of it while entries are taken from a stream.
    """
    text = decoded(stream.read(), path).text if places else None
    whole = (*xliff12.WHOLE, *xliff2.WHOLE)
    xml = XmlReader(stream if text is None else BytesIO(), path, whole=whole, places=places, text=text)
    events = iter(xml)
    root = next(event for event in events if isinstance(event, Start | Element))
    if root.name != "xliff":
        raise xml.error(Message.of("xliff.not-xliff", name=root.name[:60]), root)
    kind = xliff2 if ":document:2" in root.namespace or root.get("version").startswith("2") else xliff12
    reader = kind.Reader(events, xml, root)
    header = reader.header()
    if text is None:
        return TranslationMemory(header, reader.entries())
    return TranslationMemory(header, tuple(reader.entries()), line_starts(text))


def write(memory: TranslationMemory, *, version: str = "1.2", glossary: Glossary | None = None) -> Iterator[bytes]:
    """`memory` as an XLIFF file of `version`, in pieces.

    With a `glossary`, units of XLIFF 2 carry the concepts whose terms stand in them (the glossary module); XLIFF 1.2
    has no place for them. Raises ConfigError for another version, InputError for a character that XML cannot hold.
    """
    if version not in VERSIONS:
        raise ConfigError(Message.of("xliff.version", version=version[:20], accepted=", ".join(VERSIONS)))
    if version == "1.2":
        if glossary is not None:
            raise ConfigError(Message.of("xliff.no-glossary"))
        return pieces(part.encode() for part in xliff12_write.parts(memory))
    return pieces(part.encode() for part in xliff2_write.parts(memory, version, glossary))
