"""Parts a file that says everything in Chinese and in English into the two documents of a pair.

Blocks are told apart by their letters; a block that holds both languages (a sentence and its translation, a heading
such as "中文 / English") is cut where the script changes. So every usual layout is one: paragraph by paragraph, all of
one language and then all of the other, sentence by sentence, tables of two columns. The aligner finds the pairs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bitext.errors import InputError
from bitext.formats.documents.parts import HAN, LATIN, chinese_share, of_parts, sure_language
from bitext.model.documents import Block, BlockKind, Document, Language, Span
from bitext.model.findings import Message
from bitext.text.display import cell_width
from bitext.text.marks import CHINESE_STOPS, CLOSERS, ELLIPSES, OPENERS, char_class
from bitext.text.scripts import HAN_CLASS, LATIN_CLASS

_RATIO = (1.0, 12.0)
"""Letters of English for each Chinese character in texts that say the same; most have 3 to 5."""
_CUT_RATIO = (1.2, 15.0)
_MOST_MIXED = 0.3
"""Share of a text that may stand in blocks of which one language cannot be told from the other."""
_TITLE_CELLS = 300

_LATIN_WORD = re.compile(f"[{LATIN_CLASS}][{LATIN_CLASS}'’-]*")
_CLOSING = char_class(CLOSERS)
_BOUNDARY = re.compile(
    rf"[{char_class(CHINESE_STOPS, ELLIPSES)}]+[{_CLOSING}\"']*\s*"
    rf"|(?<![.!?])[.!?]+[{_CLOSING}\"']*(?:\s+|(?=[{HAN_CLASS}{char_class(OPENERS)}]))"
    r"|(?:(?<!\s)\s+)?[/／|｜]\s*"
)
"""Where a sentence ends, and the marks that people put between a text and its translation.
What begins within a run of stops or of blanks is not tried again from each of them."""
_AFTER_HAN = frozenset(CLOSERS + CHINESE_STOPS + "，、；：…％")
_BEFORE_HAN = frozenset(OPENERS + "0123456789# ")
_NUMBER = re.compile(r"([\d.．-]{1,12})[\s、:：]+(?=\D)")
_EDGES = " \t\u3000/／|｜"
_JOINTS = "—–-:："
_PAIRED = {")": "(", "]": "[", "）": "（", "】": "【"}
_STOPPED = re.compile(r"[。！？!?.;；…][”’」』）)\"']*$")


@dataclass(frozen=True, slots=True)
class Parted:
    """The Chinese and the English document of a file, and where each of their blocks stands in the whole text."""

    source: Document
    target: Document
    source_places: tuple[Span, ...]
    target_places: tuple[Span, ...]

    def in_whole(self, language: Language, span: Span) -> Span:
        """The span of the whole document that is `span`, which lies in one block, of the document of `language`."""
        document, places = (self.source, self.source_places) if language == "zh" else (self.target, self.target_places)
        block, place = next(
            (block, place)
            for block, place in zip(document.blocks, places, strict=True)
            if block.span.start <= span.start < max(block.span.end, block.span.start + 1)
        )
        shift = place.start - block.span.start
        return Span(span.start + shift, span.end + shift)


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of the whole text in one language; `language` is None for one without letters, which is for both."""

    block: Block
    language: Language | None
    mixed: bool = False


def part(document: Document) -> Parted:
    """The two documents in `document`, which was read with both languages in it.

    Both have its path, and their places are those of the file. Raises InputError where it is in one language, or where
    the two languages do not say the same by far.
    """
    parts = [piece for block in document.blocks for piece in _parts(document, block)]
    _require_two_languages(document, parts)
    sides: dict[Language, tuple[_Part, ...]] = {
        language: tuple(one for one in parts if one.language in (language, None)) for language in ("zh", "en")
    }
    source, target = _titled(
        of_parts(document, [one.block for one in sides["zh"]], "zh", page_waivers=False),
        of_parts(document, [one.block for one in sides["en"]], "en"),
    )
    return Parted(source, target, *(tuple(one.block.span for one in sides[side]) for side in ("zh", "en")))


def _require_two_languages(document: Document, parts: Sequence[_Part]) -> None:
    han = sum(_count(HAN, document, one) for one in parts if one.language == "zh")
    latin = sum(_count(LATIN, document, one) for one in parts if one.language == "en")
    whole = sum(len(one.block.span) for one in parts)
    mixed = sum(len(one.block.span) for one in parts if one.mixed)
    if not han or not latin:
        key = "only-chinese" if han else "only-english"
        raise InputError(Message.of(f"documents.interleaved.{key}"), document.path)
    if not _RATIO[0] <= latin / han <= _RATIO[1] or mixed > _MOST_MIXED * whole:
        raise InputError(Message.of("documents.interleaved.mixed", han=han, latin=latin), document.path)


def _count(pattern: re.Pattern[str], document: Document, one: _Part) -> int:
    return len(pattern.findall(document.slice(one.block.span)))


