"""Outcomes do not depend on how many processes made them, and no process is left over or takes others with it."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.project.pages import pair

from bitext.model.glossary import Concept, Glossary, Term
from bitext.project import pool
from bitext.project.work import Job, Task

JOB = Job(Glossary((Concept("contest", (Term("技能大赛", "zh"), Term("Skills Competition", "en"))),)), profile="fast")


@pytest.fixture
def small_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several workers for little work."""
    monkeypatch.setattr(pool, "_worthwhile", len)


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch, small_shares: None) -> None:  # noqa: ARG001
    start = pool._START.replace("bitext.project import worker", "tests.project import faulty_worker as worker")
    assert start != pool._START
    monkeypatch.setattr(pool, "_START", start)


MISSING = "formats.file.missing"


def absent(*names: str) -> list[Task]:
    """Tasks of pages that are not there, which fail without anything being loaded."""
    return [Task(f"{name}/1.zh.md", f"{name}/1.en.md") for name in names]


def keys(tasks: list[Task], workers: int) -> list[str]:
    """How each task failed, or nothing."""
    found = pool.outcomes(tasks, JOB, workers)
    return [one.failure.message.key if one.failure else "" for one in found]


@pytest.mark.usefixtures("small_shares")
def test_any_number_of_workers_brings_the_same_outcomes_in_the_same_order(tmp_path: Path) -> None:
    tasks = [pair(tmp_path, n, right=n % 2 == 0) for n in range(1, 6)]
    tasks.insert(3, Task((tmp_path / "missing.zh.md").as_posix(), tasks[0].target))
    serial = list(pool.outcomes(tasks, JOB, 1))
    assert list(pool.outcomes(tasks, JOB, 3)) == serial
    assert [one.failure is not None for one in serial] == [False, False, False, True, False, False]
    assert any(finding.rule == "number-mismatch" for finding in serial[0].findings)


@pytest.mark.usefixtures("faulty")
def test_a_worker_that_dies_costs_its_task_and_no_other() -> None:
    tasks = absent("dies", "sound", "prints", "memory", "ends", "more", "ends", "last")
    died, memory = "pool.failure.died", "pool.failure.memory"
    assert keys(tasks, 2) == [died, MISSING, MISSING, memory, died, MISSING, died, MISSING]


@pytest.mark.usefixtures("small_shares")
def test_where_no_process_can_be_started_this_one_does_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks = absent("one", "two", "three")
    serial = list(pool.outcomes(tasks, JOB, 1))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing"))
    assert list(pool.outcomes(tasks, JOB, 2)) == serial
    monkeypatch.setattr(sys, "executable", "")
    assert list(pool.outcomes(tasks, JOB, 2)) == serial


@pytest.mark.usefixtures("small_shares")
def test_a_worker_that_never_gets_ready_leaves_the_work_to_this_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tasks = absent("one", "two")
    serial = list(pool.outcomes(tasks, JOB, 1))
    monkeypatch.setattr(pool, "_START", "raise SystemExit(1)")
    assert list(pool.outcomes(tasks, JOB, 2)) == serial


@pytest.mark.usefixtures("small_shares")
def test_little_is_kept_waiting_for_an_earlier_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "AHEAD", 1)
    crew = pool._Crew(absent(*map(str, range(40))), JOB, 2)
    try:
        stream = crew.outcomes()
        next(stream)
        time.sleep(0.2)
        assert len(crew.done) <= 2
        assert len(list(stream)) == 39
    finally:
        crew.dismiss()


def test_the_bytes_of_the_pages_tell_how_many_workers_are_worth_their_start(tmp_path: Path) -> None:
    tasks = [*absent("x"), *(pair(tmp_path, n) for n in (1, 2))]
    assert pool._worthwhile(tasks) == 1
    Path(tasks[1].source).write_bytes(b"x" * pool.SHARE)
    assert pool._worthwhile(tasks) == 2
    Path(tasks[2].source).write_bytes(b"x" * 40 * pool.SHARE)
    assert pool._worthwhile(tasks) == len(tasks)


def test_work_for_a_moment_is_done_in_this_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_Crew", None)
    assert keys([pair(tmp_path, n) for n in (1, 2)], 8) == ["", ""]


@pytest.mark.usefixtures("faulty")
def test_workers_end_when_the_outcomes_are_no_longer_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[pool.Member] = []

    class Member(pool.Member):
        def __init__(self) -> None:
            super().__init__()
            started.append(self)

    monkeypatch.setattr(pool, "Member", Member)
    stream = pool.outcomes(absent("sound", "sleeps", "also"), JOB, 2)
    next(stream)
    stream.close()
    assert len(started) == 2
    assert all(member.process.poll() is not None for member in started)


SCRIPT = """
import sys
from bitext.project import pool
from bitext.project.work import Job, Task
pool._worthwhile = len
pool._START = pool._START.replace("bitext.project import worker", "tests.project import faulty_worker as worker")
tasks = [Task("sleeps/zh.md", "sleeps/en.md")] * 4
try:
    list(pool.outcomes(tasks, Job(), 2))
except KeyboardInterrupt:
    sys.exit(130)
"""


def children(parent: int) -> Iterator[int]:
    """The processes that `parent` started."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int((folder / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                yield int(folder.name)
        except OSError:
            continue


def running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def interruptible() -> None:
    """A shell that starts tests in the background has them ignore ^C, and their children too."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see other processes")
@pytest.mark.parametrize(("signal_number", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_no_worker_outlives_its_run(tmp_path: Path, signal_number: signal.Signals, code: int) -> None:
    (tmp_path / "sleeps").mkdir()
    for name in ("zh.md", "en.md"):
        (tmp_path / "sleeps" / name).write_text("x", encoding="utf-8")
    path = os.pathsep.join(filter(None, sys.path))
    command = [sys.executable, "-c", textwrap.dedent(SCRIPT)]
    run = subprocess.Popen(command, cwd=tmp_path, env=os.environ | {"PYTHONPATH": path}, stderr=subprocess.PIPE)
    workers: list[int] = []
    deadline = time.monotonic() + 20
    while len(workers) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
        workers = list(children(run.pid))
    time.sleep(0.3)
    started = time.monotonic()
    run.send_signal(signal_number)
    _, complaints = run.communicate(timeout=10)
    assert (run.returncode, complaints) == (code, b"")
    while any(map(running, workers)) and time.monotonic() < started + 5:
        time.sleep(0.02)
    assert not any(map(running, workers))
