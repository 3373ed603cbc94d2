"""`bitext check --fix` and `--diff` end to end: what is written, what is left, and what is said of it."""

import json
import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from tests.cli.program import bitext

CHINESE = """\
<html><head><meta charset="gb2312"><title>腾飞班开班</title></head><body>\r
<h1>腾飞班开班</h1>\r
<p>9月1日，腾飞班举行开班仪式。腾讯代表表示祝贺。</p>\r
<p>校长介绍了课程安排。学生们参观了新的实验室。</p>\r
</body></html>\r
"""
ENGLISH = """\
<html><head><meta charset="gb2312"><title>Ascend Class Opens</title></head><body>\r
<h1>Ascend Class Opens</h1>\r
<p>On September 1, a Tengfei Class held its opening. Tencent &amp; others (&ldquo;深圳&rdquo;) congratulated them.</p>\r
<p>The president described the courses. The students visited the new laboratory.</p>\r
</body></html>\r
"""
GLOSSARY = """\
concept,language,term,status,kind,note
ascend-class,zh,腾飞班,preferred,full,
ascend-class,en,Ascend Class,preferred,full,
ascend-class,en,Tengfei Class,deprecated,variant,pinyin
"""
CHECK = ("check", "zh.html", "en.html", "--glossary", "terms.csv")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "zh.html").write_bytes(CHINESE.encode("gb18030"))
    (tmp_path / "en.html").write_bytes(ENGLISH.encode("gb18030"))
    (tmp_path / "terms.csv").write_text(GLOSSARY, encoding="utf-8")
    return tmp_path


def words(text: str) -> str:
    return " ".join(text.split())


def test_a_fix_changes_its_words_and_no_other_byte(folder: Path) -> None:
    (folder / "en.html").chmod(0o640)
    run = bitext(*CHECK, "--fix", cwd=folder)
    assert (run.code, run.err) == (0, b"")
    assert "1 fix was written to en.html." in run.text
    assert "Nothing to correct" in run.text
    expected = ENGLISH.replace("a Tengfei Class", "an Ascend Class").encode("gb18030")
    assert (folder / "en.html").read_bytes() == expected
    assert (folder / "zh.html").read_bytes() == CHINESE.encode("gb18030")
    assert sorted(path.name for path in folder.iterdir()) == ["en.html", "terms.csv", "zh.html"]
    if os.name == "posix":
        assert stat.S_IMODE((folder / "en.html").stat().st_mode) == 0o640


def test_number_and_article_are_kept_and_every_place_is_fixed(folder: Path) -> None:
    page = ENGLISH.replace("a Tengfei Class held its opening", "the Tengfei Classes held a Tengfei Class opening")
    (folder / "en.html").write_bytes(page.encode("gb18030"))
    run = bitext(*CHECK, "--fix", cwd=folder)
    assert "2 fixes were written to en.html." in run.text
    written = (folder / "en.html").read_bytes().decode("gb18030")
    assert "the Ascend Classes held an Ascend Class opening" in written


def test_a_second_run_has_nothing_to_fix(folder: Path) -> None:
    bitext(*CHECK, "--fix", cwd=folder)
    before = (folder / "en.html").read_bytes()
    run = bitext(*CHECK, "--fix", cwd=folder)
    assert "There was nothing to fix" in run.text
    assert (folder / "en.html").read_bytes() == before


@pytest.mark.parametrize("more", [("--diff",), ("--fix", "--diff")])
def test_a_diff_shows_the_change_and_writes_nothing(more: tuple[str, ...], folder: Path) -> None:
    run = bitext(*CHECK, *more, cwd=folder)
    assert run.code == 1
    shown = run.out.decode("gb18030")
    changed = [line for line in shown.split("\n") if line[:1] in ("+", "-") and line[:3] not in ("+++", "---")]
    line = ENGLISH.split("\n")[2]
    assert changed == [f"-{line}", f"+{line.replace('a Tengfei', 'an Ascend')}"]
    assert shown.startswith("--- en.html\n+++ en.html\n@@ ")
    assert "1 fix is shown and nothing was written" in words(run.complaint)
    assert (folder / "en.html").read_bytes() == ENGLISH.encode("gb18030")


