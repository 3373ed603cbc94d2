"""What each platform asks of its file beyond the text: levels, places, limits, counts."""

import json
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from tests.report.samples import ENGLISH, deprecated, file_text, mark, pair, project, repetitive
from tests.report.test_survival import commands

from bitext.model.findings import Report, Severity
from bitext.report import checkstyle, github, gitlab, junit, rdjson, sarif, summary
from bitext.report.setting import Setting
from bitext.report.sources import Sources


def many(n: int) -> Report:
    """A report of `n` errors."""
    text = ENGLISH.document.text
    words = [text[i : i + 5] for i in range(n)]
    findings = tuple(replace(deprecated(), target=mark(ENGLISH, "target", word), edit=None) for word in words)
    return replace(pair(), findings=findings)


def test_github_shows_a_finding_on_both_pages() -> None:
    rows = commands(github.text(pair(), Setting()))
    places = {(level, place["file"], place.get("line")) for level, place, _ in rows}
    assert ("error", "news/draft.en.html", "2") in places
    assert ("notice", "news/draft.zh.html", "2") in places


def test_github_columns_are_those_of_the_marked_words() -> None:
    _, place, _ = next(row for row in commands(github.text(pair(), Setting())) if row[0] == "error")
    line = (file_text("news/draft.en.html") or "").split("\n")[int(place["line"]) - 1]
    assert line[int(place["col"]) - 1 : int(place["endColumn"])] == "Ascend (Tengfei) class"


def test_github_tells_when_it_will_not_show_all_and_counterparts_take_no_room_of_findings() -> None:
    rows = commands(github.text(many(14), Setting()))
    assert "errors: 14" in rows[0][2]
    assert rows[0][0] == "notice"
    assert sum(level == "error" for level, _, _ in rows) == 14
    assert sum(level == "notice" for level, _, _ in rows) == github.MOST
    assert not any("errors: " in message for _, _, message in commands(github.text(many(10), Setting())))


def test_github_is_told_of_pages_that_could_not_be_judged() -> None:
    errors = [place["file"] for level, place, _ in commands(github.text(project(), Setting())) if level == "error"]
    assert errors[:2] == ["news/a b.en.md", "news/c.zh.md"]


def test_gitlab_issues_have_all_that_it_requires_and_fingerprints_of_their_own() -> None:
    for report in (project(), repetitive()):
        issues = json.loads(gitlab.text(report, Setting()))
        for issue in issues:
            assert issue.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
            assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
            assert issue["location"]["lines"]["begin"] >= 1
            assert "\n" not in issue["description"]
        assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def test_rdjson_columns_count_bytes_and_a_suggestion_replaces_the_marked_words() -> None:
    setting = Setting(sources=Sources(file_text))
    rows = json.loads(rdjson.text(pair(), setting))["diagnostics"]
    row = next(row for row in rows if row["code"]["value"] == "term-deprecated")
    region = row["location"]["range"]
    line = (file_text("news/draft.en.html") or "").split("\n")[region["start"]["line"] - 1].encode()
    assert line[region["start"]["column"] - 1 : region["end"]["column"] - 1].decode() == "Ascend (Tengfei) class"
    assert row["suggestions"] == [{"range": region, "text": "Ascend Class"}]
    assert {row["severity"] for row in rows} == {"ERROR", "WARNING", "INFO"}


def test_rdjson_names_lines_only_where_the_file_cannot_be_read() -> None:
    rows = json.loads(rdjson.text(pair(), Setting()))["diagnostics"]
    assert all("column" not in row["location"]["range"]["start"] for row in rows)
    assert not any("suggestions" in row for row in rows)


def test_junit_fails_exactly_what_fails_the_run() -> None:
    for failing in ((Severity.ERROR,), (Severity.ERROR, Severity.WARNING), ()):
        root = ElementTree.fromstring(junit.text(pair(), Setting(failing=failing)))  # noqa: S314
        types = {row.get("type") for row in root.iter("failure")}
        assert types == {finding.rule for finding in pair().findings if finding.severity in failing}


def test_junit_counts_what_it_holds() -> None:
    for report in (project(), pair(), Report(pair().items[:1], ())):
        for suite in ElementTree.fromstring(junit.text(report, Setting())):  # noqa: S314
            kinds = [child.tag for case in suite for child in case]
            assert suite.get("tests") == str(len(suite))
            assert [suite.get(name) for name in ("failures", "errors", "skipped")] == [
                str(kinds.count(kind)) for kind in ("failure", "error", "skipped")
            ]


