"""What a Word file says of a paragraph, of a run of text in it, and of the cell around it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Cell:
    """A cell of a table: the number and the length of the paragraphs in it."""

    paragraphs: int = 0
    characters: int = 0


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its text and what it says of itself; None is what it leaves to its style.

    `filled` when it has text, `bold` when all of it is, `image` when it ends with a picture, `after_image` when one and
    nothing else stands before it.
    `note` is the id of the footnote or endnote that it belongs to. It `joins` the next one when its mark is gone.
    """

    style: str = ""
    parts: list[str] = field(default_factory=list)
    level: int | None = None
    numbered: bool | None = None
    centred: bool | None = None
    bold: bool = True
    filled: bool = False
    image: bool = False
    after_image: bool = False
    cell: Cell | None = None
    note: str = ""
    joins: bool = False
    inner: list[Paragraph] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text with its breaks."""
        return "".join(self.parts)


@dataclass(slots=True)
class Run:
    """A stretch of text with one set of properties; None is what it leaves to its styles."""

    style: str = ""
    hidden: bool | None = None
    bold: bool | None = None
