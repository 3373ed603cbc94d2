"""Encoders of the package `sentence-transformers` (LaBSE, bge-m3 and their like), as an extra.

Every group of segments is encoded by itself, so this is slower than the packaged encoder by orders of magnitude; and
the weights of the model were fitted with the packaged encoder's similarities. It is for experiments and for texts on
which another encoder is known to be better.
"""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import Any

import numpy as np

from bitext.align.encoders.protocol import Array, Ints
from bitext.errors import InputError, MissingExtra
from bitext.model.findings import Message

_BATCH = 32
"""Texts that go through the network at a time."""


class SentenceTransformersEncoder:
    """A model in a folder on disk; nothing is downloaded."""

    def __init__(self, path: str | PathLike[str], device: str = "cpu") -> None:
        """Loads the model in the folder `path`. Raises MissingExtra without the package, InputError without a model."""
        folder = fspath(path)
        library = _library()
        if not Path(folder).is_dir():
            raise InputError(Message.of("align.encoder.no-folder"), folder)
        try:
            self._model = library.SentenceTransformer(folder, device=device, local_files_only=True)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError) as error:
            reason = " ".join(str(error).split())[:200]
            raise InputError(Message.of("align.encoder.no-model", reason=reason), folder) from error
        self._name = f"sentence-transformers/{Path(folder).resolve().name}"

    @property
    def name(self) -> str:
        """The name of the model's folder."""
        return self._name

    def encode(self, texts: Sequence[str], groups: Ints) -> Array:
        """Unit vectors (len(groups), dimension) of the texts [first, last) joined by spaces."""
        joined = [" ".join(texts[first:last]) for first, last in groups.tolist()]
        distinct = sorted(set(joined), key=lambda text: (len(text), text))
        if not distinct:
            return np.zeros((0, int(self._model.get_sentence_embedding_dimension())), dtype=np.float32)
        vectors = self._model.encode(
            distinct, batch_size=_BATCH, show_progress_bar=False, convert_to_numpy=True, normalize_embeddings=True
        )
        row = {text: index for index, text in enumerate(distinct)}
        out: Array = np.asarray(vectors, dtype=np.float32)[[row[text] for text in joined]]
        return out


def _library() -> Any:
    try:
        import sentence_transformers
    except ImportError as error:
        raise MissingExtra(Message.of("align.encoder.missing-extra")) from error
    return sentence_transformers
