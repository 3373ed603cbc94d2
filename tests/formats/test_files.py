"""Input files are opened in one place, which refuses what is no regular file of a sensible size."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from bitext.errors import InputError
from bitext.formats.files import read_bytes


def key(path: str | Path, limit: int = 100) -> str:
    with pytest.raises(InputError) as error:
        read_bytes(path, limit)
    assert error.value.path == os.fspath(path)
    assert error.value.render("zh") != error.value.render("en")
    return error.value.message.key.removeprefix("formats.file.")


def test_a_file_is_read_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a\r\nb")
    assert read_bytes(tmp_path / "a.txt") == b"a\r\nb"
    assert read_bytes(str(tmp_path / "a.txt"), 4) == b"a\r\nb"


def test_what_cannot_be_read_is_refused_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "large.txt").write_bytes(b"x" * 101)
    assert key(tmp_path / "empty.txt") == "empty"
    assert key(tmp_path / "large.txt") == "too-large"
    assert key(tmp_path) == "directory"
    assert key(tmp_path / "large.txt" / "x") == "missing"
    assert key(tmp_path / "none" / "x.txt") == "missing"
    assert key("nul\0byte") == "unreadable"


def test_a_misspelt_name_brings_the_right_one_to_mind(tmp_path: Path) -> None:
    (tmp_path / "draft.zh.html").write_text("x", "utf-8")
    with pytest.raises(InputError, match=r"Did you mean .*draft\.zh\.html"):
        read_bytes(tmp_path / "drafts.zh.html")
    assert key(tmp_path / "else.csv") == "missing"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no FIFOs in the file system")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.html")
    assert key(tmp_path / "pipe.html") == "special"
    assert key("/dev/zero") == "special"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a user whom permissions stop")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("x", "utf-8")
    (tmp_path / "secret.txt").chmod(0)
    assert key(tmp_path / "secret.txt") == "denied"


def test_a_large_size_is_said_in_megabytes(tmp_path: Path) -> None:
    with (tmp_path / "huge.html").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    with pytest.raises(InputError, match=r"50\.0 MB; at most 32\.0 MB"):
        read_bytes(tmp_path / "huge.html")


def test_files_that_hold_pictures_may_be_larger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bitext.formats.files.DEFAULT_LIMIT", 10)
    for name in ("a.docx", "a.txt"):
        (tmp_path / name).write_bytes(b"x" * 11)
    assert len(read_bytes(tmp_path / "a.docx")) == 11
    with pytest.raises(InputError):
        read_bytes(tmp_path / "a.txt")


def test_a_file_that_another_program_keeps_to_itself_is_told_as_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "open.docx").write_text("x", "utf-8")

    def kept(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", kept)
    assert key(tmp_path / "open.docx") == "denied"
