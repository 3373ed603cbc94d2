"""JSON lines: one object for each finding and each page that could not be judged, then the summary.

The fields are those of the JSON report. `type` tells what a line is: "finding", "failure", "note" or "summary"; `state`
of a finding is "new", "waived" or "known". Lines end in a line feed.
"""

from __future__ import annotations

import json

from bitext.model.findings import Report
from bitext.report.json import Row, failure_row, finding_row, summary_row
from bitext.report.setting import Setting


def text(report: Report, setting: Setting) -> str:
    """The report as JSON lines."""
    words = setting.words
    states = (("new", report.findings), ("waived", report.waived), ("known", report.known))
    rows = [
        _line("finding", {"state": state}, finding_row(finding, report.items, words, report.archive))
        for state, findings in states
        for finding in findings
    ]
    rows += [_line("failure", failure_row(failure, words)) for failure in report.failures]
    rows += [_line("note", {"message": words.message(note)}) for note in report.notes]
    rows.append(_line("summary", summary_row(report)))
    return "".join(json.dumps(row, ensure_ascii=setting.ascii_only) + "\n" for row in rows)


def _line(kind: str, *parts: Row) -> Row:
    row: Row = {"type": kind}
    for part in parts:
        row |= part
    return row
