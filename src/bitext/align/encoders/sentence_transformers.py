"""Encoders of the package `sentence-transformers` (LaBSE, bge-m3 and their like), as an extra.

Every group of segments is encoded by itself, so this is slower than the packaged encoder by orders of magnitude; and
the weights of the model were fitted with the packaged encoder's similarities. It is for experiments and for texts on
which another encoder is known to be better. Of a group longer than the model reads, the rest is not seen.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Final

import numpy as np

from bitext.align.encoders.protocol import Array, Ints
from bitext.errors import InputError, MissingExtra
from bitext.model.findings import Message

_PACKAGE: Final = "sentence_transformers"
_BATCH: Final = 32
"""Texts that go through the network at a time."""
_PROBES: Final = {"zh": ("昨天下雨。", "公司盈利。"), "en": ("It rained.", "Firms earn.")}
"""Short texts of each language that say different things."""
_SAME: Final = 1e-4
"""Two vectors of the same text differ by less; rounding leaves about 1e-6, half precision more."""
_LONGEST: Final = 200
"""Characters of the package's own words that are told."""


class SentenceTransformersEncoder:
    """A model in a folder on disk; nothing is downloaded, and no code of the folder is run."""

    def __init__(self, path: str | PathLike[str], device: str = "cpu") -> None:
        """Loads the model in the folder `path`.

        Raises MissingExtra without the package; InputError without a folder, if it holds no model that can be loaded,
        if weights are missing, or if the model cannot tell texts of one of the two languages apart.
        """
        self._folder = fspath(path)
        _require_package()
        if not Path(self._folder).is_dir():
            raise InputError(Message.of("align.encoder.no-folder"), self._folder)
        self._model = self._loaded(device)
        self._name = f"sentence-transformers/{Path(self._folder).resolve().name}"
        self._require_both_languages()

    @property
    def name(self) -> str:
        """The name of the model's folder."""
        return self._name

    def encode(self, texts: Sequence[str], groups: Ints) -> Array:
        """Unit vectors (len(groups), dimension) of the texts [first, last) joined by spaces.

        A text in which the model sees nothing may have a vector of zeros. Raises InputError if the model fails.
        """
        joined = [" ".join(texts[first:last]) for first, last in groups.tolist()]
        distinct = sorted(set(joined), key=lambda text: (len(text), text))
        if not distinct:
            return np.zeros((0, self._vectors([""]).shape[1]), dtype=np.float32)
        row = {text: index for index, text in enumerate(distinct)}
        found: Array = self._vectors(distinct)[[row[text] for text in joined]]
        return found

    def _loaded(self, device: str) -> Any:
        try:
            with _quiet() as doubts:
                model = _load(self._folder, device)
                # Weights that are not in the folder are drawn by chance. Some are not needed, so what counts is
                # whether another draw gives other vectors.
                by_chance = bool(doubts) and not _agree(model, _load(self._folder, device))
        except MemoryError:
            raise
        except Exception as error:  # over a broken file, the libraries below raise what they like
            raise InputError(Message.of("align.encoder.no-model", reason=_reason(error)), self._folder) from error
        if by_chance:
            raise InputError(Message.of("align.encoder.incomplete"), self._folder)
        return model

    def _require_both_languages(self) -> None:
        for language, texts in _PROBES.items():
            one, other = self._vectors(texts)
            if np.allclose(one, other, atol=_SAME):
                raise InputError(Message.of(f"align.encoder.no-{language}"), self._folder)

    def _vectors(self, texts: Sequence[str]) -> Array:
        try:
            with _quiet():
                found = _encoded(self._model, texts)
        except MemoryError:
            raise
        except Exception as error:  # as above
            raise InputError(Message.of("align.encoder.fails", reason=_reason(error)), self._folder) from error
        if found.ndim != 2 or not np.isfinite(found).all():
            raise InputError(Message.of("align.encoder.no-vectors"), self._folder)
        return found


def _load(folder: str, device: str) -> Any:
    return import_module(_PACKAGE).SentenceTransformer(
        folder, device=device, local_files_only=True, trust_remote_code=False
    )


def _agree(one: Any, other: Any) -> bool:
    probes = [text for pair in _PROBES.values() for text in pair]
    return np.allclose(_encoded(one, probes), _encoded(other, probes), atol=_SAME, equal_nan=True)


def _encoded(model: Any, texts: Sequence[str]) -> Array:
    """Unit vectors of `texts`, or zeros."""
    # Half a surrogate pair, which a broken file may hold, is no text that tokenisers take.
    sound = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
    found = model.encode(sound, batch_size=_BATCH, show_progress_bar=False, convert_to_numpy=True)
    vectors = np.asarray(found, dtype=np.float32)
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.where(norms > 0.0, norms, 1.0), dtype=np.float32)


def _require_package() -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import_module(_PACKAGE)
    except ModuleNotFoundError as error:
        if error.name != _PACKAGE:
            raise MissingExtra(Message.of("align.encoder.broken-extra", reason=_reason(error))) from error
        raise MissingExtra(Message.of("align.encoder.missing-extra")) from error
    except (ImportError, OSError, RuntimeError, AttributeError) as error:  # parts that do not fit each other
        raise MissingExtra(Message.of("align.encoder.broken-extra", reason=_reason(error))) from error


def _reason(error: Exception) -> str:
    return (" ".join(str(error).split()) or type(error).__name__)[:_LONGEST]


class _Doubts(logging.Handler):
    """Keeps what a library warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def _quiet() -> Iterator[list[logging.LogRecord]]:
    """Keeps the libraries from writing to the screen, and gives what they would have warned of."""
    collecting = _Doubts()
    loggers = [logging.getLogger(name) for name in (_PACKAGE, "transformers")]
    before = [(logger.handlers, logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.handlers, logger.propagate = [collecting], False
    try:
        with _no_bars(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield collecting.records
    finally:
        for logger, (handlers, propagate) in zip(loggers, before, strict=True):
            logger.handlers, logger.propagate = handlers, propagate


@contextmanager
def _no_bars() -> Iterator[None]:
    """Without the bars that `transformers` draws while it loads."""
    try:
        bars: Any = import_module("transformers.utils.logging")
    except ImportError:
        yield
        return
    shown = bars.is_progress_bar_enabled()
    bars.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            bars.enable_progress_bar()
