"""Finds where segments end: the scan that both languages share.

Only places where a segment could end are looked at: runs of stops with the closing quotes and brackets after them,
blank lines, and brackets that may keep a stop from ending anything. What a run means is decided by the rules of the
script around it (`chinese`, `english`), so that a Chinese sentence on an English page is cut as Chinese. Every look
to the left or right is bounded, which makes the whole linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bitext.model.documents import Document, Segment, SegmentedDocument, Span
from bitext.segment import chinese, english
from bitext.segment.abbreviations import STARTERS
from bitext.segment.context import Candidate, is_wide
from bitext.segment.items import item_starts, starts_item
from bitext.text.marks import CHINESE_STOPS, CLOSERS, ELLIPSES, OPENERS, PAIRS, SENTENCE_STOPS, char_class

_STOPS = char_class(SENTENCE_STOPS)
_CLOSING = char_class(CLOSERS) + "\"'＂＇"
_SURE_CLOSERS = char_class("”」』》】")
# A run: stops and closers in any order; then what a space parted from its sentence (closing marks, a Chinese stop,
# spaced dots and ellipses, a quote of the wrong direction before the end of the line); an emoticon; footnote marks.
# Possessive repeats keep no way back, so a run may be as long as a file.
_RUN = re.compile(
    rf"[{_STOPS}][{_STOPS}{_CLOSING}]*+"
    rf"(?:(?:[ \u00a0](?:\.(?![\w.])|(?<=[…⋯].)[…⋯]|[。！？{_SURE_CLOSERS}]|[\"“’](?=[^\S\n]*(?:\n|\Z)))|“(?=\s|\Z))"
    rf"[{_STOPS}{_CLOSING}]*+)*+"
    r"(?:[ \u00a0]?[:;]-?[()DP](?!\w))?+"
    r"(?:[ \u00a0]?\[(?:[0-9]{1,3}|\.\.\.|…)\]|[\u00b9\u00b2\u00b3\u2070\u2074-\u2079])*+"
)
_HOT = re.compile(rf"[{_STOPS}{char_class(OPENERS)}\"\n\u2029]")
_BLANK_LINE = re.compile(r"(?:\n[^\S\n]*\n|\u2029)\s*")
_STOP = re.compile(f"[{_STOPS}]")
_CHINESE_STOP = re.compile(f"[{char_class(CHINESE_STOPS)}]")
_ELLIPSIS = re.compile(rf"[{char_class(ELLIPSES)}]|\.[. \u00a0]*\.")
_MARK = re.compile("[!?‼⁇⁈⁉]")
_STRAIGHT = re.compile("[\"']")
_CHINESE_CLOSERS = tuple(CHINESE_STOPS + "”」』")
# What follows a quotation that is a part of its sentence.
_EMBEDDING = re.compile("[，、]|的(?!确)")
_SPACE = re.compile(r"\s*")

_TITLE_OPENERS = "《〈"
_BRACKETS = "（(【〔［[{｛〖"
_QUOTES = "“「『"
_CLOSER_OF = {opener: PAIRS[opener] for opener in _TITLE_OPENERS + _BRACKETS + _QUOTES}
# A pair longer than this is taken for a mistake of the writer, so that one lost bracket does not join a page.
_LONGEST = {**dict.fromkeys(_TITLE_OPENERS, 120), **dict.fromkeys(_BRACKETS, 400), **dict.fromkeys(_QUOTES, 60)}


def segment(document: Document) -> SegmentedDocument:
    """Cuts each block of `document` into segments that cover it but for white space."""
    segments = tuple(
        Segment(span, document.slice(span), index)
        for index, block in enumerate(document.blocks)
        for span in _shifted(sentence_spans(document.slice(block.span)), block.span.start)
    )
    return SegmentedDocument(document, segments)


def _shifted(spans: Iterator[Span], offset: int) -> Iterator[Span]:
    return (Span(span.start + offset, span.end + offset) for span in spans)


def sentence_spans(text: str) -> Iterator[Span]:
    """The spans of the segments of one block's text, in order; white space between them belongs to none."""
    starts = item_starts(text)
    for item_start, item_end in pairwise([0, *starts, len(text)]):
        item = text[item_start:item_end] if starts else text
        start = _skip_space(item, 0)
        for end in _ends(item):
            stop = start + len(item[start:end].rstrip())
            if stop > start:
                yield Span(item_start + start, item_start + stop)
            start = _skip_space(item, end)


def _skip_space(text: str, offset: int) -> int:
    match = _SPACE.match(text, offset)
    return match.end() if match else offset


def _ends(text: str) -> Iterator[int]:
    """Offsets at which segments end, the end of the text last."""
    scan = _Scan(text)
    while hot := _HOT.search(text, scan.position):
        end = scan.step(hot.start(), hot.group())
        if end >= 0:
            scan.start = _skip_space(text, end)
            yield end
    yield len(text)


