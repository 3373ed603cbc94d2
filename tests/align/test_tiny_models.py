"""The encoders of sentence-transformers with real models, made here and loaded from their folders."""

from __future__ import annotations

import json
import os
import pickle
import re
import shutil
import socket
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("sentence_transformers", reason="the extra bitext[encoders] is not installed")

from tests.align import tiny_models

import bitext
from bitext.align import Encoder
from bitext.align.encoders.protocol import Array
from bitext.align.encoders.sentence_transformers import SentenceTransformersEncoder
from bitext.cli.app import main
from bitext.errors import BitextError, InputError

Captured = pytest.CaptureFixture[str]

CHINESE = ["甲甲甲甲。", "乙乙乙乙。", "丙丙丙丙。", "丁丁丁丁。", "戊戊戊戊。"]
ENGLISH = ["foo foo foo.", "bar bar bar.", "baz baz baz.", "qux qux qux."]
LINKS = (("甲乙", "丙", "丁", "戊"), ("甲", "乙丙", "丁", "戊"), ("甲", "乙", "丙丁", "戊"))
"""What the four English words mean, according to three models. Without one of them it is anybody's guess."""


def words(links: tuple[str, ...]) -> dict[str, Any]:
    """Vectors of the five Chinese characters, and of the English words as the sums of what they mean."""
    axes = np.eye(6)
    chinese = {sign: axes[place] for place, sign in enumerate("甲乙丙丁戊")}
    english = zip(("foo", "bar", "baz", "qux"), links, strict=True)
    return chinese | {word: np.sum([chinese[sign] for sign in meant], axis=0) for word, meant in english}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def folders(place: Path) -> dict[str, Path]:
    return {
        "transformer": tiny_models.transformer(place / "transformer"),
        "projected": tiny_models.transformer(place / "projected", 8, "Dense"),
        "static": tiny_models.static(place / "static", words(LINKS[0])),
    }


@pytest.fixture(scope="module")
def encoders(folders: dict[str, Path]) -> dict[str, SentenceTransformersEncoder]:
    return {kind: SentenceTransformersEncoder(folder) for kind, folder in folders.items()}


DIMENSIONS = {"transformer": 16, "projected": 8, "static": 6}
each_kind = pytest.mark.parametrize("kind", DIMENSIONS)
ODD = ["", " ", "\0", "\ud800", "天", "😀" * 3, "xyz " * 400, "昨" * 900]
texts = st.lists(st.sampled_from([*ODD, *CHINESE, *ENGLISH]) | st.text("ab c昨天。\n", max_size=9), max_size=5)


def groups(*rows: tuple[int, int]) -> Any:
    return np.array(rows, dtype=np.int64).reshape(-1, 2)


def all_groups(count: int) -> Any:
    return groups(*((first, last) for first in range(count) for last in range(first + 1, count + 1)))


def assert_unit_or_zero(vectors: Array) -> None:
    norms = np.linalg.norm(vectors, axis=1)
    assert (np.isclose(norms, 1.0, atol=1e-5) | (norms == 0.0)).all()


@each_kind
@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given=texts)
def test_each_group_has_a_unit_vector(encoders: dict[str, Encoder], kind: str, given: list[str]) -> None:
    wanted = all_groups(len(given))
    found = encoders[kind].encode(given, wanted)
    assert found.shape == (len(wanted), DIMENSIONS[kind])
    assert found.dtype == np.float32
    assert_unit_or_zero(found)


@each_kind
def test_the_vector_of_a_group_is_that_of_its_texts_joined(encoders: dict[str, Encoder], kind: str) -> None:
    group = encoders[kind].encode(ENGLISH, groups((1, 4)))
    whole = encoders[kind].encode([" ".join(ENGLISH[1:4])], groups((0, 1)))
    assert np.array_equal(group, whole)
    assert np.linalg.norm(group) == pytest.approx(1.0, abs=1e-5)


@each_kind
def test_rows_follow_the_order_of_the_groups_and_feel_no_others(encoders: dict[str, Encoder], kind: str) -> None:
    given = [*CHINESE, "", *ENGLISH]
    wanted = all_groups(len(given))
    found = encoders[kind].encode(given, wanted)
    assert np.array_equal(encoders[kind].encode(given, wanted[::-1].copy()), found[::-1])
    for row in (0, 17, len(wanted) - 1):
        alone = encoders[kind].encode(given, wanted[row : row + 1])
        assert alone[0] == pytest.approx(found[row], abs=1e-5)
    assert len(np.unique(found.round(3), axis=0)) > 20


@each_kind
def test_a_model_loaded_again_gives_the_same_bytes(
    encoders: dict[str, Encoder], folders: dict[str, Path], kind: str
) -> None:
    wanted = all_groups(len(ENGLISH))
    first = encoders[kind].encode(ENGLISH, wanted)
    assert encoders[kind].encode(ENGLISH, wanted).tobytes() == first.tobytes()
    again = SentenceTransformersEncoder(folders[kind])
    assert again.encode(ENGLISH, wanted).tobytes() == first.tobytes()
    assert again.name == encoders[kind].name == "sentence-transformers/model"


