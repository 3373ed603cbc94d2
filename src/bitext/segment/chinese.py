"""Where a stop ends a Chinese segment.

Policy, as published Chinese is cut by people who align it:
- 。！？ and runs of them end a segment together with the quotes and brackets that close after them, in quoted speech
  too: “走吧。”|他说。 Each sentence of a long quotation is a segment.
- A quotation that is a part of speech of its sentence does not end it: 喊着“加油！”的学生.
- 《…！》 never ends a segment, nor does anything inside brackets that opened within the sentence.
- ；：，、—— end nothing. …… ends a segment only where a new sentence begins for sure.
- A number and its stop (1. 一．) belong to what they number.
"""

from __future__ import annotations

import re

from bitext.segment.context import Candidate, is_wide
from bitext.text.scripts import is_han

_CONTINUING = "，、；：。,;:…—）)】》"
_PARTICLES = ("的", "地", "得", "之", "等", "和", "与", "及", "、", "一词", "一语", "一书", "一文", "字样", "口号", "声")
_NUMBERING = re.compile(r"\W*(?:第?[一二三四五六七八九十百]{1,4}|[0-9０-９]{1,3}(?:[.．][0-9]{1,2})*|[A-Za-z])\Z")


def ends_at_stop(place: Candidate) -> bool:
    """Whether a run with 。！？ ends the segment."""
    if place.attached and place.attached in _CONTINUING:
        return False
    if not place.closed:
        return True
    after = place.after
    if "。" in place.run:
        return not after.startswith("的")
    return not after.startswith(_PARTICLES)


def ends_at_ellipsis(place: Candidate) -> bool:
    """Whether …… ends the segment: only before a closing mark, a blank or nothing."""
    if place.closed:
        return not (place.attached and place.attached in _CONTINUING) and not place.after.startswith(_PARTICLES)
    return False


def ends_at_half_width(place: Candidate) -> bool:
    """Whether . ! ? beside a Chinese character end the segment."""
    if place.attached and place.attached in _CONTINUING:
        return False
    previous = place.before[-1:]
    if "!" in place.run or "?" in place.run:
        # A name that ends in a mark (Yahoo!) stands in the middle of Chinese more often than a sentence ends so.
        return not (previous.isascii() and previous.isalnum() and is_han(place.attached)) or place.closed
    if _NUMBERING.match(place.before):
        return False
    if not is_wide(previous):
        return False
    return not place.attached or not is_han(place.attached)
