"""Tasks judged by several processes, their outcomes in order.

Each worker is a fresh interpreter on every system, so that all behave as Windows does, with matrix products on one
thread. It loads glossary, dictionary and encoder once and gets one task at a time. A worker that dies costs its task
and no other; a new one takes its place.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Condition, Thread
from typing import IO, cast

from bitext.model.findings import Outcome
from bitext.project import worker
from bitext.project.codec import Refused, decode
from bitext.project.work import Job, Task

SHARE = 40_000
"""Bytes of pages that a worker must have to read for its start to pay: about a second's work."""
AHEAD = 16
"""Tasks for each worker that may be finished before an earlier one is."""

_START = """
import json, sys
sys.path[:] = json.loads(sys.stdin.buffer.readline())
from bitext.project import worker
worker.main()
"""
_ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def outcomes(tasks: Sequence[Task], job: Job, workers: int) -> Generator[Outcome]:
    """The outcome of each task, in order, by at most `workers` processes; the outcomes do not depend on how many.

    With one worker, or where there is too little work for several, all is done in this process. Few outcomes are kept
    waiting for an earlier one. When the iterator is closed or interrupted, all workers end.
    """
    used = min(workers, _worthwhile(tasks)) if sys.executable else 1
    if used < 2:
        yield from (worker.outcome(task, job) for task in tasks)
        return
    crew = _Crew(tasks, job, used)
    try:
        yield from crew.outcomes()
    finally:
        crew.dismiss()


def _worthwhile(tasks: Sequence[Task]) -> int:
    """The number of workers that have enough to do."""
    work = 0
    for task in tasks:
        for path in task.paths:
            with suppress(OSError, ValueError):
                work += Path(path).stat().st_size
    return min(len(tasks), 1 + work // SHARE)


class _Crew:
    """Workers, each with a thread of this process that hands it tasks and waits for its answers."""

    def __init__(self, tasks: Sequence[Task], job: Job, size: int) -> None:
        self.tasks, self.job = tasks, job
        self.news = Condition()
        self.done: dict[int, Outcome] = {}
        self.left: set[int] = set()
        """Tasks that no worker could be started for."""
        self.next = self.wanted = 0
        self.over = False
        self.ahead = size * AHEAD
        self.members: list[Member] = []
        hello = greeting(job)
        for _ in range(size):
            Thread(target=self._employ, args=(hello,), daemon=True).start()

    def outcomes(self) -> Iterator[Outcome]:
        """The outcomes in order."""
        for index, task in enumerate(self.tasks):
            with self.news:
                self.wanted = index
                self.news.notify_all()
                self.news.wait_for(lambda: index in self.done or index in self.left)  # noqa: B023 - called at once
                found = self.done.pop(index, None)
            yield worker.outcome(task, self.job) if found is None else found

    def dismiss(self) -> None:
        """Ends all workers, busy or not."""
        with self.news:
            self.over = True
            self.news.notify_all()
            members = list(self.members)
        for member in members:
            member.release()
        deadline = time.monotonic() + worker.GRACE
        for member in members:
            member.end(deadline)

    def _employ(self, hello: bytes) -> None:
        member: Member | None = None
        while (index := self._take()) is not None:
            found = None
            if member is None or not member.alive:
                member = self._engaged(hello)
            if member is not None and member.alive:
                found = member.ask(self.tasks[index]) or worker.failed(self.tasks[index], "died")
            with self.news:
                if found is None:
                    self.left.add(index)
                else:
                    self.done[index] = found
                self.news.notify_all()

    def _take(self) -> int | None:
        """The next task that nobody has, as soon as it is not too far ahead; None if there is none."""
        with self.news:
            self.news.wait_for(lambda: self.over or self.next < self.wanted + self.ahead)
            if self.over or self.next >= len(self.tasks):
                return None
            self.next += 1
            return self.next - 1

    def _engaged(self, hello: bytes) -> Member | None:
        """A new worker, or None if none can be started."""
        with self.news:
            if self.over:
                return None
            try:
                member = Member()
            except OSError:
                return None
            self.members.append(member)
        member.greet(hello)
        return member


def greeting(job: object) -> bytes:
    """What a worker hears first: where its modules are, and the job."""
    return json.dumps(sys.path).encode() + b"\n" + pickle.dumps(job)


class Member:
    """One worker process."""

    def __init__(self) -> None:
        self.alive = False
        quiet = None if os.environ.get("BITEXT_DEBUG") else subprocess.DEVNULL
        self.process = subprocess.Popen(  # noqa: S603 - this interpreter and our own words
            # Without -P a module in the current folder could stand in for one of ours.
            [sys.executable, "-P", "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=quiet,
            env=os.environ | dict.fromkeys(_ONE_THREAD, "1"),
            # ^C is for the run, which tells its workers.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        self.tasks = cast("IO[bytes]", self.process.stdin)
        self.answers = cast("IO[bytes]", self.process.stdout)

    def greet(self, hello: bytes) -> None:
        """Hands over the job, and waits until the worker is ready for tasks."""
        self.alive = self._say(hello) and self._heard() == b""

    def ask(self, task: Task) -> Outcome | None:
        """The outcome of `task`, or None if the worker died over it."""
        data = self.answer(task)
        try:
            return None if data is None else decode(data, Outcome)
        except Refused:
            return None

    def answer(self, task: object) -> bytes | None:
        """The bytes that the worker answers `task` with, or None if it died over it."""
        data = self._heard() if self._say(pickle.dumps(task)) else None
        self.alive = data is not None
        return data

    def _say(self, data: bytes) -> bool:
        try:
            self.tasks.write(data)
            self.tasks.flush()
        except (OSError, ValueError):
            return False
        return True

    def _heard(self) -> bytes | None:
        try:
            head = self.answers.read(worker.LENGTH.size)
            if len(head) < worker.LENGTH.size:
                return None
            (length,) = worker.LENGTH.unpack(head)
            data = self.answers.read(length)
        except (OSError, ValueError):
            return None
        return data if len(data) == length else None

    def release(self) -> None:
        """Tells the worker that the run is over."""
        with suppress(OSError, ValueError):
            self.tasks.close()

    def end(self, deadline: float) -> None:
        """Waits for the end of the worker until `deadline`, then forces it."""
        self.release()
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.answers.close()
