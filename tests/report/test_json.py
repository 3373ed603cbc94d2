"""The JSON report: it holds to its schema, and every place in it can be found again in the text."""

import json
from dataclasses import replace
from importlib import resources
from typing import Any

import jsonschema
import pytest
from tests.report.samples import CHINESE, ENGLISH, REPORTS, pair

from bitext.model.findings import Acceptance, Failure, Message, Report
from bitext.report.json import CONTRACT, dumps

SCHEMA: dict[str, Any] = json.loads(resources.files("bitext.report").joinpath("schema.json").read_text("utf-8"))
KEYS = {"rule", "severity", "message", "concept", "source", "target", "suggestion", "confidence", "fingerprint"}


def value(report: Report) -> dict[str, Any]:
    return dict(json.loads(dumps(report)))


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_holds_to_the_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(value(REPORTS[name]()))


def test_the_schema_refuses_what_is_not_in_the_contract() -> None:
    report = value(pair()) | {"more": 1}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(report)


def test_schema_and_program_agree_on_the_version() -> None:
    assert SCHEMA["properties"]["version"] == {"const": CONTRACT}


def test_findings_have_the_promised_keys_and_null_for_what_is_missing() -> None:
    findings = value(pair())["findings"]
    assert all(finding.keys() >= KEYS for finding in findings)
    omitted = next(finding for finding in findings if finding["rule"] == "segment-omitted")
    assert (omitted["target"], omitted["suggestion"], omitted["concept"]) == (None, None, None)


def test_marks_and_segments_are_found_where_they_say() -> None:
    report = value(pair())
    texts = {"source": CHINESE.document.text, "target": ENGLISH.document.text}
    for side, text in texts.items():
        segments = report["items"][0]["segments"][side]
        marks = [finding[side] for finding in report["findings"] if finding[side]]
        assert segments and marks  # noqa: PT018
        assert all(text[place["start"] : place["end"]] == place["text"] for place in segments + marks)


def test_beads_cover_every_segment_once() -> None:
    item = value(pair())["items"][0]
    for side in ("source", "target"):
        indices = [index for bead in item["beads"] for index in bead[side]]
        assert indices == list(range(len(item["segments"][side])))


def test_ascii_output_says_the_same() -> None:
    text = dumps(pair(), ascii_only=True)
    assert text.isascii()
    assert json.loads(text) == value(pair())


def test_messages_follow_the_language_and_nothing_else_does() -> None:
    english, chinese = value(pair()), json.loads(dumps(pair(), "zh"))
    assert english["findings"][3]["message"] != chinese["findings"][3]["message"]
    for report in (english, chinese):
        for finding in report["findings"]:
            del finding["message"]
        del report["items"][0]["notes"]
    assert english == chinese


def test_an_empty_report_is_valid() -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(value(Report((), ())))


def test_summary_counts_what_is_there() -> None:
    report = value(replace(pair(), findings=pair().findings[:2]))
    levels = {"items": 1, "errors": 1, "warnings": 1, "notes": 0, "waived": 0, "known": 0, "failures": 0}
    assert report["summary"] == levels | {"segments": 9, "beads": 5, "sure": 4, "unjudged": 2}


def test_what_is_waived_is_counted_and_not_among_the_findings() -> None:
    one, *others = pair().findings
    report = value(replace(pair(), findings=tuple(others), waived=(one, one)))
    assert report["summary"]["waived"] == 2
    assert len(report["findings"]) == len(others)
    assert [row["fingerprint"] for row in report["waived"]] == [one.fingerprint] * 2


def test_what_a_baseline_knows_and_what_could_not_be_judged_stand_apart() -> None:
    one, *others = pair().findings
    failure = Failure(("zh.md", "en.md"), Message.of("formats.file.empty"), "en.md", 3)
    notes = (Message.of("report.notes.no-glossary"),)
    report = value(replace(pair(), findings=tuple(others), known=(one,), failures=(failure,), notes=notes))
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    assert [row["fingerprint"] for row in report["known"]] == [one.fingerprint]
    assert [(row["paths"], row["path"], row["line"]) for row in report["failures"]] == [
        (["zh.md", "en.md"], "en.md", 3)
    ]
    assert len(report["notes"]) == 1
    assert (report["summary"]["known"], report["summary"]["failures"]) == (1, 1)


def test_a_waived_finding_tells_the_waiver() -> None:
    waived = replace(pair().findings[0], accepted=Acceptance("quoted", False, "waivers.csv", 3))
    report = value(replace(pair(), waived=(waived,)))
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    assert report["waived"][0]["accepted"] == {"reason": "quoted", "path": "waivers.csv", "line": 3}
