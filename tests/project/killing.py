"""Runs the program and kills it: after a time, or at its n-th dealing with a file that it writes.

As a program of its own this file runs bitext with the arguments after the first, and ends as if killed at the n-th
step, where n is the first argument.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve()
KILLED = -getattr(signal, "SIGKILL", signal.SIGTERM)


def die_at(step: int) -> None:
    """Kills this process when it opens for writing, moves, makes or removes something for the `step`-th time."""
    left = step

    def watch(event: str, details: tuple[object, ...]) -> None:
        nonlocal left
        if event == "open" and not (isinstance(details[2], int) and details[2] & (os.O_WRONLY | os.O_RDWR)):
            return
        if event in ("open", "os.rename", "os.mkdir", "os.remove"):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

    sys.addaudithook(watch)


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "bitext", *arguments]


def run(project: Path, *arguments: str, step: int | None = None) -> subprocess.CompletedProcess[bytes]:
    """A run in the folder `project`, killed at `step` if that is given."""
    words = command(*arguments) if step is None else [sys.executable, str(HERE), str(step), *arguments]
    return subprocess.run(words, cwd=project, env=environment(), capture_output=True, timeout=120, check=False)


def run_for(seconds: float, project: Path, *arguments: str) -> int:
    """A run that is killed after `seconds`; its exit code."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command(*arguments), cwd=project, env=environment(), stdout=quiet, stderr=quiet)
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def environment() -> dict[str, str]:
    """That of an ordinary user, with this checkout's program."""
    cleared = ("BITEXT_CACHE", "BITEXT_DEBUG", "COLUMNS", "NO_COLOR")
    kept = {name: value for name, value in os.environ.items() if name not in cleared}
    return kept | {
        "BITEXT_LANG": "en",
        "PYTHONIOENCODING": "utf-8",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }


def leftovers(project: Path, known: Sequence[str]) -> list[str]:
    """Files in `project` and its folders, but for the cache, whose names are not `known`: what a run left behind."""
    paths = (path for path in project.rglob("*") if path.is_file() and ".bitext-cache" not in path.parts)
    return sorted(path.name for path in paths if path.name not in known and path.suffix != ".md")


if __name__ == "__main__":
    die_at(int(sys.argv[1]))
    from bitext.cli.app import main

    sys.exit(main(sys.argv[2:]))
