"""Bitexts as files hold them: translation memories and the bilingual files of CAT tools.

Their sides are ready units, so they skip segmenting and aligning. Large memories are read as streams, which is why the
units of one come as an iterable and not as a tuple.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bitext.model.documents import OriginRun, Span

CodeKind: TypeAlias = Literal["open", "close", "alone"]
Properties: TypeAlias = tuple[tuple[str, str], ...]
"""Names and values in the order of the file."""


@dataclass(frozen=True, slots=True)
class Code:
    """Inline markup that was taken out of a text: it stood before the character at `offset` of the text.

    `id` pairs an "open" with its "close" and a source code with its target code. `data` is the native code that the
    file carries ("<b>"), `type` what the format says of it ("bold"). What marks text and is no code of the document
    (a term, a comment) has the type "mark" or "mark:KIND". `subflows` are the stretches of `data` that hold text of
    their own to be translated (the alternative text of an image). `attributes` are what else the file says of the code,
    in its own words ("equiv-text", "canDelete").
    """

    offset: int
    kind: CodeKind
    id: str
    data: str = ""
    type: str = ""
    subflows: tuple[Span, ...] = ()
    attributes: Properties = ()


@dataclass(frozen=True, slots=True)
class Content:
    """One side of a unit: its text without inline markup, and the markup.

    `runs` map offsets of `text` to offsets (code points) of the decoded file; they are empty where the reader was not
    asked for places or the format has none.
    """

    text: str
    codes: tuple[Code, ...] = ()
    runs: tuple[OriginRun, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One translation unit of a file. A side is None where the file has none, which is not the same as an empty one.

    `state` is the format's own word for how far the translation is ("translated", "final"); `confidence` is that of
    the alignment where the file tells it.
    """

    id: str
    source: Content | None
    target: Content | None
    state: str = ""
    notes: tuple[str, ...] = ()
    properties: Properties = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says of all its units. Languages are BCP 47 tags as in the file ("zh-CN", "en-US").

    `segmentation` is what a unit is: "sentence", "paragraph", "phrase" or "block". `original` names the file that was
    translated, `signature` what made the alignment.
    """

    source_language: str = "zh"
    target_language: str = "en"
    segmentation: str = "sentence"
    original: str = ""
    signature: str = ""
    notes: tuple[str, ...] = ()
    properties: Properties = ()


@dataclass(frozen=True, slots=True)
class TranslationMemory:
    """A file of translation units. `entries` may be a stream that can be read once.

    `line_starts` are the offsets (code points) at which the lines of the decoded file begin; empty for a stream, whose
    contents have no `runs` either.
    """

    header: Header
    entries: Iterable[Entry]
    line_starts: tuple[int, ...] = ()
