"""Memory that is used over and over.

An array of some megabytes is new memory each time it is made, which the system maps and clears page by page.
"""

from __future__ import annotations

import math
import threading
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float32]


class Scratch(threading.local):
    """Arrays by name, to each thread its own."""

    def __init__(self) -> None:
        self._held: dict[str, Floats] = {}

    def array(self, name: str, *shape: int) -> Floats:
        """An array of any content, of the same memory as the last one of that name."""
        size = math.prod(shape)
        held = self._held.get(name)
        if held is None or len(held) < size:
            held = self._held[name] = np.empty(size, dtype=np.float32)
        return held[:size].reshape(shape)
