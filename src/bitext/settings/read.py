"""Finds and reads the settings of a project: `bitext.toml`, or `[tool.bitext]` of `pyproject.toml`."""

from __future__ import annotations

import os
import posixpath
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import cast

from bitext.errors import ConfigError, InputError
from bitext.formats.files import read_bytes
from bitext.formats.frames import frame_at
from bitext.model.findings import Message
from bitext.settings.model import Settings, shown
from bitext.settings.places import Places, places
from bitext.settings.values import Table

NAME = "bitext.toml"
PYPROJECT = "pyproject.toml"
LIMIT = 1024 * 1024
"""Bytes of a settings file."""
_DEEPEST = 64
"""Folders that are looked through from the current one upwards."""
_DOTTED = re.compile(r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){64}""")
"""A key of far more parts than any; the standard library takes time and memory by the square of their number."""
_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def found(start: str = "") -> Settings:
    """The settings that hold in the folder `start`: those of the nearest file upwards, the repository's root the last.

    Where there is none, settings that say nothing, with `start` as the root; "" is the current folder. Raises
    ConfigError with the place.
    """
    for folder in _upwards(start):
        path = Path(folder, NAME)
        if os.path.lexists(path):
            return read(path.as_posix())
        if _has_table(Path(folder, PYPROJECT)):
            return read(Path(folder, PYPROJECT).as_posix())
        if os.path.lexists(Path(folder, ".git")):
            break
    return Settings(root=shown(start))


def _upwards(start: str) -> Iterator[str]:
    """`start` and the folders above it, each as it is reached from the current folder."""
    here, folder = Path(start).absolute(), shown(start)
    for _ in range(_DEEPEST):
        yield folder
        if here.parent == here:
            return
        here = here.parent
        ends_above = not folder or PurePosixPath(folder).name == ".."
        folder = posixpath.normpath(f"{folder}/..") if not ends_above else f"{folder}/..".lstrip("/")
        folder = "" if folder == "." else folder


def _has_table(path: Path) -> bool:
    try:
        value = _loaded(read_bytes(path, LIMIT).decode("utf-8")) if path.is_file() else {}
    except (OSError, ValueError, InputError, RecursionError):
        return False  # the project's own tools will tell what is wrong with it
    tool = value.get("tool")
    return isinstance(tool, dict) and "bitext" in tool


def read(path: str) -> Settings:
    """The settings in the file `path`. Raises ConfigError with line, column and a frame of what is wrong."""
    try:
        data = read_bytes(path, LIMIT)
    except InputError as error:
        if error.message.key == "formats.file.empty":
            data = b""
        else:
            raise ConfigError(error.message, error.path) from None
    return parse(data, path)


def parse(data: bytes, path: str) -> Settings:
    """The settings in the contents `data` of the file `path`; the files that they name must be there."""
    text = _text(data, path)
    value = _value(text, path)
    prefix: tuple[str, ...] = ()
    if PurePosixPath(shown(path)).name == PYPROJECT:
        prefix = ("tool", "bitext")
        tool = cast("dict[str, object]", value.get("tool", {}))
        value = cast("dict[str, object]", tool.get("bitext", {}))
    root = posixpath.dirname(shown(path))
    table = Table(path, text, _places(text), root, prefix)
    return table.settings(value)


def _text(data: bytes, path: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(Message.of("settings.errors.encoding"), path, line) from None


def _loaded(text: str) -> dict[str, object]:
    if _DOTTED.search(text):
        raise RecursionError
    return tomllib.loads(text)


def _value(text: str, path: str) -> dict[str, object]:
    try:
        return _loaded(text)
    except tomllib.TOMLDecodeError as error:
        words = str(error)
        match = _AT.search(words)
        lines = text.count("\n") + 1
        line, column = (int(match[1]), int(match[2])) if match and match[1] else (lines, 1)
        reason = _AT.sub("", words)
        frame = frame_at(text, line, column, 1)
        raise ConfigError(Message.of("settings.errors.toml", reason=reason), path, line, column, frame) from None
    except ValueError:
        # Python converts no number of thousands of digits, which no setting has.
        raise ConfigError(Message.of("bounds.settings.number"), path) from None
    except RecursionError:
        raise ConfigError(Message.of("settings.errors.deep"), path) from None


def _places(text: str) -> Places:
    try:
        return places(text)
    except (RecursionError, ValueError):
        return Places()  # errors then lack their place, not their words
