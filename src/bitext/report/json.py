"""The report for programs: JSON, a versioned contract that `schema.json` beside this file states.

Lines and columns count from 1, columns in characters of the decoded file; offsets count characters of the text that
was read, from 0; an end is just after the last character. In a file without lines, as word processors write it, "line"
is the number of a paragraph, and `lines` of the item tells that. Paths are as the user gave them, with "/". Messages
are in the language of the interface.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import PurePath
from typing import TypeAlias

from bitext.checks.weight import SURE
from bitext.model.alignment import TranslationUnit
from bitext.model.documents import SegmentedDocument
from bitext.model.findings import Acceptance, Failure, Finding, Item, Mark, Report, Severity
from bitext.report.places import Place, region
from bitext.report.setting import Setting
from bitext.report.words import Words, document_of, item_notes, shown_path

CONTRACT = 1
"""Rises when a key is taken away or changes its meaning; new keys may appear without."""

Value: TypeAlias = "str | int | float | list[Value] | dict[str, Value] | None"
Row: TypeAlias = dict[str, Value]


def dumps(report: Report, language: str = "en", *, ascii_only: bool = False) -> str:
    """The report as JSON text, ending in a line feed. `ascii_only` escapes what is not ASCII."""
    words = Words(language)
    value: Row = {
        "version": CONTRACT,
        "items": [_item(item, words) for item in report.items],
        "findings": [finding_row(finding, report.items, words, report.archive) for finding in report.findings],
        "waived": [finding_row(finding, report.items, words, report.archive) for finding in report.waived],
        "known": [finding_row(finding, report.items, words, report.archive) for finding in report.known],
        "failures": [failure_row(failure, words) for failure in report.failures],
        "notes": [words.message(note) for note in report.notes],
        "summary": summary_row(report),
    }
    return json.dumps(value, ensure_ascii=ascii_only, indent=2) + "\n"


def text(report: Report, setting: Setting) -> str:
    """The report as JSON text."""
    return dumps(report, setting.language, ascii_only=setting.ascii_only)


def _item(item: Item, words: Words) -> Row:
    source, target = item.bitext.source, item.bitext.target
    return {
        "source": None if source is None else shown_path(source.document),
        "target": None if target is None else shown_path(target.document),
        "segments": {"source": _segments(source), "target": _segments(target)},
        "beads": [row for unit in item.bitext.units if (row := _bead(unit))],
        "lines": {"source": _counted(source), "target": _counted(target)},
        "signature": item.signature,
        "notes": list(item_notes(item, words)),
        "unjudged": item.unjudged,
    }


def _counted(page: SegmentedDocument | None) -> str | None:
    """What the "line" of a place counts."""
    return None if page is None else page.document.origins.unit


def _segments(page: SegmentedDocument | None) -> list[Value]:
    return [] if page is None else [segment_row(page, index) for index in range(len(page.segments))]


def segment_row(page: SegmentedDocument, index: int) -> Row:
    """One segment: its text, its place in the file, its offsets in the text read, and the kind of its block."""
    segment = page.segments[index]
    position = page.document.position(segment.span.start)
    return {
        "line": position.line,
        "column": position.column,
        "start": segment.span.start,
        "end": segment.span.end,
        "kind": page.document.blocks[segment.block].kind.value,
        "text": segment.text,
    }


def _bead(unit: TranslationUnit) -> Row | None:
    bead = unit.bead
    if bead is None:
        return None
    return {
        "id": unit.id,
        "source": list(bead.source),
        "target": list(bead.target),
        "confidence": round(bead.confidence, 4),
    }


def finding_row(finding: Finding, items: Sequence[Item], words: Words, archive: Sequence[Item] = ()) -> Row:
    """One finding with its marks; `accepted` is there if a waiver accepts it. `archive` is as in a report."""
    item = items[finding.item]
    row: Row = {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": words.message(finding.message),
        "concept": finding.concept or None,
        "source": _mark(finding.source, item, words),
        "target": _mark(finding.target, item, words),
        "suggestion": finding.suggestion or None,
        "confidence": round(finding.confidence, 4),
        "fingerprint": finding.fingerprint,
        "item": finding.item,
        "bead": finding.unit,
        "related": [_related(mark, item, items, words, archive) for mark in finding.related],
    }
    if finding.accepted is not None:
        row["accepted"] = _acceptance(finding.accepted)
    return row


def _acceptance(accepted: Acceptance) -> Row:
    path = PurePath(accepted.path).as_posix() if accepted.path else None
    return {"reason": accepted.reason, "path": path, "line": accepted.line or None}


def failure_row(failure: Failure, words: Words) -> Row:
    """Pages that could not be judged, and why; null for what is not known of the place."""
    return {
        "paths": [PurePath(path).as_posix() for path in failure.paths],
        "message": words.message(failure.message),
        "path": PurePath(failure.path).as_posix() if failure.path else None,
        "line": failure.line or None,
        "column": failure.column or None,
        "internal": failure.internal,
    }


def _related(mark: Mark, item: Item, items: Sequence[Item], words: Words, archive: Sequence[Item]) -> Row | None:
    """A mark in the finding's own item, or in another one, which it then names if the report has it."""
    if mark.item is None:
        return _mark(mark, item, words)
    if mark.item >= len(items):
        return _mark(mark, archive[mark.item - len(items)], words)
    row = _mark(mark, items[mark.item], words)
    return None if row is None else row | {"item": mark.item}


def _mark(mark: Mark | None, item: Item, words: Words) -> Row | None:
    document = None if mark is None else document_of(item, mark.side)
    if mark is None or document is None:
        return None
    position = document.position(mark.span.start)
    found = region(Place(document, mark.span))
    return {
        "path": shown_path(document),
        "line": position.line,
        "column": position.column,
        "end_line": None if found is None else found.end.line,
        "end_column": None if found is None else found.end.column,
        "text": mark.text,
        "start": mark.span.start,
        "end": mark.span.end,
        "note": None if mark.note is None else words.message(mark.note),
    }


def summary_row(report: Report) -> Row:
    """The counts of a report."""
    confidences = [unit.confidence for item in report.items for unit in item.bitext.units]
    sides = [side for item in report.items for side in (item.bitext.source, item.bitext.target) if side is not None]
    return {
        "items": len(report.items),
        "errors": report.count(Severity.ERROR),
        "warnings": report.count(Severity.WARNING),
        "notes": report.count(Severity.INFO),
        "segments": sum(len(side.segments) for side in sides),
        "beads": len(confidences),
        "sure": sum(confidence >= SURE for confidence in confidences),
        "unjudged": sum(item.unjudged for item in report.items),
        "waived": len(report.waived),
        "known": len(report.known),
        "failures": len(report.failures),
    }
