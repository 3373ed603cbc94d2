"""The verbs end to end on small pages: what is found, where it goes, and the exit code."""

import json
from importlib import resources
from pathlib import Path

import jsonschema
import pytest
from tests.cli.program import bitext

CHINESE = """\
<html><head><meta charset="utf-8"><title>腾飞班开班</title></head><body>
<div class="nav"><a href="/">首页</a><a href="/news">新闻</a></div>
<h1>腾飞班开班</h1>
<p>9月1日，腾飞班举行开班仪式。腾讯代表向四十名学生表示祝贺。</p>
<p>校长介绍了课程安排。学生们参观了新的实验室。</p>
</body></html>
"""
ENGLISH = """\
<html><head><meta charset="utf-8"><title>Ascend Class Opens</title></head><body>
<div class="nav"><a href="/">Home</a><a href="/news">News</a></div>
<h1>Ascend Class Opens</h1>
<p>On September 1, the Ascend Class held its opening. Representatives of Tencent congratulated forty students.</p>
<p>The president described the courses. The students visited the new laboratory.</p>
</body></html>
"""
GLOSSARY = """\
concept,language,term,status,kind,note
ascend-class,zh,腾飞班,preferred,full,
ascend-class,en,Ascend Class,preferred,full,
ascend-class,en,Tengfei Class,deprecated,variant,pinyin
"""
FAULTY = ENGLISH.replace("the Ascend Class held", "the Tengfei Class held")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = {"zh.html": CHINESE, "en.html": ENGLISH, "bad.html": FAULTY, "terms.csv": GLOSSARY}
    for name, text in pages.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_clean_pair_is_clean(folder: Path) -> None:
    run = bitext("check", "zh.html", "en.html", "--glossary", "terms.csv", cwd=folder)
    assert (run.code, run.err) == (0, b"")
    assert run.text.splitlines()[-1].startswith("Nothing to correct in 1 pair of pages.")


def test_a_faulty_pair_is_shown_with_both_places_and_what_to_write(folder: Path) -> None:
    run = bitext("check", "zh.html", "bad.html", "--glossary", "terms.csv", cwd=folder)
    assert (run.code, run.err) == (1, b"")
    line = FAULTY.splitlines()[3]
    assert f"bad.html:4:{line.index('Tengfei') + 1}\n" in run.text
    assert f"zh.html:4:{CHINESE.splitlines()[3].index('腾飞班') + 1}\n" in run.text
    assert "term-deprecated" in run.text
    assert "Ascend Class" in run.text
    assert "terms.csv:3" in run.text
    assert not [shown for shown in run.text.splitlines() if shown != shown.rstrip()]


def test_the_json_report_holds_to_its_schema(folder: Path) -> None:
    run = bitext("check", "zh.html", "bad.html", "--glossary", "terms.csv", "--format", "json", cwd=folder)
    schema = json.loads(resources.files("bitext.report").joinpath("schema.json").read_text("utf-8"))
    report = json.loads(run.text)
    jsonschema.Draft202012Validator(schema).validate(report)
    finding = next(finding for finding in report["findings"] if finding["rule"] == "term-deprecated")
    assert (finding["target"]["path"], finding["target"]["line"]) == ("bad.html", 4)
    assert (finding["target"]["text"], finding["suggestion"]) == ("Tengfei Class", "Ascend Class")
    assert run.code == 1


@pytest.mark.parametrize("charset", ["cp936", "ascii"])
def test_json_and_report_come_through_on_any_console(charset: str, folder: Path) -> None:
    arguments = ("check", "zh.html", "bad.html", "--glossary", "terms.csv")
    env = {"PYTHONIOENCODING": charset}
    assert json.loads(bitext(*arguments, "--format", "json", cwd=folder, env=env).out.decode("ascii"))["findings"]
    shown = bitext(*arguments, cwd=folder, env=env)
    assert shown.code == 1
    assert "Tengfei Class" in shown.out.decode(charset)
    assert ("腾飞班" if charset == "cp936" else "\\u817e\\u98de\\u73ed") in shown.out.decode(charset)


@pytest.mark.parametrize(("level", "code"), [("error", 1), ("warning", 1), ("never", 0)])
def test_the_failing_level_is_the_users(level: str, code: int, folder: Path) -> None:
    run = bitext("check", "zh.html", "bad.html", "--glossary", "terms.csv", "--fail-on", level, cwd=folder)
    assert run.code == code
    assert "term-deprecated" in run.text


def test_pages_the_other_way_round_are_set_right_and_said(folder: Path) -> None:
    right = bitext("check", "zh.html", "bad.html", "--glossary", "terms.csv", cwd=folder)
    swapped = bitext("check", "bad.html", "zh.html", "--glossary", "terms.csv", cwd=folder)
    assert "look swapped; read zh.html as Chinese and bad.html as English" in " ".join(swapped.text.split())
    assert swapped.code == 1
    assert swapped.text.split("\n\n", 1)[1] == right.text.split("\n\n", 1)[1]


