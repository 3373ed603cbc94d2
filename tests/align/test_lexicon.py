"""The lexicon, compiled as one text, equals one compiled entry by entry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from bitext.align.dictionary import parse
from bitext.align.features.lexicon import Lexicon, compile_lexicon, hash_ngrams, hash_text, hash_texts
from bitext.align.features.stems import STOPWORDS, stem

Entry = tuple[str, str, Sequence[str]]

NOISE = re.compile(r"\([^)]*\)|\[[^\]]*\]|[㐀-鿿]\S*")
NO_TRANSLATIONS = (
    "CL:", "variant of", "old variant", "see ", "also written", "used in", "erhua variant", "abbr. for",
)  # fmt: skip

definitions = st.lists(
    st.sampled_from(["to run", "school; academy", "CL:個|个[ge4]", "see 學院", "(of a ", "b) college", "two [schools"])
    | st.text(st.sampled_from("abSing ;()[]|院é\x1d-'"), max_size=20),
    max_size=4,
)
entries = st.lists(st.tuples(st.text("学校院长ab", max_size=9), st.sampled_from(["xue2", "lu:4", ""]), definitions))


def links_of(word: str, entries: Sequence[Entry]) -> dict[int, bool]:
    """The stems linked to a word, and whether one is a translation by itself."""
    out: dict[int, bool] = {}
    for other, _, definitions in entries:
        for keys in glosses(definitions) if other == word else ():
            for key in keys:
                out[key] = out.get(key, False) or len(keys) == 1
    return out


def glosses(definitions: Sequence[str]) -> Iterator[set[int]]:
    for definition in definitions:
        if definition.startswith(NO_TRANSLATIONS):
            continue
        for gloss in NOISE.sub(" ", definition).split(";"):
            words = [word.lower() for word in re.findall("[A-Za-z]+", gloss)]
            keys = {hash_text(stem(word)) for word in words if word not in STOPWORDS}
            if 1 <= len(keys) <= 4:
                yield keys


def as_links(lexicon: Lexicon) -> dict[int, list[tuple[int, bool]]]:
    bounds = lexicon.offsets.tolist()
    rows = list(zip(lexicon.stems.tolist(), lexicon.strong.tolist(), strict=True))
    spans = pairwise(bounds)
    return {word: rows[slice(*span)] for word, span in zip(lexicon.words.tolist(), spans, strict=True)}


@given(entries)
@example([])
@example([("学", "xue2", ["(open", "closed) study"]), ("学校", "", ["school"]), ("学", "xue2", ["to study"])])
def test_links_are_those_found_entry_by_entry(entries: list[Entry]) -> None:
    lexicon = compile_lexicon(entries)
    expected = {hash_text(word): links_of(word, entries) for word, _, _ in entries if 1 <= len(word) <= 8}
    assert as_links(lexicon) == {word: sorted(links.items()) for word, links in expected.items() if links}
    assert lexicon.words.tolist() == sorted(lexicon.words.tolist())
    readings = {(ord(word), hash_text(re.sub("[^a-z]", "", pinyin))) for word, pinyin, _ in entries if len(word) == 1}
    assert list(zip(lexicon.characters.tolist(), lexicon.readings.tolist(), strict=True)) == sorted(readings)


@given(st.lists(st.text(max_size=12)))
def test_hashes_do_not_depend_on_how_they_are_computed(texts: list[str]) -> None:
    assert hash_texts(texts).tolist() == [hash_text(text) for text in texts]
    for text in texts:
        codes = np.array([*map(ord, text)], dtype=np.uint64)
        for length, hashes in enumerate(hash_ngrams(codes, 3), start=1):
            starts = range(len(text) - length + 1)
            assert hashes.tolist() == [hash_text(text[start : start + length]) for start in starts]


def test_lines_that_are_no_entries_are_passed_over() -> None:
    lines = [
        "# CC-CEDICT",
        "學 学 [xue2] /to learn/to study [hard] /\r",
        "學 学 xue2 /no brackets/",
        "學 [xue2] /one word only/",
        "學 学 [xue2] /no end",
        "",
    ]
    assert list(parse(lines)) == [("学", "xue2", ["to learn", "to study [hard] "])]
