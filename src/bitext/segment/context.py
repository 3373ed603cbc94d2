"""A place where a segment could end, and what stands around it. Every look is bounded by LEFT and RIGHT characters."""

from __future__ import annotations

from dataclasses import dataclass

from bitext.text.marks import CLOSERS, OPENERS
from bitext.text.scripts import is_han

LEFT = 48
RIGHT = 64
_LEADING = OPENERS + "\"'＂＇*_"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of stops, closing marks and footnote marks, `text[start:end]`, in the segment that began at `sentence`."""

    text: str
    sentence: int
    start: int
    end: int

    @property
    def run(self) -> str:
        """The run itself."""
        return self.text[self.start : self.end]

    @property
    def before(self) -> str:
        """What stands before the run in the same segment, at most LEFT characters of it."""
        return self.text[max(self.sentence, self.start - LEFT) : self.start]

    @property
    def opening(self) -> str:
        """What the segment begins with, up to the run, at most LEFT characters of it."""
        return self.text[self.sentence : min(self.start, self.sentence + LEFT)]

    @property
    def after(self) -> str:
        """What follows the run, white space too, at most RIGHT characters of it."""
        return self.text[self.end : self.end + RIGHT]

    @property
    def attached(self) -> str:
        """The character that follows without white space, or nothing."""
        following = self.text[self.end : self.end + 1]
        return "" if following.isspace() else following

    @property
    def following(self) -> str:
        """What follows, without white space and opening marks before it."""
        return self.after.lstrip().lstrip(_LEADING).lstrip()

    @property
    def closed(self) -> bool:
        """Whether the run ends with a closing mark."""
        return self.text[self.end - 1] in CLOSERS + "\"'"

    @property
    def beside_han(self) -> bool:
        """Whether a Chinese character, or a mark that only Chinese text has, stands on either side."""
        return is_wide(self.before[-1:]) or is_wide(self.attached)

    @property
    def near_han(self) -> bool:
        """Whether one stands on either side, white space left out."""
        return is_wide(self.before.rstrip()[-1:]) or is_wide(self.after.lstrip()[:1])


def is_wide(character: str) -> bool:
    """Whether the character is Chinese, or a mark that only Chinese text has."""
    return bool(character) and (is_han(character) or character in "《》「」『』【】〈〉（）、，。：；！？")
