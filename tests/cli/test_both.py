"""`bitext check` of one file in both languages, and of Word files, as a user sees it."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import docx
import pytest

from bitext.cli.app import main

GLOSSARY = """concept,language,term,status,kind,note
ascend-class,zh,腾飞班,preferred,full,
ascend-class,en,Ascend Class,preferred,full,
ascend-class,en,Tengfei Class,deprecated,variant,
"""
ROWS = (
    ("学校举行腾飞班开班仪式", "The Institute Holds the Opening Ceremony of the Tengfei Class"),
    (
        "9月1日，腾飞班举行开班仪式，校长刘锦出席并讲话。",
        "The Tengfei Class held its opening ceremony on September 1, and President Liu Jin attended and spoke.",
    ),
    ("三千名学生参加了仪式。", "Three thousand students took part in the ceremony."),
)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BITEXT_LANG", "en")
    Path("terms.csv").write_text(GLOSSARY, encoding="utf-8")


def word(texts: list[str]) -> bytes:
    made, file = docx.Document(), BytesIO()
    made.add_heading(texts[0], 0)
    for text in texts[1:]:
        made.add_paragraph(text)
    made.save(file)
    return file.getvalue()


def check(*arguments: str) -> int:
    return main(["check", *arguments, "--glossary", "terms.csv", "--profile", "fast"])


def test_one_file_in_both_languages_is_checked_and_fixed_as_a_pair(capsys: pytest.CaptureFixture[str]) -> None:
    source = "".join(f"{chinese}\n\n{english}\n\n" for chinese, english in ROWS)
    Path("both.txt").write_text(source, encoding="utf-8")
    assert check("both.txt") == 1
    out = capsys.readouterr().out
    assert out.splitlines()[0] == "both.txt"
    assert "both.txt:7:5" in out
    assert "both.txt:5:6" in out
    check("both.txt", "--fix")
    fixed = Path("both.txt").read_text(encoding="utf-8")
    assert fixed == source.replace("Tengfei Class", "Ascend Class")


def test_word_files_are_checked_and_their_fixes_are_declined_with_the_reason(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for path, side in (("a.zh.docx", 0), ("a.en.docx", 1)):
        Path(path).write_bytes(word([row[side] for row in ROWS]))
    before = Path("a.en.docx").read_bytes()
    assert check("a.zh.docx", "a.en.docx", "--fix") == 1
    out = " ".join(capsys.readouterr().out.split())
    assert "a.en.docx: paragraph 2" in out
    assert "Word files are not changed" in out
    assert Path("a.en.docx").read_bytes() == before


def test_a_word_file_in_both_languages_is_a_pair(capsys: pytest.CaptureFixture[str]) -> None:
    Path("both.docx").write_bytes(word([text for row in ROWS for text in row]))
    assert check("both.docx", "--format", "json") == 1
    made = json.loads(capsys.readouterr().out)
    assert made["items"][0]["source"] == made["items"][0]["target"] == "both.docx"
    assert {finding["target"]["line"] for finding in made["findings"] if finding["rule"] == "term-deprecated"} == {2, 4}


@pytest.mark.parametrize(("side", "hint"), [(0, "--language zh"), (1, "--language en")])
def test_one_file_in_one_language_is_refused_with_a_way_on(
    side: int, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("one.md").write_text("\n\n".join(row[side] for row in ROWS), encoding="utf-8")
    assert check("one.md") == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert hint in captured.err
