"""`bitext convert`: a bitext from one format to another."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path, PurePath
from typing import BinaryIO

from bitext.cli import console, glossaries, into
from bitext.cli.command import Verb, option, paths, verb
from bitext.cli.exits import Exit
from bitext.cli.into import tell
from bitext.cli.output import deliver_files
from bitext.cli.progress import bar
from bitext.errors import ConfigError
from bitext.formats.bitexts.conversion import read_as, written_as
from bitext.formats.bitexts.losses import Losses
from bitext.formats.bitexts.registry import KINDS, READABLE, WRITABLE, Kind, kind_of, kind_of_path
from bitext.formats.bitexts.terms import GLOSSARY_START
from bitext.formats.files import open_stream
from bitext.messages import catalogue
from bitext.model.findings import Message

_HEAD = 4096
_NAMED = 10


def command(language: str) -> Verb:
    """The verb."""
    params = [
        paths(),
        option("--from", "source_name", choices=READABLE),
        option("--to", "target_name", choices=WRITABLE),
        option("--into", "original", metavar="FILE"),
        option("--glossary", "glossary_paths", metavar="FILE", multiple=True),
    ]
    return verb("convert", language, run, params)


def run(
    language: str,
    paths: tuple[str, ...],
    source_name: str | None,
    target_name: str | None,
    original: str | None,
    glossary_paths: tuple[str, ...],
) -> Exit:
    """Converts, and tells on the error stream how much and what was left out."""
    sources, targets = _parted(paths, source_name, target_name)
    if original is not None:
        into.require_plain(sources, target_name, glossary_paths)
        for read in (*sources, original):
            _require_others((read,), targets)
        return into.run(language, sources[0], targets[0], original, source_name)
    target = target_kind(targets[0], target_name)
    glossary = None
    if glossary_paths:
        target = _with_place_for_terms(target, target_name)
        glossary = glossaries.chosen(glossary_paths)[0]
    with ExitStack() as stack:
        streams = [stack.enter_context(open_stream(path)) for path in sources]
        source = KINDS[source_name] if source_name else kind_of(sources[0], _head(streams[0]))
        _require_others(sources, targets)
        total = sum(os.fstat(stream.fileno()).st_size for stream in streams)
        told = stack.enter_context(bar(catalogue.text("bitexts.progress.convert", language), total))
        losses = Losses(target)
        pieces = written_as(target, read_as(source, streams, sources), losses, glossary)
        units = _Terms(pieces)
        deliver_files(_watched(units, streams, told), targets)
    if glossary is not None:
        if target_name is None:
            tell(language, "writeback.glossary.version")
        tell(language, "writeback.glossary.found", units=_units(units.found, language))
    if not source.writable:
        tell(language, "writeback.notes.package", kind=source.name.upper())
    tell_losses(losses, language)
    path = ", ".join(PurePath(path).as_posix() for path in targets)
    written = _units(losses.units, language)
    console.complain(catalogue.text("bitexts.convert.done", language, units=written, path=path))
    return Exit.CLEAN


def _with_place_for_terms(target: Kind, named: str | None) -> Kind:
    """XLIFF 2 where the suffix leaves the version open. Raises ConfigError for any other format."""
    if target.name == "xliff2" or (target.name == "xliff" and named is None):
        return KINDS["xliff2"]
    raise ConfigError(Message.of("writeback.glossary.kind"))


class _Terms:
    """Hands on the pieces of a file, and counts the units that carry terms."""

    def __init__(self, pieces: Iterator[tuple[bytes, ...]]) -> None:
        self._pieces = pieces
        self.found = 0

    def __iter__(self) -> Iterator[tuple[bytes, ...]]:
        for piece in self._pieces:
            self.found += piece[0].count(GLOSSARY_START)
            yield piece


def _parted(
    paths: tuple[str, ...], source_name: str | None, target_name: str | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The paths to be read and those to be written: one each, or two where the format has pairs of files."""
    reads, writes = (KINDS[kind].files if kind else 1 for kind in (source_name, target_name))
    if len(paths) != reads + writes:
        raise ConfigError(Message.of("bitexts.convert.paths", given=len(paths)))
    return paths[:reads], paths[reads:]


def target_kind(path: str, named: str | None = None) -> Kind:
    """The format to be written: the one `named`, else that of the suffix of `path`. Raises ConfigError."""
    kind = KINDS[named] if named else kind_of_path(path)
    if kind is None:
        suffix, accepted = PurePath(path).suffix or "?", " ".join(s for name in WRITABLE for s in KINDS[name].suffixes)
        raise ConfigError(Message.of("bitexts.suffix", suffix=suffix, accepted=accepted))
    if not kind.writable:
        raise ConfigError(Message.of("bitexts.convert.read-only", kind=kind.suffixes[0], accepted=", ".join(WRITABLE)))
    return kind


def _head(stream: BinaryIO) -> bytes:
    head = stream.read(_HEAD)
    stream.seek(0)
    return head


def _require_others(sources: tuple[str, ...], targets: tuple[str, ...]) -> None:
    real = [os.path.realpath(path) for path in (*sources, *targets)]
    if any(Path(path).exists() and real.count(path) > 1 for path in real) or len(set(targets)) < len(targets):
        raise ConfigError(Message.of("bitexts.convert.same"))


def _watched(
    pieces: Iterable[tuple[bytes, ...]], streams: list[BinaryIO], told: Callable[[int], None]
) -> Iterator[tuple[bytes, ...]]:
    for piece in pieces:
        yield piece
        told(sum(stream.tell() for stream in streams))


def tell_losses(losses: Losses, language: str) -> None:
    """Says on the error stream what the format did not hold."""
    kind = losses.kind.name.upper() if losses.kind.suffixes else losses.kind.name
    for feature, n in losses.found:
        tell(language, f"bitexts.lost.{feature}", kind=kind, units=_units(n, language))
    if losses.large:
        tell(language, "writeback.notes.left-out", names=", ".join(losses.large[:_NAMED]), limit="1 MB")


def _units(n: int, language: str) -> str:
    return catalogue.text(f"bitexts.convert.units.{'one' if n == 1 else 'many'}", language, n=n)
