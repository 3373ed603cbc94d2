"""Writes src/bitext/text/unicode_ranges.py from the Unicode properties that the installed `regex` package knows.

Usage: python scripts/make_unicode.py
"""

from __future__ import annotations

import sys
from pathlib import Path

import regex

TARGET = Path(__file__).parents[1] / "src" / "bitext" / "text" / "unicode_ranges.py"
SCRIPTS = ("Han", "Latin")
HEADER = '''"""Ranges of code points by script, ends included. Made by scripts/make_unicode.py; do not edit."""

from __future__ import annotations
'''


def ranges(script: str) -> list[tuple[int, int]]:
    """The code points of `script` as sorted ranges, first and last included."""
    matches = regex.compile(rf"\p{{Script={script}}}+").finditer("".join(map(chr, range(sys.maxunicode + 1))))
    return [(match.start(), match.end() - 1) for match in matches]


def render() -> str:
    """The module's text."""
    parts = [HEADER]
    for script in SCRIPTS:
        rows = "".join(f"    (0x{first:X}, 0x{last:X}),\n" for first, last in ranges(script))
        parts.append(f"\n{script.upper()} = (\n{rows})\n")
    return "".join(parts)


def main() -> int:
    TARGET.write_text(render(), encoding="utf-8", newline="\n")
    print(f"{TARGET.name}: {', '.join(f'{script} {len(ranges(script))} ranges' for script in SCRIPTS)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
