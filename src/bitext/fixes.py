"""The safe edits of a report, made in the contents of its files; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bitext.checks.context import SIDES
from bitext.model.alignment import Side
from bitext.model.documents import Document, Span
from bitext.model.findings import Report

if TYPE_CHECKING:
    from bitext.formats.patch import Patch


@dataclass(frozen=True, slots=True)
class Fix:
    """A page with safe edits, and its file as they would leave it."""

    document: Document
    patch: Patch


def fixes(report: Report) -> tuple[Fix, ...]:
    """The safe edits of `report`, page by page, made in the contents of the files; nothing is written.

    Raises InputError if a file cannot be read or changed since it was checked.
    """
    edits: dict[tuple[int, Side], list[tuple[Span, str]]] = {}
    for finding in report.findings:
        edit = finding.edit
        if edit is not None and edit.safe:
            edits.setdefault((finding.item, edit.side), []).append((edit.span, edit.replacement))
    found = []
    for index in sorted({index for index, _ in edits}):
        bitext = report.items[index].bitext
        sides = [(page.document, edits.get((index, side), [])) for side in SIDES if (page := bitext.side(side))]
        found += _fixed(sides)
    return tuple(found)


def _fixed(sides: Sequence[tuple[Document, list[tuple[Span, str]]]]) -> list[Fix]:
    """The fixes of the pages of an item; the two sides of one file are mended together."""
    from bitext.formats.bitexts.registry import is_bitext
    from bitext.formats.files import read_bytes
    from bitext.formats.patch import patch, patch_parted, patch_units

    paths = [document.path for document, _ in sides]
    if is_bitext(paths[0]):
        return [Fix(page, patch_units(read_bytes(page.path), page, edits)) for page, edits in sides if edits]
    if len(sides) == 2 and paths[0] == paths[1]:
        (source, _), (target, _) = sides
        rows = [(document.language, row) for document, edits in sides for row in edits]
        return [Fix(*patch_parted(read_bytes(paths[0]), (source, target), rows))]
    return [Fix(page, patch(read_bytes(page.path), page, edits)) for page, edits in sides if edits]
