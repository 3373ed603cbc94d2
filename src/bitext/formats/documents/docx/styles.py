"""The styles of a Word file: what a paragraph of each is to a reader, by the style's name and its outline level."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO, Literal, TypeAlias

from bitext.formats.documents.docx.events import Attributes, is_on, walk

Role: TypeAlias = Literal["title", "heading", "caption", "list", "contents", ""]

_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("title", re.compile(r"title|(?:文章|正文|主|大)?(?:标题|標題)|題名")),
    ("heading", re.compile(r"heading\d?|subtitle|(?:[副小子]|[一二三四五六七八九]级)(?:标题|標題)|(?:标题|標題)\d")),
    ("caption", re.compile(r"caption|题注|圖說|标号|標號|图注|图说|图题|表题|图片说明")),
    ("list", re.compile(r"list(?:bullet|number)\d?|(?:列表|清單)(?:项目符号|编号|項目符號|編號)\d?")),
    ("contents", re.compile(r"(?:toc|目录|目錄|index)(?:\d|heading)?|tableof(?:figures|authorities)|图表目录")),
)
"""Names of built-in styles in files (English) and on Chinese screens, in lower case without spaces, and common names
that people give their own."""

_HANDED_DOWN: frozenset[Role] = frozenset({"caption", "contents"})

_MOST_ANCESTORS = 20
_LONGEST = 200
"""Characters of a style's name with its aliases that are looked at."""
BODY_LEVEL = 9
"""The outline level that means running text; 0 to 8 are headings."""


@dataclass(slots=True)
class Style:
    """What one style says itself; None is what it leaves to the style that it is based on.

    `ancestors` are the names of the styles that it is based on, the nearest first.
    """

    name: str = ""
    based_on: str = ""
    level: int | None = None
    numbered: bool | None = None
    centred: bool | None = None
    hidden: bool | None = None
    bold: bool | None = None
    ancestors: tuple[str, ...] = ()


class Styles:
    """The styles by their ids, each with what it inherits."""

    def __init__(self, styles: Mapping[str, Style], default: str = "") -> None:
        self._own = styles
        self._whole: dict[str, Style] = {}
        self.default = default

    def of(self, identifier: str) -> Style:
        """The style `identifier` with what it inherits; one that is not listed says nothing but its name."""
        identifier = identifier or self.default
        if identifier not in self._whole:
            self._whole[identifier] = self._inherited(identifier)
        return self._whole[identifier]

    def _inherited(self, identifier: str) -> Style:
        own = self._own.get(identifier)
        if own is None:
            # Word's Chinese editions number the ids of the headings.
            return Style(f"heading {identifier}" if re.fullmatch("[1-9]", identifier) else identifier)
        whole = Style(own.name, own.based_on, own.level, own.numbered, own.centred, own.hidden, own.bold)
        above = self._own.get(own.based_on)
        for _ in range(_MOST_ANCESTORS):
            if above is None:
                break
            whole.ancestors = (*whole.ancestors, above.name)
            for name in ("level", "numbered", "centred", "hidden", "bold"):
                if getattr(whole, name) is None:
                    setattr(whole, name, getattr(above, name))
            above = self._own.get(above.based_on)
        return whole


def role_of(style: Style) -> Role:
    """What a paragraph of the style is: by its name, else by the names above it as far as these tell it.

    What is based on the style of captions is one (LibreOffice has "Illustration" and "Table"), but what is based on
    that of headings may be any line that looks alike.
    """
    own = _role(style.name)
    above = (role for role in map(_role, () if own else style.ancestors) if role in _HANDED_DOWN)
    return own or next(above, "")


def _role(style: str) -> Role:
    names = (name.replace(" ", "").lower() for name in style.split(","))
    return next((role for name in names for role, pattern in _ROLES if pattern.fullmatch(name)), "")


def read_styles(part: BinaryIO, path: str) -> Styles:
    """The styles in the part of them. Raises InputError."""
    reader = _Reader()
    walk(part, path, reader.start)
    return Styles(reader.styles, reader.default)


class _Reader:
    def __init__(self) -> None:
        self.styles: dict[str, Style] = {}
        self.default = ""
        self.style = Style()

    def start(self, element: str, attributes: Attributes) -> None:
        value = attributes.get("w:val", "")
        style = self.style
        if element == "w:style":
            identifier = attributes.get("w:styleId", "")
            self.style = self.styles[identifier] = Style()
            if is_on(attributes.get("w:default", "0")) and attributes.get("w:type") == "paragraph":
                self.default = identifier
        elif element in ("w:name", "w:aliases"):
            style.name = ",".join(filter(None, (style.name, value[:_LONGEST])))[:_LONGEST]
        elif element == "w:basedOn":
            style.based_on = value
        elif element == "w:outlineLvl":
            style.level = int(value[:3]) if value.isdecimal() else None
        elif element == "w:numId":
            style.numbered = value != "0"
        elif element == "w:jc":
            style.centred = value == "center"
        elif element == "w:vanish":
            style.hidden = is_on(value)
        elif element == "w:b":
            style.bold = is_on(value)
