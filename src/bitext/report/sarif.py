"""SARIF 2.1.0 (OASIS, 2020): for code scanning, and for viewers in editors.

Columns are in UTF-16 code units, as the run declares (section 3.14.17). A place in a file that cannot be read again has
lines only. What is waived or in the baseline is there with a suppression (3.27.23), so that a viewer can show or hide
it. Pages that could not be judged are notifications of the invocation (3.20.21).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from bitext.messages import catalogue
from bitext.model.findings import Edit, Failure, Finding, Report, Severity
from bitext.report.json import Row, Value
from bitext.report.places import Place, counted_region, region, verbatim
from bitext.report.setting import ABSOLUTE, Setting
from bitext.report.told import State, Told, barely, quotes, replaceable, told
from bitext.version import __version__

ROOT = "%SRCROOT%"
"""The base of relative paths (3.14.14): the folder that the program was run in. Only the reader knows where it is."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_TAGS = {"zh": "zh-CN", "en": "en-US"}
_LAID_OUT = re.compile(r"^(?:[ \t]|[-*+|>] |\d+[.)] )", re.MULTILINE)
_BRACKETS = re.compile(r"([][\\])")


def text(report: Report, setting: Setting) -> str:
    """The report as a SARIF log of one run, ending in a line feed."""
    return _log(report, setting, ("new", "waived", "known"))


def code_scanning(report: Report, setting: Setting) -> str:
    """The same without what is waived or known: for consumers that show suppressed results as if they were open."""
    return _log(report, setting, ("new",))


def _log(report: Report, setting: Setting, states: Sequence[State]) -> str:
    told_all = list(told(report, setting.words, states))
    rules = _rules(told_all, setting.language)
    indices = {str(rule["id"]): index for index, rule in enumerate(rules)}
    run: Row = {
        "tool": {"driver": {"name": "bitext", "version": __version__, "rules": [*rules]}},
        "automationDetails": {"id": "bitext/check/"},
        "columnKind": "utf16CodeUnits",
        "language": _TAGS[setting.language],
        "originalUriBaseIds": {ROOT: {"description": {"text": _say("sarif.root", setting)}}},
        "invocations": [_invocation(report, setting)],
        "results": [_result(one, indices, setting) for one in told_all],
    }
    log: Row = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=setting.ascii_only, indent=2) + "\n"


def _say(key: str, setting: Setting, **fields: str) -> str:
    return catalogue.text(f"outputs.{key}", setting.language, **fields)


def _rules(told_all: Iterable[Told], language: str) -> list[Row]:
    """A descriptor for every rule that there is (3.49): a reader can tell a rule that found nothing from none."""
    from bitext.checks.registry import RULES
    from bitext.checks.rule import first_sentence, manual

    rows: list[Row] = []
    for rule in RULES.values():
        words = _unwrapped(manual(rule, language))
        rows.append(
            {
                "id": rule.id,
                "shortDescription": {"text": _literal(first_sentence(words))},
                "fullDescription": {"text": _literal(words.split("\n\n", 1)[0])},
                "help": {"text": _literal(words), "markdown": _markdown(rule.id, words)},
                "defaultConfiguration": {"level": _LEVELS[rule.severity]},
                "properties": {"tags": [rule.id.split("-", 1)[0]]},
            }
        )
    others = sorted({one.finding.rule for one in told_all} - RULES.keys())
    rows += [{"id": rule} for rule in others]
    return rows


def _unwrapped(words: str) -> str:
    """The manual with a line for each paragraph: viewers wrap it themselves. Examples and lists stay as they are."""
    paragraphs = words.strip().split("\n\n")
    return "\n\n".join(part if _LAID_OUT.search(part) else " ".join(part.split("\n")) for part in paragraphs)


def _markdown(rule: str, words: str) -> str:
    """The manual with a heading, the titles of its examples in bold. The examples are code blocks as they stand."""
    lines = (f"**{line}**" if line.endswith((":", "：")) and line[0] != " " else line for line in words.splitlines())
    return _braced("\n".join([f"# {rule}", "", *lines]))


def _braced(text: str) -> str:
    """`text` with its braces doubled, as they must be in every message (3.11.5)."""
    return text.replace("{", "{{").replace("}", "}}")


def _literal(text: str) -> str:
    """`text` as a plain message (3.11.3): nothing of it is a placeholder or a link."""
    return _braced(text.replace("](", "] ("))


def _linked(text: str, location: int) -> str:
    """A link to a related location (3.11.6)."""
    escaped = _BRACKETS.sub(r"\\\1", _braced(text))
    return f"[{escaped}]({location})"


def _result(one: Told, indices: dict[str, int], setting: Setting) -> Row:
    finding = one.finding
    row: Row = {
        "ruleId": finding.rule,
        "ruleIndex": indices[finding.rule],
        "level": _LEVELS[one.severity],
        "message": {"text": _message(one, setting)},
        "locations": [] if one.main is None else [_location(one.main, setting)],
        "partialFingerprints": {"bitext/v1": finding.fingerprint, "primaryLocationLineHash": f"{one.key[:16]}:1"},
        "properties": _properties(finding),
    }
    related = [place for place in (one.counterpart, *one.related) if place is not None]
    if related:
        row["relatedLocations"] = [
            _location(place, setting, index, _label(place, index == 1 and one.counterpart is not None, setting))
            for index, place in enumerate(related, 1)
        ]
    if (suppression := _suppression(one, setting)) is not None:
        row["suppressions"] = [suppression]
    if finding.edit is not None and one.edit is not None and replaceable(one, setting.sources):
        row["fixes"] = [_fix(one.edit, finding.edit, setting)]
    return row


