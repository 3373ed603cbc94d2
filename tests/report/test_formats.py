"""The outputs of a report as a family: all can be asked for by name, none costs a run that does not want it."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.report.golden import SUFFIXES
from tests.report.samples import file_text, pair, project

from bitext.model.findings import Report
from bitext.report.formats import NAMES, output
from bitext.report.setting import Setting
from bitext.report.sources import Sources
from bitext.report.told import told

FORMAT_NAMES = sorted(NAMES)
PLATFORM = ("sarif", "code-scanning", "github", "gitlab", "junit", "checkstyle", "rdjson")


@pytest.mark.parametrize("name", FORMAT_NAMES)
def test_every_output_can_be_made_of_an_empty_report(name: str) -> None:
    assert output(name)(Report((), ()), Setting()).isprintable() is False or name == "github"


@pytest.mark.parametrize("name", FORMAT_NAMES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_output_speaks_the_readers_language(name: str, language: str) -> None:
    text = output(name)(project(), Setting(language))
    assert ("已弃用" in text) == (language == "zh")
    assert ("is deprecated" in text) == (language == "en")


@pytest.mark.parametrize("name", ["json", "jsonl", "sarif", "gitlab", "rdjson", "junit", "checkstyle"])
def test_an_output_for_programs_can_do_with_ascii(name: str) -> None:
    assert output(name)(project(), Setting("zh", ascii_only=True)).isascii()


@pytest.mark.parametrize("name", PLATFORM)
def test_platforms_find_files_from_the_root_of_the_repository(name: str) -> None:
    text = output(name)(pair(), Setting(folder="sites/college", sources=Sources(file_text)))
    assert "sites/college/news/draft.en.html" in text


def test_a_folder_is_not_put_before_an_absolute_path_and_dots_are_resolved() -> None:
    setting = Setting(folder="sites/college")
    assert setting.path("/srv/a.md") == "/srv/a.md"
    assert setting.path("../shared/a.md") == "sites/shared/a.md"
    assert Setting().path("news/a.md") == "news/a.md"


def test_golden_outputs_cover_every_format() -> None:
    # The report for people has its own, and the one for code scanning is a part of another.
    assert set(SUFFIXES) == set(NAMES) - {"terminal", "code-scanning"}


def test_a_check_does_not_load_the_outputs_that_it_does_not_write() -> None:
    code = (
        "import sys, bitext.cli.check, bitext.report.formats\n"
        "print(*sorted(name for name in sys.modules if name.startswith('bitext.report.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd())
    loaded = {name.rpartition(".")[2] for name in done.stdout.split()}
    assert not loaded & {"sarif", "junit", "github", "gitlab", "checkstyle", "rdjson", "jsonl", "summary", "json"}


def test_keys_tell_findings_apart_and_do_not_depend_on_what_else_is_told() -> None:
    report = pair()
    again = replace(report, findings=report.findings * 2, known=report.findings)
    words = Setting().words
    keys = [one.key for one in told(again, words, ("new", "waived", "known"))]
    assert len(set(keys)) == len(keys) == 3 * len(report.findings)
    assert [one.key for one in told(report, words)] == keys[: len(report.findings)]
    assert [one.key for one in told(again, words, ("known",))] == keys[2 * len(report.findings) :]
