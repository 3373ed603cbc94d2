"""Writes edits of a document's text into the bytes of its file; every byte outside the edits stays as it was."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal, TypeAlias

from bitext.errors import InputError
from bitext.formats.carried import line_starts
from bitext.formats.detect import MARKDOWN_SUFFIXES, format_of, is_packed, read_document
from bitext.formats.encoding import Decoded, decode
from bitext.model.documents import Document, Language, Origins, Span
from bitext.model.findings import Message

Reason: TypeAlias = Literal["markup", "overlap", "encoding", "characters", "format"]
Replacement: TypeAlias = tuple[Span, str]
"""A span of a document's text, and what is to stand there."""

_PLAIN_ONLY = {
    # Other signs may be marks, in front matter too; in HTML they can be written as references.
    "markdown": re.compile(r"[^\w ,.()’“”‘–—/-]|_|^\W"),
    "plain": re.compile(r"[^\S ]|[\x00-\x1f\x7f]"),
    "html": re.compile(r"[^\S ]|[\x00-\x1f\x7f]"),
    "cells": re.compile(r"[^\S ]|[\x00-\x1f\x7f\"\\,;&<>]"),
}
_KINDS = {**dict.fromkeys(MARKDOWN_SUFFIXES, "markdown"), **dict.fromkeys((".tsv", ".csv", ".jsonl"), "cells")}
"""What of the above holds for files of these names; of all others that of HTML, which is that of plain text too."""
_ESCAPES = ("&", "\\", "'")
"""What a character begins with that the file writes otherwise."""
_REFERENCES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


@dataclass(frozen=True, slots=True)
class Declined:
    """An edit that was not made, and why."""

    edit: Replacement
    reason: Reason


@dataclass(frozen=True, slots=True)
class Patch:
    """The file before and after, decoded and as bytes, the edits made in the order of the text, and the others."""

    before: str
    after: str
    data: bytes
    encoding: str
    applied: tuple[Replacement, ...]
    declined: tuple[Declined, ...]


def patch(data: bytes, document: Document, edits: Sequence[Replacement]) -> Patch:
    """The file contents `data`, which `document` was read from, with `edits` made; equal edits count as one.

    In a packed file, such as that of a word processor, none is made. Elsewhere an edit is made only where the file has
    exactly the words of the text in one piece, without markup, references or line breaks among them; of edits that
    overlap the first is made. Raises InputError if `data` is not what `document` was read from.
    """
    again = read_document(data, document.path, document.language)
    if (again.text, again.origins) != (document.text, document.origins) and not _stands(document, data):
        raise InputError(Message.of("waivers.errors.changed"), document.path)
    if is_packed(data, document.path):
        return Patch("", "", data, "", (), tuple(Declined(edit, "format") for edit in sorted(set(edits))))
    decoded = decode(data, document.path)
    return _placed(data, decoded, document, edits, format_of(decoded.text, document.path))


def patch_units(data: bytes, document: Document, edits: Sequence[Replacement]) -> Patch:
    """The file of translation units `data`, one side of which is `document`, with `edits` made as `patch` makes them.

    Raises InputError if `data` is not what `document` was read from.
    """
    decoded = decode(data, document.path)
    if not _stands(document, data):
        raise InputError(Message.of("waivers.errors.changed"), document.path)
    xml = decoded.text.lstrip().startswith("<") and "<![CDATA[" not in decoded.text
    return _placed(data, decoded, document, edits, "html" if xml else "cells")


def _placed(data: bytes, decoded: Decoded, document: Document, edits: Sequence[Replacement], kind: str) -> Patch:
    places: list[tuple[Span, Replacement]] = []
    declined: list[Declined] = []
    end = 0
    for edit in sorted(set(edits), key=lambda edit: (edit[0], edit[1])):
        place = file_span(document, decoded.text, edit[0])
        reason = _reason(place, edit[1], end, kind, decoded.encoding)
        if reason is not None or place is None:
            declined.append(Declined(edit, reason or "markup"))
            continue
        places.append((place, edit))
        end = place.end
    return _patched(data, decoded.text, decoded.encoding, kind, places, declined)


def patch_parted(
    data: bytes, pair: tuple[Document, Document], edits: Sequence[tuple[Language, Replacement]]
) -> tuple[Document, Patch]:
    """The document of the whole file `data`, of which `pair` are the two languages, and the file with `edits` made.

    The edits of the patch are those of the whole document. Raises InputError if `data` is not what `pair` was read
    from.
    """
    from bitext.formats.documents.interleaved import part

    whole = read_document(data, pair[0].path, "en", both=True)
    parted = part(whole)
    for side, again in zip(pair, (parted.source, parted.target), strict=True):
        if (again.text, again.origins) != (side.text, side.origins):
            raise InputError(Message.of("waivers.errors.changed"), side.path)
    moved = [(parted.in_whole(language, span), new) for language, (span, new) in edits]
    return whole, patch(data, whole, moved)


