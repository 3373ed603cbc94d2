"""Sentence pairs as units of full confidence, and the words that a rule marks in them."""

from collections.abc import Sequence

from bitext.checks.rule import Rule
from bitext.checks.run import run
from bitext.model.alignment import Bead, Bitext, TranslationUnit
from bitext.model.documents import Block, Document, Language, Origins, Segment, SegmentedDocument, Span
from bitext.model.findings import Finding
from bitext.model.glossary import Glossary


def document(lines: Sequence[str], language: Language) -> SegmentedDocument:
    segments, blocks, start = [], [], 0
    for index, line in enumerate(lines):
        span = Span(start, start + len(line))
        segments.append(Segment(span, line, index))
        blocks.append(Block(span))
        start = span.end + 1
    return SegmentedDocument(Document("", language, "\n".join(lines), tuple(blocks), Origins(())), tuple(segments))


def found(rule: Rule, pairs: Sequence[tuple[str, str]], confidence: float = 1.0) -> tuple[Finding, ...]:
    source, target = document([a for a, _ in pairs], "zh"), document([b for _, b in pairs], "en")
    units = tuple(
        TranslationUnit(i, a.span, b.span, Bead(range(i, i + 1), range(i, i + 1), confidence))
        for i, (a, b) in enumerate(zip(source.segments, target.segments, strict=True))
    )
    return run(Bitext(source, target, units), Glossary(), [rule])


def marked(findings: Sequence[Finding]) -> set[str]:
    return {mark.text for finding in findings for mark in (finding.source, finding.target) if mark is not None}
