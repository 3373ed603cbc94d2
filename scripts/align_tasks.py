"""Alignment tasks made of the development sets, the aligners that are compared on them, and how they are scored.

In mac-dev the gold names the beads. The other sets are aligned by lines of several sentences: there the beads found are
joined until both sides stand at the end of a line, and what lies between two such ends is compared with the gold's.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

from scripts.fit_data import DATA, Gold, Region, literary, news

from bitext.align.scoring import Score, score
from bitext.formats import alignments
from bitext.model.alignment import IndexPair
from bitext.model.documents import Block, Document, Language, Origins, Segment, SegmentedDocument, Span
from bitext.pipeline import PROFILES, Profile

SEED = 1009
"""Of the omissions and merges; the fit uses another one."""
LITERARY = "mac-dev"
LONG = "mac-dev-long"
"""The chapters one after another as one book, in several orders, each time with one left out on one side."""
SETS = (LITERARY, LONG, "wmt21-zh-en", "wmt21-en-zh", "ntrex", "pdc-sample")

Pair: TypeAlias = tuple[SegmentedDocument, SegmentedDocument]
Aligner: TypeAlias = Callable[[Sequence["Task"]], list[list[Region]]]


@dataclass(frozen=True, slots=True)
class Task:
    """A pair of documents and its gold alignment; `exact` golds name beads, others the ends of lines."""

    collection: str
    name: str
    pair: Pair
    gold: tuple[IndexPair, ...]
    exact: bool

    @property
    def sizes(self) -> tuple[int, int]:
        """Segments of source and target."""
        return len(self.pair[0].segments), len(self.pair[1].segments)


@dataclass(frozen=True, slots=True)
class Run:
    """What an aligner found for each task, and the processor time it took, in seconds."""

    found: list[list[Region]]
    seconds: float


def tasks(name: str, every: int = 1) -> list[Task]:
    """The tasks of a set, every n-th document; for mac-dev every n-th chapter."""
    return [task(gold) for gold in golds(name, every)]


def golds(name: str, every: int = 1) -> list[Gold]:
    """The documents of a set with omissions and merges (mac-dev has its own)."""
    if name == LITERARY:
        return list(literary())[::every]
    if name == LONG:
        return list(books())[::every]
    return [gold for gold in _news(every) if gold.collection == name]


def books(seed: int = SEED) -> Iterator[Gold]:
    """For each chapter of the novels all chapters in some order, that one on one side alone."""
    rng = random.Random(seed)  # noqa: S311 - not for secrets
    chapters = list(literary())
    for left_out in chapters:
        side = rng.randrange(2)
        book = Gold(LONG, f"{left_out.name}-{side}", [], [], [], exact=True)
        for chapter in rng.sample(chapters, len(chapters)):
            _bind(book, chapter, lacking=side if chapter is left_out else None)
        yield book


def _bind(book: Gold, chapter: Gold, lacking: int | None) -> None:
    """Adds a chapter to a book, which may lack it on the source side (0) or the target side (1)."""
    i, j = len(book.source), len(book.target)
    if lacking is None:
        book.regions.extend((i + a, i + b, j + c, j + d) for a, b, c, d in chapter.regions)
    elif lacking:
        book.regions.extend((i + n, i + n + 1, j, j) for n in range(len(chapter.source)))
    else:
        book.regions.extend((i, i, j + n, j + n + 1) for n in range(len(chapter.target)))
    book.source.extend(chapter.source if lacking != 0 else ())
    book.target.extend(chapter.target if lacking != 1 else ())


@cache
def _news(every: int) -> tuple[Gold, ...]:
    return tuple(news(every, SEED))


def data_digest() -> str:
    """A digest of the files that all sets are read from, so that figures are known to be of the same data."""
    total = hashlib.sha256()
    for path in sorted(path for path in DATA.rglob("*") if path.is_file()):
        total.update(path.relative_to(DATA).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:12]


def task(gold: Gold) -> Task:
    """A gold document as a task."""
    pair = document(gold.source, gold.blocks[0], "zh"), document(gold.target, gold.blocks[1], "en")
    return Task(gold.collection, gold.name, pair, tuple(_gold_beads(gold)), gold.exact)


def _gold_beads(gold: Gold) -> Iterable[IndexPair]:
    if gold.collection == LITERARY:
        # As annotated: with the few beads whose segments are not adjacent or not in order.
        path = DATA / LITERARY / f"{gold.name}.align"
        return alignments.parse(path.read_bytes(), str(path)).beads
    return map(index_pair, gold.regions)


def index_pair(region: Region) -> IndexPair:
    """A region as numbers of segments."""
    return tuple(range(*region[:2])), tuple(range(*region[2:]))


def document(texts: Sequence[str], blocks: Sequence[int], language: Language) -> SegmentedDocument:
    """Segments as a document; without `blocks` each stands by itself."""
    numbers = list(blocks) or list(range(len(texts)))
    text, spans, bounds = "", [], list[Span]()
    for index, sentence in enumerate(texts):
        fresh = not index or numbers[index] != numbers[index - 1]
        text += "" if not index else "\n\n" if fresh else " "
        start = len(text)
        text += sentence
        spans.append(Span(start, len(text)))
        if fresh:
            bounds.append(spans[-1])
        else:
            bounds[-1] = Span(bounds[-1].start, len(text))
    first = [index for index in range(len(texts)) if not index or numbers[index] != numbers[index - 1]]
    places = [place for place, (a, b) in enumerate(pairwise([*first, len(texts)])) for _ in range(a, b)]
    segments = tuple(Segment(span, texts[index], places[index]) for index, span in enumerate(spans))
    made = Document("", language, text, tuple(map(Block, bounds)), Origins(()))
    return SegmentedDocument(made, segments)


def joined(count: int) -> Task:
    """News documents one after another, up to `count` Chinese segments."""
    whole = Gold("joined", str(count), [], [], [], exact=False)
    parts = [gold for name in ("wmt21-zh-en", "wmt21-en-zh", "pdc-sample") for gold in golds(name)]
    for gold in parts * (1 + count // sum(len(gold.source) for gold in parts)):
        if len(whole.source) >= count:
            break
        regions = [region for region in gold.regions if len(whole.source) + region[1] <= count]
        i, j = len(whole.source), len(whole.target)
        last = regions[-1] if regions else (0, 0, 0, 0)
        for side, more, end in ((0, gold.source, last[1]), (1, gold.target, last[3])):
            texts, blocks = (whole.source, whole.target)[side], whole.blocks[side]
            before = blocks[-1] + 1 if blocks else 0
            numbers = gold.blocks[side][:end]
            blocks.extend(before + number - numbers[0] for number in numbers)
            texts.extend(more[:end])
        whole.regions.extend((i + a, i + b, j + c, j + d) for a, b, c, d in regions)
        if len(regions) < len(gold.regions):
            break
    return task(whole)


def judged(task: Task, found: Sequence[Region]) -> Score:
    """The score of the beads found for a task."""
    return score(task.gold, map(index_pair, found if task.exact else lines(task, found)))


def lines(task: Task, found: Sequence[Region]) -> Iterator[Region]:
    """The beads found joined until both sides stand at the end of a line."""
    ends = [{0, *(bead[side][-1] + 1 for bead in task.gold if bead[side])} for side in (0, 1)]
    i = j = 0
    for region in found:
        if region[1] in ends[0] and region[3] in ends[1]:
            yield i, region[1], j, region[3]
            i, j = region[1], region[3]


def measured(aligner: Aligner, given: Sequence[Task]) -> Run:
    """Runs an aligner; the time is that of this process and of those it started."""
    children, own = os.times(), time.process_time()
    found = aligner(given)
    seconds = time.process_time() - own
    return Run(found, seconds + sum(os.times()[2:4]) - sum(children[2:4]))


def bitext_aligner(profile: Profile) -> Aligner:
    """This package's aligner."""
    from bitext.align import align_many

    def run(given: Sequence[Task]) -> list[list[Region]]:
        alignments_ = align_many([task.pair for task in given], profile=profile)
        return [
            [(bead.source.start, bead.source.stop, bead.target.start, bead.target.stop) for bead in alignment.beads]
            for alignment in alignments_
        ]

    return run


