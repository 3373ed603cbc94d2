"""Passages that a page marks as being in the other language."""

import pytest
from tests.formats.test_positions import assert_laws

from bitext.formats.detect import read_document
from bitext.formats.documents.interleaved import part
from bitext.model.documents import Document, Language

ENGLISH = "<p>The two sides signed an agreement on Wednesday.</p><p>It is for five years.</p>"
CHINESE = "<p>双方于周三签署了协议，为期五年，共建实训基地。</p>"


def texts(document: Document) -> list[str]:
    return [document.slice(block.span) for block in document.blocks]


def read(source: str, language: Language | None = None) -> Document:
    document = read_document(source.encode(), "a.html", language)
    assert_laws(document, source)
    return document


@pytest.mark.parametrize("language", ["en", None])
def test_a_passage_in_the_other_language_is_left_out(language: Language | None) -> None:
    source = f'{ENGLISH}<blockquote lang="zh-Hans"><p>协议全文如下。</p></blockquote><p>Last &amp; least.</p>'
    document = read(source, language)
    assert texts(document) == [
        "The two sides signed an agreement on Wednesday.",
        "It is for five years.",
        "Last & least.",
    ]


def test_words_of_the_other_language_inside_a_passage_stay() -> None:
    assert texts(read('<p>The class is called <i lang="zh">腾飞班</i> here.</p>')) == [
        "The class is called 腾飞班 here."
    ]


@pytest.mark.parametrize(
    "start", ["<html lang=en><body>", "<html><body lang=en-US>", "<html lang=zh><body><div lang=en>"]
)
def test_a_language_that_the_letters_belie_counts_for_nothing(start: str) -> None:
    assert len(read(start + CHINESE * 3).blocks) == 3


def test_the_language_of_a_passage_ends_with_its_element() -> None:
    source = '<div lang="zh">协议全文。<p lang="en">English words.</p>又一句中文。</div><p>No scope.</p>'
    document = read_document(source.encode(), "a.html", "en", both=True)
    assert [block.language for block in document.blocks] == ["zh", "en", "zh", None]


def test_a_page_of_both_languages_is_parted_by_its_scopes() -> None:
    source = f'<div lang="zh">{CHINESE}<p>CCTV、FAST、OK！中。</p></div><div lang="en">{ENGLISH}</div>'
    parted = part(read_document(source.encode(), "a.html", "en", both=True))
    assert texts(parted.source)[-1] == "CCTV、FAST、OK！中。"
    assert len(parted.target.blocks) == 2


def test_only_the_page_of_one_language_is_read_where_both_stand_side_by_side() -> None:
    source = "".join(f'<p lang="en">Sentence {n} here.</p><p lang="zh">这里是第{n}句话。</p>' for n in range(5))
    assert len(read(source, "en").blocks) == len(read(source, "zh").blocks) == 5
    assert all("Sentence" in text for text in texts(read(source, "en")))
    assert not any("Sentence" in text for text in texts(read(source, "zh")))
