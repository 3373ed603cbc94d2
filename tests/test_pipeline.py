"""The order of the stages: what the pipeline makes of an alignment, of the languages and of glossary files."""

from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from tests.report.samples import ALIGNMENT, CHINESE, ENGLISH, UNITS, pair

from bitext import pipeline
from bitext.align.batch import FALLBACK
from bitext.errors import InputError
from bitext.glossaries import read_glossary
from bitext.model.documents import Span
from bitext.model.findings import Item, Message
from bitext.model.glossary import Glossary
from bitext.report.words import barely_judged


def test_each_bead_becomes_one_unit_with_its_text_on_both_sides() -> None:
    units = pipeline.units(ALIGNMENT)
    assert units == UNITS
    for unit, bead in zip(units, ALIGNMENT.beads, strict=True):
        for span, side, indices in ((unit.source, CHINESE, bead.source), (unit.target, ENGLISH, bead.target)):
            assert ("" if span is None else side.document.slice(span)) == side.text(indices)


def test_segments_of_beads_more_likely_wrong_than_right_are_counted() -> None:
    assert pipeline.unjudged(ALIGNMENT) == 2
    doubtful = tuple(replace(bead, confidence=0.49) for bead in ALIGNMENT.beads)
    assert pipeline.unjudged(replace(ALIGNMENT, beads=doubtful)) == len(CHINESE.segments) + len(ENGLISH.segments)
    even = tuple(replace(bead, confidence=0.5) for bead in ALIGNMENT.beads)
    assert pipeline.unjudged(replace(ALIGNMENT, beads=even)) == 0


@pytest.mark.parametrize(("unjudged", "barely"), [(0, False), (4, False), (5, True), (9, True)])
def test_an_item_is_barely_judged_from_more_than_half_on(unjudged: int, barely: bool) -> None:
    item: Item = replace(pair().items[0], unjudged=unjudged)
    assert barely_judged(item) is barely


@pytest.fixture
def pages(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "zh.txt").write_text("双方签署了协议。\n", encoding="utf-8")
    (tmp_path / "en.txt").write_text("The two sides signed an agreement.\n", encoding="utf-8")
    return str(tmp_path / "zh.txt"), str(tmp_path / "en.txt")


def test_the_chinese_page_comes_first_whatever_the_order(pages: tuple[str, str]) -> None:
    source, target, notes = pipeline.read_pair(*pages)
    assert (source.path, target.path, notes) == (*pages, ())
    source, target, (note,) = pipeline.read_pair(*pages[::-1])
    assert (source.path, target.path) == pages
    assert dict(note.fields) == {"chinese": pages[0], "english": pages[1]}


@pytest.mark.parametrize(("index", "odd", "share"), [(0, 1, "100 %"), (1, 0, "0 %")])
def test_of_two_pages_in_one_language_the_one_that_should_be_the_other_is_named(
    index: int, odd: int, share: str, pages: tuple[str, str], tmp_path: Path
) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_bytes(Path(pages[index]).read_bytes())
    given = (pages[0], str(copy)) if index == 0 else (str(copy), pages[1])
    with pytest.raises(InputError, match=share) as caught:
        pipeline.read_pair(*given)
    assert caught.value.path == given[odd]


def test_a_page_alone_has_one_side_and_no_units(pages: tuple[str, str]) -> None:
    chinese = pipeline.check_page(pages[0], "zh", pipeline.Criteria()).items[0].bitext
    english = pipeline.check_page(pages[1], "en", pipeline.Criteria()).items[0].bitext
    assert (chinese.target, english.source) == (None, None)
    assert (chinese.units, english.units) == ((), ())
    assert english.target is not None
    assert english.target.segments[0].span == Span(0, 34)


def test_the_terms_of_a_concept_in_several_files_are_joined(tmp_path: Path) -> None:
    head = "concept,language,term,status,kind,note\n"
    (tmp_path / "a.csv").write_text(f"{head}board,zh,委员会,preferred,full,\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text(f"{head}board,en,Board,preferred,full,\n", encoding="utf-8")
    glossary = read_glossary([str(tmp_path / "a.csv"), str(tmp_path / "b.csv")])
    assert [[term.text for term in concept.terms] for concept in glossary.concepts] == [["委员会", "Board"]]


def test_pages_of_which_no_pairing_is_sure_are_barely_judged() -> None:
    item = pair().items[0]
    unsure = tuple(
        replace(unit, bead=replace(unit.bead, confidence=0.8)) for unit in item.bitext.units if unit.bead is not None
    )
    assert barely_judged(replace(item, bitext=replace(item.bitext, units=unsure)))
    assert not barely_judged(replace(item, bitext=replace(item.bitext, units=())))


def test_what_the_sentence_encoder_alone_can_tell_is_not_asked_where_it_is_missing(
    pages: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target, _ = pipeline.read_pair(*pages)
    found = pipeline.aligned(source, target, Glossary())
    asked: list[object] = []

    def nothing(*given: object) -> tuple[()]:
        asked.append(given[2])
        return ()

    for module in ("moved", "uncovered"):
        monkeypatch.setattr(import_module(f"bitext.align.{module}"), module, nothing)
    for notes in ((), (FALLBACK,)):
        monkeypatch.setattr(pipeline, "aligned", lambda *_, notes=notes: replace(found, notes=notes))
        item = pipeline.pair_item(source, target, Glossary(), "accurate")
        assert item.notes == tuple(map(Message.of, notes))
    assert asked == ["accurate", "accurate", "fast", "fast"]
