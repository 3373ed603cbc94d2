"""Whether the punctuation agrees: how the two groups end, their questions and exclamations, their quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from bitext.align.features.column import TWO_SIDED, Array, Column
from bitext.align.features.resources import Resources
from bitext.align.grid import Grid, spread, spread_targets
from bitext.align.shapes import LARGEST_GROUP
from bitext.align.sides import Side, Sides

COLUMNS = ("ends-alike", "question-end", "questions", "exclamations", "opens", "closes", "clause-end", "quoted")

_OPENERS, _CLOSERS = "“\"「『‘'", "”\"」』’'"
_TAIL = re.compile(r"[。！？…!?.;；:：,，—\-\"”’」』）)》'\s]*\Z")
_STOP, _QUESTION, _EXCLAMATION, _ELLIPSIS, _COLON, _CLAUSE, _NONE = range(7)


@lru_cache(maxsize=65536)
def _marks(text: str) -> tuple[int, int, int, bool, bool, bool]:
    """The kind of end, numbers of questions and exclamations, whether quotes open, close and occur."""
    match = _TAIL.search(text[-12:])
    tail = match.group() if match else ""
    end = _NONE
    if "?" in tail or "？" in tail:
        end = _QUESTION
    elif "!" in tail or "！" in tail:
        end = _EXCLAMATION
    elif "…" in tail or "..." in tail:
        end = _ELLIPSIS
    else:
        last = tail.rstrip(_CLOSERS + "）)》 \n")[-1:]
        end = {"": _NONE, ".": _STOP, "。": _STOP, ":": _COLON, "：": _COLON}.get(last, _CLAUSE)
    questions, exclamations = text.count("?") + text.count("？"), text.count("!") + text.count("！")
    quoted = any(mark in text for mark in '“"「『')
    return end, questions, exclamations, text[:1] in _OPENERS, text[-1:] in _CLOSERS, quoted


def _table(side: Side) -> Array:
    rows = [_marks(text) for text in side.texts]
    padding = [(0, 0, 0, False, False, False)] * (LARGEST_GROUP + 1)
    return np.array(rows + padding, dtype=np.float32)


def columns(sides: Sides, grid: Grid, resources: Resources) -> Iterator[Column]:
    """Agreements and (negative) disagreements of beads of two sides."""
    del resources
    source, target = _table(sides.source), _table(sides.target)
    cells = np.minimum(grid.targets, len(target) - 1)
    end, opens, closes, quoted = (target[:, k] for k in (0, 3, 4, 5))
    for index, a, b in TWO_SIDED:
        last = np.minimum(cells + b - 1, len(target) - 1)
        own_end, end_cells = source[grid.source + a - 1, 0][:, None], end[last]
        yield "ends-alike", index, (own_end == end_cells).astype(np.float32)
        yield "question-end", index, -((own_end == _QUESTION) != (end_cells == _QUESTION)).astype(np.float32)
        own_clause, clause = own_end == _CLAUSE, end_cells == _CLAUSE
        own_stop, stop = own_end == _STOP, end_cells == _STOP
        yield "clause-end", index, -((own_clause & stop) | (own_stop & clause)).astype(np.float32)
        for name, column in (("questions", 1), ("exclamations", 2)):
            own = spread(grid, source[: len(sides.source.texts), column], a)[:, None]
            other = spread_targets(grid, target[: len(sides.target.texts), column], b)
            yield name, index, -np.minimum(np.abs(own - other), 3.0)
        yield "opens", index, -np.abs(source[grid.source, 3][:, None] - opens[cells])
        yield "closes", index, -np.abs(source[grid.source + a - 1, 4][:, None] - closes[last])
        own = np.minimum(spread(grid, source[: len(sides.source.texts), 5], a), 1.0)[:, None]
        other = np.minimum(spread_targets(grid, quoted[: len(sides.target.texts)], b), 1.0)
        yield "quoted", index, -np.abs(own - other)
