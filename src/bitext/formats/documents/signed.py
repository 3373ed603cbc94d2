"""Parts the words that tell who wrote a text from the end of its last paragraph, where news has them in brackets."""

from __future__ import annotations

import re

from bitext.formats.carried import Piece, text_of
from bitext.formats.documents import newslines
from bitext.model.documents import BlockKind

_LONGEST = 100
_SIGNATURE = re.compile(r"[。！？.!?…”’」\"]\s{0,3}([（(【\[][^（）()【】\[\]]{2,90}[）)】\]])$")


def signed(pieces: list[Piece], kind: BlockKind) -> list[tuple[list[Piece], BlockKind]]:
    """The block itself, or a paragraph without its signature and the signature as metadata."""
    if kind is not BlockKind.PARAGRAPH or not pieces or pieces[-1][0][-1] not in "）)】]":
        return [(pieces, kind)]
    text = text_of(pieces)
    match = _SIGNATURE.search(text, max(len(text) - _LONGEST, 0))
    if match is None or not (newslines.is_metadata(match[1]) or newslines.is_metadata(match[1][1:-1])):
        return [(pieces, kind)]
    head, tail = _cut(pieces, match.start(1))
    while head and (trimmed := head[-1][0].rstrip()) != head[-1][0]:
        start = head.pop()[1]
        head += [(trimmed, start, len(trimmed))] if trimmed else []
    return [(head, kind), (tail, BlockKind.METADATA)]


def _cut(pieces: list[Piece], at: int) -> tuple[list[Piece], list[Piece]]:
    """The pieces before and from the character `at`; one that the file writes otherwise is never cut."""
    head: list[Piece] = []
    tail: list[Piece] = []
    position = 0
    for text, start, length in pieces:
        inside = at - position
        if inside >= len(text):
            head.append((text, start, length))
        elif inside <= 0 or len(text) != length:
            tail.append((text, start, length))
        else:
            head.append((text[:inside], start, inside))
            tail.append((text[inside:], start + inside, length - inside))
        position += len(text)
    return head, tail
