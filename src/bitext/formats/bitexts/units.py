"""The units of a bitext file as the checks see them: two documents of one file, and units that pair their blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from bitext.errors import InputError
from bitext.formats.bitexts.registry import kind_of, module_of
from bitext.model.alignment import Bitext, TranslationUnit
from bitext.model.documents import Block, Document, Language, OriginRun, Origins, Segment, SegmentedDocument, Span
from bitext.model.findings import Message
from bitext.model.memory import Content, Entry, Header, TranslationMemory
from bitext.text.languages import han_share

_FAMILIES: dict[str, Language] = {"zh": "zh", "zho": "zh", "chi": "zh", "cmn": "zh", "en": "en", "eng": "en"}
_LEAST_HAN = 0.05
"""Share of Han letters below which a text that is tagged as Chinese is in another language."""
_MOST_HAN = 0.5
"""Share of Han letters above which a text that is tagged as English is in another language."""
_LEAST_TOLD = 400
"""Characters that a text needs for its letters to gainsay its tag: a handful of names may be the same anywhere."""
_WORDS_OF_COPY = 3
"""English words from which on a target that is the same is no name but was never translated."""


_WORD = re.compile("[A-Za-z]{2,}")
_SHOWN = 3
"""Places of untranslated units that are told; the others are counted."""


@dataclass(frozen=True, slots=True)
class Units:
    """A bitext, how many units of the file have no translation and are left out, and what is to be told of that.

    `fixed` are the ids of the units that must stay as they are: the locked ones, and all where there are no places.
    """

    bitext: Bitext
    untranslated: int
    notes: tuple[Message, ...]
    fixed: frozenset[int] = frozenset()


def read_units(data: bytes, path: str) -> Units:
    """The units in the file contents `data`, whose format is told by the suffix of `path`. Raises InputError."""
    return bitext_of(module_of(kind_of(path, data)).read(BytesIO(data), path, places=True), path)


def bitext_of(memory: TranslationMemory, path: str) -> Units:
    """The units of `memory`, which was read with places; both its documents have the path `path`.

    A unit without a translation is no unit of the bitext, for there is nothing to judge; one without a source is one.
    A file without places has a line for each unit. Raises InputError for other languages than Chinese and English, for
    texts that are not in the language that the file says, and for a file without units or without one of the sides.
    """
    languages = _languages(memory.header, path)
    entries = tuple(entry for entry in memory.entries if _text(entry.source) or _text(entry.target))
    if not entries:
        raise InputError(Message.of("bitexts.no-units"), path)
    sides = [
        _side([getattr(entry, name) for entry in entries], memory.line_starts, path, language)
        for name, language in zip(("source", "target"), languages, strict=True)
    ]
    for (page, _), name in zip(sides, ("source", "target"), strict=True):
        _require_text(page.document, name)
    (source, source_spans), (target, target_spans) = sides
    units: list[TranslationUnit] = []
    untranslated: list[Span] = []
    for index, (entry, first, second) in enumerate(zip(entries, source_spans, target_spans, strict=True)):
        if first is not None and (second is None or _is_copy(entry, languages[0])):
            untranslated.append(first)
        else:
            units.append(TranslationUnit(index, first, second))
    notes: tuple[Message, ...] = () if memory.line_starts else (Message.of("bitexts.check.rows"),)
    if untranslated:
        notes += (_told(source.document, untranslated, len(entries)),)
    fixed = frozenset(index for index, entry in enumerate(entries) if not memory.line_starts or _is_locked(entry))
    return Units(Bitext(source, target, tuple(units)), len(untranslated), notes, fixed)


def _is_locked(entry: Entry) -> bool:
    """Whether a CAT tool keeps the translation from being changed."""
    told = dict(entry.properties)
    return told.get("locked", "false") not in ("false", "no", "") or told.get("translate") == "no"


def _told(document: Document, untranslated: Sequence[Span], total: int) -> Message:
    positions = [document.position(span.start) for span in untranslated[:_SHOWN]]
    places = ", ".join(f"{position.line}:{position.column}" for position in positions)
    n = len(untranslated)
    if n == 1:
        return Message.of("bitexts.check.untranslated-one", total=total, places=places)
    if n <= _SHOWN:
        return Message.of("bitexts.check.untranslated-many", n=n, total=total, places=places)
    return Message.of("bitexts.check.untranslated-more", n=n, total=total, places=places, more=n - _SHOWN)


def _languages(header: Header, path: str) -> tuple[Language, Language]:
    tags = header.source_language, header.target_language
    source, target = (_FAMILIES.get(tag.replace("_", "-").split("-")[0].casefold()) for tag in tags)
    if source is None or target is None or source == target:
        raise InputError(Message.of("bitexts.check.languages", source=tags[0] or "?", target=tags[1] or "?"), path)
    return source, target


def _text(content: Content | None) -> str:
    return "" if content is None else content.text.strip()


def _is_copy(entry: Entry, language: Language) -> bool:
    """Whether the target is the source once more, which tools fill in before anybody translates it."""
    text = _text(entry.source)
    if text != _text(entry.target):
        return False
    return han_share(text) > _LEAST_HAN if language == "zh" else len(_WORD.findall(text)) >= _WORDS_OF_COPY


def _require_text(document: Document, side: str) -> None:
    share = han_share(document.text)
    if not document.blocks:
        raise InputError(Message.of(f"bitexts.check.no-{side}"), document.path)
    wrong = share < _LEAST_HAN if document.language == "zh" else share > _MOST_HAN
    if wrong and len(document.text) >= _LEAST_TOLD:
        key = "not-chinese" if document.language == "zh" else "not-english"
        raise InputError(Message.of(f"bitexts.check.{key}-{side}", share=round(100 * share)), document.path)


def _side(
    contents: Sequence[Content | None], starts: tuple[int, ...], path: str, language: Language
) -> tuple[SegmentedDocument, list[Span | None]]:
    """One side as a document with a block and a segment for each text, and the span of each content's text."""
    texts = ["" if content is None else content.text for content in contents]
    blocks: list[Block] = []
    spans: list[Span | None] = []
    length = 0
    for text in texts:
        begin, end = len(text) - len(text.lstrip()), len(text.rstrip())
        spans.append(Span(length + begin, length + end) if begin < end else None)
        blocks += [Block(span) for span in spans[-1:] if span is not None]
        length += len(text) + 1
    text = "\n".join(texts)
    origins = Origins(tuple(_runs(contents)), starts) if starts else _rows(texts)
    document = Document(path, language, text, tuple(blocks), origins)
    segments = (Segment(block.span, document.slice(block.span), index) for index, block in enumerate(blocks))
    return SegmentedDocument(document, tuple(segments)), spans


def _runs(contents: Iterable[Content | None]) -> Iterable[OriginRun]:
    length = 0
    for content in contents:
        if content is not None:
            for run in content.runs:
                yield OriginRun(length + run.text_start, run.file_start, run.file_length)
            length += len(content.text)
        length += 1


def _rows(texts: Sequence[str]) -> Origins:
    """Places in a file that has none: the number of the unit stands for the line."""
    starts, length = [0], 0
    for text in texts[:-1]:
        length += len(text) + 1
        starts.append(length)
    return Origins((OriginRun(0, 0, length + len(texts[-1])),), tuple(starts))
