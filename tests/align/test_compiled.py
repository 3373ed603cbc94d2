"""What is compiled into the cache has another name whenever it is another thing: no release reads what another made."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

import numpy as np
import pytest

from bitext.align import dictionary
from bitext.align.cache import Arrays
from bitext.align.encoders import packaged

PINNED = {
    "lexicon-1.2.0-2": "79f465a7b9003df1639d725ac523c972",
    "encoder-0db566fd0af82cbf-pieces-1": "c2a855c85cee9db1efdf96fe3d274826",
}
"""Digests of the arrays by the names of their entries. A new digest belongs to a new name, that of a higher number."""


def digest(arrays: Arrays) -> str:
    found = sha256()
    for name, array in sorted(arrays.items()):
        little = array.astype(array.dtype.newbyteorder("<"))
        found.update(f"{name} {little.dtype.str} {little.shape}".encode())
        found.update(np.ascontiguousarray(little).tobytes())
    return found.hexdigest()[:32]


def entry(monkeypatch: pytest.MonkeyPatch, module: object, load: Callable[[], object]) -> tuple[str, Arrays]:
    """The entry that `load` asks the cache for, made anew."""
    seen: list[tuple[str, Arrays]] = []

    def noted(name: str, make: Callable[[], Arrays]) -> Arrays:
        seen.append((name, make()))
        return seen[-1][1]

    monkeypatch.setattr(module, "cached", noted)
    load()
    return seen[0]


def test_the_name_of_the_lexicon_tells_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    name, arrays = entry(monkeypatch, dictionary, dictionary.dictionary.__wrapped__)
    if name.rpartition("-")[0] != "lexicon-1.2.0":
        pytest.skip(f"another release of the dictionary is installed: {name}")
    assert digest(arrays) == PINNED.get(name), (
        "what is compiled has changed: raise `_COMPILED` and enter the new digest"
    )


def test_the_name_of_the_encoder_tells_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    name, arrays = entry(monkeypatch, packaged, packaged.PackagedEncoder)
    assert digest(arrays) == PINNED.get(name), "what is compiled has changed: raise the number in the entry's name"
