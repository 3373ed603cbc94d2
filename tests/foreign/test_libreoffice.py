"""LibreOffice as another reader and writer of Word files and sheets: what went into it is found, each in its place."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.formats.glossaries.made import bare
from tests.formats.strategies import MARK
from tests.formats.test_docx import WordFile, word_files

from bitext.formats.detect import read_document
from bitext.formats.glossaries import csv, registry
from bitext.model.documents import Document

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parents[1] / "cases/formats/golden"


def made(folder: Path, suffix: str, *files: Path) -> list[Path]:
    """The `files` as LibreOffice writes them with `suffix`, or a skip where it, or its part for them, is missing."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed (no soffice on the path)")
    options = [f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", suffix]
    command = [program, *options, "--outdir", str(folder / "made"), *map(str, files)]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    paths = [folder / "made" / f"{file.stem}.{suffix}" for file in files]
    if not any(path.is_file() for path in paths):
        pytest.skip(f"this LibreOffice has no part for .{suffix} (Debian: libreoffice-writer-nogui, -calc-nogui)")
    return paths


def converted(folder: Path, *files: Path) -> list[Document]:
    """The `files` as Word files that LibreOffice writes, read by us."""
    return [read_document(path.read_bytes(), path.name, "en") for path in made(folder, "docx", *files)]


def listed(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, document.slice(block.span)) for block in document.blocks]


def test_the_file_of_the_golden_test_is_what_libreoffice_makes(tmp_path: Path) -> None:
    (document,) = converted(tmp_path, GOLDEN / "libreoffice.fodt")
    assert listed(document) == listed(read_document((GOLDEN / "libreoffice.docx").read_bytes(), "a.docx", "en"))


@settings(
    max_examples=1,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.large_base_example],
)
@given(st.lists(word_files(), min_size=12, max_size=12))
def test_words_are_found_in_their_paragraphs_after_libreoffice_wrote_the_file_anew(
    tmp_path: Path, files: list[WordFile]
) -> None:
    paths = [tmp_path / f"f{number}.docx" for number in range(len(files))]
    for path, file in zip(paths, files, strict=True):
        path.write_bytes(file.data)
    for file, document in zip(files, converted(tmp_path, *paths), strict=True):
        assert "".join(document.text.split()) == "".join("".join(file.texts).split())
        assert document.position(document.text.index(MARK)).line == file.position.line


def test_the_house_glossary_is_the_same_after_libreoffice_wrote_the_sheet_anew(tmp_path: Path) -> None:
    glossary = csv.parse((ROOT / "glossaries" / "sziit.csv").read_bytes(), "g.csv")
    (tmp_path / "ours.xlsx").write_bytes(registry.write(glossary, "ours.xlsx").data)
    (path,) = made(tmp_path, "xlsx", tmp_path / "ours.xlsx")
    reading = registry.read(path.read_bytes(), "ours.xlsx")
    assert bare(reading.glossary) == bare(glossary)
    assert reading.notes == ()
