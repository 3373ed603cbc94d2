"""Other encoders than the packaged one: what is asked of sentence-transformers, by a stand-in for it, and of anybody's.

`test_tiny_models` tries the package itself, where it is installed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

import bitext
from bitext.align import Encoder, encoding
from bitext.align.encoders.sentence_transformers import SentenceTransformersEncoder
from bitext.cli.app import main
from bitext.errors import InputError, MissingExtra


class StandIn:
    """Knows a few words of both languages; a text's vector counts them."""

    WORDS = (("天气", "weather"), ("公司", "company"), ("足球", "football"), ("雨", "rain"))
    asked: list[list[str]]

    def __init__(self, path: str, *, device: str, local_files_only: bool, trust_remote_code: bool) -> None:
        assert device == "cpu"
        assert local_files_only
        assert not trust_remote_code
        if not (Path(path) / "config.json").exists():
            raise OSError("no config.json")
        StandIn.asked = []

    def encode(self, texts: list[str], **options: Any) -> npt.NDArray[np.float32]:
        assert not options["show_progress_bar"]
        StandIn.asked.append(texts)
        rows = [[0.1, *(float(zh in text or en in text) for zh, en in self.WORDS)] for text in texts]
        return np.array(rows, dtype=np.float32)


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("sentence_transformers")
    module.SentenceTransformer = StandIn  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sentence_transformers", module)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tiny").mkdir()
    (tmp_path / "tiny" / "config.json").write_text("{}")
    return tmp_path / "tiny"


@pytest.fixture
def absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)


@pytest.mark.usefixtures("package")
def test_groups_are_joined_and_each_text_is_encoded_once(folder: Path) -> None:
    encoder: Encoder = SentenceTransformersEncoder(folder)
    texts = ["the weather", "a company", "the weather"]
    found = encoder.encode(texts, np.array([(0, 1), (2, 3), (0, 2), (1, 2)]))
    assert StandIn.asked[-1:] == [["a company", "the weather", "the weather a company"]]
    assert found.dtype == np.float32
    assert np.array_equal(found[0], found[1])
    assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(4), abs=1e-5)
    assert encoder.name == "sentence-transformers/tiny"
    assert encoder.encode([], np.zeros((0, 2), dtype=np.int64)).shape == (0, 5)


@pytest.mark.usefixtures("package")
def test_an_alignment_is_made_with_it_and_signed(folder: Path) -> None:
    sides = (
        ["今天天气很好。", "这是一家公司。", "孩子们踢足球。"],
        ["Fine weather.", "It is a company.", "Children play football."],
    )
    found = bitext.align(*sides, encoder=folder)
    assert found == bitext.align(*sides, encoder=SentenceTransformersEncoder(str(folder)))
    assert [(bead.source, bead.target) for bead in found.beads] == [
        (range(n, n + 1), range(n, n + 1)) for n in range(3)
    ]
    assert "|encoder:sentence-transformers/tiny|" in found.signature
    assert "profile:accurate" in found.signature
    assert list(bitext.align_many([sides, sides], encoder=folder)) == [found, found]


@pytest.mark.usefixtures("absent")
def test_a_missing_package_is_told_with_the_command_that_installs_it(folder: Path) -> None:
    with pytest.raises(MissingExtra) as caught:
        SentenceTransformersEncoder(folder)
    for language in ("en", "zh"):
        assert 'pip install "bitext[encoders]"' in caught.value.render(language)


class Broken:
    """Stands before the way to the package: its parts do not fit each other."""

    def find_spec(self, name: str, *_: object) -> None:
        if name == "sentence_transformers":
            raise RuntimeError("torch 1.0 was found")


def test_a_package_that_cannot_be_loaded_is_told_with_the_reason(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "sentence_transformers", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])
    with pytest.raises(MissingExtra, match=r"cannot be loaded \(torch 1.0 was found\)"):
        SentenceTransformersEncoder(folder)


