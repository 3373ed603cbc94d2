"""The development sets as aligned documents, and variants of them with faults made by a fixed seed."""

from __future__ import annotations

import ast
import csv
import hashlib
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bitext.align.sides import KINDS
from bitext.formats.documents.plain import document_from_text
from bitext.model.documents import BlockKind, Language
from bitext.segment import segment

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "align"
"""Where the development sets lie; they are no part of the project."""

_TITLE, _PARAGRAPH = KINDS.index(BlockKind.TITLE), KINDS.index(BlockKind.PARAGRAPH)

Region = tuple[int, int, int, int]
"""First and one past the last source segment, first and one past the last target segment."""


@dataclass(slots=True)
class Gold:
    """A pair of documents as segments, with the regions within which the true beads lie.

    `exact` golds give the beads themselves; in others (lines of several sentences) a region may hold several beads.
    `blocks` are the numbers of the block of each segment, `kinds` those of the blocks' kinds.
    """

    collection: str
    name: str
    source: list[str]
    target: list[str]
    regions: list[Region]
    exact: bool
    blocks: tuple[list[int], list[int]] = field(default_factory=lambda: ([], []))
    kinds: tuple[list[int], list[int]] = field(default_factory=lambda: ([], []))


@dataclass(slots=True)
class Line:
    """A line of a line-aligned set, cut into segments."""

    source: list[str]
    target: list[str]


def literary(folder: Path = DATA / "mac-dev") -> Iterator[Gold]:
    """Chapters of novels aligned by hand."""
    for file in sorted(folder.glob("*.align")):
        source, target = (
            [line.strip() for line in file.with_suffix(suffix).read_text(encoding="utf-8").splitlines()]
            for suffix in (".zh", ".en")
        )
        yield Gold("mac-dev", file.stem, source, target, list(_regions(file)), exact=True)


def _regions(file: Path) -> Iterator[Region]:
    done = (0, 0)
    for line in file.read_text(encoding="utf-8").splitlines():
        left, right = (ast.literal_eval(part) for part in line.split(":"))
        source = (left[0], left[-1] + 1) if left else (done[0], done[0])
        target = (right[0], right[-1] + 1) if right else (done[1], done[1])
        if source[0] < done[0] or target[0] < done[1]:
            continue  # a bead out of order, which no monotone alignment can hold
        if (source[0], target[0]) != done:
            yield (done[0], source[0], done[1], target[0])
        yield (*source, *target)
        done = (source[1], target[1])


