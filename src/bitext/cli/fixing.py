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
from bitext.pipeline import Fix
from bitext.report.words import Words, place, shown_path

if TYPE_CHECKING:
    from bitext.formats.patch import Declined

_LINE_END = re.compile(r"\r\n?|\n")


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
    """Writes what would change to the standard output, and what is to be told of it to the error stream."""
    view, words = console.screen(sys.stdout), Words(language)
    console.write((f"{view.shown(line)}\n" for line in diff(fixes)), sys.stdout)
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
        path = PurePath(fix.document.path).as_posix()
        before, after = _LINE_END.split(fix.patch.before), _LINE_END.split(fix.patch.after)
        if fix.patch.applied:
            yield from difflib.unified_diff(before, after, path, path, lineterm="", n=1)
