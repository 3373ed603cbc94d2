"""bitext convert --into and --glossary: what is written, what is told, and that nothing is left half done."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.program import bitext
from tests.formats.bitexts.test_packages import STUDIO

from bitext.cli.app import main

SHEET = "zh\ten\n学生36名。\tThere are 36 students.\n第三句。\tThird.\n锁定。\tNew\n没有这句。\tNowhere\n"
GLOSSARY = "concept,language,term,status\na,zh,学生,preferred\na,en,student,preferred\n"
STRANGE = "zh\ten\n完全不同\tOther\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "job.sdlxliff").write_bytes(STUDIO.encode())
    for name, text in (("new.tsv", SHEET), ("g.csv", GLOSSARY), ("other.tsv", STRANGE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_translations_go_into_the_file_and_what_found_no_place_is_told(folder: Path) -> None:
    run = bitext("convert", "new.tsv", "done.sdlxliff", "--into", "job.sdlxliff", cwd=folder)
    assert (run.code, run.out) == (0, b"")
    assert run.complaint.splitlines() == [
        "note: Left as they were, because the CAT tool has them locked: 1 segment. u3.4",
        "note: Written without inline codes that the source has, which the CAT tool can put in: 1 segment. u2.3",
        "note: Found no segment with their source text and were left out: 1 translation. 没有这句。",
        "note: The states of the segments stay as they were. Confirm the new translations in the CAT tool.",
        "2 translations written to done.sdlxliff, all else as in job.sdlxliff.",
    ]
    after = (folder / "done.sdlxliff").read_text(encoding="utf-8")
    assert '<mrk mtype="seg" mid="2">There are 36 students.</mrk>' in after
    assert (folder / "job.sdlxliff").read_bytes() == STUDIO.encode()


def test_a_memory_of_the_file_gives_the_same_file(folder: Path) -> None:
    assert bitext("convert", "job.sdlxliff", "job.tmx", cwd=folder).code == 0
    run = bitext("convert", "job.tmx", "same.sdlxliff", "--into", "job.sdlxliff", cwd=folder)
    assert (run.code, (folder / "same.sdlxliff").read_bytes()) == (0, STUDIO.encode())
    assert "Had the same translation already: 2 segments." in run.complaint


def test_a_file_may_be_written_back_into_itself(folder: Path) -> None:
    run = bitext("convert", "job.sdlxliff", "same.sdlxliff", "--into", "job.sdlxliff", cwd=folder)
    assert (run.code, (folder / "same.sdlxliff").read_bytes()) == (0, STUDIO.encode())


REFUSED = {
    "translations of another file": (["other.tsv", "x.sdlxliff", "--into", "job.sdlxliff"], "No translation found"),
    "another suffix": (["new.tsv", "x.tmx", "--into", "job.sdlxliff"], "its name ends in .tmx"),
    "the file itself": (["new.tsv", "job.sdlxliff", "--into", "job.sdlxliff"], "same file"),
    "a sheet": (["new.tsv", "x.sdlxliff", "--into", "other.tsv"], "cannot be written back"),
    "no file": (["new.tsv", "x.sdlxliff", "--into", "no.sdlxliff"], "no such file"),
    "a format": (["new.tsv", "x.sdlxliff", "--to", "tmx", "--into", "job.sdlxliff"], "--to does not go"),
    "a glossary": (["new.tsv", "x.sdlxliff", "--into", "job.sdlxliff", "--glossary", "g.csv"], "--glossary does not"),
    "terms in TMX": (["new.tsv", "x.tmx", "--glossary", "g.csv"], "Only XLIFF 2"),
    "terms in XLIFF 1.2": (["new.tsv", "x.xlf", "--to", "xliff", "--glossary", "g.csv"], "Only XLIFF 2"),
    "a glossary that is not there": (["new.tsv", "x.xlf", "--glossary", "h.csv"], "no such file"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_done_is_told_and_nothing_is_written(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments, said = REFUSED[name]
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    monkeypatch.chdir(folder)
    monkeypatch.setenv("BITEXT_LANG", "en")
    assert main(["convert", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_an_xliff_file_carries_the_terms_of_a_glossary(folder: Path) -> None:
    run = bitext("convert", "new.tsv", "new.xlf", "--glossary", "g.csv", cwd=folder)
    assert run.code == 0
    assert run.complaint.splitlines() == [
        "note: The file is XLIFF 2.1, because XLIFF 1.2 has no place for a glossary.",
        "note: Terms of the glossary go with 1 unit.",
        "4 units written to new.xlf.",
    ]
    data = (folder / "new.xlf").read_text(encoding="utf-8")
    assert data.count("<gls:term>学生</gls:term>\n<gls:translation>student</gls:translation>") == 1
    run = bitext("convert", "new.tsv", "again.xlf", "--to", "xliff2", "--glossary", "g.csv", cwd=folder)
    assert (folder / "again.xlf").read_text(encoding="utf-8") == data
    assert "XLIFF 1.2" not in run.complaint
    run = bitext("convert", "again.xlf", "same.xlf", "--glossary", "g.csv", cwd=folder)
    assert "Terms of the glossary go with 1 unit." in run.complaint
    assert (folder / "same.xlf").read_text(encoding="utf-8").count("student</translation>") == 1
    (folder / "h.csv").write_text("zh,en\n火星,Mars\n", encoding="utf-8")
    run = bitext("convert", "again.xlf", "mars.xlf", "--glossary", "h.csv", cwd=folder)
    assert "Terms of the glossary go with 0 units." in run.complaint
    assert "student</translation>" in (folder / "mars.xlf").read_text(encoding="utf-8")