@pytest.mark.parametrize(
    ("encoding", "ends", "last"), [("gb18030", "\r\n", True), ("utf-8-sig", "\r\n", False), ("gb18030", "\n", False)]
)
def test_a_diff_is_a_patch_that_does_what_a_fix_does(encoding: str, ends: str, last: bool, folder: Path) -> None:
    name = "新闻 稿.html"
    text = ENGLISH.replace("gb2312", "utf-8" if encoding == "utf-8-sig" else "gb2312").replace("\r\n", ends)
    (folder / "en.html").unlink()
    (folder / name).write_bytes((text if last else text.removesuffix(ends)).encode(encoding))
    command = ("check", "zh.html", name, "--glossary", "terms.csv")
    (folder / "a.patch").write_bytes(bitext(*command, "--diff", cwd=folder).out)
    (folder / "copy").mkdir()
    shutil.copy(folder / name, folder / "copy" / name)
    bitext(*command, "--fix", cwd=folder)
    subprocess.run(["git", "-c", "core.autocrlf=false", "apply", "-p0", "../a.patch"], cwd=folder / "copy", check=True)
    assert (folder / "copy" / name).read_bytes() == (folder / name).read_bytes()
    assert b"an Ascend Class" in (folder / name).read_bytes()


def test_what_cannot_be_written_is_counted_and_said_and_stays_a_finding(folder: Path) -> None:
    page = ENGLISH.replace("Tengfei Class", "Tengfei&nbsp;Class").encode("gb18030")
    (folder / "en.html").write_bytes(page)
    run = bitext(*CHECK, "--fix", cwd=folder)
    assert run.code == 1
    assert "1 of the safe fixes could not be made in en.html: en.html:3:20" in words(run.text)
    assert "not written in one piece" in words(run.text)
    assert "term-deprecated" in run.text
    assert (folder / "en.html").read_bytes() == page


def test_what_cannot_be_written_is_not_counted_as_what_can_be_mended(folder: Path) -> None:
    assert "1 can be mended by bitext check --fix." in words(bitext(*CHECK, cwd=folder).text)
    (folder / "en.html").write_bytes(ENGLISH.replace("Tengfei Class", "<b>Tengfei</b> Class").encode("gb18030"))
    run = bitext(*CHECK, cwd=folder)
    assert "term-deprecated" in run.text
    assert "can be mended" not in words(run.text)


def test_what_a_person_must_judge_is_left(folder: Path) -> None:
    # The word is in no Chinese sentence that it is paired with, so nothing tells what was meant.
    page = ENGLISH.replace("a Tengfei Class", "the class").replace("The students", "The Tengfei Class")
    (folder / "en.html").write_bytes(page.encode("gb18030"))
    run = bitext(*CHECK, "--fix", cwd=folder)
    assert "There was nothing to fix without a person looking." in run.text
    assert "term-deprecated" in run.text
    assert (folder / "en.html").read_bytes() == page.encode("gb18030")


def test_a_read_only_page_is_a_clear_error_and_stays(folder: Path) -> None:
    (folder / "en.html").chmod(0o444)
    run = bitext(*CHECK, "--fix", cwd=folder)
    assert run.code == 2
    assert run.out == b""
    assert run.complaint.startswith("error: en.html: The file is read-only")
    assert (folder / "en.html").read_bytes() == ENGLISH.encode("gb18030")
    assert bitext(*CHECK, "--diff", cwd=folder).code == 1


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_a_link_stays_a_link_and_its_file_is_fixed(folder: Path) -> None:
    (folder / "pages").mkdir()
    (folder / "en.html").rename(folder / "pages" / "real.html")
    (folder / "en.html").symlink_to(Path("pages") / "real.html")
    assert bitext(*CHECK, "--fix", cwd=folder).code == 0
    assert (folder / "en.html").is_symlink()
    assert b"an Ascend Class held" in (folder / "pages" / "real.html").read_bytes()


def test_what_was_fixed_is_told_in_json_too(folder: Path) -> None:
    run = bitext(*CHECK, "--fix", "--format", "json", cwd=folder)
    report = json.loads(run.text)
    assert "1 fix was written to en.html." in report["items"][0]["notes"]
    assert report["summary"]["errors"] == 0


def test_a_waived_finding_is_not_fixed(folder: Path) -> None:
    page = ENGLISH.replace("<p>On", "<p><!-- bitext-ignore term-deprecated: quoted -->On").encode("gb18030")
    (folder / "en.html").write_bytes(page)
    run = bitext(*CHECK, "--fix", cwd=folder)
    assert run.code == 0
    assert (folder / "en.html").read_bytes() == page


def test_a_diff_is_no_json(folder: Path) -> None:
    run = bitext(*CHECK, "--diff", "--format", "json", cwd=folder)
    assert run.code == 2
    assert "exclude each other" in run.complaint
