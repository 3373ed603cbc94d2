"""Reads the tables of cases: fields parted by bars, comments from a number sign at the head of a line."""

from pathlib import Path

CASES = Path(__file__).resolve().parents[1] / "cases"


def rows(*path: str) -> list[list[str]]:
    """The rows of the table at `path` below `tests/cases`, as lists of fields."""
    lines = CASES.joinpath(*path).read_text(encoding="utf-8").splitlines()
    return [[field.strip() for field in line.split("|")] for line in lines if line and not line.startswith("#")]