def mendable(document: Document, edits: Sequence[Replacement]) -> frozenset[Replacement]:
    """Those of `edits` that `patch` is going to make, as far as the document knows its file without reading it."""
    if document.origins.unit != "line":
        return frozenset()
    kind = _KINDS.get(PurePath(document.path).suffix.lower(), "html")
    starts, end, made = document.origins.line_starts, 0, set[Replacement]()
    for edit in sorted(set(edits), key=lambda edit: (edit[0], edit[1])):
        place = _in_one_piece(document, edit[0])
        if place is None or place.start < end or _PLAIN_ONLY[kind].search(edit[1]):
            continue
        # Words on two lines are not in one piece either, though the text has a space for the line break.
        if bisect_right(starts, place.start) == bisect_right(starts, place.end - 1):
            made.add(edit)
            end = place.end
    return frozenset(made)


def _stands(document: Document, data: bytes) -> bool:
    """Whether the file has all the plain text of the document where it was; a site's profile may have chosen it."""
    if is_packed(data, document.path):
        return False
    source = decode(data, document.path).text
    origins = document.origins
    for index, run in enumerate(origins.runs):
        there = source[run.file_start : run.file_start + run.file_length]
        if run.file_length > _text_length(origins, index, document):
            if there[:1] not in _ESCAPES:
                return False
            continue
        text = document.text[run.text_start : run.text_start + run.file_length]
        if there != text and not (there.isspace() and text.isspace()):
            return False
    return origins.line_starts == line_starts(source)


def _reason(place: Span | None, replacement: str, end: int, kind: str, encoding: str) -> Reason | None:
    if place is None:
        return "markup"
    if place.start < end:
        return "overlap"
    if _PLAIN_ONLY[kind].search(replacement):
        return "characters"
    try:
        replacement.encode(encoding)
    except UnicodeEncodeError:
        return "encoding"
    return None


def file_span(document: Document, source: str, span: Span) -> Span | None:
    """Where the decoded file `source` has the text of `span` in one piece; None where it writes it otherwise."""
    place = _in_one_piece(document, span)
    return place if place is not None and source[place.start : place.end] == document.slice(span) else None


def _in_one_piece(document: Document, span: Span) -> Span | None:
    """Where the file has the text of `span` in one piece, by the origins of the document; a line may end within."""
    origins = document.origins
    first = bisect_right(origins.runs, span.start, key=lambda run: run.text_start) - 1
    if first < 0 or not len(span):
        return None
    shift = origins.runs[first].file_start - origins.runs[first].text_start
    for index in range(first, len(origins.runs)):
        run = origins.runs[index]
        if run.text_start >= span.end:
            break
        if run.file_start - run.text_start != shift or run.file_length > _text_length(origins, index, document):
            return None
    return Span(span.start + shift, span.end + shift)


def _text_length(origins: Origins, index: int, document: Document) -> int:
    """Characters of the text up to the next run: those of a run of plain text, or one more for a line break after it.

    A reference has always more characters in the file than it and a line break have in the text.
    """
    following = origins.runs[index + 1].text_start if index + 1 < len(origins.runs) else len(document.text)
    return following - origins.runs[index].text_start


def _patched(
    data: bytes,
    source: str,
    encoding: str,
    kind: str,
    places: Sequence[tuple[Span, Replacement]],
    declined: Sequence[Declined],
) -> Patch:
    body = source.encode(encoding, errors="replace")
    mark = len(data) - len(body)
    exact = mark >= 0 and data[mark:] == body
    if not exact:
        # Some bytes have no way back, so that the place of a character among the bytes is not known.
        declined = [*declined, *(Declined(edit, "encoding") for _, edit in places)]
        places = []
    texts, raw, position = list[str](), [data[: max(mark, 0)] if exact else data], 0
    for place, edit in places:
        new = edit[1].translate(_REFERENCES) if kind == "html" else edit[1]
        texts += (source[position : place.start], new)
        raw += (source[position : place.start].encode(encoding), new.encode(encoding))
        position = place.end
    texts.append(source[position:])
    raw.append(source[position:].encode(encoding) if exact else b"")
    applied = tuple(edit for _, edit in places)
    ordered = tuple(sorted(declined, key=lambda one: (one.edit[0], one.edit[1])))
    return Patch(source, "".join(texts), b"".join(raw), encoding, applied, ordered)
