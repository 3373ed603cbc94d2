"""`bitext score alignment`: figures for people and for programs, and what it says of files it cannot use."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bitext.cli.app import main

Captured = pytest.CaptureFixture[str]

GOLD = "[0, 1]:[0]\n[2]:[1, 2]\n[]:[3]\n[3]:[4]\n[4]:[]\n"
AUTO = "[0, 1]:[0]:0.3\n[2]:[1]:0.2\n[]:[2]\n[]:[3]\n[3, 4]:[4]\n"


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "gold.align").write_text(GOLD, encoding="utf-8")
    (tmp_path / "auto.align").write_text(AUTO, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BITEXT_LANG", "en")
    return tmp_path


@pytest.mark.usefixtures("files")
def test_people_get_a_table(capsys: Captured) -> None:
    assert main(["score", "alignment", "gold.align", "auto.align"]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["strict", "0.4000", "0.3333", "0.3636", "5", "3"] in rows
    assert ["lax", "0.8000", "1.0000", "0.8889", "5", "3"] in rows
    assert ["1-0", "-", "0.0000", "-", "0", "1"] in rows


@pytest.mark.usefixtures("files")
def test_programs_get_json(capsys: Captured) -> None:
    assert main(["score", "alignment", "gold.align", "auto.align", "--format", "json"]) == 0
    got = json.loads(capsys.readouterr().out)
    assert (got["format"], got["version"], got["gold"], got["auto"]) == ("bitext-score", 1, "gold.align", "auto.align")
    assert got["strict"] == {
        "precision": 0.4, "recall": 0.333333, "f1": 0.363636, "found": 5, "right": 2, "gold": 3, "recalled": 1
    }  # fmt: skip
    assert list(got["kinds"]) == ["0-1", "1-0", "1-1", "1-2", "2-1"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_gold_against_itself_is_all_right(
    files: Path, language: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BITEXT_LANG", language)
    assert main(["score", "alignment", str(files / "gold.align"), "gold.align"]) == 0
    table = capsys.readouterr().out.splitlines()
    assert [line.split()[1:4] for line in table[1:3]] == [["1.0000"] * 3] * 2


def test_a_malformed_line_is_told_with_its_place(files: Path, capsys: Captured) -> None:
    (files / "auto.align").write_text(AUTO + "[5:[5]\n", encoding="utf-8")
    assert main(["score", "alignment", "gold.align", "auto.align"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("error: auto.align:6:3: ")
    assert "6 | [5:[5]" in captured.err


@pytest.mark.usefixtures("files")
def test_a_missing_file_is_told(capsys: Captured) -> None:
    assert main(["score", "alignment", "gold.align", "auto.alin"]) == 2
    assert "Did you mean auto.align?" in capsys.readouterr().err


CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "align" / "scores.toml").read_text(encoding="utf-8"))[
    "case"
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_figures_are_those_of_other_aligners_scripts(files: Path, case: dict[str, Any], capsys: Captured) -> None:
    for name in ("gold", "auto"):
        (files / f"{name}.align").write_text("\n".join(case[name].split(" ")) + "\n", encoding="utf-8")
    assert main(["score", "alignment", "gold.align", "auto.align", "--format", "json"]) == 0
    got = json.loads(capsys.readouterr().out)
    for count in ("strict", "lax"):
        assert [got[count][figure] for figure in ("precision", "recall", "f1")] == case[count]
