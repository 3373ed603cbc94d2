"""What is doubtful in a glossary: lines for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from bitext.messages import catalogue
from bitext.model.findings import Severity
from bitext.model.glossary import Glossary, Term
from bitext.report.json import Row
from bitext.report.lines import Line, Screen, Style
from bitext.report.words import Words
from bitext.terms.lint import Remark
from bitext.text.display import one_line

CONTRACT = 1
"""Rises when a key of the JSON is taken away or changes its meaning."""
INDENT = 4
_STYLES: dict[Severity, Style] = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}


def remarks_lines(
    glossary: Glossary,
    remarks: Sequence[Remark],
    language: str,
    screen: Screen,
    archive: tuple[str, int] | None = None,
) -> Iterator[Line]:
    """Each remark with its places, then a summary; `archive` is the folder and number of pages compared with."""
    words = Words(language)
    for remark in remarks:
        label = screen.shown(words.say(f"severity.{remark.severity}"))
        where = screen.shown(place(remark.terms[0]))
        yield ((where, "strong"), ("  ", ""), (label, _STYLES[remark.severity]), (f"  {remark.rule}", ""))
        for line in screen.wrapped(words.message(remark.message), INDENT):
            yield ((line, ""),)
        for term in remark.terms[1:]:
            seen = catalogue.text("lint.report.related", language)
            quoted = words.say("finding.words", words=one_line(term.text))
            yield ((screen.shown(f"{' ' * INDENT}{seen} {place(term)}  {quoted}"), "dim"),)
        yield ()
    for text in _summary(glossary, remarks, words, archive):
        for line in screen.wrapped(text):
            yield ((line, "strong"),)


def _summary(
    glossary: Glossary, remarks: Sequence[Remark], words: Words, archive: tuple[str, int] | None
) -> Iterator[str]:
    if archive is not None:
        folder = PurePath(archive[0]).as_posix()
        yield catalogue.text(
            "lint.report.archive", words.language, folder=folder, pages=_counted("page", archive[1], words)
        )
    terms = sum(len(concept.terms) for concept in glossary.concepts)
    sizes = {
        "concepts": _counted("concept", len(glossary.concepts), words),
        "terms": _counted("term", terms, words),
    }
    size = catalogue.text("lint.report.size", words.language, **sizes)
    counts = [words.counted(level.value, n) for level in Severity if (n := _count(remarks, level))]
    key = "lint.report.found" if counts else "lint.report.clean"
    fields = {"counts": words.say("summary.join").join(counts)} if counts else {}
    yield catalogue.text(key, words.language, size=size, **fields)


def _counted(what: str, n: int, words: Words) -> str:
    return catalogue.text(f"lint.report.{what}.{'one' if n == 1 else 'many'}", words.language, n=n)


def _count(remarks: Sequence[Remark], severity: Severity) -> int:
    return sum(remark.severity is severity for remark in remarks)


def place(term: Term) -> str:
    """`path:line:column` of a term in its glossary, as far as known, with "/" between the parts of the path."""
    path = PurePath(term.path).as_posix() if term.path else ""
    return ":".join(str(part) for part in (path, term.line, term.column) if part)


def remarks_json(glossary: Glossary, remarks: Sequence[Remark], language: str, *, ascii_only: bool = False) -> str:
    """One JSON object: format and version, the files, sizes, `findings` with their places, and a summary."""
    terms = [term for concept in glossary.concepts for term in concept.terms]
    row: Row = {
        "format": "bitext-glossary-check",
        "version": CONTRACT,
        "glossaries": [*sorted({PurePath(term.path).as_posix() for term in terms if term.path})],
        "concepts": len(glossary.concepts),
        "terms": len(terms),
        "findings": [_row(remark, language) for remark in remarks],
        "summary": {
            name: _count(remarks, level)
            for name, level in (("errors", Severity.ERROR), ("warnings", Severity.WARNING), ("notes", Severity.INFO))
        },
    }
    return json.dumps(row, ensure_ascii=ascii_only, indent=2) + "\n"


def _row(remark: Remark, language: str) -> Row:
    return {
        "rule": remark.rule,
        "severity": remark.severity.value,
        "message": catalogue.render(remark.message, language),
        "concept": remark.concept,
        "terms": [_term(term) for term in remark.terms],
    }


def _term(term: Term) -> Row:
    return {
        "path": PurePath(term.path).as_posix() if term.path else "",
        "line": term.line,
        "column": term.column,
        "language": term.language,
        "text": term.text,
    }
