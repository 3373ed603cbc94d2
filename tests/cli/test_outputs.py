"""Several reports in one run: where each goes, and what is refused before any work is done."""

import json
import os
import re
import sys
from pathlib import Path

import pytest
from tests.cli.program import bitext
from tests.cli.test_check import CHINESE, FAULTY, GLOSSARY
from tests.integrations.site import PAGES, make_site

from bitext.cli import outputs
from bitext.cli.outputs import Output
from bitext.errors import InputError
from bitext.report.formats import NAMES

ARGUMENTS = ("check", "zh.html", "bad.html", "--glossary", "terms.csv", "--profile", "fast")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {"zh.html": CHINESE, "bad.html": FAULTY, "terms.csv": GLOSSARY}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_one_run_writes_every_format_and_shows_one(folder: Path) -> None:
    files = [argument for name in NAMES for argument in ("--format", f"{name}=out.{name}")]
    run = bitext(*ARGUMENTS, *files, "--format", "github", cwd=folder)
    assert (run.code, run.err) == (1, b"")
    assert run.text.startswith("::error file=bad.html,line=4,")
    for name in NAMES:
        text = (folder / f"out.{name}").read_bytes().decode("utf-8")
        assert "Tengfei Class" in text, name
        assert "\r" not in text
    # Columns come from the files themselves.
    (result,) = json.loads((folder / "out.sarif").read_text("utf-8"))["runs"][0]["results"][:1]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region["startColumn"] == FAULTY.splitlines()[3].index("Tengfei") + 1
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="names of files are text there")
def test_a_page_whose_name_is_no_text_is_in_every_format(folder: Path) -> None:
    name = os.fsdecode(b"bad\xff.html")
    (folder / "bad.html").rename(folder / name)
    files = [argument for one in NAMES for argument in ("--format", f"{one}=out.{one}")]
    arguments = [name if argument == "bad.html" else argument for argument in ARGUMENTS]
    run = bitext(*arguments, *files, cwd=folder)
    assert (run.code, run.err) == (1, b"")
    for one in NAMES:
        assert "Tengfei Class" in (folder / f"out.{one}").read_text("utf-8"), one
    uris = re.findall(r'"uri": "([^"]*)"', (folder / "out.sarif").read_text("utf-8"))
    assert "bad%FF.html" in uris


@pytest.mark.parametrize("name", ["summary", "junit"])
def test_what_a_program_reads_comes_through_on_a_console_of_another_character_set(name: str, folder: Path) -> None:
    run = bitext(*ARGUMENTS, "--format", name, cwd=folder, env={"PYTHONIOENCODING": "cp936"})
    assert run.code == 1
    if name == "summary":
        assert "腾飞班" in run.out.decode("utf-8")
    else:
        assert run.out.isascii()


def test_paths_for_platforms_start_at_the_root_of_the_repository(folder: Path) -> None:
    (folder / ".git").mkdir()
    site = folder / "site"
    site.mkdir()
    for name in ("zh.html", "bad.html", "terms.csv"):
        (folder / name).rename(site / name)
    run = bitext(*ARGUMENTS, "--format", "github", "--format", "json=out.json", cwd=site)
    assert run.text.startswith("::error file=site/bad.html,line=4,")
    assert json.loads((site / "out.json").read_text("utf-8"))["items"][0]["target"] == "bad.html"


def refused(*formats: str, inputs: tuple[str, ...] = ()) -> str:
    with pytest.raises(InputError) as caught:
        outputs.chosen(formats, inputs)
    return str(caught.value)


def test_without_a_format_people_get_their_report() -> None:
    assert outputs.chosen(()) == (Output("terminal"),)
    assert outputs.only_terminal(outputs.chosen(()))
    assert not outputs.only_terminal(outputs.chosen(("json",)))


def test_an_equals_sign_in_the_name_of_a_file_belongs_to_it(tmp_path: Path) -> None:
    assert outputs.chosen((f"json={tmp_path}/a=b.json", "github")) == (
        Output("json", f"{tmp_path}/a=b.json"),
        Output("github"),
    )


def test_an_unknown_format_is_refused_and_the_known_ones_are_named() -> None:
    complaint = refused("xml")
    assert all(name in complaint for name in NAMES)


def test_two_formats_for_the_screen_are_refused() -> None:
    assert "json=FILE" in refused("github", "json")


def test_two_formats_for_one_file_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "out"
    assert "out" in refused(f"json={path}", f"sarif={tmp_path}/./out")


def test_a_format_without_its_file_is_refused() -> None:
    assert "--format json=" in refused("json=")


def test_a_folder_that_is_missing_is_told_before_any_work(folder: Path) -> None:
    run = bitext("check", "no.html", "such.html", "--format", "sarif=missing/out.sarif", cwd=folder)
    assert run.code == 2
    assert "The folder missing is not there" in run.complaint


def test_a_file_that_cannot_be_replaced_is_told_before_any_work(tmp_path: Path) -> None:
    locked = tmp_path / "locked.json"
    locked.write_text("{}")
    locked.chmod(0o444)
    assert "locked.json" in refused(f"json={locked}")
    assert str(tmp_path) in refused(f"json={tmp_path}")
    assert locked.read_text() == "{}"


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_report_never_replaces_what_is_checked(folder: Path) -> None:
    (folder / "link.html").symlink_to(folder / "bad.html")
    for name in ("bad.html", "link.html"):
        run = bitext(*ARGUMENTS, "--format", f"json={name}", cwd=folder)
        assert run.code == 2
        assert "would replace" in run.complaint
    assert (folder / "bad.html").read_text(encoding="utf-8") == FAULTY


def test_a_report_never_replaces_a_page_or_glossary_of_the_project(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    for name in ("news/a.en.md", "glossaries/terms.csv"):
        run = bitext("check", "--format", "json=out.json", "--format", f"summary={name}", cwd=site)
        assert run.code == 2
        assert "would replace" in run.complaint
    assert {name: (site / name).read_text("utf-8") for name in PAGES} == PAGES
    assert not (site / "out.json").exists()


def test_a_diff_and_a_report_exclude_each_other(folder: Path) -> None:
    assert bitext(*ARGUMENTS, "--diff", "--format", "sarif=out.sarif", cwd=folder).code == 2
    assert not (folder / "out.sarif").exists()
