"""The exit codes of every verb."""

from enum import IntEnum


class Exit(IntEnum):
    """What a run came to."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    INTERNAL = 3
    INTERRUPTED = 130
