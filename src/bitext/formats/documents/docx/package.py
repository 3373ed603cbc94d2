"""The zip archive of a Word file: its parts by what they are for, read within bounds.

Only the few parts that hold text are opened. Nothing is written to disk and no path or address in the file is followed
out of it. Sources: ECMA-376 parts 1 and 2.
"""

from __future__ import annotations

import posixpath
from typing import IO, BinaryIO, cast
from zipfile import ZipFile, ZipInfo

from bitext.errors import InputError
from bitext.formats.archives import DAMAGED, opened
from bitext.formats.documents.docx.events import Attributes, walk
from bitext.model.findings import Message

MAX_ENTRIES = 10_000
"""Parts of a file; one with a thousand pictures has a tenth of this."""
PART_LIMIT = 64 * 1024 * 1024
"""Bytes of one part, unpacked. The text of a long novel with its markup has a third of this."""
MAX_RATIO = 400
"""Bytes unpacked for a byte of the file. Repetitive tables reach a hundred."""
_RATIO_COUNTS_FROM = 4 * 1024 * 1024
"""Bytes unpacked from which the ratio counts."""

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD = "WordDocument".encode("utf-16-le")
_MAIN = "word/document.xml"


def is_word(data: bytes) -> bool:
    """Whether `data` is a zip archive with a Word document in it."""
    if not data.startswith(_ZIP):
        return False
    try:
        with opened(data) as archive:
            return any(name.replace("\\", "/").startswith("word/") for name in archive.namelist())
    except DAMAGED:
        return False


def refuse_unreadable_word(data: bytes, path: str) -> None:
    """Raise InputError for what only looks like a Word file of today by its name or that an older program wrote."""
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise InputError(Message.of("documents.docx.protected"), path)
        if _WORD in data or path.lower().endswith((".doc", ".dot")):
            raise InputError(Message.of("documents.docx.old"), path)
    if path.lower().endswith((".docx", ".docm", ".dotx")) and not is_word(data):
        raise InputError(Message.of("documents.docx.damaged"), path)


class Package:
    """The parts of a Word file. Raises InputError for a file that is damaged, locked or larger than can be meant."""

    def __init__(self, data: bytes, path: str) -> None:
        self.path = path
        try:
            self._archive = opened(data)
        except DAMAGED as error:
            raise InputError(Message.of("documents.docx.damaged"), path) from error
        self._entries = {entry.filename.replace("\\", "/"): entry for entry in self._archive.infolist()}
        if len(self._archive.infolist()) > MAX_ENTRIES:
            raise InputError(Message.of("documents.docx.too-many-parts", limit=MAX_ENTRIES), path)
        self.main = self._target("", "officeDocument") or _MAIN
        if self.main not in self._entries:
            raise InputError(Message.of("documents.docx.damaged"), path)

    def related(self, purpose: str) -> str:
        """The name of the part that the text's part calls its `purpose` ("styles", "footnotes"), or nothing."""
        return self._target(self.main, purpose)

    def _target(self, part: str, purpose: str) -> str:
        folder, name = posixpath.split(part)
        found: list[str] = []

        def take(element: str, attributes: Attributes) -> None:
            if element == "rel:Relationship" and attributes.get("TargetMode") != "External":
                kind, target = attributes.get("Type", ""), attributes.get("Target", "")
                if kind.rpartition("/")[2] == purpose and target:
                    found.append(posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))

        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations in self._entries:
            walk(self.opened(relations), self.path, take)
        return next((name for name in found if name in self._entries), "")

    def opened(self, part: str) -> BinaryIO:
        """A stream of the part's bytes, which raises InputError where it is damaged or unpacks to too much."""
        return cast("BinaryIO", _Part(self._archive, self._entries[part], self.path))


class _Part:
    """A part that is unpacked as it is read."""

    def __init__(self, archive: ZipFile, entry: ZipInfo, path: str) -> None:
        self.entry = entry
        self.path = path
        self._archive = archive
        self._file: IO[bytes] | None = None
        self._left = min(PART_LIMIT, max(_RATIO_COUNTS_FROM, MAX_RATIO * entry.compress_size))

    def read(self, size: int) -> bytes:
        """At most `size` bytes, fewer at the end only."""
        try:
            if self._file is None:
                self._file = self._archive.open(self.entry)
            data = self._file.read(min(size, self._left + 1))
        except DAMAGED as error:
            key = "protected" if self.entry.flag_bits & 1 else "damaged"
            raise InputError(Message.of(f"documents.docx.{key}"), self.path) from error
        self._left -= len(data)
        if self._left < 0:
            limit = PART_LIMIT // 1024 // 1024
            raise InputError(Message.of("documents.docx.too-large", limit=limit), self.path)
        return data
