"""The bytes of an XML file as text, chunk by chunk, and where its characters stand.

The encoding is that of the byte order mark, else the declared one as far as the bytes agree with it, else UTF-8. What
the first megabyte tells holds for the whole file.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from bitext.errors import InputError
from bitext.formats.declaration import encoding_of_label, xml_encoding
from bitext.formats.encoding import Decoded, decode
from bitext.formats.frames import frame_at
from bitext.model.findings import Message

CHUNK = 1 << 16
"""Characters that are parsed at once."""
HEAD = 1 << 20
"""Bytes by which the encoding is told."""
_CONTEXT = 1 << 12
"""Bytes before the place of reading that are kept for showing errors."""

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_OTHERS = re.compile(r"iso-8859-[0-9]{1,2}|windows-125[0-9]|shift_jis|euc-(?:jp|kr)|koi8-[ru]")
"""Encodings of other languages that memories declare; Python has codecs of these names."""
_SHOWN = 400
"""Bytes before and after a mistake that are looked at to name it."""


def chunks(stream: BinaryIO, path: str) -> Iterator[str]:
    """The text of `stream` in pieces, a byte order mark left out. Raises InputError for bytes that are no text."""
    head = stream.read(HEAD)
    if len(head) < HEAD:
        yield from pieces(decoded(head, path).text)
        return
    encoding = _encoding_of(head, path)
    decoder = codecs.getincrementaldecoder(encoding)()
    lines, column, data, held = 1, 1, head, ""
    while True:
        try:
            text = held + decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            good = error.object[: error.start].decode(encoding, errors="replace")
            raise _bad_byte(error, encoding, path, *_after(held + good, lines, column)) from None
        # CR LF must not be parted, or it would count as two line ends.
        held = "\r" if data and text.endswith("\r") else ""
        text = text[: len(text) - len(held)]
        lines, column = _after(text, lines, column)
        yield from pieces(text)
        if not data:
            return
        data = stream.read(CHUNK)


def pieces(text: str) -> Iterator[str]:
    """`text` in pieces of at most CHUNK characters."""
    for start in range(0, len(text), CHUNK):
        yield text[start : start + CHUNK]


def decoded(data: bytes, path: str) -> Decoded:
    """The text of a whole file, a byte order mark left out. Raises InputError for bytes that are no text.

    Tools that write XML know what they declare: where the bytes are no UTF-8 the declaration is believed, and only
    what it cannot explain is detected as it is for pages.
    """
    declared = _declared(data)
    if declared and _try(data, "utf-8") is None:
        text = _try(data, declared)
        if text is not None:
            return Decoded(text, declared)
    return decode(data, path)


def _declared(data: bytes) -> str:
    label = xml_encoding(data).lower()
    return encoding_of_label(label) or (label if _OTHERS.fullmatch(label) else "")


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _encoding_of(head: bytes, path: str) -> str:
    """The codec of a file too large to look at as a whole."""
    for mark, encoding in _MARKS.items():
        if head.startswith(mark):
            return encoding
    if head.isascii() and b"\0" not in head:
        return _declared(head) or "utf-8"
    # No character of the encodings that are told apart has ">" in it, so nothing is cut in two here.
    wide = b"\0" in head and head[:1] != b"\0"
    end = head.rfind(b">\0") + 2 if wide else head.rfind(b">") + 1
    return decoded(head[: end or len(head)], path).encoding


def _after(text: str, line: int, column: int) -> tuple[int, int]:
    """Line and column after `text` that begins at `line` and `column`; CR LF, LF and CR end a line."""
    ends = text.count("\n") + text.count("\r") - text.count("\r\n")
    if not ends:
        return line, column + len(text)
    return line + ends, len(text) - max(text.rfind("\n"), text.rfind("\r"))


def _bad_byte(error: UnicodeDecodeError, encoding: str, path: str, line: int, column: int) -> InputError:
    shown = f"{error.object[error.start]:02X}" if error.start < len(error.object) else "?"
    name = encoding.removesuffix("-sig").upper()
    return InputError(Message.of("formats.encoding.bad-byte", byte=shown, encoding=name), path, line, column)


class Window:
    """The part of a file that is being parsed, as UTF-8: turns the parser's byte indexes into offsets of characters.

    Indexes must not fall from one call of `offset` to the next, so that each byte is counted once.
    """

    __slots__ = ("_base", "_byte", "_char", "_column", "_data", "_line")

    def __init__(self) -> None:
        self._data = b""
        self._base = self._byte = self._char = 0
        self._line = self._column = 1

    @property
    def end(self) -> int:
        """The index after the last byte that was fed."""
        return self._base + len(self._data)

    def feed(self, data: bytes) -> None:
        """Take the next bytes; what lies before the last offset asked for, but for a little context, is let go."""
        drop = max(self._byte - _CONTEXT - self._base, 0)
        while drop and self._parts(drop):
            drop -= 1
        self._line, self._column = _after(self._data[:drop].decode("utf-8"), self._line, self._column)
        self._data = self._data[drop:] + data
        self._base += drop

    def _parts(self, at: int) -> bool:
        """Whether a character or CR LF would be cut in two before the byte `at` of the window."""
        data = self._data
        return at < len(data) and (data[at] & 0xC0 == 0x80 or data[at - 1 : at + 1] == b"\r\n")

    def offset(self, index: int) -> int:
        """The offset, in code points from the beginning of the file, of the character at byte `index`."""
        part = self._data[self._byte - self._base : index - self._base]
        self._char += len(part) if part.isascii() else len(part.decode("utf-8"))
        self._byte = index
        return self._char

    def match(self, pattern: re.Pattern[bytes], index: int) -> bytes:
        """What `pattern` matches at byte `index`."""
        found = pattern.match(self._data, index - self._base)
        return found[0] if found else b""

    def after(self, index: int) -> str:
        """Some text from byte `index` on."""
        return self._data[index - self._base : index - self._base + _SHOWN].decode("utf-8", errors="ignore")

    def before(self, index: int) -> str:
        """Some text before byte `index`."""
        start = max(index - self._base - _SHOWN, 0)
        return self._data[start : max(index - self._base, 0)].decode("utf-8", errors="ignore")

    def frame(self, line: int, column: int, length: int) -> tuple[str, ...]:
        """The lines around a place of the file; nothing where they were let go."""
        row = line - self._line + 1
        column -= self._column - 1 if row == 1 else 0
        if row < 1 or column < 1:
            return ()
        return frame_at(self._data.decode("utf-8"), row, column, length, first=self._line)
