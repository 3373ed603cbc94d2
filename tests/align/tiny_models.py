"""Real sentence-transformers models of a few kilobytes, made on the spot: nothing is downloaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.,!?。，！？"
UNKNOWN = "[UNK]"
HAN = "昨天下雨公司盈利双方签约甲乙丙丁戊己庚辛"


def transformer(folder: Path, dimension: int = 16, module: str = "") -> Path:
    """A transformer of one layer with random weights over single characters, and the mean of its vectors.

    `module` names one more module ("Dense") that the vectors go through.
    """
    transformers = import_module("transformers")
    (folder / "bert").mkdir(parents=True)
    pieces = ["[PAD]", UNKNOWN, "[CLS]", "[SEP]", "[MASK]", *LETTERS, *(f"##{sign}" for sign in LETTERS), *HAN]
    (folder / "bert" / "vocab.txt").write_text("\n".join(pieces), encoding="utf-8")
    config = transformers.BertConfig(
        vocab_size=len(pieces), hidden_size=dimension, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=64,
    )  # fmt: skip
    import_module("torch").manual_seed(3)
    transformers.BertModel(config).save_pretrained(folder / "bert")
    transformers.BertTokenizer(str(folder / "bert" / "vocab.txt")).save_pretrained(folder / "bert")
    modules = _modules()
    parts = [modules.Transformer(str(folder / "bert")), modules.Pooling(dimension)]
    if module:
        parts.append(getattr(modules, module)(dimension, dimension))
    return _saved(parts, folder)


def static(folder: Path, words: Mapping[str, Sequence[float]]) -> Path:
    """A table of the vectors of `words` (Chinese characters, Latin words); a text has the mean of its words'.

    Other letters and digits have small random vectors of their own; a text of nothing else has a vector of zeros.
    """
    tokenizers = import_module("tokenizers")
    folder.mkdir(parents=True)
    dimension = len(next(iter(words.values())))
    others = [sign for sign in LETTERS + HAN if sign not in words]
    noise = np.random.default_rng(5).normal(0, 0.1, (len(others) + 1, dimension))
    table = np.concatenate([noise, np.array(list(words.values()))]).astype(np.float32)
    vocabulary = {word: row for row, word in enumerate([UNKNOWN, *others, *words])}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token=UNKNOWN))
    longer = [word for word in words if len(word) > 1]
    pattern = tokenizers.Regex("|".join([*longer, r"\p{Han}", "[a-z0-9]"]))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Sequence(
        [
            tokenizers.pre_tokenizers.Split(pattern, "removed", invert=True),
            tokenizers.pre_tokenizers.Split(pattern, "isolated"),
        ]
    )
    return _saved([_modules().StaticEmbedding(tokenizer, embedding_weights=table)], folder)


def _modules() -> Any:
    """The module that holds the parts of models; releases before the sixth have it elsewhere."""
    try:
        return import_module("sentence_transformers.sentence_transformer.modules")
    except ModuleNotFoundError:
        return import_module("sentence_transformers.models")


def _saved(parts: list[Any], folder: Path) -> Path:
    library = import_module("sentence_transformers")
    library.SentenceTransformer(modules=parts, device="cpu").save(str(folder / "model"), create_model_card=False)
    return folder / "model"