def test_junit_has_a_test_that_passes_for_a_clean_pair() -> None:
    root = ElementTree.fromstring(junit.text(Report(pair().items, ()), Setting()))  # noqa: S314
    assert [len(case) for case in root.iter("testcase")] == [0]


def without_lines() -> Report:
    """A report on pages of a word processor, whose places are counted in paragraphs."""
    (item,) = pair().items
    sides = []
    for side in (item.bitext.source, item.bitext.target):
        assert side is not None
        origins = replace(side.document.origins, unit="paragraph")
        path = side.document.path.replace(".html", ".docx")
        sides.append(replace(side, document=replace(side.document, origins=origins, path=path)))
    bitext = replace(item.bitext, source=sides[0], target=sides[1])
    return replace(pair(), items=(replace(item, bitext=bitext),))


def test_where_a_file_has_no_lines_the_words_and_their_paragraph_are_told() -> None:
    report, setting = without_lines(), Setting(sources=Sources(lambda _path: "PK"))
    _, place, message = next(row for row in commands(github.text(report, setting)) if row[0] == "error")
    assert place == {"file": "news/draft.en.docx", "title": "bitext term-deprecated"}
    assert "English: Ascend (Tengfei) class (news/draft.en.docx: paragraph 2)" in message
    issue = json.loads(gitlab.text(report, setting))[1]
    assert issue["location"] == {"path": "news/draft.en.docx", "lines": {"begin": 1}}
    assert "paragraph 2" in issue["description"]
    rows = json.loads(rdjson.text(report, setting))["diagnostics"]
    assert not any("range" in row["location"] or "suggestions" in row for row in rows)
    places = [
        one for result in json.loads(sarif.text(report, setting))["runs"][0]["results"] for one in result["locations"]
    ]
    assert all("region" not in one["physicalLocation"] for one in places)
    assert "Ascend (Tengfei) class" in {one["logicalLocations"][0]["name"] for one in places}
    assert all(row.get("line") is None for row in ElementTree.fromstring(checkstyle.text(report, setting)).iter())  # noqa: S314


@pytest.mark.parametrize("replacement", ["Research & Development", "<b>", "two\nlines"])
def test_no_fix_is_offered_that_a_file_would_have_to_write_otherwise(replacement: str) -> None:
    finding, setting = deprecated(), Setting(sources=Sources(file_text))
    assert finding.edit is not None
    report = replace(pair(), findings=(replace(finding, edit=replace(finding.edit, replacement=replacement)),))
    assert "suggestions" not in json.loads(rdjson.text(report, setting))["diagnostics"][0]
    assert "fixes" not in json.loads(sarif.text(report, setting))["runs"][0]["results"][0]


def test_checkstyle_names_each_file_once_with_its_places() -> None:
    root = ElementTree.fromstring(checkstyle.text(project(), Setting()))  # noqa: S314
    names = [row.get("name") for row in root]
    assert names == sorted(set(map(str, names)))
    error = next(row for row in root.iter("error") if row.get("source") == "bitext.term-deprecated")
    assert (error.get("line"), error.get("column"), error.get("severity")) == ("2", "154", "error")


def test_a_summary_fits_a_comment_however_much_was_found() -> None:
    report = many(150)
    full = summary.text(replace(report, findings=report.findings * 8), Setting())
    assert len(full) < 65_536
    assert "more that are not shown here" in full
    assert full.count("<details") == full.count("</details>") == 1
    shown = full.count("- **error**")
    assert f"and {150 * 8 - shown} more that are not shown here" in full


def test_a_summary_shows_the_gravest_first() -> None:
    mild = replace(many(1).findings[0], severity=Severity.WARNING)
    report = replace(pair(), items=pair().items * 2, findings=(mild, replace(deprecated(), item=1)))
    text = summary.text(report, Setting())
    assert text.index("- **error**") < text.index("- **warning**")
    assert text.count("<details open>") == 1


def test_a_message_that_does_not_name_what_is_marked_is_told_with_it() -> None:
    omitted = "Chinese: 双方还就毕业生就业进行了交流。 (news/draft.zh.html:3:8)"
    assert any(omitted in message for _, _, message in commands(github.text(pair(), Setting())))
    results = json.loads(sarif.text(pair(), Setting()))["runs"][0]["results"]
    assert any(result["message"]["text"].endswith(omitted) for result in results)


def test_a_summary_never_calls_clean_what_was_not_judged() -> None:
    assert "Nothing to correct" in summary.text(Report(pair().items, ()), Setting())
    lost = replace(project(), findings=())
    assert "Nothing to correct" not in summary.text(lost, Setting())
    assert "not everything could be judged" in summary.text(lost, Setting())
