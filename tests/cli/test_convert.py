"""bitext convert, align -o and check on bitext files: what is written, what is told, and nothing left half done."""

from __future__ import annotations

import csv
import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.cli.program import bitext, environment

from bitext.cli import progress
from bitext.cli.app import main

SHEET = "编号\t原文\t译文\n1\t腾飞班举行开班仪式。\tThe Tengfei Class held its opening ceremony.\n2\t双方签约。\t\n"
TMX = """<?xml version="1.0"?>
<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en"
 srclang="zh-CN" datatype="html"/><body>
<tu tuid="a"><note>said twice</note><prop type="domain">news</prop>
<tuv xml:lang="zh-CN"><seg>腾飞班<bpt i="1">&lt;b&gt;</bpt>开班<ept i="1">&lt;/b&gt;</ept>。</seg></tuv>
<tuv xml:lang="en-US"><seg>The Tengfei Class&#10;opens.</seg></tuv></tu>
</body></tmx>
"""
GLOSSARY = """concept,language,term,status,kind,note
ascend-class,zh,腾飞班,preferred,full,
ascend-class,en,Ascend Class,preferred,full,
ascend-class,en,Tengfei Class,deprecated,variant,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sheet.tsv").write_text(SHEET, encoding="utf-8")
    (tmp_path / "memory.tmx").write_text(TMX, encoding="utf-8")
    (tmp_path / "terms.csv").write_text(GLOSSARY, encoding="utf-8")
    return tmp_path


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_what_a_format_cannot_hold_is_told(folder: Path) -> None:
    run = bitext("convert", "memory.tmx", "out.csv", cwd=folder)
    assert (run.code, run.out) == (0, b"")
    assert run.complaint.splitlines() == [
        "note: CSV holds no inline codes: they were left out of 1 unit.",
        "note: CSV holds no properties of units: they were left out of 1 unit.",
        "note: CSV holds no header: what the file says of itself was left out.",
        "1 unit written to out.csv.",
    ]
    with (folder / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [
            ["id", "zh-CN", "en-US", "state", "confidence", "notes"],
            ["a", "腾飞班开班。", "The Tengfei Class\nopens.", "", "", "said twice"],
        ]


def test_nothing_is_lost_on_the_way_through_what_holds_all(folder: Path) -> None:
    for source, target in (
        ("memory.tmx", "a.jsonl"),
        ("a.jsonl", "b.parquet"),
        ("b.parquet", "c.tmx"),
        ("c.tmx", "d.jsonl"),
    ):
        run = bitext("convert", source, target, cwd=folder)
        assert (run.code, run.complaint) == (0, f"1 unit written to {target}.\n")
    assert (folder / "a.jsonl").read_bytes() == (folder / "d.jsonl").read_bytes()


def test_a_pair_of_plain_files_goes_both_ways(folder: Path) -> None:
    assert bitext("convert", "--to", "moses", "sheet.tsv", "c.zh", "c.en", cwd=folder).code == 0
    assert (folder / "c.zh").read_text(encoding="utf-8") == "腾飞班举行开班仪式。\n双方签约。\n"
    assert (folder / "c.en").read_text(encoding="utf-8") == "The Tengfei Class held its opening ceremony.\n\n"
    assert bitext("convert", "--from", "moses", "c.zh", "c.en", "again.tsv", cwd=folder).code == 0
    assert (folder / "again.tsv").read_text(encoding="utf-8").splitlines()[0].split("\t")[:3] == ["id", "zh", "en"]
    with (folder / "c.en").open("a", encoding="utf-8") as file:
        file.write("more\n")
    before = names(folder)
    run = bitext("convert", "--from", "moses", "c.zh", "c.en", "third.tsv", cwd=folder)
    assert (run.code, run.complaint.startswith("error: c.zh: This file has 2 lines")) == (2, True)
    assert names(folder) == before


REFUSED = {
    "one path": (("sheet.tsv",), "needs an input and an output, 1 given"),
    "no such file": (("shet.tsv", "a.tmx"), "Did you mean sheet.tsv?"),
    "an unknown suffix": (("sheet.tsv", "a.docx"), "Files that end in .docx are not known"),
    "a page": (("terms.txt", "a.tmx"), "There is no such file"),
    "a format of one tool": (("sheet.tsv", "a.sdlxliff"), ".sdlxliff files are not made anew"),
    "the same file": (("sheet.tsv", "./sheet.tsv"), "the same file"),
    "a folder": (("sheet.tsv", "no/such/a.tmx"), "cannot be written"),
    "not what its suffix says": (("--from", "tmx", "sheet.tsv", "a.tsv"), "sheet.tsv:1:1"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_converted_is_told_and_nothing_is_written(name: str, folder: Path) -> None:
    arguments, said = REFUSED[name]
    before = names(folder)
    run = bitext("convert", *arguments, cwd=folder)
    assert (run.code, run.out) == (2, b"")
    assert said in run.complaint
    assert "Traceback" not in run.complaint
    assert names(folder) == before
    assert (folder / "sheet.tsv").read_text(encoding="utf-8") == SHEET


def test_a_mistake_late_in_the_file_leaves_what_was_there(folder: Path) -> None:
    (folder / "bad.csv").write_text("zh,en\n" + "你好,Hello\n" * 20_000 + "a,b,c\n", encoding="utf-8")
    (folder / "out.tmx").write_text("old", encoding="utf-8")
    run = bitext("convert", "bad.csv", "out.tmx", cwd=folder)
    assert (run.code, "bad.csv:20002:1:" in run.complaint) == (2, True)
    assert (folder / "out.tmx").read_text(encoding="utf-8") == "old"
    assert not [name for name in names(folder) if name.endswith(".part")]


@pytest.fixture
def interruptible() -> None:
    """A shell that starts tests in the background has them ignore ^C, and their children too."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
