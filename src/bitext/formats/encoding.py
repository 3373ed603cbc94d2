"""The one place where bytes become text: byte order mark, declaration, UTF-8, then detection.

What a page declares is believed only as far as the bytes agree with it: Chinese sites of long standing often declare
GB2312 and serve UTF-8, or the other way round. Labels are read as the WHATWG Encoding Standard reads them, so that
`gb2312` and `gbk` mean GB18030, which holds both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bitext.errors import InputError
from bitext.formats.binary import refuse_binary
from bitext.formats.declaration import declared_encoding, encoding_of_label
from bitext.model.findings import Message

_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)

_FREQUENT_GB = re.compile(rb"[\xb0-\xd7][\xa1-\xfe]|[\xa1\xa3][\xa1-\xfe]")
"""Level 1 of GB 2312 (the 3,755 characters in daily use), its punctuation and full-width forms."""
_FREQUENT_BIG5 = re.compile(rb"[\xa4-\xc6][\x40-\x7e\xa1-\xfe]|\xa1[\x40-\x7e\xa1-\xfe]")
"""Level 1 of Big5 (5,401 characters in daily use) and its punctuation."""
_DOUBLE_BYTE = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x80-\xff]")

_SURE = 0.4
"""From this share of frequent characters on, bytes are Chinese text in that encoding. News sentences read rightly
reach 0.95 and more (Traditional ones in GB18030 0.45), UTF-8 read as one of these stays below 0.4."""

_FEW = 0.15
"""Latin text has at most this share of bytes beyond ASCII."""

_COMMON = re.compile("[\t\n\r -~\u00a0-\u00ff\u2010-\u2040\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_NEARLY_ALL = 0.95
_LEAST = 12
"""Characters; fewer than these may look like text by chance."""

_SAMPLE = 200_000
"""Bytes beyond ASCII that are looked at to tell encodings apart."""

_ASCII = bytes(range(0x80))
_NON_ASCII = re.compile(rb"[\x80-\xff]+[\x00-\x7f]?")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, the encoding it was read in, and what the user should know of how it was found."""

    text: str
    encoding: str
    notes: tuple[Message, ...] = ()


def decode(data: bytes, path: str, declared: str = "") -> Decoded:
    """The text of `data`, a byte order mark left out; line ends are left as they are.

    `declared` is the label that came with the file (an HTTP header); where it is empty, that of an HTML or XML
    file's own declaration is used. Raises InputError for a file that is not text and for bytes that cannot be
    decoded, with the line and column of the first bad byte.
    """
    refuse_binary(data, path)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_decode_strictly(data[len(mark) :], encoding, path), encoding)
    if b"\0" in data:
        return _decode_wide(data, path)
    label = declared or declared_encoding(data)
    wanted = encoding_of_label(label) if label else ""
    decoded = _as_declared(data, label, wanted) or _as_detected(data, label)
    if decoded is None:
        raise _undecodable(data, wanted or "utf-8", path)
    return decoded


def _as_declared(data: bytes, label: str, wanted: str) -> Decoded | None:
    """The text as declared, or as UTF-8 where nothing else can be meant; None where the bytes must be weighed."""
    text = _try(data, "utf-8")
    if text is not None:
        note = () if not wanted or wanted == "utf-8" or text.isascii() else (_wrong(label, "utf-8"),)
        return Decoded(text, "utf-8", note)
    if wanted in ("", "utf-8", "windows-1252"):
        return None
    if wanted in ("gb18030", "big5hkscs") and _detect(data) not in ("", wanted):
        return None
    text = _try(data, wanted)
    return None if text is None else Decoded(text, wanted)


def _as_detected(data: bytes, label: str) -> Decoded | None:
    encoding = _detect(data)
    text = _try(data, encoding) if encoding else None
    if text is None:
        return None
    if not label:
        return Decoded(text, encoding, (Message.of("formats.encoding.guessed", encoding=encoding.upper()),))
    declared_right = encoding_of_label(label) == encoding
    return Decoded(text, encoding, () if declared_right else (_wrong(label, encoding),))


def _wrong(label: str, encoding: str) -> Message:
    return Message.of("formats.encoding.declared-wrong", declared=label[:40], encoding=encoding.upper())


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _detect(data: bytes) -> str:
    """The Chinese encoding of `data`, or Windows-1252 for Latin text with a few high bytes, or nothing."""
    sample = b"".join(_sample(data))
    pairs = len(_DOUBLE_BYTE.findall(sample)) or 1
    shares = {
        "gb18030": len(_FREQUENT_GB.findall(sample)) / pairs,
        "big5hkscs": len(_FREQUENT_BIG5.findall(sample)) / pairs,
    }
    best = max(shares, key=lambda encoding: shares[encoding])
    if shares[best] >= _SURE and _try(data, best) is not None:
        return best
    few = len(sample.translate(None, delete=_ASCII)) < _FEW * len(data)
    return "windows-1252" if few and _try(data, "windows-1252") is not None else ""


def _sample(data: bytes) -> list[bytes]:
    size = 0
    runs: list[bytes] = []
    for match in _NON_ASCII.finditer(data):
        runs.append(match[0])
        size += len(match[0])
        if size > _SAMPLE:
            break
    return runs


def _decode_wide(data: bytes, path: str) -> Decoded:
    """UTF-16 without a mark: the byte order in which nearly all characters are Chinese or Latin text."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _try(data, encoding)
        if (
            text is not None
            and len(text) >= _LEAST
            and len(_COMMON.findall(text[:_SAMPLE])) > _NEARLY_ALL * len(text[:_SAMPLE])
        ):
            return Decoded(text, encoding, (Message.of("formats.encoding.guessed", encoding=encoding.upper()),))
    raise InputError(Message.of("formats.encoding.binary"), path)


def _decode_strictly(data: bytes, encoding: str, path: str) -> str:
    text = _try(data, encoding)
    if text is None:
        raise _undecodable(data, encoding, path)
    if "\0" in text:
        raise InputError(Message.of("formats.encoding.binary"), path)
    return text


def _undecodable(data: bytes, encoding: str, path: str) -> InputError:
    """The error for the first byte of `data` that is not of `encoding`, or of UTF-8 where all are."""
    if _try(data, encoding) is not None:
        # Nearly any bytes are Windows-1252, which many pages declare that are in no encoding known here.
        encoding = "utf-8"
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, errors="replace")
        lines = re.split(r"\r\n?|\n", before)
        message = Message.of("formats.encoding.bad-byte", byte=f"{data[error.start]:02X}", encoding=encoding.upper())
        return InputError(message, path, len(lines), len(lines[-1]) + 1)
    return InputError(Message.of("formats.encoding.binary"), path)