def lines(folder: Path = DATA) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Line-aligned documents: collection, name and pairs of lines."""
    with (folder / "ntrex" / "ntrex.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    yield from _grouped("ntrex", ((row[0], row[2], row[1]) for row in rows))
    source, target = (_read(folder / "wmt21" / f"newstest2021.zh-en.{part}") for part in ("src.zh", "ref.A.en"))
    silver = [line.split("\t") for line in _read(folder / "wmt21" / "newstest2021.zh-en.docs.silver.tsv")]
    yield from _grouped("wmt21-zh-en", ((row[1], source[int(row[0]) - 1], target[int(row[0]) - 1]) for row in silver))
    target, source = (_read(folder / "wmt21" / f"newstest2021.en-zh.{part}") for part in ("src.en", "ref.A.zh"))
    pairs = zip(source, target, strict=True)
    yield from _grouped("wmt21-en-zh", ((str(index // 25), *pair) for index, pair in enumerate(pairs)))
    texts = [(folder / "pdc-sample" / f"pdc.{code}.sample").read_text(encoding="utf-8") for code in ("zh", "en")]
    documents = zip(*(text.strip().split("\n\n") for text in texts), strict=True)
    for index, (left, right) in enumerate(documents):
        pairs_ = list(zip(left.split("\n"), right.split("\n"), strict=True))
        yield "pdc-sample", str(index), [(a.strip(), b.strip()) for a, b in pairs_ if a.strip() and b.strip()]


def _read(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]


def _grouped(name: str, rows: Iterator[tuple[str, str, str]]) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    documents: dict[str, list[tuple[str, str]]] = {}
    for document, source, target in rows:
        documents.setdefault(document, []).append((source, target))
    for document, pairs in documents.items():
        yield name, document, pairs


def news(every: int = 1, seed: int = 2021, *, faults: bool = True) -> Iterator[Gold]:
    """Line-aligned documents segmented and, with `faults`, edited; `every` n-th document of each collection."""
    seen: dict[str, int] = {}
    for collection, name, pairs in lines():
        seen[collection] = seen.get(collection, -1) + 1
        if seen[collection] % every == 0 and len(pairs) > 3:
            rng = random.Random(f"{seed}/{collection}/{name}")  # noqa: S311 - not for secrets
            cut = [Line(_sentences(a, "zh"), _sentences(b, "en")) for a, b in pairs]
            yield _edited(collection, name, cut, rng, faults=faults)


def _sentences(text: str, language: Language) -> list[str]:
    return [found.text for found in segment(document_from_text(text, language)).segments] or [text]


def _edited(collection: str, name: str, cut: Sequence[Line], rng: random.Random, *, faults: bool) -> Gold:
    regions: list[Line] = []
    joins: list[bool] = []
    index = 0
    while index < len(cut):
        line = Line(list(cut[index].source), list(cut[index].target))
        chance = rng.random() if faults else 1.0
        after = cut[index + 1] if index + 1 < len(cut) else None
        index += 1
        if chance < 0.03:
            line.target = []
        elif chance < 0.06:
            line.source = []
        elif chance < 0.10 and after is not None:
            # Two lines of which one side makes a single sentence.
            single, other = (line.source, line.target) if rng.random() < 0.6 else (line.target, line.source)
            more, others = (after.source, after.target) if single is line.source else (after.target, after.source)
            single[:] = [_glue([*single, *more])]
            other.extend(others)
            index += 1
        elif chance < 0.17:
            _split(line.source if rng.random() < 0.4 else line.target)
        elif chance < 0.175 and after is not None:
            line = Line([*line.source, *after.source], [*after.target, *line.target])
            index += 1
        regions.append(line)
        joins.append(rng.random() < 0.6)
    return _gold(collection, name, regions, joins, rng)


def _glue(parts: Sequence[str]) -> str:
    text = " ".join(parts)
    return re.sub(r"(?<=[。！？，、”])\s(?=\W|\w)", "", text)


def _split(side: list[str]) -> None:
    """Cuts the longest segment at the clause mark nearest its middle."""
    index = max(range(len(side)), key=lambda k: len(side[k]))
    text = side[index]
    marks = [match.end() for match in re.finditer(r"[，；]|[,;] ", text) if 8 <= match.end() <= len(text) - 8]
    if marks:
        place = min(marks, key=lambda mark: abs(mark - len(text) / 2))
        side[index : index + 1] = [text[:place].strip(), text[place:].strip()]


def _gold(collection: str, name: str, regions: Sequence[Line], joins: Sequence[bool], rng: random.Random) -> Gold:
    source: list[str] = []
    target: list[str] = []
    bounds: list[Region] = []
    blocks: tuple[list[int], list[int]] = ([], [])
    paragraphs = rng.random() < 0.6
    number = [0, 0]
    kinds: tuple[list[int], list[int]] = ([], [])
    for place, (line, join) in enumerate(zip(regions, joins, strict=True)):
        # The first line is a headline, which one page in twenty does not mark as one.
        for side, sentences in enumerate((line.source, line.target)):
            titled = paragraphs and place == 0 and rng.random() < 0.95
            kinds[side].extend([_TITLE if titled else _PARAGRAPH] * len(sentences))
        for side, sentences in enumerate((line.source, line.target)):
            # Paragraph breaks fall together on both sides, but for one in ten.
            if paragraphs and (not join) != (rng.random() < 0.1):
                number[side] += 1
            blocks[side].extend([number[side]] * len(sentences))
        bounds.append((len(source), len(source) + len(line.source), len(target), len(target) + len(line.target)))
        source += line.source
        target += line.target
    return Gold(collection, name, source, target, bounds, exact=False, blocks=blocks, kinds=kinds)


def digest(golds: Sequence[Gold]) -> str:
    """A digest of the data, for the signature of what was fitted to it."""
    total = hashlib.sha256()
    for gold in golds:
        total.update(repr((gold.collection, gold.name, gold.source, gold.target, gold.regions)).encode())
    return total.hexdigest()[:12]
