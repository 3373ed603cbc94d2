"""Writing XLIFF 2.0, 2.1 and 2.2: one unit of one segment an entry; the rest in the metadata module."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from bitext.formats.bitexts.code_attributes import attributes_written
from bitext.formats.bitexts.fragments import attributes
from bitext.formats.bitexts.inline import is_mark, mark_kind, nested, partners, woven
from bitext.formats.bitexts.own import OWN, PREFIX, Names, language, leading, names_of_entry, names_of_header
from bitext.formats.bitexts.terms import GLOSSARY, glossary_finder
from bitext.formats.xml_write import FORBIDDEN, require_writable, text
from bitext.model.glossary import Glossary
from bitext.model.memory import Code, Content, Entry, Header, Properties, TranslationMemory

_NAMESPACES = {"2.2": "urn:oasis:names:tc:xliff:document:2.2"}
_NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
_METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"

_TOKEN = re.compile(r"[A-Za-z0-9._:-]+")
_USER_DEFINED = re.compile(r"[^\s:]+:[^\s:]+")
_TYPES = frozenset({"fmt", "ui", "quote", "link", "image", "other"})
_STATES: Mapping[str, str] = {
    **dict.fromkeys(("translated", "needs-review-translation", "needs-review-l10n"), "translated"),
    **dict.fromkeys(("reviewed", "signed-off"), "reviewed"),
    "final": "final",
}
"""States of both versions in words of XLIFF 2; any other is "initial", and the word itself the sub-state."""
_OWN_STATES = frozenset({"initial", "translated", "reviewed", "final"})
_ANY = re.compile(".*", re.DOTALL)
_OF_UNIT: Mapping[str, re.Pattern[str]] = {
    "name": _ANY,
    "translate": re.compile("yes|no"),
    "type": _USER_DEFINED,
}
_YES_NO = re.compile("yes|no")
_OF_PLACEHOLDER: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(("canCopy", "canDelete"), _YES_NO),
    "canReorder": re.compile("yes|no|firstNo"),
    "copyOf": _TOKEN,
    **dict.fromkeys(("disp", "equiv"), _ANY),
    "subFlows": re.compile(r"[A-Za-z0-9._:-]+(?: [A-Za-z0-9._:-]+)*+"),
}
_OF_HALF = {**_OF_PLACEHOLDER, "canOverlap": _YES_NO, "dir": re.compile("ltr|rtl|auto")}
_STARTS = {name: f"{name}Start" for name in ("disp", "equiv", "subFlows")}
_ENDS = {name: f"{name}End" for name in _STARTS}
_OF_MARK = {"ref": re.compile(r"\S+"), "translate": _YES_NO}
"""What may be said of inline codes beside ids and types."""
_END = "</file>\n"
_NOTHING = '<group id="empty"/>\n'
"""A file must hold something."""


def parts(memory: TranslationMemory, version: str, glossary: Glossary | None) -> Iterator[str]:
    """`memory` as XLIFF of `version`, in pieces. Entries whose property "original" names another file are in a `file`
    of it."""
    header, current = memory.header, memory.header.original
    yield _root(header, version)
    files, units = 1, _Units(glossary, header)
    empty = True
    yield _file(header, current, files)
    for entry in memory.entries:
        original = next((told for name, told in entry.properties if name == "original"), header.original)
        if original != current:
            current, files = original, files + 1
            yield (_NOTHING if empty else "") + _END + _file(header, current, files)
        yield units.unit(entry)
        empty = False
    yield f"{_NOTHING if empty else ''}{_END}</xliff>\n"


def _root(header: Header, version: str) -> str:
    languages = ("srcLang", language(header.source_language)), ("trgLang", language(header.target_language))
    names = (
        ("version", version),
        ("xmlns", _NAMESPACES.get(version, _NAMESPACE)),
        ("xmlns:mda", _METADATA),
        ("xmlns:gls", GLOSSARY),
    )
    head = attributes((*names, *languages, ("xml:space", "preserve")))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<xliff{head}>\n'


def _file(header: Header, original: str, number: int) -> str:
    head = attributes((("id", f"f{number}"), *((("original", original),) if original else ())))
    if number > 1:
        return f"<file{head}>\n"  # what is said of the whole stands in the first one
    inner = _metadata((*names_of_header(header), *header.properties), "") + _notes(header.notes, "")
    return f"<file{head}>\n{inner}"


def _metadata(rows: Properties, unit: str) -> str:
    if not rows:
        return ""
    inner = "".join(
        f"<mda:meta{attributes((('type', name),), unit)}>{text(told, unit)}</mda:meta>\n" for name, told in rows
    )
    return f'<mda:metadata>\n<mda:metaGroup category="{OWN}">\n{inner}</mda:metaGroup>\n</mda:metadata>\n'


def _notes(notes: tuple[str, ...], unit: str) -> str:
    return "<notes>\n" + "".join(f"<note>{text(note, unit)}</note>\n" for note in notes) + "</notes>\n" if notes else ""


class _Units:
    """Writes units, whose ids must be names of XML and differ within the file."""

    def __init__(self, glossary: Glossary | None, header: Header) -> None:
        self._names = Names(_TOKEN)
        self._glossary = glossary_finder(glossary, header) if glossary is not None else None

    def unit(self, entry: Entry) -> str:
        """`entry` as a unit."""
        name = self._names.of(entry.id)
        shared = tuple(row for row in entry.properties if row[0] != "original")
        first, rest = leading(shared, _OF_UNIT)
        names, data = _CodeNames(), _Data()
        sides = [
            f"<{tag}>{segment(content, names, data, entry.id)}</{tag}>\n"
            for tag, content in (("source", entry.source or Content("")), ("target", entry.target))
            if content is not None
        ]
        state = _state(entry)
        own = names_of_entry(entry, name, state=bool(entry.state) and not state)
        inner = [
            _metadata((*own, *rest), entry.id),
            self._glossary(entry) if self._glossary else "",
            _notes(entry.notes, entry.id),
            data.element(entry.id),
        ]
        head = attributes((("id", name), *first), entry.id)
        return f"<unit{head}>\n{''.join(inner)}<segment{attributes(state)}>\n{''.join(sides)}</segment>\n</unit>\n"


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
            while name in self._used or not _TOKEN.fullmatch(name):
                name, number = str(number), number + 1
            self._used.add(name)
            self._names[key] = name
        return self._names[key]


class _Data:
    """The native codes of one unit, each once."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}

    def reference(self, name: str, data: str) -> Properties:
        """The attribute `name` that refers to `data`; none where there is no data."""
        return ((name, self._ids.setdefault(data, f"d{len(self._ids) + 1}")),) if data else ()

    def element(self, unit: str) -> str:
        """The element that holds them all."""
        if not self._ids:
            return ""
        rows = "".join(f'<data id="{name}">{characters(data, unit)}</data>\n' for data, name in self._ids.items())
        return f"<originalData>\n{rows}</originalData>\n"


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