class _Scan:
    """One pass over a text: where the current segment started and what keeps a stop from ending it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.start = _skip_space(text, 0)
        self.position = 0
        self._pairs = _pairs(text)
        self._protected = 0
        self._quoted = False

    def step(self, at: int, mark: str) -> int:
        """Looks at the mark at `at`, moves on behind it and gives the offset at which a segment ends there, or -1."""
        self.position = at + 1
        if mark in PAIRS:
            return self._open(at)
        if mark == '"':
            self._quoted = _quote_opens(self.text, at, self._quoted)
            return -1
        if mark in "\n\u2029":
            return self._line_break(at)
        return self._stop(at)

    def _open(self, at: int) -> int:
        if self.text[at] == "“":
            self._quoted = False
        close = self._pairs.get(at, -1)
        if close >= 0 and _keeps_together(self.text, self.start, at, close):
            self._protected = max(self._protected, close + 1)
        return -1

    def _line_break(self, at: int) -> int:
        blank = _BLANK_LINE.match(self.text, at)
        if not blank:
            return at if starts_item(self.text, at) else -1
        self.position = blank.end()
        self._protected = 0
        self._quoted = False
        return at

    def _stop(self, at: int) -> int:
        end = self._run_end(at)
        self.position = end
        start = max(at, self._protected)
        if start == end and self.text[end - 1] in ")]" and _begins_sentence(self.text, end):
            return end
        # Stops that nothing stands before (...and so on) belong to what follows.
        if start == self.start or end <= start or not _STOP.search(self.text, start, end):
            return -1
        return end if is_end(Candidate(self.text, self.start, start, end)) else -1

    def _run_end(self, at: int) -> int:
        """The end of the run at `at`, before marks at its end that open what follows."""
        match = _RUN.match(self.text, at)
        end = self._before_opening_quote(at, match.end() if match else at + 1)
        run = self.text[at:end]
        trimmed = run.rstrip(ELLIPSES)
        # 。…… takes the ellipsis to what follows, as an interrupted speaker's next words are written.
        if len(trimmed) < len(run) and trimmed.endswith(_CHINESE_CLOSERS) and is_wide(self.text[end : end + 1]):
            return at + len(trimmed)
        return end

    def _before_opening_quote(self, at: int, end: int) -> int:
        """The offset of the first straight quote between the two that opens what follows, or `end`."""
        for quote in _STRAIGHT.finditer(self.text, at, end):
            opens = self.text[quote.end() : quote.end() + 1].isalnum()
            if opens and not (self._quoted and quote.group() == '"'):
                return quote.start()
            if quote.group() == '"':
                self._quoted = False
        if "“" in self.text[at:end]:
            self._quoted = False
        return end


def is_end(place: Candidate) -> bool:
    """Whether a segment ends at `place`, by the rules of the script that its marks and neighbours belong to."""
    run = place.run
    if _CHINESE_STOP.search(run):
        return chinese.ends_at_stop(place)
    if _ELLIPSIS.search(run) and not _MARK.search(run):
        return chinese.ends_at_ellipsis(place) if place.near_han else english.ends_at_ellipsis(place)
    if place.beside_han:
        return chinese.ends_at_half_width(place)
    return english.ends_at_mark(place) if _MARK.search(run) else english.ends_at_period(place)


def _begins_sentence(text: str, at: int) -> bool:
    """Whether a word that only a sentence begins with follows: (How shall I put it?) The ..."""
    following = text[at : at + 16].split(None, 1)
    return bool(following) and following[0].istitle() and following[0].lower() in STARTERS


def _quote_opens(text: str, at: int, quoted: bool) -> bool:
    """Whether the straight quote at `at` opens: by the white space around it, else by whether a quote is open."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if (not before or before.isspace() or before in "：:，（(") and (not after.isspace() or before == "："):
        return True
    if not after or after.isspace():
        return False
    return not quoted


def _keeps_together(text: str, start: int, opener: int, closer: int) -> bool:
    """Whether no segment that began at `start` ends between the two marks."""
    mark = text[opener]
    if closer - opener > _LONGEST[mark]:
        return False
    if mark in _QUOTES:
        return bool(_EMBEDDING.match(text, closer + 1))
    return mark in _TITLE_OPENERS or opener > start


def _pairs(text: str) -> dict[int, int]:
    """Offsets of opening marks to those of the marks that close them, each kind of mark for itself."""
    closer_of = {opener: closer for opener, closer in _CLOSER_OF.items() if opener in text and closer in text}
    if not closer_of:
        return {}
    open_at: dict[str, list[int]] = {closer: [] for closer in closer_of.values()}
    pairs: dict[int, int] = {}
    for match in re.finditer(f"[{char_class(''.join(open_at), ''.join(closer_of))}]", text):
        mark = match.group()
        if mark in closer_of:
            open_at[closer_of[mark]].append(match.start())
        elif open_at[mark]:
            pairs[open_at[mark].pop()] = match.start()
    return pairs
