"""LibreOffice as another writer of Word files: the words that went into it are found, each in its paragraph."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.formats.strategies import MARK
from tests.formats.test_docx import WordFile, word_files

from bitext.formats.detect import read_document
from bitext.model.documents import Document

GOLDEN = Path(__file__).parents[1] / "cases/formats/golden"


def converted(folder: Path, *files: Path) -> list[Document]:
    """The `files` as Word files that LibreOffice writes, read by us."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed (no soffice on the path)")
    made = folder / "made"
    options = [f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "docx"]
    command = [program, *options, "--outdir", str(made), *map(str, files)]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    paths = [made / f"{file.stem}.docx" for file in files]
    return [read_document(path.read_bytes(), path.name, "en") for path in paths]


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
