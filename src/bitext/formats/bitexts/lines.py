"""The lines of a text file as a stream: decoded as they come, each with its place."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from bitext.errors import InputError
from bitext.formats.carried import line_starts
from bitext.formats.encoding import decode
from bitext.formats.files import DEFAULT_LIMIT
from bitext.model.documents import Span
from bitext.model.findings import Message
from bitext.text.display import carets, shorten

LONGEST_LINE = 4_000_000
"""Characters of one line; more is a mistake or an attack."""

_CELLS = 100
_CHUNK = 1 << 20
_SAMPLE = 4 << 20
"""Bytes by which the encoding of a long file is told."""
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its end: its number from 1 and its offset in the decoded file, in code points."""

    text: str
    number: int
    offset: int

    @property
    def bare(self) -> str:
        """The line without its end."""
        return self.text.rstrip("\r\n")


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a file. `starts` are the offsets of all lines where places were asked for, else empty."""

    rows: Iterator[Line]
    starts: tuple[int, ...] = ()


def error_at(message: Message, path: str, line: Line, start: int = 0, length: int = 1) -> InputError:
    """The error of what stands at `start` of `line`, from 0 on, with the line and carets under it."""
    bare = line.bare
    begin = min(start, len(bare))
    shown, span = shorten(bare, Span(begin, min(begin + length, len(bare))), _CELLS)
    frame = (f"{line.number:>4} | {shown}", f"{'':>4} | {carets(shown, (span,))}")
    return InputError(message, path, line.number, start + 1, frame)


def read_lines(stream: BinaryIO, path: str, *, places: bool = False) -> Lines:
    """The lines of `stream`; CR LF, LF and CR end one. A file of up to 32 MB is decoded as pages are.

    A longer one is read piece by piece, in the encoding that its beginning has; with `places` it is refused. Raises
    InputError, while the lines are taken too, for what is no text, with the place of the first bad byte.
    """
    head = stream.read(DEFAULT_LIMIT + 1)
    if not head:
        raise InputError(Message.of("formats.file.empty"), path)
    if len(head) <= DEFAULT_LIMIT:
        text = decode(head, path).text
        return Lines(_rows(iter((text,)), path), line_starts(text) if places else ())
    if places:
        limit = f"{DEFAULT_LIMIT // 1024 // 1024} MB"
        raise InputError(Message.of("bitexts.too-large", limit=limit), path)
    return Lines(_rows(_decoded(head, stream, path), path))


def _decoded(head: bytes, stream: BinaryIO, path: str) -> Iterator[str]:
    mark, encoding = next(((mark, name) for mark, name in _MARKS if head.startswith(mark)), (b"", ""))
    if not encoding:
        # Up to the last line end, so that no character is cut in two.
        end = head.rfind(b"\n", 0, _SAMPLE) + 1
        if not end:
            raise InputError(Message.of("bitexts.long-line", limit=LONGEST_LINE), path, 1)
        encoding = decode(head[:end], path).encoding
    decoder = codecs.getincrementaldecoder(encoding)()
    seen = _Seen()
    for start in range(len(mark), len(head), _CHUNK):
        yield seen.count(_piece(decoder, head[start : start + _CHUNK], seen, path, encoding))
    del head
    while data := stream.read(_CHUNK):
        yield seen.count(_piece(decoder, data, seen, path, encoding))
    yield _piece(decoder, b"", seen, path, encoding)


class _Seen:
    """Where the decoding has come to."""

    def __init__(self) -> None:
        self.lines, self.column = 1, 1

    def count(self, text: str) -> str:
        ends = text.count("\n")
        self.lines += ends
        self.column = len(text) - text.rfind("\n") if ends else self.column + len(text)
        return text


def _piece(decoder: codecs.IncrementalDecoder, data: bytes, seen: _Seen, path: str, encoding: str) -> str:
    try:
        text = decoder.decode(data, final=not data)
    except UnicodeDecodeError as error:
        seen.count(error.object[: error.start].decode(encoding, errors="replace"))
        byte = f"{error.object[error.start]:02X}"
        message = Message.of("formats.encoding.bad-byte", byte=byte, encoding=encoding.upper())
        raise InputError(message, path, seen.lines, seen.column) from None
    if "\0" in text:
        raise InputError(Message.of("formats.encoding.binary"), path)
    return text


def _rows(pieces: Iterator[str], path: str) -> Iterator[Line]:
    number, offset, rest = 1, 0, ""
    for piece in pieces:
        text, done = rest + piece, 0
        # Only the ends are looked for: to look for a line and its end is quadratic where the last one has none.
        for match in _LINE_END.finditer(text):
            # A CR at the edge of a piece may be the first half of a CR LF.
            if match.end() == len(text) and match[0] == "\r":
                break
            yield Line(text[done : match.end()], number, offset)
            number, offset, done = number + 1, offset + match.end() - done, match.end()
        rest = text[done:]
        if len(rest) > LONGEST_LINE + _CHUNK:
            raise InputError(Message.of("bitexts.long-line", limit=LONGEST_LINE), path, number)
    if rest:
        yield Line(rest, number, offset)
