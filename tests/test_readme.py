"""README.md and README.zh.md say the same, in our own terms, by our own tool; and what they promise holds."""

import ast
import re
from pathlib import Path

import pytest

import bitext
from bitext.cli.exits import Exit
from bitext.model.findings import Severity

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.zh.md", ROOT / "README.md")
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in PAGES}


def blocks(text: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_the_two_pages_are_in_step() -> None:
    report = bitext.check(*PAGES, ROOT / "glossaries" / "sziit.csv")
    grave = [finding for finding in report.findings if finding.severity is not Severity.INFO]
    assert [(finding.rule, finding.source, finding.target) for finding in grave] == []
    assert report.items[0].unjudged == 0


@pytest.mark.parametrize("kind", ["python", "json", "csv", "yaml"])
def test_their_examples_are_the_same(kind: str) -> None:
    examples = [blocks(text, kind) for text in TEXTS.values()]
    assert examples[0]
    assert examples[0] == examples[1]


def test_they_have_the_same_headings_and_tables() -> None:
    shapes = [re.findall(r"^(#+ |\||- )", text, re.MULTILINE) for text in TEXTS.values()]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("name", TEXTS)
def test_every_exit_code_is_told(name: str) -> None:
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", TEXTS[name], re.MULTILINE)} == set(Exit)


def test_the_names_in_the_example_are_public() -> None:
    tree = ast.parse(blocks(TEXTS["README.md"], "python")[0])
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "bitext"
    }
    assert used
    assert used <= set(bitext.__all__)


def test_the_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "glossary.csv").write_text(blocks(TEXTS["README.md"], "csv")[0], encoding="utf-8")
    (tmp_path / "news.zh.html").write_text("<h1>通知</h1><p>腾飞班今天开班。</p>", encoding="utf-8")
    (tmp_path / "news.en.html").write_text("<h1>Notice</h1><p>The Tengfei Class opens today.</p>", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    exec(compile(blocks(TEXTS["README.md"], "python")[0], "README.md", "exec"), {})  # noqa: S102
    shown = capsys.readouterr().out
    assert "深信院与腾讯签约。 | SZIIT signed with Tencent." in shown
    assert "error term-deprecated Ascend Class" in shown
