"""Reads and writes baselines: JSON lines that people read in a diff and that merge line by line.

The first line tells the format. Each further line is one recorded finding, and the lines are sorted by page, so that
findings which come or go change lines next to those of the same page and no others.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import cast

from bitext.errors import InputError
from bitext.formats.frames import frame_at
from bitext.model.findings import Message, Recorded

VERSION = 1
_HEADER = "bitext-baseline"
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


def dumps(rows: Iterable[Recorded]) -> bytes:
    """The bytes of a baseline of `rows`; the same rows have the same bytes in whatever order they come."""
    lines = [json.dumps({_HEADER: VERSION}), *(_line(row) for row in sorted(set(rows)))]
    return "".join(f"{line}\n" for line in lines).encode()


def _line(row: Recorded) -> str:
    value: dict[str, object] = {"paths": row.paths, "rule": row.rule}
    if row.concept:
        value["concept"] = row.concept
    value |= {"words": row.words, "fingerprint": row.fingerprint}
    text = json.dumps(value, ensure_ascii=False)
    # The name of a file may hold what is no text.
    return text if text.encode("utf-8", "ignore").decode() == text else json.dumps(value)


def loads(data: bytes, path: str) -> tuple[Recorded, ...]:
    """The findings that the bytes of a baseline record. Rows that a merge doubled count once, in any order.

    Raises InputError with line and frame for the first line that is none, and for a baseline of another version.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(Message.of("baseline.errors.encoding"), path, data.count(b"\n", 0, error.start) + 1) from None
    rows: list[Recorded] = []
    lines = [(number, line.strip("\r")) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    _require_header(lines, text, path)
    for number, line in lines[1:]:
        row = _row(line)
        if row is None:
            key = "conflict" if line.startswith(_CONFLICT) else "row"
            raise _error(key, text, path, number, len(line))
        rows.append(row)
    return tuple(sorted(set(rows)))


def _require_header(lines: list[tuple[int, str]], text: str, path: str) -> None:
    number, line = lines[0] if lines else (1, "")
    value = _value(line)
    version = value.get(_HEADER) if isinstance(value, dict) else None
    if version == VERSION:
        return
    if isinstance(version, int):
        raise _error("version", text, path, number, len(line), version=version, accepted=VERSION)
    raise _error("conflict" if line.startswith(_CONFLICT) else "header", text, path, number, len(line))


def _error(key: str, text: str, path: str, line: int, length: int, **fields: int) -> InputError:
    frame = frame_at(text, line, 1, max(length, 1))
    return InputError(Message.of(f"baseline.errors.{key}", **fields), path, line, 1, frame)


def _value(line: str) -> object:
    try:
        return cast("object", json.loads(line))
    except (ValueError, RecursionError):
        return None


def _row(line: str) -> Recorded | None:
    value = _value(line)
    if not isinstance(value, dict):
        return None
    paths, words = _texts(value.get("paths")), _texts(value.get("words"))
    rule, concept, fingerprint = (value.get(name, "") for name in ("rule", "concept", "fingerprint"))
    if paths is None or words is None or len(words) != 2 or not paths:
        return None
    if not (isinstance(rule, str) and isinstance(concept, str) and isinstance(fingerprint, str) and rule):
        return None
    return Recorded(paths, rule, concept, (words[0], words[1]), fingerprint)


def _texts(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        return None
    return tuple(value)
