"""Documents made of parts of another one: those of one language of a page that has passages in both."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bitext.formats.carried import Piece, TextBuilder
from bitext.model.documents import Block, Document, Language, Span, Waiver
from bitext.text.scripts import HAN_CLASS, LATIN_CLASS

_LETTERS_A_HAN = 4
"""Letters of English that say as much as one Chinese character."""
_SURE = 0.75
"""Share of a language from which on a text is in it though it has words of the other."""
HAN = re.compile(f"[{HAN_CLASS}]")
LATIN = re.compile(f"[{LATIN_CLASS}]")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s\u3400-\u9fff]+|[\w.+-]{1,80}@[\w.-]{1,80}")


def chinese_share(text: str) -> float | None:
    """How much of what `text` says is said in Chinese, 0 to 1; None where it has no letters. Addresses do not count."""
    text = _ADDRESS.sub("", text)
    han, latin = _LETTERS_A_HAN * len(HAN.findall(text)), len(LATIN.findall(text))
    return han / (han + latin) if han + latin else None


def sure_language(text: str) -> Language | None:
    """The language that `text` is surely in, or None."""
    share = chinese_share(text)
    if share is None or 1 - _SURE < share < _SURE:
        return None
    return "zh" if share >= _SURE else "en"


def without_foreign(document: Document) -> Document:
    """The document without the blocks that its file says are in the other language, where their letters agree.

    One that would be left without text stays as it is.
    """
    kept = [block for block in document.blocks if not _is_foreign(document, block)]
    return document if len(kept) == len(document.blocks) or not kept else of_parts(document, kept, document.language)


def _is_foreign(document: Document, block: Block) -> bool:
    if block.language in (None, document.language):
        return False
    return sure_language(document.slice(block.span)) == block.language


def of_parts(document: Document, blocks: Sequence[Block], language: Language, *, page_waivers: bool = True) -> Document:
    """A document of stretches of `document`, given as blocks in order; its places are those in the file.

    Waivers go with their blocks; those for the whole page only with `page_waivers`.
    """
    builder = TextBuilder()
    for block in blocks:
        builder.block(list(_pieces(document, block.span)), block.kind, block.anchor, block.language)
    made = builder.document("", document.path, language, document.date)
    origins = replace(made.origins, line_starts=document.origins.line_starts, unit=document.origins.unit)
    waivers = tuple(_waivers(document, [block.span for block in blocks], made.blocks, page_waivers))
    return replace(made, origins=origins, notes=document.notes, waivers=waivers)


def _pieces(document: Document, span: Span) -> Iterator[Piece]:
    """The text of `span` with its places in the file, cut where the whole document's runs begin."""
    runs = document.origins.runs
    first = max(bisect_right(runs, span.start, key=lambda run: run.text_start) - 1, 0)
    for index in range(first, len(runs)):
        run = runs[index]
        if run.text_start >= span.end:
            break
        end = runs[index + 1].text_start if index + 1 < len(runs) else len(document.text)
        start, stop = max(run.text_start, span.start), min(end, span.end)
        plain = run.file_length <= end - run.text_start
        at = run.file_start + (start - run.text_start if plain else 0)
        yield document.text[start:stop], at, stop - start if plain else run.file_length


def _waivers(
    document: Document, places: Sequence[Span], blocks: Sequence[Block], page_waivers: bool
) -> Iterator[Waiver]:
    """The waivers in the file that are for blocks of these parts."""
    for waiver in document.waivers:
        if waiver.span is None:
            if page_waivers:
                yield waiver
            continue
        index = bisect_left(places, waiver.span.start, key=lambda place: place.start)
        while index < len(places) and places[index].start < waiver.span.end:
            yield replace(waiver, span=blocks[index].span)
            index += 1
