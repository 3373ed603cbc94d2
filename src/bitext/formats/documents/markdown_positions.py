"""markdown-it with the place of every piece of text.

markdown-it tells the lines of a block only. Here the rules that read running text also note, while they read, where
each line of a block's content stands in the source (`meta["map"]`), and the inline parser notes where each token of
text began (`meta["at"]`). Nothing is searched for afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import takewhile
from typing import Any, Literal, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import heading as heading_rule
from markdown_it.rules_block import lheading as lheading_rule
from markdown_it.rules_block import paragraph as paragraph_rule
from markdown_it.rules_block import reference as reference_rule
from markdown_it.rules_block import table as table_rule
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline import text as text_rule
from markdown_it.token import Token

ContentMap: TypeAlias = list[tuple[int, int]]
"""Pairs of an offset in a block's content and the source offset it stands at, each good up to the next pair."""

_BlockRule: TypeAlias = Callable[[StateBlock, int, int, bool], bool]

_SHORTCODE = re.compile(r"\{\{[^{}]{0,4000}+\}\}")
_NOTE = re.compile(r"\[\^[^\[\]^\s]{1,80}\](:[ \t]*)?")
_ATTRIBUTES = re.compile(r"\{[:#.][^{}\n]{0,200}+\}")


class _State(StateInline):
    """Notes in each text token where it begins: `began` is where the pending text began, `rule_at` where a rule did."""

    base = 0
    began = 0
    rule_at = 0

    def pushPending(self) -> Token:  # noqa: N802 - the parser's name
        token = super().pushPending()
        token.meta["at"] = self.base + self.began
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        before = self.tokens[-2] if len(self.tokens) > 1 else None
        at = self.base + self.rule_at
        # A run of `***` is pushed as one token a mark, all by one call of the rule.
        if before is not None and before.meta.get("run") == at and ttype == before.type == "text":
            token.meta["offset"] = before.meta["offset"] + len(before.content)
        else:
            token.meta["offset"] = 0
        token.meta["run"] = at
        token.meta["at"] = at + token.meta["offset"]
        return token


class _Inline(ParserInline):
    """Parses running text with `_State`; the text of an image's alternative is parsed within that of its block."""

    def __init__(self) -> None:
        super().__init__()
        self._active: list[_State] = []

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        state = _State(src, md, env, tokens)
        if self._active:
            outer = self._active[-1]
            state.base = outer.base + outer.rule_at + len("![")
        self._active.append(state)
        try:
            self.tokenize(state)
            for rule in self.ruler2.getRules(""):
                rule(state)
        finally:
            self._active.pop()
        return state.tokens


def _text(state: StateInline, silent: bool) -> bool:
    """The first inline rule: it is asked at every position, and so knows where pending text and tokens begin."""
    if not silent and isinstance(state, _State):
        state.rule_at = state.pos
        if not state.pending:
            state.began = state.pos
    return text_rule(state, silent)


def _shortcode(state: StateInline, silent: bool) -> bool:
    """Leaves out `{{< shortcodes >}}` and the attributes of headings, `{#id}`."""
    if state.src[state.pos] != "{":
        return False
    match = _SHORTCODE.match(state.src, state.pos, state.posMax) or _ATTRIBUTES.match(
        state.src, state.pos, state.posMax
    )
    if match is None:
        return False
    if not silent:
        state.push("shortcode", "", 0)
    state.pos = match.end()
    return True


