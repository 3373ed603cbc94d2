"""Waivers that stand in a page as comments: `<!-- bitext-ignore RULE, RULE: reason -->`.

A waiver is for the block in which it stands or, where it stands between two blocks, for the one after it.
`bitext-ignore-file` instead of `bitext-ignore` is for the whole page. `RULE(CONCEPT)` limits it to the findings of one
concept of the glossary. In MDX, a comment is `{/* bitext-ignore RULE: reason */}`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from bitext.model.documents import Document, Origins, Span, Waiver

_WAIVER = re.compile(
    r"(?:<!--|\{\s{0,20}/\*)\s*+bitext-ignore(?P<file>-file)?+(?![\w-])(?P<head>[^:：]*+)(?:[:：](?P<reason>.*))?",
    re.DOTALL,
)
_END = re.compile(r"--!?>$|\*/\s{0,20}\}$")
_RULE = re.compile(r"(?P<rule>[^\s,，、()（）]+)(?:\s?[(（](?P<concept>[^()（）]*+)[)）])?")

_NEAR = 2_000
"""Characters behind a block within which a comment can still belong to it."""
_NESTED = 3
"""So many blocks before a comment are looked at: one may stand inside another."""


def with_waivers(
    document: Document, source: str, comments: Sequence[tuple[str, int]], parting: re.Pattern[str]
) -> Document:
    """`document` with the waivers among the `comments` of its file `source`, each given with its offset there.

    A comment behind a block is still within it where nothing that matches `parting` stands between them.
    """
    found = [(match, offset) for text, offset in comments if (match := _WAIVER.match(_END.sub("", text))) is not None]
    if not found:
        return document
    places = _Places(document, source, parting)
    waivers = []
    for match, offset in found:
        rules = tuple(dict.fromkeys(map(_named, _RULE.finditer(match["head"]))))
        reason = " ".join((match["reason"] or "").split())
        span = None if match["file"] else places.waived(offset)
        waivers.append(Waiver(rules, reason, span, bisect_right(document.origins.line_starts, offset)))
    return replace(document, waivers=tuple(waivers))


def _named(match: re.Match[str]) -> str:
    concept = (match["concept"] or "").strip()
    return f"{match['rule']}({concept})" if concept else match["rule"]


class _Places:
    """The blocks of a document by where they stand in its file."""

    def __init__(self, document: Document, source: str, parting: re.Pattern[str]) -> None:
        self.source = source
        self.parting = parting
        self.size = len(document.text)
        places = ((_file_span(document.origins, block.span), block.span) for block in document.blocks)
        # The caption of an image in a paragraph comes after the paragraph in the text, not in the file.
        self.places = sorted(places, key=lambda place: place[0])

    def waived(self, offset: int) -> Span:
        """The span of the block that a comment at `offset` of the file is for; an empty one where none follows."""
        after = bisect_right(self.places, offset, key=lambda place: place[0].start)
        for where, span in self.places[max(after - _NESTED, 0) : after][::-1]:
            if offset < where.end:
                return span
        if after and self._joined(self.places[after - 1][0].end, offset):
            return self.places[after - 1][1]
        return self.places[after][1] if after < len(self.places) else Span(self.size, self.size)

    def _joined(self, end: int, offset: int) -> bool:
        return offset - end <= _NEAR and self.parting.search(self.source, end, offset) is None


def _file_span(origins: Origins, span: Span) -> Span:
    start = origins.file_offset(span.start)
    return Span(start, max(start, origins.file_offset(max(span.end - 1, span.start)) + 1))
