"""A note appears on a terminal's error stream when work takes long, and never elsewhere."""

import io
import sys
import time

import pytest

from bitext.cli.progress import waiting


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def wait(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch, work: float, patience: float) -> str:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", stream)
    with waiting("Reading ...", patience=patience):
        time.sleep(work)
    return stream.getvalue()


def test_long_work_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Reading ..." in wait(Terminal(), monkeypatch, 0.6, 0.05)


def test_quick_work_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    assert wait(Terminal(), monkeypatch, 0.0, 30) == ""


def test_a_pipe_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert wait(io.StringIO(), monkeypatch, 0.2, 0.01) == ""
