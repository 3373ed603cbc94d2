"""The report that people read as text without colours, for a file."""

from __future__ import annotations

from bitext.model.findings import Report
from bitext.report.lines import Screen, plain
from bitext.report.setting import Setting
from bitext.report.terminal import lines


def text(report: Report, setting: Setting) -> str:
    """The report as lines of 100 terminal cells."""
    return plain(lines(report, setting.language, Screen(), setting.glossary))
