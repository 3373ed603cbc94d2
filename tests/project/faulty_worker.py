"""A worker that dies over some pages, as a library in C or a system out of memory would make it."""

import os
import signal
import time
from pathlib import PurePath

from bitext.model.findings import Outcome
from bitext.project import work, worker
from bitext.project.work import Job, Task


def judge(task: Task, job: Job) -> Outcome:
    folder = PurePath(task.source).parent.name
    if folder == "dies":
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    if folder == "ends":
        os._exit(0)
    if folder == "memory":
        raise MemoryError
    if folder == "prints":
        os.write(1, b"stray words")
        print("more of them")  # noqa: T201
    if folder == "sleeps":
        time.sleep(600)
    return work.judge(task, job)


def main() -> None:
    """Stands in for the ordinary worker."""
    setattr(worker, "judge", judge)  # noqa: B010 - it is no public name
    worker.main()
