"""The outputs by name: each a function of a module, which is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TypeAlias, cast

from bitext.model.findings import Report
from bitext.report.setting import Setting

Output: TypeAlias = Callable[[Report, Setting], str]

_FUNCTIONS = {
    "terminal": ("plain", "text"),
    "json": ("json", "text"),
    "jsonl": ("jsonl", "text"),
    "sarif": ("sarif", "text"),
    "code-scanning": ("sarif", "code_scanning"),
    "junit": ("junit", "text"),
    "github": ("github", "text"),
    "gitlab": ("gitlab", "text"),
    "checkstyle": ("checkstyle", "text"),
    "rdjson": ("rdjson", "text"),
    "summary": ("summary", "text"),
}
NAMES = tuple(_FUNCTIONS)
"""The formats of a report. Every one can go to a file."""


def output(name: str) -> Output:
    """The function that writes the format `name`."""
    module, function = _FUNCTIONS[name]
    return cast("Output", getattr(import_module(f"bitext.report.{module}"), function))
