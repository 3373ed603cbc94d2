"""Settings are found from the current folder upwards, and what is wrong with them is told with its place."""

import tomllib
from pathlib import Path

import pytest

from bitext.checks.facts import Style
from bitext.errors import ConfigError
from bitext.model.findings import Severity
from bitext.settings.model import Settings, Site
from bitext.settings.read import found, parse, read

CASES = Path(__file__).parent.parent / "cases" / "settings" / "refused.toml"


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


def settings(text: str) -> Settings:
    return parse(text.encode(), "bitext.toml")


REFUSED = tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", REFUSED, ids=[case["name"] for case in REFUSED])
def test_what_is_wrong_is_told_with_its_place_and_a_frame(case: dict[str, str]) -> None:
    with pytest.raises(ConfigError) as raised:
        settings(case["text"])
    said = raised.value.render("en")
    place, _, words = said.partition(": ")
    assert place == f"bitext.toml:{case['at']}"
    assert case["said"] in words
    assert "Accepted:" in words
    frame = raised.value.frame
    assert frame[-1].count("^") == len(case["marked"]) or "\n" in case["marked"]
    assert case["marked"].split("\n")[0] in frame[-2]


def test_every_setting_is_read(tmp_path: Path) -> None:
    (tmp_path / "g.csv").touch()
    read_back = settings(
        """
pairs = ["a/{language}/*.md", { zh = "z/**/*.md", en = "e/**/*.md", scope = "news" }]
exclude = "drafts/"
glossaries = "*.csv"
waivers = []
select = ["default", "page-stale"]
ignore = "term"
fail-on = "warning"
max-findings = 3
profile = "fast"
scope = "site"
language = "zh"
format = ["github", "sarif=out.sarif"]
baseline = "known.jsonl"
cache-size = 64
[severity]
term = "info"
[[overrides]]
paths = "old/**"
ignore = ["number"]
[overrides.severity]
all = "warning"
[[sites]]
body = "#content"
drop = ".menu"
"""
    )
    assert [(pair.zh, pair.en, pair.scope) for pair in read_back.pairs] == [
        ("a/{language}/*.md", "a/{language}/*.md", ""),
        ("z/**/*.md", "e/**/*.md", "news"),
    ]
    assert (read_back.exclude, read_back.glossaries, read_back.waivers) == (("drafts/",), ("g.csv",), ())
    assert (read_back.select, read_back.ignore) == (("default", "page-stale"), ("term",))
    assert (read_back.fail_on, read_back.max_findings, read_back.profile) == ("warning", 3, "fast")
    assert (read_back.scope, read_back.language, read_back.baseline) == ("site", "zh", "known.jsonl")
    assert read_back.format == ("github", "sarif=out.sarif")
    assert (read_back.cache_size, Settings().cache_size) == (64, 256)
    assert read_back.severity == (("term", Severity.INFO),)
    assert read_back.sites == (Site((), (("body", "#content"), ("drop", ".menu"))),)
    (override,) = read_back.overrides
    assert (override.paths, override.ignore, override.severity) == (
        ("old/**",),
        ("number",),
        (("all", Severity.WARNING),),
    )


def test_an_empty_file_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "bitext.toml").touch()
    assert found() == Settings(path="bitext.toml")


def test_a_file_is_found_from_a_folder_below_and_its_paths_lead_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "g.csv").touch()
    (tmp_path / "bitext.toml").write_text('glossaries = "g.csv"', encoding="utf-8")
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a" / "b")
    below = found()
    assert (below.root, below.path, below.glossaries) == ("../..", "../../bitext.toml", ("../../g.csv",))
    assert Path(below.opened("a/b")).resolve() == tmp_path / "a" / "b"


def test_the_table_of_pyproject_counts_and_one_without_it_does_not(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.ruff]\n", encoding="utf-8")
    assert found().path == ""
    (tmp_path / "pyproject.toml").write_text('[tool.bitext]\nfail-on = "never"\n', encoding="utf-8")
    assert (found().path, found().fail_on) == ("pyproject.toml", "never")
    (tmp_path / "pyproject.toml").write_text('[tool.bitext]\nfail-on = "nevr"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"pyproject\.toml:2:11"):
        found()


def test_settings_above_the_repository_do_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bitext.toml").write_text('fail-on = "never"', encoding="utf-8")
    (tmp_path / "inner" / ".git").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "inner")
    assert found() == Settings()


@pytest.mark.parametrize("data", [b"\xff\xfea = 1", b"a = [" * 20_000, b"[" * 50_000, b"a.b = 1\na.b.c = 2"])
def test_no_bytes_end_in_anything_but_an_error_of_the_settings(data: bytes) -> None:
    with pytest.raises(ConfigError):
        parse(data, "bitext.toml")


def test_a_missing_file_is_told() -> None:
    with pytest.raises(ConfigError, match="no such file"):
        read("other.toml")


def test_the_style_of_the_house_is_a_region_with_its_own_exceptions(tmp_path: Path) -> None:
    file = tmp_path / "bitext.toml"
    for text, style in (
        ("", Style()),
        ('[style]\npunctuation = "hongkong"\nbrackets = "half"\n', Style("half", "corner")),
    ):
        file.write_text(text, encoding="utf-8")
        assert read(str(file)).style == style
    file.write_text('[style]\nquotes = "round"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"Accepted: curly, corner, either"):
        read(str(file))
