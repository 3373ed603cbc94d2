"""Annotations on GitHub, as workflow commands on the standard output of a step.

A finding is annotated on the page to be mended with its own level, and its counterpart on the other page as a notice.
GitHub shows at most ten annotations of each level and step, so counterparts are only named while there is room for
them; all findings are in the log of the step. What is waived or in the baseline is left out.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator

from bitext.messages import catalogue
from bitext.model.findings import Report, Severity
from bitext.report.places import Place, region
from bitext.report.setting import Setting
from bitext.report.told import Told, barely, full, told

MOST = 10
"""Annotations of one level that GitHub shows of a step."""
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | {ord(":"): "%3A", ord(","): "%2C"}


def text(report: Report, setting: Setting) -> str:
    """One workflow command a line."""
    findings = list(told(report, setting.words))
    lines = [*_unjudged(report, setting), *(_annotation(one, setting) for one in findings)]
    counts = Counter(line.split(" ", 1)[0] for line in lines)
    if most := [name for name in ("::error", "::warning", "::notice") if counts[name] > MOST]:
        # First, lest it be one of those that are not shown.
        numbers = {name.strip(":"): counts[name] for name in ("::error", "::warning", "::notice")}
        words = catalogue.text("outputs.github.limit", setting.language, most=MOST, **numbers)
        lines.insert(0, _command("notice", {"title": "bitext"}, words))
        counts["::notice"] += 1 if most else 0
    room = max(MOST - counts["::notice"], 0)
    lines += list(_counterparts(findings, setting))[:room]
    return "".join(f"{line}\n" for line in lines)


def _annotation(one: Told, setting: Setting) -> str:
    properties = _place(one.main, setting) | {"title": f"bitext {one.finding.rule}"}
    return _command(_COMMANDS[one.severity], properties, full(one, setting.words))


def _counterparts(findings: list[Told], setting: Setting) -> Iterator[str]:
    for one in findings:
        if one.counterpart is not None and one.main is not None and one.severity is not Severity.INFO:
            there = region(one.main)
            line = "" if there is None else f":{there.start.line}"
            words = catalogue.text("outputs.github.counterpart", setting.language, place=f"{one.main.path}{line}")
            properties = _place(one.counterpart, setting) | {"title": f"bitext {one.finding.rule}"}
            yield _command("notice", properties, f"{words}\n{one.message}")


def _unjudged(report: Report, setting: Setting) -> Iterator[str]:
    for failure in report.failures:
        place: dict[str, str | int] = {"file": setting.path(failure.path or next(iter(failure.paths), ""))}
        if failure.path and failure.line:
            place["line"] = failure.line
        yield _command("error", place | {"title": "bitext"}, setting.words.message(failure.message))
    for page in barely(report):
        level, place = "error" if setting.failing else "warning", _place(page, setting)
        yield _command(level, place | {"title": "bitext"}, catalogue.text("outputs.barely-judged", setting.language))


def _place(place: Place | None, setting: Setting) -> dict[str, str | int]:
    if place is None or not place.path:
        return {}
    row: dict[str, str | int] = {"file": setting.path(place.path)}
    found = region(place)
    if found is not None:
        row |= {"line": found.start.line, "endLine": found.end.line}
        # Columns count within one line only.
        if found.start.line == found.end.line:
            row |= {"col": found.start.column, "endColumn": max(found.end.column - 1, found.start.column)}
    return row


def _command(name: str, properties: dict[str, str | int], message: str) -> str:
    pairs = ",".join(f"{key}={_harmless(str(value)).translate(_PROPERTY)}" for key, value in properties.items())
    return f"::{name} {pairs}::{_harmless(message).translate(_DATA)}"


def _harmless(text: str) -> str:
    """`text` less what would steer the terminal that a log is read on."""
    return "".join(" " if unicodedata.category(ch) == "Cc" and ch not in "\n\r" else ch for ch in text)
