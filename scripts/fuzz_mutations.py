"""Changes to an input that may break a reader: of bytes, of words and tags, of encodings, of the parts of archives."""

from __future__ import annotations

import re
import tomllib
import zipfile
import zlib
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from random import Random
from warnings import catch_warnings, simplefilter
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

LARGEST = 60_000
"""Bytes of an input."""
_REPEATED = 30_000
_PARTS = 200

TOKENS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("fuzz_tokens.toml").read_text("utf-8"))
"""Words of each family of formats, and those for "any"."""
_BLANKS = (" ", "\u3000", "\u00a0", "\t", "a", "1", ".", "甲")
_NUMBERS = ("0", "-1", "1e309", "NaN", "9" * 23, "1048577", "2147483648", "00", "１", "1.5", "2958460", "9" * 5000)

_TAG = re.compile(rb"<[^<>]{0,300}>")
_WORD = re.compile(rb"[A-Za-z:_-]{1,40}|\d{1,20}|\s{1,5}|[^\w\s]")
_NUMBER = re.compile(rb"\d{1,20}")
_ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk", "big5", "latin-1", "utf-8-sig", "utf-7")

_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError, OverflowError)

_Change = Callable[[Random, bytes, Sequence[bytes], Sequence[str]], bytes]
"""An input changed; with the other seeds and the words of its format."""


def mutated(random: Random, data: bytes, seeds: Sequence[bytes], tokens: str, *, packed: bool) -> bytes:
    """`data` with one to four changes."""
    words = TOKENS[tokens]
    for _ in range(random.choice((1, 1, 1, 2, 2, 4))):
        if packed and random.random() < 0.93:
            data = _repacked(random, data, seeds, words)
        else:
            data = random.choice(_CHANGES)(random, data, seeds, words)
    return data[:LARGEST]


def _slice(random: Random, data: bytes, longest: int = 2000) -> tuple[int, int]:
    start = random.randrange(len(data) + 1)
    return start, min(len(data), start + random.randrange(1, random.choice((4, 40, longest))))


def _flip(random: Random, data: bytes, _: Sequence[bytes], __: Sequence[str]) -> bytes:
    place = random.randrange(len(data) + 1)
    return data[:place] + bytes([random.randrange(256)]) + data[place + random.randrange(2) :]


def _delete(random: Random, data: bytes, _: Sequence[bytes], __: Sequence[str]) -> bytes:
    start, end = _slice(random, data)
    return data[:start] + data[end:]


def _truncate(random: Random, data: bytes, _: Sequence[bytes], __: Sequence[str]) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def _insert(random: Random, data: bytes, _: Sequence[bytes], words: Sequence[str]) -> bytes:
    place = random.randrange(len(data) + 1)
    token = random.choice(random.choice((words, words, TOKENS["any"], _NUMBERS)))
    return data[:place] + token.encode("utf-8", "surrogatepass") + data[place:]


def _duplicate(random: Random, data: bytes, _: Sequence[bytes], __: Sequence[str]) -> bytes:
    start, end = _slice(random, data)
    place = random.randrange(len(data) + 1)
    return data[:place] + data[start:end] + data[place:]


def _repeat(random: Random, data: bytes, _: Sequence[bytes], words: Sequence[str]) -> bytes:
    """One word, tag or slice very often, between two others: what is nested deeply or quadratic shows."""
    tags = _TAG.findall(data) if random.random() < 0.4 else []
    start, end = _slice(random, data, 200)
    unit = random.choice(tags) if tags else data[start:end]
    if random.random() < 0.5:
        unit = b"".join(random.choice((*words, *_BLANKS)).encode() for _ in range(random.choice((1, 1, 2))))
    before, after = (random.choice((*words, "", "", "x")).encode() for _ in range(2))
    times = random.choice((20, 20, 300, 300, 300, 2500, 2500, _REPEATED)) // max(len(unit), 1) + 2
    place = random.randrange(len(data) + 1)
    return data[:place] + before + unit * times + after + data[place:]


