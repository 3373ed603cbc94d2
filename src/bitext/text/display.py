"""How text looks on a terminal: widths in cells, padding, shortening a line around its marked words, carets."""

from __future__ import annotations

import unicodedata
from functools import cache

from bitext.model.documents import Span

ELLIPSIS = "…"
_BREAKS = str.maketrans("\t\n\r", "   ")
_INVISIBLE = frozenset({"Mn", "Me", "Cc", "Cf"})


@cache
def _cells(character: str) -> int:
    # The soft hyphen is of category Cf and is shown by no terminal that we know of as more than nothing.
    if unicodedata.category(character) in _INVISIBLE or unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cell_width(text: str) -> int:
    """The number of terminal cells of `text`: 2 for East Asian wide and full-width characters, 0 for combining ones.

    Characters of ambiguous width (“ ” … —) count 1, as terminals show them outside East Asian locales.
    """
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(_cells, text))


def pad(text: str, cells: int) -> str:
    """`text` with spaces after it up to `cells` cells; longer text is returned as it is."""
    return text + " " * max(cells - cell_width(text), 0)


def one_line(text: str) -> str:
    """`text` with every white space and control character replaced by one space each, offsets unchanged."""
    return "".join(" " if ch.isspace() or unicodedata.category(ch) == "Cc" else ch for ch in text)


def unbroken(text: str) -> str:
    """`text` with every tab and line break replaced by one space each, offsets unchanged: a cell of a plain table."""
    return text.translate(_BREAKS)


def shorten(text: str, span: Span, cells: int) -> tuple[str, Span]:
    """The part of `text` around `span` that fits `cells` cells, "… " and " …" where it was cut, and the span in it.

    The marked words are kept whole unless they alone do not fit; then their end is cut. `cells` is at least 8.
    """
    text = one_line(text)
    if cell_width(text) <= cells:
        return text, span
    marked = text[span.start : span.end]
    room = max(cells, 8) - 2 * len(f"{ELLIPSIS} ")
    if cell_width(marked) > room:
        start, end = span.start, span.start + _fitting(marked, room)
    else:
        start, end = _widen(text, span, room - cell_width(marked))
    before = f"{ELLIPSIS} " if start else ""
    after = f" {ELLIPSIS}" if end < len(text) else ""
    shift = len(before) - start
    return before + text[start:end] + after, Span(span.start + shift, min(span.end, end) + shift)


def _fitting(text: str, room: int) -> int:
    """How many of the first characters of `text` fit `room` cells."""
    for index, character in enumerate(text):
        room -= _cells(character)
        if room < 0:
            return index
    return len(text)


def _widen(text: str, span: Span, room: int) -> tuple[int, int]:
    """The widest range around `span` that adds at most `room` cells, half of them on either side where both have text.

    Combining marks that the cut would orphan are left out with their base.
    """
    # Four characters a cell leave room for combining marks, and the pieces looked at stay short.
    left = text[max(span.start - room * 4, 0) : span.start][::-1]
    right = text[span.end : span.end + room * 4]
    right_cells = cell_width(right[: _fitting(right, room)])
    start = span.start - _fitting(left, max(room - right_cells, room // 2))
    end = span.end + _fitting(right, room - cell_width(text[start : span.start]))
    while start < span.start and not _cells(text[start]):
        start += 1
    return start, end


def carets(text: str, spans: tuple[Span, ...]) -> str:
    """A line of "^" that stands under each of `spans` when printed below `text`; an empty span gets one caret."""
    line: list[str] = []
    width = 0
    for span in sorted(spans):
        start = cell_width(text[: span.start])
        end = max(cell_width(text[: span.end]), start + 1)
        line.append(" " * (start - width) + "^" * (end - max(start, width)))
        width = max(width, end)
    return "".join(line)
