"""The functions and names of the package."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import pytest

import bitext
from bitext.model.documents import Document

ZH, EN = "深信院与腾讯签约。双方成立委员会。", "SZIIT signed with Tencent. A committee was set up."
HEAVY = ("numpy", "lxml", "click", "rich", "regex", "opencc", "pypinyin", "sentencepiece", "rjieba", "ahocorasick_rs")


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, bitext; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "bitext" in loaded
    assert not {name for name in loaded if name.split(".")[0] in HEAVY}
    assert len([name for name in loaded if name.startswith("bitext")]) <= 3


@pytest.mark.parametrize("command", [["--version"], ["--help"], ["check", "--help"]])
def test_help_loads_nothing_heavy_either(command: list[str]) -> None:
    code = f"import sys; from bitext.cli.app import main; main({command}); print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {name for name in loaded if name.split(".")[0] in set(HEAVY) - {"click"}}


def test_there_are_at_most_twenty_public_names_and_each_is_there() -> None:
    assert len(bitext.__all__) <= 20
    assert dir(bitext) == sorted(bitext.__all__)
    for name in bitext.__all__:
        assert getattr(bitext, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        cast("Any", bitext).no_such_name  # noqa: B018


def test_functions_stay_functions_when_the_packages_of_their_names_are_loaded() -> None:
    code = (
        "import bitext.align, bitext.segment, sys;"
        "from bitext.segment import segment as stage;"
        "assert callable(bitext.align) and callable(bitext.segment);"
        "assert bitext.segment is not stage and bitext.segment('一。二。', 'zh')[1].text == '二。';"
        "assert sys.modules['bitext.align'].__name__ == 'bitext.align'"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_segments_are_found_where_they_say() -> None:
    segments = bitext.segment(ZH, "zh")
    assert [segment.text for segment in segments] == ["深信院与腾讯签约。", "双方成立委员会。"]
    assert all(ZH[segment.span.start : segment.span.end] == segment.text for segment in segments)


def test_a_text_without_words_has_no_segments() -> None:
    assert bitext.segment(" \n\t", "en") == ()


def shape(alignment: bitext.Alignment) -> list[tuple[list[int], list[int]]]:
    return [(list(bead.source), list(bead.target)) for bead in alignment.beads]


def test_texts_documents_and_sentences_align_alike() -> None:
    zh = [segment.text for segment in bitext.segment(ZH, "zh")]
    en = tuple(segment.text for segment in bitext.segment(EN, "en"))
    from_texts, from_sentences = bitext.align(ZH, EN), bitext.align(zh, en)
    assert shape(from_texts) == shape(from_sentences) == [([0], [0]), ([1], [1])]
    assert shape(bitext.align(from_texts.source, from_texts.target.document)) == shape(from_texts)
    assert all(0 <= bead.confidence <= 1 for bead in from_texts.beads)


def test_sentences_given_are_not_cut_up_again() -> None:
    alignment = bitext.align([ZH], [EN], profile="fast")
    assert [segment.text for segment in alignment.source.segments] == [ZH]
    assert shape(alignment) == [([0], [0])]


def test_many_pairs_come_in_order_and_one_by_one() -> None:
    taken: list[int] = []

    def pairs() -> Any:
        for index in range(3):
            taken.append(index)
            yield [f"第{index}句。"], [f"Sentence {index}."]

    results = bitext.align_many(pairs())
    assert taken == []
    sources = [alignment.source.segments[0].text for alignment in results]
    assert sources == ["第0句。", "第1句。", "第2句。"]


EMPTY = " \n"
PAIRS: list[tuple[list[str] | str, list[str]]] = [([f"第{index}句。"], [f"Sentence {index}."]) for index in range(6)]


@pytest.mark.parametrize("bad", [[0], [2, 3], [5], list(range(6))])
def test_a_pair_that_cannot_be_aligned_leaves_the_others_in_their_places(bad: list[int]) -> None:
    pairs = [(EMPTY, pair[1]) if index in bad else pair for index, pair in enumerate(PAIRS)]
    results = list(bitext.align_many(iter(pairs), profile="fast", errors="yield"))
    assert [index for index, result in enumerate(results) if isinstance(result, bitext.InputError)] == bad
    aligned = [(n, result) for n, result in enumerate(results) if isinstance(result, bitext.Alignment)]
    assert all([segment.text for segment in one.source.segments] == PAIRS[n][0] for n, one in aligned)


def test_the_error_of_a_pair_is_raised_after_the_alignments_before_it() -> None:
    results = bitext.align_many([*PAIRS[:2], (EMPTY, EMPTY), PAIRS[2]], profile="fast")
    assert [next(results).source.segments[0].text for _ in range(2)] == ["第0句。", "第1句。"]
    with pytest.raises(bitext.InputError, match="No text") as raised:
        next(results)
    assert raised.value.__notes__ == ["This is the pair of index 2, counted from 0."]


WRONG: list[Any] = [(None, "x"), (float("nan"), ["x"]), (["甲。", None], ["x"]), "ab", (ZH,), None, 7]


@pytest.mark.parametrize("wrong", WRONG)
def test_a_pair_of_the_wrong_type_is_one_bad_row_of_many(wrong: Any) -> None:
    results = list(bitext.align_many([PAIRS[0], wrong, PAIRS[1]], profile="fast", errors="yield"))
    assert [isinstance(result, bitext.Alignment) for result in results] == [True, False, True]
    assert "Accepted: " in str(results[1])
    raising = bitext.align_many([PAIRS[0], wrong, PAIRS[1]], profile="fast")
    assert next(raising).beads
    with pytest.raises(TypeError):
        next(raising)


def test_of_long_pairs_fewer_are_taken_up(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []

    def pairs() -> Any:
        for index in range(6):
            taken.append(index)
            yield ["你好。"] * 3, ["Hello."] * 2

    monkeypatch.setattr(import_module("bitext.align"), "SEGMENTS", 10)
    results = bitext.align_many(pairs(), profile="fast")
    for expected in (2, 2, 4, 4, 6, 6):
        assert len(next(results).source.segments) == 3
        assert len(taken) == expected


@pytest.mark.parametrize("profile", ["accurate", "fast"])
def test_no_sentences_on_one_side_are_omissions_or_additions_of_the_other(profile: Any) -> None:
    assert [bead.kind for bead in bitext.align([], ["A.", "B."], profile=profile).beads] == ["0-1", "0-1"]
    assert [bead.kind for bead in bitext.align(["甲。"], [], profile=profile).beads] == ["1-0"]
    assert bitext.align([], [], profile=profile).beads == ()


def test_many_pairs_can_have_evidence_too() -> None:
    (alignment,) = bitext.align_many(PAIRS[:1], profile="fast", evidence=True)
    assert alignment.beads[0].evidence


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: bitext.segment(cast("Any", ["a"]), "en"), "of type list"),
        (lambda: bitext.align(cast("Any", 7), EN), "type int"),
        (lambda: bitext.align(cast("Any", b"bytes"), EN), "type bytes"),
        (lambda: bitext.align(cast("Any", ["a", 7]), EN), "type list"),
        (lambda: list(bitext.align_many(cast("Any", "text"))), "bare text"),
        (lambda: list(bitext.align_many(cast("Any", ["ab"]))), "not a pair: str"),
        (lambda: list(bitext.align_many(cast("Any", [(ZH, EN, EN)]))), "not a pair"),
    ],
)
def test_an_argument_of_the_wrong_type_is_named(call: Any, said: str) -> None:
    with pytest.raises(TypeError, match=said):
        call()


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: bitext.segment(EN, cast("Any", "fr")), "Accepted: zh"),
        (lambda: bitext.align(ZH, EN, "en", "en"), "same language"),
        (lambda: bitext.align(ZH, EN, profile=cast("Any", "best")), "Accepted: accurate, fast"),
        (lambda: bitext.align(ZH, " \n "), "No text"),
        (lambda: bitext.align_many([], errors=cast("Any", "ignore")), "Accepted: raise, yield"),
        (lambda: bitext.load_glossary("no-such.csv"), "no-such.csv"),
        (lambda: bitext.check("no-such.html", "en.html"), "no-such.html"),
    ],
)
def test_input_that_cannot_be_used_is_an_input_error(call: Any, said: str) -> None:
    with pytest.raises(bitext.InputError, match=said):
        call()


@pytest.fixture
def pages(tmp_path: Path) -> tuple[Path, Path, Path]:
    names = ("zh.txt", "en.txt", "terms.csv")
    rows = "concept,language,term,status,kind,note\nboard,zh,委员会,preferred,full,\nboard,en,Board,preferred,full,\n"
    for name, text in zip(names, (ZH, EN, rows), strict=True):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / names[0], tmp_path / names[1], tmp_path / names[2]


def test_a_check_takes_a_glossary_in_any_form(pages: tuple[Path, Path, Path]) -> None:
    zh, en, terms = pages
    glossary = bitext.load_glossary(terms)
    reports = [bitext.check(zh, en, given) for given in (glossary, terms, str(terms), [terms])]
    assert [finding.rule for finding in reports[0].findings] == ["term-missing"]
    assert all(report == reports[0] for report in reports)


def test_one_file_in_both_languages_a_memory_and_a_page_alone_are_checked_too(pages: tuple[Path, Path, Path]) -> None:
    zh, en, terms = pages
    both, memory = zh.with_name("both.txt"), zh.with_name("memory.tsv")
    both.write_text(f"{ZH}\n\n{EN}\n", encoding="utf-8")
    memory.write_text("zh\ten\n双方成立委员会。\tA committee was set up.\n", encoding="utf-8")
    for path in (both, memory):
        assert [finding.rule for finding in bitext.check(path, glossary=terms).findings] == ["term-missing"]
    assert bitext.check(en, glossary=terms, language="en").findings == ()
    with pytest.raises(bitext.InputError, match="not English"):
        bitext.check(zh, language="en")
    with pytest.raises(TypeError, match="Two paths were given and a language"):
        bitext.check(zh, en, language="en")


def test_a_check_without_glossary_says_so(pages: tuple[Path, Path, Path]) -> None:
    report = bitext.check(pages[0], pages[1])
    assert [note.key for note in report.items[0].notes] == ["report.notes.no-glossary"]


def test_a_check_takes_waiver_files_and_keeps_what_they_waive_apart(pages: tuple[Path, Path, Path]) -> None:
    rows = pages[2].with_name("waivers.csv")
    rows.write_text("rule,concept,reason,expires\nterm-missing,board,as agreed,2026-11-22\n", encoding="utf-8")
    for given in (rows, str(rows), [rows]):
        report = bitext.check(*pages, waivers=given, today="2026-11-22")
        assert [finding.rule for finding in report.waived] == ["term-missing"]
        assert report.findings == ()
    late = bitext.check(*pages, waivers=rows, today="2026-11-23")
    assert sorted(finding.rule for finding in late.findings) == ["term-missing", "waiver-unused"]
    assert late.waived == ()


def test_pages_the_other_way_round_are_set_right(pages: tuple[Path, Path, Path]) -> None:
    report = bitext.check(pages[1], pages[0], pages[2])
    source = report.items[0].bitext.source
    assert source is not None
    assert isinstance(source.document, Document)
    assert source.document.language == "zh"
    assert report.items[0].notes[0].key == "report.notes.swapped"
    assert report.findings == bitext.check(pages[0], pages[1], pages[2]).findings


def test_a_check_beside_an_archive_tells_where_a_page_departs_from_it(pages: tuple[Path, Path, Path]) -> None:
    zh, _, terms = pages
    terms.write_text(
        "concept,language,term,status\nboard,zh,委员会,preferred\nboard,en,board,preferred\nboard,en,committee,admitted\n",
        encoding="utf-8",
    )
    archive = zh.parent / "old"
    for n in (1, 2, 3):
        (archive / str(n)).mkdir(parents=True)
        (archive / str(n) / "zh.txt").write_text(ZH, encoding="utf-8")
        (archive / str(n) / "en.txt").write_text(EN.replace("committee", "board"), encoding="utf-8")
    assert bitext.check(*pages).findings == ()
    for given in (archive, str(archive)):
        report = bitext.check(*pages, archive=given)
        assert [(finding.rule, finding.suggestion) for finding in report.findings] == [("term-inconsistent", "board")]
        assert [item.bitext.target.document.path for item in report.archive if item.bitext.target] == [
            (archive / str(n) / "en.txt").as_posix() for n in (1, 2, 3)
        ]
        assert report.items[0].notes[-1].key == "earlier.notes.compared"
    # A pair is not held against itself.
    assert bitext.check(archive / "1" / "zh.txt", archive / "1" / "en.txt", terms, archive=archive).findings == ()
    with pytest.raises(bitext.InputError, match="no-such"):
        bitext.check(*pages, archive="no-such")
