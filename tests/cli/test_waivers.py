"""Waivers end to end: in the page, in a file beside the pages, and in a file that is named."""

import json
from pathlib import Path

import pytest
from tests.cli.program import bitext
from tests.cli.test_check import CHINESE, FAULTY, GLOSSARY

CHECK = ("check", "zh.html", "bad.html", "--glossary", "terms.csv")
HEAD = "rule,concept,text,page,reason,author,expires\n"
BOTH = "term-deprecated, term-inconsistent"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {"zh.html": CHINESE, "bad.html": FAULTY, "terms.csv": GLOSSARY}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def words(text: str) -> str:
    return " ".join(text.split())


def test_waived_findings_do_not_fail_a_run_and_are_counted(folder: Path) -> None:
    page = FAULTY.replace("<p>On", f"<!-- bitext-ignore {BOTH}: quoted -->\n<p>On")
    (folder / "bad.html").write_text(page, encoding="utf-8")
    run = bitext(*CHECK, "--fail-on", "warning", cwd=folder)
    assert run.code == 0
    assert "Nothing to correct in 1 pair of pages." in run.text
    assert "2 findings are waived." in words(run.text)
    report = json.loads(bitext(*CHECK, "--format", "json", cwd=folder).text)
    assert report["summary"]["waived"] == 2
    assert report["findings"] == []


@pytest.mark.parametrize("rule", ["term-deprecated", "term-inconsistent"])
def test_other_rules_and_other_blocks_are_not_waived(rule: str, folder: Path) -> None:
    page = FAULTY.replace("<p>The president", f"<!-- bitext-ignore {rule}: quoted -->\n<p>The president")
    (folder / "bad.html").write_text(page, encoding="utf-8")
    run = bitext(*CHECK, cwd=folder)
    assert run.code == 1
    assert f"The waiver of {rule} in line 5 waives nothing any more." in words(run.text)
    assert "is waived" not in run.text


def test_markdown_pages_waive_too(folder: Path) -> None:
    (folder / "zh.md").write_text("# 腾飞班开班\n\n9月1日，腾飞班举行开班仪式。\n", encoding="utf-8")
    page = "# Ascend Class Opens\n\nOn September 1, the Tengfei Class held its opening.{}\n"
    arguments = ("check", "zh.md", "en.md", "--glossary", "terms.csv")
    (folder / "en.md").write_text(page.format(""), encoding="utf-8")
    assert bitext(*arguments, cwd=folder).code == 1
    (folder / "en.md").write_text(page.format(f" <!-- bitext-ignore {BOTH}: quoted -->"), encoding="utf-8")
    run = bitext(*arguments, cwd=folder)
    assert run.code == 0
    assert "2 findings are waived." in words(run.text)


def test_a_waiver_file_beside_the_pages_is_used_and_said(folder: Path) -> None:
    (folder / "bitext-waivers.csv").write_text(f"{HEAD}term-deprecated,ascend-class,,,quoted,Li,\n", encoding="utf-8")
    run = bitext("check", folder / "zh.html", folder / "bad.html", "--glossary", folder / "terms.csv")
    assert run.code == 0
    assert "bitext-waivers.csv, found beside the pages." in words(run.text)
    assert "1 finding is waived." in words(run.text)


def test_a_named_waiver_file_is_used_alone(folder: Path) -> None:
    (folder / "bitext-waivers.csv").write_text(f"{HEAD}term-deprecated,ascend-class,,,quoted,Li,\n", encoding="utf-8")
    (folder / "other.csv").write_text(f"{HEAD}term-inconsistent,,Tengfei Class,,quoted,Li,\n", encoding="utf-8")
    run = bitext(*CHECK, "--waivers", "other.csv", "--format", "json", cwd=folder)
    assert [finding["rule"] for finding in json.loads(run.text)["findings"]] == ["term-deprecated"]


def test_an_expired_waiver_is_told_and_waives_nothing(folder: Path) -> None:
    (folder / "w.csv").write_text(f"{HEAD}term-deprecated,ascend-class,,,quoted,Li,2001-01-31\n", encoding="utf-8")
    run = bitext(*CHECK, "--waivers", "w.csv", cwd=folder)
    assert run.code == 1
    assert "The waiver of term-deprecated in w.csv:2 held up to 2001-01-31" in words(run.text)


def test_a_broken_waiver_file_is_refused_with_its_place(folder: Path) -> None:
    (folder / "w.csv").write_text(f"{HEAD}term-deprecated,ascend-class,,,quoted,Li,soon\n", encoding="utf-8")
    run = bitext(*CHECK, "--waivers", "w.csv", cwd=folder)
    assert run.code == 2
    assert run.complaint.startswith("error: w.csv:2:")
    assert '"soon" is no date.' in run.complaint


def test_a_page_alone_is_waived_too(folder: Path) -> None:
    (folder / "bitext-waivers.csv").write_text(f"{HEAD}term-deprecated,,Tengfei Class,,quoted,Li,\n", encoding="utf-8")
    assert bitext("check", "--language", "en", "bad.html", "--glossary", "terms.csv", cwd=folder).code == 0


def test_a_waiver_in_the_page_can_be_for_one_concept(folder: Path) -> None:
    for concept, code in (("ascend-class", 0), ("another", 1)):
        comment = f"<!-- bitext-ignore term-deprecated({concept}): quoted -->"
        page = FAULTY.replace("<p>On", f"{comment}\n<p>On")
        (folder / "bad.html").write_text(page, encoding="utf-8")
        run = bitext(*CHECK, cwd=folder)
        assert run.code == code
        assert (f"The waiver of term-deprecated({concept}) in line" in words(run.text)) is bool(code)
