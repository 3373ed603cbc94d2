"""The one XML parser: safe with strangers' files, streaming, and exact about places.

    reader = XmlReader(stream, path, whole=("tu",))          # any size; memory of one chunk and one <tu>
    for event in reader:                                     # Start, Text, End; an Element for each whole <tu>
        ...
    raise reader.error(Message.of(key), element)             # InputError with line, column and frame
    tree = parse(data, path)                                 # a small file at once, with places
    tree.root.child("body").named("p")[0].text

Entities are never declared nor expanded and nothing is fetched: a document type declaration that names a file is passed
over, one that declares entities is refused. Depth, attributes and lengths are bounded (`Limits`). What is not well
formed raises InputError with line, column and the lines around.

Places: `line` and `column` (from 1, columns in code points) are always there. Offsets are code points of the decoded
file, a byte order mark not counted; they are -1 unless places were asked for. `Text.length` is the number of the file's
characters that wrote it, so that `&amp;` is a Text of one character and length 5, and CR LF one of "\\n" and length 2;
where `length` equals `len(text)` the characters are the file's own, one to one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from bitext.errors import InputError
from bitext.formats.carried import line_starts
from bitext.formats.xml_errors import message_of
from bitext.formats.xml_nodes import XML_NAMESPACE, Attributes, Element, End, Event, Limits, Start, Text
from bitext.formats.xml_source import Window, chunks, decoded, pieces
from bitext.model.findings import Field, Message

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

__all__ = [
    "XML_NAMESPACE",
    "Attributes",
    "Element",
    "End",
    "Event",
    "Limits",
    "Start",
    "Text",
    "Tree",
    "XmlReader",
    "parse",
]

_SEPARATOR = "\x1f"
"""Stands between namespace and name in what expat reports; no XML file can hold it."""
_TAG = re.compile(rb"""<(?:[^>"']++|"[^"]*+"|'[^']*+')*+>""")
_UNKNOWN_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);|#)([^;]{0,60}+)")


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole file: its outermost element, the decoded text, where its lines begin, and notes on its encoding."""

    root: Element
    text: str
    line_starts: tuple[int, ...]
    notes: tuple[Message, ...] = ()


def parse(data: bytes, path: str, *, limits: Limits | None = None) -> Tree:
    """The file contents `data` as a tree with places. Raises InputError."""
    file = decoded(data, path)
    reader = XmlReader(BytesIO(), path, whole=None, places=True, limits=limits, text=file.text)
    root = next(event for event in reader if isinstance(event, Element))
    return Tree(root, file.text, line_starts(file.text), file.notes)


class _Open:
    """An element that is kept whole and has not ended yet."""

    __slots__ = ("children", "inner", "start")

    def __init__(self, start: Start) -> None:
        self.start = start
        self.inner = -1
        self.children: list[Element | Text] = []


class XmlReader:
    """Reads a binary stream once, as events in the order of the file.

    `whole` are the local names of elements that come as one Element each, the outermost where they nest; None stands
    for the root element. With `places`, texts come in runs with exact offsets. `text` is the file where it was decoded
    before; then `stream` is not read. Raises InputError while it is iterated.
    """

    def __init__(
        self,
        stream: BinaryIO,
        path: str,
        *,
        whole: Collection[str] | None = (),
        places: bool = False,
        limits: Limits | None = None,
        text: str | None = None,
    ) -> None:
        self.path = path
        self._chunks = chunks(stream, path) if text is None else pieces(text)
        self._whole = None if whole is None else frozenset(whole)
        self._places = places
        self._limits = limits or Limits()
        self._window = Window()
        self._events: list[Event] = []
        self._opened: list[tuple[str, int]] = []
        self._kept: list[_Open] = []
        self._nodes = 0
        self._characters = 0
        self._piece: tuple[str, int] | None = None
        self._plain: list[str] = []
        self._plain_start = 0
        self._ended: tuple[_Open, int] | None = None
        self._external = False
        self._parser = self._new_parser()

    def __iter__(self) -> Iterator[Event]:
        for chunk in self._chunks:
            self._feed(chunk.encode("utf-8"), final=False)
            yield from self._drain()
        self._feed(b"", final=True)
        yield from self._drain()

    def error(self, message: Message, at: Start | End | Element, length: int = 1) -> InputError:
        """An InputError at `at`, with the lines around as far as they are still held."""
        return InputError(message, self.path, at.line, at.column, self._window.frame(at.line, at.column, length))

    def _drain(self) -> list[Event]:
        events, self._events = self._events, []
        return events

    def _feed(self, data: bytes, *, final: bool) -> None:
        from xml.parsers import expat

        self._window.feed(data)
        try:
            self._parser.Parse(data, final)
        except expat.ExpatError as error:
            raise self._broken(error.code, error.lineno, error.offset + 1) from None
        done = self._window.end if final else max(self._parser.CurrentByteIndex, 0)
        offset = self._window.offset(done)
        if self._places:
            self._settle(offset)
        if self._window.end - done > self._limits.token:
            raise self._refused("xml.token-too-long", limit=self._limits.token)

    def _broken(self, code: int, line: int, column: int) -> InputError:
        index = max(self._parser.ErrorByteIndex, 0)
        message, back = message_of(code, self._window.before(index), self._window.after(index), self._opened)
        column -= back
        return InputError(message, self.path, line, column, self._window.frame(line, column, 1))

    def _refused(self, key: str, **fields: Field) -> InputError:
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        return InputError(Message.of(key, **fields), self.path, line, column, self._window.frame(line, column, 1))

    def _new_parser(self) -> XMLParserType:
        from xml.parsers import expat

        parser = expat.ParserCreate("utf-8", _SEPARATOR)
        parser.ordered_attributes = True
        parser.buffer_text = not self._places
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity_declared
        parser.SkippedEntityHandler = self._entity_skipped
        if self._places:
            # Every token must be told, for where one begins the one before it ends.
            parser.CommentHandler = parser.ProcessingInstructionHandler = parser.DefaultHandler = self._other
            parser.StartCdataSectionHandler = parser.EndCdataSectionHandler = self._other
        return parser

    # What follows is called for the tokens of the file, in order.

    def _start(self, raw: str, values: list[str]) -> None:
        offset = self._here()
        parser, limits = self._parser, self._limits
        if len(self._opened) >= limits.depth:
            raise self._refused("xml.too-deep", limit=limits.depth)
        if len(values) > 2 * limits.attributes:
            raise self._refused("xml.too-many-attributes", limit=limits.attributes)
        if values and self._external:
            self._require_known_entities()
        namespace, name = _split(raw)
        attributes = tuple((_attribute(values[i]), values[i + 1]) for i in range(0, len(values), 2))
        start = Start(namespace, name, attributes, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1, offset)
        self._opened.append((name, start.line))
        if self._kept or self._whole is None or name in self._whole:
            self._count(sum(map(len, values)))
            self._kept.append(_Open(start))
        else:
            self._events.append(start)

    def _end(self, raw: str) -> None:
        offset = self._here()
        self._opened.pop()
        if self._kept:
            self._ended = self._kept.pop(), offset
            if not self._places:
                self._close(-1)
        else:
            parser = self._parser
            namespace, name = _split(raw)
            place = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
            self._events.append(End(namespace, name, *place, offset))

    def _text(self, text: str) -> None:
        if not self._places:
            self._put(Text(text))
            return
        self._settle_tags(offset := self._window.offset(self._parser.CurrentByteIndex))
        self._settle_piece(offset)
        self._piece = text, offset

    def _other(self, *_: object) -> None:
        self._here()

    def _doctype(self, _name: str, system: str | None, public: str | None, _internal: int) -> None:
        # Expat lets unknown entities pass where a file that it did not read may declare them.
        self._external = system is not None or public is not None
        self._here()

    def _entity_declared(self, name: str, *_: object) -> None:
        raise self._refused("xml.entity-declared", name=name[:60])

    def _entity_skipped(self, name: str, _parameter: bool) -> None:
        raise self._refused("xml.entity-unknown", name=name[:60])

    # Texts and elements are complete when the next token tells where they end.

    def _here(self) -> int:
        """The offset of this token, after all before it is settled; -1 where places are not wanted."""
        if not self._places:
            return -1
        offset = self._window.offset(self._parser.CurrentByteIndex)
        self._settle(offset)
        return offset

    def _settle(self, offset: int) -> None:
        self._settle_tags(offset)
        self._settle_piece(offset)
        self._flush()

    def _settle_tags(self, offset: int) -> None:
        if self._kept and self._kept[-1].inner < 0:
            self._kept[-1].inner = offset
        if self._ended:
            self._close(offset)

    def _settle_piece(self, offset: int) -> None:
        if self._piece is None:
            return
        (text, start), self._piece = self._piece, None
        if len(text) != offset - start:
            self._flush()
            self._put(Text(text, start, offset - start))
        elif self._plain:
            self._plain.append(text)
        else:
            self._plain, self._plain_start = [text], start

    def _flush(self) -> None:
        if self._plain:
            text = "".join(self._plain)
            self._plain = []
            self._put(Text(text, self._plain_start, len(text)))

    def _close(self, end: int) -> None:
        if self._ended is None:  # pragma: no cover - callers look first
            return
        (opened, inner_end), self._ended = self._ended, None
        start = opened.start
        inner = opened.inner if opened.inner >= 0 else inner_end
        places = start.line, start.column, start.offset, inner, inner_end, end
        self._put(Element(start.namespace, start.name, start.attributes, tuple(opened.children), *places))

    def _put(self, node: Element | Text) -> None:
        if not self._kept:
            self._nodes = self._characters = 0
            self._events.append(node)
            return
        if isinstance(node, Text):
            self._count(len(node.text))
        self._kept[-1].children.append(node)

    def _count(self, characters: int) -> None:
        self._nodes += 1
        self._characters += characters
        if self._characters > self._limits.text or self._nodes > self._limits.nodes:
            raise self._refused("xml.too-much", name=self._kept[0].start.name[:60], limit=self._limits.text)

    def _require_known_entities(self) -> None:
        tag = self._window.match(_TAG, self._parser.CurrentByteIndex)
        unknown = _UNKNOWN_ENTITY.search(tag) if b"&" in tag else None
        if unknown:
            raise self._refused("xml.entity-unknown", name=unknown[1].decode("utf-8", errors="replace")[:60])


@lru_cache(maxsize=4096)
def _split(raw: str) -> tuple[str, str]:
    """Namespace and local name."""
    namespace, _, name = raw.rpartition(_SEPARATOR)
    return namespace, name


@lru_cache(maxsize=4096)
def _attribute(raw: str) -> str:
    namespace, name = _split(raw)
    if not namespace:
        return name
    return f"xml:{name}" if namespace == XML_NAMESPACE else f"{{{namespace}}}{name}"
