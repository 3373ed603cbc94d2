"""Checkstyle XML, which many code review tools read: files, and what is wrong at which line of them.

Columns are in characters from 1. What is waived or in the baseline is left out: the format has no word for it.
"""

from __future__ import annotations

from bitext.messages import catalogue
from bitext.model.findings import Report
from bitext.report.places import region
from bitext.report.setting import Setting
from bitext.report.told import Told, barely, full, told
from bitext.report.xml import document, element


def text(report: Report, setting: Setting) -> str:
    """The report as checkstyle XML, files in the order of their names."""
    files: dict[str, list[str]] = {}
    for one in told(report, setting.words):
        path = "" if one.main is None else setting.path(one.main.path)
        files.setdefault(path, []).append(_error(one, setting))
    for page in barely(report):
        words = catalogue.text("outputs.barely-judged", setting.language)
        files.setdefault(setting.path(page.path), []).append(_plain("warning", words))
    for failure in report.failures:
        for path in failure.paths:
            row = _plain("error", setting.words.message(failure.message), failure.line if path == failure.path else 0)
            files.setdefault(setting.path(path), []).append(row)
    rows = [element("file", {"name": path}, errors) for path, errors in sorted(files.items())]
    return document(element("checkstyle", {"version": "4.3"}, rows), ascii_only=setting.ascii_only)


def _error(one: Told, setting: Setting) -> str:
    found = None if one.main is None else region(one.main)
    place = {} if found is None else {"line": found.start.line, "column": found.start.column}
    attributes: dict[str, str | int] = {
        **place,
        "severity": one.severity.value,
        "message": full(one, setting.words),
        "source": f"bitext.{one.finding.rule}",
    }
    return element("error", attributes)


def _plain(severity: str, message: str, line: int = 0) -> str:
    place = {"line": line} if line else {}
    return element("error", {**place, "severity": severity, "message": message, "source": "bitext"})
