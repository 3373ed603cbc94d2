"""SARIF: valid by the published schema, and right where the schema cannot tell."""

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from tests.report.samples import ENGLISH, deprecated, file_text, pair, project
from tests.report.schemas import published

from bitext.checks.registry import RULES
from bitext.model.findings import Report
from bitext.report.sarif import artifact, code_scanning, text
from bitext.report.setting import Setting
from bitext.report.sources import Sources

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def run(report: Report, language: str = "en") -> dict[str, Any]:
    log = json.loads(text(report, Setting(language, sources=Sources(file_text))))
    return dict(log["runs"][0])


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("with_files", [True, False])
def test_a_log_is_valid_by_the_published_schema(language: str, with_files: bool) -> None:
    sources = Sources(file_text) if with_files else Sources()
    for report in (project(), pair(), Report((), ())):
        log = json.loads(text(report, Setting(language, sources=sources)))
        jsonschema.Draft7Validator(published(SCHEMA)).validate(log)


def test_the_published_schema_refuses_what_is_no_sarif() -> None:
    log = json.loads(text(pair(), Setting()))
    log["runs"][0]["results"][0]["level"] = "grave"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(published(SCHEMA)).validate(log)


def test_each_result_points_to_its_rule() -> None:
    found = run(project())
    rules = found["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in found["results"])
    assert [rule["id"] for rule in rules] == [*RULES, "future-rule"]


def test_rules_are_described_in_words_a_reader_can_follow() -> None:
    for language in ("en", "zh"):
        for rule in run(pair(), language)["tool"]["driver"]["rules"]:
            assert rule["shortDescription"]["text"].endswith((".", "。"))
            assert rule["help"]["markdown"].startswith(f"# {rule['id']}\n\n")
            # Paragraphs are one line each: GitHub would break them where our lines end.
            prose = [part for part in rule["help"]["markdown"].split("\n\n") if part[0] not in " -*"]
            assert not any("\n" in part for part in prose)
            assert (
                len(rule["help"]["text"])
                > len(rule["fullDescription"]["text"])
                >= len(rule["shortDescription"]["text"])
            )


def place(location: dict[str, Any]) -> tuple[str, int, int, int]:
    physical = location["physicalLocation"]
    region = physical["region"]
    return physical["artifactLocation"]["uri"], region["startLine"], region["startColumn"], region["endColumn"]


def utf16(line: str, start: int, end: int) -> str:
    return line.encode("utf-16-le")[2 * (start - 1) : 2 * (end - 1)].decode("utf-16-le")


def test_both_places_are_given_in_utf16_columns_as_declared() -> None:
    found = run(pair())
    assert found["columnKind"] == "utf16CodeUnits"
    result = next(one for one in found["results"] if one["ruleId"] == "term-deprecated")
    shown = []
    for location in (*result["locations"], *result["relatedLocations"]):
        uri, line, start, end = place(location)
        shown.append(utf16((file_text(uri) or "").split("\n")[line - 1], start, end))
    assert shown == ["Ascend (Tengfei) class", "腾飞班"]


def test_a_link_in_a_message_leads_to_the_other_page() -> None:
    result = next(one for one in run(pair())["results"] if one["ruleId"] == "term-deprecated")
    assert result["message"]["text"].endswith("[Chinese: 腾飞班 (news/draft.zh.html:2:46)](1)")
    assert result["relatedLocations"][0]["id"] == 1


def test_what_is_waived_or_known_is_marked_and_not_dropped() -> None:
    results = run(project())["results"]
    suppressed = [one["suppressions"][0] for one in results if "suppressions" in one]
    assert [(one["kind"], one["justification"]) for one in suppressed[:2]] == [
        ("inSource", "quoted from the minutes"),
        ("external", "left out on purpose"),
    ]
    assert suppressed[2]["kind"] == "external"
    assert len(results) == len(project().findings) + 3


def test_for_code_scanning_only_open_findings_are_listed() -> None:
    log = json.loads(code_scanning(project(), Setting()))
    results = log["runs"][0]["results"]
    assert len(results) == len(project().findings)
    assert not any("suppressions" in one for one in results)


def test_pages_that_could_not_be_judged_are_told_and_the_run_is_not_called_successful() -> None:
    (invocation,) = run(project())["invocations"]
    levels = [one["level"] for one in invocation["toolExecutionNotifications"]]
    assert levels == ["error", "error", "warning", "note"]
    assert not invocation["executionSuccessful"]
    assert run(pair())["invocations"][0]["executionSuccessful"]


def test_a_fix_applied_as_the_log_says_gives_the_text_that_the_edit_wants() -> None:
    result = next(one for one in run(pair())["results"] if one["ruleId"] == "term-deprecated")
    (replacement,) = result["fixes"][0]["artifactChanges"][0]["replacements"]
    region, line = replacement["deletedRegion"], (file_text(ENGLISH.document.path) or "").split("\n")[1]
    units = line.encode("utf-16-le")
    before, after = units[: 2 * (region["startColumn"] - 1)], units[2 * (region["endColumn"] - 1) :]
    mended = (before + replacement["insertedContent"]["text"].encode("utf-16-le") + after).decode("utf-16-le")
    assert mended == line.replace("Ascend (Tengfei) class", "Ascend Class")


def test_no_fix_is_offered_where_the_file_cannot_be_seen() -> None:
    log = json.loads(text(pair(), Setting()))
    assert not any("fixes" in one for one in log["runs"][0]["results"])


def test_fingerprints_survive_what_changes_elsewhere() -> None:
    alone = run(replace(pair(), findings=(deprecated(),)))["results"][0]["partialFingerprints"]
    among = next(one for one in run(pair())["results"] if one["ruleId"] == "term-deprecated")["partialFingerprints"]
    assert alone == among


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("news/a b#1.md", {"uri": "news/a%20b%231.md", "uriBaseId": "%SRCROOT%"}),
        ("新闻/稿.md", {"uri": "%E6%96%B0%E9%97%BB/%E7%A8%BF.md", "uriBaseId": "%SRCROOT%"}),
        ("a:b.md", {"uri": "a%3Ab.md", "uriBaseId": "%SRCROOT%"}),
        ("/srv/a.md", {"uri": "file:///srv/a.md"}),
        ("C:/web/a b.md", {"uri": "file:///C:/web/a%20b.md"}),
    ],
)
def test_paths_are_valid_addresses(path: str, location: dict[str, str]) -> None:
    assert artifact(path) == location
