"""Writing XLIFF 1.2: one `trans-unit` an entry. What it has no place for stands in elements of our own namespace."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from urllib.parse import quote

from bitext.formats.bitexts.code_attributes import attributes_written
from bitext.formats.bitexts.fragments import attributes, inner, parsed
from bitext.formats.bitexts.inline import is_mark, mark_kind, native, nested, partners, with_subflows, woven
from bitext.formats.bitexts.own import OWN, QUALIFIER, Names, language, leading, names_of_entry, names_of_header
from bitext.formats.xml_write import text
from bitext.model.memory import Code, Content, Entry, Header, Properties, TranslationMemory

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"

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

_YES_NO = re.compile("yes|no")
_ANY = re.compile(".*", re.DOTALL)
_ANY_NAME = re.compile(".+", re.DOTALL)
_TOKEN = re.compile(r"[A-Za-z0-9._:-]+")
_USER_DEFINED = re.compile(r"x-\S+")
_OF_UNIT: Mapping[str, re.Pattern[str]] = {
    "approved": _YES_NO,
    "translate": _YES_NO,
    "resname": _ANY,
    "extradata": _ANY,
    "restype": _USER_DEFINED,
}
_OF_FILE: Mapping[str, re.Pattern[str]] = {
    "category": _ANY,
    "product-name": _ANY,
    "product-version": _ANY,
    "build-num": _ANY,
    "datatype": re.compile(r"x-\S+|plaintext|html|xml|xhtml|rtf|sgml|resx|javascript|po|htmlbody"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2})?"),
}
_DELIMITERS = frozenset({"bold", "italic", "link", "underlined"})
_PLACEHOLDERS = frozenset({"image", "lb", "pb"})
"""The types that codes around text and codes alone may have; any other begins with x-."""
_MARKS = frozenset(
    {
        "abbrev",
        "abbreviated-form",
        "abbreviation",
        "acronym",
        "appellation",
        "datetime",
        "date",
        "name",
        "phrase",
        "term",
        "preferred",
        "protected",
        "synonym",
    }
)
_OF_EVERY_CODE = {"equiv-text": _ANY, "xid": _ANY}
_NATIVE = ("bpt", "ept", "it", "ph")
_OF_CODE: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    **{tag: {**_OF_EVERY_CODE, "clone": _YES_NO} for tag in ("g", "x")},
    **{tag: {**_OF_EVERY_CODE, "crc": _TOKEN, "id": _ANY} for tag in ("bpt", "ept")},
    "it": {**_OF_EVERY_CODE, "crc": _TOKEN, "rid": _TOKEN},
    "ph": {**_OF_EVERY_CODE, "crc": _TOKEN, "assoc": re.compile("preceding|following|both")},
}
"""What may be said of inline codes beside ids and types."""
_TARGET_MARK = "bitext:mid"
"""The id of a mark in a target. The schema takes any `mid` there for a reference to a segment of `seg-source`."""
_END = "</body>\n</file>\n"


def parts(memory: TranslationMemory) -> Iterator[str]:
    """`memory` as XLIFF 1.2, in pieces. Entries whose property "original" names another file are in a `file` of it."""
    header = memory.header
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<xliff version="1.2" xmlns="{NAMESPACE}" xmlns:bitext="{OWN}">\n'
    current = header.original
    yield _file(header, current, told=True)
    names = Names(_ANY_NAME)
    for entry in memory.entries:
        original = next((told for name, told in entry.properties if name == "original"), header.original)
        if original != current:
            current, names = original, Names(_ANY_NAME)
            yield _END + _file(header, current, told=False)
        yield _unit(entry, names.of(entry.id), language(header.target_language))
    yield f"{_END}</xliff>\n"


def _file(header: Header, original: str, *, told: bool) -> str:
    """The beginning of a `file`; what is said of the whole is `told` in the first one."""
    first, rest = leading(header.properties, _OF_FILE)
    usual = () if any(name == "datatype" for name, _ in first) else (("datatype", "plaintext"),)
    languages = (
        ("source-language", language(header.source_language)),
        ("target-language", language(header.target_language)),
    )
    head = attributes((("original", original), *languages, *usual, *first, ("xml:space", "preserve")))
    notes = "".join(f"<note>{text(note)}</note>\n" for note in header.notes)
    own = _own((*names_of_header(header), *rest), "")
    inner = f"<header>\n{notes}{own}</header>\n" if told and (notes or own) else ""
    return f"<file{head}>\n{inner}<body>\n"


def _own(rows: Properties, unit: str) -> str:
    return "".join(
        f"<bitext:property{attributes((('name', name),), unit)}>{text(told, unit)}</bitext:property>\n"
        for name, told in rows
    )


def _unit(entry: Entry, name: str, target_language: str) -> str:
    shared = tuple(row for row in entry.properties if row[0] != "original")
    first, rest = leading(shared, _OF_UNIT)
    source = segment(entry.source, name) if entry.source is not None else ""
    target = ""
    if entry.target is not None:
        head = attributes((("xml:lang", target_language), *_state(entry.state)), name)
        target = f"<target{head}>{segment(entry.target, name, target=True)}</target>\n"
    notes = "".join(f"<note>{text(note, name)}</note>\n" for note in entry.notes)
    own = _own((*names_of_entry(entry, name, state=entry.target is None), *rest), name)
    return (
        f"<trans-unit{attributes((('id', name), *first), name)}>\n<source>{source}</source>\n"
        f"{target}{notes}{own}</trans-unit>\n"
    )


def _state(state: str) -> Properties:
    if not state:
        return ()
    if state in _NEAREST:
        return ("state", _NEAREST[state]), ("state-qualifier", QUALIFIER + quote(state, safe=""))
    return (("state", _named(state, _STATES)),)


def segment(content: Content, unit: str, *, target: bool = False) -> str:
    """`content` as the inside of a `source` or, with `target`, of a `target` element. `unit` names it in errors."""
    codes = content.codes
    paired = partners(codes)

    def around(index: int) -> bool:
        open_, close = codes[index], codes[paired[index]]
        return is_mark(open_.type) or not (open_.data or close.data or close.type or close.attributes)

    elements = nested(codes, paired, around)
    numbers = _numbers(codes, paired)

    def write(raw: str) -> str:
        return text(raw, unit)

    def markup(index: int, code: Code) -> str:
        name = numbers.get(index) or code.id or str(index + 1)
        if index in elements:
            return _element(code, name, unit, _TARGET_MARK if target else "mid")
        kind = _type(code)
        data, rest = _inner(code, write)
        if code.kind == "alone":
            head = _attributes(rest, "ph" if data else "x", (("id", name), *kind), unit)
            return f"<ph{head}>{data}</ph>" if data else f"<x{head}/>"
        if paired[index] < 0:
            pos = "open" if code.kind == "open" else "close"
            return f"<it{_attributes(rest, 'it', (('id', code.id), ('pos', pos), *kind), unit)}>{data}</it>"
        tag = "bpt" if code.kind == "open" else "ept"
        # Only what begins may tell its type.
        told = (("id", name), ("rid", name), *(kind if code.kind == "open" else ()))
        return f"<{tag}{_attributes(rest, tag, told, unit)}>{data}</{tag}>"

    return woven(content, write, markup)


def _inner(code: Code, write: Callable[[str], str]) -> tuple[str, Properties]:
    """What stands in the element of `code`, and its attributes: its data, or the element that they were read from."""
    name, told = code.attributes[-1] if code.attributes else ("", "")
    element = parsed(told) if name[:1] == "<" else None
    if element is None or element.name not in _NATIVE or native(element) != (code.data, code.subflows):
        return with_subflows(code, write), code.attributes
    return inner(element, NAMESPACE), code.attributes[:-1]


def _attributes(rows: Properties, tag: str, given: Properties, unit: str) -> str:
    return attributes(attributes_written(rows, _OF_CODE.get(tag, {}), given), unit)


def _numbers(codes: Sequence[Code], paired: Sequence[int]) -> dict[int, str]:
    """A name for each pair, the same for both of its codes and for no others."""
    names: dict[int, str] = {}
    used: set[str] = set()
    for index, code in enumerate(codes):
        if code.kind == "open" and paired[index] >= 0:
            name = code.id if code.id not in used else f"{code.id}_{index}"
            used.add(name)
            names[index] = names[paired[index]] = name
    return names


def _element(code: Code, name: str, unit: str, mark_id: str) -> str:
    if not is_mark(code.type):
        if code.kind == "close":
            return "</g>"
        return f"<g{_attributes(code.attributes, 'g', (('id', name), *_type(code)), unit)}>"
    if code.kind == "close":
        return "</mrk>"
    comment = (("comment", code.data),) if code.data else ()
    name = name if _TOKEN.fullmatch(name) else "m" + quote(name, safe="").replace("%", "_")
    told = (("mtype", _named(mark_kind(code), _MARKS)), (mark_id, name), *comment)
    return f"<mrk{_attributes(code.attributes, 'mrk', told, unit)}>"


def _type(code: Code) -> Properties:
    known = _PLACEHOLDERS if code.kind == "alone" else _DELIMITERS
    return (("ctype", _named(code.type, known)),) if code.type else ()


def _named(kind: str, known: frozenset[str]) -> str:
    """`kind` as XLIFF names it: its own words, or a name that begins with x-."""
    own = _USER_DEFINED.fullmatch(kind) and not kind.startswith(QUALIFIER)
    return kind if own or kind in known else QUALIFIER + quote(kind, safe="")
