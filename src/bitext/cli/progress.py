"""A note on a terminal's error stream that work is going on, for work that takes longer than a moment."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress
    from rich.status import Status

PATIENCE = 2.0
"""Seconds of silence before anything is shown."""


@contextmanager
def waiting(note: str, patience: float = PATIENCE) -> Iterator[None]:
    """Shows `note` after `patience` seconds until the block ends; nothing if the error stream is no terminal."""
    if not sys.stderr.isatty():
        yield
        return
    shown: list[Status] = []
    timer = Timer(patience, _show, (note, shown))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        for status in shown:
            status.stop()


@contextmanager
def bar(note: str, total: int, patience: float = PATIENCE) -> Iterator[Callable[[int], None]]:
    """A function to be told how much of `total` is done; after `patience` seconds it shows a bar.

    Nothing is shown if the error stream is no terminal.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    begun = time.monotonic()
    shown: list[Progress] = []

    def told(done: int) -> None:
        if not shown and time.monotonic() - begun >= patience:
            shown.append(_bar(note, total))
        for progress in shown:
            progress.update(progress.task_ids[0], completed=done)

    try:
        yield told
    finally:
        for progress in shown:
            progress.stop()


def _bar(note: str, total: int) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    progress = Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True)
    progress.add_task(note, total=total)
    progress.start()
    return progress


def _show(note: str, shown: list[Status]) -> None:
    from rich.console import Console

    status = Console(stderr=True).status(note)
    status.start()
    shown.append(status)
