"""Items for measuring the rules on terms: reports of a monetary authority, our own news items, a translation memory.

The chapters of the reports and the pages of our own items are read, segmented and aligned here as a check does it, not
taken as their authors paired them; the units of the memory stand as they are, since a translator made them. Alignments
are kept between runs in the temporary folder, under a name made of both texts, the glossary and the program's code.
"""

from __future__ import annotations

import csv
import hashlib
import html
import json
import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bitext import pipeline
from bitext.align import align as stage
from bitext.glossaries import read_glossary
from bitext.model.alignment import Alignment, Bead, Bitext, TranslationUnit
from bitext.model.documents import Block, Document, Language, Origins, Segment, SegmentedDocument, Span
from bitext.model.glossary import Concept, Glossary, Term, TermStatus

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "../shared/data/terms"
SETS = ("hkma", "own", "tico19")
YEARS = range(2015, 2022)
Pair = tuple[str, str]


@dataclass(frozen=True)
class Case:
    """An item to plant faults in. `aligned` tells that its units are our aligner's, to be made anew from its text."""

    name: str
    bitext: Bitext
    glossary: Glossary
    aligned: bool = True


def cases(name: str, every: int = 1) -> list[Case]:
    """The items of a set, every n-th one; none where its data is absent."""
    makers: dict[str, Callable[[int], Iterator[Case]]] = {"hkma": _hkma, "own": _own, "tico19": _tico}
    return list(makers[name](every))


def digest(name: str) -> str:
    """A digest of the files of a set, so that figures are known to be of the same data."""
    folders = {"hkma": DATA / "hkma", "own": ROOT / "aligned", "tico19": DATA / "tico19"}
    total = hashlib.sha256((ROOT / "glossaries/sziit.csv").read_bytes() if name == "own" else b"")
    for path in sorted(path for path in folders[name].rglob("*") if path.is_file()):
        total.update(path.relative_to(folders[name]).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:12]


# --- reports and news -------------------------------------------------------------------------------------------------


def _hkma(every: int) -> Iterator[Case]:
    paths = [path for year in YEARS for path in sorted((DATA / f"hkma/raw/{year}/md").glob("C*.md"))]
    for path in paths[::every]:
        year = int(path.parts[-3])
        glossary = hkma_glossary(year)
        pages = pipeline.read(str(path), "zh"), pipeline.read(str(path.with_name(path.name[1:])), "en")
        yield Case(f"{year} {path.stem[1:]}", align(*pages, glossary), glossary)


def _own(every: int) -> Iterator[Case]:
    glossary = read_glossary([str(ROOT / "glossaries/sziit.csv")])
    for folder in sorted(path for path in (ROOT / "aligned").iterdir() if path.is_dir())[::every]:
        source, target, _ = pipeline.read_pair(str(folder / "zh.html"), str(folder / "en.html"))
        yield Case(folder.name, align(source, target, glossary), glossary)


@cache
def hkma_glossary(year: int, random: bool = False) -> Glossary:
    """The terms that were mined from one year's report; with `random` also the control words, which are no terms.

    Odd years are keyed in English, even ones in Chinese.
    """
    rows = [json.loads(line) for line in (DATA / f"hkma/full_data_{year}.jsonl").read_text("utf-8").splitlines()]
    return Glossary(
        tuple(
            concept(f"{kind}:{key}", *(([key], values) if year % 2 == 0 else (values, [key])))
            for kind in ("proper", "random")[: 1 + random]
            for key, values in _merged(row[kind] for row in rows)
        )
    )


def _merged(rows: Iterator[dict[str, list[str]]]) -> list[tuple[str, list[str]]]:
    terms: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        for key, values in row.items():
            terms[key] |= set(values)
    return [(key, sorted(values)) for key, values in sorted(terms.items())]


def concept(name: str, chinese: list[str], english: list[str]) -> Concept:
    """A concept whose first terms are preferred and whose others are admitted."""
    sides: tuple[tuple[Language, list[str]], ...] = (("zh", chinese), ("en", english))
    return Concept(
        name,
        tuple(
            Term(text, language, TermStatus.ADMITTED if index else TermStatus.PREFERRED)
            for language, texts in sides
            for index, text in enumerate(texts)
            if text
        ),
    )


