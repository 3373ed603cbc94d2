"""Alignments and segments as rows: TSV for a spreadsheet, JSON lines for a program. UTF-8 text with line feeds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain

from bitext.model.alignment import Alignment, Bead
from bitext.model.documents import SegmentedDocument
from bitext.report.json import Row, segment_row
from bitext.report.words import shown_path
from bitext.text.display import one_line

BEAD_COLUMNS = ("confidence", "source_segments", "target_segments", "source", "target")
EVIDENCE_COLUMN = "evidence"
SEGMENT_COLUMNS = ("line", "column", "kind", "text")


def _tsv(columns: tuple[str, ...], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    yield "\t".join(columns) + "\n"
    for row in rows:
        # A tab or line break inside a cell would break the table; the cell keeps a space for each.
        yield "\t".join(_cell(one_line(str(cell))) for cell in row) + "\n"


def _cell(text: str) -> str:
    # Spreadsheets take a quotation mark at the start of a cell for one that encloses it.
    return '"' + text.replace('"', '""') + '"' if text.startswith('"') else text


def _jsonl(rows: Iterable[Row], ascii_only: bool) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row, ensure_ascii=ascii_only) + "\n"


def beads_tsv(alignment: Alignment, *, evidence: bool = False) -> Iterator[str]:
    """A header, then a line a bead: confidence, numbers of the segments from 1 on (3-4, or empty), both texts.

    With `evidence` one more column names the features that speak for the bead and against it, with their weights in
    nats ("similarity +6.21, length -0.40").
    """
    rows = (
        (
            f"{bead.confidence:.3f}",
            _numbers(bead.source),
            _numbers(bead.target),
            alignment.source_text(bead),
            alignment.target_text(bead),
            *([", ".join(f"{reason.feature} {reason.weight:+.2f}" for reason in bead.evidence)] if evidence else ()),
        )
        for bead in alignment.beads
    )
    return _tsv((*BEAD_COLUMNS, EVIDENCE_COLUMN) if evidence else BEAD_COLUMNS, rows)


def _numbers(indices: range) -> str:
    if not indices:
        return ""
    first, last = indices[0] + 1, indices[-1] + 1
    return str(first) if first == last else f"{first}-{last}"


def beads_jsonl(alignment: Alignment, *, ascii_only: bool = False, evidence: bool = False) -> Iterator[str]:
    """A line that says what made the alignment, then a line a bead: the texts of its segments and its confidence.

    This is the form of the alignments that are kept with published items once a person has read them. With `evidence`
    a bead also has the weights of the features that speak for it and against it, in nats, the weightiest first.
    """
    head: Row = {
        "format": "bitext-alignment",
        "version": 1,
        "source": shown_path(alignment.source.document),
        "target": shown_path(alignment.target.document),
        "signature": alignment.signature,
    }
    return _jsonl(chain((head,), (_bead(alignment, bead, evidence) for bead in alignment.beads)), ascii_only)


def _bead(alignment: Alignment, bead: Bead, evidence: bool) -> Row:
    row: Row = {
        "source": [alignment.source.segments[index].text for index in bead.source],
        "target": [alignment.target.segments[index].text for index in bead.target],
        "confidence": round(bead.confidence, 4),
    }
    if evidence:
        row[EVIDENCE_COLUMN] = {reason.feature: reason.weight for reason in bead.evidence}
    return row


def segments_tsv(page: SegmentedDocument) -> Iterator[str]:
    """A header, then a line a segment: line and column in the file, kind of block, text."""
    rows = (segment_row(page, index) for index in range(len(page.segments)))
    return _tsv(SEGMENT_COLUMNS, ([row[column] for column in SEGMENT_COLUMNS] for row in rows))


def segments_jsonl(page: SegmentedDocument, *, ascii_only: bool = False) -> Iterator[str]:
    """A line a segment, with the keys of `segments` in the report."""
    return _jsonl((segment_row(page, index) for index in range(len(page.segments))), ascii_only)
