"""The official schemas of the formats that we write. They are others' work and not part of bitext: they are taken from
the folder that the variable BITEXT_SCHEMAS names (CONTRIBUTING.md says where each comes from), else from OmegaT or
Symfony where these are installed. Nothing is fetched."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias
from zipfile import ZipFile

import pytest
from lxml import etree

Schema: TypeAlias = etree.DTD | etree.XMLSchema | etree.RelaxNG

_XSD = "{http://www.w3.org/2001/XMLSchema}"
_OMEGAT = Path("/usr/share/omegat/OmegaT.jar")
_SYMFONY = Path("/usr/share/php/Symfony/Component/Translation/Resources/schemas")
_OWN = Path(__file__).parents[1] / "cases/formats"
"""Where our own schema lies, of the extensions that we write."""
_OTHER_NAMES = {"xliff_core_2.0.xsd": "xliff-core-2.0.xsd"}


def _bytes(name: str) -> bytes | None:
    """The schema file `name`, wherever it is."""
    folders = [Path(os.environ["BITEXT_SCHEMAS"])] if os.environ.get("BITEXT_SCHEMAS") else []
    for folder in (*folders, _SYMFONY, _OWN):
        for known in filter(None, (name, _OTHER_NAMES.get(name))):
            if (folder / known).is_file():
                return (folder / known).read_bytes()
    if _OMEGAT.is_file():
        with ZipFile(_OMEGAT) as archive:
            if f"schemas/{name}" in archive.namelist():
                return archive.read(f"schemas/{name}")
    return None


@cache
def schema(*names: str) -> Schema:
    """What the schema files `names` allow together, or a skip where one of them is not at hand."""
    for name in names:
        if _bytes(name) is None:
            pytest.skip(f"{name} is not at hand: it is no part of bitext, see CONTRIBUTING.md for BITEXT_SCHEMAS")
    with TemporaryDirectory() as folder:
        make: dict[str, Callable[[Path, tuple[str, ...]], Schema]] = {
            ".dtd": lambda place, rows: etree.DTD(str(_put(place, rows[0]))),
            ".rng": lambda place, rows: etree.RelaxNG(_parsed(_put(place, rows[0]))),
            ".xsd": _together,
        }
        return make[Path(names[0]).suffix](Path(folder), names)


def _put(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(_bytes(name) or b"")
    return path


def _parsed(path: Path) -> etree._ElementTree:
    return etree.parse(str(path), etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False))


def _together(folder: Path, names: tuple[str, ...]) -> etree.XMLSchema:
    """The schemas as imports of one: elements of one namespace within another are held to theirs."""
    for name in dict.fromkeys((*names, "xml.xsd", "metadata.xsd")):
        if _bytes(name) is not None:
            _localised(folder, _put(folder, name))
    spaces = {name: _parsed(folder / name).getroot().get("targetNamespace") for name in names}
    rows = "".join(
        f'<xs:import schemaLocation="{(folder / name).as_uri()}"' + (f' namespace="{space}"/>' if space else "/>")
        for name, space in spaces.items()
    )
    head = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:all">'
    return etree.XMLSchema(etree.fromstring(f"{head}{rows}</xs:schema>"))


def _localised(folder: Path, path: Path) -> None:
    """Let the imports of the schema name files of `folder`, so that no address is followed."""
    tree = _parsed(path)
    for row in tree.iter(f"{_XSD}import", f"{_XSD}include"):
        near = folder / re.sub(".*/", "", row.get("schemaLocation", ""))
        row.set("schemaLocation", near.as_uri())
    tree.write(str(path))
