"""Small reports made by hand from model values, for the tests and the golden outputs of the report formats."""

from collections.abc import Sequence
from dataclasses import replace

from bitext.model.alignment import Alignment, Bead, Bitext, Side, TranslationUnit
from bitext.model.documents import (
    Block,
    BlockKind,
    Document,
    Language,
    OriginRun,
    Origins,
    Segment,
    SegmentedDocument,
    Span,
)
from bitext.model.findings import Acceptance, Edit, Failure, Finding, Item, Mark, Message, Report, Severity
from bitext.model.glossary import Concept, Glossary, Term

FILE_INDENT = 7
"""Characters that stand before the text of each line in the pretended files, as markup would."""


def page(path: str, language: Language, paragraphs: Sequence[Sequence[str]]) -> SegmentedDocument:
    """A page whose every paragraph, given as its sentences, stands on a line of its own in the file."""
    join = " " if language == "en" else ""
    lines = [join.join(sentences) for sentences in paragraphs]
    text, blocks, segments, runs, starts = "\n".join(lines), [], [], [], []
    offset = 0
    for index, (line, sentences) in enumerate(zip(lines, paragraphs, strict=True)):
        kind = BlockKind.TITLE if index == 0 else BlockKind.PARAGRAPH
        blocks.append(Block(Span(offset, offset + len(line)), kind))
        place = offset
        for sentence in sentences:
            segments.append(Segment(Span(place, place + len(sentence)), sentence, index))
            place += len(sentence) + len(join)
        starts.append(offset + index * FILE_INDENT)
        runs.append(OriginRun(offset, starts[-1] + FILE_INDENT, len(line) + 1))
        offset += len(line) + 1
    origins = Origins(tuple(runs), tuple(starts))
    return SegmentedDocument(Document(path, language, text, tuple(blocks), origins), tuple(segments))


def mark(page: SegmentedDocument, side: Side, words: str, note: Message | None = None) -> Mark:
    start = page.document.text.index(words)
    return Mark(side, Span(start, start + len(words)), words, note)


CHINESE = page(
    "news/draft.zh.html",
    "zh",
    [
        ["深信院与腾讯签署战略合作协议"],
        [
            "5月11日下午，双方在腾讯滨海大厦举行签约仪式。",
            "学校通过教师企业流动工作站、腾飞班、腾讯校企合作工作室等深化产教融合。",
        ],
        ["双方还就毕业生就业进行了交流。", "刘锦希望双方进一步提升合作层次。"],
    ],
)
ENGLISH = page(
    "news/draft.en.html",
    "en",
    [
        ["SZIIT and Tencent Sign a Strategic Cooperation Agreement"],
        [
            "On the afternoon of May 11, the two sides signed the agreement in the Tencent Binhai Building.",
            "Through the mobile teacher-enterprise workstation, Ascend (Tengfei) class and the Tencent studio, the "
            "Institute deepens the integration of education and industry.",
        ],
        ["Liu Jin hoped that the two sides would raise their cooperation to a higher level."],
    ],
)
BEADS = (
    Bead(range(1), range(1), 0.998),
    Bead(range(1, 2), range(1, 2), 0.9912),
    Bead(range(2, 3), range(2, 3), 0.97),
    Bead(range(3, 4), range(3, 3), 0.93),
    Bead(range(4, 5), range(3, 4), 0.41),
)
ALIGNMENT = Alignment(CHINESE, ENGLISH, BEADS, "bitext 0 accurate sample")
UNITS = tuple(
    TranslationUnit(index, CHINESE.span(bead.source), ENGLISH.span(bead.target), bead)
    for index, bead in enumerate(BEADS)
)


def deprecated() -> Finding:
    words = mark(ENGLISH, "target", "Ascend (Tengfei) class")
    return Finding(
        "term-deprecated",
        Message.of("rules.term-deprecated.found", term="Ascend (Tengfei) class", preferred="Ascend Class"),
        Severity.ERROR,
        2,
        mark(CHINESE, "source", "腾飞班"),
        words,
        edit=Edit("target", words.span, "Ascend Class", safe=True),
        suggestion="Ascend Class",
        concept="ascend-class",
        confidence=0.97,
        fingerprint="00000000000000a1",
    )


def inconsistent() -> Finding:
    wordings = "“mobile teacher-enterprise workstation”, “Tencent studio”"
    words = mark(ENGLISH, "target", "mobile teacher-enterprise workstation")
    return Finding(
        "term-inconsistent",
        Message.of("rules.term-inconsistent.found", term="工作室", ways=2, wordings=wordings, preferred="studio"),
        Severity.WARNING,
        2,
        None,
        words,
        related=tuple(mark(ENGLISH, "target", "Tencent studio"[: 14 - n]) for n in range(7)),
        suggestion="a studio",
        concept="studio",
        confidence=0.97,
        fingerprint="00000000000000a2",
    )


