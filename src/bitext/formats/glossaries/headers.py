"""What the columns of a sheet hold, told by its header: one term a row, or one concept a row in several languages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from bitext.errors import InputError
from bitext.formats.glossaries.delimited import Field, Record
from bitext.formats.glossaries.vocabulary import (
    COLUMNS,
    REQUIRED,
    RULED,
    SOURCE_WORDS,
    SPELT,
    TARGET_WORDS,
    TERM_WORDS,
    folded,
    region_of,
)
from bitext.model.documents import Language
from bitext.model.glossary import TermStatus

_SPELT = sorted(SPELT, key=len, reverse=True)
_RULED = sorted(RULED, key=len, reverse=True)
MAX_COLUMNS = 256
"""Columns to the right of these say nothing."""

Twice = Callable[[Field], InputError]
"""Makes the error for a column that is there twice."""


@dataclass(frozen=True, slots=True)
class TextColumn:
    """A column of terms. `language` is None where only the letters in it can tell, `region` what is said beside it."""

    index: int
    language: Language | None
    region: str = ""


@dataclass(frozen=True, slots=True)
class RuledColumn:
    """A column of more terms of a concept, all of one status. `language` is as that of a `TextColumn`."""

    index: int
    language: Language | None
    status: TermStatus


@dataclass(slots=True)
class Layout:
    """The columns of a sheet by what they hold.

    `columns` are those that hold for the row, `own` those that hold for its terms of one language. With `texts` a row
    is a concept and each of them a language, and `ruled` hold more of its terms; without them a row is a term.
    `unused` are names that say nothing here.
    """

    width: int
    columns: dict[str, int] = field(default_factory=dict)
    own: dict[tuple[Language, str], int] = field(default_factory=dict)
    texts: list[TextColumn] = field(default_factory=list)
    ruled: list[RuledColumn] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)


def layout_of(header: Record, twice: Twice) -> Layout | None:
    """What the columns under `header` hold; None if it is no header. Raises the error `twice` of a repeated column."""
    layout = Layout(len(header))
    seen: set[str] = set()
    for index, cell in enumerate(header[:MAX_COLUMNS]):
        name = folded(cell.value)
        if name and name in seen:
            raise twice(cell)
        seen.add(name)
        _place(layout, index, cell, name, twice)
    if all(name in layout.columns for name in REQUIRED):
        layout.unused += [header[column.index].value for column in layout.ruled]
        return layout
    _pair_up(layout, header)
    return layout if len(layout.texts) > 1 and "language" not in layout.columns else None


def _place(layout: Layout, index: int, cell: Field, name: str, twice: Twice) -> None:
    if name in COLUMNS:
        if COLUMNS[name] in layout.columns:
            raise twice(cell)
        layout.columns[COLUMNS[name]] = index
    elif name in TARGET_WORDS or name in SOURCE_WORDS:
        layout.texts.append(TextColumn(index, None))
    elif (ruled := _ruled(name)) is not None:
        layout.ruled.append(RuledColumn(index, *ruled))
    elif (found := _in_language(name)) is not None:
        language, rest = found
        if not rest or rest in TERM_WORDS:
            layout.texts.append(TextColumn(index, language, region_of(cell.value)))
        elif rest in COLUMNS:
            layout.own[language, COLUMNS[rest]] = index
        else:
            layout.unused.append(cell.value)
    elif name:
        layout.unused.append(cell.value)


def _in_language(name: str) -> tuple[Language, str] | None:
    """The language that a header names, at its beginning or its end, and the rest of it."""
    if name in SPELT:
        return SPELT[name], ""
    for spelt in _SPELT:
        gap = " " if spelt.isascii() else ""
        if name.startswith(spelt + gap):
            return SPELT[spelt], name[len(spelt) :].strip()
        if name.endswith(gap + spelt):
            return SPELT[spelt], name[: -len(spelt)].strip()
    return None


def _ruled(name: str) -> tuple[Language | None, TermStatus] | None:
    """The language, as far as it is named, and the status of the terms of a column whose name tells a status."""
    language, rest = _in_language(name) or (None, name)
    for word in _RULED:
        start = word + (" " if word.isascii() else "")
        if f"{rest} ".startswith(start):
            bare = rest[len(start) :].strip()
            found = _in_language(bare)
            if found is not None and language is None:
                language, bare = found
            if bare in TERM_WORDS or bare in TARGET_WORDS or (language is not None and not bare):
                return language, RULED[word]
    return None


def _pair_up(layout: Layout, header: Record) -> None:
    """Makes columns of terms of `term`, and of `source` or 翻译, which are something else in other company."""
    columns = layout.columns
    if "term" in columns:
        layout.texts.append(TextColumn(columns.pop("term"), None))
    if len(layout.texts) == 1 and "source" in columns and folded(header[layout.texts[0].index].value) in TARGET_WORDS:
        layout.texts.append(TextColumn(columns.pop("source"), None))
    if len(layout.texts) == 1 and "translate" in columns and header[columns["translate"]].value.strip() == "翻译":
        layout.texts.append(TextColumn(columns.pop("translate"), None))
    layout.texts.sort(key=lambda column: column.index)
