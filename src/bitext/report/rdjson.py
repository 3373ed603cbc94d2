"""Reviewdog's diagnostic format (rdjson): comments on the changed lines of a pull request, with suggested changes.

Columns count bytes of UTF-8 from 1 and ends are exclusive, as the format's definition says (`Position`, `Range`). A
place in a file that cannot be read again has lines only. What is waived or known is left out: the format has no word
for it.
"""

from __future__ import annotations

import json

from bitext.model.documents import Position
from bitext.model.findings import Report, Severity
from bitext.report.json import Row
from bitext.report.places import Place, counted_region, region
from bitext.report.setting import Setting
from bitext.report.told import Told, full, replaceable, told

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def text(report: Report, setting: Setting) -> str:
    """The report as one rdjson object, ending in a line feed."""
    rows = [_diagnostic(one, setting) for one in told(report, setting.words)]
    for failure in report.failures:
        message = setting.words.message(failure.message)
        rows += [
            _failure(setting.path(path), failure.line if path == failure.path else 0, message) for path in failure.paths
        ]
    value: Row = {"source": {"name": "bitext"}, "diagnostics": [*rows]}
    return json.dumps(value, ensure_ascii=setting.ascii_only, indent=2) + "\n"


def _diagnostic(one: Told, setting: Setting) -> Row:
    location: Row = {"path": "" if one.main is None else setting.path(one.main.path)}
    if one.main is not None and (found := _range(one.main, setting)) is not None:
        location["range"] = found
    row: Row = {
        "message": full(one, setting.words),
        "location": location,
        "severity": _SEVERITIES[one.severity],
        "code": {"value": one.finding.rule},
    }
    edit, place = one.finding.edit, one.edit
    here = place is not None and one.main is not None and one.main.document is place.document
    if edit is not None and place is not None and here and replaceable(one, setting.sources):
        row["suggestions"] = [{"range": _range(place, setting), "text": edit.replacement}]
    return row


def _range(place: Place, setting: Setting) -> Row | None:
    found = counted_region(place, setting.sources, "utf-8")
    if found is not None:
        return {"start": _position(found.start), "end": _position(found.end)}
    lines = region(place)
    return None if lines is None else {"start": {"line": lines.start.line}, "end": {"line": lines.end.line}}


def _position(position: Position) -> Row:
    return {"line": position.line, "column": position.column}


def _failure(path: str, line: int, message: str) -> Row:
    location: Row = {"path": path}
    if line:
        location["range"] = {"start": {"line": line}}
    return {"message": message, "location": location, "severity": "ERROR"}