def _note(state: StateInline, silent: bool) -> bool:
    """Leaves out the marks of notes, `[^1]`; where one begins a line with a colon after it, a note begins.

    While the end of a link's text is looked for (`silent`), marks are text like any other: a link holds no link.
    """
    if silent or state.src[state.pos] != "[":
        return False
    match = _NOTE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    begins = match[1] is not None and (state.pos == 0 or state.src[state.pos - 1] == "\n")
    state.push("note" if begins else "note_mark", "", 0)
    state.pos = match.end() if begins else match.end() - len(match[1] or "")
    return True


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Leaves out definitions of links. `[^1]: 注释。` is a note, not a link named `^1` to `注释。`."""
    if state.src.startswith("[^", state.bMarks[start] + state.tShift[start]):
        return False
    return reference_rule(state, start, end, silent)


def _mapped(rule: _BlockRule, map_of: Callable[[StateBlock, list[Token]], None]) -> _BlockRule:
    def with_map(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        before = len(state.tokens)
        found = rule(state, start, end, silent)
        if found and not silent:
            map_of(state, [token for token in state.tokens[before:] if token.type == "inline"])
        return found

    return with_map


def _map_lines(state: StateBlock, inlines: list[Token]) -> None:
    """The map of a paragraph: each line of the content is what its source line holds after the margin."""
    for token in inlines:
        lines = token.content.split("\n")
        first, end = token.map or (0, 0)
        # Lines of rare white space begin a paragraph for the parser, which may then strip them from its content.
        first += _blank_lines(_row(state, number) for number in range(first, end)) - _blank_lines(lines)
        pairs: ContentMap = []
        offset = 0
        for number, line in enumerate(lines, first):
            pairs.append((offset + _lead(line), _content_start(state, number)))
            offset += len(line) + 1
        token.meta["map"] = pairs


def _blank_lines(lines: Iterable[str]) -> int:
    """The number of lines without text before the first with text."""
    return sum(1 for _ in takewhile(lambda line: not line.strip(), lines))


def _row(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _content_start(state: StateBlock, line: int) -> int:
    return state.bMarks[line] + state.tShift[line] + _lead(_row(state, line))


def _lead(text: str) -> int:
    """The length of the white space that `text` begins with. Versions of the parser differ in what of it they strip."""
    return len(text) - len(text.lstrip())


def _map_heading(state: StateBlock, inlines: list[Token]) -> None:
    for token in inlines:
        line = token.map[0] if token.map else 0
        start = _content_start(state, line)
        row = state.src[start : state.eMarks[line]].lstrip("#")
        level = state.eMarks[line] - start - len(row)
        token.meta["map"] = [(_lead(token.content), start + level + _lead(row))]


def _map_cells(state: StateBlock, inlines: list[Token]) -> None:
    line, cells = -1, iter(list[ContentMap]())
    for token in inlines:
        row = token.map[0] if token.map else 0
        if row != line:
            line, cells = row, iter(_cells(state, row))
        lead = _lead(token.content)
        pairs = next(cells, [(0, _content_start(state, row))])
        token.meta["map"] = [(content + lead, source) for content, source in pairs]


def _cells(state: StateBlock, line: int) -> list[ContentMap]:
    """The maps of the cells of a table row. A pipe after a backslash is part of the cell, the backslash is not."""
    start = _content_start(state, line)
    row = state.src[start : state.eMarks[line]].rstrip()
    bounds: list[tuple[int, list[int], int]] = []
    begin, escapes = 0, list[int]()
    for index, char in enumerate(row):
        if char != "|":
            continue
        if index and row[index - 1] == "\\":
            escapes.append(index - 1)
        else:
            bounds.append((begin, escapes, index))
            begin, escapes = index + 1, []
    bounds.append((begin, escapes, len(row)))
    if bounds[0][0] == bounds[0][2]:
        bounds.pop(0)
    return [_cell(row, start, *bound) for bound in bounds]


def _cell(row: str, start: int, begin: int, escapes: list[int], end: int) -> ContentMap:
    begin += _lead(row[begin:end])
    pairs = [(0, start + begin)]
    for removed, escape in enumerate(escapes):
        pairs.append((escape - begin - removed, start + escape + 1))
    return pairs


def parser() -> MarkdownIt:
    """CommonMark with tables and strikethrough, whose text tokens carry their places."""
    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    inline = _Inline()
    inline.ruler.at("text", _text)
    inline.ruler.before("entity", "shortcode", _shortcode)
    inline.ruler.before("link", "note", _note)
    markdown.inline = inline
    active = ["text", "newline", "escape", "backticks", "strikethrough", "emphasis", "link", "image", "autolink"]
    inline.ruler.enableOnly([*active, "html_inline", "shortcode", "note", "entity"])
    inline.ruler2.enableOnly(["balance_pairs", "strikethrough", "emphasis"])
    markdown.disable(["text_join"])
    block = markdown.block.ruler
    block.at("reference", _reference)
    block.at("paragraph", _mapped(paragraph_rule, _map_lines))
    block.at("lheading", _mapped(lheading_rule, _map_lines))
    block.at("heading", _mapped(heading_rule, _map_heading), {"alt": ["paragraph", "reference", "blockquote"]})
    block.at("table", _mapped(table_rule, _map_cells), {"alt": ["paragraph", "reference"]})
    return markdown
