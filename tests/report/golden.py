"""The outputs in tests/golden/, what users see of the hand-made reports: `python -m tests.report.golden` makes them."""

import json
from collections.abc import Iterator
from pathlib import Path

from tests.report.samples import ALIGNMENT, ENGLISH, GLOSSARY, REPORTS, file_text, project

from bitext.report.formats import output
from bitext.report.json import dumps
from bitext.report.lines import Screen, plain
from bitext.report.rows import beads_jsonl, beads_tsv, segments_jsonl, segments_tsv
from bitext.report.setting import Setting
from bitext.report.sources import Sources
from bitext.report.terminal import lines

FOLDER = Path(__file__).parents[1] / "golden"
SUFFIXES = {
    "json": "json",
    "jsonl": "jsonl",
    "sarif": "json",
    "junit": "xml",
    "github": "txt",
    "gitlab": "json",
    "checkstyle": "xml",
    "rdjson": "json",
    "summary": "md",
}


def without_manuals(sarif: str) -> str:
    """A SARIF log with one rule described and none counted: the manuals have tests of their own."""
    log = json.loads(sarif)
    driver = log["runs"][0]["tool"]["driver"]
    driver["rules"] = [rule for rule in driver["rules"] if rule["id"] == "segment-omitted"]
    for result in log["runs"][0]["results"]:
        del result["ruleIndex"]
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def outputs() -> Iterator[tuple[str, str]]:
    """Name of the file and its text, for every output that is kept."""
    for name, make in REPORTS.items():
        for language in ("en", "zh"):
            yield f"{name}.{language}.txt", plain(lines(make(), language, Screen(), GLOSSARY))
            yield f"{name}.{language}.json", dumps(make(), language)
    for name, suffix in SUFFIXES.items():
        for language in ("en", "zh"):
            setting = Setting(language, sources=Sources(file_text), glossary=GLOSSARY)
            made = output(name)(project(), setting)
            yield f"project.{language}.{name}.{suffix}", without_manuals(made) if "sarif" in name else made
    yield "pair.en.narrow.txt", plain(lines(REPORTS["pair"](), "en", Screen(60)))
    yield "pair.en.ascii.txt", plain(lines(REPORTS["pair"](), "en", Screen(100, "ascii")))
    yield "beads.tsv", "".join(beads_tsv(ALIGNMENT))
    yield "beads.jsonl", "".join(beads_jsonl(ALIGNMENT))
    yield "segments.tsv", "".join(segments_tsv(ENGLISH))
    yield "segments.jsonl", "".join(segments_jsonl(ENGLISH))


if __name__ == "__main__":
    for name, text in outputs():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
