"""`bitext baseline`: old findings are known, new ones fail, fixed ones are told and taken out."""

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.project.sites import mend, site

from bitext.cli.app import main

NAME = "bitext-baseline.jsonl"


@dataclass(frozen=True)
class Run:
    code: int
    text: str
    complaint: str


class Program:
    """The program in this process, where what it loads is loaded once."""

    def __init__(self, patch: pytest.MonkeyPatch, streams: pytest.CaptureFixture[str]) -> None:
        self.patch, self.streams = patch, streams

    def __call__(self, *arguments: str, cwd: Path) -> Run:
        self.patch.chdir(cwd)
        code = main(arguments)
        return Run(code, *self.streams.readouterr())


@pytest.fixture
def bitext(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    monkeypatch.setenv("BITEXT_LANG", "en")
    for name in ("BITEXT_CACHE", "BITEXT_DEBUG", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    return Program(monkeypatch, capsys)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return site(tmp_path / "site", wrong=(2, 5), count=5)


def rows(project: Path) -> list[list[str]]:
    """The pages and the rule of each finding of the baseline."""
    lines = (project / NAME).read_text(encoding="utf-8").splitlines()[1:]
    return [[*row["paths"], row["rule"]] for row in map(json.loads, lines)]


TWO = ["news/2.zh.md", "news/2.en.md", "number-mismatch"]
FIVE = ["news/5.zh.md", "news/5.en.md", "number-mismatch"]


def codes(*runs: Run) -> list[int]:
    return [run.code for run in runs]


def test_a_baseline_lets_old_findings_pass_and_new_ones_fail(bitext: Program, project: Path) -> None:
    before, made, after = (bitext(*words, cwd=project) for words in (["check"], ["baseline"], ["check"]))
    assert codes(before, made, after) == [1, 0, 0]
    assert rows(project) == [TWO, FIVE]
    assert made.text.startswith(f"Findings recorded in {NAME}: 2 (2 new, 0 fixed and taken out).\n")
    assert "2 findings are known from the baseline" in after.text.replace("\n", " ")
    page = project / "news" / "1.en.md"
    page.write_text(page.read_text(encoding="utf-8").replace("10 students", "1000 students"), encoding="utf-8")
    third = bitext("check", cwd=project)
    assert third.code == 1
    assert "news/1.en.md" in third.text
    assert "news/2.en.md" not in third.text


def test_programs_are_told_what_is_known(bitext: Program, project: Path) -> None:
    bitext("baseline", cwd=project)
    report = json.loads(bitext("check", "--format", "json", cwd=project).text)
    assert [finding["rule"] for finding in report["known"]] == ["number-mismatch"] * 2
    assert report["findings"] == []


def test_fixed_findings_are_told_and_taken_out_on_demand(bitext: Program, project: Path) -> None:
    bitext("baseline", cwd=project)
    mend(project, 2)
    checked = bitext("check", cwd=project)
    assert "1 finding of the baseline is fixed" in checked.text
    assert rows(project) == [TWO, FIVE]
    pruned = bitext("baseline", "--prune", cwd=project)
    assert pruned.text == f"Fixed findings taken out of {NAME}: 1. Left in it: 1.\n"
    assert rows(project) == [FIVE]
    assert "is fixed" not in bitext("check", cwd=project).text


def test_pruning_records_nothing_new(bitext: Program, project: Path) -> None:
    mend(project, 5)
    bitext("baseline", cwd=project)
    site(project, wrong=(2, 3, 5), count=5)
    pruned = bitext("baseline", "--prune", cwd=project)
    assert rows(project) == [TWO]
    assert pruned.text == (
        f"Nothing in {NAME} is fixed. Findings in it: 1.\n"
        "Findings of today that are not in it: 2. bitext baseline records them.\n"
    )
    bitext("baseline", cwd=project)
    assert len(rows(project)) == 3


def test_renamed_pages_keep_their_findings(bitext: Program, project: Path) -> None:
    bitext("baseline", cwd=project)
    (project / "news").rename(project / "archive")
    assert bitext("check", cwd=project).code == 0
    bitext("baseline", "--prune", cwd=project)
    assert rows(project) == [[path.replace("news", "archive") for path in row] for row in (TWO, FIVE)]


def test_a_baseline_is_the_same_from_every_folder(bitext: Program, project: Path) -> None:
    bitext("baseline", cwd=project)
    data = (project / NAME).read_bytes()
    assert bitext("check", cwd=project / "news").code == 0
    assert bitext("baseline", cwd=project / "news").code == 0
    assert (project / NAME).read_bytes() == data
    assert not (project / "news" / NAME).exists()


def test_a_run_over_a_part_neither_forgets_nor_fixes_the_rest(bitext: Program, project: Path) -> None:
    bitext("baseline", cwd=project)
    mend(project, 5)
    part = bitext("check", "news/2.zh.md", "news/2.en.md", "news/1.zh.md", cwd=project)
    assert part.code == 0
    assert "fixed" not in part.text


def test_pages_that_cannot_be_judged_keep_their_findings_and_are_told(bitext: Program, project: Path) -> None:
    bitext("baseline", cwd=project)
    (project / "news" / "2.en.md").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    mend(project, 5)
    done = bitext("baseline", cwd=project)
    assert done.code == 2
    assert "news/2.en.md" in done.complaint
    assert rows(project) == [TWO]


def test_pruning_without_a_baseline_is_an_error(bitext: Program, project: Path) -> None:
    done = bitext("baseline", "--prune", cwd=project)
    assert (done.code, done.text) == (2, "")
    assert "There is no baseline yet" in done.complaint


def test_a_broken_baseline_is_told_before_anything_is_checked(bitext: Program, project: Path) -> None:
    bitext("baseline", cwd=project)
    with (project / NAME).open("a", encoding="utf-8") as file:
        file.write("<<<<<<< HEAD\n")
    data = (project / NAME).read_bytes()
    for verb in ("check", "baseline"):
        done = bitext(verb, cwd=project)
        assert (done.code, done.text) == (2, "")
        assert done.complaint.startswith(f"error: {NAME}:4:1: A merge left its marks")
        assert "<<<<<<< HEAD" in done.complaint
    assert (project / NAME).read_bytes() == data


@pytest.mark.skipif(os.name == "nt", reason="folders there are not made read-only in this way")
def test_a_baseline_that_cannot_be_written_is_one_error(bitext: Program, project: Path) -> None:
    (project / "bitext.toml").write_text('profile = "fast"\nbaseline = "kept/here.jsonl"\n', encoding="utf-8")
    (project / "kept").mkdir()
    (project / "kept" / "here.jsonl").write_text('{"bitext-baseline": 1}\n', encoding="utf-8")
    shutil.rmtree(project / "kept")
    (project / "kept").write_text("in the way")
    done = bitext("baseline", cwd=project)
    assert (done.code, done.text) == (2, "")
    assert done.complaint.count("error:") == 1
    assert (project / "kept").read_text() == "in the way"