def repeated() -> list[Finding]:
    """Findings that say the same of several places."""
    places = ("Tencent", "agreement", "cooperation", "two sides", "Institute")
    finding = deprecated()
    return [replace(finding, target=mark(ENGLISH, "target", place), edit=None) for place in places]


GLOSSARY = Glossary(
    (
        Concept(
            "ascend-class",
            (
                Term("腾飞班", "zh", path="glossaries/terms.csv", line=56),
                Term("Ascend Class", "en", path="glossaries/terms.csv", line=57),
            ),
        ),
    )
)


def omitted() -> Finding:
    return Finding(
        "segment-omitted",
        Message.of("rules.segment-omitted.found"),
        Severity.WARNING,
        3,
        mark(CHINESE, "source", "双方还就毕业生就业进行了交流。"),
        confidence=0.93,
        fingerprint="00000000000000a3",
    )


def unsure() -> Finding:
    return Finding(
        "alignment-unsure",
        Message.of("rules.alignment-unsure.found", units=1, confidence=41),
        Severity.INFO,
        4,
        confidence=0.41,
        fingerprint="00000000000000a4",
    )


def pair() -> Report:
    notes = (Message.of("report.notes.swapped", chinese="news/draft.zh.html", english="news/draft.en.html"),)
    item = Item(Bitext(CHINESE, ENGLISH, UNITS), ALIGNMENT.signature, notes, 2)
    return Report((item,), (inconsistent(), deprecated(), omitted(), unsure()))


def page_alone() -> Report:
    read = Message.of("formats.encoding.guessed", encoding="gb18030")
    english = replace(ENGLISH, document=replace(ENGLISH.document, notes=(read,)))
    item = Item(Bitext(None, english, ()), notes=(Message.of("report.notes.no-glossary"),))
    return Report((item,), (replace(deprecated(), unit=None, source=None, confidence=1.0),))


def clean() -> Report:
    return Report((Item(Bitext(CHINESE, ENGLISH, UNITS[:4]), "bitext 0 fast sample"),), ())


def repetitive() -> Report:
    return Report(pair().items, tuple(repeated()))


def idle() -> Finding:
    return Finding(
        "waiver-unused",
        Message.of("rules.waiver-unused.found", rule="number-mismatch", line=7),
        Severity.INFO,
        source=mark(CHINESE, "source", "深信院与腾讯签署战略合作协议"),
        fingerprint="00000000000000a5",
    )


def waived() -> Report:
    return Report(pair().items, (omitted(), idle()), (deprecated(), inconsistent()))


def elsewhere() -> Finding:
    """A finding with words of another item among its related ones, and one that is about no side."""
    return replace(inconsistent(), related=(replace(mark(ENGLISH, "target", "agreement"), item=1),), item=0)


def project() -> Report:
    """A run over several items with all that can happen to one: waived, known, not judged at all, no page at all."""
    kept = replace(inconsistent(), accepted=Acceptance("quoted from the minutes", True, "news/draft.en.html", 3))
    listed = replace(omitted(), accepted=Acceptance("left out on purpose", False, "bitext-waivers.csv", 2))
    bare = Finding("future-rule", Message.of("rules.segment-added.found"), Severity.ERROR, item=1)
    failures = (
        Failure(("news/a b.zh.md", "news/a b.en.md"), Message.of("formats.file.empty"), "news/a b.en.md", 3),
        Failure(("news/c.zh.md",), Message.of("formats.file.directory")),
    )
    notes = (Message.of("report.notes.no-glossary"),)
    lost = Item(Bitext(CHINESE, ENGLISH, UNITS[:1]), "bitext 0 fast sample", (), 9)
    items = (*pair().items, lost)
    return Report(items, (deprecated(), elsewhere(), unsure(), bare), (kept, listed), (omitted(),), failures, notes)


def file_text(path: str) -> str | None:
    """The pretended file of a page: markup of `FILE_INDENT` characters, two of them beyond UTF-16's single units."""
    pages = {page.document.path: page for page in (CHINESE, ENGLISH)}
    page = pages.get(path)
    return None if page is None else "".join(f"<p {MARKS} >{line}\n" for line in page.document.text.split("\n"))


MARKS = "\U00020bb7\U00020bb7"
REPORTS = {"pair": pair, "repetitive": repetitive, "page": page_alone, "clean": clean, "waived": waived}
