"""What fuzzing found stays mended, and the fuzzer would find it again."""

from __future__ import annotations

import base64
import os
import signal
import tomllib
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import cast

import pytest
from tests.formats.word import word

from bitext.errors import InputError
from bitext.model.findings import Message

pytestmark = pytest.mark.skipif(os.name == "nt", reason="limits of processes are those of POSIX")

CASES = Path(__file__).parents[1] / "cases" / "formats" / "fuzzed.toml"
SECONDS = 10.0
"""Processor time, instead of the fuzzer's own limit: tests run on busy machines."""


def cases() -> list[dict[str, str]]:
    """The inputs that were findings once: each with the name of its reader."""
    return cast("list[dict[str, str]]", tomllib.loads(CASES.read_text("utf-8")).get("case", []))


def data(case: dict[str, str]) -> bytes:
    if "base64" in case:
        return base64.b64decode(case["base64"])
    return (case["source"] + case.get("repeated", "") * int(case.get("times", 0)) + case.get("end", "")).encode()


@pytest.fixture(autouse=True)
def handler() -> Iterator[None]:
    from scripts import fuzz_worker

    before = signal.signal(signal.SIGVTALRM, fuzz_worker.stop)
    yield
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['reader']}: {case['name']}")
def test_a_finding_of_old_ends_in_a_value_or_in_an_error_for_users(case: dict[str, str]) -> None:
    import resource

    from scripts.fuzz_readers import READERS
    from scripts.fuzz_worker import MEMORY, fault

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = fault(READERS[case["reader"]].run, data(case), SECONDS)
    assert found is None, found.told
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEMORY // 1024


def test_a_style_of_very_many_names_is_read_soon() -> None:
    from scripts.fuzz_readers import READERS
    from scripts.fuzz_worker import fault

    names = f'<w:name w:val="{"x" * 200}"/>' * 90_000
    file = word("<w:p><w:r><w:t>深信院 signed.</w:t></w:r></w:p>", f'<w:style w:styleId="H">{names}</w:style>')
    assert fault(READERS["docx"].run, file, SECONDS) is None


@pytest.mark.parametrize("name", ["sdlxliff", "mqxliff", "xliff"])
def test_a_unit_of_very_many_segments_is_read_soon(name: str) -> None:
    from scripts.fuzz_readers import READERS
    from scripts.fuzz_worker import fault

    numbers = range(6_000)
    marks = "".join(f'<mrk mtype="seg" mid="{number}">x</mrk>' for number in numbers)
    told = "".join(f'<sdl:seg id="{number}"/>' for number in numbers)
    file = f"""<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">
        <file original="a" source-language="zh-CN" target-language="en-US" datatype="x"><body><trans-unit id="1">
        <source>x</source><seg-source>{marks}</seg-source><target>{marks}</target>
        <sdl:seg-defs xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0">{told}</sdl:seg-defs>
        </trans-unit></body></file></xliff>"""
    assert fault(READERS[name].run, file.encode(), SECONDS) is None


def test_segments_do_not_multiply_what_is_said_of_their_unit() -> None:
    from scripts.fuzz_readers import READERS

    segments = "<segment><source>x</source></segment>" * 2_000
    file = f"""<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="zh" trgLang="en">
        <file id="f"><unit id="u"><notes>{"<note>a</note>" * 2_000}</notes>{segments}</unit></file></xliff>"""
    with pytest.raises(InputError) as error:
        READERS["xliff2"].run(file.encode())
    assert error.value.message.key == "bounds.xliff.said"
    marks = "".join(f'<mrk mtype="seg" mid="{number}">x</mrk>' for number in range(2_000))
    file = f"""<xliff version="1.2"><file original="a" source-language="zh" datatype="x"><body><trans-unit id="1">
        <source>x</source><seg-source>{marks}</seg-source>{'<note from="b">a</note>' * 2_000}</trans-unit></body></file>
        </xliff>"""
    with pytest.raises(InputError) as error:
        READERS["xliff"].run(file.encode())
    assert error.value.message.key == "bounds.xliff.said"


def test_only_what_users_cannot_be_told_is_a_fault() -> None:
    from scripts.fuzz_worker import fault

    def refuse(_: bytes) -> None:
        raise InputError(Message.of("formats.file.empty"), "a.md")

    def unknown_key(_: bytes) -> None:
        raise InputError(Message.of("no.such.key"), "a.md")

    def without_end(_: bytes) -> None:
        while True:
            pass

    found = {run.__name__: fault(run, b"", 0.1) for run in (len, int, refuse, unknown_key, without_end)}
    kinds = {name: one and one.kind for name, one in found.items()}
    wanted = {"len": None, "int": "ValueError", "refuse": None, "unknown_key": "KeyError", "without_end": "TooLong"}
    assert kinds == wanted


@pytest.mark.parametrize("name", ["tmx", "docx", "html", "settings"])
def test_the_same_number_makes_the_same_input_and_others_another(name: str) -> None:
    from scripts.fuzz_mutations import mutated
    from scripts.fuzz_readers import READERS
    from scripts.fuzz_seeds import seeds

    reader, found = READERS[name], seeds(name)

    def made(number: int) -> bytes:
        return mutated(Random(number), found[0], found, reader.tokens, packed=reader.packed)  # noqa: S311

    inputs = [made(number) for number in range(30)]
    assert inputs == [made(number) for number in range(30)]
    assert len(set(inputs)) > 20


def test_every_reader_reads_its_first_seed() -> None:
    from scripts.fuzz_readers import READERS
    from scripts.fuzz_seeds import seeds

    for name, reader in READERS.items():
        reader.run(seeds(name)[0])
