"""Encoders of sentence-transformers: a stand-in shows what is asked of the package, a tiny model that it works."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

import bitext
from bitext.align import Encoder, align
from bitext.align.encoders.sentence_transformers import SentenceTransformersEncoder
from bitext.cli.app import main
from bitext.errors import InputError, MissingExtra


class StandIn:
    """Knows a few words of both languages; a text's vector counts them."""

    WORDS = (("天气", "weather"), ("公司", "company"), ("足球", "football"))
    asked: list[list[str]]

    def __init__(self, path: str, *, device: str, local_files_only: bool) -> None:
        assert device == "cpu"
        assert local_files_only
        if not (Path(path) / "config.json").exists():
            raise OSError("no config.json")
        StandIn.asked = []

    def get_sentence_embedding_dimension(self) -> int:
        return len(self.WORDS) + 1

    def encode(self, texts: list[str], **options: Any) -> npt.NDArray[np.float32]:
        assert options["normalize_embeddings"]
        assert not options["show_progress_bar"]
        StandIn.asked.append(texts)
        rows = [[0.1, *(float(zh in text or en in text) for zh, en in self.WORDS)] for text in texts]
        out = np.array(rows, dtype=np.float32)
        return np.asarray(out / np.linalg.norm(out, axis=1, keepdims=True), dtype=np.float32)


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
    assert StandIn.asked == [["a company", "the weather", "the weather a company"]]
    assert found.dtype == np.float32
    assert np.array_equal(found[0], found[1])
    assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(4), abs=1e-5)
    assert encoder.name == "sentence-transformers/tiny"
    assert encoder.encode([], np.zeros((0, 2), dtype=np.int64)).shape == (0, 4)


@pytest.mark.usefixtures("package")
def test_an_alignment_is_made_with_it_and_signed(folder: Path) -> None:
    sides = (
        ["今天天气很好。", "这是一家公司。", "孩子们踢足球。"],
        ["Fine weather.", "It is a company.", "Children play football."],
    )
    source, target = (
        bitext.align(*sides, profile="fast").source, bitext.align(*sides, profile="fast").target
    )  # fmt: skip
    found = align(source, target, encoder=SentenceTransformersEncoder(folder))
    assert [(bead.source, bead.target) for bead in found.beads] == [
        (range(n, n + 1), range(n, n + 1)) for n in range(3)
    ]
    assert "|encoder:sentence-transformers/tiny|" in found.signature
    assert "profile:accurate" in found.signature


@pytest.mark.usefixtures("absent")
def test_a_missing_package_is_told_with_the_command_that_installs_it(folder: Path) -> None:
    with pytest.raises(MissingExtra) as caught:
        SentenceTransformersEncoder(folder)
    for language in ("en", "zh"):
        assert 'pip install "bitext[encoders]"' in caught.value.render(language)


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


@pytest.mark.filterwarnings("ignore")
def test_a_tiny_real_model_gives_unit_vectors(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers", reason="the extra bitext[encoders] is not installed")
    path = tiny_model(tmp_path)
    encoder = SentenceTransformersEncoder(path)
    found = encoder.encode(["a b", "b c", "a"], np.array([(0, 1), (1, 3), (0, 3), (0, 1)]))
    assert found.shape == (4, 16)
    assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(4), abs=1e-4)
    assert np.array_equal(found[0], found[3])
    source = bitext.align(["a b", "c"], ["a b", "c"], profile="fast")
    assert align(source.source, source.target, encoder=encoder).beads


def tiny_model(folder: Path) -> Path:
    """A transformer of one layer with random weights over a dozen word pieces."""
    from importlib import import_module

    transformers, library = import_module("transformers"), import_module("sentence_transformers")
    modules = import_module("sentence_transformers.models")
    (folder / "bert").mkdir()
    (folder / "bert" / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefg"]))
    config = transformers.BertConfig(
        vocab_size=12, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
    transformers.BertModel(config).save_pretrained(folder / "bert")
    transformers.BertTokenizer(str(folder / "bert" / "vocab.txt")).save_pretrained(folder / "bert")
    word = modules.Transformer(str(folder / "bert"))
    library.SentenceTransformer(modules=[word, modules.Pooling(16)], device="cpu").save(str(folder / "model"))
    return folder / "model"
