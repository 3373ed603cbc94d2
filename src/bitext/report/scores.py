"""The score of an alignment against a gold one: a table for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from bitext.align.scoring import Counts, Score
from bitext.report.json import Row
from bitext.report.lines import Screen
from bitext.report.words import Words
from bitext.text.display import cell_width, pad

_GAP = 2


def score_lines(score: Score, language: str, screen: Screen) -> Iterator[str]:
    """A table of the strict and the lax count, then one of the shapes of beads by the strict count."""
    words = Words(language)
    head = [words.say(f"score.{name}") for name in ("precision", "recall", "f1", "found", "gold")]
    totals = [(words.say(f"score.{name}"), counts) for name, counts in (("strict", score.strict), ("lax", score.lax))]
    rows = [["", *head], *(_cells(name, counts) for name, counts in totals)]
    rows += [[words.say("score.kind"), *head], *(_cells(name, counts) for name, counts in score.kinds)]
    table = _table(rows)
    yield from map(screen.shown, table[: len(totals) + 1])
    yield ""
    yield from map(screen.shown, table[len(totals) + 1 :])
    yield ""
    yield from screen.wrapped(words.say("score.counting"))


def _cells(name: str, counts: Counts) -> list[str]:
    precision, recall, f1 = (
        f"{value:.4f}" if known else "-"
        for value, known in (
            (counts.precision, counts.found),
            (counts.recall, counts.gold),
            (counts.f1, counts.found and counts.gold),
        )
    )
    return [name, precision, recall, f1, str(counts.found), str(counts.gold)]


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    """The cells in columns: the first one to the left, figures to the right."""
    widths = [max(cell_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    gap = " " * _GAP
    return [
        gap.join(
            [pad(row[0], widths[0]), *(" " * (width - cell_width(cell)) + cell for cell, width in _rest(row, widths))]
        )
        for row in rows
    ]


def _rest(row: Sequence[str], widths: Sequence[int]) -> Iterator[tuple[str, int]]:
    return zip(row[1:], widths[1:], strict=True)


def score_json(score: Score, gold: str, auto: str, *, ascii_only: bool = False) -> str:
    """One JSON object: format and version, both paths, `strict`, `lax` and `kinds` with rates and counts."""
    row: Row = {
        "format": "bitext-score",
        "version": 1,
        "gold": gold,
        "auto": auto,
        "strict": _row(score.strict),
        "lax": _row(score.lax),
        "kinds": {kind: _row(counts) for kind, counts in score.kinds},
    }
    return json.dumps(row, ensure_ascii=ascii_only, indent=2) + "\n"


def _row(counts: Counts) -> Row:
    rates = {"precision": counts.precision, "recall": counts.recall, "f1": counts.f1}
    return {
        **{name: round(value, 6) for name, value in rates.items()},
        "found": counts.found,
        "right": counts.right,
        "gold": counts.gold,
        "recalled": counts.recalled,
    }
