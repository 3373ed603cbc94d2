"""`bitext glossary check`: remarks for people and for programs, the folder that is found, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bitext.cli.app import main

Captured = pytest.CaptureFixture[str]
GOOD = "concept,language,term\na,zh,腾飞班\na,en,Ascend Class\n"
DOUBTFUL = GOOD + "a,en,Soaring Class\n"
DEAD = GOOD + "a,en,the\n"


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in (("good", GOOD), ("doubtful", DOUBTFUL), ("dead", DEAD)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    (tmp_path / "archive" / "item").mkdir(parents=True)
    (tmp_path / "archive" / "item" / "zh.html").write_text("<p>校长今天讲话。</p>", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BITEXT_LANG", "en")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("good.csv", 0),
        ("doubtful.csv", 0),
        ("doubtful.csv --fail-on warning", 1),
        ("dead.csv", 1),
        ("dead.csv --fail-on never", 0),
        ("good.csv doubtful.csv", 0),
        ("missing.csv", 2),
        ("good.csv --archive empty", 2),
        ("good.csv --archive nowhere", 2),
    ],
)
def test_the_exit_code_is_that_of_the_gravest_remark(arguments: str, code: int) -> None:
    assert main(["glossary", "check", *arguments.split()]) == code


def test_people_see_place_reason_and_size(capsys: Captured) -> None:
    main(["glossary", "check", "doubtful.csv"])
    shown = capsys.readouterr().out
    assert shown.startswith("doubtful.csv:4:6  warning  two-preferred\n")
    assert "see also doubtful.csv:3:6  “Ascend Class”" in shown
    assert shown.endswith("1 warning in a glossary of 1 concept and 3 terms.\n")


def test_columns_that_are_not_read_are_told(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "own.csv").write_text("中文名称,英文译名,校对人\n腾飞班,Ascend Class,李\n", encoding="utf-8")
    assert main(["glossary", "check", "own.csv"]) == 0
    told = " ".join(capsys.readouterr().err.split())
    assert told == "note: own.csv: these columns say nothing here and were left out: 校对人."


def test_programs_see_the_same(capsys: Captured) -> None:
    main(["glossary", "check", "doubtful.csv", "--format", "json"])
    got = json.loads(capsys.readouterr().out)
    assert (got["format"], got["version"], got["glossaries"]) == ("bitext-glossary-check", 1, ["doubtful.csv"])
    assert got["summary"] == {"errors": 0, "warnings": 1, "notes": 0}
    assert [(one["rule"], one["severity"], one["concept"]) for one in got["findings"]] == [
        ("two-preferred", "warning", "a")
    ]
    assert got["findings"][0]["terms"][0] == {
        "path": "doubtful.csv", "line": 4, "column": 6, "language": "en", "text": "Soaring Class"
    }  # fmt: skip


def test_an_archive_shows_what_was_never_used(capsys: Captured) -> None:
    assert main(["glossary", "check", "good.csv", "--archive", "archive"]) == 0
    shown = capsys.readouterr().out
    assert "never-seen" in shown
    assert "Compared with 1 page in archive." in shown


@pytest.mark.parametrize(("language", "clean"), [("en", "Nothing to report"), ("zh", "没有发现问题")])
def test_the_glossaries_of_the_folder_are_found(
    tmp_path: Path, language: str, clean: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BITEXT_LANG", language)
    (tmp_path / "glossaries").mkdir()
    (tmp_path / "glossaries" / "house.csv").write_text(GOOD, encoding="utf-8")
    assert main(["glossary", "check"]) == 0
    assert clean in capsys.readouterr().out


@pytest.mark.parametrize("name", ["g.tsv", "g.xlsx", "g.utx", "g.tbx"])
def test_a_glossary_is_converted_there_and_back(name: str, capsys: Captured) -> None:
    assert main(["glossary", "convert", "doubtful.csv", name]) == 0
    first = Path(name).read_bytes()
    assert main(["glossary", "convert", "doubtful.csv", name]) == 0
    assert Path(name).read_bytes() == first
    assert main(["glossary", "convert", name, "back.csv"]) == 0
    assert capsys.readouterr().err == ""
    assert main(["glossary", "check", name]) == 0
    rows = [line.split(",")[:3] for line in Path("back.csv").read_text("utf-8").splitlines()]
    assert rows == [line.split(",") for line in DOUBTFUL.splitlines()]


def test_what_is_lost_is_told_on_the_error_stream(capsys: Captured) -> None:
    Path("g.csv").write_text(
        "concept,language,term,status,scope\na,zh,甲,superseded,news\na,en,A,,\n", encoding="utf-8"
    )
    assert main(["glossary", "convert", "g.csv", "g.tbx", "--dialect", "core"]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "scope (1), status (1)" in " ".join(captured.err.split())


@pytest.mark.parametrize(
    "arguments",
    [
        "convert good.csv",
        "convert good.csv a.tbx b.tbx",
        "convert good.csv good.csv",
        "convert good.csv good.pdf",
        "convert good.csv a.tbx --dialect other",
        "convert good.csv a.csv --dialect min",
        "convert missing.csv a.tbx",
        "convert good.csv empty.tbx/a.tbx",
        "check good.csv --dialect min",
    ],
)
def test_a_conversion_that_cannot_be_leaves_nothing_behind(arguments: str, capsys: Captured) -> None:
    before = sorted(Path().iterdir())
    assert main(["glossary", *arguments.split()]) == 2
    assert "error: " in capsys.readouterr().err
    assert sorted(Path().iterdir()) == before


def test_glossaries_of_every_format_are_found_in_the_folder(capsys: Captured) -> None:
    Path("glossaries").mkdir()
    for name in ("a.xlsx", "b.tbx", "c.utx", "d.tsv"):
        assert main(["glossary", "convert", "good.csv", f"glossaries/{name}"]) == 0
    Path("glossaries/~$a.xlsx").write_bytes(b"lock")
    Path("glossaries/README.md").write_text("Read me.", encoding="utf-8")
    assert main(["glossary", "check", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["glossaries"] == [f"glossaries/{name}" for name in ("a.xlsx", "b.tbx", "c.utx", "d.tsv")]
    assert {one["rule"] for one in found["findings"]} == {"duplicate"}