def test_the_glossaries_of_the_folder_are_used_and_said(folder: Path) -> None:
    (folder / "glossaries").mkdir()
    (folder / "terms.csv").rename(folder / "glossaries" / "terms.csv")
    run = bitext("check", "zh.html", "bad.html", cwd=folder)
    assert run.code == 1
    assert "glossaries/terms.csv, found in this folder" in run.text


def test_a_check_without_glossary_says_that_terms_are_not_checked(folder: Path) -> None:
    run = bitext("check", "zh.html", "bad.html", cwd=folder)
    assert run.code == 0
    assert "no terms were checked" in " ".join(run.text.split())


def test_a_page_alone_is_checked_for_its_terms(folder: Path) -> None:
    run = bitext("check", "--language", "en", "bad.html", "--glossary", "terms.csv", cwd=folder)
    assert run.code == 1
    assert "term-deprecated" in run.text
    assert bitext("check", "--language", "zh", "zh.html", "--glossary", "terms.csv", cwd=folder).code == 0


def test_reports_are_in_chinese_too(folder: Path) -> None:
    run = bitext("check", "zh.html", "bad.html", "--glossary", "terms.csv", cwd=folder, env={"BITEXT_LANG": "zh"})
    assert "错误  term-deprecated" in run.text


@pytest.mark.parametrize("arguments", [("check", "zh.html", "bad.html"), ("align", "zh.html", "en.html")])
def test_two_runs_say_the_same(arguments: tuple[str, ...], folder: Path) -> None:
    first, second = (bitext(*arguments, cwd=folder, env={"PYTHONHASHSEED": seed}) for seed in "12")
    assert first.out == second.out


def test_two_pages_that_have_nothing_in_common_are_not_clean(folder: Path) -> None:
    weather = (
        "The rain will reach the coast on Sunday. Farmers hope for a dry week. Ferries may be late. Roads are wet."
    )
    (folder / "other.txt").write_text(weather, encoding="utf-8")
    assert bitext("check", "zh.html", "other.txt", "--glossary", "terms.csv", cwd=folder).code == 1


def test_alignments_are_rows(folder: Path) -> None:
    table = [row.split("\t") for row in bitext("align", "zh.html", "en.html", cwd=folder).text.splitlines()]
    assert table[0] == ["confidence", "source_segments", "target_segments", "source", "target"]
    assert ["腾飞班开班", "Ascend Class Opens"] in [row[3:] for row in table]
    assert ["校长介绍了课程安排。", "The president described the courses."] in [row[3:] for row in table]


def test_an_alignment_in_a_file_is_the_one_on_the_screen(folder: Path) -> None:
    arguments = ("align", "zh.html", "en.html", "--format", "jsonl")
    shown = bitext(*arguments, cwd=folder)
    written = bitext(*arguments, "-o", "out.jsonl", cwd=folder, env={"PYTHONIOENCODING": "ascii"})
    assert written.out == b""
    assert (folder / "out.jsonl").read_bytes() == shown.out
    head, *beads = map(json.loads, shown.text.splitlines())
    assert (head["format"], head["version"], head["source"]) == ("bitext-alignment", 1, "zh.html")
    assert all(0 <= bead["confidence"] <= 1 for bead in beads)


def test_the_fast_profile_is_another_alignment_of_the_same_segments(folder: Path) -> None:
    heads, rows = [], []
    for profile in ("accurate", "fast"):
        run = bitext("align", "zh.html", "en.html", "--format", "jsonl", "--profile", profile, cwd=folder)
        head, *beads = map(json.loads, run.text.splitlines())
        heads.append(head["signature"])
        rows.append([text for bead in beads for text in bead["source"]])
    assert heads[0] != heads[1]
    assert rows[0] == rows[1]


def test_segments_are_rows_with_their_places(folder: Path) -> None:
    rows = [row.split("\t") for row in bitext("segment", "zh.html", cwd=folder).text.splitlines()]
    assert rows[0] == ["line", "column", "kind", "text"]
    assert rows[1] == ["3", "5", "title", "腾飞班开班"]
    lines = CHINESE.splitlines()
    for line, column, _, text in rows[1:]:
        assert lines[int(line) - 1][int(column) - 1 :].startswith(text)


def test_the_language_of_a_page_can_be_given(folder: Path) -> None:
    (folder / "short.txt").write_text("OK 好。Bye.\n", encoding="utf-8")
    assert bitext("segment", "short.txt", "--language", "zh", cwd=folder).code == 0
