"""An institution's name before and after its renaming is judged by the item's date, wherever the page tells that."""

import json
from pathlib import Path

import pytest

from bitext.cli.app import main

Captured = pytest.CaptureFixture[str]

GLOSSARY = """concept,language,term,status,kind,valid_from,valid_until
school,zh,深信学院,superseded,full,,2015-08-31
school,en,Shenxin College,superseded,full,,2015-08-31
school,zh,深信大学,preferred,full,2015-09-01,
school,en,Shenxin University,preferred,full,2015-09-01,
"""
NAMES = {"old": ("深信学院", "Shenxin College"), "new": ("深信大学", "Shenxin University")}
HTML = (
    "<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{line}<p>{text}</p>"
    "</article></body></html>"
)
PLACES = {
    "front matter": ("md", "---\ntitle: {title}\ndate: {date}\n---\n\n{text}\n"),
    "toml front matter": ("md", '+++\ntitle = "{title}"\ndate = {date}T08:00:00+08:00\n+++\n\n{text}\n'),
    "line below the headline": ("md", "# {title}\n\n{label}{date}\n\n{text}\n"),
    "dateline of a text": ("txt", "{title}\n\n{label}{date}\n\n{text}\n"),
    "meta": ("html", HTML.replace("{line}", "").replace("{head}", '<meta name="PubDate" content="{date} 10:25">')),
    "line in html": ("html", HTML.replace("{head}", "").replace("{line}", "<div class=info>{label}{date} 10:25</div>")),
}
LABELS = {"zh": "发布时间：", "en": "Date: "}
TEXTS = {
    "zh": "{name}今天举行毕业典礼，共有两百名学生和他们的家长参加了典礼。",
    "en": "{name} held a graduation ceremony today, and two hundred students came to it with their parents.",
}
TITLES = {"zh": "{name}举行毕业典礼", "en": "{name} Holds Graduation Ceremony"}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BITEXT_LANG", "en")
    Path("terms.csv").write_text(GLOSSARY, encoding="utf-8")


def write(place: str, date: str, name: str) -> list[str]:
    suffix, form = PLACES[place]
    paths = []
    for language, own in zip(("zh", "en"), NAMES[name], strict=True):
        fields = {"title": TITLES[language].format(name=own), "text": TEXTS[language].format(name=own)}
        page = form.format(date=date, label=LABELS[language], **fields)
        paths.append(f"{language}.{suffix}")
        Path(paths[-1]).write_text(page, encoding="utf-8")
    return paths


def found(paths: list[str], capsys: Captured) -> set[tuple[str, str]]:
    """Severity and suggestion of what one rule says of the school's name, once for both pages."""
    main(["check", *paths, "--glossary", "terms.csv", "--profile", "fast", "--format", "json"])
    rows = json.loads(capsys.readouterr().out)["findings"]
    assert {row["rule"] for row in rows if row["concept"] == "school"} <= {"term-deprecated"}
    return {(row["severity"], row["suggestion"]) for row in rows if row["concept"] == "school"}


@pytest.mark.parametrize("place", PLACES)
def test_each_name_is_right_in_its_time_and_wrong_in_the_other(place: str, capsys: Captured) -> None:
    for date, right, wrong in (("2009-06-25", "old", "new"), ("2022-06-25", "new", "old")):
        assert found(write(place, date, right), capsys) == set()
        severity = "error" if wrong == "old" else "warning"
        assert found(write(place, date, wrong), capsys) == {(severity, NAMES[right][0])}
