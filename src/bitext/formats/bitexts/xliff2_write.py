"""Writing XLIFF 2.0, 2.1 and 2.2: one unit of one segment an entry; the rest in the metadata module."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote

from bitext.formats.bitexts.code_attributes import attributes_written
from bitext.formats.bitexts.fragments import XLIFF_2, attributes, inner, opened, parsed, written
from bitext.formats.bitexts.inline import is_mark, mark_kind, nested, partners, woven
from bitext.formats.bitexts.own import PREFIX, Names, language, leading, names_of_entry, names_of_header
from bitext.formats.bitexts.terms import GLOSSARY, Finder, glossary_finder
from bitext.formats.bitexts.xliff2 import SPANNING
from bitext.formats.bitexts.xliff2_units import METADATA, keys_in, metadata
from bitext.formats.bitexts.xliff_around import NOTHING
from bitext.formats.bitexts.xliff_framing import Framing, is_of_first, joined, original_of
from bitext.formats.bitexts.xliff_names import ANY, HEAD_2, NAMES_2, TOKEN, USER_DEFINED_2, YES_NO
from bitext.formats.bitexts.xliff_parts import Parts, merged, parts_of, with_foreign
from bitext.formats.xml import Element
from bitext.formats.xml_write import FORBIDDEN, require_writable, text
from bitext.model.glossary import Glossary
from bitext.model.memory import Code, Content, Entry, Header, Properties, TranslationMemory

_NAMESPACES = {"2.2": "urn:oasis:names:tc:xliff:document:2.2"}

_TYPES = frozenset({"fmt", "ui", "quote", "link", "image", "other"})
_STATES: Mapping[str, str] = {
    **dict.fromkeys(("translated", "needs-review-translation", "needs-review-l10n"), "translated"),
    **dict.fromkeys(("reviewed", "signed-off"), "reviewed"),
    "final": "final",
}
"""States of both versions in words of XLIFF 2; any other is "initial", and the word itself the sub-state."""
_OWN_STATES = frozenset({"initial", "translated", "reviewed", "final"})
_OF_PLACEHOLDER: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(("canCopy", "canDelete"), YES_NO),
    "canReorder": re.compile("yes|no|firstNo"),
    "copyOf": TOKEN,
    **dict.fromkeys(("disp", "equiv"), ANY),
    "subFlows": re.compile(r"[A-Za-z0-9._:-]+(?: [A-Za-z0-9._:-]+)*+"),
}
_OF_HALF = {**_OF_PLACEHOLDER, "canOverlap": YES_NO, "dir": re.compile("ltr|rtl|auto")}
_STARTS = {name: f"{name}Start" for name in ("disp", "equiv", "subFlows")}
_ENDS = {name: f"{name}End" for name in _STARTS}
_OF_MARK = {"ref": re.compile(r"\S+"), "translate": YES_NO}
"""What may be said of inline codes beside ids and types."""
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
    rows = tuple(row for row in entry.properties if not is_of_first(row[0]) and not row[0].startswith(_SIDES))
    return "" if _state(entry) else entry.state, entry.notes, entry.confidence, rows


_SIDES = ("source:", "target:")


class _Units:
    """Writes units, whose ids must be names of XML and differ within the file."""

    def __init__(self, finder: Finder | None, space: str) -> None:
        self._glossary, self._space = finder, space

    def unit(self, entry: Entry, entries: Sequence[Entry], told: Parts, name: str, *, whole: bool) -> str:
        """The unit of `entries`: its segments where it is `whole`, or else one that stands for itself."""
        skeleton, original = told.element("unit", XLIFF_2), told.element("originalData", XLIFF_2)
        skipped = (("<unit>", written(skeleton, "")),) if skeleton is not None and not whole else ()
        first, rest = leading(tuple(told.rest), with_foreign(NAMES_2.unit, told.rest))
        names, data = _CodeNames(), _Data(original)
        segments = self._segments(entries, skeleton if whole else None, names, data)
        own = names_of_entry(entry, name, state=bool(entry.state) and not _state(entry))
        kept = told.element("metadata", METADATA)
        beside = [part for part in told.elements if part.namespace != XLIFF_2 and part is not kept]
        inside = [
            metadata((*own, *rest, *skipped), entry.id, kept, self._space),
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
        if self._glossary is None or not _is_glossary(part):
            return f"{written(part, self._space)}\n"
        rows = "".join(f"{written(row, self._space)}\n" for row in part.elements)
        known = {term.text for row in part.elements for term in row.named("term")}
        new = "".join(row for term, row in self._terms(entries) if term not in known)
        return f"<gls:glossary>\n{rows}{new}</gls:glossary>\n"

    def _terms(self, entries: Sequence[Entry]) -> dict[tuple[str, str], None]:
        """The terms of our glossary that stand in a unit, and what is said of each."""
        return dict.fromkeys(row for entry in entries for row in self._glossary(entry)) if self._glossary else {}

    def _new_glossary(self, entries: Sequence[Entry]) -> str:
        rows = "".join(row for _, row in self._terms(entries))
        return f"<gls:glossary>\n{rows}</gls:glossary>\n" if rows else ""

    def _segments(self, entries: Sequence[Entry], skeleton: Element | None, names: _CodeNames, data: _Data) -> str:
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


def _segment(
    entry: Entry, rows: Properties, names: _CodeNames, data: _Data, spanning: frozenset[tuple[str, str]]
) -> str:
    there = entry.source is not None, entry.target is not None
    told = parts_of(entry.properties, NAMES_2, notes=0, sides=there)
    said = {"source": told.source, "target": told.target}
    sides = [
        f"<{tag}{attributes(said[tag], entry.id)}>{segment(content, names, data, entry.id, spanning)}</{tag}>\n"
        for tag, content in (("source", entry.source or Content("")), ("target", entry.target))
        if content is not None
    ]
    return f"<segment{attributes((*rows, *_state(entry)))}>\n{''.join(sides)}</segment>\n"


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


class _CodeNames:
    """Names of the codes of one unit: the same code has the same name on both sides, no other code has it."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], str] = {}
        self._used: set[str] = set()

    def of(self, code: Code, group: str) -> str:
        """The name of `code`, which is one of `group`."""
        key = (code.id, group)
        if key not in self._names:
            name = code.id
            number = len(self._used) + 1
            while name in self._used or not TOKEN.fullmatch(name):
                name, number = str(number), number + 1
            self._used.add(name)
            self._names[key] = name
        return self._names[key]


