"""The readers that `fuzz_formats.py` tries, each with the seeds to begin with and what must hold of what it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from itertools import pairwise

from bitext.errors import BitextError
from bitext.model.documents import Document
from bitext.model.findings import Message
from bitext.model.memory import Content, Entry, TranslationMemory

PAIR_MARK = b"\n====\n"
"""Parts the two files of a pair in one input."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader as the fuzzer sees it: `run` reads one input and raises BitextError or, for what is wrong, anything
    else. `tokens` names the words of its format (`fuzz_mutations.TOKENS`); `packed` inputs are zip archives."""

    run: Callable[[bytes], object]
    tokens: str
    packed: bool = False


class BrokenLaw(Exception):
    """Something was read that cannot be."""


def _require(holds: bool, law: str) -> None:
    if not holds:
        raise BrokenLaw(law)


def _document(suffix: str) -> Callable[[bytes], object]:
    def run(data: bytes) -> None:
        from bitext.formats.detect import read_document

        _require_sound(read_document(data, f"a{suffix}", "zh"))

    return run


def _interleaved(data: bytes) -> None:
    from bitext.formats.detect import read_document
    from bitext.formats.documents.interleaved import part

    document = read_document(data, "a.md", "zh", both=True)
    _require_sound(document)
    parted = part(document)
    for side, places in ((parted.source, parted.source_places), (parted.target, parted.target_places)):
        _require_sound(side)
        _require(len(side.blocks) == len(places), "blocks without places")


def _require_sound(document: Document) -> None:
    """The laws of documents: blocks in order, nothing but white space between, every place is in the file."""
    end = 0
    for block in document.blocks:
        _require(end <= block.span.start <= block.span.end <= len(document.text), "blocks out of order")
        _require(not document.text[end : block.span.start].strip(), "text outside the blocks")
        end = block.span.end
        first, last = document.position(block.span.start), document.position(max(end - 1, block.span.start))
        _require(min(first.line, first.column, last.line, last.column) >= 1, "no place")
    _require(not document.text[end:].strip(), "text after the blocks")
    runs = document.origins.runs
    _require(all(a.text_start < b.text_start for a, b in pairwise(runs)), "runs out of order")
    document.text.encode("utf-8")


def _bitext(name: str, suffix: str) -> Callable[[bytes], object]:
    """Reads as a stream and with places, which must tell the same, and writes what was read."""

    def run(data: bytes) -> None:
        from bitext.formats.bitexts.registry import KINDS, module_of

        module = module_of(KINDS[name])
        memory, placed = (module.read(BytesIO(data), f"a{suffix}", places=places) for places in (False, True))
        entries = _consumed(memory)
        _require(tuple(map(_bare, _consumed(placed))) == entries, "a stream has other units")
        if KINDS[name].writable:
            for _ in module.write(TranslationMemory(memory.header, entries)):
                pass

    return run


def _consumed(memory: TranslationMemory) -> tuple[Entry, ...]:
    entries = tuple(memory.entries)
    for entry in entries:
        for side in (entry.source, entry.target):
            if side is not None:
                _require_placed(side)
    return entries


def _bare(entry: Entry) -> Entry:
    """`entry` without the places of its texts."""
    source, target = (side and replace(side, runs=()) for side in (entry.source, entry.target))
    return replace(entry, source=source, target=target)


def _require_placed(content: Content) -> None:
    offsets = [0, *(code.offset for code in content.codes), len(content.text)]
    _require(all(a <= b for a, b in pairwise(offsets)), "codes out of order")
    for code in content.codes:
        _require(all(span.end <= len(code.data) for span in code.subflows), "a subflow outside its code")
    content.text.encode("utf-8")


def _package(name: str) -> Callable[[bytes], object]:
    """Reads, and writes the same translations back, which must leave every byte as it was."""

    def run(data: bytes) -> None:
        from bitext.formats.bitexts import mqxliff, sdlxliff

        module = {"sdlxliff": sdlxliff, "mqxliff": mqxliff}[name]
        _bitext(name, f".{name}")(data)
        entries = tuple(module.read(BytesIO(data), f"a.{name}").entries)
        ids = [entry.id for entry in entries]
        same = {entry.id: entry.target for entry in entries if entry.target is not None}
        if len(set(ids)) == len(ids):
            _require(module.write_back(data, same) == data, "the same translations change the file")
            changed = {name: Content(f"{target.text}乙 & <", target.codes) for name, target in same.items()}
            _or_told(lambda: module.write_back(data, changed))

    return run


def _moses(data: bytes) -> None:
    from bitext.formats.bitexts import moses

    source, _, target = data.partition(PAIR_MARK)
    memory = moses.read_pair(BytesIO(source), BytesIO(target), ("a.zh", "a.en"))
    for _ in moses.write_pair(TranslationMemory(memory.header, _consumed(memory))):
        pass


def _glossary(suffix: str) -> Callable[[bytes], object]:
    """Reads, and writes what was read in its own format and as TBX."""

    def run(data: bytes) -> None:
        from bitext.formats.glossaries import registry

        reading = registry.read(data, f"a{suffix}")
        for note in reading.notes:
            shown(note)
        for target in dict.fromkeys((suffix, ".tbx")):
            _or_told(partial(registry.write, reading.glossary, f"b{target}"))

    return run


def _or_told(call: Callable[[], object]) -> None:
    """Call what may refuse what was read, with an error for users."""
    try:
        call()
    except BitextError as error:
        error.render("en")
        error.render("zh")


def shown(message: Message) -> None:
    """Render a message in both languages, as a user would see it."""
    from bitext.messages import catalogue

    for language in ("en", "zh"):
        catalogue.render(message, language)


def _alignment(data: bytes) -> None:
    from bitext.formats import alignments

    alignments.parse(data, "a.ladder")


def _waivers(data: bytes) -> None:
    from bitext.formats import waiver_files

    waiver_files.parse(data, "a.csv")


def _baseline(data: bytes) -> None:
    from bitext.formats import baseline_files

    rows = baseline_files.loads(data, "a.jsonl")
    again = baseline_files.dumps(rows)
    _require(baseline_files.dumps(baseline_files.loads(again, "a.jsonl")) == again, "written rows read otherwise")


def _settings(data: bytes) -> None:
    from bitext.settings import read

    for path in ("bitext.toml", "pyproject.toml"):
        _or_told(partial(read.parse, data, path))


def _codec(data: bytes) -> None:
    from bitext.model.findings import Outcome
    from bitext.project import codec

    try:
        value = codec.decode(data, Outcome)
        again = codec.encode(value)
    except codec.Refused:
        return
    _require(codec.decode(again, Outcome) == value, "kept values read otherwise")


def _table() -> Iterator[tuple[str, Reader]]:
    yield "tmx", Reader(_bitext("tmx", ".tmx"), "xml")
    yield "xliff", Reader(_bitext("xliff", ".xlf"), "xml")
    yield "xliff2", Reader(_bitext("xliff2", ".xlf"), "xml")
    yield "sdlxliff", Reader(_package("sdlxliff"), "xml")
    yield "mqxliff", Reader(_package("mqxliff"), "xml")
    yield "tbx", Reader(_glossary(".tbx"), "xml")
    yield "docx", Reader(_document(".docx"), "xml", packed=True)
    yield "xlsx", Reader(_glossary(".xlsx"), "xml", packed=True)
    yield "html", Reader(_document(".html"), "html")
    yield "markdown", Reader(_document(".md"), "markdown")
    yield "mdx", Reader(_document(".mdx"), "markdown")
    yield "interleaved", Reader(_interleaved, "markdown")
    yield "plain", Reader(_document(".txt"), "plain")
    yield "jsonl", Reader(_bitext("jsonl", ".jsonl"), "json")
    yield "tsv", Reader(_bitext("tsv", ".tsv"), "table")
    yield "csv", Reader(_bitext("csv", ".csv"), "table")
    yield "columns", Reader(_bitext("columns", ".txt"), "table")
    yield "moses", Reader(_moses, "table")
    yield "parquet", Reader(_bitext("parquet", ".parquet"), "json")
    yield "glossary-csv", Reader(_glossary(".csv"), "table")
    yield "glossary-tsv", Reader(_glossary(".tsv"), "table")
    yield "utx", Reader(_glossary(".utx"), "table")
    yield "alignment", Reader(_alignment, "json")
    yield "waivers", Reader(_waivers, "table")
    yield "baseline", Reader(_baseline, "json")
    yield "settings", Reader(_settings, "toml")
    yield "codec", Reader(_codec, "json")


READERS: Mapping[str, Reader] = dict(_table())
"""Every reader by name, the riskiest first."""
