"""Files without lines: places are paragraphs for people, and programs are told what the line counts."""

import json
from dataclasses import replace

import pytest
from tests.report.samples import ALIGNMENT, CHINESE, ENGLISH, GLOSSARY, UNITS, deprecated, omitted

from bitext.model.alignment import Bitext
from bitext.model.documents import SegmentedDocument
from bitext.model.findings import Item, Report
from bitext.report.json import dumps
from bitext.report.lines import Screen, plain
from bitext.report.terminal import lines
from bitext.report.words import Words, place


def worded(page: SegmentedDocument) -> SegmentedDocument:
    document = page.document
    path = document.path.replace(".html", ".docx")
    return replace(page, document=replace(document, path=path, origins=replace(document.origins, unit="paragraph")))


def report() -> Report:
    item = Item(Bitext(worded(CHINESE), worded(ENGLISH), UNITS), ALIGNMENT.signature)
    return Report((item,), (deprecated(), omitted()))


@pytest.mark.parametrize(
    ("language", "wanted"), [("en", "news/draft.en.docx: paragraph 2"), ("zh", "news/draft.en.docx: 第 2 段")]
)
def test_a_place_in_a_word_file_is_a_paragraph(language: str, wanted: str) -> None:
    page = worded(ENGLISH).document
    assert place(page, page.blocks[1].span, Words(language)) == wanted
    shown = plain(lines(report(), language, Screen(), GLOSSARY))
    assert wanted in shown
    assert "docx:2:" not in shown


def test_a_text_from_memory_has_paragraphs_without_a_path() -> None:
    page = replace(worded(ENGLISH).document, path="")
    assert place(page, page.blocks[0].span) == "paragraph 1"


def test_what_cannot_be_written_back_is_not_counted_as_fixable() -> None:
    item = Item(Bitext(CHINESE, ENGLISH, UNITS), ALIGNMENT.signature)
    assert "--fix" in plain(lines(replace(report(), items=(item,)), "en", Screen(), GLOSSARY))
    assert "--fix" not in plain(lines(report(), "en", Screen(), GLOSSARY))


def test_programs_are_told_that_lines_are_paragraphs() -> None:
    made = json.loads(dumps(report()))
    assert made["items"][0]["lines"] == {"source": "paragraph", "target": "paragraph"}
    assert made["findings"][0]["target"]["line"] == 2


def test_one_file_in_both_languages_is_named_once() -> None:
    target = replace(ENGLISH, document=replace(ENGLISH.document, path=CHINESE.document.path))
    item = Item(Bitext(CHINESE, target, UNITS), ALIGNMENT.signature)
    head = plain(lines(Report((item,), ()), "en", Screen())).splitlines()[0]
    assert head == CHINESE.document.path
