"""Pairs aligned by several processes, their alignments in order.

The workers are those of projects: fresh interpreters on every system, so a program that calls this needs no guard
around its main part. A batch over which a worker dies is aligned by this process.
"""

from __future__ import annotations

import pickle
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from itertools import chain, islice
from queue import SimpleQueue
from threading import Event, Lock, Thread

from bitext.model.alignment import Alignment
from bitext.project.aligning import AlignJob, AlignTask, Batch, Made, alignments, made
from bitext.project.pool import Member, greeting
from bitext.project.worker import GRACE

AHEAD = 2
"""Batches for each worker that are taken up before their turn."""


def aligned(batches: Iterable[Batch], job: AlignJob, workers: int) -> Generator[Alignment]:
    """The alignments of all pairs, in order, by at most `workers` processes; they do not depend on how many.

    What is in `batches` is taken up in this thread. A single batch is aligned in this process. When the iterator is
    closed or interrupted, all workers end.
    """
    remaining = iter(batches)
    first = list(islice(remaining, 2))
    if len(first) < 2 or workers < 2:
        yield from (one for batch in chain(first, remaining) for one in _by_this_process(batch, job))
        return
    crew = _Crew(job, workers)
    try:
        yield from _in_order(chain(first, remaining), crew)
    finally:
        crew.dismiss()


def _in_order(batches: Iterator[Batch], crew: _Crew) -> Iterator[Alignment]:
    waiting: deque[_Answer] = deque()
    for batch in batches:
        waiting.append(crew.ask(batch))
        if len(waiting) > AHEAD * crew.size:
            yield from crew.alignments(waiting.popleft())
    while waiting:
        yield from crew.alignments(waiting.popleft())


def _by_this_process(batch: Batch, job: AlignJob) -> list[Alignment]:
    return alignments(batch, made(AlignTask(batch), job))


class _Answer:
    """A batch, and what a worker makes of it once it is done; None if it fails."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.rows: list[Made] | None = None
        self.done = Event()


class _Crew:
    """Workers, each with a thread of this process that hands it batches. There are no more of them than batches."""

    def __init__(self, job: AlignJob, size: int) -> None:
        self.job, self.size = job, size
        self.hello = greeting(job)
        self.asked: SimpleQueue[_Answer | None] = SimpleQueue()
        self.threads: list[Thread] = []
        self.members: list[Member] = []
        self.lock = Lock()
        self.over = False

    def ask(self, batch: Batch) -> _Answer:
        """Hands over a batch."""
        answer = _Answer(batch)
        self.asked.put(answer)
        if len(self.threads) < self.size:
            self.threads.append(Thread(target=self._employ, daemon=True))
            self.threads[-1].start()
        return answer

    def alignments(self, answer: _Answer) -> list[Alignment]:
        """The alignments of a batch, as soon as it is done."""
        answer.done.wait()
        if answer.rows is None:
            return _by_this_process(answer.batch, self.job)
        return alignments(answer.batch, answer.rows)

    def dismiss(self) -> None:
        """Ends all workers, busy or not."""
        with self.lock:
            self.over = True
        for _ in self.threads:
            self.asked.put(None)
        deadline = time.monotonic() + GRACE
        for member in self.members:
            member.release()
        for member in self.members:
            member.end(deadline)

    def _employ(self) -> None:
        member: Member | None = None
        while (answer := self.asked.get()) is not None and not self.over:
            try:
                if member is None or not member.alive:
                    member = self._engaged()
                data = member.answer(AlignTask(answer.batch)) if member is not None and member.alive else None
                answer.rows = pickle.loads(data) if data else None  # noqa: S301 - from a process of our own
            except Exception:  # noqa: BLE001, S110  # then this process does it, and tells what is wrong
                pass
            finally:
                answer.done.set()

    def _engaged(self) -> Member | None:
        """A new worker, or None if none can be started."""
        with self.lock:
            if self.over:
                return None
            try:
                member = Member()
            except OSError:
                return None
            self.members.append(member)
        member.greet(self.hello)
        return member
