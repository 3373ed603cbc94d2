"""Writing TMX 1.4b: one unit after the other, the same bytes for the same memory."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bitext.formats.bitexts.inline import is_mark, mark_kind, nested, partners, with_subflows, woven
from bitext.formats.bitexts.own import leading
from bitext.formats.bitexts.text import pieces
from bitext.formats.xml_write import attributes, text, value
from bitext.model.memory import Code, Content, Entry, Header, Properties, TranslationMemory
from bitext.version import __version__

OWN_TOOL = "bitext"
DEFAULTS: Mapping[str, str] = {
    "creationtool": OWN_TOOL,
    "creationtoolversion": "unknown",
    "o-tmf": OWN_TOOL,
    "adminlang": "en",
    "datatype": "plaintext",
}
"""What the header must say and a memory need not know."""
SIDES = ("source:", "target:")
_VERSION = "creationtoolversion"

_ANY = re.compile(r".*", re.DOTALL)
_DATE = re.compile(r"[0-9]{8}T[0-9]{6}Z")
_COMMON: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(("o-encoding", "datatype", "creationtool", "creationtoolversion"), _ANY),
    **dict.fromkeys(("creationid", "changeid", "o-tmf"), _ANY),
    **dict.fromkeys(("creationdate", "changedate"), _DATE),
}
_OF_HEADER = {**_COMMON, "adminlang": _ANY}
_OF_VARIANT = {**_COMMON, "usagecount": _ANY, "lastusagedate": _DATE}
_OF_UNIT = {**_OF_VARIANT, "segtype": re.compile("block|paragraph|sentence|phrase"), "srclang": _ANY}
"""The attributes that the elements may have, and what their values look like."""

_START = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
_END = "</body>\n</tmx>\n"


def write(memory: TranslationMemory) -> Iterator[bytes]:
    """`memory` as a TMX file, in pieces. An entry with neither side is left out, for TMX has no such unit.

    Raises InputError for a character that XML cannot hold.
    """
    return pieces(part.encode() for part in _parts(memory))


def _parts(memory: TranslationMemory) -> Iterator[str]:
    yield _START
    yield _header(memory.header)
    yield "<body>\n"
    languages = memory.header.source_language, memory.header.target_language
    for entry in memory.entries:
        if entry.source is not None or entry.target is not None:
            yield _unit(entry, languages)
    yield _END


def _header(header: Header) -> str:
    told, rest = leading(header.properties, _OF_HEADER)
    if "creationtool" not in dict(told):
        # A version without its tool would be taken for ours.
        rest = (*(row for row in told if row[0] == _VERSION), *rest)
        told = tuple(row for row in told if row[0] != _VERSION)
    rows = {**dict(told), **{name: usual for name, usual in DEFAULTS.items() if name not in dict(told)}}
    if rows["creationtool"] == OWN_TOOL:
        rows[_VERSION] = __version__
    rows |= {"segtype": header.segmentation, "srclang": header.source_language}
    own = [("targetlang", header.target_language), ("x-original", header.original), ("x-signature", header.signature)]
    inner = _notes(header.notes, "") + _props((*((name, told) for name, told in own if told), *rest), "")
    return f"<header{attributes(rows.items())}>\n{inner}</header>\n"


def _props(rows: Properties, unit: str) -> str:
    return "".join(f'<prop type="{value(name, unit)}">{text(told, unit)}</prop>\n' for name, told in rows)


def _notes(notes: tuple[str, ...], unit: str) -> str:
    return "".join(f"<note>{text(note, unit)}</note>\n" for note in notes)


def _unit(entry: Entry, languages: tuple[str, str]) -> str:
    present = tuple(side for side, content in zip(SIDES, (entry.source, entry.target), strict=True) if content)
    shared = tuple(row for row in entry.properties if not row[0].startswith(present))
    first, rest = leading(shared, _OF_UNIT)
    state = (("x-state", entry.state),) if entry.state else ()
    confidence = (("x-confidence", repr(entry.confidence)),) if entry.confidence is not None else ()
    sides = zip(SIDES, languages, (entry.source, entry.target), strict=True)
    parts = [
        f"<tu{attributes((('tuid', entry.id), *first), entry.id)}>\n",
        _notes(entry.notes, entry.id),
        _props((*state, *confidence, *rest), entry.id),
        *(_variant(entry, side, language, content) for side, language, content in sides if content is not None),
        "</tu>\n",
    ]
    return "".join(parts)


def _variant(entry: Entry, side: str, language: str, content: Content) -> str:
    own = tuple((name.removeprefix(side), told) for name, told in entry.properties if name.startswith(side))
    first, rest = leading(own, _OF_VARIANT)
    head = attributes((("xml:lang", language), *first), entry.id)
    return f"<tuv{head}>{_props(rest, entry.id)}<seg>{segment(content, entry.id)}</seg></tuv>\n"


def segment(content: Content, unit: str = "") -> str:
    """`content` as the inside of a `seg` element. `unit` names it in errors."""
    codes = content.codes
    paired = partners(codes)
    around = nested(codes, paired, lambda index: is_mark(codes[index].type) and not codes[index].data)
    numbers = _numbers(codes, paired)

    def write_text(raw: str) -> str:
        return text(raw, unit)

    def markup(index: int, code: Code) -> str:
        if index in around:
            return f"<hi{_named(code, mark_kind(code), unit)}>" if code.kind == "open" else "</hi>"
        data = with_subflows(code, write_text)
        if code.kind == "alone":
            return f"<ph{_named(code, code.type, unit)}>{data}</ph>"
        if paired[index] < 0:
            pos = "begin" if code.kind == "open" else "end"
            return f'<it pos="{pos}"{_named(code, code.type, unit)}>{data}</it>'
        if code.kind == "open":
            return f'<bpt i="{numbers[index]}"{_named(code, code.type, unit)}>{data}</bpt>'
        return f'<ept i="{numbers[index]}">{data}</ept>'

    return woven(content, write_text, markup)


def _named(code: Code, kind: str, unit: str) -> str:
    return attributes([(name, told) for name, told in (("x", code.id), ("type", kind)) if told], unit)


def _numbers(codes: tuple[Code, ...], paired: list[int]) -> dict[int, int]:
    """A number for each pair, the same for both of its codes."""
    numbers: dict[int, int] = {}
    for index, code in enumerate(codes):
        if code.kind == "open" and paired[index] >= 0:
            numbers[index] = numbers[paired[index]] = len(numbers) // 2 + 1
    return numbers
