"""What is read of a whole text at once is what a regular expression finds segment by segment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.growth import assert_near_linear

from bitext.align.features import numbers
from bitext.align.features.facts import CLAUSE, COLON, ELLIPSIS, EXCLAMATION, NONE, QUESTION, STOP, facts
from bitext.align.features.lexicon import compile_lexicon, hash_text
from bitext.align.features.names import name_channel
from bitext.align.features.numbers import number_channel
from bitext.align.features.stems import STOPWORDS, stem
from bitext.align.features.text import chinese_words, english_words, joined, tokens
from bitext.align.sides import Side, Sides
from bitext.text.normal import folded, normalise

WORDS = (
    "Wang Li", "McDonald", "well-known", "U.S.", "3d", "covid-19", "the", "someone", "twenty-first", "two", "1,200.5",
    "3 million", "5th", "May", "don't", "\0", "\n", "\x01", "\x85", " ", "?", "!", "...", "…", "“", "”", '"', "é", "٣",
    "ınan", "ＡＢ", "-", ".", ",", "—", ":", ")", "王", "李", "王力", "深圳", "三十二", "亿", "2万", "，", "。", "？",
    "」",
)  # fmt: skip
texts = st.lists(st.lists(st.sampled_from(WORDS) | st.text(max_size=3), max_size=6).map("".join), max_size=5)
LEXICON = compile_lexicon(
    [
        ("王", "Wang2", ["king"]),
        ("李", "Li3", ["plum"]),
        ("力", "li4", ["power"]),
        ("王力", "", ["Wang Li"]),
        ("深圳", "", ["Shenzhen"]),
        ("好", "hao3", ["well"]),
        ("内", "nei4", ["inside"]),
        ("美", "mei3", ["US"]),
    ]
)


def side(rows: Sequence[str]) -> Side:
    zeros = np.zeros(len(rows), dtype=np.int64)
    return Side(tuple(rows), zeros, zeros, np.array([len(rows)]), zeros)


def sides(source: Sequence[str], target: Sequence[str]) -> Sides:
    return Sides(side(source), side(target))


@given(texts)
def test_folding_alone_is_folding_with_a_way_back(rows: list[str]) -> None:
    assert [folded(row) for row in rows] == [normalise(row).text for row in rows]


@given(texts)
@example(["a.b-c", "-a", "", "x.", "\0a"])
def test_latin_strings_are_those_of_each_segment(rows: list[str]) -> None:
    found = tokens(tuple(rows))
    pattern = re.compile(r"[a-z][a-z0-9]*(?:[.\-][a-z0-9]+)*")
    expected = [(place, word) for place, row in enumerate(rows) for word in pattern.findall(row.lower())]
    words = [found.distinct[number] for number in found.number.tolist()]
    assert list(zip(found.segment.tolist(), words, strict=True)) == expected


@given(texts)
def test_content_words_are_those_of_each_segment(rows: list[str]) -> None:
    found = english_words(tuple(rows))
    words = [(n, word) for n, row in enumerate(rows) for word in re.findall("[a-z]+", row.lower())]
    expected = [(n, hash_text(stem(word))) for n, word in words if len(word) > 1 and word not in STOPWORDS]
    assert list(zip(found.segment.tolist(), found.keys[found.number].tolist(), strict=True)) == expected


@given(texts)
def test_chinese_words_are_the_longest_from_left_to_right(rows: list[str]) -> None:
    found = chinese_words(joined(tuple(rows)), LEXICON)
    expected = [(n, hash_text(word)) for n, row in enumerate(rows) for word in longest(normalise(row).text)]
    assert list(zip(found.segment.tolist(), found.key.tolist(), strict=True)) == expected


def longest(text: str) -> Iterator[str]:
    known = {"王", "李", "力", "王力", "深圳", "好", "内", "美"}
    place = 0
    while place < len(text):
        size = next((size for size in range(8, 0, -1) if text[place : place + size] in known), 0)
        if size:
            yield text[place : place + size]
        place += size or 1


READINGS = {"王": "wang", "李": "li", "力": "li", "好": "hao", "内": "nei", "美": "mei"}


NAMED = (
    "Wang",
    "Wang Li",
    "Li",
    "Lili",
    "Wanglili",
    "Haoneimei",
    "Haoneimeili",
    "Limei met Wang Haoli",
    "He's Li’s",
    "",
)


@given(st.lists(st.text("王李力好内美深 \n", max_size=7), max_size=4), st.lists(st.sampled_from(NAMED), max_size=4))
def test_names_are_found_wherever_characters_are_read_so(source: list[str], target: list[str]) -> None:
    channel = name_channel(sides(source, target), LEXICON)
    names = [
        (n, word)
        for n, row in enumerate(target)
        for match in re.findall("[A-Z][a-z]+(?:['’-][a-z]+)?", row)
        if len(word := re.sub("[^a-z]", "", match.lower())) > 1 and word not in STOPWORDS
    ]
    assert channel.target.segment.tolist() == [n for n, _ in names]
    of_key = dict(zip(channel.target.key.tolist(), [word for _, word in names], strict=True))
    read = sorted(
        (n, start, word)
        for n, row in enumerate(source)
        for word in {word for _, word in names}
        for start in range(len(row))
        for size in (1, 2, 3)
        if all(c in READINGS for c in row[start : start + size]) and size <= len(row) - start
        if "".join(READINGS[c] for c in row[start : start + size]) == word
    )
    found = zip(channel.source.segment.tolist(), channel.source.key.tolist(), strict=True)
    assert sorted((n, of_key[key]) for n, key in found) == sorted((n, word) for n, _, word in read)
    assert {(of_key[a], of_key[b]) for a, b in channel.links.tolist()} == {(word, word) for _, _, word in read}


@pytest.mark.parametrize(
    ("chinese", "english", "equal"),
    [
        ("2万", "20 thousand", True),
        ("三十二", "thirty 2 and 32nd", True),
        ("5月", "in May", True),
        ("1,200.5亿", "someone", False),
        ("1", "someone", True),
        ("一百", "3d 100x", False),
        ("3", "3\0million", True),
    ],
)
def test_numbers_of_both_sides_are_equal_by_value(chinese: str, english: str, equal: bool) -> None:
    channel = number_channel(sides([chinese, "无"], ["none", english]))
    assert bool(len(channel.links)) is equal
    if equal:
        assert 0 in channel.source.segment
        assert 1 in channel.target.segment


def test_a_number_does_not_go_on_in_the_next_segment() -> None:
    channel = number_channel(sides(["3", "3000000"], ["it was 3", "million"]))
    linked = {channel.source.segment[channel.source.key == key][0] for key, _ in channel.links.tolist()}
    assert linked == {0}


@given(texts, texts)
def test_facts_are_those_that_each_segment_has(source: list[str], target: list[str]) -> None:
    chinese, english = facts(sides(source, target), LEXICON)
    assert english.words.tolist() == [len(re.findall(r"[A-Za-z']+|\d+", row)) + 0.5 for row in target]
    assert chinese.words.tolist() == [len(list(longest(normalise(row).text))) + 0.5 for row in source]
    assert chinese.clauses.tolist() == [len(re.findall("[，、；：。！？…]", row)) + 0.5 for row in source]
    assert english.clauses.tolist() == [len(re.findall("[,;:.!?—]", row)) + 0.5 for row in target]
    for found, rows in ((chinese, source), (english, target)):
        assert found.letters.tolist() == [len(row.replace(" ", "")) for row in rows]
        assert found.marks[1].tolist() == [len(re.findall("[?？]", row)) for row in rows]
        assert found.marks[2].tolist() == [len(re.findall("[!！]", row)) for row in rows]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("好。", STOP),
        ("Yes.”", STOP),
        ("好？」 ", QUESTION),
        ("No!)", EXCLAMATION),
        ("等……", ELLIPSIS),
        ("wait...", ELLIPSIS),
        ("注：", COLON),
        ("first,", CLAUSE),
        ("no end", NONE),
        ("", NONE),
        ("?" + "a" * 12, NONE),
    ],
)
def test_how_a_segment_ends(text: str, end: int) -> None:
    _, english = facts(sides([], [text]), LEXICON)
    assert english.marks[0].tolist() == [end]


FIGURES = ("1", "20", "٣", ",", ".", "x", "th", " ", "-", "million", "万", "one", "三十", "_")


@given(st.lists(st.sampled_from(FIGURES), max_size=9).map("".join))
@example("1,234kg 12.5kg 1,,2.5th")
def test_figures_that_are_taken_whole_are_those_that_a_plain_pattern_finds(text: str) -> None:
    for pattern in (numbers._ENGLISH, numbers._CHINESE):
        plain = re.compile(pattern.pattern.replace(numbers._FIGURE, r"\d[\d,]*(?:\.\d+)?"))
        assert plain.pattern != pattern.pattern
        found, expected = (
            [[group.replace(",", "") for group in row] for row in one.findall(text)] for one in (pattern, plain)
        )
        assert found == expected


@pytest.mark.parametrize("text", ["{}x", "{} million x", "0.{}x", "{},x"])
def test_figures_without_end_are_read_soon(text: str) -> None:
    def read(count: int) -> None:
        number_channel(sides([text.format("1" * count)], [text.format("1" * count)]))

    assert_near_linear(read, 60_000)


@pytest.mark.parametrize(("chinese", "english"), [("{}万", "{} million"), ("{}", "{}"), ("0.{}", "0.{}")])
def test_a_number_of_a_million_figures_is_one(chinese: str, english: str) -> None:
    figures = "1" * 1_000_010
    channel = number_channel(sides([chinese.format(figures), "2万"], [english.format(figures), "20 thousand"]))
    assert {0, 1} == set(channel.source.segment.tolist()) == set(channel.target.segment.tolist())
