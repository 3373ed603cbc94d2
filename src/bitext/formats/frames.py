"""The lines of a file around a mistake, with carets under it that stand right under Chinese too."""

from __future__ import annotations

from bitext.formats.carried import lines_with_offsets
from bitext.model.documents import Span
from bitext.text.display import carets, shorten

_CELLS = 100


def frame_at(text: str, line: int, column: int, length: int, first: int = 1) -> tuple[str, ...]:
    """The line before and the line of the mistake, numbered, and carets under `length` characters from `column` on.

    `line` and `column` count from 1 within `text`; its first line is shown as number `first`. Carets stop at the end of
    the line.
    """
    lines = [row for row, _ in lines_with_offsets(text)]
    shift = first - 1
    width = max(len(str(line + shift)), 4)
    frame = []
    if line > 1:
        before, _ = shorten(lines[line - 2], Span(0, 0), _CELLS)
        frame.append(f"{line - 1 + shift:>{width}} | {before}")
    row = lines[line - 1] if line <= len(lines) else ""
    start = min(column - 1, len(row))
    shown, span = shorten(row, Span(start, min(start + length, len(row))), _CELLS)
    return (*frame, f"{line + shift:>{width}} | {shown}", f"{'':>{width}} | {carets(shown, (span,))}")
