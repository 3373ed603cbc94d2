"""Writing the texts of XLIFF 1.2 with their inline codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import quote

from bitext.formats.bitexts.code_attributes import attributes_written
from bitext.formats.bitexts.fragments import XLIFF_1, attributes, inner, parsed
from bitext.formats.bitexts.inline import is_mark, mark_kind, native, nested, partners, with_subflows, woven
from bitext.formats.bitexts.own import QUALIFIER
from bitext.formats.bitexts.xliff_names import ANY, TOKEN, USER_DEFINED_1, YES_NO
from bitext.formats.xml_write import text
from bitext.model.memory import Code, Content, Properties

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
_OF_EVERY_CODE = {"equiv-text": ANY, "xid": ANY}
_NATIVE = ("bpt", "ept", "it", "ph")
_OF_CODE: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    **{tag: {**_OF_EVERY_CODE, "clone": YES_NO} for tag in ("g", "x")},
    **{tag: {**_OF_EVERY_CODE, "crc": TOKEN, "id": ANY} for tag in ("bpt", "ept")},
    "it": {**_OF_EVERY_CODE, "crc": TOKEN, "rid": TOKEN},
    "ph": {**_OF_EVERY_CODE, "crc": TOKEN, "assoc": re.compile("preceding|following|both")},
}
"""What may be said of inline codes beside ids and types."""
_TARGET_MARK = "bitext:mid"
"""The id of a mark in a target. The schema takes any `mid` there for a reference to a segment of `seg-source`."""


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
    if element is None or element.name not in _NATIVE or native(element)[0] != code.data:
        return with_subflows(code, write), code.attributes
    return inner(element, XLIFF_1), code.attributes[:-1]


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
    name = name if TOKEN.fullmatch(name) else "m" + quote(name, safe="").replace("%", "_")
    told = (("mtype", named(mark_kind(code), _MARKS)), (mark_id, name), *comment)
    return f"<mrk{_attributes(code.attributes, 'mrk', told, unit)}>"


def _type(code: Code) -> Properties:
    known = _PLACEHOLDERS if code.kind == "alone" else _DELIMITERS
    return (("ctype", named(code.type, known)),) if code.type else ()


def named(kind: str, known: frozenset[str]) -> str:
    """`kind` as XLIFF names it: its own words, or a name that begins with x-."""
    own = USER_DEFINED_1.fullmatch(kind) and not kind.startswith(QUALIFIER)
    return kind if own or kind in known else QUALIFIER + quote(kind, safe="")
