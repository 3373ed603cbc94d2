"""Runs the program as a user does, in a process of its own, and as a function where only its words matter."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# What would change the output on one machine and not on another.
_CLEARED = ("BITEXT_LANG", "BITEXT_DEBUG", "LANG", "LC_ALL", "LC_MESSAGES", "COLUMNS", "NO_COLOR", "PYTHONIOENCODING")


@dataclass(frozen=True)
class Run:
    code: int
    out: bytes
    err: bytes

    @property
    def text(self) -> str:
        return self.out.decode("utf-8")

    @property
    def complaint(self) -> str:
        return self.err.decode("utf-8")


def environment(**variables: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _CLEARED}
    return kept | {"PYTHONIOENCODING": "utf-8", "BITEXT_LANG": "en"} | variables


def bitext(*arguments: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Run:
    """Runs `bitext` with piped streams in `cwd`."""
    command = [sys.executable, "-m", "bitext", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=cwd, env=environment(**(env or {})), capture_output=True, timeout=120, check=False
    )
    return Run(done.returncode, done.stdout, done.stderr)
