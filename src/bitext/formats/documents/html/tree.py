"""Tokens to a light tree: nodes in document order, each knowing where its subtree ends.

There are no child lists: the subtree of node `i` is `nodes[i : nodes[i].end]`, so that every walk is a loop and depth
costs nothing. Elements nested deeper than MAX_DEPTH become siblings, as in browsers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from bitext.errors import InputError
from bitext.formats.documents.html import tags
from bitext.formats.documents.html.tokens import Token, TokenKind, attributes, decoded, tokenize
from bitext.model.findings import Message

MAX_DEPTH = 256

MAX_NODES = 300_000
"""Elements and texts of a page; the largest real pages have a tenth of this. What has more is refused."""


class Node:
    """An element, or a stretch of text (`tag` is empty): its parent's index and the index after its subtree.

    `start` and `stop` are source offsets: of the start tag, or of the text. Raw text keeps its element as parent.
    """

    __slots__ = ("__dict__", "_attributes", "end", "parent", "source", "start", "stop", "tag")

    def __init__(self, source: str, tag: str, start: int, stop: int, attributes: int, parent: int, end: int) -> None:
        self.source = source
        self.tag = tag
        self.start = start
        self.stop = stop
        self._attributes = attributes
        self.parent = parent
        self.end = end

    @cached_property
    def attributes(self) -> dict[str, str]:
        """Attribute values by lower-case name, character references decoded."""
        return attributes(self.source, self._attributes, self.stop - 1) if self._attributes else {}

    def get(self, name: str) -> str:
        """The value of the attribute `name`, or nothing."""
        return self.attributes.get(name, "")


class Tree:
    """The nodes of a page in document order; node 0 is the root, which is no element of the page.

    `comments` are where its comments stand, [start, end) each.
    """

    def __init__(self, source: str, path: str = "") -> None:
        self.source = source
        builder = _Builder(source, path)
        self.nodes = builder.build()
        self.comments = builder.comments

    def subtree(self, index: int) -> range:
        """The indices of the node and of all below it."""
        return range(index, self.nodes[index].end)

    def ancestors(self, index: int) -> Iterator[int]:
        """The indices of the node itself and of all above it, upwards."""
        while index >= 0:
            yield index
            index = self.nodes[index].parent

    def inside(self, index: int, root: int) -> bool:
        """Whether the node `index` is `root` or below it."""
        return root <= index < self.nodes[root].end

    def raw_text(self, index: int) -> str:
        """All text below the node with references decoded and white space collapsed; for titles and the like."""
        parts = [self.nodes[i] for i in self.subtree(index) if not self.nodes[i].tag]
        return " ".join(decoded("".join(self.source[node.start : node.stop] for node in parts)).split())


class _Builder:
    def __init__(self, source: str, path: str) -> None:
        self.source = source
        self.path = path
        self.nodes = [Node(source, tags.ROOT, 0, 0, 0, -1, 0)]
        self.comments: list[tuple[int, int]] = []
        self.stack = [0]
        self.open: Counter[str] = Counter()
        self.flattened: Counter[str] = Counter()

    def build(self) -> list[Node]:
        take = {
            TokenKind.TEXT: self._text,
            TokenKind.RAW: self._text,
            TokenKind.START: self._start,
            TokenKind.END: self._end,
            TokenKind.COMMENT: self._comment,
        }
        for token in tokenize(self.source):
            take[token.kind](token)
        self._pop_to(0)
        self.nodes[0].end = len(self.nodes)
        return self.nodes

    def _add(self, token: Token, tag: str) -> int:
        index = len(self.nodes)
        if index > MAX_NODES:
            raise InputError(Message.of("formats.html.too-many-elements", limit=MAX_NODES), self.path)
        parent = self.stack[-1]
        self.nodes.append(Node(self.source, tag, token.start, token.end, token.attributes, parent, index + 1))
        return index

    def _text(self, token: Token) -> None:
        self._add(token, "")

    def _comment(self, token: Token) -> None:
        self.comments.append((token.start, token.end))

    def _start(self, token: Token) -> None:
        name = token.name
        if name in ("html", "body") and self.open[name]:
            return
        self._close_implied(name)
        index = self._add(token, name)
        foreign = self.open["svg"] or self.open["math"] or name in ("svg", "math")
        if name in tags.VOID or (foreign and self.source[token.end - 2] == "/"):
            return
        if len(self.stack) > MAX_DEPTH:
            self.flattened[name] += 1
            return
        self.stack.append(index)
        self.open[name] += 1

    def _close_implied(self, name: str) -> None:
        if self.open["head"] and name not in tags.HEAD_CONTENT:
            self._close(frozenset({"head"}), frozenset())
        if name in tags.CLOSES_PARAGRAPH and self.open["p"]:
            self._close(frozenset({"p"}), tags.SCOPE)
        implied = tags.IMPLIED_ENDS.get(name)
        if implied and any(self.open[other] for other in implied.closed):
            self._close(implied.closed, implied.barrier, outermost=True)

    def _close(self, names: frozenset[str], barrier: frozenset[str], outermost: bool = False) -> None:
        """Close the innermost open element of `names`, or the outermost that no `barrier` element shields."""
        found = 0
        for depth in range(len(self.stack) - 1, 0, -1):
            tag = self.nodes[self.stack[depth]].tag
            if tag in names:
                found = depth
                if not outermost:
                    break
            elif tag in barrier:
                break
        if found:
            self._pop_to(found)

    def _end(self, token: Token) -> None:
        name = token.name
        if self.flattened[name]:
            self.flattened[name] -= 1
        elif self.open[name]:
            # An inline end tag does not close the blocks that were opened inside its element.
            barrier = tags.SCOPE if name in tags.CLOSES_BLOCKS else tags.BLOCK
            self._close(frozenset({name}), barrier - {name})

    def _pop_to(self, depth: int) -> None:
        end = len(self.nodes)
        for index in self.stack[depth:]:
            node = self.nodes[index]
            node.end = end
            self.open[node.tag] -= 1
        del self.stack[max(depth, 1) :]
