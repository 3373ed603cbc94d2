"""A note on a terminal's error stream that work is going on, for work that takes longer than a moment."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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


def _show(note: str, shown: list[Status]) -> None:
    from rich.console import Console

    status = Console(stderr=True).status(note)
    status.start()
    shown.append(status)