def test_an_interrupted_run_shows_progress_and_leaves_nothing_behind(folder: Path) -> None:
    with (folder / "big.tsv").open("w", encoding="utf-8") as file:
        file.writelines(f"{n}\t学校举行了开学典礼。\tThe school held its opening ceremony.\n" for n in range(700_000))
    before = names(folder)
    leader, follower = os.openpty()
    command = [sys.executable, "-m", "bitext", "convert", "big.tsv", "out.tmx"]
    process = subprocess.Popen(command, cwd=folder, env=environment(TERM="xterm"), stderr=follower)
    os.close(follower)
    seen = b""
    deadline = time.monotonic() + 60
    while b"Converting" not in seen and time.monotonic() < deadline:
        if select.select([leader], [], [], 1)[0]:
            seen += os.read(leader, 4096)
    process.send_signal(signal.SIGINT)
    while select.select([leader], [], [], 5)[0]:
        try:
            seen += os.read(leader, 4096)
        except OSError:
            break
    assert process.wait(30) == 130
    os.close(leader)
    assert b"Converting" in seen
    assert b"Interrupted." in seen
    assert names(folder) == before


def test_short_work_shows_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.bar("Converting", 10) as told:
        told(5)
    assert capsys.readouterr() == ("", "")


def test_the_units_of_a_file_are_checked_at_their_places(folder: Path) -> None:
    run = bitext("check", "sheet.tsv", "--glossary", "terms.csv", cwd=folder)
    assert run.code == 1
    assert "en  sheet.tsv:2:18" in run.text
    assert "Write “Ascend Class”." in run.text
    assert "1 unit of 2 has no translation and was not judged: 3:3" in run.text
    run = bitext("check", "memory.tmx", "--glossary", "terms.csv", "--format", "json", cwd=folder)
    found = json.loads(run.text)["findings"]
    assert [(row["rule"], row["target"]["line"], row["target"]["column"]) for row in found][:1] == [
        ("term-deprecated", 6, 1 + len('<tuv xml:lang="en-US"><seg>The '))
    ]


def test_other_languages_are_refused_for_files_of_units(folder: Path) -> None:
    (folder / "fr.tmx").write_text(TMX.replace("en-US", "fr-FR"), encoding="utf-8")
    run = bitext("check", "fr.tmx", cwd=folder)
    assert (run.code, "This file pairs zh-CN with fr-FR." in run.complaint) == (2, True)


LOCKED = """<?xml version="1.0"?><xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:mq="MQXliff">
<file original="a" source-language="zh-CN" target-language="en-US" datatype="plaintext"><body>
<trans-unit id="1"><source>腾飞班开班。</source><target>The Tengfei Class &amp; all.</target></trans-unit>
<trans-unit id="2" mq:locked="locked"><source>腾飞班</source><target>Tengfei Class</target></trans-unit>
</body></file></xliff>
"""


@pytest.mark.parametrize("name", ["a.mqxliff", "a.tsv", "a.jsonl"])
def test_a_fix_changes_the_translation_alone_and_only_where_it_may(name: str, folder: Path) -> None:
    rows = {
        "a.mqxliff": LOCKED,
        "a.tsv": 'zh\ten\r\n腾飞班开班。\t"The Tengfei Class ""opens""."\r\n',
        "a.jsonl": '{"source": ["腾飞班开班。"], "target": ["The Tengfei Class \\u0026 all."]}\n',
    }
    before = rows[name].encode()
    (folder / name).write_bytes(before)
    run = bitext("check", name, "--glossary", "terms.csv", "--fix", cwd=folder)
    assert run.code == (1 if name == "a.mqxliff" else 0)
    assert (folder / name).read_bytes() == before.replace(b"Tengfei Class", b"Ascend Class", 1)


def test_a_source_is_never_fixed(folder: Path) -> None:
    data = "en\tzh\nThe Tengfei Class opens.\t腾飞班开班。\n".encode()
    (folder / "a.tsv").write_bytes(data)
    run = bitext("check", "a.tsv", "--glossary", "terms.csv", "--fix", cwd=folder)
    assert "“Tengfei Class” is deprecated" in run.text
    assert (folder / "a.tsv").read_bytes() == data


def test_align_writes_any_format_by_the_suffix(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    Path("zh.txt").write_text("学校举行了开学典礼。双方签约。", encoding="utf-8")
    Path("en.txt").write_text("The school held its opening ceremony. The two sides signed.", encoding="utf-8")
    for suffix in ("tsv", "csv", "jsonl", "tmx", "xlf", "parquet"):
        assert main(["align", "--profile", "fast", "zh.txt", "en.txt", "-o", f"out.{suffix}"]) == 0
        assert main(["convert", f"out.{suffix}", "again.jsonl"]) == 0
        rows = [json.loads(row) for row in Path("again.jsonl").read_text(encoding="utf-8").splitlines()[1:]]
        assert [row["source"] for row in rows] == [["学校举行了开学典礼。"], ["双方签约。"]]
        assert all(0 < row["confidence"] <= 1 for row in rows)
    assert main(["align", "zh.txt", "en.txt", "-o", "out.mqxliff"]) == 2
