"""Pages made at random whose text and places are known."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

MARK = "Zqmark"

WORDS = ("中文", "大人", "山水，", "天下。", "word", "Two words.", "3.5", "(x)", "a-b")
"""Words whose characters are in every encoding that is tried."""

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "big5", "utf-16")


@dataclass(frozen=True)
class Made:
    """The source of a page, where its mark stands (line and column from 1), and the visible characters in order."""

    source: str
    line: int
    column: int
    visible: str


def made(source: str, visible: str) -> Made:
    """The page `source`, which holds MARK once."""
    before = source[: source.index(MARK)].replace("\r\n", "\n").split("\n")
    return Made(source, len(before), len(before[-1]) + 1, "".join(visible.split()))


def words() -> st.SearchStrategy[str]:
    """One of WORDS."""
    return st.sampled_from(WORDS)


def newlines() -> st.SearchStrategy[str]:
    """A line end."""
    return st.sampled_from(["\n", "\r\n"])
