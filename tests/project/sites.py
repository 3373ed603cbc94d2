"""A small project to run the program in."""

from collections.abc import Sequence
from pathlib import Path

from tests.project.pages import pair


def site(folder: Path, wrong: Sequence[int] = (2, 5), count: int = 6) -> Path:
    """A project of `count` pairs of pages, of which those numbered in `wrong` have a wrong number."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bitext.toml").write_text('profile = "fast"\n', encoding="utf-8")
    for n in range(1, count + 1):
        pair(folder / "news", n, right=n not in wrong)
    return folder


def mend(folder: Path, n: int) -> None:
    """Makes the number of page `n` right."""
    pair(folder / "news", n)
