"""Asks git about a project's folder: fixed arguments, no shell, nothing run that a stranger's repository may name."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

_SECONDS = 120
"""A history is asked for no longer than this."""
_SAFE = (
    # What a repository's own configuration could have run on our behalf.
    "-c", "core.fsmonitor=false",
    "-c", f"core.hooksPath={os.devnull}",
    "-c", "core.quotePath=false",
    "-c", "log.showSignature=false",
    "-c", "protocol.allow=never",
)  # fmt: skip
_ENVIRONMENT = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", "GIT_PAGER": ""}


class GitError(Exception):
    """git is not there, the folder is in no repository, or git refused; the text is the first line of what it said."""


@cache
def _program() -> str:
    return shutil.which("git") or ""


def output(folder: str, arguments: Sequence[str]) -> bytes:
    """What `git ARGUMENTS` prints in `folder`. Raises GitError."""
    program = _program()
    if not program:
        raise GitError("git")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_TRACE")}
    command = [program, "--no-pager", *_SAFE, *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - the program is git, and no argument is taken for an option
            command,
            cwd=folder,
            env=environment | _ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitError(type(error).__name__) from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise GitError(said.splitlines()[0] if said else f"git {arguments[0]}")
    return done.stdout


def line(folder: str, arguments: Sequence[str]) -> str:
    """The one line that `git ARGUMENTS` prints. Raises GitError."""
    return os.fsdecode(output(folder, arguments)).rstrip("\r\n")


def names(folder: str, arguments: Sequence[str]) -> list[str]:
    """The file names that `git ARGUMENTS` prints, each ended by a NUL. Raises GitError."""
    return [os.fsdecode(name) for name in output(folder, arguments).split(b"\0") if name]


@cache
def prefix(folder: str) -> str | None:
    """The path of `folder` within its repository, ending in "/" unless it is the top; None where there is none."""
    if not _program() or not Path(folder).is_dir():
        return None
    try:
        return line(folder, ["rev-parse", "--show-prefix"])
    except GitError:
        return None
