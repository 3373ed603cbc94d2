"""Writing XLIFF 1.2: one `trans-unit` an entry. What it has no place for stands in elements of our own namespace."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote

from bitext.formats.bitexts.fragments import XLIFF_1, attributes, fragment, inner, named, opened, parsed, written
from bitext.formats.bitexts.own import OWN, QUALIFIER, Names, language, leading, names_of_entry, names_of_header
from bitext.formats.bitexts.xliff12_inline import named as known_kind
from bitext.formats.bitexts.xliff12_inline import segment
from bitext.formats.bitexts.xliff12_segments import filled, is_skeleton, keys_in, unmarked
from bitext.formats.bitexts.xliff12_segments import joined as joined_texts
from bitext.formats.bitexts.xliff_framing import Framing, is_of_first, joined, original_of
from bitext.formats.bitexts.xliff_names import HEAD_1, NAMES_1
from bitext.formats.bitexts.xliff_parts import Parts, merged, parts_of, ranked, with_foreign
from bitext.formats.xml import Element
from bitext.formats.xml_write import text
from bitext.model.memory import Entry, Header, Properties, TranslationMemory

_STATES = frozenset(
    {
        "final",
        "needs-adaptation",
        "needs-l10n",
        "needs-review-adaptation",
        "needs-review-l10n",
        "needs-review-translation",
        "needs-translation",
        "new",
        "signed-off",
        "translated",
    }
)
_NEAREST: Mapping[str, str] = {"initial": "new", "reviewed": "signed-off"}
"""States of XLIFF 2 in words of XLIFF 1.2; our qualifier keeps the word itself."""

_ANY_NAME = re.compile(".+", re.DOTALL)


def parts(memory: TranslationMemory) -> Iterator[str]:
    """`memory` as XLIFF 1.2, in pieces. Entries whose property "original" names another file are in a `file` of it."""
    header = memory.header
    head = parts_of(header.properties, HEAD_1, notes=len(header.notes), sides=(False, False))
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<xliff version="1.2" xmlns="{XLIFF_1}" xmlns:bitext="{OWN}"'
    yield f"{attributes(head.root)}>\n" + "".join(f"{written(part, XLIFF_1)}\n" for part in head.before)
    framing = _Framing(header)
    yield _first_file(header, head) + framing.follow(head)
    for base, entries, whole in joined(memory.entries, _keys, _shared):
        told = parts_of(
            tuple(row for entry in entries for row in entry.properties if entry is entries[0] or is_of_first(row[0])),
            NAMES_1,
            notes=len(entries[0].notes),
            sides=(entries[0].source is not None, _has_target(entries, whole=whole)),
        )
        yield framing.enter(original_of(entries[0], header), told)
        yield _unit(base, entries, told, framing.names.of(base), language(header.target_language), whole=whole)
        yield framing.follow(told)
    yield framing.end() + "</xliff>\n"


class _Framing(Framing):
    def __init__(self, header: Header) -> None:
        super().__init__(header.original)
        self._header = header
        self.names = Names(_ANY_NAME)

    def file(self, original: str, element: Element | None) -> str:
        self.names = Names(_ANY_NAME)
        rows = element.attributes if element is not None else ()
        head = element.child("header") if element is not None else None
        return _file_tag(self._header, original, rows) + (f"{written(head, XLIFF_1)}\n" if head else "") + "<body>\n"

    def end_file(self) -> str:
        return "</body>\n</file>\n"

    def group(self, element: Element | None, label: Element | None) -> tuple[str, str]:
        if element is None:
            told = dict(label.attributes) if label is not None else {}
            rows = {"id": told.get("id"), "resname": told.get("name"), "translate": told.get("translate")}
            return f"<group{attributes((name, row) for name, row in rows.items() if row)}>\n", "</group>\n"
        return opened(element, XLIFF_1, element.attributes), f"</{element.name}>\n"

    def as_written(self, element: Element) -> str:
        return written(element, XLIFF_1)


def _first_file(header: Header, head: Parts) -> str:
    """The beginning of the first file, which says what is said of the whole."""
    first, rest = leading(tuple(head.rest), with_foreign(NAMES_1.file, head.rest))
    standard, others = _written(ranked(head.elements, XLIFF_1))
    inner = f"{standard}{_notes(header.notes, head, '')}{others}{_own((*names_of_header(header), *rest), '')}"
    return _file_tag(header, header.original, first) + (f"<header>\n{inner}</header>\n" if inner else "") + "<body>\n"


def _written(elements: Iterable[Element]) -> tuple[str, str]:
    """Elements of XLIFF, and those of others, which come after them."""
    texts: tuple[list[str], list[str]] = ([], [])
    for part in elements:
        texts[part.namespace != XLIFF_1].append(f"{written(part, XLIFF_1)}\n")
    return "".join(texts[0]), "".join(texts[1])


def _file_tag(header: Header, original: str, rows: Properties) -> str:
    given = (
        ("original", original),
        ("source-language", language(header.source_language)),
        ("target-language", language(header.target_language)),
        ("datatype", "plaintext"),
        ("xml:space", "preserve"),
    )
    return f"<file{attributes(merged(given, rows))}>\n"


def _notes(notes: Sequence[str], parts: Parts, unit: str) -> str:
    return "".join(
        f"<note{attributes(parts.notes.get(number, ()), unit)}>{text(note, unit)}</note>\n"
        for number, note in enumerate(notes)
    )


def _own(rows: Properties, unit: str) -> str:
    return "".join(
        f"<bitext:property{attributes((('name', name),), unit)}>{text(told, unit)}</bitext:property>\n"
        for name, told in rows
    )


def _keys(entry: Entry) -> tuple[str, ...]:
    """The names of the segments of the unit that begins with `entry`; none where it is not parted."""
    told = dict(entry.properties).get("<seg-source>", "")
    skeleton = parsed(told) if told else None
    if skeleton is None or skeleton.namespace != XLIFF_1 or not is_skeleton(skeleton):
        return ()
    return tuple(keys_in(skeleton))


def _unit(base: str, entries: Sequence[Entry], told: Parts, name: str, target_language: str, *, whole: bool) -> str:
    """The unit of `entries`: its segments where it is `whole`, or else one entry that stands for itself."""
    entry = replace(entries[0], id=base)
    texts, skipped = _texts(entries, told, name, whole=whole)
    first, rest = leading(tuple(told.rest), with_foreign(NAMES_1.unit, told.rest))
    head = merged((("id", name), *_space(entries)), first)
    standard, others = _written(part for part in told.elements if part.name not in _TEXTS or part.namespace != XLIFF_1)
    there = f"<source{attributes(told.source, name)}>{texts['source']}</source>\n"
    if "seg-source" in texts:
        there += f"<seg-source>{texts['seg-source']}</seg-source>\n"
    if "target" in texts:
        usual = merged((("xml:lang", target_language), *_state(entry.state)), told.target)
        there += f"<target{attributes(usual, name)}>{texts['target']}</target>\n"
    state = "target" not in texts
    own = _own((*names_of_entry(entry, name, state=state), *rest, *skipped), name)
    notes = _notes(entry.notes, told, name)
    return f"<trans-unit{attributes(head, name)}>\n{there}{notes}{standard}{others}{own}</trans-unit>\n"


_LOOSE = re.compile(r"[\t\n\r]| {2}|\A | \Z")


def _space(entries: Sequence[Entry]) -> Properties:
    """The attribute for a unit with white space that counts: some tools do not heed what the file says of all units."""
    contents = (content for entry in entries for content in (entry.source, entry.target) if content is not None)
    return (("xml:space", "preserve"),) if any(_LOOSE.search(content.text) for content in contents) else ()


def _has_target(entries: Sequence[Entry], *, whole: bool) -> bool:
    told = any(entry.target is not None for entry in entries)
    return told or (whole and any(name == named("target") for name, _ in entries[0].properties))


def _shared(entry: Entry) -> tuple[object, ...]:
    """What all segments of a unit must agree in."""
    rows = tuple(row for row in entry.properties if not is_of_first(row[0]))
    return entry.state, entry.notes, entry.confidence, rows


_TEXTS = ("source", "seg-source", "target")


def _texts(entries: Sequence[Entry], told: Parts, name: str, *, whole: bool) -> tuple[dict[str, str], Properties]:
    """The insides of the elements with the texts of a unit, and those fragments of them that do not fit its entries."""
    entry = entries[0]
    parted, model, target = (told.element(tag, XLIFF_1) for tag in ("seg-source", "source", "target"))
    if parted is not None and whole:
        keys = keys_in(parted)
        left = {key: segment(row.source, name) for key, row in zip(keys, entries, strict=True) if row.source}
        right = {
            key: segment(row.target, name, target=True) for key, row in zip(keys, entries, strict=True) if row.target
        }
        made = {
            "source": inner(model, XLIFF_1) if model else unmarked(parted, left),
            "seg-source": filled(parted, left),
        }
        if target is not None:
            made["target"] = filled(target, right)
        elif right:
            made["target"] = joined_texts(keys, right)
        return made, ()
    made = {"source": segment(entry.source, name) if entry.source is not None else ""}
    if entry.target is not None:
        made["target"] = segment(entry.target, name, target=True)
    found = [part for part in (parted, model, target) if part is not None]
    if parted is not None and _stays(parted, entry):
        made["seg-source"] = inner(parted, XLIFF_1)
        found.remove(parted)
    return made, tuple((named(part.name), fragment(part, XLIFF_1, XLIFF_1)) for part in found)


def _stays(parted: Element, entry: Entry) -> bool:
    """Whether `parted` is read as the source of `entry` again: it has no segments, or the translation has none."""
    if entry.source is None or parted.text != entry.source.text:
        return False
    return not keys_in(parted) or (entry.target is not None and bool(entry.target.text.strip()))


def _state(state: str) -> Properties:
    if not state:
        return ()
    if state in _NEAREST:
        return ("state", _NEAREST[state]), ("state-qualifier", QUALIFIER + quote(state, safe=""))
    return (("state", known_kind(state, _STATES)),)
