"""Elements that a bitext file has beside its texts, kept as XML: read into a text, checked, and written again.

A fragment is one element with all that is in it, every namespace declared where it begins. The names of XLIFF are kept
under one namespace for 1.0 to 1.2 and under another one for 2.0 to 2.2, whichever the file has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from bitext.errors import InputError
from bitext.formats.xml import Element, Text, parse
from bitext.formats.xml_write import text as escaped
from bitext.formats.xml_write import value
from bitext.model.memory import Properties

XLIFF_1 = "urn:oasis:names:tc:xliff:document:1.2"
XLIFF_2 = "urn:oasis:names:tc:xliff:document:2.0"

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


def written(element: Element, space: str) -> str:
    """The fragment `element` as it stands in an XLIFF file of the namespace `space`."""
    home = XLIFF_1 if space == XLIFF_1 else XLIFF_2
    return "".join(_parts(element, space, {home: space}))


def opened(element: Element, space: str) -> str:
    """The start tag of the fragment `element` and what is in it, without its end tag."""
    home = XLIFF_1 if space == XLIFF_1 else XLIFF_2
    inner = "".join(part for child in element.elements for part in (*_parts(child, space, {home: space}), "\n"))
    return f"<{element.name}{attributes(element.attributes)}>\n{inner}"


def inner(element: Element, space: str) -> str:
    """What stands in the fragment `element`."""
    home = XLIFF_1 if space == XLIFF_1 else XLIFF_2
    parts = (child.text if isinstance(child, Text) else child for child in element.children)
    spaces = {home: space}
    return "".join(escaped(part) if isinstance(part, str) else "".join(_parts(part, space, spaces)) for part in parts)


def _parts(element: Element, around: str, spaces: dict[str, str]) -> Iterator[str]:
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
            yield from _parts(child, space, spaces)
    yield f"</{element.name}>"


@lru_cache(maxsize=64)
def parsed(told: str) -> Element | None:
    """The element of the fragment `told`, or None where it is no XML."""
    if not told.startswith("<") or told.startswith(("<?", "<!")):
        return None
    try:
        return parse(told.encode(), "").root
    except (InputError, UnicodeEncodeError):
        return None


def fragments(properties: Properties, space: str) -> tuple[list[Element], Properties]:
    """The elements that `properties` hold for XLIFF of the namespace `space`, and the other properties.

    Elements of XLIFF of the other versions are among the others; those of any other namespace are not.
    """
    found: list[Element] = []
    rest: list[tuple[str, str]] = []
    for name, told in properties:
        element = parsed(told) if name[:1] == "<" and name[-1:] == ">" else None
        if element is not None and named(element.name) == name and fits(element, space):
            found.append(element)
        else:
            rest.append((name, told))
    return found, tuple(rest)


def fits(element: Element, space: str) -> bool:
    """Whether a fragment may stand in a file of XLIFF of the namespace `space`."""
    own = XLIFF_1 if space == XLIFF_1 else XLIFF_2
    return element.namespace == own or (element.namespace not in ("", XLIFF_1, XLIFF_2) and is_name(element.name))


def is_name(name: str) -> bool:
    """Whether an element that we write may have this name."""
    return _PLAIN.fullmatch(name) is not None
