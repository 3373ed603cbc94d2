"""Bounds the threads of matrix products.

By default the libraries below numpy start a thread for each core, in each process: with a process for each core they
hinder one another, and how the work is cut decides the last digits of the results. Alignment is spread over processes
or not at all, so its matrix products run on one thread each.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController


def one_thread() -> AbstractContextManager[object]:
    """A context in which matrix products of this process use one thread."""
    limit: AbstractContextManager[object] = _controller().limit(limits=1, user_api="blas")
    return limit


@cache
def _controller() -> ThreadpoolController:
    # Looking through the libraries of the process takes some milliseconds, so it is done once, after numpy is loaded.
    import numpy  # noqa: F401
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
