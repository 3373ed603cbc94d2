"""What a worker process does: takes a job, then one task after another, and answers each with the bytes of an outcome.

A task may also be a batch of pairs to be aligned, for a job of that kind.

It lives no longer than the pipe it gets its tasks from: when that closes, because the run is over, interrupted or
killed, the worker stops what it does and ends.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import sys
import time
from _thread import interrupt_main
from queue import SimpleQueue
from threading import Thread
from typing import BinaryIO, TypeAlias

from bitext.model.findings import Failure, Message, Outcome
from bitext.project.aligning import AlignJob, AlignTask, answer
from bitext.project.codec import Refused, encode
from bitext.project.work import Job, Task, judge

Requests: TypeAlias = SimpleQueue[Job | Task | AlignJob | AlignTask | None]

GRACE = 0.5
"""Seconds that a worker has to clean up after its run is gone."""
LENGTH = struct.Struct(">Q")
"""How the length of an answer is written before it."""


def outcome(task: Task, job: Job) -> Outcome:
    """What one task comes to; what needs more memory than there is is a failure of that task."""
    try:
        return judge(task, job)
    except MemoryError:
        return failed(task, "memory")


def failed(task: Task, key: str) -> Outcome:
    """The outcome of a task that could not be brought to an end; `key` tells why."""
    return Outcome(None, failure=Failure(task.paths, Message.of(f"pool.failure.{key}"), internal=True))


def main() -> None:
    """Answers the tasks on the standard input until it ends."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    answers = _private_output()
    requests: Requests = SimpleQueue()
    Thread(target=_listen, args=(sys.stdin.buffer, requests), daemon=True).start()
    try:
        _serve(requests, answers)
    except (KeyboardInterrupt, BrokenPipeError):
        pass
    finally:
        # Nothing is left to be finished, and taking the libraries down in order takes a while.
        os._exit(0)


def _private_output() -> BinaryIO:
    """The pipe of the answers. What a library prints goes to the error stream instead of in between them."""
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return pipe


def _listen(stream: BinaryIO, requests: Requests) -> None:
    try:
        while True:
            requests.put(pickle.load(stream))  # noqa: S301 - our own process is at the other end
    except Exception:  # noqa: BLE001  # the end of the pipe, or half a task from a run that was killed
        requests.put(None)
    interrupt_main()
    time.sleep(GRACE)
    os._exit(1)


def _serve(requests: Requests, answers: BinaryIO) -> None:
    job = requests.get()
    _answer(answers, b"")  # it has started
    while (task := requests.get()) is not None:
        if isinstance(job, Job) and isinstance(task, Task):
            _answer(answers, _bytes(task, job))
        elif isinstance(job, AlignJob) and isinstance(task, AlignTask):
            _answer(answers, answer(task, job))


def _bytes(task: Task, job: Job) -> bytes:
    try:
        return encode(outcome(task, job))
    except Refused:
        return encode(failed(task, "no-bytes"))


def _answer(answers: BinaryIO, data: bytes) -> None:
    answers.write(LENGTH.pack(len(data)) + data)
    answers.flush()
