"""Contents written back as XML with the very tags that their codes had in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bitext.formats.bitexts import xliff12
from bitext.formats.bitexts.inline import woven
from bitext.formats.xml import Element
from bitext.formats.xml_write import text as escaped
from bitext.model.memory import Code, Content

_INLINE = frozenset({"x", "bx", "ex", "bpt", "ept", "ph", "it"})


class Inventory:
    """The tags of all codes in some elements of the decoded file `text`, by what is read of them."""

    def __init__(self, text: str, elements: Iterable[Element]) -> None:
        self._raw: dict[tuple[str, str], str] = {}
        for element in elements:
            codes = xliff12.whole(element).codes
            for code, raw in zip(codes, _tags(element, text), strict=True):
                self._raw.setdefault((code.kind, code.id), raw)

    def tag(self, code: Code) -> str | None:
        """The tag of `code`, or None where the file has none such."""
        return self._raw.get((code.kind, code.id))


def _tags(element: Element, text: str) -> Iterator[str]:
    """The tags of the codes in `element`, in the order in which they are read."""
    for child in element.elements:
        if child.name in _INLINE:
            yield text[child.start : child.end]
        elif child.name == "g" or (child.name == "mrk" and child.get("mtype") != "seg"):
            opening, closing = text[child.start : child.inner_start], text[child.inner_end : child.end]
            if not closing:
                name = opening[1:].split(None, 1)[0].rstrip("/>")
                opening, closing = f"{opening.rstrip('/> ')}>", f"</{name}>"
            yield opening
            yield from _tags(child, text)
            yield closing
        else:
            yield from _tags(child, text)


def rebuilt(content: Content, inventory: Inventory, unit: str) -> str | None:
    """`content` as XML; None where a code is not in the inventory or pairs of tags would cross.

    Raises InputError, naming `unit`, for a character that XML cannot hold.
    """
    tags = [inventory.tag(code) for code in content.codes]
    if None in tags or not _nested(content.codes, tags):
        return None
    return woven(content, lambda raw: escaped(raw, unit), lambda index, _: tags[index] or "")


def _nested(codes: tuple[Code, ...], tags: list[str | None]) -> bool:
    """Whether elements around text are opened and closed as XML wants it."""
    opened: list[str] = []
    for code, tag in zip(codes, tags, strict=True):
        if tag is None or tag.endswith("/>") or not _is_half(tag):
            continue
        if code.kind == "open":
            opened.append(code.id)
        elif not opened or opened.pop() != code.id:
            return False
    return not opened


def _is_half(tag: str) -> bool:
    """Whether `tag` is a start tag or an end tag by itself."""
    return tag.count("<") == 1
