"""JUnit XML: each pair of pages is a suite, each finding a test case, for any CI that lists failing tests.

What is of a failing level is a failure and the rest passes with its words as output, so that the file and the exit code
say the same. What is waived or in the baseline is skipped, a page that could not be judged is an error. A pair without
findings is one test that passes.
"""

from __future__ import annotations

from collections.abc import Iterable

from bitext.messages import catalogue
from bitext.model.findings import Failure, Item, Report
from bitext.report.setting import Setting
from bitext.report.told import State, Told, full, told
from bitext.report.words import barely_judged, document_of, place, shown_path
from bitext.report.xml import document, element

_ALL: tuple[State, ...] = ("new", "waived", "known")


def text(report: Report, setting: Setting) -> str:
    """The report as JUnit XML."""
    by_item: dict[int, list[str]] = {}
    for one in told(report, setting.words, _ALL):
        by_item.setdefault(one.finding.item, []).append(_case(one, setting))
    suites = [
        _suite(_name(item), [*by_item.get(index, ()), *_judged(item, index not in by_item, setting)])
        for index, item in enumerate(report.items)
    ]
    if report.failures:
        suites.append(_suite("bitext", [_error(failure, setting) for failure in report.failures]))
    return document(element("testsuites", {"name": "bitext"}, suites), ascii_only=setting.ascii_only)


def _name(item: Item) -> str:
    pages = [document_of(item, side) for side in ("source", "target")]
    return " · ".join(shown_path(page) for page in pages if page is not None)


def _suite(name: str, cases: Iterable[str]) -> str:
    rows = list(cases)
    attributes: dict[str, str | int] = {
        "name": name,
        "tests": len(rows),
        "failures": sum("<failure " in row for row in rows),
        "errors": sum("<error " in row for row in rows),
        "skipped": sum("<skipped " in row for row in rows),
    }
    return element("testsuite", attributes, rows)


def _case(one: Told, setting: Setting) -> str:
    finding, main = one.finding, one.main
    where = "" if main is None else main.path if main.span is None else place(main.document, main.span, setting.words)
    attributes: dict[str, str | int] = {
        "name": f"{finding.rule} {where}".strip(),
        "classname": "bitext" if main is None else main.path,
        "file": "" if main is None else setting.path(main.path),
    }
    words = full(one, setting.words)
    if one.state != "new":
        return element("testcase", attributes, [element("skipped", {"message": _reason(one, setting)})])
    if one.severity in setting.failing:
        return element(
            "testcase", attributes, [element("failure", {"type": finding.rule, "message": one.message}, words)]
        )
    return element("testcase", attributes, [element("system-out", {}, words)])


def _reason(one: Told, setting: Setting) -> str:
    if one.state == "waived" and one.finding.accepted is not None and one.finding.accepted.reason:
        return one.finding.accepted.reason
    return catalogue.text(f"outputs.suppressed.{one.state}", setting.language)


def _judged(item: Item, clean: bool, setting: Setting) -> list[str]:
    """The test that the pair was judged at all: it fails for one that was hardly judged, whatever was found in it."""
    attributes = {"name": "bitext", "classname": _name(item)}
    if barely_judged(item):
        words = catalogue.text("outputs.barely-judged", setting.language)
        kind = "failure" if setting.failing else "skipped"
        return [element("testcase", attributes, [element(kind, {"message": words})])]
    return [element("testcase", attributes)] if clean else []


def _error(failure: Failure, setting: Setting) -> str:
    words = setting.words.message(failure.message)
    name = failure.path or next(iter(failure.paths), "bitext")
    attributes = {"name": name, "classname": name, "file": setting.path(name)}
    return element("testcase", attributes, [element("error", {"type": "bitext", "message": words})])
