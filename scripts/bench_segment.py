"""Measures the segmenter: boundary F1 on gold sets, golden cases right, speed; beside other tools where installed.

Usage: python scripts/bench_segment.py [--data DIR] [--set NAME]... [--errors N] [--peers] [--speed]

A boundary is the offset at which a segment ends inside a text; the end of a text, which nobody misses, is not counted.
The data stays outside the repository (`--data`, by default `../shared/data` beside the checkout).
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

from bitext.model.documents import Language
from bitext.segment import sentence_spans

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
CASES = Path(__file__).resolve().parents[1] / "tests" / "cases" / "segment"
Ends: TypeAlias = Callable[[str, Language], list[int]]


@dataclass(frozen=True)
class GoldText:
    """A text and the offsets, in order, at which its sentences end; the last is the end of the text."""

    text: str
    ends: tuple[int, ...]


@dataclass(frozen=True)
class Score:
    """Counts of boundaries."""

    right: int
    extra: int
    missed: int

    @property
    def precision(self) -> float:
        """Of the boundaries found, those that are right."""
        return self.right / max(self.right + self.extra, 1)

    @property
    def recall(self) -> float:
        """Of the true boundaries, those found."""
        return self.right / max(self.right + self.missed, 1)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / max(2 * self.right + self.extra + self.missed, 1)


def joined(lines: Iterable[str], separator: str) -> GoldText:
    """Sentence lines joined to running text. After a line without a stop a blank line parts the text."""
    text, ends = "", []
    for line in (line.strip() for line in lines):
        if not line:
            continue
        if text:
            text += separator if _ENDS_WITH_STOP.search(text) else "\n\n"
        text += line
        ends.append(len(text))
    return GoldText(text, tuple(ends))


_ENDS_WITH_STOP = re.compile("[。！？.!?…⋯；;][”’」』）)》\"'\\]]*$")


def ud(path: Path) -> list[GoldText]:
    """Paragraphs with gold ends, JSON lines."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [GoldText(row["text"], tuple(_trimmed(row["text"], end) for end in row["ends"])) for row in rows]


def _trimmed(text: str, end: int) -> int:
    return len(text[:end].rstrip()) if text[end - 1 : end].isspace() else end


def mac(folder: Path, language: Language) -> list[GoldText]:
    """Chapters of novels, a sentence a line."""
    separator = "" if language == "zh" else " "
    files = sorted(folder.glob(f"*.{language}"))
    return [joined(path.read_text(encoding="utf-8").splitlines(), separator) for path in files]


def wmt(folder: Path, language: Language) -> list[GoldText]:
    """News, documents of lines; a line may hold more than one sentence, so extra boundaries are not all wrong."""
    name = "newstest2021.zh-en.src.zh" if language == "zh" else "newstest2021.zh-en.ref.A.en"
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    silver = (folder / "newstest2021.zh-en.docs.silver.tsv").read_text(encoding="utf-8").splitlines()
    documents = [row.split("\t")[1] for row in silver if row.split("\t")[0].isdecimal()]
    rows = zip(documents, lines, strict=True)
    separator = "" if language == "zh" else " "
    return [joined((line for _, line in group), separator) for _, group in groupby(rows, key=lambda row: row[0])]


def ntrex(path: Path, column: int, separator: str) -> list[GoldText]:
    """News, documents of lines that are mostly one sentence each."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()][1:]
    return [joined((row[column] for row in group), separator) for _, group in groupby(rows, key=lambda row: row[0])]


def parted(path: Path, separator: str) -> list[GoldText]:
    """News, documents parted by blank lines; many lines hold several sentences, so only recall means something."""
    documents = path.read_text(encoding="utf-8").split("\n\n")
    return [joined(document.split("\n"), separator) for document in documents if document.strip()]


def cases(path: Path, languages: tuple[str, ...]) -> list[GoldText]:
    """Golden cases, each a text of its own."""
    rows = [row for row in json.loads(path.read_text(encoding="utf-8")) if row["lang"] in languages]
    # One Japanese case has its white space rewritten in the gold.
    return [
        golden(row["text"], row["sents"]) for row in rows if all(sent.strip() in row["text"] for sent in row["sents"])
    ]


def golden(text: str, sentences: Iterable[str]) -> GoldText:
    """A text and its sentences as strings, found in it from left to right."""
    ends, position = [], 0
    for sentence in (sentence.strip() for sentence in sentences if sentence.strip()):
        position = text.index(sentence, position) + len(sentence)
        ends.append(position)
    return GoldText(text, tuple(ends))


def marked(path: Path) -> list[GoldText]:
    """Cases with a mark at each end, as the tests have them."""
    lines = [line.replace("⏎", "\n") for line in path.read_text(encoding="utf-8").splitlines()]
    return [golden(line.replace("¦", ""), line.split("¦")) for line in lines if line and not line.startswith("#")]


SETS: dict[str, tuple[Language, Callable[[Path], list[GoldText]]]] = {
    "ud-ewt": ("en", lambda data: ud(data / "segment/ud/paragraphs/en_ewt-ud-dev.paras.jsonl")),
    "ud-gum": ("en", lambda data: ud(data / "segment/ud/paragraphs/en_gum-ud-dev.paras.jsonl")),
    "mac-en": ("en", lambda data: mac(data / "align/mac-dev", "en")),
    "wmt21-en": ("en", lambda data: wmt(data / "align/wmt21", "en")),
    "ntrex-en": ("en", lambda data: ntrex(data / "align/ntrex/ntrex.tsv", 1, " ")),
    "pdc-en": ("en", lambda data: parted(data / "align/pdc-sample/pdc.en.sample", " ")),
    "cases-en": ("en", lambda data: cases(data / "segment/rules/cases.json", ("en",))),
    "hard-en": ("en", lambda _: marked(CASES / "en.txt")),
    "ud-gsdsimp": ("zh", lambda data: ud(data / "segment/ud/paragraphs/zh_gsdsimp-ud-dev.paras.jsonl")),
    "ud-hk": ("zh", lambda data: ud(data / "segment/ud/paragraphs/zh_hk-ud-test.paras.jsonl")),
    "mac-zh": ("zh", lambda data: mac(data / "align/mac-dev", "zh")),
    "wmt21-zh": ("zh", lambda data: wmt(data / "align/wmt21", "zh")),
    "ntrex-zh": ("zh", lambda data: ntrex(data / "align/ntrex/ntrex.tsv", 2, "")),
    "pdc-zh": ("zh", lambda data: parted(data / "align/pdc-sample/pdc.zh.sample", "")),
    "cases-zh": ("zh", lambda data: cases(data / "segment/rules/cases.json", ("zh", "ja"))),
    "hard-zh": ("zh", lambda _: marked(CASES / "zh.txt")),
}


def ours(text: str, _language: Language) -> list[int]:
    """The segmenter's own boundaries."""
    return [span.end for span in sentence_spans(text)]


