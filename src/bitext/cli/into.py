"""`bitext convert --into`: translations written back into the file of a CAT tool."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from bitext.cli import console
from bitext.cli.exits import Exit
from bitext.cli.output import deliver_bytes
from bitext.errors import ConfigError
from bitext.formats.bitexts.conversion import read_as
from bitext.formats.bitexts.registry import KINDS, Kind, kind_of, kind_of_path
from bitext.formats.bitexts.writeback import WrittenBack, dialect_of, write_back
from bitext.formats.files import PICTURED_LIMIT, open_stream, read_bytes
from bitext.messages import catalogue
from bitext.model.findings import Message

_HEAD = 4096
_NAMED = 5
_LONGEST = 40


def tell(language: str, key: str, **fields: str | float) -> None:
    """Says the note `key` on the error stream."""
    note = catalogue.text(key, language, **fields)
    console.complain(catalogue.text("report.notes.label", language, note=note))


def require_plain(sources: Sequence[str], target_name: str | None, glossary_paths: Sequence[str]) -> None:
    """Raises ConfigError for what does not go with --into."""
    wrong = {"to": target_name is not None, "both": bool(glossary_paths), "moses": len(sources) > 1}
    for key in (key for key, given in wrong.items() if given):
        raise ConfigError(Message.of(f"writeback.{key}"))


def run(language: str, source: str, target: str, original: str, source_name: str | None) -> Exit:
    """Writes the file `original` with the translations of `source` to `target`, and tells what became of them."""
    data = read_bytes(original, PICTURED_LIMIT)
    kind = kind_of(original, data[:_HEAD])
    dialect_of(data, kind, original)
    _require_suffix(target, original, kind)
    with open_stream(source) as stream:
        head = stream.read(_HEAD)
        stream.seek(0)
        memory = read_as(KINDS[source_name] if source_name else kind_of(source, head), [stream], [source])
        done = write_back(data, kind, memory.entries, original)
    deliver_bytes(done.data, target)
    _tell(done, language)
    written = _counted("written", len(done.written), language)
    places = {"path": PurePath(target).as_posix(), "original": PurePath(original).as_posix()}
    console.complain(catalogue.text("writeback.done", language, written=written, **places))
    return Exit.CLEAN


def _require_suffix(target: str, original: str, kind: Kind) -> None:
    named = kind_of_path(target)
    accepted = dict.fromkeys((PurePath(original).suffix.lower(), *kind.suffixes))
    if named is not None and named != kind and PurePath(target).suffix.lower() not in accepted:
        suffix = PurePath(target).suffix
        raise ConfigError(Message.of("writeback.suffix", suffix=suffix, accepted=" ".join(filter(None, accepted))))


def _tell(done: WrittenBack, language: str) -> None:
    for key in ("locked", "codes", "stripped"):
        names: tuple[str, ...] = getattr(done, key)
        if names:
            tell(
                language,
                f"writeback.notes.{key}",
                n=_counted("segments", len(names), language),
                ids=_listed(names, language),
            )
    if done.homeless:
        tell(
            language,
            "writeback.notes.homeless",
            n=_counted("written", len(done.homeless), language),
            ids=_listed(done.homeless, language),
        )
    if done.same:
        tell(language, "writeback.notes.same", n=_counted("segments", done.same, language))
    if done.written:
        tell(language, "writeback.notes.state")


def _listed(names: Sequence[str], language: str) -> str:
    shown = [f"{name[:_LONGEST]}…" if len(name) > _LONGEST else name for name in names[:_NAMED]]
    ids = ", ".join(" ".join(name.split()) for name in shown)
    more = len(names) - _NAMED
    return catalogue.text("writeback.notes.more", language, ids=ids, n=more) if more > 0 else ids


def _counted(noun: str, n: int, language: str) -> str:
    return catalogue.text(f"writeback.{noun}.{'one' if n == 1 else 'many'}", language, n=n)
