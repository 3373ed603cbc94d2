"""A part of CSS selectors: `tag`, `.class`, `#id`, `[attribute]`, `[attribute=value]`, descendants, children, lists.

All nodes of a page are matched in one pass, whatever the selector: each node keeps which parts of it have matched up
to itself and up to its ancestors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bitext.errors import ConfigError
from bitext.formats.documents.html.tree import Node, Tree
from bitext.model.findings import Message

MOST_PARTS = 50
"""Simple selectors in one text."""

_NAME = r"-?[A-Za-z_\u0080-\uffff][\w-]*"
_SIMPLE = re.compile(
    rf"(?P<tag>\*|{_NAME})|\#(?P<id>[\w-]+)|\.(?P<class>{_NAME})"
    rf"""|\[\s*(?P<name>[\w:-]+)\s*(?:=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[\w./:-]+))\s*)?\]"""
)
_COMBINATOR = re.compile(r"\s*(?P<child>>)\s*|\s*(?P<list>,)\s*|(?P<descendant>\s+)")


@dataclass(frozen=True, slots=True)
class Compound:
    """What one element must be. `child` when it must stand directly in the element before it in the selector."""

    tag: str = ""
    id: str = ""
    classes: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str | None], ...] = ()
    child: bool = False

    def fits(self, node: Node) -> bool:
        """Whether the element is so."""
        if (
            not node.tag
            or node.parent < 0
            or (self.tag and node.tag != self.tag)
            or (self.id and node.get("id") != self.id)
        ):
            return False
        if self.classes and not set(self.classes) <= set(node.get("class").split()):
            return False
        return all(
            name in node.attributes and (value is None or node.get(name) == value) for name, value in self.attributes
        )


@dataclass(frozen=True, slots=True)
class Selector:
    """A list of chains, any of which may match; `text` is how it was written."""

    text: str
    chains: tuple[tuple[Compound, ...], ...]

    def select(self, tree: Tree) -> list[int]:
        """The indices of the elements that match, in order."""
        found: set[int] = set()
        for chain in self.chains:
            found.update(_matching(tree, chain))
        return sorted(found)


def _matching(tree: Tree, chain: tuple[Compound, ...]) -> list[int]:
    last = 1 << (len(chain) - 1)
    here: list[int] = []  # of each node, a bit for each part of the chain that ends at it
    above: list[int] = []  # the same of all its ancestors together
    found: list[int] = []
    for index, node in enumerate(tree.nodes):
        parent = node.parent
        at_parent = here[parent] if parent >= 0 else 0
        over = (above[parent] if parent >= 0 else 0) | at_parent
        bits = 0
        for number, compound in enumerate(chain):
            before = 1 << (number - 1) if number else 0
            reached = not number or (at_parent if compound.child else over) & before
            if reached and compound.fits(node):
                bits |= 1 << number
        here.append(bits)
        above.append(over)
        if bits & last:
            found.append(index)
    return found


def parse_selector(text: str) -> Selector:
    """The selector that `text` is. Raises ConfigError for one that is not of the kinds above."""
    chains: list[tuple[Compound, ...]] = []
    chain: list[Compound] = []
    position, child, parts = 0, False, 0
    bare = text.strip()
    while position < len(bare):
        compound, end = _compound(bare, position, child)
        parts += 1
        if end == position or parts > MOST_PARTS:
            raise _bad(text, bare[position : position + 20])
        chain.append(compound)
        position = end
        if position == len(bare):
            break
        match = _COMBINATOR.match(bare, position)
        if match is None or match.end() == len(bare):
            raise _bad(text, bare[position : position + 20])
        position, child = match.end(), match["child"] is not None
        if match["list"]:
            chains.append(tuple(chain))
            chain = []
    if not chain:
        raise _bad(text, "")
    return Selector(text, (*chains, tuple(chain)))


def _compound(text: str, position: int, child: bool) -> tuple[Compound, int]:
    """The compound at `position`, and where it ends: there where it is none."""
    tag, identifier = "", ""
    classes: list[str] = []
    attributes: list[tuple[str, str | None]] = []
    start = position
    while match := _SIMPLE.match(text, position):
        if match["tag"]:
            if position > start:
                break
            tag = "" if match["tag"] == "*" else match["tag"].lower()
        elif match["id"]:
            identifier = match["id"]
        elif match["class"]:
            classes.append(match["class"])
        else:
            value = next((match[kind] for kind in ("double", "single", "bare") if match[kind] is not None), None)
            attributes.append((match["name"].lower(), value))
        position = match.end()
    return Compound(tag, identifier, tuple(classes), tuple(attributes), child), position


def _bad(text: str, part: str) -> ConfigError:
    return ConfigError(Message.of("documents.selector.bad", selector=text[:100], part=part or text[:20]))