class _Data:
    """The native codes of one unit, each once."""

    def __init__(self, kept: Element | None) -> None:
        self._kept = kept
        self._used = {row.get("id") for row in kept.elements} if kept is not None else set()
        self._ids = {row.text: row.get("id") for row in reversed(kept.elements)} if kept is not None else {}
        self._known = len(self._ids)

    def reference(self, name: str, data: str) -> Properties:
        """The attribute `name` that refers to `data`; none where there is no data."""
        if not data:
            return ()
        if data not in self._ids:
            number = len(self._ids) + 1
            while f"d{number}" in self._used:
                number += 1
            self._used.add(f"d{number}")
            self._ids[data] = f"d{number}"
        return ((name, self._ids[data]),)

    def element(self, unit: str, space: str) -> str:
        """The element that holds them all."""
        rows = [f"{written(row, space)}\n" for row in self._kept.elements] if self._kept is not None else []
        new = list(self._ids.items())[self._known :]
        rows += [f'<data id="{name}">{characters(data, unit)}</data>\n' for data, name in new]
        return f"<originalData>\n{''.join(rows)}</originalData>\n" if rows else ""


def characters(raw: str, unit: str) -> str:
    """`raw` as character data, what XML cannot hold as `cp` elements. `unit` names it in errors."""
    if not FORBIDDEN.search(raw):
        return text(raw)
    parts: list[str] = []
    at = 0
    for match in FORBIDDEN.finditer(raw):
        if "\ud800" <= match[0] <= "\udfff":
            require_writable(match[0], unit)  # half of a surrogate pair is no character
        parts += [text(raw[at : match.start()]), f'<cp hex="{ord(match[0]):04X}"/>']
        at = match.end()
    return "".join((*parts, text(raw[at:])))


