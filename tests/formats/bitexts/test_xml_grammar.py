"""What we write keeps to the standards: order of elements, attributes and their values, ids that differ, pairs."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import TypeAlias, TypedDict

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.formats.bitexts.coded import memories

from bitext.formats.bitexts import tmx, xliff
from bitext.formats.xml import XML_NAMESPACE
from bitext.model.glossary import Concept, Glossary, Term
from bitext.model.memory import TranslationMemory


class Rule(TypedDict):
    order: str
    attributes: dict[str, str]


Grammar: TypeAlias = dict[str, Rule]
FEW = settings(max_examples=15, deadline=None)
TABLES = tomllib.loads(Path("tests/cases/formats/bitext-grammars.toml").read_text(encoding="utf-8"))
PATTERNS = {name: re.compile(pattern) for name, pattern in TABLES.pop("patterns").items()}
GLOSSARY = Glossary((Concept("a", (Term("中", "zh"), Term("a", "en")), definition="&"),))


def written(name: str, memory: TranslationMemory) -> bytes:
    if name == "tmx":
        return b"".join(tmx.write(memory))
    return b"".join(xliff.write(memory, version=name, glossary=None if name == "1.2" else GLOSSARY))


def faults(node: etree._Element, grammar: Grammar, space: str | None) -> list[str]:
    """What in `node`, of the namespace `space`, the grammar does not allow."""
    rule = grammar[etree.QName(node).localname]
    names = [etree.QName(child) for child in node]
    order = "".join(f"{name.localname if name.namespace == space else 'other'} " for name in names)
    wanted = rule["order"].removeprefix("text")
    found = [] if re.fullmatch(wanted, order) else [f"{node.tag}: {order}"]
    texts = [node.text, *(child.tail for child in node)]
    if not rule["order"].startswith("text") and any((text or "").strip() for text in texts):
        found.append(f"{node.tag}: text")
    found += [f"{node.tag}: {fault}" for fault in wrong_attributes(node, rule["attributes"])]
    for child, name in zip(node, names, strict=True):
        found += faults(child, grammar, space) if name.namespace == space else []
    return found


def wrong_attributes(node: etree._Element, allowed: dict[str, str]) -> list[str]:
    told = {str(key).replace(f"{{{XML_NAMESPACE}}}", "xml:"): str(value) for key, value in node.items()}
    foreign = "other" in allowed
    wrong = [
        f"{name}={value!r}"
        for name, value in told.items()
        if not (foreign and name.startswith("{")) and not fits(allowed.get(name), value)
    ]
    return wrong + [f"no {name}" for name, kind in allowed.items() if kind.startswith("!") and name not in told]


def fits(kind: str | None, value: str) -> bool:
    return kind is not None and PATTERNS[kind.removeprefix("!")].fullmatch(value) is not None


@FEW
@given(memories(), st.sampled_from(["tmx", *xliff.VERSIONS]))
def test_what_is_written_keeps_to_the_grammar(memory: TranslationMemory, name: str) -> None:
    root = etree.fromstring(written(name, memory))
    grammar = TABLES[{"tmx": "tmx", "1.2": "xliff12"}.get(name, "xliff2")]
    assert faults(root, grammar, etree.QName(root).namespace) == []


def test_the_grammar_finds_faults() -> None:
    source = "<tmx version='1.3'><body>x<tu><tuv><seg/></tuv></tu></body><header/></tmx>"
    found = faults(etree.fromstring(source), TABLES["tmx"], None)
    assert found[:4] == ["tmx: body header ", "tmx: version='1.3'", "body: text", "tuv: no xml:lang"]
    assert len(found) == 11


@FEW
@given(memories(), st.sampled_from(["2.0", "2.1"]))
def test_ids_of_xliff_2_differ_within_a_unit_and_pairs_are_complete(memory: TranslationMemory, version: str) -> None:
    root = etree.fromstring(written(version, memory))
    space = f"{{{etree.QName(root).namespace}}}"
    units = list(root.iter(f"{space}unit"))
    assert len({unit.get("id") for unit in units}) == len(units)
    for unit in units:
        data = {row.get("id") for row in unit.iter(f"{space}data")}
        used = {str(value) for row in unit.iter() for key, value in row.items() if str(key).startswith("dataRef")}
        assert used == data
        for side in (*unit.iter(f"{space}source"), *unit.iter(f"{space}target")):
            ids = Counter(row.get("id") for row in side.iter() if row.get("id"))
            assert not [name for name, count in ids.items() if count > 1]
            starts = [row.get("id") for row in side.iter(f"{space}sc", f"{space}sm") if row.get("isolated") is None]
            ends = [row.get("startRef") for row in side.iter(f"{space}ec", f"{space}em") if row.get("startRef")]
            assert sorted(map(str, starts)) == sorted(map(str, ends))


@FEW
@given(memories())
def test_pairs_of_tmx_and_xliff_1_are_complete(memory: TranslationMemory) -> None:
    for name, key in (("tmx", "i"), ("1.2", "rid")):
        root = etree.fromstring(written(name, memory))
        for side in root.iter("{*}seg", "{*}source", "{*}target"):
            starts = [str(row.get(key)) for row in side.iter("{*}bpt")]
            assert sorted(starts) == sorted(str(row.get(key)) for row in side.iter("{*}ept"))
            assert len(set(starts)) == len(starts)
