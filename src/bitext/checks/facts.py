"""What a project knows of an item besides its texts: a missing partner, a page left behind, the house's style."""

from __future__ import annotations

from dataclasses import dataclass

from bitext.model.alignment import Side


@dataclass(frozen=True, slots=True)
class Stale:
    """The page of `side` was left as it was when the other page changed later.

    `since` is the day of its own last change and `changed` that of the other page's (ISO 8601, as the history tells);
    `commits` counts the changes of the other page in between. `changed` is empty for a change not yet committed.
    """

    side: Side
    since: str
    changed: str
    commits: int


@dataclass(frozen=True, slots=True)
class Style:
    """How a house writes Chinese and the names of Chinese persons, where houses differ.

    `brackets` are the width of round brackets around Chinese, "full", "half" or "either"; `quotes` are “curly”,
    「corner」 ones or either. `names` is the order of a person's name in English: "surname-first" (GB/T 28039),
    "given-first" or "either".
    """

    brackets: str = "full"
    quotes: str = "either"
    names: str = "surname-first"

    @staticmethod
    def of(punctuation: str = "", brackets: str = "", quotes: str = "", names: str = "") -> Style:
        """The style of a region, one of `REGIONS`, with what is laid down of its own; empty where nothing is."""
        base = REGIONS[punctuation]
        return Style(brackets or base.brackets, quotes or base.quotes, names or base.names)


WIDTHS = ("full", "half", "either")
QUOTES = ("curly", "corner", "either")
NAMES = ("surname-first", "given-first", "either")
REGIONS: dict[str, Style] = {
    "": Style(),
    "mainland": Style("full", "curly"),
    "hongkong": Style("either", "corner"),
    "either": Style("either", "either"),
}
"""The style of each region by its name; "" is that of a house that says nothing."""


@dataclass(frozen=True, slots=True)
class Facts:
    """`partner` is where the other page of a page alone would stand, empty where none is expected.

    `scope` names the site or column that the item belongs to (several with semicolons between them), as glossaries
    name it; empty where nobody told. `style` is how the house writes.
    """

    partner: str = ""
    stale: Stale | None = None
    scope: str = ""
    style: Style = Style()
