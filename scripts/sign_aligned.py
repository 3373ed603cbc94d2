#!/usr/bin/env python
"""Signs the reviewed alignments: puts into each header what the alignment is of, so that a changed page is noticed.

The signature names the numbers of beads and sentences and a digest of the two pages. Run it after a review:

    python scripts/sign_aligned.py
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

ALIGNED = Path(__file__).resolve().parents[1] / "aligned"


def signature(item: Path) -> str:
    """The signature of the alignment in the folder `item`, made from its beads and pages."""
    rows = [json.loads(line) for line in (item / "alignment.jsonl").read_text(encoding="utf-8").splitlines()[1:]]
    counts = [sum(len(row[side]) for row in rows) for side in ("source", "target")]
    pages = hashlib.sha256(b"".join((item / page).read_bytes() for page in ("zh.html", "en.html"))).hexdigest()
    return f"beads:{len(rows)}|source:{counts[0]}|target:{counts[1]}|pages:{pages[:12]}|reviewed:by hand"


def sign(item: Path) -> None:
    """Writes the signature into the header."""
    path = item / "alignment.jsonl"
    first, rest = path.read_text(encoding="utf-8").split("\n", 1)
    header = json.loads(first) | {"signature": signature(item)}
    path.write_text(json.dumps(header, ensure_ascii=False) + "\n" + rest, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    for file in sorted(ALIGNED.glob("*/alignment.jsonl")):
        sign(file.parent)
        print(f"{file.parent.name}: {signature(file.parent)}")
