"""Writing XLIFF 2.0, 2.1 and 2.2: one unit of one segment an entry; the rest in the metadata module."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote

from bitext.formats.bitexts.fragments import XLIFF_2, attributes, fragment, inner, opened, parsed, written
from bitext.formats.bitexts.inline import partners
from bitext.formats.bitexts.own import PREFIX, Names, language, leading, names_of_entry, names_of_header
from bitext.formats.bitexts.terms import GLOSSARY, Finder, glossary_finder
from bitext.formats.bitexts.xliff2 import SPANNING
from bitext.formats.bitexts.xliff2_inline import CodeNames, Data, segment
from bitext.formats.bitexts.xliff2_units import METADATA, keys_in, metadata
from bitext.formats.bitexts.xliff_around import NOTHING
from bitext.formats.bitexts.xliff_framing import Framing, is_of_first, joined, original_of
from bitext.formats.bitexts.xliff_names import HEAD_2, NAMES_2, TOKEN
from bitext.formats.bitexts.xliff_parts import SUB_STATE, Parts, merged, parts_of, with_foreign
from bitext.formats.xml import Element
from bitext.formats.xml_write import text
from bitext.model.glossary import Glossary
from bitext.model.memory import Content, Entry, Header, Properties, TranslationMemory

_NAMESPACES = {"2.2": "urn:oasis:names:tc:xliff:document:2.2"}

_STATES: Mapping[str, str] = {
    **dict.fromkeys(("translated", "needs-review-translation", "needs-review-l10n"), "translated"),
    **dict.fromkeys(("reviewed", "signed-off"), "reviewed"),
    "final": "final",
}
"""States of both versions in words of XLIFF 2; any other is "initial", and the word itself the sub-state."""
_OWN_STATES = frozenset({"initial", "translated", "reviewed", "final"})
_NOTHING = Element("", "group", NOTHING, (), 0, 0)
"""A file must hold something."""


def parts(memory: TranslationMemory, version: str, glossary: Glossary | None) -> Iterator[str]:
    """`memory` as XLIFF of `version`, in pieces. Entries whose property "original" names another file are in a `file`
    of it."""
    header, space = memory.header, _NAMESPACES.get(version, XLIFF_2)
    head = parts_of(header.properties, HEAD_2, notes=len(header.notes), sides=(False, False))
    yield _root(header, version, space, head)
    framing = _Framing(header, space)
    units = _Units(glossary_finder(glossary, header) if glossary is not None else None, space)
    yield framing.first(head) + framing.follow(head)
    for base, entries, whole in joined(memory.entries, _keys, _shared):
        told = parts_of(
            tuple(row for entry in entries for row in entry.properties if entry is entries[0] or is_of_first(row[0])),
            NAMES_2,
            notes=len(entries[0].notes),
            sides=(entries[0].source is not None, entries[0].target is not None),
        )
        yield framing.enter(original_of(entries[0], header), told)
        yield units.unit(replace(entries[0], id=base), entries, told, framing.names.of(base), whole=whole)
        yield framing.follow(told)
    yield framing.end() + "</xliff>\n"


def _root(header: Header, version: str, space: str, head: Parts) -> str:
    languages = ("srcLang", language(header.source_language)), ("trgLang", language(header.target_language))
    names = (("version", version), ("xmlns", space), ("xmlns:mda", METADATA), ("xmlns:gls", GLOSSARY))
    told = attributes((*names, *languages, ("xml:space", "preserve"), *head.root))
    before = "".join(f"{written(part, space)}\n" for part in head.before)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<xliff{told}>\n{before}'


class _Framing(Framing):
    def __init__(self, header: Header, space: str) -> None:
        super().__init__(header.original)
        self._header, self._space = header, space
        self._files = 1
        self._reset()

    def _reset(self) -> None:
        self.names, self._groups = Names(TOKEN), Names(TOKEN)

    def first(self, head: Parts) -> str:
        """The beginning of the first file, which says what is said of the whole."""
        rows, rest = leading(tuple(head.rest), with_foreign(NAMES_2.file, head.rest))
        kept = {part.name: part for part in head.elements if part.namespace == METADATA and part.name == "metadata"}
        others = [part for part in head.elements if part is not kept.get("metadata")]
        others.sort(key=lambda part: part.name != "skeleton" or part.namespace != XLIFF_2)
        said = "".join(f"{written(part, self._space)}\n" for part in others)
        own = (*names_of_header(self._header), *rest)
        said += metadata(own, "", kept.get("metadata"), self._space) + _notes(self._header.notes, head, "")
        return _file_tag(self._header.original, self._files, rows) + said

    def file(self, original: str, element: Element | None) -> str:
        self._reset()
        self._files += 1
        tag = _file_tag(original, self._files, element.attributes if element is not None else ())
        return tag + (inner(element, self._space) + "\n" if element is not None and element.children else "")

    def end_file(self) -> str:
        return f"{self.as_written(_NOTHING) if self.empty else ''}</file>\n"

    def group(self, element: Element | None, label: Element | None) -> tuple[str, str]:
        told = element or label
        name = self._groups.of(told.get("id") if told is not None else "")
        rows = tuple(row for row in element.attributes if row[0] != "id") if element is not None else ()
        if element is None and label is not None:
            named_ = (("name", label.get("resname")), ("translate", label.get("translate")))
            rows = tuple(row for row in named_ if row[1])
        head = (("id", name), *rows)
        start = f"<group{attributes(head)}>\n" if element is None else opened(element, self._space, head)
        return start, "</group>\n"

    def as_written(self, element: Element) -> str:
        return written(replace(element, namespace=element.namespace or XLIFF_2), self._space)


def _file_tag(original: str, number: int, rows: Properties) -> str:
    named_ = (("original", original),) if original else ()
    return f"<file{attributes(merged((('id', f'f{number}'), *named_), rows))}>\n"


def _notes(notes: Sequence[str], told: Parts, unit: str) -> str:
    rows = (
        f"<note{attributes(told.notes.get(number, ()), unit)}>{text(note, unit)}</note>\n"
        for number, note in enumerate(notes)
    )
    return f"<notes>\n{''.join(rows)}</notes>\n" if notes else ""


def _keys(entry: Entry) -> tuple[str, ...]:
    """The names of the segments of the unit that begins with `entry`; none where it is one segment and no more."""
    told = dict(entry.properties).get("<unit>", "")
    skeleton = parsed(told) if told else None
    if skeleton is None or (skeleton.name, skeleton.namespace) != ("unit", XLIFF_2):
        return ()
    keys = keys_in(skeleton)
    return tuple(keys) if len(set(keys)) == len(keys) else ()


def _shared(entry: Entry) -> tuple[object, ...]:
    """What all segments of a unit must agree in."""
    sides = entry.source is not None, entry.target is not None
    placed = {row for row in parts_of(entry.properties, NAMES_2, notes=0, sides=sides).placed if _is_own(row[0])}
    rows = tuple(row for row in entry.properties if not is_of_first(row[0]) and row not in placed)
    return "" if _state(entry) else entry.state, entry.notes, entry.confidence, rows, _homeless(entry)


def _is_own(name: str) -> bool:
    """Whether a property of this name is of one segment and not of its unit."""
    return name.startswith(_SIDES)


_SIDES = ("source:", "target:", SUB_STATE)


def _homeless(entry: Entry) -> Properties:
    """What is said of the state of `entry` that has no place beside its state."""
    return tuple(row for row in entry.properties if row[0] == SUB_STATE) if len(_state(entry)) != 1 else ()


class _Units:
    """Writes units, whose ids must be names of XML and differ within the file."""

    def __init__(self, finder: Finder | None, space: str) -> None:
        self._glossary, self._space = finder, space

    def unit(self, entry: Entry, entries: Sequence[Entry], told: Parts, name: str, *, whole: bool) -> str:
        """The unit of `entries`: its segments where it is `whole`, or else one that stands for itself."""
        skeleton, original = told.element("unit", XLIFF_2), told.element("originalData", XLIFF_2)
        skipped = (("<unit>", fragment(skeleton, XLIFF_2, XLIFF_2)),) if skeleton is not None and not whole else ()
        first, rest = leading(tuple(told.rest), with_foreign(NAMES_2.unit, told.rest))
        names, data = CodeNames(), Data(original)
        segments = self._segments(entries, skeleton if whole else None, names, data)
        own = names_of_entry(entry, name, state=bool(entry.state) and not _state(entry))
        homeless = _homeless(entry) if told.sub_state else ()
        kept = told.element("metadata", METADATA)
        beside = [part for part in told.elements if part.namespace != XLIFF_2 and part is not kept]
        inside = [
            metadata((*own, *homeless, *rest, *skipped), entry.id, kept, self._space),
            *(self._beside(part, entries) for part in beside),
            "" if any(map(_is_glossary, beside)) else self._new_glossary(entries),
            _notes(entry.notes, told, entry.id),
            data.element(entry.id, self._space),
            segments,
        ]
        head = merged((("id", name),), first)
        return f"<unit{attributes(head, entry.id)}>\n{''.join(inside)}</unit>\n"

    def _beside(self, part: Element, entries: Sequence[Entry]) -> str:
        """An element of a module; to the glossary of a file, terms of ours are added."""
        terms = self._terms(entries) if _is_glossary(part) else {}
        if not terms:
            return f"{written(part, self._space)}\n"
        rows = "".join(f"{written(row, self._space)}\n" for row in part.elements)
        known = {term.text for row in part.elements for term in row.named("term")}
        new = "".join(row for term, row in terms if term not in known)
        return f"<gls:glossary>\n{rows}{new}</gls:glossary>\n"

    def _terms(self, entries: Sequence[Entry]) -> dict[tuple[str, str], None]:
        """The terms of our glossary that stand in a unit, and what is said of each."""
        return dict.fromkeys(row for entry in entries for row in self._glossary(entry)) if self._glossary else {}

    def _new_glossary(self, entries: Sequence[Entry]) -> str:
        rows = "".join(row for _, row in self._terms(entries))
        return f"<gls:glossary>\n{rows}</gls:glossary>\n" if rows else ""

    def _segments(self, entries: Sequence[Entry], skeleton: Element | None, names: CodeNames, data: Data) -> str:
        if skeleton is None:
            return _segment(entries[0], (), names, data, frozenset())
        spanning = _spanning(entries) if len(entries) > 1 else frozenset()
        waiting = iter(entries)
        return "".join(
            _segment(next(waiting), part.attributes, names, data, spanning)
            if part.name == "segment"
            else f"{written(part, self._space)}\n"
            for part in skeleton.named("segment", "ignorable")
        )


def _is_glossary(part: Element) -> bool:
    return (part.namespace, part.name) == (GLOSSARY, "glossary")


def _segment(entry: Entry, rows: Properties, names: CodeNames, data: Data, spanning: frozenset[tuple[str, str]]) -> str:
    there = entry.source is not None, entry.target is not None
    told = parts_of(entry.properties, NAMES_2, notes=0, sides=there)
    said = {"source": told.source, "target": told.target}
    sides = [
        f"<{tag}{attributes(said[tag], entry.id)}>{segment(content, names, data, entry.id, spanning)}</{tag}>\n"
        for tag, content in (("source", entry.source or Content("")), ("target", entry.target))
        if content is not None
    ]
    state = _state(entry)
    if state and told.sub_state and len(state) == 1:
        state = (*state, ("subState", told.sub_state))
    return f"<segment{attributes((*rows, *state))}>\n{''.join(sides)}</segment>\n"


def _spanning(entries: Sequence[Entry]) -> frozenset[tuple[str, str]]:
    """The kinds and ids of halves of pairs that are met in two segments of the same side."""
    found: set[tuple[str, str]] = set()
    for contents in ([entry.source for entry in entries], [entry.target for entry in entries]):
        opened_: set[str] = set()
        for content in filter(None, contents):
            for code, partner in zip(content.codes, partners(content.codes), strict=True):
                if partner < 0 and SPANNING in code.attributes and code.id:
                    if code.kind == "open":
                        opened_.add(code.id)
                    elif code.id in opened_:
                        found |= {("open", code.id), ("close", code.id)}
    return frozenset(found)


def _state(entry: Entry) -> Properties:
    """The attributes of the segment. A state beyond "initial" needs a target."""
    if not entry.state:
        return ()
    state = _STATES.get(entry.state, "initial")
    if state != "initial" and entry.target is None:
        return ()
    own = () if entry.state in _OWN_STATES else (("subState", PREFIX + quote(entry.state, safe="")),)
    return (("state", state), *own)
