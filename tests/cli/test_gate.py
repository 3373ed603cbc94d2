"""A project checked from the command line, and trees that mean harm."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.project.pages import pair

from bitext.cli.app import main
from bitext.model.findings import Outcome
from bitext.project import results

Captured = pytest.CaptureFixture[str]
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


@pytest.fixture(autouse=True)
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three pairs of pages of which the second one has a wrong number."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BITEXT_LANG", "en")
    monkeypatch.setenv("BITEXT_CACHE", "off")
    monkeypatch.delenv("COLUMNS", raising=False)
    (tmp_path / ".git").mkdir()
    settings("")
    for n in (1, 2, 3):
        pair(Path("news"), n, right=n != 2)
    return tmp_path


def settings(text: str) -> None:
    Path("bitext.toml").write_text(f'profile = "fast"\nglossaries = []\n{text}', encoding="utf-8")


def test_the_report_shows_what_was_found_and_counts_the_rest(capsys: Captured) -> None:
    assert main(["check"]) == 1
    told = capsys.readouterr()
    assert "news/2.zh.md  ·  news/2.en.md" in told.out
    assert "news/1.zh.md" not in told.out
    assert "1 error in 1 of 3 pairs of pages. " in " ".join(told.out.split())
    assert told.err == ""


def test_quiet_says_what_was_found_and_nothing_else(capsys: Captured) -> None:
    assert main(["check", "-q"]) == 1
    assert capsys.readouterr().out.startswith("news/2.zh.md  ·  news/2.en.md\n\nerror  number-mismatch\n")
    assert main(["check", "-q", "news/1.zh.md", "news/1.en.md"]) == 0
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "")


FAILING = [
    ([], "", 1),
    (["--fail-on", "never"], "", 0),
    ([], 'fail-on = "never"', 0),
    (["--fail-on", "error"], 'fail-on = "never"', 1),
    (["--ignore", "number"], "", 0),
    (["--select", "date"], "", 0),
    ([], 'ignore = ["number"]', 0),
    ([], '[severity]\nnumber = "warning"', 0),
    (["--fail-on", "warning"], '[severity]\nnumber = "warning"', 1),
    (["--max-findings", "1"], "", 1),
    ([], '[[overrides]]\npaths = ["news/2.*"]\nignore = ["number"]', 0),
]


@pytest.mark.parametrize(("options", "text", "code"), FAILING)
def test_what_fails_a_run_is_for_the_options_and_the_settings_to_say(options: list[str], text: str, code: int) -> None:
    settings(text)
    assert main(["check", *options]) == code


@pytest.mark.parametrize("options", [["news/2.zh.md", "news/2.en.md"], ["news"], ["."], []])
def test_a_pair_is_judged_alike_by_itself_and_in_its_project(options: list[str], capsys: Captured) -> None:
    settings('[severity]\nnumber = "warning"')
    assert main(["check", *options, "--format", "json"]) == 0
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert [(row["rule"], row["severity"]) for row in findings] == [("number-mismatch", "warning")]


def test_a_project_is_found_from_a_folder_below(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    Path("news/deep").mkdir()
    monkeypatch.chdir("news/deep")
    assert main(["check", "-q"]) == 1
    assert "../../news/2.en.md" in capsys.readouterr().out


def test_a_project_can_be_checked_from_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings('ignore = ["number"]')
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(tmp_path / "other")
    assert main(["check", str(tmp_path)]) == 0
    assert main(["check", "../news"]) == 0
    (tmp_path / "bitext.toml").unlink()
    assert main(["check", "--profile", "fast", "../news"]) == 1


def test_statistics_and_explanations_come_after_the_report(capsys: Captured) -> None:
    assert main(["check", "-q", "--statistics", "--explain"]) == 1
    told = capsys.readouterr().out
    assert "1      number-mismatch  1 error   1\n" in told
    assert told.index("found  rule") < told.index("How to mend:")
    assert "Fires:" not in told


def test_beside_an_output_for_programs_they_go_to_the_error_stream(capsys: Captured) -> None:
    assert main(["check", "--statistics", "--format", "json"]) == 1
    told = capsys.readouterr()
    json.loads(told.out)
    assert "number-mismatch" in told.err


@pytest.mark.parametrize("paths", [["a.zh.html", "a.en.html"], ["a.zh.html", "a.en.html", "news"]])
def test_what_is_known_of_a_site_tells_where_its_text_is(paths: list[str], capsys: Captured) -> None:
    page = "<html><body><div class=x>{}</div><div id=c><p>{}</p></div></body></html>"
    chinese, english = (
        ("学校有20人获奖。", "大会有300人参加。"),
        ("The school has 20 winners.", "There were 400 people."),
    )
    Path("a.zh.html").write_text(page.format(*chinese), encoding="utf-8")
    Path("a.en.html").write_text(page.format(*english), encoding="utf-8")
    main(["check", *paths, "--format", "json"])
    assert "400" in capsys.readouterr().out
    settings('[[sites]]\npaths = "*.html"\nbody = ".x"\n')
    main(["check", *paths, "--format", "json"])
    assert "400" not in capsys.readouterr().out


def test_settings_that_are_wrong_stop_the_run_with_their_place(capsys: Captured) -> None:
    settings('fail-no = "error"')
    assert main(["check"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith('error: bitext.toml:3:1: There is no setting "fail-no" here.')
    assert "   3 | fail-no" in told.err


def test_fixes_of_a_project_are_written_and_told(capsys: Captured) -> None:
    rows = "concept,language,term,status\nrace,zh,技能大赛,\nrace,en,skills contest,\nrace,en,skills race,deprecated\n"
    Path("house.csv").write_text(rows, encoding="utf-8")
    Path("news/3.en.md").write_text(
        Path("news/3.en.md").read_text(encoding="utf-8").replace("a skills contest", "a skills race"), encoding="utf-8"
    )
    settings('ignore = ["number"]')
    assert main(["check", "--glossary", "house.csv", "--profile", "accurate", "--fix"]) == 0
    assert "a skills contest" in Path("news/3.en.md").read_text(encoding="utf-8")
    assert "news/3.en.md" in capsys.readouterr().out


def test_an_interruption_ends_the_run_without_debris(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    def interrupted(*_: object) -> Iterator[Outcome]:
        yield Outcome(None)
        raise KeyboardInterrupt

    before = sorted(Path().rglob("*"))
    monkeypatch.setattr(results, "outcomes", interrupted)
    assert main(["check", "--format", "sarif=out.sarif"]) == 130
    assert sorted(Path().rglob("*")) == before
    assert "Interrupted" in capsys.readouterr().err


def test_a_page_that_makes_the_program_fail_ends_in_3_and_the_others_are_told(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    from bitext import pipeline

    whole = pipeline.pair_item

    def failing(source: object, *others: object) -> object:
        if "1.zh" in source.path:  # type: ignore[attr-defined]
            raise ZeroDivisionError("on\npurpose")
        return whole(source, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "pair_item", failing)
    assert main(["check", "-j", "1"]) == 3
    told = capsys.readouterr().out
    assert "error: news/1.zh.md: A fault of bitext, not of this page: ZeroDivisionError: on purpose" in told
    assert "number-mismatch" in told


def test_init_writes_settings_that_are_read_and_never_writes_over_any(capsys: Captured) -> None:
    Path("bitext.toml").unlink()
    Path("news/4.zh.md").write_text("# 新闻\n", encoding="utf-8")
    assert main(["init"]) == 0
    told = capsys.readouterr().out
    assert "Found 3 pairs of pages that belong together, and 1 page without a partner:" in told
    assert '"{path}.{language}.md"' in told
    written = Path("bitext.toml").read_bytes()
    assert main(["init"]) == 2
    assert Path("bitext.toml").read_bytes() == written
    assert main(["check", "-q", "--profile", "fast"]) == 1


def test_init_shows_the_schema_for_editors(capsys: Captured) -> None:
    assert main(["init", "--schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "bitext"


def test_init_says_what_to_do_where_no_pairs_are_found(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "none").mkdir()
    assert main(["init", "none"]) == 0
    assert "No pages were found" in capsys.readouterr().out
    assert (tmp_path / "none" / "bitext.toml").is_file()


@posix
def test_a_hostile_tree_is_survived_and_every_page_of_it_told(site: Path, capsys: Captured) -> None:
    """Links in circles, a large file, a pipe, odd names, bytes that are no text, folders without end."""
    news = site / "news"
    (news / "circle").symlink_to(site)
    (news / "out").symlink_to("/")
    for n, name in ((4, "huge"), (5, "pipe"), (6, "bytes")):
        pair(news, n)
        (news / f"{n}.zh.md").rename(news / f"{name}.zh.md")
        (news / f"{n}.en.md").unlink()
    with (news / "huge.en.md").open("wb") as file:
        file.truncate(1024**3)
    os.mkfifo(news / "pipe.en.md")
    (news / "bytes.en.md").write_bytes(b"# News\n\n\xff\xfe\x81 \x00\x01\n" * 20)
    (news / "a\n::error::b.zh.md").write_text("# 新闻\n\n学校举行开学典礼。\n", encoding="utf-8")
    (news / "a\n::error::b.en.md").write_text("# News\n\nThe school year was opened.\n", encoding="utf-8")
    Path(os.fsdecode(os.fsencode(str(news)) + b"/\xff\xe9.zh.md")).write_text("你好", encoding="utf-8")
    deep = site.joinpath(*["deep"] * 100)
    deep.mkdir(parents=True)
    (deep / "x.zh.md").write_text("你好", encoding="utf-8")

    assert main(["check", "-j", "1"]) == 2
    told = " ".join(capsys.readouterr().out.split())
    for said in (
        "error: news/huge.en.md: ",
        "error: news/pipe.en.md: ",
        "error: news/bytes.en.md",
        "The name of this file is not UTF-8",
        "Folders that lie too deep were left out: 1, such as deep/deep/",
        "number-mismatch",
        "4 could not be checked at all.",
    ):
        assert said in told
    assert main(["check", "-j", "1", "--format", "github"]) == 2
    assert not [line for line in capsys.readouterr().out.splitlines() if line.startswith("::error::b")]


@posix
def test_settings_that_are_a_pipe_or_a_folder_do_not_hang(capsys: Captured) -> None:
    Path("bitext.toml").unlink()
    os.mkfifo("bitext.toml")
    assert main(["check"]) == 2
    assert "bitext.toml" in capsys.readouterr().err


@pytest.mark.parametrize("paths", [["news/1.zh.md", "news/1.en.md"], []])
def test_the_style_of_the_settings_holds_for_a_pair_and_for_a_project(paths: list[str], capsys: Captured) -> None:
    settings('select = ["plain"]\n[style]\npunctuation = "hongkong"\n')
    for n in (1, 2, 3):
        page = Path(f"news/{n}.zh.md")
        page.write_text(page.read_text(encoding="utf-8") + "\n学校入选“典型案例”(见附件)。\n", encoding="utf-8")
    main(["check", *paths, "--format", "json"])
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert {(row["rule"], row["suggestion"]) for row in findings} == {("plain-quotes", "「典型案例」")}
