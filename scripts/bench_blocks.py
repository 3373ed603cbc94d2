"""Measures whether the blocks of two long pages are found in order and aligned as their authors paired them.

    python scripts/bench_blocks.py DATA/clreq [--profile fast]

The page holds each block in English, in Simplified and in Traditional Chinese side by side. lxml makes a page of one
language out of it, with a comment before and after each such block, so that the number of a block is known wherever our
reader finds it.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from bisect import bisect_right
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from lxml import etree, html

from bitext import pipeline
from bitext.formats.detect import read_document
from bitext.model.alignment import Alignment
from bitext.model.documents import Document, Language
from bitext.model.glossary import Glossary

_MARK = re.compile(r"<!--(g(\d+)|/g)-->")
_FILTER = "its-locale-filter-list"


class Page(NamedTuple):
    """The source of a page in one language, and the numbers of the blocks that have text in it."""

    source: str
    numbers: frozenset[int]


class Score(NamedTuple):
    """Of the gold blocks: the share that was read, the share of those in order, and how well they are aligned."""

    read: float
    ordered: float
    precision: float
    recall: float
    f1: float


def pages(folder: Path) -> tuple[Page, Page]:
    """The English page and the one in Simplified Chinese."""
    source = (folder / "index.html").read_bytes()
    return _page(source, "en"), _page(source, "zh-hans")


def _page(source: bytes, wanted: str) -> Page:
    root = html.fromstring(source, parser=html.HTMLParser(encoding="utf-8"))
    numbers: set[int] = set()
    elements = [element for element in root.iter() if isinstance(element, html.HtmlElement) and element.get(_FILTER)]
    for number, element in zip(_groups(elements), elements, strict=True):
        if element.get(_FILTER) != wanted:
            element.drop_tree()
        elif str(element.text_content()).strip():
            numbers.add(number)
            after = etree.Comment("/g")
            after.tail, element.tail = element.tail, None
            element.addprevious(etree.Comment(f"g{number}"))
            element.addnext(after)
    return Page(html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>"), frozenset(numbers))


def _groups(elements: list[html.HtmlElement]) -> list[int]:
    """The number of each element's group: siblings of different languages that follow one another."""
    numbers: list[int] = []
    open_groups: dict[html.HtmlElement, tuple[int, set[str]]] = {}
    following = 0
    for element in elements:
        parent, language = element.getparent(), element.get(_FILTER)
        number, seen = open_groups.get(parent, (-1, {language}))
        if language in seen:
            number, seen = following, set()
            following += 1
        seen.add(language)
        open_groups[parent] = (number, seen)
        numbers.append(number)
    return numbers


def block_numbers(document: Document, page: Page) -> list[int]:
    """The number of each block of the document, -1 for those in both pages."""
    marks = [(match.start(), int(match[2] or -1)) for match in _MARK.finditer(page.source)]
    offsets = [document.origins.file_offset(block.span.start) for block in document.blocks]
    found = [bisect_right(marks, offset, key=lambda mark: mark[0]) - 1 for offset in offsets]
    return [marks[index][1] if index >= 0 else -1 for index in found]


def read(page: Page, language: Language) -> Document:
    return read_document(page.source.encode(), f"{language}.html", language)


def score(english: Page, chinese: Page, alignment: Alignment) -> Score:
    sides = [(alignment.source, chinese), (alignment.target, english)]
    numbers = [block_numbers(side.document, page) for side, page in sides]
    gold = english.numbers & chinese.numbers
    found = set()
    for bead in alignment.beads:
        zh = {numbers[0][alignment.source.segments[i].block] for i in bead.source}
        en = {numbers[1][alignment.target.segments[i].block] for i in bead.target}
        found |= {(a, b) for a in zh for b in en if a in gold and b in gold}
    right = sum(a == b for a, b in found)
    reads, orders = [], []
    for row in numbers:
        seen = [number for number in row if number in gold]
        first = list(dict.fromkeys(seen))
        reads.append(len(first) / len(gold))
        orders.append(sum(a < b for a, b in pairwise(first)) / max(len(first) - 1, 1))
    precision, recall = right / max(len(found), 1), right / len(gold)
    return Score(min(reads), min(orders), precision, recall, 2 * right / max(len(found) + len(gold), 1))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--profile", choices=pipeline.PROFILES, default="accurate")
    parser.add_argument("--show", action="store_true", help="print the blocks that are not read")
    options = parser.parse_args()
    english, chinese = pages(options.folder)
    start = time.perf_counter()
    documents = read(chinese, "zh"), read(english, "en")
    spent = time.perf_counter() - start
    if options.show:
        for document, page in zip(documents, (chinese, english), strict=True):
            missing = (english.numbers & chinese.numbers) - set(block_numbers(document, page))
            print(document.path, len(document.blocks), "blocks; not read:", sorted(missing))
    alignment = pipeline.aligned(*documents, Glossary(), options.profile)
    found = score(english, chinese, alignment)
    print(f"{len(english.numbers & chinese.numbers)} gold blocks, read in {spent:.1f} s, ", end="")
    print(f"aligned ({options.profile}) in {time.perf_counter() - start - spent:.1f} s")
    print("  ".join(f"{name} {value:.4f}" for name, value in found._asdict().items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
