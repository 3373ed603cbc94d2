"""What `bitext check --fix` writes and `--diff` shows, and what is told of it."""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from bitext.cli import console
from bitext.cli.output import overwrite, require_writable
from bitext.messages import catalogue
from bitext.model.documents import Document
from bitext.model.findings import Message, Report
from bitext.report.words import Words, place, shown_path

if TYPE_CHECKING:
    from bitext.fixes import Fix
    from bitext.formats.patch import Declined

CONTEXT = 1
"""Unchanged lines that a diff shows on either side of a change."""

_LINE_END = re.compile(r"\r\n?|\n")


def wanted(report: Report) -> tuple[Fix, ...]:
    """The safe edits of `report`, page by page. Raises InputError for a file that changed since."""
    from bitext.fixes import fixes

    return fixes(report)


def written(fixes: Sequence[Fix], language: str) -> tuple[Message, ...]:
    """Writes the pages that change, each whole or not at all, and returns what is to be told of it.

    Raises InputError, before anything is written, if one of the files may not be written to.
    """
    changed = [fix for fix in fixes if fix.patch.applied]
    for fix in changed:
        require_writable(fix.document.path)
    for fix in changed:
        overwrite(fix.document.path, fix.patch.data)
    return tuple(_notes(fixes, language, done=True))


def noted(report: Report, told: tuple[Message, ...]) -> Report:
    """`report` with `told` among the notes of its only item, or of the whole run."""
    if len(report.items) != 1:
        return replace(report, notes=(*report.notes, *told))
    only = report.items[0]
    return replace(report, items=(replace(only, notes=(*only.notes, *told)),))


def show(fixes: Sequence[Fix], notes: Sequence[Message], language: str) -> None:
    """Writes what would change to the standard output, and what is to be told of it to the error stream.

    A terminal is shown the lines; a file or another program gets a patch, byte by byte.
    """
    words = Words(language)
    if sys.stdout.isatty():
        view = console.screen(sys.stdout)
        console.tell((f"{view.shown(line)}\n" for line in diff(fixes)), sys.stdout)
    else:
        console.write_bytes(patches(fixes), sys.stdout)
    for note in (*notes, *_notes(fixes, language, done=False)):
        console.complain(words.say("notes.label", note=words.message(note)))


def _notes(fixes: Sequence[Fix], language: str, *, done: bool) -> Iterator[Message]:
    """What is to be told of the edits that were made and of those that could not be."""
    applied = 0
    for fix in fixes:
        path, n = shown_path(fix.document), len(fix.patch.applied)
        applied += n
        if done and n:
            yield Message.of(f"waivers.notes.fixed-{'one' if n == 1 else 'many'}", path=path, n=n)
        declined = fix.patch.declined
        if declined:
            places = [_declined(fix.document, one, fix.patch.encoding, language) for one in declined]
            yield Message.of("waivers.notes.declined", path=path, n=len(declined), places="; ".join(places))
    if not any(fix.patch.applied or fix.patch.declined for fix in fixes):
        yield Message.of("waivers.notes.nothing")
    elif not done:
        yield Message.of(f"waivers.notes.diff-{'one' if applied == 1 else 'many'}", n=applied)


def _declined(document: Document, one: Declined, encoding: str, language: str) -> str:
    span, new = one.edit
    reason = catalogue.text(f"waivers.reasons.{one.reason}", language, encoding=encoding.upper())
    return catalogue.text(
        "waivers.notes.declined-place",
        language,
        place=place(document, span, Words(language)),
        old=document.slice(span),
        new=new,
        reason=reason,
    )


def diff(fixes: Sequence[Fix]) -> Iterator[str]:
    """The lines of a unified diff of the pages, without their line ends."""
    for fix in fixes:
        if fix.patch.applied:
            before, after = (_LINE_END.sub("\n", text).splitlines() for text in (fix.patch.before, fix.patch.after))
            yield from difflib.unified_diff(before, after, _named(fix), _named(fix), lineterm="", n=CONTEXT)


def patches(fixes: Sequence[Fix]) -> Iterator[bytes]:
    """The diff as `patch -p0` and `git apply -p0` take it: in the encoding of each page, with its own line ends."""
    for fix in fixes:
        if fix.patch.applied:
            after = fix.patch.data
            # What stands before the text is the byte order mark; what was not mended has not changed.
            mark = after[: len(after) - len(fix.patch.after.encode(fix.patch.encoding))]
            before = mark + fix.patch.before.encode(fix.patch.encoding)
            name = _named(fix).encode(errors="surrogateescape")
            for line in difflib.diff_bytes(
                difflib.unified_diff, _lines(before), _lines(after), name, name, lineterm=b"\n", n=CONTEXT
            ):
                yield line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n"


def _named(fix: Fix) -> str:
    """The path as a diff has it: a tab ends one with spaces."""
    path = PurePath(fix.document.path).as_posix()
    return f"{path}\t" if " " in path else path


def _lines(data: bytes) -> list[bytes]:
    """The lines as programs that patch know them: a line feed ends them, whatever stands before it."""
    return [part for part in re.split(rb"(?<=\n)", data) if part]
