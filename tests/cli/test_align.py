"""`bitext align --evidence`: what speaks for each pairing, in rows for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bitext.align.features import FEATURES
from bitext.cli.app import main
from bitext.formats import alignments

Captured = pytest.CaptureFixture[str]

CHINESE = "2022年5月，双方签订合同。\n\n代表们参观了校园。\n"
ENGLISH = "The two sides signed a contract in May 2022.\n\nThe delegates visited the campus.\n"


@pytest.fixture(autouse=True)
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "zh.txt").write_text(CHINESE, encoding="utf-8")
    (tmp_path / "en.txt").write_text(ENGLISH, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BITEXT_LANG", "en")
    return tmp_path


def shown(capsys: Captured, *options: str) -> str:
    assert main(["align", "zh.txt", "en.txt", *options]) == 0
    return capsys.readouterr().out


def test_evidence_is_one_more_column(capsys: Captured) -> None:
    bare = [line.split("\t") for line in shown(capsys).splitlines()]
    told = [line.split("\t") for line in shown(capsys, "--evidence").splitlines()]
    assert [row[:-1] for row in told] == bare
    assert told[0][-1] == "evidence"
    reasons = [reason.split(" ") for row in told[1:] for reason in row[-1].split(", ")]
    assert {feature for feature, _ in reasons} <= set(FEATURES)
    assert all(weight[0] in "+-" and float(weight) for _, weight in reasons)
    assert any(reason.startswith("numbers +") for reason in told[1][-1].split(", "))


def test_evidence_is_one_more_key(capsys: Captured) -> None:
    bare = list(map(json.loads, shown(capsys, "--format", "jsonl").splitlines()))
    told = list(map(json.loads, shown(capsys, "--format", "jsonl", "--evidence").splitlines()))
    assert told[0] == bare[0]
    evidence = [row.pop("evidence") for row in told[1:]]
    assert told == bare
    assert evidence[0]["numbers"] > 0
    for row in evidence:
        weights = [abs(weight) for weight in row.values()]
        assert weights == sorted(weights, reverse=True)


def test_an_alignment_with_evidence_is_read_like_any_other(pages: Path) -> None:
    for name, options in (("bare", ()), ("told", ("--evidence",))):
        assert main(["align", "zh.txt", "en.txt", "-o", f"{name}.jsonl", *options]) == 0
    bare, told = (alignments.parse((pages / f"{name}.jsonl").read_bytes(), name) for name in ("bare", "told"))
    assert bare == told
    assert main(["score", "alignment", "bare.jsonl", "told.jsonl"]) == 0


def test_evidence_changes_nothing_else_in_a_file(pages: Path) -> None:
    assert main(["align", "zh.txt", "en.txt", "--evidence", "-o", "out.tsv"]) == 0
    rows = (pages / "out.tsv").read_text(encoding="utf-8").splitlines()
    assert [len(row.split("\t")) for row in rows] == [6] * 3


@pytest.mark.parametrize("name", ["out.tmx", "out.csv", "out.xlf", "out.parquet"])
def test_a_format_without_a_place_for_evidence_is_refused_before_any_work(
    pages: Path, name: str, capsys: Captured
) -> None:
    (pages / "zh.txt").unlink()
    assert main(["align", "zh.txt", "en.txt", "--evidence", "-o", name]) == 2
    assert "Accepted with --evidence: tsv, jsonl" in capsys.readouterr().err
    assert not (pages / name).exists()