@each_kind
def test_a_text_of_nothing_has_the_same_vector_everywhere(encoders: dict[str, Encoder], kind: str) -> None:
    found = encoders[kind].encode(["", *ENGLISH, ""], groups((0, 1), (1, 2), (5, 6)))
    assert np.array_equal(found[0], found[2])
    assert not np.allclose(found[0], found[1])


@each_kind
def test_no_texts_have_no_vectors(encoders: dict[str, Encoder], kind: str) -> None:
    assert encoders[kind].encode([], groups()).shape == (0, DIMENSIONS[kind])


@pytest.mark.parametrize("links", LINKS)
def test_beads_are_those_of_which_the_model_says_that_they_mean_the_same(place: Path, links: tuple[str, ...]) -> None:
    model = tiny_models.static(place / "-".join(map(str, map(len, links))), words(links))
    expected, first = [], 0
    for target, meant in enumerate(links):
        expected.append((range(first, first + len(meant)), range(target, target + 1)))
        first += len(meant)
    found = bitext.align(CHINESE, ENGLISH, encoder=model)
    assert [(bead.source, bead.target) for bead in found.beads] == expected
    assert min(bead.confidence for bead in found.beads) > 0.8
    assert "|encoder:sentence-transformers/model|" in found.signature


@each_kind
def test_models_of_any_dimension_serve(encoders: dict[str, Encoder], kind: str) -> None:
    pairs = [(CHINESE, ENGLISH), ([], ENGLISH), (["", "\ud800"], [""]), (CHINESE * 40, ENGLISH * 50)]
    for pair, found in zip(pairs, bitext.align_many(pairs, encoder=encoders[kind]), strict=True):
        assert [i for bead in found.beads for i in bead.source] == list(range(len(pair[0])))
        assert [j for bead in found.beads for j in bead.target] == list(range(len(pair[1])))


def test_exchanging_the_languages_mirrors_the_result(encoders: dict[str, Encoder]) -> None:
    straight = bitext.align(CHINESE, ENGLISH, encoder=encoders["static"])
    turned = bitext.align(ENGLISH, CHINESE, "en", "zh", encoder=encoders["static"])
    assert [(b.target, b.source, b.confidence) for b in turned.beads] == [
        (b.source, b.target, b.confidence) for b in straight.beads
    ]


@pytest.fixture
def cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_arguments: object) -> NoReturn:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)


@pytest.mark.usefixtures("cut_off")
@each_kind
def test_loading_asks_no_network_and_writes_nothing_on_the_screen(
    folders: dict[str, Path], kind: str, capfd: Captured
) -> None:
    SentenceTransformersEncoder(folders[kind]).encode(ENGLISH, all_groups(4))
    assert capfd.readouterr() == ("", "")


Break = Callable[[Path], object]


def without(*names: str) -> Break:
    def broken(folder: Path) -> None:
        for name in names:
            (folder / name).unlink()

    return broken


def without_tokenizer(folder: Path) -> None:
    # Which of the files there are depends on the release.
    for name in ("tokenizer.json", "tokenizer_config.json", "vocab.txt", "special_tokens_map.json"):
        (folder / name).unlink(missing_ok=True)


def cut(name: str, size: int) -> Break:
    return lambda folder: (folder / name).write_bytes((folder / name).read_bytes()[:size])


def holding(name: str, text: str) -> Break:
    return lambda folder: (folder / name).write_text(text, encoding="utf-8")


def changed(name: str, **values: object) -> Break:
    def broken(folder: Path) -> None:
        table = json.loads((folder / name).read_text(encoding="utf-8"))
        (folder / name).write_text(json.dumps(table | values), encoding="utf-8")

    return broken


def reweighted(folder: Path, change: Callable[[dict[str, Array]], dict[str, Array]]) -> None:
    files = import_module("safetensors.numpy")
    path = folder / "model.safetensors"
    files.save_file(change(files.load_file(path)), path, {"format": "pt"})


def infinite(folder: Path) -> None:
    reweighted(folder, lambda weights: {name: np.full_like(array, np.inf) for name, array in weights.items()})


