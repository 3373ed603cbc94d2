"""What we write is valid by the official schemas: what was made at random, and what came from other programs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from tests.formats.bitexts.coded import memories
from tests.formats.data import data_folder
from tests.formats.glossaries.made import GLOSSARIES
from tests.formats.schemas import Schema, schema

from bitext.formats.bitexts import jsonl, tmx, xliff
from bitext.formats.glossaries import csv, registry
from bitext.model.glossary import Concept, Glossary, Term
from bitext.model.memory import TranslationMemory

CORE = "TBXcoreStructV03_TBX-{}_integrated.rng"
SCHEMAS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("tmx14.dtd",): ("tmx",),
    ("tmx14.xsd",): ("tmx",),
    ("xliff-core-1.2-strict.xsd", "bitext-properties.xsd"): ("1.2",),
    ("xliff-core-1.2-transitional.xsd", "bitext-properties.xsd"): ("1.2",),
    ("xliff_core_2.0.xsd",): ("2.0", "2.1"),
    ("xliff_core_2.0.xsd", "metadata.xsd", "glossary.xsd"): ("2.0", "2.1"),
    ("xliff_core_2.2.xsd", "metadata.xsd", "glossary.xsd"): ("2.2",),
}
"""The files of each schema, and what we write by it."""
TERMS: dict[str, tuple[str, ...]] = {
    "tbx.xsd": ("2008", "2008-default"),
    "TBXcoreStructV02.dtd": ("2008", "2008-default"),
    CORE.format("Basic"): ("basic", "basic-dct"),
    CORE.format("Min"): ("min", "min-dct"),
    CORE.format("Core"): ("core", "core-dct"),
}
"""The file of each schema of TBX, and the dialects that are written by it."""
ROOT = Path(__file__).parents[2]
GLOSSARY = Glossary((Concept("a", (Term("中", "zh"), Term("a", "en")), definition="&"),))
UNDECLARED = re.compile(
    r"'\{(?!urn:oasis:names:tc:xliff:document|urn:bitext)[^']*': No matching global (element|attribute) declaration"
)
"""What a strict schema says of extensions of others that we hand on: it would have them declared too."""
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
EACH = pytest.mark.parametrize("names", SCHEMAS, ids=" ".join)


def faults(rules: Schema, data: bytes) -> list[str]:
    """What in `data` the schema does not allow."""
    if rules.validate(etree.fromstring(data)):
        return []
    told = [str(error.message) for error in cast("Iterable[Any]", rules.error_log)]
    return [message for message in told if not UNDECLARED.search(message)]


def written(name: str, memory: TranslationMemory) -> bytes:
    if name == "tmx":
        return b"".join(tmx.write(memory))
    return b"".join(xliff.write(memory, version=name, glossary=None if name == "1.2" else GLOSSARY))


@EACH
@FEW
@given(memory=memories(subflows=True))
def test_bitexts_made_at_random_are_valid(names: tuple[str, ...], memory: TranslationMemory) -> None:
    rules = schema(*names)
    for name in SCHEMAS[names]:
        assert faults(rules, written(name, memory)) == []


@dataclass(frozen=True)
class Foreign:
    """A file that another program wrote: its name, its outermost element, and what we read in it."""

    name: str
    root: etree._Element
    memory: TranslationMemory


@cache
def foreign() -> tuple[Foreign, ...]:
    """What others wrote: the bitexts of the evaluation data that can be read and are not huge."""
    readers = {".tmx": tmx.read, ".xlf": xliff.read, ".xliff": xliff.read}
    broken = ("invalid_xml_entity.xlf", "file-XLIFFFilter-invalid-content.xlf")
    paths = [path for path in sorted(data_folder("formats").rglob("*")) if path.suffix in readers]
    safe = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False)
    return tuple(
        Foreign(path.name, etree.fromstring(path.read_bytes(), safe), _read(path, readers[path.suffix]))
        for path in paths
        if path.name not in broken and path.stat().st_size < 300_000
    )


def _read(path: Path, reader: Callable[[BinaryIO, str], TranslationMemory]) -> TranslationMemory:
    with path.open("rb") as stream:
        memory = reader(stream, path.name)
        return replace(memory, entries=tuple(memory.entries))


def is_faulty(file: Foreign, rules: Schema, names: tuple[str, ...]) -> bool:
    """Whether the file is XLIFF of the version of the schema, or older, and breaks it itself: it keeps its ways."""
    version = file.root.get("version", "") if etree.QName(file.root).localname == "xliff" else ""
    of_schema = version.startswith("1") and names[0].startswith("xliff-core-1.2")
    return of_schema and not rules.validate(file.root)


@EACH
def test_bitexts_of_other_programs_are_valid_as_we_write_them(names: tuple[str, ...]) -> None:
    rules = schema(*names)
    sound = [file for file in foreign() if not is_faulty(file, rules, names)]
    assert len(sound) > 150
    found = {(file.name, name): faults(rules, written(name, file.memory)) for file in sound for name in SCHEMAS[names]}
    assert {key: told for key, told in found.items() if told} == {}


@cache
def aligned() -> tuple[TranslationMemory, ...]:
    """The aligned items of the project."""
    return tuple(_read(path, jsonl.read) for path in sorted((ROOT / "aligned").glob("*/alignment.jsonl")))


@EACH
def test_the_aligned_items_are_valid(names: tuple[str, ...]) -> None:
    rules = schema(*names)
    assert len(aligned()) >= 10
    for memory in aligned():
        assert [faults(rules, written(name, memory)) for name in SCHEMAS[names]] == [[]] * len(SCHEMAS[names])


BROKEN: dict[str, tuple[bytes, bytes]] = {
    "tmx": (b"<body>", b"<body><seg/>"),
    "1.2": (b"<source>", b"<target/><source>"),
    "2.0": (b"<source>", b"<target/><source>"),
    "2.1": (b"<source>", b"<target/><source>"),
    "2.2": (b"<source>", b"<target/><source>"),
}


@EACH
def test_the_schema_finds_a_fault(names: tuple[str, ...]) -> None:
    rules = schema(*names)
    for name in SCHEMAS[names]:
        assert faults(rules, written(name, aligned()[0]).replace(*BROKEN[name], 1)) != []


@pytest.mark.parametrize("name", TERMS)
@FEW
@given(glossary=GLOSSARIES)
def test_glossaries_made_at_random_are_valid(name: str, glossary: Glossary) -> None:
    rules = schema(name)
    for dialect in TERMS[name]:
        assert faults(rules, registry.write(glossary, "g.tbx", dialect).data) == []


@pytest.mark.parametrize("name", TERMS)
def test_the_house_glossary_is_valid_and_a_fault_in_it_is_found(name: str) -> None:
    rules = schema(name)
    glossary = csv.parse((ROOT / "glossaries" / "sziit.csv").read_bytes(), "g.csv")
    for dialect in TERMS[name]:
        data = registry.write(glossary, "g.tbx", dialect).data
        assert faults(rules, data) == []
        assert faults(rules, data.replace(b"<term>", b"<note/><term>", 1)) != []
