"""Compiled arrays kept in the user's cache folder, mapped into memory rather than read.

An entry is a folder of `.npy` files and a manifest, named by what it was made from. It is written under another name
and renamed when whole, so several processes may make it at once and none sees half of it. An entry that does not fit
its manifest is made again; where nothing can be written, the arrays are made anew each time and kept in memory.
`BITEXT_CACHE` names another folder; `BITEXT_CACHE=off` uses none.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Arrays: TypeAlias = dict[str, npt.NDArray[Any]]

_FORMAT = 1


def folder() -> Path | None:
    """The cache folder of this user, or None if caching is switched off."""
    chosen = os.environ.get("BITEXT_CACHE", "")
    if chosen.lower() == "off":
        return None
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "bitext"


def cached(name: str, make: Callable[[], Arrays]) -> Arrays:
    """The arrays of the entry `name`, made by `make` if there is no sound entry of that name."""
    base = _usable(folder)
    entry = base / f"{name}-v{_FORMAT}" if base else None
    if entry:
        found = _load(entry)
        if found is not None:
            return found
    arrays = make()
    if entry:
        _store(entry, arrays)
        return _load(entry) or arrays
    return arrays


def _usable(where: Callable[[], Path | None]) -> Path | None:
    try:
        return where()
    except (OSError, RuntimeError):  # no home folder
        return None


def _load(entry: Path) -> Arrays | None:
    try:
        manifest = json.loads((entry / "manifest.json").read_text(encoding="utf-8"))
        out: Arrays = {}
        for name, (dtype, shape, size) in manifest.items():
            path = entry / f"{name}.npy"
            if path.stat().st_size != size:
                return None
            array = np.load(path, mmap_mode="r", allow_pickle=False)
            if array.dtype.str != dtype or list(array.shape) != shape:
                return None
            out[name] = array
    except (OSError, ValueError, TypeError, AttributeError):
        return None
    return out


def _store(entry: Path, arrays: Arrays) -> None:
    """Writes an entry as a whole or not at all; that nothing can be written is no error."""
    part: Path | None = None
    try:
        entry.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f".{entry.name}-", dir=entry.parent))
        manifest = {}
        for name, array in arrays.items():
            path = part / f"{name}.npy"
            np.save(path, array, allow_pickle=False)
            manifest[name] = (array.dtype.str, list(array.shape), path.stat().st_size)
        (part / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        _replace(part, entry)
    except OSError:
        pass
    finally:
        if part is not None:
            shutil.rmtree(part, ignore_errors=True)


def _replace(part: Path, entry: Path) -> None:
    try:
        part.rename(entry)
    except OSError:
        # There is an entry already: another process was faster, or it is broken and gives way.
        if _load(entry) is None:
            shutil.rmtree(entry, ignore_errors=True)
            part.rename(entry)