def gale_church(given: Sequence[Task]) -> list[list[Region]]:
    """Gale and Church's aligner from PyPI, told the ratio of lengths of each pair."""
    import galechurch

    out = []
    for task in given:
        source, target = ([segment.text for segment in side.segments] for side in task.pair)
        ratio = _letters(source) / _letters(target)
        block = galechurch.align(source, target, mean_xy=ratio, max_block_size=10**9)
        out.append([(b.source_start, b.source_end, b.target_start, b.target_end) for b in block.beads])
    return out


def _letters(texts: Sequence[str]) -> int:
    return max(sum(len(text.replace(" ", "")) for text in texts), 1)


def hunalign(given: Sequence[Task]) -> list[list[Region]]:
    """The program hunalign without a dictionary, Chinese cut into characters; it writes the rungs of a ladder."""
    return [_hunalign(task) for task in given]


def _hunalign(task: Task) -> list[Region]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, target = (_spaced(side) for side in task.pair)
        for file, rows in (("zh", source), ("en", target), ("dic", [])):
            (folder / file).write_text("".join(f"{row}\n" for row in rows), encoding="utf-8", newline="\n")
        command = [str(shutil.which("hunalign")), *(str(folder / file) for file in ("dic", "zh", "en"))]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    rungs = [(int(row[0]), int(row[1])) for row in map(str.split, done.stdout.splitlines()) if len(row) >= 2]
    rungs = sorted({(0, 0), *rungs, task.sizes})
    return [(a[0], b[0], a[1], b[1]) for a, b in pairwise(rungs)]


