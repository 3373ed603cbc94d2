"""GitLab's code quality report: a list of issues that a merge request shows as new or fixed.

Issues are told apart by their fingerprints, so each has one of its own; it does not depend on lines. GitLab wants a
line for each: where there is none it is the first. What is waived or in the baseline is left out.
"""

from __future__ import annotations

import hashlib
import json

from bitext.messages import catalogue
from bitext.model.findings import Report, Severity
from bitext.report.json import Row
from bitext.report.places import region
from bitext.report.setting import Setting
from bitext.report.told import Told, barely, full, told
from bitext.text.display import one_line

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def text(report: Report, setting: Setting) -> str:
    """The report as a JSON list, ending in a line feed."""
    rows = [_issue(one, setting) for one in told(report, setting.words)]
    barely_judged = catalogue.text("outputs.barely-judged", setting.language)
    rows += [_plain("barely-judged", barely_judged, setting.path(page.path), "major") for page in barely(report)]
    for failure in report.failures:
        words = setting.words.message(failure.message)
        rows += [
            _plain("failure", words, setting.path(path), "critical", failure.line if path == failure.path else 0)
            for path in failure.paths
        ]
    return json.dumps(rows, ensure_ascii=setting.ascii_only, indent=2) + "\n"


def _issue(one: Told, setting: Setting) -> Row:
    found = None if one.main is None else region(one.main)
    lines: Row = {"begin": 1} if found is None else {"begin": found.start.line, "end": found.end.line}
    return {
        "description": one_line(" ".join(full(one, setting.words).split("\n"))),
        "check_name": one.finding.rule,
        "fingerprint": one.key,
        "severity": _SEVERITIES[one.severity],
        "location": {"path": "" if one.main is None else setting.path(one.main.path), "lines": lines},
    }


def _plain(name: str, words: str, path: str, severity: str, line: int = 0) -> Row:
    return {
        "description": one_line(words),
        "check_name": f"bitext-{name}",
        "fingerprint": hashlib.sha256(f"{name}\0{path}".encode("utf-8", "surrogatepass")).hexdigest()[:32],
        "severity": severity,
        "location": {"path": path, "lines": {"begin": line or 1}},
    }
