"""Tells files that hold no text by their first bytes and by NUL bytes."""

from __future__ import annotations

from bitext.errors import InputError
from bitext.model.findings import Message

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word, Excel (.doc, .xls)"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG\r\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"\x7fELF", "ELF"),
    (b"MZ\x90\x00", "Windows (.exe)"),
)
"""First bytes and the name of the kind, the same in every language."""

_ZIP_MEMBERS: tuple[tuple[bytes, str], ...] = (
    (b"word/", "Word (.docx)"),
    (b"xl/", "Excel (.xlsx)"),
    (b"ppt/", "PowerPoint (.pptx)"),
    (b"opendocument", "OpenDocument (.odt, .ods)"),
    (b"epub+zip", "EPUB"),
)


def kind_of_binary(data: bytes) -> str:
    """The kind of file that `data` looks like, or nothing where it may be text."""
    if data.startswith(b"PK\x03\x04"):
        # The directory of a zip archive stands at its end, the first members at its beginning.
        edges = data[:4096] + data[-4096:]
        return next((kind for member, kind in _ZIP_MEMBERS if member in edges), "ZIP")
    return next((kind for magic, kind in _SIGNATURES if data.startswith(magic)), "")


def refuse_binary(data: bytes, path: str) -> None:
    """Raise InputError where `data` begins as a file that holds no text."""
    kind = kind_of_binary(data)
    if kind:
        raise InputError(Message.of("formats.encoding.binary-kind", kind=kind), path)
