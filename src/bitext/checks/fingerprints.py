"""What tells one finding from another in the next run: its rule and the words around it, never a line number."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bitext.checks.context import Context
from bitext.model.findings import Finding, Mark

CONTEXT = 24
"""Characters on either side of a mark that go into its fingerprint."""


def anchor(finding: Finding) -> Mark | None:
    """The mark that a finding is chiefly about: the one that its edit changes, else the first there is."""
    marks = [mark for mark in (finding.source, finding.target, *finding.related) if mark is not None]
    if finding.edit is not None:
        marks.sort(key=lambda mark: finding.edit is not None and mark.side != finding.edit.side)
    return marks[0] if marks else None


def fingerprinted(context: Context, findings: Iterable[Finding], *kind: str) -> Iterator[Finding]:
    """`findings` of one item in their order, each with its fingerprint; `kind` sets them apart from other ones."""
    counts: dict[str, int] = {}
    for finding in findings:
        text = "\0".join((finding.rule, *kind, finding.concept, _around(context, anchor(finding))))
        counts[text] = counts.get(text, 0) + 1
        digest = hashlib.sha256(f"{text}\0{counts[text]}".encode()).hexdigest()
        yield replace(finding, fingerprint=digest[:16])


def _around(context: Context, mark: Mark | None) -> str:
    """The words marked and what stands around them in the block, less differences of width and of white space."""
    if mark is None:
        return ""
    document = context.document(mark.side)
    block = context.block_at(mark.side, mark.span.start)
    low, high = (block.span.start, block.span.end) if block is not None else (0, len(document.text))
    start, end = max(low, mark.span.start - CONTEXT), min(max(high, mark.span.end), mark.span.end + CONTEXT)
    pieces = (document.text[start : mark.span.start], mark.text, document.text[mark.span.end : end])
    return "\0".join(" ".join(unicodedata.normalize("NFKC", piece).split()) for piece in pieces)
