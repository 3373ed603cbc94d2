"""Compiled arrays in the cache: made once, made again when broken, shared by processes, never a reason to fail."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from bitext.align.cache import Arrays, cached, folder


class Making:
    """Makes arrays and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Arrays:
        self.times += 1
        return {"numbers": np.arange(1000), "bytes": np.ones((3, 4), dtype=np.uint8), "none": np.zeros(0)}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BITEXT_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def assert_made(arrays: Arrays) -> None:
    for name, expected in Making()().items():
        assert arrays[name].dtype == expected.dtype
        assert np.array_equal(arrays[name], expected)


def entries(place: Path) -> list[Path]:
    return sorted(place.iterdir())


def test_an_entry_is_made_once_and_mapped_then(place: Path) -> None:
    make = Making()
    for _ in range(3):
        found = cached("x", make)
        assert_made(found)
    assert make.times == 1
    assert isinstance(found["numbers"], np.memmap)
    assert len(entries(place)) == 1


def test_entries_of_other_names_are_other_entries(place: Path) -> None:
    make = Making()
    cached("x", make)
    cached("y", make)
    assert make.times == 2
    assert len(entries(place)) == 2


def truncate(entry: Path) -> None:
    data = (entry / "numbers.npy").read_bytes()
    (entry / "numbers.npy").write_bytes(data[: len(data) // 2])


def of_other_type(entry: Path) -> None:
    size = (entry / "numbers.npy").stat().st_size
    np.save(entry / "numbers.npy", np.zeros(1000, dtype=np.float64))
    assert (entry / "numbers.npy").stat().st_size == size


BREAKS: dict[str, Callable[[Path], object]] = {
    "a file is cut short": truncate,
    "a file is empty": lambda entry: (entry / "bytes.npy").write_bytes(b""),
    "a file is gone": lambda entry: (entry / "numbers.npy").unlink(),
    "a file holds something else": of_other_type,
    "a file is no array": lambda entry: (entry / "numbers.npy").write_bytes(
        b"x" * (entry / "numbers.npy").stat().st_size
    ),
    "the manifest is gone": lambda entry: (entry / "manifest.json").unlink(),
    "the manifest is cut short": lambda entry: (entry / "manifest.json").write_text('{"numbers": ["<i8"'),
    "the manifest is a list": lambda entry: (entry / "manifest.json").write_text("[]"),
    "the manifest is binary": lambda entry: (entry / "manifest.json").write_bytes(b"\xff\xfe\0"),
    "the manifest has odd rows": lambda entry: (entry / "manifest.json").write_text('{"numbers": 3}'),
}


@pytest.mark.parametrize("what", BREAKS)
def test_a_broken_entry_is_made_again(what: str, place: Path) -> None:
    make = Making()
    cached("x", make)
    BREAKS[what](entries(place)[0])
    assert_made(cached("x", make))
    assert make.times == 2
    assert_made(cached("x", make))
    assert make.times == 2
    assert len(entries(place)) == 1


def test_where_nothing_can_be_written_the_arrays_are_made_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("BITEXT_CACHE", str(tmp_path / "file" / "cache"))
    make = Making()
    assert_made(cached("x", make))
    assert_made(cached("x", make))
    assert make.times == 2


def is_bound(folder: Path) -> bool:
    """Whether permissions bind this user (the superuser writes anywhere)."""
    try:
        (folder / "probe").write_bytes(b"")
    except OSError:
        return True
    (folder / "probe").unlink()
    return False


def test_a_read_only_folder_is_read_and_not_written(place: Path) -> None:
    make = Making()
    cached("x", make)
    place.chmod(0o500)
    try:
        if not is_bound(place):
            pytest.skip("permissions do not bind this user")
        assert_made(cached("x", make))
        assert make.times == 1
        assert_made(cached("y", make))
        assert make.times == 2
    finally:
        place.chmod(0o700)
    assert len(entries(place)) == 1


def test_a_full_disk_leaves_no_half_entry(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    make = Making()
    with monkeypatch.context() as patch:
        patch.setattr(np, "save", full)
        assert_made(cached("x", make))
    assert entries(place) == []
    assert_made(cached("x", make))
    assert make.times == 2


def test_the_cache_can_be_switched_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BITEXT_CACHE", "off")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    make = Making()
    assert_made(cached("x", make))
    assert_made(cached("x", make))
    assert make.times == 2
    assert folder() is None
    assert list(tmp_path.iterdir()) == []


def test_a_user_without_a_home_has_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(import_module("bitext.align.cache"), "folder", homeless)
    assert_made(cached("x", Making()))


MAKER = """
import sys, time
import numpy as np
from bitext.align.cache import cached

def make():
    time.sleep(0.3)
    return {"numbers": np.arange(100_000)}

print(int(cached("x", make)["numbers"].sum()))
"""


def test_several_processes_make_an_entry_at_once(place: Path) -> None:
    command = [sys.executable, "-c", MAKER]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    outputs = [process.communicate(timeout=60)[0].strip() for process in running]
    assert outputs == [str(sum(range(100_000)))] * 3
    assert [path.name[0] for path in entries(place)] == ["x"]
