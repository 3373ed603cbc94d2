"""All channels of a batch, found once: anchors, pieces of long documents and both passes take their part of them."""

from __future__ import annotations

from bitext.align.features.channel import Channels
from bitext.align.features.lexical import dictionary_channels
from bitext.align.features.lexicon import Lexicon
from bitext.align.features.names import name_channel
from bitext.align.features.numbers import number_channel
from bitext.align.features.strings import string_channel
from bitext.align.sides import Sides


def channels(sides: Sides, lexicon: Lexicon) -> Channels:
    """The channels of the first pass: dictionary words and glosses, numbers, Latin strings, names.

    There is none where a side has nothing to be explained by.
    """
    if not (sides.source.texts and sides.target.texts):
        return {}
    return {
        **dictionary_channels(sides, lexicon),
        "number": number_channel(sides),
        "string": string_channel(sides),
        "name": name_channel(sides, lexicon),
    }
