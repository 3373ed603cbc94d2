"""What stands in Markdown files beside Markdown: front matter, shortcodes of site generators, MDX.

They are blanked with spaces of the same length, so that every other character keeps its line and column.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from bitext.formats.carried import Piece
from bitext.formats.documents.newsdates import date_in

_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
_FRONT_LINES = 2_000
_KEY = re.compile(
    r"(title|description|summary|date|publishDate|pubDate|time)\s*+[:=]\s*+((?:.*\S)?)\s*$", re.IGNORECASE
)
_ESCAPE = re.compile(r"\\(.)|''")

_SHORTCODE_LINES = re.compile(r"(?m)^[ \t]*+(?:\{\{[<%][^{}]{0,4000}+\}\}[ \t]*+)+(?=\r?$)")
_CONTAINER = re.compile(r"\s{0,3}:{3,}(?:\s|$|[A-Za-z\[{])")
_CONTAINER_TITLE = re.compile(
    r"(?P<head> {0,3}:{3,} *[A-Za-z][A-Za-z0-9-]*(?: *\[|(?![A-Za-z0-9-]) *))(?P<title>[^\s\[\]{}:][^\[\]{}]*+)"
    r"(?P<tail>\]? *+(?:\{[^{}]*+\})? *+)$"
)
_HEADING = "#####"
_MDX_COMMENT = re.compile(r"\{\s{0,20}/\*.{0,4000}?\*/\s{0,20}\}", re.DOTALL)
_CODE_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_MDX_STATEMENT = re.compile(r"(?:import|export)\s+[\w{*\"'(]")
_JSX = re.compile(r"\s*</?[A-Z][\w.]*(?:\s[^<]*)?/?>\s*$|\s*<>\s*$|\s*</>\s*$|\s*\{/\*.*\*/\}\s*$|\s*<[A-Z][\w.]*\s*$")
_MDX_TAIL = re.compile(r"\s*[\w-]+=(?:\{.*\}|\"[^\"]*\")\s*+/?>?\s*+$|\s*/>\s*$")


@dataclass(frozen=True, slots=True)
class Source:
    """The lines of a file with what is no Markdown blanked, and what the front matter says."""

    lines: tuple[str, ...]
    starts: tuple[int, ...]
    title: tuple[Piece, ...]
    summary: tuple[Piece, ...]
    date: str
    comments: tuple[tuple[str, int], ...] = ()
    """The comments of MDX, each with its offset in the file."""

    @property
    def text(self) -> str:
        """The lines joined by line feeds."""
        return "\n".join(self.lines)


def source_of(rows: list[tuple[str, int]], path: str) -> Source:
    """The source whose lines and their offsets are `rows`; `path` tells MDX from Markdown."""
    lines = [line for line, _ in rows]
    starts = tuple(start for _, start in rows)
    end = _front_end(lines)
    fields, date = _front_matter(lines[:end], starts)
    lines[:end] = [""] * end
    lines = _without_shortcodes(lines)
    mdx = path.lower().endswith(".mdx")
    comments = tuple(_mdx_comments(lines, starts)) if mdx else ()
    summary = fields.get("summary") or fields.get("description") or ()
    return Source(tuple(_without_components(lines, mdx)), starts, fields.get("title", ()), summary, date, comments)


def _mdx_comments(lines: list[str], starts: tuple[int, ...]) -> Iterator[tuple[str, int]]:
    """The comments outside of fenced code, which only shows what a comment looks like."""
    kept, fence = [], ""
    for line in lines:
        mark = _CODE_FENCE.match(line)
        shut = bool(fence) and mark is not None and mark[1].startswith(fence)
        kept.append("" if fence or mark else line)
        fence = "" if shut else fence or (mark[1] if mark is not None else "")
    places = list(accumulate((len(line) + 1 for line in kept), initial=0))
    for match in _MDX_COMMENT.finditer("\n".join(kept)):
        index = bisect_right(places, match.start()) - 1
        yield match[0], starts[index] + match.start() - places[index]


def _front_end(lines: list[str]) -> int:
    """The number of lines that front matter takes, 0 where there is none."""
    closers = _FENCES.get(lines[0].rstrip(), ()) if lines else ()
    for index in range(1, min(len(lines), _FRONT_LINES) if closers else 0):
        if lines[index].rstrip() in closers:
            return index + 1
    return 0


def _front_matter(lines: list[str], starts: tuple[int, ...]) -> tuple[dict[str, tuple[Piece, ...]], str]:
    """The texts that the front matter holds by their keys, and the date."""
    texts: dict[str, tuple[Piece, ...]] = {}
    date = ""
    for line, start in zip(lines[1:-1], starts[1:], strict=False):
        match = _KEY.match(line)
        if match is None:
            continue
        key = match[1].lower()
        if key in ("title", "summary", "description"):
            texts.setdefault(key, _scalar(match[2], start + match.start(2)))
        else:
            date = date or date_in(match[2])
    return texts, date


def _scalar(raw: str, start: int) -> tuple[Piece, ...]:
    """The pieces of a YAML or TOML string on one line: quotes taken off, escapes decoded, a comment left out."""
    quote = raw[:1] if raw[:1] in "\"'" else ""
    if not quote:
        comment = re.search(r"\s#", raw)
        bare = raw[: comment.start()].rstrip() if comment else raw
        return ((bare, start, len(bare)),) if bare not in ("", "|", ">", ">-", "|-") else ()
    end = raw.rfind(quote)
    inner = raw[1:end] if end > 0 else raw[1:]
    pieces: list[Piece] = []
    position = 0
    for match in _ESCAPE.finditer(inner):
        escaped = match[1] if quote == '"' and match[1] else "'" if quote == "'" and not match[1] else ""
        if escaped:
            pieces.append((inner[position : match.start()], start + 1 + position, match.start() - position))
            pieces.append((escaped if escaped.isprintable() else " ", start + 1 + match.start(), 2))
            position = match.end()
    pieces.append((inner[position:], start + 1 + position, len(inner) - position))
    return tuple(piece for piece in pieces if piece[0])


def _without_shortcodes(lines: list[str]) -> list[str]:
    text = "\n".join(lines)
    if "{{" not in text:
        return lines
    return _SHORTCODE_LINES.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text).split("\n")


def _without_components(lines: list[str], mdx: bool) -> list[str]:
    """The lines with container marks (`:::note`) blanked, and in MDX comments, imports, exports and component tags.

    The title of a container becomes a heading at the same place.
    """
    if mdx and any("/*" in line for line in lines):
        lines = _MDX_COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), "\n".join(lines)).split("\n")
    found: list[str] = []
    statement = tag = False
    for line in lines:
        blank = bool(_CONTAINER.match(line))
        if blank and (titled := _CONTAINER_TITLE.match(line)) is not None and len(titled["head"]) > len(_HEADING):
            found.append(f"{_HEADING:<{len(titled['head'])}}{titled['title']}{' ' * len(titled['tail'])}")
            continue
        if mdx:
            statement = bool(line.strip()) and (statement or bool(_MDX_STATEMENT.match(line)))
            tag = bool(_JSX.match(line)) or (tag and bool(_MDX_TAIL.match(line)))
            blank = blank or statement or tag
        found.append("" if blank else line)
    return found
