"""Waiver files: what a row says, and where what is wrong stands."""

import pytest

from bitext.errors import InputError
from bitext.formats.waiver_files import parse
from bitext.model.findings import ListedWaiver

HEAD = "rule,concept,text,page,reason,author,expires\n"


def test_a_row_says_what_it_waives_and_why() -> None:
    data = f"{HEAD}term-missing,ascend-class,腾飞班,news/*.html,the client asked,Li,2026-12-31\n".encode()
    assert parse(data, "w.csv") == (
        ListedWaiver(
            "term-missing", "ascend-class", "腾飞班", "news/*.html", "the client asked", "Li", "2026-12-31", "w.csv", 2
        ),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_columns_may_be_chinese_in_any_order_and_encoding(encoding: str) -> None:
    data = "理由；规则；概念；备注\r\n客户要求这样写，保留原来的译法；term-missing；腾飞班；随便\r\n".encode(encoding)
    (row,) = parse(data, "w.csv")
    assert (row.rule, row.concept, row.reason) == ("term-missing", "腾飞班", "客户要求这样写，保留原来的译法")


def test_a_pattern_that_names_nothing_is_none() -> None:
    (row,) = parse(f"{HEAD}term-missing,a,,.,why,,\n".encode(), "w.csv")
    assert row.page == ""


def test_a_file_without_rows_waives_nothing() -> None:
    assert parse(HEAD.encode(), "w.csv") == ()


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("rule,concept\n", (1, 1), "The column reason is missing."),
        (f"{HEAD},ascend-class,,,why,,\n", (2, 1), "The rule is empty."),
        (f"{HEAD}term-missing,,,,why,,\n", (2, 1), "does not say what of term-missing it waives"),
        (f"{HEAD}term-missing,,,.,why,,\n", (2, 1), "does not say what of term-missing it waives"),
        (f"{HEAD}term-missing,a,,,why,,31.12.2026\n", (2, 23), '"31.12.2026" is no date.'),
        (f"{HEAD}term-missing,a,,,why,,2026-13-01\n", (2, 23), '"2026-13-01" is no date.'),
        (f"{HEAD}term-missing,a,,,why, really,me,,x\n", (2, 33), "The row has 9 fields"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, place: tuple[int, int], said: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(text.encode(), "w.csv")
    assert (caught.value.line, caught.value.column) == place
    assert said in str(caught.value)
    assert caught.value.frame
