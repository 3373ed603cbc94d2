"""Inline markup of TMX and XLIFF: texts put together with their places, codes paired and woven back into texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bitext.formats.xml import Element, Text
from bitext.model.documents import OriginRun, Span
from bitext.model.memory import Code, CodeKind, Content, Properties

MARK = "mark"


def mark_type(kind: str) -> str:
    """The type of a code that marks text as `kind`."""
    return f"{MARK}:{kind}" if kind else MARK


def is_mark(kind: str) -> bool:
    """Whether a code of the type `kind` marks text and is no code of the document."""
    return kind == MARK or kind.startswith(f"{MARK}:")


def mark_kind(code: Code) -> str:
    """What `code`, a mark, marks its text as."""
    return code.type[len(MARK) + 1 :]


class ContentBuilder:
    """Takes texts and codes in the order of the file and gives the Content."""

    __slots__ = ("_codes", "_length", "_parts", "_plain", "_runs")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._codes: list[Code] = []
        self._runs: list[OriginRun] = []
        self._length = 0
        self._plain = False

    def text(self, part: Text) -> None:
        """Take characters of the file."""
        if part.offset >= 0:
            self._place(part)
        self._parts.append(part.text)
        self._length += len(part.text)

    def char(self, char: str, start: int, end: int) -> None:
        """Take a character that the file writes as the element from offset `start` to `end`."""
        self.text(Text(char, start, end - start))

    def code(
        self,
        kind: CodeKind,
        name: str,
        data: str = "",
        type_: str = "",
        subflows: tuple[Span, ...] = (),
        attributes: Properties = (),
    ) -> None:
        """Take a code that stands here; `name` is its id."""
        self._codes.append(Code(self._length, kind, name, data, type_, subflows, attributes))

    def content(self) -> Content:
        """All that was taken."""
        return Content("".join(self._parts), tuple(self._codes), tuple(self._runs))

    def _place(self, part: Text) -> None:
        plain = len(part.text) == part.length
        last = self._runs[-1] if self._runs else None
        if plain and self._plain and last and last.file_start + last.file_length == part.offset:
            self._runs[-1] = OriginRun(last.text_start, last.file_start, last.file_length + part.length)
        elif part.text:
            self._runs.append(OriginRun(self._length, part.offset, part.length))
        self._plain = plain


def native(element: Element) -> tuple[str, tuple[Span, ...]]:
    """The native code that `element` holds, and the stretches of it that are sub-flows (`sub`)."""
    data = ""
    spans: list[Span] = []
    for child in element.children:
        text = child.text
        if isinstance(child, Element) and child.name == "sub":
            spans.append(Span(len(data), len(data) + len(text)))
        data += text
    return data, tuple(spans)


def with_subflows(code: Code, write: Callable[[str], str]) -> str:
    """The native code of `code` as written by `write`, its sub-flows within `sub` elements."""
    parts: list[str] = []
    at = 0
    for span in code.subflows:
        parts += [write(code.data[at : span.start]), "<sub>", write(code.data[span.start : span.end]), "</sub>"]
        at = span.end
    return "".join((*parts, write(code.data[at:])))


def partners(codes: Sequence[Code]) -> list[int]:
    """For each code the index of the one that it opens or closes with, or -1.

    A "close" goes with the nearest "open" of its id before it that is not taken; marks go with marks. Codes without an
    id stand alone.
    """
    found = [-1] * len(codes)
    opened: dict[tuple[str, bool], list[int]] = {}
    for index, code in enumerate(codes):
        if code.kind == "alone" or not code.id:
            continue
        waiting = opened.setdefault((code.id, is_mark(code.type)), [])
        if code.kind == "open":
            waiting.append(index)
        elif waiting:
            found[index] = waiting.pop()
            found[found[index]] = index
    return found


def nested(codes: Sequence[Code], paired: Sequence[int], wanted: Callable[[int], bool]) -> set[int]:
    """The indexes of those paired codes that can be written as elements around their text: they cross no other such.

    `wanted` tells of the index of an "open" whether it is to be written so.
    """
    stack: list[int] = []
    kept: set[int] = set()
    crossed: set[int] = set()
    for index, code in enumerate(codes):
        partner = paired[index]
        if partner < 0:
            continue
        if code.kind == "open" and wanted(index):
            stack.append(index)
        elif code.kind == "close":
            while stack and stack[-1] in crossed:
                stack.pop()
            if stack and stack[-1] == partner:
                stack.pop()
                kept |= {index, partner}
            else:
                crossed.add(partner)
    return kept


def woven(content: Content, write: Callable[[str], str], markup: Callable[[int, Code], str]) -> str:
    """The text of `content` as written by `write`, with what `markup` makes of each code (index, code) in its place."""
    if not content.codes:
        return write(content.text)
    parts: list[str] = []
    at = 0
    for index, code in enumerate(content.codes):
        parts += [write(content.text[at : code.offset]), markup(index, code)]
        at = code.offset
    return "".join((*parts, write(content.text[at:])))
