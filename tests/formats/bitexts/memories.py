"""Translation memories made at random, with what each format can hold, and their way through a format and back."""

from __future__ import annotations

import io
from dataclasses import replace

from hypothesis import strategies as st

from bitext.formats.bitexts.registry import KINDS, Feature, module_of
from bitext.model.documents import Span
from bitext.model.memory import Code, Content, Entry, Header, TranslationMemory

AWKWARD = "\"'\\\t\n\r ,;<>&]]>{}[]=+-@#|\u0301\u200b\u00a0\u2028\u0085\ufeff\U00020000\U0001f600中文。“”é"
TAGS = ("zh", "en", "zh-CN", "en-US", "zh-Hant-TW", "fr", "de-DE", "yue", "x")


def texts(exclude: str = "", *, breaks: bool = True) -> st.SearchStrategy[str]:
    """Texts of all of Unicode and of what formats stumble over. Zero characters are never among them."""
    left_out = "\0" + exclude + ("" if breaks else "\t\r\n")
    alphabet = st.characters(codec="utf-8", exclude_characters=left_out)
    awkward = st.sampled_from(sorted(set(AWKWARD) - set(left_out)))
    return st.text(alphabet | awkward, max_size=8)


@st.composite
def contents(draw: st.DrawFn, *, codes: bool, breaks: bool, empty: bool) -> Content | None:
    text = draw(texts(breaks=breaks))
    if draw(st.integers(0, 5)) == 0 or not (text or empty):
        return None
    made = [draw(_codes(len(text))) for _ in range(draw(st.integers(0, 2)))] if codes else []
    return Content(text, tuple(sorted(made, key=lambda code: code.offset)))


@st.composite
def _codes(draw: st.DrawFn, length: int) -> Code:
    offset, kind = draw(st.integers(0, length)), draw(st.sampled_from(["open", "close", "alone"]))
    data = draw(texts())
    flows = draw(st.lists(st.integers(0, len(data)), max_size=2).map(sorted))
    spans = (Span(flows[0], flows[-1]),) if flows else ()
    attributes = tuple(draw(st.lists(st.tuples(texts(), texts()), max_size=1)))
    return Code(offset, kind, draw(texts()), data, draw(texts()), spans, attributes)  # type: ignore[arg-type]


@st.composite
def entries(draw: st.DrawFn, holds: frozenset[Feature], *, empty: bool = True) -> Entry:
    content = contents(codes="codes" in holds, breaks="breaks" in holds, empty=empty)
    note = texts("\n") if "properties" not in holds else texts()
    return Entry(
        id=draw(texts()),
        source=draw(content),
        target=draw(content),
        state=draw(texts()) if "states" in holds else "",
        notes=tuple(note for note in draw(st.lists(note, max_size=1)) if note) if "notes" in holds else (),
        properties=tuple(draw(st.lists(st.tuples(texts(), texts()), max_size=2))) if "properties" in holds else (),
        confidence=draw(st.none() | st.floats(0, 1)) if "confidences" in holds else None,
    )


@st.composite
def memories(draw: st.DrawFn, name: str) -> TranslationMemory:
    """A memory that the format `name` can hold in full."""
    holds = KINDS[name].holds
    source, target = draw(st.lists(st.sampled_from(TAGS[:-1]), min_size=2, max_size=2, unique=True))
    header = Header(source, target)
    if "header" in holds:
        more = st.tuples(texts(), texts())
        properties = tuple(draw(st.lists(more, max_size=2)))
        header = replace(
            header,
            segmentation=draw(st.sampled_from(["sentence", "paragraph", "phrase", "block"])),
            original=draw(texts()),
            signature=draw(texts()),
            notes=tuple(draw(st.lists(texts(), max_size=2))),
            properties=properties,
        )
    return TranslationMemory(header, tuple(draw(st.lists(entries(holds), min_size=1, max_size=3))))


def written(name: str, memory: TranslationMemory) -> bytes:
    return b"".join(module_of(KINDS[name]).write(memory))


def read(name: str, data: bytes, *, places: bool = False) -> TranslationMemory:
    memory = module_of(KINDS[name]).read(io.BytesIO(data), f"a{KINDS[name].suffixes[:1]}", places=places)
    return replace(memory, entries=tuple(memory.entries))


def without_runs(memory: TranslationMemory) -> TranslationMemory:
    """`memory` as it is read without places."""
    return replace(memory, entries=tuple(map(_bare, memory.entries)), line_starts=())


def _bare(entry: Entry) -> Entry:
    source, target = (None if side is None else replace(side, runs=()) for side in (entry.source, entry.target))
    return replace(entry, source=source, target=target)
