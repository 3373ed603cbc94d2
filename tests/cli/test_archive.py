"""New pages beside those published earlier: only the new ones are reported, with places and counts of the archive."""

import json
from pathlib import Path
from typing import Any, cast

import pytest

from bitext import pipeline
from bitext.cli.app import main

Captured = pytest.CaptureFixture[str]

GLOSSARY = """concept,language,term,status
fusion,zh,产教融合,preferred
fusion,en,industry-education integration,preferred
fusion,en,integration of industry and education,admitted
"""
ZH = "学校在5月{n}日深化产教融合。"
USUAL = "On May {n}, the school deepened industry-education integration."
ODD = "On May {n}, the school deepened the integration of industry and education."


@pytest.fixture(autouse=True)
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BITEXT_LANG", "en")
    monkeypatch.delenv("BITEXT_CACHE", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)
    Path("bitext.toml").write_text('profile = "fast"\nglossaries = "terms.csv"\n', encoding="utf-8")
    Path("terms.csv").write_text(GLOSSARY, encoding="utf-8")
    for n in (1, 2, 3):
        item(Path("old") / str(n), n, USUAL)
    item(Path("new"), 4, ODD)
    return tmp_path


def item(folder: Path, n: int, english: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "zh.md").write_text(ZH.format(n=n) + "\n", encoding="utf-8")
    (folder / "en.md").write_text(english.format(n=n) + "\n", encoding="utf-8")


def found(capsys: Captured, *arguments: str) -> dict[str, Any]:
    assert main(["check", *arguments, "--format", "json"]) == 0
    return cast("dict[str, Any]", json.loads(capsys.readouterr().out))


def test_a_new_pair_that_departs_from_the_archive_is_told_with_places_in_it(capsys: Captured) -> None:
    assert found(capsys, "new/zh.md", "new/en.md")["findings"] == []
    report = found(capsys, "new/zh.md", "new/en.md", "--archive", "old")
    (finding,) = report["findings"]
    assert (finding["rule"], finding["severity"], finding["suggestion"]) == (
        "term-inconsistent",
        "warning",
        "industry-education integration",
    )
    assert [row["path"] for row in finding["related"]] == ["old/1/en.md", "old/2/en.md", "old/3/en.md"]
    assert "3 other items" in finding["message"]
    assert [one["source"] for one in report["items"]] == ["new/zh.md"]
    assert report["summary"]["items"] == 1
    assert not any("item" in row for row in finding["related"])


def test_people_read_the_places_and_how_many_items_there_were(capsys: Captured) -> None:
    assert main(["check", "new/zh.md", "new/en.md", "--archive", "old"]) == 0
    told = capsys.readouterr().out
    assert "note: Names and terms were compared with 3 earlier pairs of pages in old.\n" in told
    assert "old/3/en.md:1:31  “industry-education integration”" in told


def test_of_two_wordings_in_one_page_that_of_the_archive_is_counted(capsys: Captured) -> None:
    lines = [text.format(n=4) for text in (ODD, USUAL)]
    Path("new/zh.md").write_text("\n\n".join([ZH.format(n=4)] * 2) + "\n", encoding="utf-8")
    Path("new/en.md").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    report = found(capsys, "new/zh.md", "new/en.md", "--archive", "old", "--select", "term-inconsistent")
    (finding,) = report["findings"]
    assert [(row["text"], row["note"]) for row in finding["related"]] in (
        [("industry-education integration", "used in 3 earlier items")],
        [("integration of industry and education", None)],
    )


def test_the_archive_itself_is_never_reported(capsys: Captured) -> None:
    item(Path("old/9"), 9, ODD)
    item(Path("new"), 4, USUAL)
    assert found(capsys, "new/zh.md", "new/en.md", "--archive", "old")["findings"] == []


def test_a_pair_of_the_archive_is_not_compared_with_itself(capsys: Captured) -> None:
    item(Path("old/9"), 9, ODD)
    assert main(["check", "old/9/zh.md", "old/9/en.md", "--archive", "old"]) == 0
    assert "with 3 earlier pairs" in capsys.readouterr().out


def test_the_settings_name_the_archive_and_a_rule_that_is_off_says_nothing(capsys: Captured) -> None:
    with Path("bitext.toml").open("a", encoding="utf-8") as file:
        file.write('archive = "old"\n')
    assert len(found(capsys, "new/zh.md", "new/en.md")["findings"]) == 1
    assert found(capsys, "new/zh.md", "new/en.md", "--ignore", "term-inconsistent")["findings"] == []
    # A project is compared with it too, less the pairs that the project itself has.
    assert len(found(capsys, "new")["findings"]) == 1
    report = found(capsys)
    assert [row["target"]["path"] for row in report["findings"]] == ["new/en.md"]


def test_what_was_observed_is_kept(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    first = found(capsys, "new/zh.md", "new/en.md", "--archive", "old")
    pages: list[object] = []
    whole = pipeline.read

    def read(path: str, *rest: Any) -> object:
        pages.append(path)
        return whole(path, *rest)

    monkeypatch.setattr(pipeline, "read", read)
    assert found(capsys, "new/zh.md", "new/en.md", "--archive", "old") == first
    assert set(pages) == {"new/zh.md", "new/en.md"}


def test_an_alignment_that_lies_beside_its_pages_is_used(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    for n in (1, 2, 3):
        row = {"source": [ZH.format(n=n)], "target": [USUAL.format(n=n)]}
        Path(f"old/{n}/alignment.jsonl").write_text(json.dumps(row), encoding="utf-8")
    aligned: list[str] = []
    whole = pipeline.pair_item

    def pair_item(source: Any, *rest: Any) -> object:
        aligned.append(source.path)
        return whole(source, *rest)

    monkeypatch.setattr(pipeline, "pair_item", pair_item)
    assert len(found(capsys, "new/zh.md", "new/en.md", "--archive", "old")["findings"]) == 1
    assert aligned == ["new/zh.md"]


def test_a_page_that_cannot_be_read_is_left_out_and_said(capsys: Captured) -> None:
    Path("old/2/en.md").write_bytes(b"")
    assert main(["check", "new/zh.md", "new/en.md", "--archive", "old"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "with 2 earlier pairs of pages in old." in told
    assert "that could not be read were left out: 1, such as old/2/zh.md." in told


def test_an_archive_without_a_pair_is_an_error(capsys: Captured) -> None:
    Path("empty").mkdir()
    for folder in ("empty", "nowhere"):
        assert main(["check", "new/zh.md", "new/en.md", "--archive", folder]) == 2
        assert f"error: {folder}: " in capsys.readouterr().err


def test_with_changed_the_kept_results_of_the_other_pairs_are_the_archive(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    from bitext.project import changes

    monkeypatch.setattr(changes, "changed", lambda *_: frozenset({"new/en.md"}))
    assert main(["check", "--changed"]) == 0
    assert "not compared with the 3 unchanged pairs" in " ".join(capsys.readouterr().out.split())
    assert len(found(capsys)["findings"]) == 1
    report = found(capsys, "--changed")
    assert [row["rule"] for row in report["findings"]] == ["term-inconsistent"]
    assert [one["source"] for one in report["items"]] == ["new/zh.md"]
    assert main(["check", "--changed"]) == 0
    assert "compared with 3 of the 3 unchanged pairs" in " ".join(capsys.readouterr().out.split())