def _spaced(side: SegmentedDocument) -> list[str]:
    separator = " " if side.document.language == "zh" else ""
    return [separator.join(segment.text) for segment in side.segments]


def aligners(names: Sequence[str] = ()) -> dict[str, Aligner]:
    """The aligners by name, hunalign only where it is installed; `names` chooses among them."""
    known: dict[str, Aligner] = {profile: bitext_aligner(profile) for profile in PROFILES}
    known["galechurch"] = gale_church
    if shutil.which("hunalign"):
        known["hunalign"] = hunalign
    return {name: aligner for name, aligner in known.items() if not names or name in names}


def floor_tasks(name: str) -> list[Task]:
    """The part of a set by which the floors are kept: two chapters or books, every tenth document of news."""
    return tasks(name, 3 if name in (LITERARY, LONG) else 10)


def f1(name: str, profile: Profile) -> float:
    """Strict F1 of a profile on the part of a set by which its floor is kept."""
    given = floor_tasks(name)
    found = bitext_aligner(profile)(given)
    return sum((judged(*pair) for pair in zip(given, found, strict=True)), Score()).strict.f1


def sure(profile: Profile) -> float:
    """The share of beads that are right among those of confidence 0.9 and more, in the two chapters."""
    from bitext.align import align_many

    given = floor_tasks(LITERARY)
    right = total = 0
    for task, alignment in zip(given, align_many([task.pair for task in given], profile=profile), strict=True):
        beads = [(bead.source, bead.target) for bead in alignment.beads if bead.confidence >= 0.9]
        right += len({(tuple(source), tuple(target)) for source, target in beads} & set(task.gold))
        total += len(beads)
    return right / max(total, 1)


def warm(aligner: Aligner) -> float:
    """Loads what an aligner needs, so that it is not counted; returns the seconds that took."""
    began = time.perf_counter()
    aligner([task(Gold("warm", "", ["你好。"], ["Hello."], [(0, 1, 0, 1)], exact=True))])
    return time.perf_counter() - began