def _splice(random: Random, data: bytes, seeds: Sequence[bytes], _: Sequence[str]) -> bytes:
    other = random.choice(seeds)
    start, end = _slice(random, other)
    place, stop = _slice(random, data, 200)
    return data[:place] + other[start:end] + data[stop if random.random() < 0.5 else place :]


def _swap(random: Random, data: bytes, _: Sequence[bytes], __: Sequence[str]) -> bytes:
    """Two tags, words or numbers change places, or one is gone, doubled or like another."""
    pattern = random.choice((_TAG, _WORD))
    found = [match.span() for match in pattern.finditer(data)]
    if len(found) < 2:
        return data
    (a, b), (c, d) = sorted(random.sample(found, 2))
    first, second = data[a:b], data[c:d]
    new = random.choice(((second, first), (b"", second), (first, first), (second, second), (first + first, second)))
    return data[:a] + new[0] + data[b:c] + new[1] + data[d:]


def _number(random: Random, data: bytes, _: Sequence[bytes], __: Sequence[str]) -> bytes:
    found = [match.span() for match in _NUMBER.finditer(data)]
    if not found:
        return data
    start, end = random.choice(found)
    return data[:start] + random.choice(_NUMBERS).encode() + data[end:]


def _recode(random: Random, data: bytes, _: Sequence[bytes], __: Sequence[str]) -> bytes:
    """In another encoding as a whole, or with bytes of another one in the middle."""
    encoding = random.choice(_ENCODINGS)
    start, end = (0, len(data)) if random.random() < 0.6 else _slice(random, data)
    part = data[start:end].decode("utf-8", "replace").encode(encoding, "replace")
    whole = data[:start] + part + data[end:]
    if random.random() < 0.5:
        whole = re.sub(rb"(?i)encoding=[\"'][^\"']{0,20}[\"']", f'encoding="{encoding}"'.encode(), whole, count=1)
    return whole


def _line_ends(random: Random, data: bytes, _: Sequence[bytes], __: Sequence[str]) -> bytes:
    return data.replace(b"\n", random.choice((b"\r", b"\r\n", b"\x0b", b" ", b"\n\n", "\u2028".encode())))


def _repacked(random: Random, data: bytes, seeds: Sequence[bytes], words: Sequence[str]) -> bytes:
    """A zip archive one part of which was changed, is gone, doubled, renamed or packed otherwise."""
    parts = _parts(data)
    if not parts:
        return _flip(random, data, seeds, words)
    index = random.randrange(len(parts))
    name, content = parts[index]
    choice = random.random()
    if choice < 0.86:
        others = [part for seed in random.sample(list(seeds), min(len(seeds), 2)) for _, part in _parts(seed)]
        parts[index] = (name, random.choice(_CHANGES)(random, content, others or [content], words))
    elif choice < 0.89:
        del parts[index]
    elif choice < 0.92:
        parts.append((name, random.choice(parts)[1]))
    elif choice < 0.96:
        parts[index] = (
            random.choice((f"{name}x", name.upper(), f"../{name}", f"/{name}", name.replace("/", "\\"))),
            content,
        )
    else:
        parts[index] = (name, random.choice(parts)[1])
    return packed(parts, random.choice((ZIP_DEFLATED, ZIP_DEFLATED, ZIP_STORED)))


def _parts(data: bytes) -> list[tuple[str, bytes]]:
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist()[:_PARTS] if entry.file_size < 2_000_000]
            return [(entry.filename, archive.read(entry)) for entry in entries]
    except _BROKEN:
        return []


def packed(parts: Sequence[tuple[str, bytes]], method: int = ZIP_DEFLATED) -> bytes:
    """A zip archive of `parts`, the same bytes every time; names may come twice."""
    file = BytesIO()
    with catch_warnings(), ZipFile(file, "w") as archive:
        simplefilter("ignore")
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return file.getvalue()


_CHANGES: tuple[_Change, ...] = (
    *(_flip, _delete, _truncate, _duplicate, _repeat, _splice, _number, _recode, _line_ends),
    *(_insert, _insert, _insert, _swap, _swap, _repeat),
)
