"""-o: a file whole or not at all."""

import errno
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bitext.cli.output import ascii_only, deliver, deliver_bytes, deliver_files, overwrite
from bitext.errors import InputError


def test_a_file_is_utf8_with_line_feeds(tmp_path: Path) -> None:
    deliver(["一\n", "b\n"], str(tmp_path / "out.tsv"))
    assert (tmp_path / "out.tsv").read_bytes() == "一\nb\n".encode()


def test_a_run_cut_short_leaves_what_was_there(tmp_path: Path) -> None:
    def pieces() -> Iterator[str]:
        yield "new\n"
        raise RuntimeError

    (tmp_path / "out.tsv").write_text("old\n", encoding="utf-8")
    with pytest.raises(RuntimeError):
        deliver(pieces(), str(tmp_path / "out.tsv"))
    assert (tmp_path / "out.tsv").read_text(encoding="utf-8") == "old\n"
    assert [path.name for path in tmp_path.iterdir()] == ["out.tsv"]


@pytest.mark.parametrize("place", ["no-such-folder/out.tsv", "."])
def test_a_place_that_cannot_be_written_to_is_refused(place: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        deliver(["x"], str(tmp_path / place))
    assert list(tmp_path.iterdir()) == []


def test_of_several_files_none_is_written_where_one_cannot_be(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        deliver_files([(b"a", b"b")], (str(tmp_path / "a"), str(tmp_path / "no-such-folder/b")))
    assert list(tmp_path.iterdir()) == []


def test_a_file_with_the_longest_name_that_there_may_be_is_written(tmp_path: Path) -> None:
    place = tmp_path / ("n" * 250 + ".json")
    deliver_bytes(b"x", str(place))
    assert place.read_bytes() == b"x"


@pytest.mark.skipif(os.name == "nt", reason="links and permissions of POSIX")
def test_what_is_replaced_stays_a_link_and_keeps_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"before")
    (tmp_path / "real").chmod(0o600)
    (tmp_path / "link").symlink_to("real")
    deliver(["after"], str(tmp_path / "link"))
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"after"
    assert (tmp_path / "real").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a named pipe of POSIX")
def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        deliver_bytes(b"words", str(pipe))
        assert os.read(reader, 100) == b"words"
    finally:
        os.close(reader)
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]
    assert pipe.is_fifo()


def test_a_name_that_is_no_text_is_escaped_so_that_json_reads_it(tmp_path: Path) -> None:
    name = b"zh\xff.html".decode("utf-8", "surrogateescape")
    deliver([json.dumps(name, ensure_ascii=False)], str(tmp_path / "out.json"))
    assert json.loads((tmp_path / "out.json").read_bytes()) == name


def test_json_is_escaped_only_where_the_stream_needs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for encoding, escaped in (("utf-8", False), ("cp936", True), ("ascii", True)):
        monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BytesIO(), encoding=encoding))
        assert ascii_only(None) is escaped
        assert ascii_only("out.jsonl") is False


def test_a_page_that_cannot_be_replaced_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "en.html"
    page.write_bytes(b"before")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(InputError, match=os.strerror(errno.ENOSPC)):
        overwrite(str(page), b"after")
    assert page.read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["en.html"]


def test_a_page_that_went_away_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        overwrite(str(tmp_path / "gone.html"), b"after")
    assert list(tmp_path.iterdir()) == []