def _properties(finding: Finding) -> Row:
    row: Row = {"confidence": round(finding.confidence, 4)}
    return row | {"concept": finding.concept} if finding.concept else row


def _message(one: Told, setting: Setting) -> str:
    """The message and the marked words, and a link to those of the other page."""
    lines = [one.message, *quotes(one, setting.words)]
    link = [] if one.counterpart is None else [_linked(lines.pop(), 1)]
    return "\n".join([*map(_literal, lines), *link])


def _label(place: Place, counterpart: bool, setting: Setting) -> str:
    if place.note is not None:
        return setting.words.message(place.note)
    return _say("place.counterpart" if counterpart else "place.related", setting)


def _location(place: Place, setting: Setting, number: int = 0, label: str = "") -> Row:
    row: Row = {"id": number} if number else {}
    found = _region(place, setting)
    if place.path:
        physical: Row = {"artifactLocation": artifact(setting.path(place.path))}
        row["physicalLocation"] = physical | {"region": found} if found else physical
    if label:
        row["message"] = {"text": _literal(label)}
    if place.span is not None and not (place.path and found):
        # A word processor's file has no lines: what is marked is told in words (3.33).
        row["logicalLocations"] = [{"name": " ".join(place.text.split()) or "-", "kind": "element"}]
    return row


def artifact(path: str) -> Row:
    """The location of a file (3.4): percent-encoded, relative to the root if the path is."""
    if not ABSOLUTE.match(path):
        return {"uri": quote(path, safe="/", errors="surrogateescape"), "uriBaseId": ROOT}
    drive, rest = ("", path) if path.startswith("/") else (f"/{path[:2]}", path[2:])
    return {"uri": f"file://{drive}{quote(rest, safe='/', errors='surrogateescape')}"}


def _region(place: Place, setting: Setting) -> Row | None:
    row = _utf16(place, setting)
    if row is None:
        lines = region(place)
        return None if lines is None else {"startLine": lines.start.line, "endLine": lines.end.line}
    return row | {"snippet": {"text": place.text}} if verbatim(place, setting.sources) else row


def _utf16(place: Place, setting: Setting) -> Row | None:
    found = counted_region(place, setting.sources, "utf-16-le")
    if found is None:
        return None
    return {
        "startLine": found.start.line,
        "startColumn": found.start.column,
        "endLine": found.end.line,
        "endColumn": found.end.column,
    }


def _suppression(one: Told, setting: Setting) -> Row | None:
    if one.state == "new":
        return None
    if one.state == "known":
        return {"kind": "external", "justification": _say("suppressed.known", setting)}
    accepted = one.finding.accepted
    if accepted is None:
        return {"kind": "external", "justification": _say("suppressed.waived", setting)}
    row: Row = {"kind": "inSource" if accepted.inside else "external", "justification": accepted.reason}
    if accepted.path and accepted.line:
        place: Row = {"artifactLocation": artifact(setting.path(accepted.path)), "region": {"startLine": accepted.line}}
        row["location"] = {"physicalLocation": place}
    return row


def _fix(place: Place, edit: Edit, setting: Setting) -> Row:
    """The edit as a fix (3.55)."""
    change: Row = {
        "artifactLocation": artifact(setting.path(place.path)),
        "replacements": [
            {"deletedRegion": _utf16(place, setting), "insertedContent": {"text": edit.replacement}},
        ],
    }
    words = _say("sarif.fix", setting, before=place.text, after=edit.replacement)
    return {"description": {"text": _literal(words)}, "artifactChanges": [change]}


def _invocation(report: Report, setting: Setting) -> Row:
    """How the run went (3.20): what could not be judged is told here, so that no run is silently clean."""
    notifications = [*_failures(report.failures, setting), *_unjudged(report, setting)]
    notifications += [{"level": "note", "message": {"text": _literal(setting.words.message(n))}} for n in report.notes]
    return {"executionSuccessful": not report.failures, "toolExecutionNotifications": [*notifications]}


def _failures(failures: Iterable[Failure], setting: Setting) -> Iterator[Row]:
    for failure in failures:
        paths = [failure.path] if failure.path else [*failure.paths]
        locations: list[Value] = []
        for path in paths:
            physical: Row = {"artifactLocation": artifact(setting.path(path))}
            if failure.path and failure.line:
                physical["region"] = {"startLine": failure.line}
            locations.append({"physicalLocation": physical})
        yield {
            "level": "error",
            "message": {"text": _literal(setting.words.message(failure.message))},
            "locations": locations,
        }


def _unjudged(report: Report, setting: Setting) -> Iterator[Row]:
    for page in barely(report):
        yield {
            "level": "warning",
            "message": {"text": _say("barely-judged", setting)},
            "locations": [_location(page, setting)],
        }