def emptied(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


def deaf(language: str) -> Break:
    """A vocabulary that has nothing of `language`."""
    signs = {"zh": "[一-鿿]", "en": "[A-Za-z.,!?]"}[language]

    def broken(folder: Path) -> None:
        tokenizer = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
        vocabulary = tokenizer["model"]["vocab"]
        tokenizer["model"]["vocab"] = {
            f"[none {row}]" if re.fullmatch(f"(##)?{signs}", piece) else piece: row for piece, row in vocabulary.items()
        }
        (folder / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")

    return broken


POOLING = "1_Pooling/config.json"
BREAKS: dict[str, tuple[Break, str]] = {
    "no files": (emptied, "no-model"),
    "no weights": (without("model.safetensors"), "no-model"),
    "weights cut short": (cut("model.safetensors", 5_000), "no-model"),
    "weights of zero bytes": (cut("model.safetensors", 0), "no-model"),
    "weights of a larger network": (changed("config.json", hidden_size=32), "no-model"),
    "weights of a lower network": (changed("config.json", num_hidden_layers=2), "incomplete"),
    "weights that are no numbers": (infinite, "no-vectors"),
    "no settings": (without("config.json"), "no-model"),
    "settings cut short": (cut("config.json", 40), "no-model"),
    "a network of an unknown kind": (changed("config.json", model_type="nothing"), "no-model"),
    "modules cut short": (holding("modules.json", "[{"), "no-model"),
    "no modules at all": (holding("modules.json", "[]"), "no-model or fails"),
    "modules outside the folder": (holding("modules.json", '[{"path": "../..", "type": "x.Y"}]'), "no-model"),
    "no files of a module": (without(POOLING), "no-model"),
    "an unknown way of pooling": (changed(POOLING, pooling_mode="nothing"), "no-model"),
    "no tokenizer": (without_tokenizer, "no-zh or no-model"),
    "a tokenizer of something else": (holding("tokenizer.json", '{"a": 1}'), "no-model"),
    "a tokenizer without Chinese": (deaf("zh"), "no-zh"),
    "a tokenizer without English": (deaf("en"), "no-en"),
}


@pytest.fixture
def copy(folders: dict[str, Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(folders["transformer"], tmp_path / "copy"))


@pytest.mark.parametrize("what", BREAKS)
def test_a_broken_model_is_told_and_not_used(what: str, copy: Path, capfd: Captured) -> None:
    broken, key = BREAKS[what]
    broken(copy)
    with pytest.raises(InputError) as caught:
        SentenceTransformersEncoder(copy)
    assert caught.value.message.key in [f"align.encoder.{name}" for name in key.split(" or ")]
    assert caught.value.path == str(copy)
    assert capfd.readouterr() == ("", "")


def test_weights_that_are_not_needed_may_be_missing(copy: Path, encoders: dict[str, Encoder]) -> None:
    size = (copy / "model.safetensors").stat().st_size
    reweighted(copy, lambda all_: {name: array for name, array in all_.items() if "pooler" not in name})
    assert (copy / "model.safetensors").stat().st_size < size
    found = SentenceTransformersEncoder(copy).encode(ENGLISH, all_groups(4))
    assert np.array_equal(found, encoders["transformer"].encode(ENGLISH, all_groups(4)))


class Program:
    """Makes a folder when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, (str(self.path),)


def test_weights_that_are_a_program_are_not_run(copy: Path, tmp_path: Path) -> None:
    (copy / "model.safetensors").unlink()
    (copy / "pytorch_model.bin").write_bytes(pickle.dumps({"weights": Program(tmp_path / "ran")}))
    with pytest.raises(InputError):
        SentenceTransformersEncoder(copy)
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("how", ["a module", "a network"])
def test_code_that_comes_with_a_model_is_not_run(copy: Path, tmp_path: Path, how: str) -> None:
    code = f"import os\nos.mkdir({str(tmp_path / 'ran')!r})\nclass Thing: pass\n"
    (copy / "thing.py").write_text(code, encoding="utf-8")
    if how == "a module":
        holding("modules.json", '[{"idx": 0, "name": "0", "path": "", "type": "thing.Thing"}]')(copy)
    else:
        changed("config.json", model_type="own", auto_map={"AutoConfig": "thing.Thing", "AutoModel": "thing.Thing"})(
            copy
        )
    with pytest.raises(InputError):
        SentenceTransformersEncoder(copy)
    assert not (tmp_path / "ran").exists()


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "zh.txt").write_text("".join(CHINESE), encoding="utf-8")
    (tmp_path / "en.txt").write_text(" ".join(sentence.capitalize() for sentence in ENGLISH), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("pages")
def test_the_program_aligns_with_a_model(folders: dict[str, Path], capfd: Captured) -> None:
    shutil.copytree(folders["static"], "LaBSE")
    assert main(["align", "zh.txt", "en.txt", "--encoder", "LaBSE", "--format", "jsonl"]) == 0
    out, err = capfd.readouterr()
    head, *rows = map(json.loads, out.splitlines())
    assert err == ""
    assert "|encoder:sentence-transformers/LaBSE|" in head["signature"]
    assert [len(row["source"]) for row in rows] == [len(meant) for meant in LINKS[0]]


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_program_tells_of_a_model_that_does_not_serve(
    copy: Path, language: str, capfd: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BITEXT_LANG", language)
    deaf("zh")(copy)
    assert main(["align", "zh.txt", "en.txt", "--encoder", "copy", "-o", "out.tmx"]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert not Path("out.tmx").exists()


def test_a_folder_that_is_not_there_is_told_before_anything_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(BitextError, match="There is no such folder"):
        bitext.align(CHINESE, ENGLISH, encoder=tmp_path / "none")
