"""What a format has no place for goes by names of our own: the state's own word, the confidence, a missing source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import takewhile
from typing import TypeVar

from bitext.model.memory import Entry, Header, Properties

OWN = "urn:bitext:properties:1"
"""Namespace of the elements of ours in XLIFF 1.2, and of the properties in the metadata of XLIFF 2."""
PREFIX = "bitext:"
QUALIFIER = "x-bitext-"

_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")

_Value = TypeVar("_Value", Header, Entry)


def language(tag: str) -> str:
    """`tag` as XML Schema's type for languages allows it: zh-CN for zh_CN, "und" for what is no tag at all."""
    told = tag.replace("_", "-")
    return told if _TAG.fullmatch(told) else "und"


class Names:
    """Names of units that must differ within a file: the wanted one where it is allowed and free."""

    def __init__(self, allowed: re.Pattern[str]) -> None:
        self._allowed = allowed
        self._seen: set[str] = set()
        self._count = 0

    def of(self, wanted: str) -> str:
        """A name for the next unit."""
        self._count += 1
        name = wanted if self._allowed.fullmatch(wanted) else f"u{self._count}"
        while name in self._seen:
            name = f"{name}_{self._count}"
        self._seen.add(name)
        return name


class Scopes:
    """Whether what stands in a file is to be translated, which elements around it tell where it does not itself."""

    def __init__(self) -> None:
        self._told: list[str] = []

    @property
    def depth(self) -> int:
        """The number of elements that are open."""
        return len(self._told)

    @property
    def told(self) -> str:
        """What the elements that are open say, the innermost that says something."""
        return self._told[-1] if self._told else ""

    def open(self, told: str) -> None:
        """An element begins whose attribute `translate` is `told`, or empty."""
        self._told.append(told or self.told)

    def close(self) -> None:
        """The last element that began ends."""
        self._told.pop()

    def applied(self, attributes: Properties) -> Properties:
        """The `attributes` of a unit with what it inherits."""
        own = any(name == "translate" for name, _ in attributes)
        return attributes if own or self.told != "no" else (*attributes, ("translate", "no"))


def names_of_entry(entry: Entry, name: str, *, state: bool) -> Properties:
    """What `entry`, written under `name`, says that needs a name of ours; its state where `state` is set."""
    rows = [
        ("id", entry.id if entry.id != name else ""),
        ("confidence", "" if entry.confidence is None else repr(entry.confidence)),
        ("state", entry.state if state else ""),
        ("no-source", "yes" if entry.source is None else ""),
    ]
    return tuple((PREFIX + name, told) for name, told in rows if told)


def names_of_header(header: Header) -> Properties:
    """What `header` says that needs a name of ours."""
    segmentation = "" if header.segmentation == "sentence" else header.segmentation
    rows = [("segmentation", segmentation), ("signature", header.signature)]
    return tuple((PREFIX + name, told) for name, told in rows if told)


def carried(value: _Value, properties: Properties) -> _Value:
    """`value` with `properties`, of which those of our names go where they belong."""
    rest = tuple(row for row in properties if not row[0].startswith(PREFIX))
    told = {name.removeprefix(PREFIX): text for name, text in properties if name.startswith(PREFIX)}
    if isinstance(value, Header):
        return replace(
            value,
            properties=rest,
            segmentation=told.get("segmentation", value.segmentation),
            signature=told.get("signature", value.signature),
        )
    return replace(
        value,
        properties=rest,
        id=told.get("id", value.id),
        state=told.get("state", value.state),
        source=None if "no-source" in told else value.source,
        confidence=confidence(told.get("confidence", "")),
    )


def confidence(told: str) -> float | None:
    """The probability that `told` writes, or None where it writes none."""
    try:
        value = float(told)
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None


def leading(properties: Properties, known: Mapping[str, re.Pattern[str]]) -> tuple[Properties, Properties]:
    """The first properties, as far as they can be attributes, and the others: so their order is kept.

    `known` are the attributes that there may be, and what their values look like.
    """
    seen: set[str] = set()

    def fits(row: tuple[str, str]) -> bool:
        name, told = row
        new = name not in seen
        seen.add(name)
        return new and name in known and known[name].fullmatch(told) is not None

    first = tuple(takewhile(fits, properties))
    return first, properties[len(first) :]
