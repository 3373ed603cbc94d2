"""Writing the texts of XLIFF 2 with their inline codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote

from bitext.formats.bitexts.code_attributes import attributes_written, subflows_told
from bitext.formats.bitexts.fragments import attributes, written
from bitext.formats.bitexts.inline import is_mark, mark_kind, nested, partners, woven
from bitext.formats.bitexts.own import PREFIX, leading
from bitext.formats.bitexts.xliff2 import SPANNING
from bitext.formats.bitexts.xliff_names import ANY, TOKEN, USER_DEFINED_2, YES_NO
from bitext.formats.xml import Element
from bitext.formats.xml_write import FORBIDDEN, require_writable, text
from bitext.model.memory import Code, Content, Properties

_TYPES = frozenset({"fmt", "ui", "quote", "link", "image", "other"})
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


class CodeNames:
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


class Data:
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
    content: Content, names: CodeNames, data: Data, unit: str, spanning: frozenset[tuple[str, str]] = frozenset()
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


def _pair(code: Code, partner: Code, name: str, data: Data, unit: str) -> str:
    if code.kind == "close":
        return "</pc>"
    ends = (*data.reference("dataRefEnd", partner.data), *data.reference("dataRefStart", code.data))
    said = ((_ENDS[name], told) for name, told in partner.attributes)
    given = (("id", name), *ends, *_type(code.type), *said)
    return f"<pc{attributes(attributes_written(subflows_told(code), _OF_HALF, given, _STARTS), unit)}>"


def _ends_plainly(code: Code) -> bool:
    """Whether all that is known of `code`, a "close", can be said where its pair begins."""
    rows = subflows_told(code)
    return not code.type and leading(rows, {name: _OF_HALF[name] for name in _ENDS}) == (rows, ())


def _single(code: Code, name: str, paired: bool, data: Data, unit: str) -> str:
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
    return f"<{tag}{_attributes(subflows_told(code), known, given, unit)}/>"


def _attributes(rows: Properties, known: Mapping[str, re.Pattern[str]], given: Properties, unit: str) -> str:
    return attributes(attributes_written(rows, known, given), unit)


def _mark(code: Code, name: str, element: bool, unit: str) -> str:
    if code.kind == "close":
        return "</mrk>" if element else f'<em startRef="{name}"/>'
    said = (("value", code.data),) if code.data else ()
    given = (("id", name), *_mark_type(mark_kind(code), bool(said)), *said)
    head = _attributes(subflows_told(code), _OF_MARK, given, unit)
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
