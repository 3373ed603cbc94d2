"""What the HTML standard says of elements, as far as reading text needs it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from bitext.formats.tables import word_set

ROOT = "#root"

VOID = word_set(
    """area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr"""
)

BLOCK = word_set(
    """address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li listing main menu nav ol
    optgroup option p plaintext pre search section summary table tbody td tfoot th thead title tr ul xmp"""
)

HEAD_CONTENT = word_set("""html head base basefont bgsound link meta noscript script style template title""")

CLOSES_PARAGRAPH = BLOCK - word_set("html head body caption tbody td tfoot th thead tr title option optgroup")

SCOPE = word_set("html table td th caption template button marquee object")
"""Elements that an end tag or an implied end does not reach out of."""

HEADINGS = word_set("h1 h2 h3 h4 h5 h6")

LEFT_OUT = word_set(
    """script style noscript template svg math iframe object embed applet audio video canvas map select datalist
    button textarea input head nav dialog rp rt rtc noframes noembed frameset"""
)
"""Elements whose content is no text of the page. Of ruby the base text stays, the reading is left out."""


CLOSES_BLOCKS = BLOCK | LEFT_OUT
"""Elements whose end tag also ends the blocks that are open inside them; that of an inline element does not."""


class Implied(NamedTuple):
    """Open elements that a start tag closes, and those that shield what is outside them."""

    closed: frozenset[str]
    barrier: frozenset[str]


def _implied(closed: str, barrier: str) -> Implied:
    return Implied(frozenset(closed.split()), frozenset(barrier.split()))


_ROW = _implied("tr td th", "table")
_SECTION = _implied("thead tbody tfoot tr td th caption colgroup", "table")

IMPLIED_ENDS: Mapping[str, Implied] = {
    "li": _implied("li", "ul ol menu dir table td"),
    "dt": _implied("dt dd", "dl table td"),
    "dd": _implied("dt dd", "dl table td"),
    "option": _implied("option", "select"),
    "optgroup": _implied("option optgroup", "select"),
    "tr": _ROW,
    "td": _implied("td th", "tr table"),
    "th": _implied("td th", "tr table"),
    "thead": _SECTION,
    "tbody": _SECTION,
    "tfoot": _SECTION,
    "rt": _implied("rt rp", "ruby"),
    "rp": _implied("rt rp", "ruby"),
    "a": _implied("a", "table td div li"),
}