def score(texts: Iterable[GoldText], language: Language, find: Ends = ours) -> Score:
    """Boundaries inside the texts: right, extra and missed."""
    right = extra = missed = 0
    for gold in texts:
        wanted = set(gold.ends[:-1])
        found = {end for end in find(gold.text, language) if end < gold.ends[-1]}
        right += len(wanted & found)
        extra += len(found - wanted)
        missed += len(wanted - found)
    return Score(right, extra, missed)


def passed(texts: list[GoldText], language: Language, find: Ends = ours) -> float:
    """The share of texts whose boundaries are all right."""
    whole = (set(find(gold.text, language)) - {len(gold.text)} == set(gold.ends[:-1]) for gold in texts)
    return sum(whole) / max(len(texts), 1)


def _located(text: str, sentences: Iterable[str]) -> list[int]:
    """The ends of sentences that a tool gives as strings; one that it rewrote is skipped."""
    ends, position = [], 0
    for sentence in (sentence.strip() for sentence in sentences):
        at = text.find(sentence, position)
        if sentence and at >= 0:
            position = at + len(sentence)
            ends.append(position)
    return ends


def by_block(find: Ends) -> Ends:
    """`find` for a tool that does not know blank lines: it sees one block of the text at a time."""

    def ends(text: str, language: Language) -> list[int]:
        blocks = [(match.start(), match.group()) for match in re.finditer(r"(?:[^\n]|\n(?!\n))+", text)]
        return [start + end for start, block in blocks for end in {*find(block, language), len(block)}]

    return ends


def peers() -> Iterator[tuple[str, Ends]]:
    """The other tools that are installed, and a plain regular expression."""
    if importlib.util.find_spec("sentencex"):
        sentencex = importlib.import_module("sentencex")
        yield "sentencex", lambda text, language: _located(text, sentencex.segment(language, text))
    if importlib.util.find_spec("pysbd"):
        pysbd = importlib.import_module("pysbd")
        segmenters = {language: pysbd.Segmenter(language=language, clean=False) for language in ("zh", "en")}
        yield "pysbd", lambda text, language: _located(text, segmenters[language].segment(text))
    if importlib.util.find_spec("blingfire"):
        blingfire = importlib.import_module("blingfire")
        yield "blingfire", lambda text, _: _located(text, blingfire.text_to_sentences(text).split("\n"))
    stop = re.compile("[。！？!?…⋯.]+[”’」』）)》\"']*(?=\\s|[^\\W\\d]|$)|\n\\s*\n")
    yield "regex", lambda text, _: [match.end() for match in stop.finditer(text)]


def show_errors(texts: Iterable[GoldText], language: Language, limit: int) -> None:
    """Prints the first `limit` boundaries that are extra (+) or missed (-)."""
    for gold in texts:
        found = set(ours(gold.text, language)) - {gold.ends[-1]}
        wanted = set(gold.ends[:-1])
        for end in sorted(found ^ wanted):
            limit -= 1
            if limit < 0:
                return
            left, right = gold.text[max(end - 60, 0) : end], gold.text[end : end + 50]
            print("  +" if end in found else "  -", f"{left}¦{right}".replace("\n", "⏎"))


def speed(data: Path) -> None:
    """Prints megabytes a second over each set's texts."""
    for name, (_, load) in SETS.items():
        text = "\n\n".join(gold.text for gold in load(data))
        text = text * (1_000_000 // len(text) + 1)
        start = time.perf_counter()
        count = sum(1 for _ in sentence_spans(text))
        seconds = time.perf_counter() - start
        print(f"{name:12} {len(text.encode()) / 1e6 / seconds:6.1f} MB/s  {count / seconds:10.0f} segments/s")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--set", action="append", choices=list(SETS), dest="sets")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--speed", action="store_true")
    options = parser.parse_args()
    finders: list[tuple[str, Ends]] = [
        ("bitext", ours),
        *((name, by_block(find)) for name, find in (peers() if options.peers else ())),
    ]
    print(f"{'set':12} {'tool':10}   P      R      F1    whole")
    for name in options.sets or SETS:
        language, load = SETS[name]
        texts = load(options.data)
        for tool, find in finders:
            got = score(texts, language, find)
            whole = passed(texts, language, find)
            print(f"{name:12} {tool:10} {got.precision:.4f} {got.recall:.4f} {got.f1:.4f} {whole:.3f}")
        show_errors(texts, language, options.errors)
    if options.speed:
        speed(options.data)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