def align(source: Document, target: Document, glossary: Glossary) -> Bitext:
    """The two pages as a check pairs them, from the temporary folder where they were aligned before."""
    key = hashlib.sha256(_program() + repr((source.text, target.text, source.blocks, target.blocks)).encode())
    key.update(repr(glossary).encode())
    pages = pipeline.segmented(source), pipeline.segmented(target)
    folder = Path(tempfile.gettempdir()) / "bitext-bench-terms"
    path = folder / f"{key.hexdigest()[:24]}.json"
    if path.is_file():
        rows = json.loads(path.read_text(encoding="utf-8"))
        beads = tuple(Bead(range(a, b), range(c, d), confidence) for a, b, c, d, confidence in rows)
    else:
        beads = stage(*pages, glossary, profile="accurate").beads
        folder.mkdir(exist_ok=True)
        ends = ((bead.source, bead.target, bead.confidence) for bead in beads)
        rows = [(one.start, one.stop, other.start, other.stop, confidence) for one, other, confidence in ends]
        path.write_text(json.dumps(rows), encoding="utf-8")
    return Bitext(*pages, pipeline.units(Alignment(*pages, beads)))


@cache
def _program() -> bytes:
    """A digest of the code and the tables that an alignment depends on."""
    total = hashlib.sha256()
    for part in ("align", "segment", "text", "terms", "model"):
        for path in sorted((ROOT / "src/bitext" / part).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                total.update(path.read_bytes())
    return total.digest()


# --- a translation memory ---------------------------------------------------------------------------------------------


def tico_units() -> list[Pair]:
    """Chinese and English of every unit of tico19."""
    text = (DATA / "tico19/all.en-zh.tmx").read_text(encoding="utf-8")
    rows = []
    for unit in re.findall(r"<tu .*?</tu>", text, re.DOTALL):
        sides = dict(re.findall(r'xml:lang="(\w+)">\s*<seg>(.*?)</seg>', unit, re.DOTALL))
        rows.append((html.unescape(sides["zh"]).strip(), html.unescape(sides["en"]).strip()))
    return [pair for pair in rows if all(pair)]


def tico_glossary() -> Glossary:
    """The term lists of tico19 in simplified Chinese; entries that share a term stay apart."""
    concepts = []
    for name in ("g_en_zh-CN", "f_en-zh_CN", "g_zh-CN_en"):
        with (DATA / f"tico19/{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.DictReader(file)):
                sides = [[text.strip() for text in row[key].split(" : ")] for key in ("sourceString", "targetString")]
                english, chinese = sides if name != "g_zh-CN_en" else sides[::-1]
                concepts.append(concept(f"{name}-{number:04}", chinese, english))
    return Glossary(tuple(concepts))


def _tico(every: int) -> Iterator[Case]:
    units, glossary = (tico_units(), tico_glossary()) if (DATA / "tico19").is_dir() else ([], Glossary())
    size = 300  # about as much as one of its sources
    for start in range(0, len(units), size * every):
        yield Case(f"{start}", bitext(units[start : start + size]), glossary, aligned=False)


def bitext(pairs: list[Pair]) -> Bitext:
    """An item of these pairs, each a block, a segment and a unit."""
    source, target = _side([pair[0] for pair in pairs], "zh"), _side([pair[1] for pair in pairs], "en")
    rows = enumerate(zip(source.segments, target.segments, strict=True))
    return Bitext(source, target, tuple(TranslationUnit(i, one.span, other.span) for i, (one, other) in rows))


def _side(texts: list[str], language: Language) -> SegmentedDocument:
    spans, start = [], 0
    for text in texts:
        spans.append(Span(start, start + len(text)))
        start += len(text) + 1
    document = Document("", language, "\n".join(texts), tuple(map(Block, spans)), Origins(()))
    segments = (Segment(span, text, index) for index, (span, text) in enumerate(zip(spans, texts, strict=True)))
    return SegmentedDocument(document, tuple(segments))
