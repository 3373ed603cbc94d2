"""What XLIFF says of inline codes beside ids, types and data: attributes by their own names.

Those that the version at hand does not know stand together in one attribute of ours, as JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from bitext.formats.bitexts.fragments import is_foreign
from bitext.formats.bitexts.own import OWN, leading
from bitext.formats.xml import Element
from bitext.model.documents import Span
from bitext.model.memory import Code, Properties

_MORE = f"{{{OWN}}}attributes"


def attributes_read(element: Element, used: Collection[str], names: Mapping[str, str] | None = None) -> Properties:
    """The attributes of `element` but for those in `used`, which the reader has a place for.

    `names` are those that attributes have where the element calls them otherwise.
    """
    rows: list[tuple[str, str]] = []
    for name, told in element.attributes:
        if name == _MORE:
            rows += _listed(told)
        elif name not in used and not name.startswith(f"{{{OWN}}}"):
            rows.append((names.get(name, name) if names else name, told))
    return tuple(rows)


def _listed(told: str) -> list[tuple[str, str]]:
    try:
        rows = json.loads(told)
    except (ValueError, RecursionError):
        return []
    pairs = [row for row in rows if isinstance(row, list) and len(row) == 2] if isinstance(rows, list) else []
    return [(name, text) for name, text in pairs if isinstance(name, str) and isinstance(text, str)]


def attributes_written(
    rows: Properties,
    known: Mapping[str, re.Pattern[str]],
    given: Iterable[tuple[str, str]],
    names: Mapping[str, str] | None = None,
) -> Properties:
    """The attributes of an inline element: those `given`, then `rows`, as far as they are `known`; the others as one.

    One of `rows` takes the place of a given one of its name. `names` are those by which the element calls known ones.
    """
    foreign = {name: _ANY for name, _ in rows if is_foreign(name) and not name.startswith(f"{{{OWN}}}")}
    first, rest = leading(rows, {**known, **foreign}) if rows else ((), ())
    own = ((_MORE, json.dumps([list(row) for row in rest])),) if rest else ()
    renamed = ((names.get(name, name), told) for name, told in first) if names else first
    return tuple({**dict(given), **dict(renamed), **dict(own)}.items())


def subflows_told(code: Code) -> Properties:
    """The attributes of `code`, and one of ours that tells its sub-flows where the format has no place for them."""
    if not code.subflows:
        return code.attributes
    return (*code.attributes, (_SUBFLOWS, " ".join(f"{span.start}-{span.end}" for span in code.subflows)))


def with_told_subflows(code: Code) -> Code:
    """`code` with the sub-flows that its last attribute tells, if that is ours."""
    name, told = code.attributes[-1] if code.attributes else ("", "")
    if name != _SUBFLOWS or not _RANGES.fullmatch(told):
        return code
    ranges = [tuple(map(int, part.split("-"))) for part in told.split(" ")]
    ends = [0, *(edge for range_ in ranges for edge in range_), len(code.data)]
    if ends != sorted(ends):
        return code
    return replace(code, attributes=code.attributes[:-1], subflows=tuple(Span(start, end) for start, end in ranges))


_SUBFLOWS = "bitext:sub-flows"
_RANGES = re.compile(r"[0-9]{1,9}-[0-9]{1,9}(?: [0-9]{1,9}-[0-9]{1,9})*+")
_ANY = re.compile(".*", re.DOTALL)
