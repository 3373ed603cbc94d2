"""Elements that a bitext file has beside its texts, kept as XML: read into a text, checked, and written again.

A fragment is one element with all that is in it, every namespace declared where it begins. The names of XLIFF are kept
under one namespace for 1.0 to 1.2 and under another one for 2.0 to 2.2, whichever the file has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from io import BytesIO
from typing import TypeAlias

from bitext.errors import InputError
from bitext.formats.xml import Element, Text, XmlReader
from bitext.formats.xml_write import text as escaped
from bitext.formats.xml_write import value

XLIFF_1 = "urn:oasis:names:tc:xliff:document:1.2"
XLIFF_2 = "urn:oasis:names:tc:xliff:document:2.0"

Filler: TypeAlias = Callable[[Element], str | None]
"""What is written in the place of an element, or None for the element as it is."""

_FOREIGN = re.compile(r"\{([^{}\s]+)\}([A-Za-z_][A-Za-z0-9_.-]*)")
_PLAIN = re.compile(r"(?:xml:)?[A-Za-z_][A-Za-z0-9_.-]*")
_RESERVED = ("http://www.w3.org/2000/xmlns/", "http://www.w3.org/XML/1998/namespace")


def named(name: str) -> str:
    """The name of the property that holds the element `name`: `<name>`."""
    return f"<{name}>"


def is_attribute(name: str) -> bool:
    """Whether an attribute may have this name: a plain one, `xml:lang`, or `{namespace}name`."""
    return (_PLAIN.fullmatch(name) is not None and not name.lower().startswith("xmlns")) or is_foreign(name)


def is_foreign(name: str) -> bool:
    """Whether `name` is `{namespace}name`, an attribute of another standard or tool."""
    found = _FOREIGN.fullmatch(name)
    return found is not None and found[1] not in _RESERVED


def attributes(rows: Iterable[tuple[str, str]], unit: str = "") -> str:
    """The attributes `rows`, each with a space before it; those of a namespace have it declared on the spot.

    Names are as in `is_attribute` and not checked. `unit` names in errors what has a character that XML cannot hold.
    """
    prefixes: dict[str, str] = {}
    parts: list[str] = []
    for name, told in rows:
        space, _, local = name.rpartition("}")
        if space:
            local = f"{prefixes.setdefault(space[1:], f'n{len(prefixes) + 1}')}:{local}"
        parts.append(f' {local}="{value(told, unit)}"')
    return "".join((*(f' xmlns:{prefix}="{value(space)}"' for space, prefix in prefixes.items()), *parts))


def fragment(element: Element, home: str, space: str) -> str:
    """`element` as a fragment; the names of the namespace `home` become those of `space`."""
    return "".join(_parts(element, "", {home: space}))


def written(element: Element, space: str, fill: Filler = lambda _: None) -> str:
    """The fragment `element` as it stands in an XLIFF file of the namespace `space`, with what `fill` gives for any
    element in it in its place."""
    return "".join(_parts(element, space, {_home(space): space}, fill))


def opened(element: Element, space: str, attributes_: Iterable[tuple[str, str]]) -> str:
    """The fragment `element` with other attributes and without its end tag."""
    declared = f' xmlns="{value(element.namespace)}"' if element.namespace != _home(space) else ""
    parts = (part for child in element.elements for part in (written(child, space), "\n"))
    return "".join((f"<{element.name}{declared}{attributes(attributes_)}>\n", *parts))


def inner(element: Element, space: str, fill: Filler = lambda _: None) -> str:
    """What stands in the fragment `element`, as `written` writes it."""
    return "".join(
        escaped(child.text) if isinstance(child, Text) else "".join(_parts(child, space, {_home(space): space}, fill))
        for child in element.children
    )


def _home(space: str) -> str:
    """The namespace of XLIFF in fragments, for a file that has it as `space`."""
    return XLIFF_1 if space == XLIFF_1 else XLIFF_2


def _parts(element: Element, around: str, spaces: dict[str, str], fill: Filler = lambda _: None) -> Iterator[str]:
    filled = fill(element)
    if filled is not None:
        yield filled
        return
    space = spaces.get(element.namespace, element.namespace)
    declared = f' xmlns="{value(space)}"' if space != around else ""
    yield f"<{element.name}{declared}{attributes(element.attributes)}"
    if not element.children:
        yield "/>"
        return
    yield ">"
    for child in element.children:
        if isinstance(child, Text):
            yield escaped(child.text)
        else:
            yield from _parts(child, space, spaces, fill)
    yield f"</{element.name}>"


_HEAD = re.compile(r"<([^\s<>/\"']+) xmlns=\"([^\"&<]*)\"")


def headed(told: str) -> Element | None:
    """The element of a fragment that was made here, without what is in it: its name is all that is asked for."""
    found = _HEAD.match(told)
    return Element(found[2], found[1], (), (), 0, 0) if found else parsed(told)


@lru_cache(maxsize=64)
def parsed(told: str) -> Element | None:
    """The element of the fragment `told`, or None where it is no XML."""
    if not told.startswith("<") or told.startswith(("<?", "<!")):
        return None
    try:
        return next(event for event in XmlReader(BytesIO(), "", whole=None, text=told) if isinstance(event, Element))
    except (InputError, UnicodeEncodeError):
        return None


def fits(element: Element, space: str) -> bool:
    """Whether a fragment may stand in a file of XLIFF of the namespace `space`."""
    own = _home(space)
    return element.namespace == own or element.namespace not in ("", XLIFF_1, XLIFF_2)