def _parts(document: Document, block: Block) -> Iterator[_Part]:
    text = document.slice(block.span)
    if block.language is not None and sure_language(text) in (block.language, None) and HAN.search(text):
        yield _Part(block, block.language)
        return
    stretches = _stretches(text)
    number = _NUMBER.match(text)
    if number is not None and len(stretches) > 1:
        # The number of a heading in both languages belongs to both.
        start, end, language, mixed = stretches[0]
        stretches[0] = (min(number.end(), end), end, language, mixed)
        yield _Part(Block(_moved(block, 0, number.end(1)), BlockKind.METADATA), None)
    for start, end, language, mixed in stretches:
        yield _Part(replace(block, span=_moved(block, start, end)), language, mixed)


def _moved(block: Block, start: int, end: int) -> Span:
    return Span(block.span.start + start, block.span.start + end)


def _stretches(text: str) -> list[tuple[int, int, Language | None, bool]]:
    """The stretches of one language each in the text of a block; the last value tells those that are a guess."""
    if chinese_share(text) is None or (language := sure_language(text)) is not None:
        return [(0, len(text), None if chinese_share(text) is None else language, False)]
    found: list[tuple[int, int, Language, bool]] = []
    for start, end, language, mixed in _sentences(text):
        if found and found[-1][2] == language:
            found[-1] = (found[-1][0], end, language, found[-1][3] or mixed)
        else:
            found.append((start, end, language, mixed))
    trimmed = [(*_trimmed(text, start, end), language, mixed) for start, end, language, mixed in found]
    return [row for row in trimmed if row[0] < row[1]]


def _sentences(text: str) -> Iterator[tuple[int, int, Language, bool]]:
    """The sentences of a text in both languages, cut where one holds both. One without letters goes with the last."""
    start = 0
    last: Language = "zh" if (chinese_share(text) or 0) >= 0.5 else "en"
    for end in [*(match.end() for match in _BOUNDARY.finditer(text)), len(text)]:
        sentence = text[start:end]
        share = chinese_share(sentence)
        if share is None:
            yield start, end, last, False
        elif (language := sure_language(sentence)) is not None:
            last = language
            yield start, end, last, False
        elif cut := _cut(sentence):
            first: Language = "zh" if HAN.search(sentence, 0, cut) else "en"
            last = "en" if first == "zh" else "zh"
            yield start, start + cut, first, False
            yield start + cut, end, last, False
        else:
            last = "zh" if share >= 0.5 else "en"
            yield start, end, last, True
        start = end


def _cut(text: str) -> int:
    """Where a text in one language is followed by its translation without any mark between them, or 0."""
    han = [match.start() for match in HAN.finditer(text)]
    after = han[-1] + 1
    while after < len(text) and text[after] in _AFTER_HAN:
        after += 1
    if _translates(text[:after], text[after:]):
        return after
    before = han[0]
    while before and text[before - 1] in _BEFORE_HAN:
        before -= 1
    bracketed = text[before:].lstrip()[0] in _PAIRED.values() and text.rstrip()[-1] in _PAIRED
    return before if _translates(text[before:], text[:before], bracketed) else 0


def _translates(chinese: str, english: str, bracketed: bool = False) -> bool:
    """Whether both can say the same: about as long as translations are, and the English no lone name.

    A lone name is meant where the Chinese stands in brackets after it.
    """
    words = _LATIN_WORD.findall(english)
    lone = len(words) == 1 and not words[0].islower() and not bracketed
    if sure_language(chinese) != "zh" or not words or lone:
        return False
    ratio = len(LATIN.findall(english)) / len(HAN.findall(chinese))
    return _CUT_RATIO[0] <= ratio <= _CUT_RATIO[1]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without what joins it to its translation: white space, marks, brackets around the whole of it."""
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    part_of = start > 0 or end < len(text)
    if part_of and start < end and _PAIRED.get(text[end - 1]) == text[start]:
        start, end = start + 1, end - 1
    while end < len(text) and end > start and text[end - 1] in _JOINTS:
        end -= 1
    return start, end


# The two documents


def _titled(source: Document, target: Document) -> tuple[Document, Document]:
    """Both documents with a title, where one has one and the other begins with a headline."""
    titles = [any(block.kind is BlockKind.TITLE for block in side.blocks) for side in (source, target)]
    if titles == [True, False]:
        return source, _with_headline(target)
    return (_with_headline(source), target) if titles == [False, True] else (source, target)


def _with_headline(document: Document) -> Document:
    index = next((i for i, block in enumerate(document.blocks) if block.kind is not BlockKind.METADATA), 0)
    first = document.blocks[index]
    text = document.slice(first.span)
    short = cell_width(text) <= _TITLE_CELLS and not _STOPPED.search(text)
    if first.kind not in (BlockKind.HEADING, BlockKind.PARAGRAPH) or not short:
        return document
    title = replace(first, kind=BlockKind.TITLE)
    return replace(document, blocks=(*document.blocks[:index], title, *document.blocks[index + 1 :]))