def segment(content: Content, names: _CodeNames, data: _Data, unit: str) -> str:
    """`content` as the inside of a `source` or `target` element. `unit` names it in errors."""
    codes = content.codes
    paired = partners(codes)
    elements = nested(codes, paired, lambda index: is_mark(codes[index].type) or _ends_plainly(codes[paired[index]]))

    def markup(index: int, code: Code) -> str:
        partner = codes[paired[index]] if paired[index] >= 0 else None
        group = _group(code, partner, index)
        name = names.of(code, group)
        if group == "mark":
            return _mark(code, name, index in elements, unit)
        if partner is not None and index in elements:
            return _pair(code, partner, name, data, unit)
        return _single(code, name, partner is not None, data, unit)

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
    if known or (_USER_DEFINED.fullmatch(kind) and not kind.startswith(PREFIX)):
        return (("type", kind),)
    return (("type", PREFIX + quote(kind, safe="")),)


def _type(kind: str) -> Properties:
    """The attributes for the type of a code: XLIFF's own words, or one of ours within "other"."""
    if not kind:
        return ()
    first, _, second = kind.partition(" ")
    if first in _TYPES and not second and kind == first:
        return (("type", first),)
    if first in _TYPES and _USER_DEFINED.fullmatch(second) and not second.startswith(PREFIX):
        return ("type", first), ("subType", second)
    return ("type", "other"), ("subType", PREFIX + quote(kind, safe=""))