def segment(
    content: Content, names: _CodeNames, data: _Data, unit: str, spanning: frozenset[tuple[str, str]] = frozenset()
) -> str:
    """`content` as the inside of a `source` or `target` element. `unit` names it in errors.

    `spanning` are the halves of pairs whose other half is in another segment.
    """
    codes = content.codes
    paired = partners(codes)
    elements = nested(codes, paired, lambda index: is_mark(codes[index].type) or _ends_plainly(codes[paired[index]]))

    def markup(index: int, code: Code) -> str:
        partner = codes[paired[index]] if paired[index] >= 0 else None
        across = partner is None and (code.kind, code.id) in spanning and SPANNING in code.attributes
        group = "span" if across else _group(code, partner, index)
        name = names.of(code, group)
        if across:
            code = replace(code, attributes=tuple(row for row in code.attributes if row != SPANNING))
        if group == "mark":
            return _mark(code, name, index in elements, unit)
        if partner is not None and index in elements:
            return _pair(code, partner, name, data, unit)
        return _single(code, name, partner is not None or across, data, unit)

    return woven(content, lambda raw: characters(raw, unit), markup)


def _group(code: Code, partner: Code | None, index: int) -> str:
    if not code.id:
        return f"nameless {index}"
    if code.kind == "alone":
        return "alone"
    if partner is None:
        return f"lone {code.kind}"
    return "mark" if is_mark(code.type) else "pair"


def _pair(code: Code, partner: Code, name: str, data: _Data, unit: str) -> str:
    if code.kind == "close":
        return "</pc>"
    ends = (*data.reference("dataRefEnd", partner.data), *data.reference("dataRefStart", code.data))
    said = ((_ENDS[name], told) for name, told in partner.attributes)
    given = (("id", name), *ends, *_type(code.type), *said)
    return f"<pc{attributes(attributes_written(code.attributes, _OF_HALF, given, _STARTS), unit)}>"


def _ends_plainly(code: Code) -> bool:
    """Whether all that is known of `code`, a "close", can be said where its pair begins."""
    rows = code.attributes
    return not code.type and leading(rows, {name: _OF_HALF[name] for name in _ENDS}) == (rows, ())


def _single(code: Code, name: str, paired: bool, data: _Data, unit: str) -> str:
    reference, kind = data.reference("dataRef", code.data), _type(code.type)
    given: Properties = (("id", name), ("isolated", "yes"), *reference, *kind)
    tag = "sc" if code.kind == "open" else "ec"
    if code.kind == "alone":
        tag, given = "ph", (("id", name), *reference, *kind)
    elif paired and code.kind == "open":
        given = (("id", name), *reference, *kind)
    elif paired:
        given = (("startRef", name), *reference)
    known = _OF_PLACEHOLDER if tag == "ph" else _OF_HALF
    return f"<{tag}{_attributes(code.attributes, known, given, unit)}/>"


def _attributes(rows: Properties, known: Mapping[str, re.Pattern[str]], given: Properties, unit: str) -> str:
    return attributes(attributes_written(rows, known, given), unit)


def _mark(code: Code, name: str, element: bool, unit: str) -> str:
    if code.kind == "close":
        return "</mrk>" if element else f'<em startRef="{name}"/>'
    said = (("value", code.data),) if code.data else ()
    given = (("id", name), *_mark_type(mark_kind(code), bool(said)), *said)
    head = _attributes(code.attributes, _OF_MARK, given, unit)
    return f"<mrk{head}>" if element else f"<sm{head}/>"


def _mark_type(kind: str, has_value: bool) -> Properties:
    if kind == "protected":
        return (("translate", "no"),)
    if not kind:
        return ()
    # A comment must say something.
    known = kind == "term" or (kind == "comment" and has_value)
    if known or (USER_DEFINED_2.fullmatch(kind) and not kind.startswith(PREFIX)):
        return (("type", kind),)
    return (("type", PREFIX + quote(kind, safe="")),)


def _type(kind: str) -> Properties:
    """The attributes for the type of a code: XLIFF's own words, or one of ours within "other"."""
    if not kind:
        return ()
    first, _, second = kind.partition(" ")
    if first in _TYPES and not second and kind == first:
        return (("type", first),)
    if first in _TYPES and USER_DEFINED_2.fullmatch(second) and not second.startswith(PREFIX):
        return ("type", first), ("subType", second)
    return ("type", "other"), ("subType", PREFIX + quote(kind, safe=""))
