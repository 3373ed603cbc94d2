"""Bad input of every kind: the right exit code, words on the error stream, nothing on the output, no traceback."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.program import Run, bitext

ENGLISH = "<html><body><h1>A visit</h1><p>The two sides signed an agreement. They will work together.</p></body></html>"
CHINESE = "<html><body><h1>参观访问</h1><p>双方签署了协议。双方将开展合作。</p></body></html>"
GLOSSARY = "concept,language,term,status,kind,note\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "zh.html").write_text(CHINESE, encoding="utf-8")
    (tmp_path / "en.html").write_text(ENGLISH, encoding="utf-8")
    return tmp_path


def write(name: str, data: bytes | str) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())

    return make


def huge(folder: Path) -> None:
    with (folder / "bad.html").open("wb") as file:
        file.truncate(50 * 1024 * 1024)


PAGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "missing": (lambda _folder: None, "bad.html"),
    "a folder": (lambda folder: (folder / "bad.html").mkdir(), "bad.html"),
    "empty": (write("bad.html", b""), "bad.html"),
    "white space only": (write("bad.html", " \n\t\n "), "bad.html"),
    "no text": (write("bad.html", "<html><body><script>var a = 1;</script></body></html>"), "bad.html"),
    "binary": (write("bad.html", bytes(range(256)) * 400), "bad.html"),
    "an image": (write("bad.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 9), "bad.html"),
    "an archive": (write("bad.docx", b"PK\x03\x04\x14\0\x06\0" + b"\0" * 400), "bad.docx"),
    "50 MB": (huge, "bad.html"),
    "digits only": (write("bad.txt", "12345 67890\n" * 20), "bad.txt"),
    "Japanese": (write("bad.txt", "これはにほんごのぶんしょうです。とてもいいてんきですね。"), "bad.txt"),
    "Russian": (write("bad.txt", "Это русский текст, и перевод его здесь не нужен."), "bad.txt"),
}


def assert_refused(run: Run) -> str:
    assert (run.code, run.out) == (2, b"")
    assert "Traceback" not in run.complaint
    assert "internal" not in run.complaint
    first = run.complaint.splitlines()[0]
    assert first.startswith("error: ")
    # What is wrong. What is accepted. What to try.
    assert first.count(". ") >= 1
    return run.complaint


@pytest.mark.parametrize("verb", ["check", "align"])
@pytest.mark.parametrize("name", ["en.html", "both.txt", "memory.tmx"])
def test_a_file_given_twice_is_told_as_that(name: str, verb: str, folder: Path) -> None:
    (folder / "both.txt").write_text("双方签署了协议。\n\nThe two sides signed an agreement.\n", encoding="utf-8")
    (folder / "memory.tmx").write_text("<tmx version='1.4'></tmx>", encoding="utf-8")
    (folder / "sub").mkdir()
    other = Path("sub", "..", name) if name == "en.html" else name
    complaint = assert_refused(bitext(verb, name, other, cwd=folder))
    assert "The same file was given twice" in complaint
    assert "once" in complaint


def test_of_two_memories_each_is_to_be_checked_by_itself(folder: Path) -> None:
    for name in ("a.tmx", "b.tmx"):
        (folder / name).write_text("<tmx version='1.4'></tmx>", encoding="utf-8")
    assert "`bitext check` with this file alone" in assert_refused(bitext("check", "a.tmx", "b.tmx", cwd=folder))


@pytest.mark.parametrize("command", ["check", "check alone", "align", "segment"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_is_none_is_refused_by_every_verb(name: str, command: str, folder: Path) -> None:
    make, bad = PAGES[name]
    make(folder)
    arguments = {
        "check": ("check", "zh.html", bad),
        "check alone": ("check", "--language", "en", bad),
        "align": ("align", "zh.html", bad, "-o", "out.tsv"),
        "segment": ("segment", bad, "-o", "out.tsv"),
    }[command]
    assert bad in assert_refused(bitext(*arguments, cwd=folder))
    assert not (folder / "out.tsv").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_is_refused_and_does_not_hang(folder: Path) -> None:
    os.mkfifo(folder / "pipe.html")
    assert_refused(bitext("check", "zh.html", "pipe.html", cwd=folder))


@pytest.mark.parametrize(("page", "language"), [("zh.html", "Chinese"), ("en.html", "English")])
def test_two_pages_of_one_language_are_refused(page: str, language: str, folder: Path) -> None:
    (folder / f"second.{page}").write_bytes((folder / page).read_bytes())
    complaint = assert_refused(bitext("check", page, f"second.{page}", cwd=folder))
    assert f"This page is {language}" in complaint


def test_a_page_alone_in_the_other_language_is_refused(folder: Path) -> None:
    assert "Try --language zh." in assert_refused(bitext("check", "--language", "en", "zh.html", cwd=folder))
    assert "Try --language en." in assert_refused(bitext("check", "--language", "zh", "en.html", cwd=folder))


def test_a_wrong_declaration_of_the_encoding_does_not_spoil_a_page(folder: Path) -> None:
    (folder / "gbk.html").write_bytes(CHINESE.replace("<html>", '<html><meta charset="utf-8">').encode("gbk"))
    run = bitext("segment", "gbk.html", cwd=folder)
    assert run.code == 0
    assert "双方签署了协议。" in run.text
    assert run.complaint.startswith("note: gbk.html: The page declares the encoding utf-8")


GLOSSARIES = {
    "unknown status": (GLOSSARY + "a,zh,班,prefered,full,\n", r"bad\.csv:2:\d+: .*preferred"),
    "missing column": ("concept,term\na,班\n", r"bad\.csv"),
    "unknown language": (GLOSSARY + "a,fr,classe,preferred,full,\n", r"bad\.csv:2:\d+: "),
    "empty term": (GLOSSARY + "a,en,,preferred,full,\n", r"bad\.csv:2"),
    "open quote": (GLOSSARY + 'a,en,"Ascend,preferred,full,\n', r"bad\.csv"),
    "empty file": ("", r"bad\.csv"),
    "a page": (ENGLISH, r"bad\.csv"),
}


@pytest.mark.parametrize("name", GLOSSARIES)
def test_a_malformed_glossary_is_refused_with_its_place(name: str, folder: Path) -> None:
    text, place = GLOSSARIES[name]
    write("bad.csv", text)(folder)
    complaint = assert_refused(bitext("check", "zh.html", "en.html", "--glossary", "bad.csv", cwd=folder))
    assert re.search(place, complaint)


def test_a_glossary_of_another_kind_is_refused(folder: Path) -> None:
    write("terms.docx", b"PK\x03\x04")(folder)
    complaint = assert_refused(bitext("check", "zh.html", "en.html", "--glossary", "terms.docx", cwd=folder))
    assert ".csv" in complaint


def test_a_malformed_glossary_of_the_folder_is_refused_too(folder: Path) -> None:
    (folder / "glossaries").mkdir()
    write("glossaries/bad.csv", GLOSSARY + "a,zh,班,prefered,full,\n")(folder)
    assert "glossaries/bad.csv:2:" in assert_refused(bitext("check", "zh.html", "en.html", cwd=folder))


@pytest.mark.parametrize("place", ["no/such/folder/out.tsv", "."])
def test_an_output_that_cannot_be_written_is_told(place: str, folder: Path) -> None:
    assert "cannot be written" in assert_refused(bitext("segment", "zh.html", "-o", place, cwd=folder))


def test_errors_are_told_in_chinese_too(folder: Path) -> None:
    (folder / "copy.html").write_bytes((folder / "zh.html").read_bytes())
    run = bitext("check", "zh.html", "copy.html", cwd=folder, env={"BITEXT_LANG": "zh"})
    assert run.code == 2
    assert run.complaint.startswith("错误：copy.html: 这一页是中文")
