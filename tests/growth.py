"""How the cost of work grows with the size of what it is given: the processor's time beside itself, on any machine."""

import time
from collections.abc import Callable

FEWER = 4
"""So many times smaller is the first try."""
LARGEST_GROWTH = 10
"""Times the cost that so much more may have; a quadratic search has sixteen."""
SLACK = 0.5
"""Seconds of the processor below which nothing is told apart."""


def assert_near_linear(work: Callable[[int], object], size: int) -> None:
    """Fails where `work(size)` takes far more time than a part of it does that much smaller."""
    seconds = []
    for length in (size // FEWER, size):
        start = time.process_time()
        work(length)
        seconds.append(time.process_time() - start)
    assert seconds[1] <= LARGEST_GROWTH * seconds[0] + SLACK