@pytest.mark.usefixtures("package")
def test_a_folder_without_a_model_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no such folder"):
        SentenceTransformersEncoder(tmp_path / "none")
    with pytest.raises(InputError, match=r"no model that can be loaded \(no config.json\)") as caught:
        SentenceTransformersEncoder(tmp_path)
    assert caught.value.path == str(tmp_path)


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "zh.txt").write_text("今天天气很好。这是一家公司。", encoding="utf-8")
    (tmp_path / "en.txt").write_text("The weather is fine today. This is a company.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BITEXT_LANG", "en")


class Own:
    """An encoder of one's own; it gives what it is told to give."""

    name = "own"

    def __init__(self, *sizes: int, value: float = 1.0) -> None:
        self.sizes, self.value = list(sizes), value

    def encode(self, texts: Sequence[str], groups: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """Vectors of the next dimension, the last one being that of all further calls; 0 for one vector too few."""
        assert groups.size == 0 or groups.max() <= len(texts)
        size = self.sizes.pop(0) if len(self.sizes) > 1 else self.sizes[0]
        out = np.full((len(groups) - (not size), max(size, 1)), self.value, dtype=np.float32)
        return np.asarray(out / np.linalg.norm(out, axis=1, keepdims=True), dtype=np.float32)


SIDES = (["你好。", "再见。"], ["Hello.", "Goodbye."])


def test_an_encoder_of_ones_own_serves() -> None:
    found = bitext.align(*SIDES, encoder=Own(3))
    assert [index for bead in found.beads for index in bead.source] == [0, 1]
    assert "|encoder:own|" in found.signature


@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")
@pytest.mark.parametrize("own", [Own(0), Own(3, value=float("nan")), Own(3, value=float("inf"))])
def test_vectors_of_which_there_are_too_few_or_that_are_no_numbers_are_refused(own: Own) -> None:
    with pytest.raises(ValueError, match="encoder own gave an array of shape"):
        bitext.align(*SIDES, encoder=own)


def test_vectors_of_more_than_one_dimension_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "_AT_ONCE", 2)
    with pytest.raises(ValueError, match="all of one dimension"):
        bitext.align(["你好。"] * 5, SIDES[1], encoder=Own(3, 4))


def test_vectors_of_the_two_languages_of_different_dimensions_are_refused() -> None:
    # Groups and two grains of clauses of the Chinese side are asked for first.
    with pytest.raises(ValueError, match="all of one dimension"):
        bitext.align(*SIDES, encoder=Own(3, 3, 3, 4))


class Nameless:
    """Encodes, but alignments could not be signed by it."""

    encode = Own.encode


@pytest.mark.parametrize("wrong", [7, object(), Own, Nameless()])
def test_what_is_no_encoder_is_a_type_error(wrong: Any) -> None:
    with pytest.raises(TypeError, match=f"type {type(wrong).__name__} cannot be used"):
        bitext.align(*SIDES, encoder=wrong)


def test_an_encoder_for_the_fast_profile_is_refused() -> None:
    with pytest.raises(InputError, match="fast has no encoder"):
        bitext.align(*SIDES, encoder=Own(3), profile="fast")


Captured = pytest.CaptureFixture[str]


@pytest.mark.usefixtures("package", "pages")
def test_the_command_line_takes_a_folder(folder: Path, capsys: Captured) -> None:
    assert main(["align", "zh.txt", "en.txt", "--encoder", folder.name, "--format", "jsonl"]) == 0
    assert "encoder:sentence-transformers/tiny" in capsys.readouterr().out


@pytest.mark.usefixtures("absent", "pages")
def test_the_command_line_names_the_extra(folder: Path, capsys: Captured) -> None:
    assert main(["align", "zh.txt", "en.txt", "--encoder", folder.name]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "bitext[encoders]" in captured.err


@pytest.mark.usefixtures("package", "pages")
def test_an_encoder_with_the_fast_profile_is_refused(capsys: Captured) -> None:
    assert main(["align", "zh.txt", "en.txt", "--encoder", "tiny", "--profile", "fast"]) == 2
    assert "--encoder does nothing with --profile fast" in capsys.readouterr().err
