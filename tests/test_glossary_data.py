"""The institution's glossary is well formed, complete in both languages and free of contradictions."""

import csv
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

PATH = Path(__file__).parents[1] / "glossaries" / "sziit.csv"
COLUMNS = ["concept", "language", "term", "status", "kind", "note"]
STATUSES = {"preferred", "admitted", "deprecated", "superseded"}
KINDS = {"full", "short", "acronym", "variant"}
Row = dict[str, str]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    with PATH.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        assert reader.fieldnames == COLUMNS
        return list(reader)


def test_the_file_is_utf8_without_mark_and_with_lf() -> None:
    data = PATH.read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert data.endswith(b"\n")


def test_each_row_has_six_trimmed_cells_of_known_values(rows: list[Row]) -> None:
    for row in rows:
        assert list(row) == COLUMNS
        assert all(value == value.strip() for value in row.values()), row
        assert row["language"] in {"zh", "en"}, row
        assert row["status"] in STATUSES, row
        assert row["kind"] in KINDS, row


def test_no_cell_begins_as_a_formula(rows: list[Row]) -> None:
    assert not [row for row in rows for value in row.values() if value[:1] in tuple("=+-@")]


def test_concepts_are_sorted_and_at_least_a_hundred(rows: list[Row]) -> None:
    ids = [row["concept"] for row in rows]
    assert all(first <= second for first, second in pairwise(ids))
    assert len(set(ids)) >= 100


def test_each_concept_has_one_preferred_full_term_per_language(rows: list[Row]) -> None:
    preferred: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row["status"] == "preferred":
            preferred[row["concept"], row["language"]].append(row)
    assert set(preferred) == {(row["concept"], language) for row in rows for language in ("zh", "en")}
    assert all(len(found) == 1 and found[0]["kind"] == "full" for found in preferred.values())


def test_no_term_stands_twice_in_a_concept(rows: list[Row]) -> None:
    keys = [(row["concept"], row["language"], row["term"].casefold()) for row in rows]
    assert len(keys) == len(set(keys))


def test_no_term_is_licensed_in_one_place_and_deprecated_in_another(rows: list[Row]) -> None:
    names: dict[bool, set[tuple[str, str]]] = {True: set(), False: set()}
    for row in rows:
        names[row["status"] in {"preferred", "admitted"}].add((row["language"], row["term"].casefold()))
    assert not names[True] & names[False]


def test_chinese_terms_have_at_least_two_characters(rows: list[Row]) -> None:
    assert not [row for row in rows if row["language"] == "zh" and len(row["term"]) < 2]
