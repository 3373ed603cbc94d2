"""Measures the main text of pages against gold: word precision and recall, must and must-not snippets.

    python scripts/bench_html.py DATA [--show NAME]

DATA is the folder of page sets (newspaper4k, readability, wcxb/dev). trafilatura runs beside as the yardstick where it
is installed. `--show` prints what is missing and what is too much of one page.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from bitext.formats.detect import read_document
from bitext.model.documents import BlockKind

_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")
_QUOTES = str.maketrans("‘’“”", "''\"\"")


class Page(NamedTuple):
    """A page and what is known of its main text."""

    name: str
    data: bytes
    gold: str
    must: list[str]
    must_not: list[str]


def pages(root: Path) -> Iterator[Page]:
    for file in sorted((root / "newspaper4k").glob("*.html")):
        yield Page(f"newspaper4k/{file.stem}", file.read_bytes(), file.with_suffix(".txt").read_text("utf-8"), [], [])
    for folder in sorted((root / "readability").iterdir()):
        gold = re.sub(r"<[^>]+>", " ", (folder / "expected.html").read_text("utf-8"))
        yield Page(f"readability/{folder.name}", (folder / "source.html").read_bytes(), gold, [], [])
    for file in sorted((root / "wcxb" / "dev").glob("*.json")):
        truth = json.loads(file.read_text("utf-8"))["ground_truth"]
        data = gzip.decompress(file.with_suffix(".html.gz").read_bytes())
        must, must_not = truth.get("with") or [], truth.get("without") or []
        yield Page(f"wcxb/{file.stem}", data, truth["main_content"], must, must_not)


def words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.lower()))


class Score(NamedTuple):
    """Precision, recall and F1 of words as a bag; how many snippets are there that must be, and that must not be."""

    precision: float
    recall: float
    f1: float
    must: int
    must_not: int


def flattened(text: str) -> str:
    """The text on one line with straight quotes, as the gold has them."""
    return " ".join(text.translate(_QUOTES).split())


def score(found: str, page: Page) -> Score:
    got, gold = words(found), words(page.gold)
    common = sum((got & gold).values())
    flat = flattened(found)
    must, must_not = (sum(flattened(snippet) in flat for snippet in some) for some in (page.must, page.must_not))
    f1 = 2 * common / max(got.total() + gold.total(), 1)
    return Score(common / max(got.total(), 1), common / max(gold.total(), 1), f1, must, must_not)


_OWN = (BlockKind.TITLE, BlockKind.CAPTION)


def ours(page: Page) -> str:
    """The main text: all but titles and captions, which golds do not hold, and the lines about the text above it."""
    document = read_document(page.data, page.name + ".html", "en")
    kept = [block for block in document.blocks if block.kind not in _OWN]
    while kept and kept[0].kind is BlockKind.METADATA:
        del kept[0]
    return "\n".join(document.slice(block.span) for block in kept)


def theirs(page: Page) -> str:
    import trafilatura

    return trafilatura.extract(page.data, include_comments=False) or ""


def show(page: Page) -> None:
    document = read_document(page.data, page.name + ".html", "en")
    gold = words(page.gold)
    for block in document.blocks:
        text = document.slice(block.span)
        known = sum((words(text) & gold).values()) / max(words(text).total(), 1)
        print(f"{known:5.2f} {block.kind.value:10} {text[:110]}")
    got = words(document.text)
    print("--- gold lines that are missing")
    for line in page.gold.splitlines():
        need = words(line)
        if need and sum((need & got).values()) < 0.7 * need.total():
            print("   ", line[:120])


def report(name: str, reader: Callable[[Page], str], found: list[Page]) -> dict[str, float]:
    start = time.perf_counter()
    scores = {page.name: score(reader(page), page) for page in found}
    spent = time.perf_counter() - start
    for part in sorted({page.name.split("/")[0] for page in found}):
        here = [page for page in found if page.name.startswith(part)]
        some = [scores[page.name] for page in here]
        mean = [sum(row[k] for row in some) / len(some) for k in range(3)]
        must, must_not = sum(len(page.must) for page in here), sum(len(page.must_not) for page in here)
        print(
            f"{name:12} {part:12} {len(some):3} pages  P {mean[0]:.3f}  R {mean[1]:.3f}  F1 {mean[2]:.3f}"
            f"  must {sum(row.must for row in some)}/{must}  must not {sum(row.must_not for row in some)}/{must_not}"
        )
    print(f"{name:12} {spent:.1f} s")
    return {key: row.f1 for key, row in scores.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--show", default="")
    options = parser.parse_args()
    found = list(pages(options.data))
    if options.show:
        show(next(page for page in found if page.name.endswith(options.show)))
        return 0
    ours_by_page = report("bitext", ours, found)
    try:
        theirs_by_page = report("trafilatura", theirs, found)
    except ImportError:
        theirs_by_page = {}
    for name, f1 in sorted(ours_by_page.items(), key=lambda row: row[1])[:25]:
        print(f"{f1:.3f}  {theirs_by_page.get(name, 0):.3f}  {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
